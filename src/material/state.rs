//! A magnet at one temperature: recoil line, knee, and what a field beyond the knee leaves behind.
//!
//! The demagnetisation curve has two straight parts. From (0, Br) the recoil line
//! `B = Br + µ0 µrec H` runs to the knee at `H = −k HcJ`; from there the polarisation falls to zero at
//! `H = −HcJ`. So the knee lies at `B_knee = Br − µ0 µrec k HcJ`; k is the squareness of the J-H curve
//! (Hk/HcJ, Hk where J has fallen to 0.9 Br), as a datum of the row.

use serde::Serialize;

use crate::unit::MU_0;

/// Core and surface of a graded (grain-boundary diffused) magnet at one temperature.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Graded {
    /// HcJ at the surface [A/m].
    pub surface_hcj_a_per_m: f64,
    /// HcJ far inside [A/m].
    pub core_hcj_a_per_m: f64,
    /// Depth at which the gain has fallen to 1/e [m].
    pub depth_m: f64,
}

impl Graded {
    /// HcJ at a depth below the nearest surface [A/m]: the gain of diffusion falls exponentially, the
    /// steady profile of diffusion with uptake along the way.
    #[must_use]
    pub fn hcj_a_per_m(&self, depth_from_surface_m: f64) -> f64 {
        let gain = self.surface_hcj_a_per_m - self.core_hcj_a_per_m;
        self.core_hcj_a_per_m + gain * (-depth_from_surface_m.max(0.0) / self.depth_m).exp()
    }
}

/// A magnet at one temperature and corner of its data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MagnetState {
    /// Temperature [°C].
    pub temperature_c: f64,
    /// Remanence: where the recoil line meets H = 0 [T].
    pub remanence_t: f64,
    /// Relative recoil permeability [1].
    pub recoil_permeability: f64,
    /// HcJ; of a graded magnet the surface's, which is what is published [A/m].
    pub coercivity_hcj_a_per_m: f64,
    /// Field of the knee over HcJ [1].
    pub knee_factor: f64,
    /// Opposing field at the knee, positive [A/m].
    pub knee_field_a_per_m: f64,
    /// Flux density at the knee [T].
    pub knee_flux_density_t: f64,
    /// Core and surface, of a graded magnet.
    pub core: Option<Graded>,
    /// How the numbers were obtained.
    pub basis: String,
    /// What a reader should know before trusting them.
    pub warnings: Vec<String>,
}

impl MagnetState {
    /// Flux density on the recoil line at an opposing field [T].
    fn recoil_flux_density_t(&self, opposing_a_per_m: f64) -> f64 {
        self.remanence_t - MU_0 * self.recoil_permeability * opposing_a_per_m
    }

    /// The same magnet with another HcJ.
    fn with_hcj(&self, hcj_a_per_m: f64) -> MagnetState {
        let mut state = self.clone();
        state.coercivity_hcj_a_per_m = hcj_a_per_m;
        state.knee_field_a_per_m = self.knee_factor * hcj_a_per_m;
        state.knee_flux_density_t = state.recoil_flux_density_t(state.knee_field_a_per_m);
        state
    }

    /// The magnet as it is `depth_from_surface_m` below its nearest diffused surface. A magnet that is
    /// not graded is the same everywhere.
    #[must_use]
    pub fn local(&self, depth_from_surface_m: f64) -> MagnetState {
        match self.core {
            Some(graded) => {
                let mut local = self.with_hcj(graded.hcj_a_per_m(depth_from_surface_m));
                local.core = None;
                local
            }
            None => self.clone(),
        }
    }

    /// The magnet after its flux density along the magnetisation has once been as low as
    /// `flux_density_t` *on its demagnetisation curve* [T].
    ///
    /// Above the knee nothing is lost. Below it the recoil line restarts from the worst point and the
    /// loss of Br stays; the worst point is the new knee, so the same field again loses no more, and a
    /// deeper one goes on along the original curve. A point beyond HcJ leaves no polarisation to lose.
    #[must_use]
    pub fn after_worst_point(&self, flux_density_t: f64) -> MagnetState {
        if flux_density_t >= self.knee_flux_density_t {
            return self.clone();
        }
        let opposing = self.opposing_field_a_per_m(flux_density_t);
        let worst = flux_density_t.max(-MU_0 * self.coercivity_hcj_a_per_m);
        let mut state = self.clone();
        state.remanence_t = worst + MU_0 * self.recoil_permeability * opposing;
        state.knee_field_a_per_m = opposing;
        state.knee_flux_density_t = worst;
        state
    }

    /// Opposing field at which the demagnetisation curve passes `flux_density_t`, positive [A/m].
    #[must_use]
    pub fn opposing_field_a_per_m(&self, flux_density_t: f64) -> f64 {
        if flux_density_t >= self.knee_flux_density_t {
            return (self.remanence_t - flux_density_t) / (MU_0 * self.recoil_permeability);
        }
        let hcj = self.coercivity_hcj_a_per_m;
        let drop = self.knee_flux_density_t + MU_0 * hcj;
        if drop <= 0.0 {
            return hcj;
        }
        let along = ((self.knee_flux_density_t - flux_density_t) / drop).min(1.0);
        self.knee_field_a_per_m + along * (hcj - self.knee_field_a_per_m)
    }

