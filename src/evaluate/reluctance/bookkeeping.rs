//! What the record of a switched reluctance machine holds without a solution: identity, requirement, masses and
//! materials.

use super::setting::PoleSetting;
use crate::evaluate::fill::masses::{Known, known, machine_share};
use crate::evaluate::fill::{cost, requirement};
use crate::evaluate::supply::{machine_masses, material_links};
use crate::evaluate::{EvaluateError, critical, promise};
use crate::record::Record;
use crate::record::field as f;
use crate::supply;

/// A record that holds all of it.
///
/// # Errors
/// When the record refuses a number, or a material is unknown.
pub(super) fn record(setting: &PoleSetting) -> Result<Record, EvaluateError> {
    let mut record = Record::evaluation();
    identity(setting, &mut record)?;
    requirement(&mut record, setting.application)?;
    let temperature = setting.application.environment.winding_temperature;
    let environment = "environment of the application";
    record.put_number(&f::WINDING_TEMPERATURE_C, temperature, 0.0, environment)?;
    masses(setting, &mut record)?;
    materials(setting, &mut record)?;
    let masses = setting.masses()?;
    let laminations = [masses.stator_core, masses.rotor_core];
    let held = machine_masses(setting.candidate, laminations, masses.copper);
    let known = (setting.as_of, machine_share());
    cost::put(&mut record, cost::OF_MACHINE, &held, known)?;
    let machine = (setting.application, setting.candidate);
    critical::put(&mut record, machine, masses.rotor_core)?;
    promise::put(&mut record, machine)?;
    Ok(record)
}

fn identity(setting: &PoleSetting, r: &mut Record) -> Result<(), EvaluateError> {
    let (application, candidate) = (setting.application, setting.candidate);
    r.put_text(&f::SECTOR, application.sector.as_str(), "")?;
    r.put_text(&f::PATHWAY, "none", "")?;
    r.put_text(&f::TOPOLOGY, candidate.topology.name(), "")?;
    r.put_text(&f::MACHINE_FAMILY, candidate.topology.name(), "")?;
    r.put_flag(&f::HAS_MAGNETS, false, "")?;
    r.put_text(&f::MAGNET_FAMILY, "none", "")?;
    r.put_flag(&f::MAGNET_DIFFUSED, false, "")?;
    r.put_text(&f::COOLING, candidate.cooling.name(), "")?;
    Ok(())
}

fn masses(setting: &PoleSetting, record: &mut Record) -> Result<(), EvaluateError> {
    let masses = setting.masses()?;
    let copper = known("windings", &["copper_mass_kg"]);
    let cores = known("cores", &["stator_core_mass_kg"]);
    // The drawing is one, so that its errors add up.
    let core_mass = masses.stator_core + masses.rotor_core;
    let whole = Known {
        share: (copper.share * masses.copper + cores.share * core_mass) / masses.active(),
        basis: format!("{}; {}", copper.basis, cores.basis),
    };
    for (field, value, known) in [
        (&f::COPPER_MASS_KG, masses.copper, &copper),
        (&f::STATOR_CORE_MASS_KG, masses.stator_core, &cores),
        (&f::ROTOR_CORE_MASS_KG, masses.rotor_core, &cores),
        (&f::ACTIVE_MASS_KG, masses.active(), &whole),
    ] {
        let basis = format!(
            "cross-section, stack length and density of the library; {}",
            known.basis
        );
        record.put_number(field, value, known.share * value, basis)?;
    }
    let per_power = &f::HEAVY_RARE_EARTH_MASS_PER_POWER_KG_PER_KW;
    Ok(record.put_number(per_power, 0.0, 0.0, "there are no magnets")?)
}

fn materials(setting: &PoleSetting, record: &mut Record) -> Result<(), EvaluateError> {
    let found = supply::dependence(&material_links(setting.candidate));
    let basis = "declared sources of copper and electrical steel; what is undeclared counts to the \
                 largest country";
    let undeclared = f64::from(found.undeclared_stage_count);
    record.put_number(&f::MATERIAL_UNDECLARED_STAGE_COUNT, undeclared, 0.0, basis)?;
    let share = found.largest_country_share_ratio;
    Ok(record.put_number(&f::MATERIAL_LARGEST_COUNTRY_SHARE_RATIO, share, 0.0, basis)?)
}
