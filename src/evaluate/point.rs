//! One operating point for its own sake: what `solve` prints.

use super::EvaluateError;
use super::losses::{self, Losses};
use super::off_middle;
use super::setting::{Conditions, Setting};
use crate::design::{Application, Candidate};
use crate::loss::copper;
use crate::material::Library;
use crate::network::plan::Part;
use crate::operate::study::{Cost, Study};

/// An operating point that is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Request {
    /// Magnet and grid.
    pub conditions: Conditions,
    /// d current, peak [A].
    pub id: f64,
    /// q current, peak [A].
    pub iq: f64,
    /// Speed [rad/s], if voltages are asked for.
    pub speed: Option<f64>,
}

/// Solves one operating point at nominal magnet data: names and values in SI, in the order of printing.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, or the field does not converge.
pub fn solve(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    request: &Request,
) -> Result<Vec<(&'static str, f64)>, EvaluateError> {
    let setting = Setting::new(application, candidate, library, &request.conditions)?;
    let (prepared, state) = (&setting.prepared, &setting.state);
    let machine = setting.machine();
    let mut study = Study::new(machine, setting.materials(), machine.sector.unknowns());
    let (no_load, _) = study.read(0.0, 0.0)?;
    let (point, densities) = study.read(request.id, request.iq)?;
    let pairs = machine.pole_pairs as f64;
    let current = request.id.hypot(request.iq);
    let mut out = vec![
        ("magnet_remanence_t", state.remanence_t),
        ("torque_n_m", point.torque),
        ("gap_stress_torque_n_m", point.mean_gap_torque()),
        ("flux_linkage_d_wb", point.psi_d),
        ("flux_linkage_q_wb", point.psi_q),
        ("no_load_flux_linkage_wb", no_load.psi_d),
        ("back_emf_constant_v_s_per_rad", pairs * no_load.psi_d),
        (
            "air_gap_flux_density_fundamental_t",
            densities.gap_fundamental,
        ),
        ("air_gap_flux_density_mean_t", densities.gap_mean),
    ];
    if let (Some(pull), Some(disc)) = (densities.gap_pull, prepared.bill.disc) {
        out.push(("axial_pull_per_gap_n", pull / disc.gaps as f64));
        if disc.gaps > 1 {
            let at = (request.id, request.iq);
            let materials = &setting.materials();
            let left = off_middle::off_middle(prepared, materials, at, &mut Cost::default())?;
            out.extend(left.map(|left| {
                let left = left / off_middle::N_PER_MM;
                ("axial_pull_off_middle_n_per_mm", left)
            }));
        }
    }
    if request.id != 0.0 {
        out.push(("inductance_d_h", (point.psi_d - no_load.psi_d) / request.id));
    }
    if request.iq != 0.0 {
        out.push(("inductance_q_h", point.psi_q / request.iq));
    }
    for (name, part) in [
        ("tooth_flux_density_max_t", Part::Tooth),
        ("yoke_flux_density_max_t", Part::Yoke),
        ("bridge_flux_density_max_t", Part::Bridge),
    ] {
        if let Some(b) = densities.section(part) {
            out.push((name, b));
        }
    }
    if let Some([p01, p05]) = densities.magnet_percentiles {
        out.extend([
            ("magnet_flux_density_mean_t", densities.magnet_mean),
            ("magnet_flux_density_p05_t", p05),
            ("magnet_flux_density_p01_t", p01),
        ]);
    }
    let resistance = prepared.copper.resistance;
    let sets = prepared.layout.scheme.phase_sets;
    if let Some(speed) = request.speed {
        let lost = losses::at(
            prepared,
            setting.pathway,
            &mut study,
            (request.id, request.iq),
            speed,
        )?;
        out.extend(named(&lost, point.torque * speed));
        let omega = pairs * speed;
        let (vd, vq) = (
            resistance * point.id - omega * point.psi_q,
            resistance * point.iq + omega * point.psi_d,
        );
        out.push(("voltage_peak_v", vd.hypot(vq)));
        let apparent = vd.hypot(vq) * current;
        if apparent > 0.0 {
            out.push((
                "power_factor_ratio",
                (vd * point.id + vq * point.iq) / apparent,
            ));
        }
    } else {
        out.push(("copper_loss_w", copper::loss(sets, resistance, current)));
    }
    Ok(out)
}

/// Losses by name, those that are known, and the efficiency of a motor or, with a negative torque, of a
/// generator.
fn named(lost: &Losses, gap_power: f64) -> Vec<(&'static str, f64)> {
    let mut out = vec![
        ("copper_loss_w", lost.winding()),
        ("proximity_loss_w", lost.proximity),
    ];
    if let Ok(iron) = &lost.iron {
        out.extend([
            ("iron_loss_w", iron.total()),
            ("tooth_iron_loss_w", iron.tooth),
            ("yoke_iron_loss_w", iron.yoke),
            ("rotor_iron_loss_w", iron.rotor),
        ]);
    }
    if let Ok(magnet) = lost.magnet {
        out.push(("magnet_loss_w", magnet));
    }
    out.push(("windage_loss_w", lost.windage));
    if let Ok(bearings) = lost.bearings() {
        out.push(("bearing_loss_w", bearings));
    }
    let efficiency = if gap_power >= 0.0 {
        lost.motor_efficiency(gap_power)
    } else {
        lost.generator_efficiency(-gap_power)
    };
    // With less power than losses there is nothing that it could be a share of.
    if let Ok(share) = efficiency
        && share > 0.0
    {
        out.push(("efficiency_ratio", share));
    }
    out
}
