//! Operating points: no load, rated, peak and maximum speed.

use super::Filling;
use crate::evaluate::EvaluateError;
use crate::evaluate::off_middle::N_PER_MM;
use crate::evaluate::pathway::{Facts, Twin};
use crate::evaluate::prepared::Prepared;
use crate::evaluate::uncertainty::{self, Band, LINKAGE, NO_LOAD, SECTION, TORQUE, WAVEFORM, band};
use crate::network::plan::Part;
use crate::operate::point::Point;
use crate::record::field as f;
use crate::record::field::Field;
use crate::topology::Topology;
use crate::unit::kw;

impl Filling<'_> {
    pub(super) fn no_load(&mut self) -> Result<(), EvaluateError> {
        let Some(facts) = self.facts else {
            return Ok(());
        };
        let twin = facts.no_load_linkage;
        let what = "no load, nominal remanence, 20 degC";
        self.solved(
            &f::NO_LOAD_FLUX_LINKAGE_WB,
            NO_LOAD,
            &twin,
            twin.standard,
            1.0,
            what,
        )?;
        let pairs = self.prepared.standard.pole_pairs as f64;
        self.solved(
            &f::NO_LOAD_BACK_EMF_CONSTANT_V_S_PER_RAD,
            NO_LOAD,
            &twin,
            twin.standard,
            pairs,
            what,
        )?;
        let gap = facts.no_load_gap;
        self.solved(
            &f::NO_LOAD_AIR_GAP_FLUX_DENSITY_FUNDAMENTAL_T,
            uncertainty::gap(&self.prepared.candidate.topology),
            &gap,
            gap.standard,
            1.0,
            what,
        )?;
        self.axial_pull(facts)
    }

    /// What bearings of a machine with axial flux hold; of two gaps, off the middle of them.
    fn axial_pull(&mut self, facts: &Facts) -> Result<(), EvaluateError> {
        let Some(pull) = facts.axial_pull else {
            return Ok(());
        };
        let what = "no load, magnets coldest, greatest remanence";
        let found = pull.band(self.prepared);
        self.put(&f::NO_LOAD_AXIAL_PULL_PER_GAP_N, found, what)?;
        if let Some(left) = pull.left(self.prepared) {
            let left = left.map(|b| b.scaled(1.0 / N_PER_MM));
            self.put(&f::NO_LOAD_AXIAL_PULL_OFF_MIDDLE_N_PER_MM, left, what)?;
        }
        Ok(())
    }

    pub(super) fn currents(
        &mut self,
        point: &Point,
        fields: [&Field; 4],
        angle_basis: &str,
    ) -> Result<(), EvaluateError> {
        let current = point.id.hypot(point.iq);
        let angle = (-point.id).atan2(point.iq).to_degrees();
        for (field, value) in fields.into_iter().zip([current, angle, point.id, point.iq]) {
            self.exact(field, value, angle_basis)?;
        }
        Ok(())
    }

    pub(super) fn linkages(
        &mut self,
        point: &Point,
        d: &Field,
        q: &Field,
    ) -> Result<(), EvaluateError> {
        let Some(Facts {
            largest_linkage: scale,
            ..
        }) = self.facts
        else {
            return Ok(());
        };
        let scale = *scale;
        for (field, value) in [(d, point.psi_d), (q, point.psi_q)] {
            let twin = Twin {
                standard: value,
                coarse: value,
                input: 0.0,
                check: 0.0,
            };
            self.solved(
                field,
                LINKAGE,
                &twin,
                scale,
                1.0,
                "at the currents of the record",
            )?;
        }
        Ok(())
    }

    pub(super) fn rated(&mut self) -> Result<(), EvaluateError> {
        let Some(facts) = self.facts else {
            return Ok(());
        };
        let basis =
            "least current at base speed for the required torque, magnets hottest, least remanence";
        self.solved(
            &f::RATED_TORQUE_N_M,
            TORQUE,
            &facts.torque[2],
            facts.torque[0].standard,
            1.0,
            basis,
        )?;
        let fields = [
            &f::RATED_CURRENT_A,
            &f::RATED_CURRENT_ANGLE_DEG,
            &f::RATED_CURRENT_D_A,
            &f::RATED_CURRENT_Q_A,
        ];
        self.currents(
            &facts.rated,
            fields,
            "the current at which the point is stated",
        )?;
        self.linkages(
            &facts.rated,
            &f::RATED_FLUX_LINKAGE_D_WB,
            &f::RATED_FLUX_LINKAGE_Q_WB,
        )?;
        let temperature = self.prepared.application.environment.winding_temperature;
        self.exact(
            &f::WINDING_TEMPERATURE_C,
            temperature,
            "environment of the application",
        )
    }

    pub(super) fn peak(&mut self) -> Result<(), EvaluateError> {
        let Some(facts) = self.facts else {
            return Ok(());
        };
        let (required, limit) = (
            self.prepared.application.requirement.peak_torque,
            self.prepared.limits.current,
        );
        let word = if facts.peak_reached {
            "required_torque"
        } else {
            "current_limit"
        };
        self.record.put_text(
            &f::PEAK_POINT,
            word,
            "base speed, magnets hottest, least remanence",
        )?;
        let scale = facts.torque[0].standard;
        let hot = "magnets hottest, least remanence";
        self.solved(
            &f::PEAK_TORQUE_N_M,
            TORQUE,
            &facts.torque[1],
            scale,
            1.0,
            hot,
        )?;
        let most = "most torque at base speed within current and voltage, magnets hottest, least remanence";
        let ratio = self.most_torque(facts).map(|b| b.scaled(1.0 / required));
        self.put(&f::PEAK_TORQUE_TO_REQUIREMENT_RATIO, ratio, most)?;
        let fields = [
            &f::PEAK_CURRENT_ANGLE_DEG,
            &f::PEAK_CURRENT_D_A,
            &f::PEAK_CURRENT_Q_A,
        ];
        let point = &facts.peak;
        let angle = (-point.id).atan2(point.iq).to_degrees();
        for (field, value) in fields.into_iter().zip([angle, point.id, point.iq]) {
            self.exact(field, value, "the current at which the point is stated")?;
        }
        let current = peak_current(self.topology(), facts);
        self.put(
            &f::PEAK_CURRENT_A,
            current.clone(),
            "current for the peak torque",
        )?;
        self.put(
            &f::PEAK_CURRENT_TO_LIMIT_RATIO,
            current.map(|b| b.scaled(1.0 / limit)),
            "current for the peak torque over the limit",
        )?;
        self.linkages(
            &facts.peak,
            &f::PEAK_FLUX_LINKAGE_D_WB,
            &f::PEAK_FLUX_LINKAGE_Q_WB,
        )?;
        for (field, part) in [
            (&f::PEAK_TOOTH_FLUX_DENSITY_MAX_T, Part::Tooth),
            (&f::PEAK_YOKE_FLUX_DENSITY_MAX_T, Part::Yoke),
            (&f::PEAK_BRIDGE_FLUX_DENSITY_MAX_T, Part::Bridge),
        ] {
            if let (Some(standard), Some(coarse)) = (
                facts.peak_densities.section(part),
                facts.peak_densities_coarse.section(part),
            ) {
                let twin = Twin {
                    standard,
                    coarse,
                    input: 0.0,
                    check: 0.0,
                };
                self.solved(
                    field,
                    SECTION,
                    &twin,
                    standard,
                    1.0,
                    "largest section mean at the peak point",
                )?;
            }
        }
        Ok(())
    }

    /// Most torque at base speed. The flux linkage of a disc with currents is so uncertain that the voltage may limit
    /// what its slices leave to the current.
    fn most_torque(&self, facts: &Facts) -> Result<Band, String> {
        let stated = facts.tolerances_stated;
        let [most, ..] = &facts.torque;
        let torque = band(self.topology(), TORQUE, most, most.standard, stated)?;
        by_voltage(self.prepared, facts, torque, &facts.peak)
    }

    pub(super) fn max_speed(&mut self) -> Result<(), EvaluateError> {
        let Some(facts) = self.facts else {
            return Ok(());
        };
        let q = &self.prepared.application.requirement;
        let speed = q.max_speed;
        let torque = max_speed_torque(self.topology(), facts);
        let most = "most torque at maximum speed within current and voltage, magnets hottest, least remanence";
        self.put(&f::MAX_SPEED_TORQUE_N_M, torque.clone(), most)?;
        let power = torque.map(|b| b.scaled(speed));
        self.put(
            &f::MAX_SPEED_POWER_KW,
            power.clone().map(|b| b.scaled(1.0 / kw::SCALE)),
            most,
        )?;
        self.put(
            &f::MAX_SPEED_POWER_TO_REQUIREMENT_RATIO,
            power.map(|b| b.scaled(1.0 / q.max_speed_power)),
            most,
        )?;
        let fields = [
            &f::MAX_SPEED_CURRENT_A,
            &f::MAX_SPEED_CURRENT_ANGLE_DEG,
            &f::MAX_SPEED_CURRENT_D_A,
            &f::MAX_SPEED_CURRENT_Q_A,
        ];
        self.currents(
            &facts.max_speed,
            fields,
            "the current at which the point is stated",
        )?;
        self.linkages(
            &facts.max_speed,
            &f::MAX_SPEED_FLUX_LINKAGE_D_WB,
            &f::MAX_SPEED_FLUX_LINKAGE_Q_WB,
        )?;
        let electrical = self.prepared.standard.pole_pairs as f64 * speed;
        let (point, resistance) = (&facts.max_speed, self.prepared.limits.resistance);
        let voltage = (resistance * point.id - electrical * point.psi_q)
            .hypot(resistance * point.iq + electrical * point.psi_d);
        let share = voltage / facts.max_speed_linkage.standard;
        self.solved(
            &f::MAX_SPEED_VOLTAGE_PEAK_V,
            LINKAGE,
            &facts.max_speed_linkage,
            facts.largest_linkage,
            share,
            "fundamental, resistance included",
        )?;
        let cold = facts.cold_linkage;
        let what = "fundamental, magnets coldest, greatest remanence";
        self.solved(
            &f::MAX_SPEED_BACK_EMF_V,
            NO_LOAD,
            &cold,
            cold.standard,
            electrical,
            what,
        )?;
        let fault = facts.fault_voltage;
        let what =
            "peak between lines with harmonics, maximum speed, magnets coldest, greatest remanence";
        self.solved(&f::FAULT_EMF_V, WAVEFORM, &fault, fault.standard, 1.0, what)?;
        for (field, bound) in [
            (
                &f::FAULT_EMF_TO_SEMICONDUCTOR_VOLTAGE_RATIO,
                q.semiconductor_voltage,
            ),
            (&f::FAULT_EMF_TO_DC_VOLTAGE_RATIO, q.dc_voltage),
        ] {
            let scale = fault.standard;
            self.solved(field, WAVEFORM, &fault, scale, 1.0 / bound, what)?;
        }
        Ok(())
    }
}

