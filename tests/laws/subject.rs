//! The machines that are held to the laws, and how they are solved.

use dualcert::design::Winding;
use dualcert::material::Library;
use dualcert::network::law::IronLaw;
use dualcert::network::newton::{Materials, Solver, State};
use dualcert::operate::machine::Machine;
use dualcert::resolution::Resolution;
use dualcert::topology::Topology;
use dualcert::winding::Layout;
use serde_json::{Value, json};

/// A machine with the currents at which it is worth looking.
pub struct Subject {
    geometry: Value,
    pub topology: Topology,
    pub layout: Layout,
    /// Peak phase current that saturates it [A].
    pub current: f64,
}

impl Subject {
    pub fn new(geometry: Value, winding: Value, current: f64) -> Self {
        let topology: Topology = serde_json::from_value(geometry.clone()).unwrap();
        let winding: Winding = serde_json::from_value(winding).unwrap();
        assert_eq!(topology.fits(), vec![]);
        let layout = winding.on(&topology).unwrap();
        Self {
            geometry,
            topology,
            layout,
            current,
        }
    }

    /// The same machine with all lengths and the current times `factor`.
    pub fn scaled(&self, factor: f64) -> Self {
        let geometry = scaled_lengths(self.geometry.clone(), factor);
        Self {
            topology: serde_json::from_value(geometry.clone()).unwrap(),
            geometry,
            layout: self.layout.clone(),
            current: factor * self.current,
        }
    }

    pub fn machine(&self, resolution: Resolution) -> Machine {
        let plan = self.topology.plan(&self.layout, resolution).unwrap();
        Machine::new(&plan, &self.layout, resolution).unwrap()
    }

    /// Currents in dq [A]: motoring with the field weakened.
    pub fn motoring(&self) -> (f64, f64) {
        (-0.6 * self.current, 0.8 * self.current)
    }
}

fn scaled_lengths(value: Value, factor: f64) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .map(|(key, inner)| {
                let scaled = match inner.as_f64() {
                    Some(length) if key.ends_with("_mm") => json!(length * factor),
                    _ => scaled_lengths(inner, factor),
                };
                (key, scaled)
            })
            .collect(),
        other => other,
    }
}

