//! Model uncertainty and validated range of a machine family.

use super::row::{Groups, ReferenceKind, Row, ValidatedMachine, Validation};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Uncertainty of the model for one pool of quantities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelUncertainty {
    /// Expanded uncertainty (k = 2) over the pool's scale; in the unit itself for absolute pools.
    pub ratio: f64,
    /// Number of different machines behind it.
    pub machines: usize,
    /// Number of built machines among the rows.
    pub measured: usize,
}

impl ModelUncertainty {
    /// Whether fewer than three machines stand behind it.
    pub fn is_weak(&self) -> bool {
        self.machines < 3
    }
}

/// 97.5 % quantile of Student's t for 1, 2, … degrees of freedom; from 30 on the normal quantile is
/// within 5 %. (JCGM 100:2008, table G.2.)
const STUDENT_T: [f64; 12] = [
    12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18,
];

/// The shipped rows.
///
/// # Panics
/// When the shipped file does not parse, which a test excludes.
pub fn shipped() -> &'static Validation {
    static SHIPPED: OnceLock<Validation> = OnceLock::new();
    SHIPPED.get_or_init(|| match serde_json::from_str(include_str!("rows.json")) {
        Ok(rows) => rows,
        Err(error) => panic!("the shipped validation rows do not parse: {error}"),
    })
}

/// Model uncertainty of a pool at standard resolution; nothing if no row speaks of it.
///
/// Each machine enters with its largest pooled error. With three machines or more: the larger of the
/// largest error and t(0.975, n-1) times the root mean square. With fewer: twice the largest. The mean
/// error is not corrected.
pub fn model_uncertainty(
    validation: &Validation,
    topology: &str,
    pool: &str,
) -> Option<ModelUncertainty> {
    pooled(
        validation
            .rows
            .iter()
            .filter(|r| r.topology == topology && r.pool == pool),
    )
}

/// Model uncertainty of a pool whose errors do not depend on the family, from the rows of all of them, by the
/// rule of [`model_uncertainty`].
pub fn common_uncertainty(validation: &Validation, pool: &str) -> Option<ModelUncertainty> {
    pooled(validation.rows.iter().filter(|r| r.pool == pool))
}

fn pooled<'v>(rows: impl Iterator<Item = &'v Row>) -> Option<ModelUncertainty> {
    let mut largest: BTreeMap<&str, f64> = BTreeMap::new();
    let mut measured: Vec<&str> = vec![];
    for row in rows.filter(|r| r.resolution == "standard") {
        if row.kind == ReferenceKind::Measured {
            measured.push(&row.machine);
        }
        if let Some(error) = row.pooled_error_ratio {
            let known = largest.entry(&row.machine).or_insert(0.0);
            *known = known.max(error);
        }
    }
    measured.sort_unstable();
    measured.dedup();
    let n = largest.len();
    let most = largest.values().copied().fold(0.0, f64::max);
    let ratio = match n {
        0 => return None,
        1 | 2 => 2.0 * most,
        _ => {
            let rms = (largest.values().map(|e| e * e).sum::<f64>() / n as f64).sqrt();
            most.max(STUDENT_T.get(n - 2).copied().unwrap_or(2.0) * rms)
        }
    };
    Some(ModelUncertainty {
        ratio,
        machines: n,
        measured: measured.len(),
    })
}

/// What of a machine lies outside the range of the validated ones, widened by a quarter; empty inside.
pub fn outside_range(validation: &Validation, topology: &str, groups: &Groups) -> Vec<String> {
    let known: Vec<&ValidatedMachine> = validation
        .machines
        .iter()
        .filter(|m| m.topology == topology)
        .collect();
    if known.is_empty() {
        return vec![format!("no machine of the family {topology} is validated")];
    }
    let mut outside = vec![];
    let mut check = |name: &str, value: f64, of: &dyn Fn(&Groups) -> Option<f64>| {
        let values: Vec<f64> = known.iter().filter_map(|m| of(&m.groups)).collect();
        let (low, high) = hull(&values);
        if !(low..=high).contains(&value) {
            outside.push(format!(
                "{name} is {value:.4}, validated from {low:.4} to {high:.4}"
            ));
        }
    };
    check("air gap over pole pitch", groups.gap_per_pole_pitch, &|g| {
        Some(g.gap_per_pole_pitch)
    });
    check(
        "magnet thickness over air gap",
        groups.magnet_per_gap,
        &|g| Some(g.magnet_per_gap),
    );
    check(
        "slots per pole and phase",
        groups.slots_per_pole_and_phase,
        &|g| Some(g.slots_per_pole_and_phase),
    );
    if let Some(bridge) = groups.bridge_per_gap {
        check("bridge over air gap", bridge, &|g| g.bridge_per_gap);
    }
    outside
}

/// Least and greatest value, widened by a quarter.
fn hull(values: &[f64]) -> (f64, f64) {
    let (low, high) = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |a, &v| {
            (a.0.min(v), a.1.max(v))
        });
    (0.75 * low, 1.25 * high)
}

/// Whether the flux densities of a machine at its peak point lie above those of the validated machines
/// by more than a quarter; in words.
pub fn beyond_flux_density(
    validation: &Validation,
    topology: &str,
    tooth: f64,
    yoke: f64,
) -> Vec<String> {
    let known = || {
        validation
            .machines
            .iter()
            .filter(|m| m.topology == topology)
    };
    let mut beyond = vec![];
    let mut check = |name: &str, value: f64, of: fn(&ValidatedMachine) -> f64| {
        let most = 1.25 * known().map(of).fold(0.0, f64::max);
        if value > most {
            beyond.push(format!(
                "{name} flux density is {value:.3} T, validated up to {most:.3} T"
            ));
        }
    };
    check("tooth", tooth, |m| m.tooth_flux_density_max_t);
    check("yoke", yoke, |m| m.yoke_flux_density_max_t);
    beyond
}

/// Rows of one machine and pool, for a message.
pub fn rows_of<'v>(validation: &'v Validation, topology: &str, pool: &str) -> Vec<&'v Row> {
    validation
        .rows
        .iter()
        .filter(|r| r.topology == topology && r.pool == pool)
        .collect()
}
