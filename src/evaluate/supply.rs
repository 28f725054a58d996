//! The supply of a candidate beside its records: sheets and common places.

use super::EvaluateError;
use super::corner::magnet;
use super::prepared::{Prepared, Side};
use crate::date::Date;
use crate::design::{Candidate, Pathway};
use crate::supply::sheet::ElementMass;
use crate::supply::{self, CommonMode, Contents, Element, Link, Sheet};

/// A sheet of every declared pathway, and one of the materials of the machine.
///
/// # Errors
/// When a material is unknown.
pub(super) fn sheets(prepared: &Prepared) -> Result<Vec<Sheet>, EvaluateError> {
    let mut found = Vec::new();
    for side in [Side::A, Side::B] {
        let Some(pathway) = side.pathway(prepared.candidate) else {
            continue;
        };
        let grade = magnet(prepared, pathway)?;
        let masses = prepared.masses(grade)?;
        let contents = Contents::of(grade, pathway.declaration.heavy_rare_earth_ratio);
        found.push(Sheet::of_magnet(
            side.key(),
            &pathway.supply,
            contents.as_ref(),
            masses.magnet,
            prepared.as_of,
        ));
    }
    let masses = (prepared.laminations()?, prepared.copper.mass);
    found.push(machine(prepared.candidate, masses, prepared.as_of));
    Ok(found)
}

/// The sheet of copper and electrical steel, with the masses of both laminations and of the winding [kg].
pub(super) fn machine(
    candidate: &Candidate,
    (laminations, copper): ([f64; 2], f64),
    as_of: Option<Date>,
) -> Sheet {
    let links = material_links(candidate);
    let known = machine_masses(candidate, laminations, copper);
    let mass = |&(element, mass_kg): &(Element, f64)| ElementMass { element, mass_kg };
    Sheet {
        elements: known.iter().map(mass).collect(),
        cost: as_of.map(|day| supply::cost(&known, day)),
        ..Sheet::of_links("machine", &links, as_of)
    }
}

/// Masses of copper, if the winding is of copper, and of electrical steel [kg].
pub(super) fn machine_masses(
    candidate: &Candidate,
    laminations: [f64; 2],
    copper: f64,
) -> Vec<(Element, f64)> {
    let mut known = vec![(Element::ElectricalSteel, laminations[0] + laminations[1])];
    if of_copper(candidate) {
        known.insert(0, (Element::Cu, copper));
    }
    known
}

fn of_copper(candidate: &Candidate) -> bool {
    candidate.winding.conductor.material != "aluminium"
}

/// The links of copper, if the winding is of copper, and electrical steel.
pub(super) fn material_links(candidate: &Candidate) -> Vec<Link<'_>> {
    let declared = &candidate.material_supply;
    let mut links = Vec::new();
    if of_copper(candidate) {
        links.extend(supply::material_links(
            Element::Cu,
            declared.copper.as_ref(),
        ));
    }
    let steel = declared.electrical_steel.as_ref();
    links.extend(supply::material_links(Element::ElectricalSteel, steel));
    links
}

/// The links of a pathway; none where the composition of its magnets is not known.
pub(super) fn chain<'p>(
    prepared: &Prepared,
    pathway: &'p Pathway,
) -> Result<Option<Vec<Link<'p>>>, EvaluateError> {
    let magnet = magnet(prepared, pathway)?;
    let contents = Contents::of(magnet, pathway.declaration.heavy_rare_earth_ratio);
    Ok(contents.map(|contents| supply::links(&pathway.supply, &contents)))
}

/// Every place on which both pathways draw; none where one of them is not declared or not known.
///
/// # Errors
/// When a material is unknown.
pub(super) fn common_mode(prepared: &Prepared) -> Result<Vec<CommonMode>, EvaluateError> {
    let pathways = &prepared.candidate.magnet_pathways;
    let (Some(a), Some(b)) = (&pathways.a, &pathways.b) else {
        return Ok(Vec::new());
    };
    Ok(match (chain(prepared, a)?, chain(prepared, b)?) {
        (Some(a), Some(b)) => supply::common_mode(&a, &b),
        _ => Vec::new(),
    })
}
