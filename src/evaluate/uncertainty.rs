//! Expanded uncertainty (k = 2) of a number: U = sqrt(U_num² + U_model² + U_input²).

use super::behind::{counted, mark};
use super::pathway::Twin;
use crate::resolution::Resolution;
use crate::topology::Topology;
use crate::validation::model::{
    ModelUncertainty, common_uncertainty, model_uncertainty, pool_of, shipped,
};

/// Least numerical uncertainty of a flux linkage, over the largest of the machine: the two-resolution
/// estimate is not monotone on fitted grids and may vanish by chance.
const LINKAGE_FLOOR: f64 = 0.007;
/// Least numerical uncertainty of a torque, over the largest of the machine.
const TORQUE_FLOOR: f64 = 0.007;
/// Least numerical uncertainty of flux linkage and torque of single phases, over the largest of the machine.
const PHASE_FLOOR: f64 = 0.012;
/// Least numerical uncertainty of the percentile of the flux density in the magnet [T].
const MAGNET_FLOOR: f64 = 0.02;
/// Least numerical uncertainty of a section flux density, over itself.
const SECTION_FLOOR: f64 = 0.02;
/// Least numerical uncertainty of a voltage peak with harmonics, over itself: no reference speaks of the
/// harmonics.
const WAVEFORM_FLOOR: f64 = 0.03;
/// Numerical uncertainty of the loss of iron, over itself: coarse and fine differ by up to 6 %.
const IRON_FLOOR: f64 = 0.06;
/// Least uncertainty of a resistance whose end turns are estimated, over itself.
const END_TURNS: f64 = 0.05;
/// What the numerical uncertainty takes of the distance between a number on the standard and on the coarse grid.
pub(super) const OF_DISTANCE: f64 = 1.5;
/// Least numerical uncertainty of a ratio of two solutions on one grid.
pub const RATIO_FLOOR: f64 = 0.002;

/// A value with its expanded uncertainty and how both were obtained.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Value.
    pub value: f64,
    /// Expanded uncertainty, same unit.
    pub uncertainty: f64,
    /// In words.
    pub basis: String,
}

impl Kind {
    /// The pool of validation rows that speaks of it in a family: the slices of a machine with axial flux leave out
    /// what happens at its edges, so that only sources with edges do.
    pub(super) fn pool(self, topology: &str) -> String {
        pool_of(self.pool, topology == "axial")
    }
}

impl Band {
    /// The band of a torque that the voltage may limit where a flux linkage of this magnitude [V s] is uncertain by so
    /// much: it moves the torque by its share.
    pub fn limited_by_voltage(self, magnitude: f64, uncertainty: f64) -> Self {
        let by_voltage = self.value.abs() * uncertainty / magnitude;
        Self {
            value: self.value,
            uncertainty: self.uncertainty + by_voltage,
            basis: format!(
                "{}; voltage limit by flux linkage {by_voltage:.3}",
                self.basis
            ),
        }
    }

    /// The band of the value times a constant.
    pub fn scaled(&self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            uncertainty: self.uncertainty * factor.abs(),
            basis: self.basis.clone(),
        }
    }
}

/// What a band is made of beside the two solutions.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Pool of validation rows.
    pub(super) pool: &'static str,
    /// Least numerical uncertainty over the scale.
    pub(super) floor: f64,
}

/// Loaded flux linkages.
pub const LINKAGE: Kind = Kind {
    pool: "flux_linkage",
    floor: LINKAGE_FLOOR,
};
/// No-load flux linkage.
pub const NO_LOAD: Kind = Kind {
    pool: "no_load_flux_linkage",
    floor: LINKAGE_FLOOR,
};
/// Fundamental of the flux density in the gap, which follows the no-load flux linkage but for a disc: its edges take
/// more of the flux density than of the linkage, to which what bulges beyond them still adds.
pub fn gap(topology: &Topology) -> Kind {
    match topology {
        Topology::Axial(_) => Kind {
            pool: "gap_flux_density",
            ..NO_LOAD
        },
        _ => NO_LOAD,
    }
}
/// Torque.
pub const TORQUE: Kind = Kind {
    pool: "torque",
    floor: TORQUE_FLOOR,
};
/// Percentile of the flux density in the magnet: the scale is one tesla.
pub const MAGNET: Kind = Kind {
    pool: "magnet_flux_density_p01",
    floor: MAGNET_FLOOR,
};
/// Section flux densities.
pub const SECTION: Kind = Kind {
    pool: "section_flux_density",
    floor: SECTION_FLOOR,
};
/// Voltage peak with harmonics.
pub const WAVEFORM: Kind = Kind {
    pool: "no_load_flux_linkage",
    floor: WAVEFORM_FLOOR,
};
/// Torque of a phase that is fed by itself; its maps miss more than those of rotating fields.
pub const PHASE_TORQUE: Kind = Kind {
    pool: "phase_torque",
    floor: PHASE_FLOOR,
};
/// Loss of iron.
pub const IRON_LOSS: Kind = Kind {
    pool: "iron_loss",
    floor: IRON_FLOOR,
};

