//! A machine with what cools it: what is drawn of it, and what its design declares of the rest.

use super::prepared::Prepared;
use super::reluctance::setting::PoleSetting;
use crate::design::{Application, Candidate, Cooling, Thermal};
use crate::heat::insulation;
use crate::heat::machine::{Behind, Cylinder, Disc, Drawn, Films, Metal};
use crate::material::Library;
use crate::topology::Topology;
use crate::topology::axial::Axial;

/// A machine with its cooling, as its design declares it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cooled {
    pub(super) drawn: Drawn,
    pub(super) films: Films,
    pub(super) metal: Metal,
    /// Temperature of what takes the heat [°C], and what that is.
    pub(super) coolant: (f64, &'static str),
    /// Temperature that the insulation bears [°C], and its class.
    pub(super) class: (f64, &'static str),
}

/// What cools a machine with a slotted stator, or why that is not known.
pub(super) fn of_slots(prepared: &Prepared) -> Result<Cooled, String> {
    let machine = (prepared.application, prepared.candidate, prepared.library);
    declared(machine, |thermal| drawn(prepared, thermal))
}

/// What cools a switched reluctance machine, or why that is not known.
pub(super) fn of_poles(setting: &PoleSetting) -> Result<Cooled, String> {
    let machine = (setting.application, setting.candidate, setting.library);
    declared(machine, |_| poles(setting))
}

/// What cools a machine that is drawn, or why that is not known.
fn declared(
    (application, candidate, library): (&Application, &Candidate, &Library),
    drawn: impl FnOnce(&Thermal) -> Result<Drawn, String>,
) -> Result<Cooled, String> {
    let thermal = candidate
        .thermal
        .as_ref()
        .ok_or("no films and conductivities are declared (`thermal`)")?;
    let class = thermal.insulation_class.name();
    let limit = insulation::temperature_c(class)
        .ok_or_else(|| format!("the thermal class {class} has no temperature"))?;
    let environment = &application.environment;
    let (coolant, of) = match candidate.cooling {
        Cooling::WaterJacket(_) | Cooling::OilSpray(_) => {
            (environment.coolant_temperature, "coolant")
        }
        Cooling::Air(_) => (environment.ambient_temperature, "surrounding air"),
    };
    if coolant >= limit {
        return Err(format!(
            "the {of} of {coolant} degC is as hot as insulation of class {class} may be"
        ));
    }
    let conductor = library
        .conductor(&candidate.winding.conductor.material)
        .map_err(|e| e.to_string())?;
    Ok(Cooled {
        drawn: drawn(thermal)?,
        films: Films {
            core: thermal.core_conductivity,
            resin: thermal.impregnation_conductivity,
            liner: (thermal.liner_thickness, thermal.liner_conductivity),
            coolant: thermal.coolant_film,
            contact: thermal.core_contact,
            end_windings: thermal.end_winding_conductance,
            rotor: thermal.rotor_conductance,
        },
        metal: Metal {
            resistivity_20c: conductor.resistivity_20c_ohm_m,
            coefficient: conductor.temperature_coefficient_per_k,
            reference_c: environment.winding_temperature,
        },
        coolant: (coolant, of),
        class: (limit, class),
    })
}

fn drawn(prepared: &Prepared, thermal: &Thermal) -> Result<Drawn, String> {
    let (candidate, bill) = (prepared.candidate, &prepared.bill);
    if let Topology::Axial(axial) = &candidate.topology {
        return discs(prepared, axial, thermal);
    }
    let stator = candidate
        .topology
        .lamination()
        .ok_or("no network of temperatures for a stator of this type")?;
    let phases = (3 * candidate.winding.phase_sets) as f64;
    let turns = prepared.layout.series_turns() * phases;
    Ok(Drawn::Cylinder(Cylinder {
        slots: bill.slots,
        slot_area: bill.slot_area,
        slot_depth: stator.slot_depth(),
        tooth_width: stator.tooth_width(),
        back_radius: stator.back_radius(),
        yoke_height: stator.yoke_height(),
        gap_radius: stator.gap_radius(),
        gap: bill.air_gap,
        faces: 1.0,
        stack: bill.stack_length,
        stacking: candidate.stator_steel.stacking_factor,
        metal_area: metal_area(candidate, turns)?,
        end_turn: prepared.copper.end_turn,
    }))
}

/// Discs: what of their cooling no drawing tells beside what all machines declare.
fn discs(prepared: &Prepared, axial: &Axial, thermal: &Thermal) -> Result<Drawn, String> {
    if axial.stator.slotless {
        return Err("no network of temperatures for coils without teeth".to_owned());
    }
    if axial.rotor.interior.is_some() {
        return Err("no network of temperatures for magnets within the iron of a disc".to_owned());
    }
    let (candidate, found) = (prepared.candidate, axial.heated());
    let behind = match (found.yoke, found.backs) {
        (None, _) => Behind::Nothing,
        (Some(yoke), 0) => Behind::Rim {
            yoke,
            across: thermal.core_conductivity_across.ok_or(
                "the heat of a stator between two rotors leaves its yoke across the sheets, and their conductivity \
                 there is not declared (`core_conductivity_across_w_per_m_k` in `thermal`)",
            )?,
        },
        (Some(yoke), stators) => Behind::Faces { yoke, stators },
    };
    let seat = if found.iron_behind {
        let unknown = "how magnets touch the disc behind them is not declared (`magnet_contact_w_per_m2_k` in `thermal`)";
        Some(thermal.magnet_contact.ok_or(unknown)?)
    } else {
        None
    };
    let phases = (3 * candidate.winding.phase_sets) as f64;
    let turns = prepared.layout.series_turns() * phases * prepared.bill.windings as f64;
    Ok(Drawn::Disc(Disc {
        slots: found.slots,
        slot_width: found.slot_width,
        slot_depth: found.slot_depth,
        tooth_area: found.tooth_area,
        inner: found.inner,
        outer: found.outer,
        stacking: candidate.stator_steel.stacking_factor,
        behind,
        gaps: found.gaps,
        gap: axial.air_gap,
        magnet_face: found.magnet_face,
        seat,
        metal_area: metal_area(candidate, turns)?,
        end_turn: prepared.copper.end_turn,
        outer_ends_only: found.backs == 0 && matches!(candidate.cooling, Cooling::WaterJacket(_)),
    }))
}

/// Metal in all slots, both sides of each coil [m²], by the series turns of all phases together.
fn metal_area(candidate: &Candidate, turns: f64) -> Result<f64, String> {
    let winding = &candidate.winding;
    let area = winding
        .conductor
        .area()
        .ok_or("the conductor has no cross-section")?;
    Ok(2.0 * turns * winding.parallel_paths as f64 * area)
}

/// A pole is a tooth, and the coil sides of two poles share a slot, each beside its own.
fn poles(setting: &PoleSetting) -> Result<Drawn, String> {
    let (candidate, bill) = (setting.candidate, setting.srm.bill());
    let stator = setting
        .srm
        .heated()
        .ok_or("a pole side does not reach the yoke")?;
    let turns = setting.layout.series_turns() * setting.layout.phases as f64;
    Ok(Drawn::Cylinder(Cylinder {
        slots: bill.slots,
        slot_area: bill.slot_area,
        slot_depth: stator.coil_height,
        tooth_width: stator.pole_width,
        back_radius: stator.back_radius,
        yoke_height: stator.yoke_height,
        gap_radius: stator.gap_radius,
        gap: bill.air_gap,
        faces: stator.facing,
        stack: bill.stack_length,
        stacking: candidate.stator_steel.stacking_factor,
        metal_area: metal_area(candidate, turns)?,
        end_turn: setting.copper.end_turn,
    }))
}