    /// Flux density of the demagnetisation curve at an opposing field, positive [T].
    #[must_use]
    pub fn flux_density_t(&self, opposing_a_per_m: f64) -> f64 {
        let hcj = self.coercivity_hcj_a_per_m;
        if opposing_a_per_m <= self.knee_field_a_per_m {
            return self.recoil_flux_density_t(opposing_a_per_m);
        }
        if opposing_a_per_m >= hcj {
            return -MU_0 * opposing_a_per_m;
        }
        let along = (opposing_a_per_m - self.knee_field_a_per_m) / (hcj - self.knee_field_a_per_m);
        self.knee_flux_density_t + along * (-MU_0 * hcj - self.knee_flux_density_t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Br 1.1 T, µ 1.05, HcJ 800 kA/m, k 0.9: knee at 720 kA/m and 1.1 − 0.950018 = 0.149982 T.
    fn state() -> MagnetState {
        let bare = MagnetState {
            temperature_c: 120.0,
            remanence_t: 1.1,
            recoil_permeability: 1.05,
            coercivity_hcj_a_per_m: 800e3,
            knee_factor: 0.9,
            knee_field_a_per_m: 0.0,
            knee_flux_density_t: 0.0,
            core: None,
            basis: String::new(),
            warnings: Vec::new(),
        };
        bare.with_hcj(800e3)
    }

    #[test]
    fn the_knee_is_where_the_formula_says() {
        assert!((state().knee_flux_density_t - 0.149_982).abs() < 1e-6);
    }

    #[test]
    fn above_the_knee_nothing_is_lost() {
        assert_eq!(state().after_worst_point(0.15), state());
    }

    /// By hand: at B = 0 the second part, from (720 kA/m, 0.149982 T) to (800 kA/m, −1.005310 T), is
    /// passed at 720 + 80 · 0.149982/1.155292 = 730.386 kA/m; the recoil line from there meets H = 0 at
    /// 4π·10⁻⁷ · 1.05 · 730386 = 0.963722 T: a loss of 0.136 T.
    #[test]
    fn below_the_knee_the_line_restarts_from_the_worst_point() {
        let after = state().after_worst_point(0.0);
        assert!(
            (after.remanence_t - 0.963_722).abs() < 2e-6,
            "{}",
            after.remanence_t
        );
        assert!((after.knee_field_a_per_m - 730_386.0).abs() < 2.0);
        assert_eq!(after.knee_flux_density_t, 0.0);
    }

    #[test]
    fn the_same_fault_again_loses_no_more_and_a_deeper_one_follows_the_curve() {
        let once = state().after_worst_point(0.0);
        assert_eq!(once.after_worst_point(0.0), once);
        assert_eq!(once.after_worst_point(0.3), once);
        let deeper = once.after_worst_point(-0.5);
        let direct = state().after_worst_point(-0.5);
        assert!((deeper.remanence_t - direct.remanence_t).abs() < 1e-12);
        assert!(deeper.remanence_t < once.remanence_t);
    }

    #[test]
    fn beyond_hcj_only_the_recoil_slope_is_left() {
        let after = state().after_worst_point(-5.0);
        assert!((after.remanence_t - MU_0 * 0.05 * 800e3).abs() < 1e-12);
    }

    #[test]
    fn a_square_curve_falls_straight_down() {
        let mut square = state();
        square.knee_factor = 1.0;
        let square = square.with_hcj(800e3);
        let after = square.after_worst_point(square.knee_flux_density_t - 0.2);
        assert!((after.remanence_t - (square.remanence_t - 0.2)).abs() < 1e-12);
    }

    #[test]
    fn curve_and_its_inverse_agree() {
        let state = state();
        for b in [1.0, 0.3, 0.1, -0.4, -0.9] {
            assert!((state.flux_density_t(state.opposing_field_a_per_m(b)) - b).abs() < 1e-12);
        }
    }

    #[test]
    fn a_graded_magnet_is_weaker_inside() {
        let mut graded = state();
        graded.core = Some(Graded {
            surface_hcj_a_per_m: 800e3,
            core_hcj_a_per_m: 500e3,
            depth_m: 0.3e-3,
        });
        assert_eq!(graded.local(0.0).coercivity_hcj_a_per_m, 800e3);
        let inside = graded.local(0.3e-3);
        let expected = 500e3 + 300e3 * (-1.0_f64).exp();
        assert!((inside.coercivity_hcj_a_per_m - expected).abs() < 1e-6);
        assert!(inside.knee_flux_density_t > graded.knee_flux_density_t);
        assert!((graded.local(1.0).coercivity_hcj_a_per_m - 500e3).abs() < 1e-6);
    }
}
