//! The screening level: everything that needs no field, and of the field a few solutions on the coarse grid with bands
//! wide enough to say what fails at any level. What it does not compute is left open by name.

pub(super) mod bands;
mod facts;
mod fault;
mod fill;
pub(super) mod moved;
mod points;

use super::EvaluateError;
use super::Solution;
use super::prepared::{Prepared, Side};
use super::stress::Stressed;
use crate::choke;
use crate::operate::study::Cost;
use crate::record::Record;
pub(super) use facts::Screened;

/// Why a quantity of the field is not in a record.
pub(super) const NOT_COMPUTED: &str = "not computed at screening level: judge it at verdict level";

impl Solution for Screened {
    fn solve(prepared: &Prepared, side: Side) -> Result<Self, EvaluateError> {
        facts::solve(prepared, side)
    }

    fn record(&self, prepared: &Prepared, side: Side) -> Result<Record, EvaluateError> {
        fill::record(prepared, side, self)
    }

    fn pair(prepared: &Prepared, a: &Self, b: &Self) -> Result<Record, EvaluateError> {
        fill::pair(prepared, a, b)
    }

    fn physical<'s>(&'s self, prepared: &'s Prepared) -> choke::Physical<'s> {
        let fault = self.fault.as_ref().ok();
        choke::Physical {
            sections: &self.limit.densities.sections,
            saturation: prepared.saturation,
            cases: fault
                .map(|f| ("short_circuit_hot", f.margin, f.place))
                .into_iter()
                .collect(),
            remanence: self.hot.remanence_t,
            cold_remanence: self.cold_remanence,
            heated: vec![],
            rotor: self.stress.as_ref().ok().and_then(Stressed::choke),
            fault_voltage: Some([
                self.fault_voltage,
                prepared.application.requirement.semiconductor_voltage,
            ]),
        }
    }

    fn cost(&self) -> &Cost {
        &self.cost
    }
}
