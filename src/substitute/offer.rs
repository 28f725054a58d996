//! On what terms a grade may be had: as a candidate of the file declares it, or assumed.

use serde::Serialize;

use crate::design::{
    Candidate, DataKind, HcjTemperatureBasis, MagnetDeclaration, MeasurementMethod, Pathway,
};
use crate::evaluate::Side;
use crate::material::{HcjBasis, Magnet, Process};
use crate::supply::{Declaration, Evidence};

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
    /// Candidate of the file that declares them, or whose sources are assumed.
    pub terms_of: String,
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
                terms_of: candidate.id.clone(),
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
    let mut supplies: Vec<(Declaration, &str)> = Vec::new();
    for candidate in all {
        let Some(pathway) = side.pathway(candidate) else {
            continue;
        };
        let supply = assumed(&pathway.supply);
        let known = supplies.iter().any(|(other, _)| *other == supply);
        if supply.every_source().next().is_some() && !known {
            supplies.push((supply, &candidate.id));
        }
    }
    let offer = |(supply, id): (Declaration, &str)| Offer {
        terms_of: id.to_owned(),
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
    let mut supply = supply.clone();
    supply.for_each_stage(|sources| {
        for source in sources {
            source.evidence = Evidence::Assumed;
        }
    });
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
        squareness_ratio: None,
        composition_method: None,
        heavy_rare_earth_ratio: None,
        label_declared: false,
        magnetised: None,
        dimensions: None,
        coating: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::material::Library;
    use crate::source::Document;

    /// Offers of every grade of the library to the first candidate whose supplies a change has gone over.
    fn offered(change: impl Fn(&mut Declaration)) -> Vec<Offer> {
        let text = include_str!("../../designs/ev_traction.json");
        let document = Document::parse("d.json", text).expect("JSON");
        let mut design = Design::load(&document).expect("a design");
        for candidate in &mut design.candidates {
            for side in [Side::A, Side::B] {
                let pathways = &mut candidate.magnet_pathways;
                let pathway = match side {
                    Side::A => &mut pathways.a,
                    Side::B => &mut pathways.b,
                };
                if let Some(pathway) = pathway {
                    change(&mut pathway.supply);
                }
            }
        }
        let library = Library::builtin();
        let all = &design.candidates;
        let of = |magnet| offers(magnet, Side::B, &all[0], all);
        library.magnets().iter().flat_map(of).collect()
    }

    #[test]
    fn every_assumed_offer_carries_the_mark() {
        let found = offered(|_| ());
        let assumed = found.iter().filter(|o| o.origin == Origin::Assumed);
        assert!(assumed.clone().count() > 10);
        for offer in assumed {
            let mut marks = offer.pathway.supply.every_source().map(|s| s.evidence);
            assert_eq!(marks.next(), Some(Evidence::Assumed));
            assert!(marks.all(|mark| mark == Evidence::Assumed));
        }
    }

    #[test]
    fn without_a_source_to_mark_nothing_is_assumed() {
        let found = offered(|supply| supply.for_each_stage(Vec::clear));
        assert!(found.iter().all(|offer| offer.origin != Origin::Assumed));
        assert!(!found.is_empty(), "what the file declares is offered still");
    }
}
