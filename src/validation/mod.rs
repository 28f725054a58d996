//! What is known of the errors of the solver: rows of comparisons with finite elements and built
//! machines, and the model uncertainty and validated range that follow from them.
//!
//! Nothing here is typed by hand: `rows.json` is written by `make accuracy` and a test keeps it fresh. Rows that are no more
//! than plausible stand in the table that `make accuracy` prints and not in that file, so that nothing can follow from them.

mod circuit;
pub mod compare;
mod entry;
mod entry_lost;
mod entry_map;
mod lost;
pub mod model;
mod plausible;
pub mod reference;
mod reluctance;
pub mod row;
mod turning;

use crate::unit::round_significant;

/// The rows with their numbers rounded to six digits, so that the file is the same on every processor.
pub fn rounded(validation: &row::Validation) -> row::Validation {
    let mut out = validation.clone();
    let short = |x: &mut f64| *x = round_significant(*x, 6);
    for r in &mut out.rows {
        for x in [
            &mut r.reference,
            &mut r.value,
            &mut r.error_ratio,
            &mut r.scale,
            &mut r.reference_uncertainty_ratio,
        ] {
            short(x);
        }
        if let Some(x) = &mut r.pooled_error_ratio {
            short(x);
        }
    }
    for m in &mut out.machines {
        for x in [
            &mut m.tooth_flux_density_max_t,
            &mut m.yoke_flux_density_max_t,
        ] {
            short(x);
        }
    }
    out
}
