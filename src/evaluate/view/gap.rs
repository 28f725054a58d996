//! The field along the middle of the air gap.

use super::{Position, Solved, field};
use crate::design::{Application, Candidate};
use crate::evaluate::EvaluateError;
use crate::evaluate::setting::Setting;
use crate::material::Library;
use crate::network::gap::{Component, GapField, Sample, Wave};

/// The field along the gap at one position.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// Of the whole field.
    pub solved: Solved,
    /// Radius of the middle of the gap [m].
    pub radius: f64,
    /// Pole pairs: the order of the fundamental.
    pub pole_pairs: usize,
    /// Around the whole machine.
    pub samples: Vec<Sample>,
    /// Radial and tangential wave of each order that the field has, by order.
    pub waves: Vec<(Wave, Wave)>,
    /// Highest order looked at.
    pub highest_order: usize,
    /// Amplitude of the fundamental of the radial flux density [T].
    pub fundamental: f64,
    /// Mean magnitude of the radial flux density [T].
    pub mean: f64,
    /// Largest magnitude of the radial flux density [T].
    pub peak: f64,
}

/// Waves weaker than this share of the strongest are below what the solution resolves.
const NOISE: f64 = 1e-5;

/// Solves one position and reads the gap, with waves up to a harmonic of the pole pairs, sub-harmonics
/// included, as far as the grid resolves them.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, or the field does not converge.
pub fn solve(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    position: &Position,
    harmonics: usize,
) -> Result<Gap, EvaluateError> {
    let setting = Setting::new(application, candidate, library, &position.conditions)?;
    let machine = setting.machine();
    let (state, solved) = field(&setting, position)?;
    let field = GapField::of(&machine.sector, &state);
    let highest_order = field
        .highest_order()
        .min(harmonics.saturating_mul(machine.pole_pairs));
    let waves: Vec<(Wave, Wave)> = (1..=highest_order)
        .map(|order| {
            let of = |component| field.wave(component, order);
            (of(Component::Radial), of(Component::Tangential))
        })
        .collect();
    let size = |(r, t): &(Wave, Wave)| r.amplitude.max(t.amplitude);
    let strongest = waves.iter().map(size).fold(0.0, f64::max);
    let samples: Vec<Sample> = field.samples().collect();
    let magnitudes = || samples.iter().map(|s| s.radial.abs());
    Ok(Gap {
        solved,
        radius: field.radius,
        pole_pairs: machine.pole_pairs,
        fundamental: field.wave(Component::Radial, machine.pole_pairs).amplitude,
        mean: magnitudes().sum::<f64>() / samples.len() as f64,
        peak: magnitudes().fold(0.0, f64::max),
        waves: waves
            .into_iter()
            .filter(|wave| size(wave) > NOISE * strongest)
            .collect(),
        highest_order,
        samples,
    })
}