/// The current at the peak point: the torque there is the required one by construction, so its
/// uncertainty is carried by the current that it takes. At the current limit the current is exact.
pub(in crate::evaluate) fn peak_current(topology: &str, facts: &Facts) -> Result<Band, String> {
    let current = facts.peak.id.hypot(facts.peak.iq);
    if !facts.peak_reached {
        let basis = "the current limit; the required torque is out of reach".to_owned();
        return Ok(Band {
            value: current,
            uncertainty: 0.0,
            basis,
        });
    }
    let torque = band(
        topology,
        TORQUE,
        &facts.torque[1],
        facts.torque[0].standard,
        facts.tolerances_stated,
    )?;
    if facts.torque_per_ampere <= 0.0 {
        return Err("the torque no longer rises with current at the peak point".to_owned());
    }
    let uncertainty = torque.uncertainty / facts.torque_per_ampere;
    let basis = format!(
        "uncertainty of the torque over its change with current; {}",
        torque.basis
    );
    Ok(Band {
        value: current,
        uncertainty,
        basis,
    })
}

/// Torque at maximum speed: there the voltage limits it, so an error of the flux linkage moves it too.
fn max_speed_torque(topology: &str, facts: &Facts) -> Result<Band, String> {
    let stated = facts.tolerances_stated;
    let torque = band(
        topology,
        TORQUE,
        &facts.torque[3],
        facts.torque[0].standard,
        stated,
    )?;
    let linkage = band(
        topology,
        LINKAGE,
        &facts.max_speed_linkage,
        facts.largest_linkage,
        stated,
    )?;
    let by_voltage = torque.value * linkage.uncertainty / linkage.value;
    let basis = format!(
        "{}; voltage limit by flux linkage {:.3}",
        torque.basis, by_voltage
    );
    Ok(Band {
        value: torque.value,
        uncertainty: torque.uncertainty.hypot(by_voltage),
        basis,
    })
}

