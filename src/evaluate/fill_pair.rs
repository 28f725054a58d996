//! The pair record: B relative to A on the same laminations.

use super::EvaluateError;
use super::behind::passed_on;
use super::corner::magnet;
use super::fill::{self, peak_current};
use super::pathway::{Facts, Twin};
use super::prepared::Prepared;
use super::supply::chain;
use super::uncertainty::{Band, MAGNET, NO_LOAD, RATIO_FLOOR, TORQUE, WAVEFORM, band, ratio};
use crate::mass::Masses;
use crate::operate::point::Point;
use crate::record::Record;
use crate::record::field as f;
use crate::record::field::Field;
use crate::supply;

/// Fills the pair record.
///
/// # Errors
/// When the record refuses a number.
pub fn record(prepared: &Prepared, a: &Facts, b: &Facts) -> Result<Record, EvaluateError> {
    let topology = prepared.candidate.topology.name();
    let mut record = identified(prepared)?;
    let mut outside = fill::outside(prepared, a);
    outside.extend(fill::outside(prepared, b));
    outside.dedup();
    let mut put = |field: &Field, found: Result<Band, String>| -> Result<(), EvaluateError> {
        ratio_put(&mut record, (prepared, &outside), field, found)
    };
    put(
        &f::B_TO_A_PEAK_TORQUE_RATIO,
        ratio(topology, TORQUE, &b.torque[0], &a.torque[0]),
    )?;
    put(
        &f::B_TO_A_NO_LOAD_FLUX_LINKAGE_RATIO,
        ratio(topology, NO_LOAD, &b.no_load_linkage, &a.no_load_linkage),
    )?;
    put(&f::B_TO_A_PEAK_CURRENT_RATIO, current_ratio(topology, a, b))?;
    put(
        &f::B_TO_A_FAULT_EMF_RATIO,
        ratio(topology, WAVEFORM, &b.fault_voltage, &a.fault_voltage),
    )?;
    put(&f::CONTROL_TABLE_SHIFT_RATIO, control_shift(prepared, a, b))?;
    put(&f::B_TO_A_RATED_LOSS_RATIO, loss_ratio(prepared, a, b))?;
    put(
        &f::B_MINUS_A_DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_HOT_T,
        margin_difference(topology, a, b),
    )?;
    declared(prepared, &mut record)?;
    Ok(record)
}

/// A quantity of both solutions, or why it cannot be judged.
fn ratio_put(
    record: &mut Record,
    (prepared, outside): (&Prepared, &[String]),
    field: &Field,
    found: Result<Band, String>,
) -> Result<(), EvaluateError> {
    let mut outside = outside.to_vec();
    outside.extend(fill::beyond_slices(&prepared.candidate.topology, field));
    let found = if outside.is_empty() {
        found
    } else {
        Err(format!(
            "outside the validated range: {}",
            outside.join("; ")
        ))
    };
    match found {
        Ok(band) => Ok(record.put_number(field, band.value, band.uncertainty, band.basis)?),
        Err(reason) => Ok(record.put_unjudgeable(field, reason)?),
    }
}

/// How far the currents of A and B lie apart for the same task: the control table of A makes B give another
/// torque unless this is small. The uncertainty is that of the flux linkage, to which the currents answer.
fn control_shift(prepared: &Prepared, a: &Facts, b: &Facts) -> Result<Band, String> {
    let topology = prepared.candidate.topology.name();
    let shift = |of: fn(&Facts) -> &Point| {
        let (a, b) = (of(a), of(b));
        (b.id - a.id).hypot(b.iq - a.iq)
    };
    let worst = shift(|f| &f.rated)
        .max(shift(|f| &f.peak))
        .max(shift(|f| &f.max_speed));
    let linkage = ratio(topology, NO_LOAD, &b.no_load_linkage, &a.no_load_linkage)?;
    Ok(Band {
        value: worst / prepared.limits.current,
        uncertainty: linkage.uncertainty,
        basis: format!(
            "currents at rated, peak and maximum speed point; {}",
            linkage.basis
        ),
    })
}

