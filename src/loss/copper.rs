//! Resistance, mass and direct-current loss of a winding.

use crate::design::Winding;
use crate::material::Conductor;
use crate::topology::Bill;
use std::f64::consts::{PI, TAU};

/// The conductors of a machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copper {
    /// Phase resistance at the winding temperature [Ω].
    pub resistance: f64,
    /// Resistivity there [Ω m].
    pub resistivity: f64,
    /// Mass of all conductors with end turns [kg].
    pub mass: f64,
    /// Mean length of an end turn on one side [m].
    pub end_turn: f64,
    /// Whether the end turns were estimated.
    pub end_turns_estimated: bool,
}

impl Copper {
    /// Of a winding of so many turns in series in so many phases, as often as the machine has it, at a temperature
    /// [°C]; nothing for a conductor without a cross-section.
    pub fn of(
        winding: &Winding,
        conductor: &Conductor,
        (series_turns, phases): (f64, usize),
        bill: &Bill,
        temperature: f64,
    ) -> Option<Self> {
        let series_turns = series_turns * bill.windings as f64;
        let span = bill.coil_radius * TAU * winding.coil_pitch_slots as f64 / bill.slots as f64;
        let end_turn = winding
            .end_winding_length
            .unwrap_or_else(|| end_turn_length(span, winding.coil_pitch_slots == 1));
        let area = winding.conductor.area()?;
        let resistivity = conductor.resistivity_ohm_m(temperature);
        let resistance = phase_resistance(
            resistivity,
            series_turns,
            bill.stack_length,
            end_turn,
            area,
            winding.parallel_paths,
        ) * conductor.length_factor_ratio;
        let paths = winding.parallel_paths as f64;
        let turn = 2.0 * (bill.stack_length + end_turn) * conductor.length_factor_ratio;
        let length = phases as f64 * paths * series_turns * turn;
        Some(Self {
            resistance,
            resistivity,
            mass: length * area * conductor.density_kg_per_m3,
            end_turn,
            end_turns_estimated: winding.end_winding_length.is_none(),
        })
    }
}

/// Mean length of the end turn on one side [m] of a coil whose sides lie `span` apart along the arc
/// [m], where the designer gives none.
///
/// J. Pyrhönen, T. Jokinen, V. Hrabovcová, "Design of Rotating Electrical Machines", 2nd ed., Wiley
/// 2014, section 5.3: for round enamelled wire the mean turn is l_av = 2 l + 2.4 W + 0.1 m, W the coil
/// span. Tooth coils bend around their tooth: half a circle on the span.
pub fn end_turn_length(span: f64, tooth_coil: bool) -> f64 {
    if tooth_coil {
        0.5 * PI * span
    } else {
        1.2 * span + 0.05
    }
}

/// Resistance of a phase [Ω]: R = ρ N 2 (l + l_end) / (A a).
///
/// `series_turns` N per phase, `stack` l and `end_turn` l_end [m], conductor cross-section A of one path
/// [m²], `paths` a, resistivity ρ at the winding temperature [Ω m]. Pyrhönen and others, eq. (5.1).
pub fn phase_resistance(
    resistivity: f64,
    series_turns: f64,
    stack: f64,
    end_turn: f64,
    cross_section: f64,
    paths: usize,
) -> f64 {
    resistivity * series_turns * 2.0 * (stack + end_turn) / (cross_section * paths as f64)
}

/// Loss of all phases [W] at a peak current [A]: P = S 3/2 R I², with `phase_sets` S three-phase sets.
pub fn loss(phase_sets: usize, resistance: f64, peak_current: f64) -> f64 {
    phase_sets as f64 * 1.5 * resistance * peak_current * peak_current
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resistance_of_the_prius_2004_winding_is_within_five_percent_of_the_measured_one() {
        // ORNL/TM-2010/253: 0.069 Ω at 21 °C; 72 turns, 83.8 mm stack, 13 wires of 0.912 mm.
        let area = 13.0 * PI / 4.0 * 0.912e-3_f64.powi(2);
        let end = end_turn_length(45.0_f64.to_radians() * 0.0991, false);
        let r = phase_resistance(1.73e-8, 72.0, 0.08382, end, area, 1);
        assert!((r / 0.069 - 1.0).abs() < 0.05, "{r}");
    }
}
