//! Bands of numbers that are known on the coarse grid only.
//!
//! A screening may say that a clause fails, so that its band must hold that of a verdict and the way from one grid to
//! the other: U = D + sqrt(U_num² + U_model² + U_input²) + S. D is how far the two grids lie apart at most in the
//! machines of the family, U_num what a verdict would take of such a distance, U_model the larger of both grids, and S
//! what a short search leaves open.

use crate::evaluate::behind::mark;
use crate::evaluate::uncertainty::{Band, Kind, OF_DISTANCE, RATIO_FLOOR};
use crate::record::SCREENING;
use crate::unit::round_significant;
use crate::validation::model::{
    ModelUncertainty, coarse_model_uncertainty, grid_step, model_uncertainty, shipped,
};

/// By how much the flux density of a section may be higher on the standard grid.
pub(in crate::evaluate) const DENSER: f64 = 1.05;

/// A number on the coarse grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::evaluate) struct Rough {
    /// Value.
    pub(in crate::evaluate) value: f64,
    /// What the search leaves open, same unit.
    pub(in crate::evaluate) search: f64,
    /// How far the stated tolerances move it.
    pub(in crate::evaluate) input: f64,
    /// How far a second way of reading it off the same field differs; zero if there is none.
    pub(in crate::evaluate) check: f64,
}

/// What is known of a pool of quantities in a family: the step between the grids and the model, both over the scale.
struct Known {
    step: f64,
    model: f64,
    weak: bool,
}

fn known(topology: &str, kind: Kind) -> Result<Known, String> {
    let pool = kind.pool(topology);
    let of = |found: Option<ModelUncertainty>| {
        found.ok_or_else(|| {
            format!("no reference machine of the family {topology} validates {pool}")
        })
    };
    let standard = of(model_uncertainty(shipped(), topology, &pool))?;
    let coarse = of(coarse_model_uncertainty(shipped(), topology, &pool))?;
    let step = grid_step(shipped(), topology, &pool).ok_or_else(|| {
        format!("no reference machine of the family {topology} has {pool} on both grids")
    })?;
    Ok(Known {
        step: step.max(kind.floor),
        model: standard.ratio.max(coarse.ratio),
        weak: standard.is_weak() || coarse.is_weak(),
    })
}

/// The band of a quantity; `scale` is what the steps between the grids and the errors of the model refer to. The error
/// is the reason why the quantity cannot be screened.
pub(in crate::evaluate) fn band(
    topology: &str,
    kind: Kind,
    rough: &Rough,
    scale: f64,
) -> Result<Band, String> {
    let known = known(topology, kind)?;
    let step = known.step * scale;
    let numeric = (OF_DISTANCE * step).max(rough.check);
    let model = known.model * scale;
    let uncertainty =
        step + (numeric.powi(2) + model.powi(2) + rough.input.powi(2)).sqrt() + rough.search;
    let s = |x: f64| round_significant(x, 3);
    Ok(Band {
        value: rough.value,
        uncertainty,
        basis: format!(
            "2-D field at coarse resolution; step to the standard grid {}, numerical {}, model {}, input {}, search {} \
             by {} on both grids{}",
            s(step),
            s(numeric),
            s(model),
            s(rough.input),
            s(rough.search),
            kind.pool(topology),
            mark(known.weak)
        ),
    })
}

/// The band of a ratio of two numbers on one coarse grid, B over A. What moves both alike cancels but for the part that
/// grows with their difference.
pub(in crate::evaluate) fn ratio(
    topology: &str,
    kind: Kind,
    b: &Rough,
    a: &Rough,
) -> Result<Band, String> {
    let known = known(topology, kind)?;
    let value = b.value / a.value;
    let apart = (value - 1.0).abs();
    // Two magnets in one spoke rotor were seen to step from grid to grid by half of the least numerical uncertainty of
    // either more than each other: nothing of it is taken to cancel.
    let step = (known.step * apart).max(kind.floor).max(RATIO_FLOOR);
    let numeric = OF_DISTANCE * step;
    let model = known.model * apart;
    let share = |of: fn(&Rough) -> f64| (of(b) / b.value, of(a) / a.value);
    let (input_b, input_a) = share(|r| r.input);
    let (search_b, search_a) = share(|r| r.search);
    let input = input_b.hypot(input_a) * value;
    let search = (search_b + search_a) * value;
    let uncertainty = step + (numeric.powi(2) + model.powi(2) + input.powi(2)).sqrt() + search;
    let s = |x: f64| round_significant(x, 3);
    Ok(Band {
        value,
        uncertainty,
        basis: format!(
            "{SCREENING}: two solutions on one coarse grid; step to the standard grid {}, numerical {}, model {} on the \
             difference, input {}, search {}{}",
            s(step),
            s(numeric),
            s(model),
            s(input),
            s(search),
            mark(known.weak)
        ),
    })
}
