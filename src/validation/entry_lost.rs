//! Rows of losses, masses and resistance.

use super::entry::{Writer, place};
use super::lost::Lost;
use super::reference::{BestAngle, GivenEfficiency, GivenLoss, GivenParts};
use crate::loss::copper::Copper;
use crate::mass::Masses;

impl Writer<'_> {
    /// Losses are promised at every resolution alike: records take them from the coarse one.
    pub(super) fn losses(&mut self, given: &GivenLoss, lost: &Lost) {
        let t = self.comparison.tolerances;
        let place = format!("{}, {} rpm", place(given.id_a, given.iq_a), given.speed_rpm);
        self.own_scale(
            (format!("iron_loss_w at {place}"), "iron_loss", "W"),
            (given.iron_loss_w, lost.iron),
            t.iron_loss_ratio,
        );
        self.own_scale(
            (format!("magnet_loss_w at {place}"), "magnet_loss", "W"),
            (given.magnet_loss_w, Some(lost.magnet)),
            t.magnet_loss_ratio,
        );
    }

    /// An efficiency, which the program gives without friction where none is published.
    pub(super) fn efficiency(
        &mut self,
        point: &BestAngle,
        given: &GivenEfficiency,
        value: Option<f64>,
    ) {
        let quantity = format!(
            "efficiency_ratio without friction at {} A rms, best angle, {} rpm",
            point.current_rms_a, point.speed_rpm
        );
        self.scaled(
            (quantity, "efficiency_without_friction", "1"),
            (Some(given.efficiency_ratio), value),
            1.0,
            self.comparison.tolerances.efficiency_points_ratio,
        );
    }

    pub(super) fn parts(&mut self, given: &GivenParts, masses: &Masses, copper: &Copper) {
        let tolerance = self.comparison.tolerances.parts_ratio;
        let iron = masses.stator_core + masses.rotor_core;
        for (name, reference, value) in [
            (
                "stator_core_mass_kg",
                given.stator_core_mass_kg,
                masses.stator_core,
            ),
            ("iron_mass_kg", given.iron_mass_kg, iron),
            ("copper_mass_kg", given.copper_mass_kg, masses.copper),
            ("magnet_mass_kg", given.magnet_mass_kg, masses.magnet),
        ] {
            self.own_scale(
                (name.to_owned(), "mass", "kg"),
                (reference, Some(value)),
                tolerance,
            );
        }
        let name = format!(
            "phase_resistance_ohm at {} Cel",
            given.winding_temperature_c
        );
        self.own_scale(
            (name, "phase_resistance", "Ohm"),
            (given.phase_resistance_ohm, Some(copper.resistance)),
            tolerance,
        );
    }
}
