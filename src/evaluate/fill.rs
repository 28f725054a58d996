//! The evaluation record of one pathway.

use super::EvaluateError;
use super::fault::AfterFault;
use super::pathway::{Facts, Twin, magnet};
use super::prepared::{Prepared, Side};
use super::uncertainty::{Band, Kind, LINKAGE, MAGNET, NO_LOAD, SECTION, TORQUE, WAVEFORM, band};
use crate::demagnetise::DECISION_PERCENTILE;
use crate::design::{HcjTemperatureBasis, Pathway};
use crate::loss::copper;
use crate::mass;
use crate::material::{Corner, Family, HcjBasis, Magnet, Process};
use crate::network::plan::Part;
use crate::operate::point::Point;
use crate::record::Record;
use crate::record::field as f;
use crate::record::field::{Field, Records};
use crate::supply;
use crate::unit::{kw, mm, rpm};
use crate::validation::model::{beyond_flux_density, outside_range, shipped};
use crate::validation::reference::groups;

/// A record being filled, with what decides whether field quantities can be judged.
struct Filling<'a> {
    record: Record,
    prepared: &'a Prepared<'a>,
    /// The solution; none where it failed, and then only what needs none is filled.
    facts: Option<&'a Facts>,
    /// Why no quantity of the field solution can be judged; empty inside the validated range.
    outside: Vec<String>,
}

/// Fills the record of a pathway.
///
/// # Errors
/// When the record refuses a number, or a material has no data.
pub fn record(prepared: &Prepared, side: Side, facts: &Facts) -> Result<Record, EvaluateError> {
    let pathway = side
        .pathway(prepared.candidate)
        .ok_or(EvaluateError::Undeclared(side.key()))?;
    let mut outside = outside(prepared, facts);
    if let Some([_, end]) = pathway.declaration.coefficient_range_c {
        let hottest = prepared.application.environment.magnet_temperature_hot;
        if hottest > end {
            outside.push(format!(
                "magnets at {hottest} degC, coefficients declared up to {end} degC"
            ));
        }
    }
    fill(prepared, side, Some(facts), outside)
}

/// Fills what needs no field solution, and states why the rest is missing: a machine that cannot be solved
/// still has a composition and a supply that can be judged.
///
/// # Errors
/// When the record refuses a number, or a material is unknown.
pub fn unsolved(prepared: &Prepared, side: Side, reason: &str) -> Result<Record, EvaluateError> {
    let mut record = fill(prepared, side, None, vec![])?;
    for field in f::ALL.iter().filter(|field| needs_solution(field)) {
        record.put_unjudgeable(field, reason)?;
    }
    Ok(record)
}

/// Whether a field of the evaluation record comes from the field solution.
fn needs_solution(field: &Field) -> bool {
    const POINTS: [&str; 11] = [
        "no_load_",
        "rated_",
        "peak_",
        "max_speed_",
        "fault_",
        "demagnetisation_margin_",
        "short_circuit_",
        "magnet_affected_",
        "remanence_loss_",
        "torque_loss_",
        "demagnetisation_",
    ];
    field.belongs_to(Records::Evaluation)
        && POINTS.iter().any(|start| field.name.starts_with(start))
}

fn fill(
    prepared: &Prepared,
    side: Side,
    facts: Option<&Facts>,
    outside: Vec<String>,
) -> Result<Record, EvaluateError> {
    let pathway = side
        .pathway(prepared.candidate)
        .ok_or(EvaluateError::Undeclared(side.key()))?;
    let magnet = magnet(prepared, pathway)?;
    let mut filling = Filling {
        record: Record::evaluation(),
        prepared,
        facts,
        outside,
    };
    filling.identity(side, magnet)?;
    filling.requirement()?;
    filling.declared(pathway, magnet)?;
    filling.no_load()?;
    filling.rated()?;
    filling.peak()?;
    filling.max_speed()?;
    filling.demagnetisation()?;
    filling.faults()?;
    filling.masses(magnet, pathway)?;
    filling.supply(pathway)?;
    Ok(filling.record)
}

