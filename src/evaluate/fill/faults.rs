//! Demagnetising cases, short circuits, and what they leave behind.

use super::Filling;
use crate::demagnetise::DECISION_PERCENTILE;
use crate::evaluate::EvaluateError;
use crate::evaluate::fault::AfterFault;
use crate::evaluate::uncertainty::{Band, LINKAGE, MAGNET, band};
use crate::record::field as f;

impl Filling<'_> {
    pub(super) fn demagnetisation(&mut self) -> Result<(), EvaluateError> {
        let Some(facts) = self.facts else {
            return Ok(());
        };
        self.exact(
            &f::DEMAGNETISATION_DECISION_PERCENTILE_RATIO,
            DECISION_PERCENTILE,
            "area share of the magnet",
        )?;
        let knee = facts.hot.knee_factor;
        self.exact(
            &f::DEMAGNETISATION_KNEE_FACTOR_RATIO,
            knee,
            "magnet row of the library",
        )?;
        for case in &facts.demagnetising {
            let field = match case.case {
                "peak_hot" => &f::DEMAGNETISATION_MARGIN_PEAK_HOT_T,
                "peak_110_hot" => &f::DEMAGNETISATION_MARGIN_PEAK_110_HOT_T,
                "short_circuit_hot" => &f::DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_HOT_T,
                "d_limit_hot" => &f::DEMAGNETISATION_MARGIN_D_LIMIT_HOT_T,
                "short_circuit_transient_hot" => {
                    &f::DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_TRANSIENT_HOT_T
                }
                "short_circuit_cold" => &f::DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_COLD_T,
                "d_limit_cold" => &f::DEMAGNETISATION_MARGIN_D_LIMIT_COLD_T,
                _ => &f::DEMAGNETISATION_MARGIN_PEAK_COLD_T,
            };
            let (id, iq) = case.currents;
            let what = format!(
                "worse of least and greatest remanence at least coercivity, 1 % area percentile of local flux density minus local knee at id {id:.1} A, iq {iq:.1} A"
            );
            self.solved(field, MAGNET, &case.margin, 1.0, 1.0, &what)?;
        }
        Ok(())
    }

    /// Currents of the short circuit with resistance, and what the undamped one leaves behind.
    pub(super) fn faults(&mut self) -> Result<(), EvaluateError> {
        let Some(facts) = self.facts else {
            return Ok(());
        };
        if let Some(t) = facts.transient {
            let linkage = band(
                self.topology(),
                LINKAGE,
                &facts.max_speed_linkage,
                facts.largest_linkage,
                facts.tolerances_stated,
            );
            // The peak current follows the flux linkage before the fault and the inductance alike.
            let share = linkage.map(|b| 2.0 * b.uncertainty / facts.largest_linkage);
            for (field, value) in [
                (&f::SHORT_CIRCUIT_PEAK_CURRENT_A, t.peak_current),
                (
                    &f::SHORT_CIRCUIT_STEADY_CURRENT_A,
                    t.settled.0.hypot(t.settled.1),
                ),
            ] {
                let found = share.clone().map(|share| Band {
                    value,
                    uncertainty: share * value,
                    basis: "flux map at coarse resolution; twice the share by which flux linkages are uncertain".to_owned(),
                });
                self.put(field, found, "constant maximum speed, winding resistance, the worse of no load and field weakening")?;
            }
        }
        let basis = "coarse resolution, local recoil lines; uncertainty is the loss with the knee raised by the \
                     uncertainty of its margin, and at least 0.2 %";
        for (field, of) in [
            (
                &f::MAGNET_AFFECTED_SHARE_AFTER_FAULT_RATIO,
                (|a| a.affected_share) as fn(&AfterFault) -> f64,
            ),
            (&f::REMANENCE_LOSS_AFTER_FAULT_RATIO, |a| a.remanence_loss),
            (&f::NO_LOAD_FLUX_LINKAGE_LOSS_AFTER_FAULT_RATIO, |a| {
                a.linkage_loss
            }),
            (&f::TORQUE_LOSS_AFTER_FAULT_RATIO, |a| a.torque_loss),
        ] {
            let (value, span) = facts.after_fault.band(of);
            let found = Band {
                value,
                uncertainty: span.max(0.002),
                basis: basis.to_owned(),
            };
            self.put(
                field,
                Ok(found),
                "undamped three-phase short circuit, magnets hottest",
            )?;
        }
        Ok(())
    }
}
