//! The axes: inductances, saliency, characteristic current, sustained short circuit.

use super::Filling;
use crate::evaluate::EvaluateError;
use crate::evaluate::uncertainty::LINKAGE;
use crate::record::field as f;

impl Filling<'_> {
    pub(super) fn axes(&mut self) -> Result<(), EvaluateError> {
        let Some(facts) = self.facts else {
            return Ok(());
        };
        let limit = self.prepared.limits.current;
        let fields = [
            &f::NO_LOAD_INDUCTANCE_D_H,
            &f::NO_LOAD_INDUCTANCE_Q_H,
            &f::SALIENCY_RATIO,
            &f::CHARACTERISTIC_CURRENT_A,
            &f::CHARACTERISTIC_CURRENT_TO_LIMIT_RATIO,
            &f::SHORT_CIRCUIT_COLD_CURRENT_A,
        ];
        let axes = match &facts.axes {
            Ok(axes) => *axes,
            Err(reason) => {
                for field in fields {
                    self.record.put_unjudgeable(field, reason)?;
                }
                return Ok(());
            }
        };
        // An error of the flux linkage moves the chord of an inductance as its share of that chord's flux.
        let largest = facts.largest_linkage;
        let by_d = largest / facts.no_load_linkage.standard;
        let by_q = largest / (axes.inductance_q.standard * axes.current_q);
        let chord = "chord of the flux linkage, nominal remanence, 20 degC";
        let (d, q) = (axes.inductance_d, axes.inductance_q);
        self.solved(fields[0], LINKAGE, &d, by_d * d.standard, 1.0, chord)?;
        self.solved(fields[1], LINKAGE, &q, by_q * q.standard, 1.0, chord)?;
        let s = axes.saliency;
        self.solved(
            fields[2],
            LINKAGE,
            &s,
            by_d.hypot(by_q) * s.standard,
            1.0,
            "of the two chords",
        )?;
        let what = "no d flux linkage, nominal remanence, 20 degC";
        let i = axes.characteristic;
        self.solved(fields[3], LINKAGE, &i, by_d * i.standard, 1.0, what)?;
        self.solved(fields[4], LINKAGE, &i, by_d * i.standard, 1.0 / limit, what)?;
        let cold = axes.short_circuit;
        self.solved(fields[5], LINKAGE, &cold, by_d * cold.standard, 1.0, "no d flux linkage, magnets coldest, greatest remanence; resistance neglected, which is on the high side")
    }
}