/// Losses of B at its rated point over those of A: R = Σ b / Σ a over the parts. Both obey the same laws on the
/// same grid, so that a relative error r of a part is common to both and moves the ratio by
/// r (b − R a) / Σ a only.
fn loss_ratio(prepared: &Prepared, a: &Facts, b: &Facts) -> Result<Band, String> {
    let estimated = prepared.copper.end_turns_estimated;
    let (of_a, of_b) = (
        fill::rated_parts(estimated, &a.losses)?,
        fill::rated_parts(estimated, &b.losses)?,
    );
    let sum = |parts: &[Band; 4]| parts.iter().map(|part| part.value).sum::<f64>();
    let whole = sum(&of_a);
    if whole <= 0.0 {
        return Err("pathway A loses nothing at its rated point".to_owned());
    }
    let value = sum(&of_b) / whole;
    let relative = |part: &Band| {
        if part.value > 0.0 {
            part.uncertainty / part.value
        } else {
            0.0
        }
    };
    let parts = of_a.iter().zip(&of_b);
    let moved: f64 = parts
        .map(|(a, b)| {
            let share = relative(a).max(relative(b));
            (share * (b.value - value * a.value) / whole).powi(2)
        })
        .sum();
    let parts = of_a.iter().chain(&of_b);
    let known = passed_on(parts.map(|part| part.basis.as_str()));
    Ok(Band {
        value,
        uncertainty: moved.sqrt().hypot(RATIO_FLOOR * value),
        basis: format!(
            "winding, iron, magnets and friction at coarse resolution; what is common to both cancels{known}"
        ),
    })
}

/// Margin to the knee of B in the undamped short circuit less that of A. The two magnets have knees of their
/// own, so that nothing is taken to cancel.
fn margin_difference(topology: &str, a: &Facts, b: &Facts) -> Result<Band, String> {
    let margin = |facts: &Facts| {
        let cases = &facts.demagnetising;
        let case = cases.iter().find(|case| case.case == "short_circuit_hot");
        let case = case.ok_or_else(|| "the short circuit was not solved".to_owned())?;
        band(topology, MAGNET, &case.margin, 1.0, facts.tolerances_stated)
    };
    let (of_a, of_b) = (margin(a)?, margin(b)?);
    Ok(Band {
        value: of_b.value - of_a.value,
        uncertainty: of_a.uncertainty.hypot(of_b.uncertainty),
        basis: format!("both margins with their uncertainties; A: {}", of_a.basis),
    })
}

/// What needs no field solution, and why the rest is missing.
///
/// # Errors
/// When the record refuses a number.
pub fn unsolved(prepared: &Prepared, reason: &str) -> Result<Record, EvaluateError> {
    with(prepared, &[], &[], reason)
}