/// The first shipped machine of a topology.
pub fn shipped(topology: &str) -> Subject {
    let text = include_str!("../../designs/ev_traction.json");
    let design: Value = serde_json::from_str(text).unwrap();
    let candidate = design["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .find(|candidate| candidate["topology"].get(topology).is_some())
        .unwrap();
    let part = |key: &str| candidate[key].clone();
    Subject::new(part("topology"), part("winding"), 200.0)
}

/// Twelve slots, eight poles, coils around single teeth, flat magnets, a rib between them: repeats
/// without change of sign, unlike the shipped machine.
pub fn concentrated_flat() -> Subject {
    let geometry = json!({"ipm": {
        "air_gap_mm": 0.8,
        "stack_length_mm": 60.0,
        "stator": {
            "slot_count": 12,
            "outer_diameter_mm": 200.0,
            "bore_diameter_mm": 120.0,
            "slot": {
                "opening_width_mm": 4.0,
                "opening_height_mm": 1.5,
                "wedge_height_mm": 1.5,
                "top_width_mm": 16.0,
                "bottom_width_mm": 24.0,
                "main_depth_mm": 22.0,
                "bottom_corner_radius_mm": 3.0
            }
        },
        "rotor": {
            "pole_count": 8,
            "shaft_diameter_mm": 50.0,
            "bridge_thickness_mm": 1.2,
            "apex_depth_mm": 4.2,
            "opening": {"v_angle_deg": 176.0},
            "interpolar_web_width_mm": 6.0,
            "centre_rib_width_mm": 1.5,
            "magnet_thickness_mm": 5.0,
            "magnet_width_mm": 14.0,
            "magnet_seat_step_mm": 0.5,
            "pocket_clearance_mm": 0.1,
            "magnet_offset_mm": 0.5
        }
    }});
    let winding = json!({
        "turns_per_coil": 20,
        "layers": 2,
        "coil_pitch_slots": 1,
        "parallel_paths": 1,
        "connection": "star",
        "conductor": {"material": "copper", "strands": 8, "strand_diameter_mm": 0.8}
    });
    Subject::new(geometry, winding, 120.0)
}

/// Twelve slots, ten poles, spoke magnets under open bridges: half the machine repeats.
pub fn concentrated_spoke() -> Subject {
    let text = include_str!("../reference/spoke_12s10p_ferrite.json");
    let reference: Value = serde_json::from_str(text).unwrap();
    let part = |key: &str| reference[key].clone();
    Subject::new(part("topology"), part("winding"), 20.0)
}

/// Thirty-six slots, six poles, spoke magnets under closed bridges on a non-magnetic hub.
pub fn distributed_spoke() -> Subject {
    let geometry = json!({"spoke": {
        "air_gap_mm": 0.7,
        "stack_length_mm": 90.0,
        "stator": {
            "slot_count": 36,
            "outer_diameter_mm": 200.0,
            "bore_diameter_mm": 120.0,
            "slot": {
                "opening_width_mm": 2.2,
                "opening_height_mm": 0.9,
                "wedge_height_mm": 1.0,
                "top_width_mm": 5.2,
                "bottom_width_mm": 8.0,
                "main_depth_mm": 19.0,
                "bottom_corner_radius_mm": 1.5
            }
        },
        "rotor": {
            "pole_count": 6,
            "shaft_diameter_mm": 20.0,
            "non_magnetic_hub_diameter_mm": 44.0,
            "bridge_thickness_mm": 1.6,
            "outer_slot_width_mm": 0.0,
            "magnet_thickness_mm": 10.0,
            "magnet_width_mm": 30.0,
            "pocket_clearance_mm": 0.1,
            "inner_barrier_depth_mm": 3.0
        }
    }});
    let winding = json!({
        "turns_per_coil": 16,
        "layers": 1,
        "coil_pitch_slots": 6,
        "parallel_paths": 1,
        "connection": "star",
        "conductor": {"material": "copper", "strands": 4, "strand_diameter_mm": 0.8}
    });
    Subject::new(geometry, winding, 60.0)
}

/// The first shipped machine of a topology with six phases: two sets, 30 electrical degrees apart.
pub fn six_phases(topology: &str) -> Subject {
    let winding = json!({
        "turns_per_coil": 9,
        "layers": 1,
        "coil_pitch_slots": 6,
        "parallel_paths": 1,
        "phase_sets": 2,
        "connection": "star",
        "conductor": {"material": "copper", "strands": 1, "bar": {"width_mm": 3.0, "height_mm": 2.0}}
    });
    Subject {
        layout: of(&shipped(topology), winding),
        ..shipped(topology)
    }
}

fn of(subject: &Subject, winding: Value) -> Layout {
    let winding: Winding = serde_json::from_value(winding).unwrap();
    winding.on(&subject.topology).unwrap()
}

/// Steel of the shipped machine, and a magnet.
pub fn materials(remanence: f64) -> Materials {
    let steel = Library::builtin().steel("M19_29G").unwrap();
    let law = IronLaw::new(&steel.bh, 0.95).unwrap();
    Materials {
        steels: vec![law.clone(), law],
        remanence,
        recoil_permeability: 1.05,
        kept: None,
    }
}

/// Iron that never saturates.
pub fn linear_materials(remanence: f64) -> Materials {
    Materials {
        steels: vec![IronLaw::linear(2000.0); 2],
        ..materials(remanence)
    }
}

/// One field, with what is asked of it most.
pub struct Solved {
    pub state: State,
    /// Of all phases.
    pub linkages: Vec<f64>,
    pub psi_d: f64,
    pub psi_q: f64,
}

/// No current in any phase.
pub fn still(machine: &Machine) -> Vec<f64> {
    vec![0.0; 3 * machine.phase_sets()]
}

/// Solves at phase currents [A].
pub fn at_phases(machine: &Machine, materials: &Materials, phases: &[f64], shift: usize) -> Solved {
    let mut solver = Solver::new(&machine.sector);
    let load = machine.load(phases);
    let (state, _) = solver.solve(materials, &load, shift, None).unwrap();
    let linkages = machine.phase_linkages(&state.a);
    let (psi_d, psi_q) = machine.park(&linkages, shift);
    Solved {
        state,
        linkages,
        psi_d,
        psi_q,
    }
}

/// Solves at dq currents [A].
pub fn at(machine: &Machine, materials: &Materials, (id, iq): (f64, f64), shift: usize) -> Solved {
    at_phases(
        machine,
        materials,
        &machine.phase_currents(id, iq, shift),
        shift,
    )
}

/// Asserts that two numbers agree to a share of a scale.
#[track_caller]
pub fn assert_close(found: f64, expected: f64, scale: f64, share: f64, what: &str) {
    let off = (found - expected).abs();
    assert!(
        off <= share * scale.abs(),
        "{what}: {found} and {expected} differ by {:.2e} of {scale}, allowed {share:e}",
        off / scale.abs()
    );
}