/// Share of a resistance by which it is uncertain where its end turns are estimated, and how a basis says
/// so: what a built machine differs by, but no less than what such estimates are good for.
pub fn estimated_resistance() -> (f64, String) {
    let built = common_uncertainty(shipped(), "phase_resistance");
    let share = built.map_or(0.0, |b| b.ratio).max(END_TURNS);
    let percent = crate::unit::round_significant(100.0 * share, 3);
    let from = built.map_or_else(String::new, |b| {
        format!(" from {}", counted(&b, "phase_resistance"))
    });
    let weak = mark(built.is_none_or(|b| b.is_weak()));
    let basis = format!(
        "end turns estimated from the coil span, resistance within {percent} %{from}{weak}"
    );
    (share, basis)
}

/// The band of a loss [W] at coarse resolution. The laws of losses are those of materials, whatever the machine
/// they are built into, so that the rows of all families speak of them.
pub fn loss_band(kind: Kind, value: f64) -> Result<Band, String> {
    let model = common_uncertainty(shipped(), kind.pool)
        .ok_or_else(|| format!("no reference machine validates {}", kind.pool))?;
    let (numeric, by_model) = (kind.floor * value, model.ratio * value);
    Ok(Band {
        value,
        uncertainty: numeric.hypot(by_model),
        basis: basis(Resolution::Coarse, kind.pool, &model, numeric, by_model),
    })
}

/// The band of a quantity; `scale` is what floor and model uncertainty refer to. The error is the reason
/// why the quantity cannot be judged: no reference machine of the family speaks of it.
pub fn band(
    topology: &str,
    kind: Kind,
    twin: &Twin,
    scale: f64,
    tolerances_stated: bool,
) -> Result<Band, String> {
    let pool = kind.pool(topology);
    let model = known(topology, &pool)?;
    let numeric = (OF_DISTANCE * (twin.standard - twin.coarse).abs())
        .max(kind.floor * scale)
        .max(twin.check);
    let by_model = model.ratio * scale;
    let uncertainty = (numeric.powi(2) + by_model.powi(2) + twin.input.powi(2)).sqrt();
    Ok(Band {
        value: twin.standard,
        uncertainty,
        basis: basis(Resolution::Standard, &pool, &model, numeric, by_model)
            + &input(twin.input, tolerances_stated),
    })
}

/// What is known of a pool in a family.
fn known(topology: &str, pool: &str) -> Result<ModelUncertainty, String> {
    model_uncertainty(shipped(), topology, pool)
        .ok_or_else(|| format!("no reference machine of the family {topology} validates {pool}"))
}

/// How a number was obtained, and what stands behind the uncertainty of its model: certificates look for
/// the mark of a weak one.
fn basis(
    resolution: Resolution,
    pool: &str,
    model: &ModelUncertainty,
    numeric: f64,
    by_model: f64,
) -> String {
    let s = |x: f64| crate::unit::round_significant(x, 3);
    format!(
        "2-D field at {} resolution; numerical {}, model {} from {}{}",
        resolution.name(),
        s(numeric),
        s(by_model),
        counted(model, pool),
        mark(model.is_weak())
    )
}

/// The part of the inputs in a basis.
fn input(input: f64, stated: bool) -> String {
    if stated {
        format!(", input {}", crate::unit::round_significant(input, 3))
    } else {
        ", input 0, no tolerance stated".to_owned()
    }
}

/// The band of a ratio of two solutions that share geometry, steel and grid: its numerical part comes
/// from the change of the ratio between the resolutions; a model error common to both cancels but for
/// the part that grows with the difference of the two.
pub fn ratio(topology: &str, kind: Kind, b: &Twin, a: &Twin) -> Result<Band, String> {
    let pool = kind.pool(topology);
    let model = known(topology, &pool)?;
    let value = b.standard / a.standard;
    let numeric = (OF_DISTANCE * (value - b.coarse / a.coarse).abs()).max(RATIO_FLOOR);
    let by_model = model.ratio * (value - 1.0).abs();
    let input = ((b.input / b.standard).powi(2) + (a.input / a.standard).powi(2)).sqrt() * value;
    let uncertainty = (numeric.powi(2) + by_model.powi(2) + input.powi(2)).sqrt();
    let s = |x: f64| crate::unit::round_significant(x, 3);
    let basis = format!(
        "difference of two solutions on one grid; numerical {}, model {} on the difference from {}, input {}{}",
        s(numeric),
        s(by_model),
        counted(&model, &pool),
        s(input),
        mark(model.is_weak())
    );
    Ok(Band {
        value,
        uncertainty,
        basis,
    })
}
