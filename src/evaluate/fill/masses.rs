//! Masses by part and by element, with the uncertainty that weighed machines leave.

use super::Filling;
use crate::design::Pathway;
use crate::evaluate::EvaluateError;
use crate::evaluate::behind::{counted, mark};
use crate::material::{Composition, Magnet};
use crate::record::field as f;
use crate::record::field::Field;
use crate::unit::{kw, round_significant};
use crate::validation::model::{mass_uncertainty, shipped};

/// How well a kind of part is known by its drawing.
pub(in crate::evaluate) struct Known {
    /// Expanded uncertainty over the mass [1].
    pub(in crate::evaluate) share: f64,
    /// In words.
    pub(in crate::evaluate) basis: String,
}

/// What rows of the accuracy table say of a part, under the names that they give it. A drawing leaves out what a
/// weighed part has (ends, lacquer, plates, glue), and a published drawing is not always that of the part.
pub(in crate::evaluate) fn known(part: &str, rows: &[&str]) -> Known {
    match mass_uncertainty(shipped(), rows) {
        Some(model) => Known {
            share: model.ratio,
            basis: format!(
                "within {} % by weighed {part}, from {}{}",
                round_significant(100.0 * model.ratio, 3),
                counted(&model, rows.first().copied().unwrap_or(part)),
                mark(model.is_weak())
            ),
        },
        None => Known {
            share: 0.0,
            basis: format!("no reference machine has weighed {part}"),
        },
    }
}

/// How well winding and laminations are known together: as badly as the worse of the two.
pub(in crate::evaluate) fn machine_share() -> f64 {
    let copper = known("windings", &["copper_mass_kg"]);
    let cores = known("cores", &["stator_core_mass_kg"]);
    copper.share.max(cores.share)
}

impl Filling<'_> {
    /// A mass with its uncertainty; what is not there is not there for certain.
    fn weighed(
        &mut self,
        field: &Field,
        mass: f64,
        known: &Known,
        basis: &str,
    ) -> Result<(), EvaluateError> {
        if mass == 0.0 {
            return self.exact(field, mass, basis);
        }
        let basis = format!("{basis}; {}", known.basis);
        Ok(self
            .record
            .put_number(field, mass, known.share * mass, basis)?)
    }

    pub(super) fn masses(
        &mut self,
        magnet: &Magnet,
        pathway: &Pathway,
    ) -> Result<(), EvaluateError> {
        let masses = self.prepared.masses(magnet)?;
        let magnets = known("magnets", &["magnet_mass_kg"]);
        let copper = known("windings", &["copper_mass_kg"]);
        let cores = known("cores", &["stator_core_mass_kg"]);
        let basis = "cross-section, stack length and density of the library";
        for (field, value, known) in [
            (&f::MAGNET_MASS_KG, masses.magnet, &magnets),
            (&f::COPPER_MASS_KG, masses.copper, &copper),
            (&f::STATOR_CORE_MASS_KG, masses.stator_core, &cores),
            (&f::ROTOR_CORE_MASS_KG, masses.rotor_core, &cores),
        ] {
            self.weighed(field, value, known, basis)?;
        }
        // The drawing is one, so that its errors add up.
        let active = masses.active();
        let cores_mass = masses.stator_core + masses.rotor_core;
        let lost =
            magnets.share * masses.magnet + copper.share * masses.copper + cores.share * cores_mass;
        let whole = Known {
            share: lost / active,
            basis: format!("{}; {}; {}", magnets.basis, copper.basis, cores.basis),
        };
        self.weighed(&f::ACTIVE_MASS_KG, active, &whole, basis)?;
        self.in_cores([masses.stator_core, masses.rotor_core], &cores)?;
        let Some(composition) = &magnet.composition else {
            return Ok(());
        };
        self.in_magnets(composition, masses.magnet, &magnets)?;
        self.heavy_rare_earth(composition, pathway, masses.magnet, &magnets)
    }

    /// Elements of the laminations, where the compositions of both steels are known.
    fn in_cores(&mut self, cores: [f64; 2], known: &Known) -> Result<(), EvaluateError> {
        let candidate = self.prepared.candidate;
        let library = self.prepared.library;
        let (stator, rotor) = (
            library.steel(&candidate.stator_steel.grade)?,
            library.steel(&candidate.rotor_steel.grade)?,
        );
        let (Some(stator), Some(rotor)) = (&stator.composition, &rotor.composition) else {
            return Ok(());
        };
        for (symbol, field) in [
            ("Fe", &f::CORE_IRON_MASS_KG),
            ("Si", &f::CORE_SILICON_MASS_KG),
            ("Co", &f::CORE_COBALT_MASS_KG),
        ] {
            let mass = stator.share(symbol) * cores[0] + rotor.share(symbol) * cores[1];
            self.weighed(field, mass, known, "composition of the steels, core masses")?;
        }
        Ok(())
    }

    fn in_magnets(
        &mut self,
        composition: &Composition,
        mass: f64,
        known: &Known,
    ) -> Result<(), EvaluateError> {
        for (symbol, field) in &f::element::IN_MAGNETS {
            let basis = "composition of the grade, magnet mass";
            self.weighed(field, composition.share(symbol) * mass, known, basis)?;
        }
        Ok(())
    }

    fn heavy_rare_earth(
        &mut self,
        composition: &Composition,
        pathway: &Pathway,
        mass: f64,
        magnets: &Known,
    ) -> Result<(), EvaluateError> {
        // A declaration may say that there is more than the library knows, never that there is less: that
        // would take an analysis, and none can be checked here.
        let least = composition.heavy_rare_earth_share();
        let (share, basis) = match pathway.declaration.heavy_rare_earth_ratio {
            Some(declared) if declared > least => {
                (declared, "pathway declaration: gadolinium to lutetium")
            }
            _ => (least, "composition of the grade: gadolinium to lutetium"),
        };
        self.exact(&f::HEAVY_RARE_EARTH_MASS_FRACTION_RATIO, share, basis)?;
        self.weighed(&f::HEAVY_RARE_EARTH_MASS_KG, share * mass, magnets, basis)?;
        let power = self.prepared.application.requirement.max_speed_power / kw::SCALE;
        self.weighed(
            &f::HEAVY_RARE_EARTH_MASS_PER_POWER_KG_PER_KW,
            share * mass / power,
            magnets,
            basis,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::row::{ReferenceKind, Row};

    /// No part is known better than the worst part of its kind that was weighed, and nothing that nobody weighed is.
    #[test]
    fn a_part_is_known_no_better_than_those_that_were_weighed() {
        for names in [
            &["magnet_mass_kg"][..],
            &["copper_mass_kg"],
            &["stator_core_mass_kg"],
        ] {
            let found = known("parts", names);
            let of = |row: &&Row| {
                names.contains(&row.quantity.as_str()) && row.kind == ReferenceKind::Measured
            };
            let rows = shipped().rows.iter().filter(of);
            let errors: Vec<f64> = rows.map(|row| row.error_ratio.abs()).collect();
            assert!(!errors.is_empty());
            let worst = errors.into_iter().fold(0.0, f64::max);
            assert!(
                worst > 0.0 && found.share >= worst,
                "{names:?} {}",
                found.basis
            );
        }
        assert_eq!(known("shafts", &["shaft_mass_kg"]).share, 0.0);
    }
}
