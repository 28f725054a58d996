//! On what terms a grade may be had: as a candidate of the file declares it, or assumed.

use serde::Serialize;

use crate::design::{
    Candidate, DataKind, HcjTemperatureBasis, MagnetDeclaration, MeasurementMethod, Pathway,
};
use crate::evaluate::Side;
use crate::material::{HcjBasis, Magnet, Process};
use crate::supply::{Declaration, Evidence, Source};

/// Where the terms of an offer come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The candidate itself has the grade on this pathway.
    Present,
    /// Another candidate of the file declares it.
    Offered,
    /// Nobody declares it: data as the library has them, sources of another grade of the file, every one
    /// marked as assumed.
    Assumed,
}

/// A grade with the terms on which a pathway would use it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The pathway.
    pub pathway: Pathway,
    /// Where its terms come from.
    pub origin: Origin,
}

/// Every offer of a grade for a side of a candidate: what the candidates of the file declare of it on that
/// side, its own first, each different declaration once; where none does, one assumed offer for each
/// different supply that the file declares on that side. Powder is no magnet and has none.
#[must_use]
pub fn offers(magnet: &Magnet, side: Side, own: &Candidate, all: &[Candidate]) -> Vec<Offer> {
    if magnet.process == Process::Powder {
        return Vec::new();
    }
    let mut found: Vec<Offer> = Vec::new();
    let others = all.iter().filter(|candidate| candidate.id != own.id);
    for candidate in std::iter::once(own).chain(others) {
        let Some(pathway) = side.pathway(candidate) else {
            continue;
        };
        if pathway.grade == magnet.grade && found.iter().all(|known| known.pathway != *pathway) {
            found.push(Offer {
                pathway: pathway.clone(),
                origin: if candidate.id == own.id {
                    Origin::Present
                } else {
                    Origin::Offered
                },
            });
        }
    }
    if !found.is_empty() {
        return found;
    }
    let mut supplies: Vec<Declaration> = Vec::new();
    for candidate in all {
        let Some(pathway) = side.pathway(candidate) else {
            continue;
        };
        let supply = assumed(&pathway.supply);
        if !supplies.contains(&supply) {
            supplies.push(supply);
        }
    }
    let offer = |supply| Offer {
        pathway: Pathway {
            grade: magnet.grade.clone(),
            declaration: declaration(magnet),
            supply,
        },
        origin: Origin::Assumed,
    };
    supplies.into_iter().map(offer).collect()
}

/// The same sources, each of them only assumed.
fn assumed(supply: &Declaration) -> Declaration {
    let mark = |sources: &mut Vec<Source>| {
        for source in sources {
            source.evidence = Evidence::Assumed;
        }
    };
    let mut supply = supply.clone();
    supply.for_each_stage(mark);
    supply
}

/// What a supplier is assumed to state of a grade: minima, measured as the class is, and no more about the
/// coercivity over temperature than the library knows.
fn declaration(magnet: &Magnet) -> MagnetDeclaration {
    MagnetDeclaration {
        data_kind: DataKind::Minimum,
        reference_temperature: 20.0,
        measurement_method: MeasurementMethod::PulsedField,
        hcj_temperature_basis: match magnet.hcj_temperature_basis() {
            Some(HcjBasis::Tabulated) => HcjTemperatureBasis::Tabulated,
            Some(HcjBasis::TwoTerm) => HcjTemperatureBasis::TwoTerm,
            Some(HcjBasis::SingleCoefficient) => HcjTemperatureBasis::SingleCoefficient,
            Some(HcjBasis::ReferenceOnly) | None => HcjTemperatureBasis::NotStated,
        },
        heavy_rare_earth_declared: true,
        diffusion: None,
        coefficient_range_c: None,
        composition_method: None,
        heavy_rare_earth_ratio: None,
        label_declared: false,
        magnetised: None,
        dimensions: None,
    }
}