/// A torque of a machine with axial flux with what the flux that no slice holds may cost of the voltage at a point; that of
/// another machine as it is.
pub(in crate::evaluate) fn by_voltage(
    prepared: &Prepared,
    facts: &Facts,
    torque: Band,
    at: &Point,
) -> Result<Band, String> {
    if !matches!(prepared.candidate.topology, Topology::Axial(_)) {
        return Ok(torque);
    }
    let linkage = magnitude(prepared, facts, at)?;
    Ok(torque.limited_by_voltage(linkage.value, linkage.uncertainty))
}

/// Magnitude of the flux linkage at a point.
fn magnitude(prepared: &Prepared, facts: &Facts, at: &Point) -> Result<Band, String> {
    let value = at.psi_d.hypot(at.psi_q);
    let twin = Twin {
        standard: value,
        coarse: value,
        input: 0.0,
        check: 0.0,
    };
    let (scale, stated) = (facts.largest_linkage, facts.tolerances_stated);
    let topology = prepared.candidate.topology.name();
    band(topology, LINKAGE, &twin, scale, stated)
}

/// Share by which the current for the rated torque is uncertain because the torque at a current is, and the voltage where it
/// may limit.
pub(in crate::evaluate) fn current_share(
    prepared: &Prepared,
    facts: &Facts,
) -> Result<f64, String> {
    let [most, _, rated, _] = &facts.torque;
    let (topology, stated) = (prepared.candidate.topology.name(), facts.tolerances_stated);
    let torque = band(topology, TORQUE, rated, most.standard, stated)?;
    let (at, limits) = (&facts.rated, prepared.limits);
    let linkage = magnitude(prepared, facts, at)?;
    let pairs = prepared.standard.pole_pairs as f64;
    let electrical = prepared.application.requirement.base_speed * pairs;
    // Both parts of the voltage as if they were in phase.
    let voltage =
        electrical * (linkage.value + linkage.uncertainty) + limits.resistance * at.id.hypot(at.iq);
    let torque = if voltage > limits.voltage {
        torque.limited_by_voltage(linkage.value, linkage.uncertainty)
    } else {
        torque
    };
    Ok(torque.uncertainty / torque.value)
}
