//! The magnet of a pathway at the corners of its data and its temperature that matter.

use super::EvaluateError;
use super::prepared::Prepared;
use crate::design::Pathway;
use crate::material::state::Graded;
use crate::material::{Corner, Magnet, MagnetState};
use crate::network::newton::Materials;

/// The magnet of a pathway, with the diffusion profile that its supplier declares.
pub(super) fn magnet<'d>(
    prepared: &Prepared<'d>,
    pathway: &Pathway,
) -> Result<&'d Magnet, EvaluateError> {
    Ok(prepared.library.magnet(&pathway.grade)?)
}

/// The magnet of a pathway at a corner of its data and a temperature, with its declared profile.
pub(super) fn state(
    prepared: &Prepared,
    pathway: &Pathway,
    corner: Corner,
    temperature: f64,
) -> Result<MagnetState, EvaluateError> {
    let mut state = magnet(prepared, pathway)?.state(corner, temperature)?;
    if let (Some(graded), Some(declared)) = (&mut state.core, &pathway.declaration.diffusion) {
        // The declared profile is of 20 °C; core and surface weaken alike.
        let at_20 = magnet(prepared, pathway)?.state(corner, 20.0)?;
        let share = state.coercivity_hcj_a_per_m / at_20.coercivity_hcj_a_per_m;
        *graded = Graded {
            surface_hcj_a_per_m: state.coercivity_hcj_a_per_m,
            core_hcj_a_per_m: (declared.core_hcj_20c * share).min(state.coercivity_hcj_a_per_m),
            depth_m: declared.depth,
        };
    }
    Ok(state)
}

pub(super) fn materials(prepared: &Prepared, state: &MagnetState) -> Materials {
    Materials {
        steels: prepared.steels.clone(),
        remanence: state.remanence_t,
        recoil_permeability: state.recoil_permeability,
        kept: None,
    }
}

/// Magnet states of a pathway at the corners that matter.
pub(super) struct States {
    pub(super) hot: MagnetState,
    pub(super) cold: MagnetState,
    pub(super) cold_strong: MagnetState,
    pub(super) nominal: MagnetState,
}

impl States {
    /// Of the magnet of a pathway at the temperatures of the application.
    pub(super) fn of(prepared: &Prepared, pathway: &Pathway) -> Result<Self, EvaluateError> {
        let environment = &prepared.application.environment;
        let (hottest, coldest) = (
            environment.magnet_temperature_hot,
            environment.magnet_temperature_cold,
        );
        let at = |corner, temperature| state(prepared, pathway, corner, temperature);
        Ok(Self {
            hot: at(Corner::Minimum, hottest)?,
            cold: at(Corner::Minimum, coldest)?,
            cold_strong: at(Corner::Maximum, coldest)?,
            nominal: at(Corner::Nominal, 20.0)?,
        })
    }

    pub(super) fn all_scaled(&self, share: f64) -> Self {
        let scaled = |s: &MagnetState| MagnetState {
            remanence_t: s.remanence_t * share,
            ..s.clone()
        };
        Self {
            hot: scaled(&self.hot),
            cold: scaled(&self.cold),
            cold_strong: scaled(&self.cold_strong),
            nominal: scaled(&self.nominal),
        }
    }
}

/// Whether the magnet's coercivity falls in the cold, as that of ferrite does: then faults are judged
/// there too.
pub(super) fn weaker_when_cold(states: &States) -> bool {
    states.cold.coercivity_hcj_a_per_m < states.hot.coercivity_hcj_a_per_m
}

/// The hot magnet with the greatest remanence beside the least coercivity. At the knee a magnet of higher
/// remanence stands at a higher flux density, its working point rises by less, and its short circuit is
/// stronger: for the margin this corner can be the worse one.
pub(super) fn strong_corner(
    prepared: &Prepared,
    pathway: &Pathway,
    hot: &MagnetState,
) -> Result<MagnetState, EvaluateError> {
    let greatest = state(prepared, pathway, Corner::Maximum, hot.temperature_c)?.remanence_t;
    Ok(MagnetState {
        remanence_t: greatest,
        knee_flux_density_t: hot.knee_flux_density_t + greatest - hot.remanence_t,
        ..hot.clone()
    })
}