/// Why no quantity of the field solution can be judged; empty inside the validated range.
pub(super) fn outside(prepared: &Prepared, facts: &Facts) -> Vec<String> {
    let topology = prepared.candidate.topology.name();
    let mut outside = outside_range(shipped(), topology, &groups(&prepared.candidate.topology));
    let section = |part| facts.peak_densities.section(part).unwrap_or(0.0);
    outside.extend(beyond_flux_density(
        shipped(),
        topology,
        section(Part::Tooth),
        section(Part::Yoke),
    ));
    outside.extend(beyond_material(prepared, facts));
    outside
}

/// Family as the record's word.
pub(super) fn family_key(family: Family) -> &'static str {
    family.key()
}

impl Filling<'_> {
    fn topology(&self) -> &'static str {
        self.prepared.candidate.topology.name()
    }

    fn exact(&mut self, field: &Field, value: f64, basis: &str) -> Result<(), EvaluateError> {
        Ok(self.record.put_number(field, value, 0.0, basis)?)
    }

    /// A quantity of the field solution, or the reason why it cannot be judged.
    fn solved(
        &mut self,
        field: &Field,
        kind: Kind,
        twin: &Twin,
        scale: f64,
        factor: f64,
        what: &str,
    ) -> Result<(), EvaluateError> {
        let found = band(
            self.topology(),
            kind,
            twin,
            scale,
            self.facts.is_some_and(|facts| facts.tolerances_stated),
        )
        .map(|b| b.scaled(factor));
        self.put(field, found, what)
    }

    fn put(
        &mut self,
        field: &Field,
        found: Result<Band, String>,
        what: &str,
    ) -> Result<(), EvaluateError> {
        if !self.outside.is_empty() {
            let reason = format!("outside the validated range: {}", self.outside.join("; "));
            return Ok(self.record.put_unjudgeable(field, reason)?);
        }
        match found {
            Ok(b) => Ok(self.record.put_number(
                field,
                b.value,
                b.uncertainty,
                format!("{what}; {}", b.basis),
            )?),
            Err(reason) => Ok(self.record.put_unjudgeable(field, reason)?),
        }
    }

    fn identity(&mut self, side: Side, magnet: &Magnet) -> Result<(), EvaluateError> {
        let prepared = self.prepared;
        let r = &mut self.record;
        r.put_text(&f::SECTOR, prepared.application.sector.as_str(), "")?;
        r.put_text(&f::PATHWAY, side.key(), "")?;
        r.put_text(&f::TOPOLOGY, prepared.candidate.topology.name(), "")?;
        r.put_text(&f::MACHINE_FAMILY, prepared.candidate.topology.name(), "")?;
        r.put_flag(&f::HAS_MAGNETS, true, "")?;
        r.put_text(&f::MAGNET_FAMILY, family_key(magnet.family), "")?;
        r.put_flag(
            &f::MAGNET_DIFFUSED,
            magnet.process == Process::GrainBoundaryDiffused,
            "",
        )?;
        r.put_text(&f::COOLING, prepared.candidate.cooling.name(), "")?;
        Ok(())
    }

    fn requirement(&mut self) -> Result<(), EvaluateError> {
        let q = &self.prepared.application.requirement;
        let e = &self.prepared.application.environment;
        for (field, value) in [
            (&f::REQUIREMENT_RATED_TORQUE_N_M, q.rated_torque),
            (&f::REQUIREMENT_PEAK_TORQUE_N_M, q.peak_torque),
            (&f::REQUIREMENT_BASE_SPEED_RPM, q.base_speed / rpm::SCALE),
            (&f::REQUIREMENT_MAX_SPEED_RPM, q.max_speed / rpm::SCALE),
            (
                &f::REQUIREMENT_MAX_SPEED_POWER_KW,
                q.max_speed_power / kw::SCALE,
            ),
            (&f::REQUIREMENT_DC_VOLTAGE_V, q.dc_voltage),
            (&f::REQUIREMENT_MAX_CURRENT_A, q.max_phase_current),
            (
                &f::REQUIREMENT_SEMICONDUCTOR_VOLTAGE_V,
                q.semiconductor_voltage,
            ),
            (
                &f::REQUIREMENT_MAGNET_TEMPERATURE_HOT_C,
                e.magnet_temperature_hot,
            ),
            (
                &f::REQUIREMENT_MAGNET_TEMPERATURE_COLD_C,
                e.magnet_temperature_cold,
            ),
            (&f::REQUIREMENT_OVERSPEED_RATIO, q.overspeed),
        ] {
            self.exact(field, value, "requirement of the application")?;
        }
        Ok(())
    }

    fn declared(&mut self, pathway: &Pathway, magnet: &Magnet) -> Result<(), EvaluateError> {
        let d = &pathway.declaration;
        let e = &self.prepared.application.environment;
        let r = &mut self.record;
        r.put_text(
            &f::MAGNET_GRADE,
            magnet.grade.as_str(),
            "pathway declaration",
        )?;
        r.put_text(
            &f::MAGNET_DATA_KIND,
            d.data_kind.name(),
            "pathway declaration",
        )?;
        r.put_number(
            &f::MAGNET_REFERENCE_TEMPERATURE_C,
            d.reference_temperature,
            0.0,
            "pathway declaration",
        )?;
        r.put_text(
            &f::MAGNET_MEASUREMENT_METHOD,
            d.measurement_method.name(),
            "pathway declaration",
        )?;
        if let Some(word) = weaker_basis(magnet.hcj_temperature_basis(), d.hcj_temperature_basis) {
            let basis =
                "the weaker of the library's coercivity over temperature and the declaration";
            r.put_text(&f::MAGNET_HCJ_TEMPERATURE_BASIS, word, basis)?;
        }
        r.put_flag(
            &f::HEAVY_RARE_EARTH_DECLARED,
            d.heavy_rare_earth_declared,
            "pathway declaration",
        )?;
        let row = format!(
            "{}, confidence {}",
            magnet.row.source,
            format!("{:?}", magnet.confidence).to_lowercase()
        );
        let (hot, cold) = (e.magnet_temperature_hot, e.magnet_temperature_cold);
        let hcj = |t| magnet.coercivity_at(Corner::Minimum, t);
        let per_ka = |x: f64| x / 1e3;
        for (field, value) in [
            (
                &f::MAGNET_REMANENCE_20C_MIN_T,
                magnet.remanence_at(Corner::Minimum, 20.0),
            ),
            (
                &f::MAGNET_COERCIVITY_HCJ_20C_MIN_KA_PER_M,
                hcj(20.0).map(per_ka),
            ),
            (
                &f::MAGNET_COERCIVITY_HCJ_HOT_MIN_KA_PER_M,
                hcj(hot).map(per_ka),
            ),
            (
                &f::MAGNET_COERCIVITY_HCJ_COLD_MIN_KA_PER_M,
                hcj(cold).map(per_ka),
            ),
        ] {
            match value {
                Ok(value) => self.record.put_number(field, value, 0.0, row.as_str())?,
                Err(missing) => self.record.put_unjudgeable(field, missing.to_string())?,
            }
        }
        if let Some(size) = d.dimensions {
            let excess = size.thickness_tolerance + 2.0 * size.coating_thickness;
            let left = (self.prepared.bill.pocket_clearance - excess) / mm::SCALE;
            let basis = "pocket clearance of the geometry less declared tolerance and two coatings";
            self.record
                .put_number(&f::MAGNET_POCKET_CLEARANCE_MIN_MM, left, 0.0, basis)?;
        }
        if let Some(method) = &d.composition_method {
            self.record.put_text(
                &f::MAGNET_COMPOSITION_METHOD,
                method.as_str(),
                "pathway declaration",
            )?;
        }
        if let Some([_, hot]) = d.coefficient_range_c {
            self.record.put_number(
                &f::MAGNET_COEFFICIENT_RANGE_HOT_C,
                hot,
                0.0,
                "pathway declaration",
            )?;
        }
        if let Some(diffusion) = &magnet.diffusion {
            let (core, basis) = match &d.diffusion {
                Some(declared) => (
                    declared.core_hcj_20c.min(diffusion.surface_hcj_20c_a_per_m),
                    "pathway declaration, at most the surface's",
                ),
                None => (diffusion.core_hcj_20c_a_per_m, diffusion.source.as_str()),
            };
            self.record.put_number(
                &f::MAGNET_CORE_HCJ_20C_MIN_KA_PER_M,
                per_ka(core),
                0.0,
                basis,
            )?;
        }
        Ok(())
    }

    fn no_load(&mut self) -> Result<(), EvaluateError> {
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
            NO_LOAD,
            &gap,
            gap.standard,
            1.0,
            what,
        )
    }

    fn currents(
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

    fn linkages(&mut self, point: &Point, d: &Field, q: &Field) -> Result<(), EvaluateError> {
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

    fn rated(&mut self) -> Result<(), EvaluateError> {
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
        self.copper(&f::RATED_COPPER_LOSS_W, &facts.rated)?;
        let temperature = self.prepared.application.environment.winding_temperature;
        self.exact(
            &f::WINDING_TEMPERATURE_C,
            temperature,
            "environment of the application",
        )
    }

    /// Loss at the current of a point. No built machine validates the resistance yet: the end turns are
    /// known within about 5 %, or as exactly as the design states them.
    fn copper(&mut self, field: &Field, point: &Point) -> Result<(), EvaluateError> {
        let copper = &self.prepared.copper;
        let loss = copper::loss(copper.resistance, point.id.hypot(point.iq));
        let (share, basis) = if copper.end_turns_estimated {
            (
                0.05,
                "direct-current loss at the winding temperature; end turns estimated from the coil span, 5 %",
            )
        } else {
            (
                0.01,
                "direct-current loss at the winding temperature; end turns as stated, 1 % for the wire",
            )
        };
        Ok(self.record.put_number(field, loss, share * loss, basis)?)
    }

    fn peak(&mut self) -> Result<(), EvaluateError> {
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
        self.solved(
            &f::PEAK_TORQUE_TO_REQUIREMENT_RATIO,
            TORQUE,
            &facts.torque[0],
            scale,
            1.0 / required,
            most,
        )?;
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
        self.copper(&f::PEAK_COPPER_LOSS_W, &facts.peak)
    }

    fn max_speed(&mut self) -> Result<(), EvaluateError> {
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
        let blocking = 1.0 / q.semiconductor_voltage;
        self.solved(
            &f::FAULT_EMF_TO_SEMICONDUCTOR_VOLTAGE_RATIO,
            WAVEFORM,
            &fault,
            fault.standard,
            blocking,
            what,
        )
    }

    fn demagnetisation(&mut self) -> Result<(), EvaluateError> {
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
    fn faults(&mut self) -> Result<(), EvaluateError> {
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

    fn masses(&mut self, magnet: &Magnet, pathway: &Pathway) -> Result<(), EvaluateError> {
        let masses = mass::masses(
            self.prepared.candidate,
            &self.prepared.bill,
            self.prepared.library,
            magnet,
            self.prepared.copper.mass,
        )?;
        let basis = "cross-section, stack length and density of the library";
        for (field, value) in [
            (&f::MAGNET_MASS_KG, masses.magnet),
            (&f::COPPER_MASS_KG, masses.copper),
            (&f::STATOR_CORE_MASS_KG, masses.stator_core),
            (&f::ROTOR_CORE_MASS_KG, masses.rotor_core),
            (&f::ACTIVE_MASS_KG, masses.active()),
        ] {
            self.exact(field, value, basis)?;
        }
        let Some(composition) = &magnet.composition else {
            return Ok(());
        };
        for (symbol, field) in [
            ("Nd", &f::NEODYMIUM_MASS_KG),
            ("Pr", &f::PRASEODYMIUM_MASS_KG),
            ("Dy", &f::DYSPROSIUM_MASS_KG),
            ("Tb", &f::TERBIUM_MASS_KG),
            ("Ho", &f::HOLMIUM_MASS_KG),
            ("Gd", &f::GADOLINIUM_MASS_KG),
            ("Sm", &f::SAMARIUM_MASS_KG),
            ("Co", &f::COBALT_MASS_KG),
            ("Ga", &f::GALLIUM_MASS_KG),
            ("B", &f::BORON_MASS_KG),
            ("Sr", &f::STRONTIUM_MASS_KG),
            ("La", &f::LANTHANUM_MASS_KG),
            ("Fe", &f::IRON_MASS_KG),
        ] {
            self.exact(
                field,
                composition.share(symbol) * masses.magnet,
                "composition of the grade, magnet mass",
            )?;
        }
        // A declaration may say that there is more than the library knows, never that there is less: that
        // would take an analysis, and none can be checked here.
        let known = composition.heavy_rare_earth_share();
        let (share, basis) = match pathway.declaration.heavy_rare_earth_ratio {
            Some(declared) if declared > known => {
                (declared, "pathway declaration: gadolinium to lutetium")
            }
            _ => (known, "composition of the grade: gadolinium to lutetium"),
        };
        self.exact(&f::HEAVY_RARE_EARTH_MASS_FRACTION_RATIO, share, basis)?;
        self.exact(&f::HEAVY_RARE_EARTH_MASS_KG, share * masses.magnet, basis)?;
        let power = self.prepared.application.requirement.max_speed_power / kw::SCALE;
        self.exact(
            &f::HEAVY_RARE_EARTH_MASS_PER_POWER_KG_PER_KW,
            share * masses.magnet / power,
            basis,
        )
    }

    fn supply(&mut self, pathway: &Pathway) -> Result<(), EvaluateError> {
        let d = supply::dependence(&pathway.supply);
        let basis = "declared sources; what is undeclared counts to the largest country";
        self.exact(
            &f::UNDECLARED_STAGE_COUNT,
            f64::from(d.undeclared_stage_count),
            basis,
        )?;
        self.exact(
            &f::LARGEST_COUNTRY_SHARE_RATIO,
            d.largest_country_share_ratio,
            basis,
        )?;
        self.exact(
            &f::INDEPENDENT_SOURCES_MIN_COUNT,
            f64::from(d.independent_sources_min_count),
            basis,
        )?;
        if let Some(days) = d.stock_days_min_d {
            self.exact(&f::STOCK_DAYS_MIN_D, days, "declared")?;
        }
        if let Some(share) = d.recycled_content_ratio {
            self.exact(&f::RECYCLED_CONTENT_RATIO, share, "declared")?;
        }
        Ok(())
    }
}

/// Relative differential permeability at the end of a magnetisation curve up to which the steel counts
/// as saturated there, so that the curve may be continued.
const SATURATED: f64 = 3.0;

/// Sections driven beyond the magnetisation data of a steel whose table ends before saturation.
fn beyond_material(prepared: &Prepared, facts: &Facts) -> Vec<String> {
    facts
        .limit_densities
        .sections
        .iter()
        .filter_map(|&(part, b)| {
            let steel = usize::from(!matches!(part, Part::Tooth | Part::Yoke));
            let law = &prepared.steels[steel];
            (b > law.data_limit && law.end_permeability > SATURATED).then(|| {
                format!(
                    "{part:?} flux density is {b:.3} T, the magnetisation data end at {:.3} T before saturation",
                    law.data_limit
                )
            })
        })
        .collect()
}

/// The record's word for how coercivity over temperature is known: the weaker of what the library has and
/// what the supplier declares; none where either is silent, so that no clause on it can be met.
fn weaker_basis(library: Option<HcjBasis>, declared: HcjTemperatureBasis) -> Option<&'static str> {
    const FROM_WEAKEST: [&str; 4] = [
        "single_coefficient",
        "derated_coefficient",
        "two_term",
        "tabulated",
    ];
    let rank = |word: &str| FROM_WEAKEST.iter().position(|w| *w == word);
    let library = match library? {
        HcjBasis::Tabulated => "tabulated",
        HcjBasis::TwoTerm => "two_term",
        // The library derates a single coefficient before it uses it.
        HcjBasis::SingleCoefficient => "derated_coefficient",
        HcjBasis::ReferenceOnly => return None,
    };
    let declared = match declared {
        HcjTemperatureBasis::Tabulated => "tabulated",
        HcjTemperatureBasis::TwoTerm => "two_term",
        HcjTemperatureBasis::SingleCoefficient => "single_coefficient",
        HcjTemperatureBasis::NotStated => return None,
    };
    let weaker = rank(library)?.min(rank(declared)?);
    Some(FROM_WEAKEST[weaker])
}

/// The current at the peak point: the torque there is the required one by construction, so its
/// uncertainty is carried by the current that it takes. At the current limit the current is exact.
pub(super) fn peak_current(topology: &str, facts: &Facts) -> Result<Band, String> {
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
pub(super) fn max_speed_torque(topology: &str, facts: &Facts) -> Result<Band, String> {
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