/// What needs no field solution, some ratios of one, and why the others are missing; or why none of them can be judged.
///
/// # Errors
/// When the record refuses a number.
pub fn with(
    prepared: &Prepared,
    found: &[(&'static Field, Result<Band, String>)],
    outside: &[String],
    reason: &str,
) -> Result<Record, EvaluateError> {
    let mut record = identified(prepared)?;
    for (field, band) in found {
        ratio_put(&mut record, (prepared, outside), field, band.clone())?;
    }
    for field in SOLVED {
        if !record.speaks_of(field) {
            record.put_unjudgeable(field, reason)?;
        }
    }
    declared(prepared, &mut record)?;
    Ok(record)
}

/// The fields that come from the field solution.
const SOLVED: [&Field; 7] = [
    &f::B_TO_A_PEAK_TORQUE_RATIO,
    &f::B_TO_A_NO_LOAD_FLUX_LINKAGE_RATIO,
    &f::B_TO_A_PEAK_CURRENT_RATIO,
    &f::B_TO_A_FAULT_EMF_RATIO,
    &f::CONTROL_TABLE_SHIFT_RATIO,
    &f::B_TO_A_RATED_LOSS_RATIO,
    &f::B_MINUS_A_DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_HOT_T,
];

/// What follows from declarations and masses alone.
fn declared(prepared: &Prepared, record: &mut Record) -> Result<(), EvaluateError> {
    mechanical(prepared, record)?;
    shared_supply(prepared, record)
}

fn mechanical(prepared: &Prepared, record: &mut Record) -> Result<(), EvaluateError> {
    let pathways = &prepared.candidate.magnet_pathways;
    let (Some(a), Some(b)) = (&pathways.a, &pathways.b) else {
        return Ok(());
    };
    let masses = |pathway| -> Result<Masses, EvaluateError> {
        let grade = magnet(prepared, pathway)?;
        let found = prepared.masses(grade)?;
        Ok(found)
    };
    let (of_a, of_b) = (masses(a)?, masses(b)?);
    let rotor = |m: &Masses| m.magnet + m.rotor_core;
    let basis = "the same pockets, densities of the library";
    for (field, value) in [
        (&f::B_TO_A_MAGNET_MASS_RATIO, of_b.magnet / of_a.magnet),
        (&f::B_TO_A_ROTOR_MASS_RATIO, rotor(&of_b) / rotor(&of_a)),
    ] {
        record.put_number(field, value, 0.0, basis)?;
    }
    if let (Some(a), Some(b)) = (a.declaration.magnetised, b.declaration.magnetised) {
        record.put_flag(&f::SAME_MAGNETISING, a == b, "pathway declarations")?;
    }
    Ok(())
}

fn shared_supply(prepared: &Prepared, record: &mut Record) -> Result<(), EvaluateError> {
    if let (Some(pa), Some(pb)) = (
        &prepared.candidate.magnet_pathways.a,
        &prepared.candidate.magnet_pathways.b,
    ) {
        let (Some(links_a), Some(links_b)) = (chain(prepared, pa)?, chain(prepared, pb)?) else {
            let reason = "no source tells what the magnets of a pathway are made of";
            record.put_unjudgeable(&f::SHARED_COUNTRY_STAGE_COUNT, reason)?;
            record.put_unjudgeable(&f::SHARED_SUPPLIER_COUNT, reason)?;
            return Ok(());
        };
        let shared = supply::shared(&links_a, &links_b);
        let basis =
            "declared sources of every judged element; an undeclared part may be any country";
        record.put_number(
            &f::SHARED_COUNTRY_STAGE_COUNT,
            f64::from(shared.shared_country_stage_count),
            0.0,
            basis,
        )?;
        record.put_number(
            &f::SHARED_SUPPLIER_COUNT,
            f64::from(shared.shared_supplier_count),
            0.0,
            "declared suppliers",
        )?;
    }
    Ok(())
}

fn identified(prepared: &Prepared) -> Result<Record, EvaluateError> {
    let topology = prepared.candidate.topology.name();
    let mut record = Record::pair();
    record.put_text(&f::SECTOR, prepared.application.sector.as_str(), "")?;
    record.put_text(&f::TOPOLOGY, topology, "")?;
    record.put_text(&f::MACHINE_FAMILY, topology, "")?;
    record.put_flag(
        &f::SAME_LAMINATIONS,
        true,
        "one candidate has one pair of laminations",
    )?;
    Ok(record)
}

/// Ratio of the peak currents. A numerical error of the torque common to both cancels; what is left is
/// the change between resolutions of the ratio of the torques, taken to the currents.
fn current_ratio(topology: &str, a: &Facts, b: &Facts) -> Result<Band, String> {
    let (current_a, current_b) = (peak_current(topology, a)?, peak_current(topology, b)?);
    let twin = |facts: &Facts| Twin {
        standard: facts.torque[1].standard,
        coarse: facts.torque[1].coarse,
        input: facts.torque[1].input,
        check: 0.0,
    };
    let torque = ratio(topology, TORQUE, &twin(b), &twin(a))?;
    let value = current_b.value / current_a.value;
    // dI/I = dT/T over (dT/dI · I/T).
    if b.torque_per_ampere <= 0.0 {
        return Err("the torque no longer rises with current at the peak point".to_owned());
    }
    let stiffness = b.torque_per_ampere * current_b.value / b.torque[1].standard;
    Ok(Band {
        value,
        uncertainty: torque.uncertainty / stiffness * value,
        basis: torque.basis,
    })
}
