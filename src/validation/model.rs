//! Model uncertainty and validated range of a machine family.

use super::row::{Groups, ReferenceKind, Row, ValidatedMachine, Validation};
use std::collections::{BTreeMap, BTreeSet};
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
        self.machines < FEW
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

/// Model uncertainty of a pool at standard resolution; nothing if no row of the family speaks of it.
///
/// Each machine enters with its largest pooled error; geometries of one built machine are one machine.
/// With three machines or more: the larger of the largest error and t(0.975, n-1) times the root mean
/// square. With fewer: twice the largest, but no less than the largest error of any machine of any
/// family in the pool: a family of which little is known is not known better than the others by the luck
/// of its one machine. A measurement whose own uncertainty nobody states may agree by chance as well: it
/// can raise the uncertainty and never counts as a machine. The mean error is not corrected.
pub fn model_uncertainty(
    validation: &Validation,
    topology: &str,
    pool: &str,
) -> Option<ModelUncertainty> {
    uncertainty_of(validation, Some(topology), pool, STANDARD)
}

/// Model uncertainty of a pool on the coarse grid, by the rule of [`model_uncertainty`]. What the grid adds to the
/// errors is in it.
pub fn coarse_model_uncertainty(
    validation: &Validation,
    topology: &str,
    pool: &str,
) -> Option<ModelUncertainty> {
    uncertainty_of(validation, Some(topology), pool, COARSE)
}

/// How far a value on the coarse grid lies off that on the standard one at most, over the scale of the pool, in the
/// machines of a family; nothing if no machine was compared on both. By the rule of [`model_uncertainty`]: a family of
/// few machines is not known better than the others by luck.
pub fn grid_step(validation: &Validation, topology: &str, pool: &str) -> Option<f64> {
    let steps = |own: bool| {
        let coarse = validation.rows.iter().filter(move |r| {
            r.pool == pool && r.resolution == COARSE && (!own || r.topology == topology)
        });
        let mut counted: BTreeMap<&str, f64> = BTreeMap::new();
        for row in coarse {
            let same = |r: &&Row| {
                r.resolution == STANDARD
                    && r.machine == row.machine
                    && r.quantity == row.quantity
                    && r.kind == row.kind
                    && r.reference == row.reference
            };
            if let Some(standard) = validation.rows.iter().find(same) {
                let known = counted.entry(machine(row)).or_insert(0.0);
                *known = known.max((row.value - standard.value).abs() / row.scale.abs());
            }
        }
        Evidence {
            counted,
            unstated: None,
        }
    };
    let own = steps(true);
    let most = own.largest()?;
    Some(if own.counted.len() < FEW {
        (2.0 * most).max(steps(false).largest().unwrap_or(0.0))
    } else {
        most.max(own.student())
    })
}

/// What the pools of rows are called whose source solved three dimensions: they hold what slices leave out, which says
/// nothing of machines with radial flux.
const WITH_EDGES: &str = "_with_edges";

/// The pool of rows with a quantity, of sources that solved three dimensions or others.
pub fn pool_of(quantity: &str, three_dimensional: bool) -> String {
    let more = if three_dimensional { WITH_EDGES } else { "" };
    format!("{quantity}{more}")
}

const STANDARD: &str = "standard";
const COARSE: &str = "coarse";

/// Model uncertainty of a pool whose errors are those of materials and not of a family, by the rule of
/// [`model_uncertainty`] with all families as one; nothing if no row speaks of it.
pub fn common_uncertainty(validation: &Validation, pool: &str) -> Option<ModelUncertainty> {
    uncertainty_of(validation, None, pool, STANDARD)
}

/// Model uncertainty of the mass of a kind of part, which rows call by one of these names; nothing if no built
/// machine was weighed. Every drawing of a machine counts with its whole error, since a designer has one of them
/// and does not know which: with three machines or more by the rule of [`model_uncertainty`], with fewer twice the
/// largest.
pub fn mass_uncertainty(validation: &Validation, names: &[&str]) -> Option<ModelUncertainty> {
    let weighed = |row: &&Row| {
        row.pool == "mass"
            && row.resolution == STANDARD
            && row.kind == ReferenceKind::Measured
            && names.contains(&row.quantity.as_str())
    };
    let mut counted: BTreeMap<&str, f64> = BTreeMap::new();
    for row in validation.rows.iter().filter(weighed) {
        let known = counted.entry(machine(row)).or_insert(0.0);
        *known = known.max(row.error_ratio.abs());
    }
    let evidence = Evidence {
        counted,
        unstated: None,
    };
    let most = evidence.largest()?;
    let machines = evidence.counted.len();
    Some(ModelUncertainty {
        ratio: if machines < FEW {
            2.0 * most
        } else {
            most.max(evidence.student())
        },
        machines,
        measured: machines,
    })
}

fn uncertainty_of(
    validation: &Validation,
    topology: Option<&str>,
    pool: &str,
    resolution: &str,
) -> Option<ModelUncertainty> {
    let of_pool = || {
        let rows = validation.rows.iter();
        rows.filter(|r| r.pool == pool && r.resolution == resolution)
    };
    let of_family = || of_pool().filter(|r| topology.is_none_or(|t| r.topology == t));
    let own = Evidence::of(of_family());
    let most = own.largest()?;
    let machines = own.counted.len();
    let ratio = if machines < FEW {
        let everywhere = Evidence::of(of_pool()).largest().unwrap_or(0.0);
        (2.0 * most).max(everywhere)
    } else {
        most.max(own.student())
    };
    let built: BTreeSet<&str> = of_family()
        .filter(|r| r.kind == ReferenceKind::Measured)
        .map(machine)
        .collect();
    Some(ModelUncertainty {
        ratio,
        machines,
        measured: built.len(),
    })
}

/// From this number of machines on their spread is taken for what it is.
const FEW: usize = 3;

/// The physical machine of a row.
fn machine(row: &Row) -> &str {
    row.built_machine.as_deref().unwrap_or(&row.machine)
}

/// Largest errors, machine by machine.
struct Evidence<'v> {
    /// Of machines whose reference values are known to some uncertainty.
    counted: BTreeMap<&'v str, f64>,
    /// Largest of the measurements of unstated uncertainty.
    unstated: Option<f64>,
}

impl<'v> Evidence<'v> {
    fn of(rows: impl Iterator<Item = &'v Row>) -> Self {
        let mut found = Self {
            counted: BTreeMap::new(),
            unstated: None,
        };
        for row in rows {
            let Some(error) = row.pooled_error_ratio else {
                continue;
            };
            if row.kind == ReferenceKind::Measured && row.reference_uncertainty_ratio == 0.0 {
                found.unstated = Some(found.unstated.map_or(error, |e| e.max(error)));
            } else {
                let known = found.counted.entry(machine(row)).or_insert(0.0);
                *known = known.max(error);
            }
        }
        found
    }

    fn largest(&self) -> Option<f64> {
        let all = self.counted.values().copied().chain(self.unstated);
        all.reduce(f64::max)
    }

    /// Student's factor times the root mean square.
    fn student(&self) -> f64 {
        let n = self.counted.len();
        let rms = (self.counted.values().map(|e| e * e).sum::<f64>() / n as f64).sqrt();
        STUDENT_T.get(n - 2).copied().unwrap_or(2.0) * rms
    }
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
        if values.is_empty() {
            outside.push(format!(
                "{name} is {value:.4}, and no reference machine of the family speaks of it"
            ));
            return;
        }
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
        "slots per pole and phase",
        groups.slots_per_pole_and_phase,
        &|g| Some(g.slots_per_pole_and_phase),
    );
    if let Some(magnet) = groups.magnet_per_gap {
        check("magnet thickness over air gap", magnet, &|g| {
            g.magnet_per_gap
        });
    }
    if let Some(bridge) = groups.bridge_per_gap {
        check("bridge over air gap", bridge, &|g| g.bridge_per_gap);
    }
    if let Some(edge) = groups.edge_per_length {
        check("air gap and magnet over radial length", edge, &|g| {
            g.edge_per_length
        });
    }
    if let Some(teeth) = groups.teeth_per_pole {
        check("teeth per stator pole", teeth, &|g| g.teeth_per_pole);
    }
    if let Some(groove) = groups.groove_per_gap {
        check("groove between teeth over air gap", groove, &|g| {
            g.groove_per_gap
        });
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

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]
mod tests {
    use super::*;

    fn row(machine: &str, topology: &str, kind: ReferenceKind, error: f64) -> Row {
        let mut row = shipped().rows[0].clone();
        machine.clone_into(&mut row.machine);
        topology.clone_into(&mut row.topology);
        "pool".clone_into(&mut row.pool);
        "standard".clone_into(&mut row.resolution);
        row.built_machine = None;
        row.kind = kind;
        row.reference_uncertainty_ratio = 0.0;
        row.pooled_error_ratio = Some(error);
        row
    }

    fn of(rows: Vec<Row>) -> Option<ModelUncertainty> {
        let machines = vec![];
        model_uncertainty(&Validation { rows, machines }, "own", "pool")
    }

    const FE: ReferenceKind = ReferenceKind::FiniteElement;
    const BUILT: ReferenceKind = ReferenceKind::Measured;

    #[test]
    fn few_machines_are_not_known_better_than_the_worst_of_the_other_families() {
        let lucky = of(vec![
            row("a", "own", FE, 0.001),
            row("b", "other", FE, 0.02),
        ]);
        assert_eq!(lucky.unwrap().ratio, 0.02);
        let unlucky = of(vec![row("a", "own", FE, 0.03), row("b", "other", FE, 0.02)]);
        assert_eq!(unlucky.unwrap().ratio, 0.06);
        assert_eq!(of(vec![row("b", "other", FE, 0.02)]), None);
    }

    #[test]
    fn a_measurement_of_unstated_uncertainty_raises_and_never_counts() {
        let fe = [row("a", "own", FE, 0.01), row("b", "own", FE, 0.012)];
        let with = |error: f64| {
            let measured = row("c", "own", BUILT, error);
            of(fe.iter().cloned().chain([measured]).collect()).unwrap()
        };
        let without = of(fe.to_vec()).unwrap();
        for error in [1e-6, 0.005, 0.012] {
            assert_eq!(with(error).ratio, without.ratio);
            assert_eq!(with(error).machines, 2);
        }
        assert_eq!(with(0.05).ratio, 0.1);
        let mut stated = row("c", "own", BUILT, 0.005);
        stated.reference_uncertainty_ratio = 0.02;
        let three = of(fe.iter().cloned().chain([stated]).collect()).unwrap();
        assert_eq!(three.machines, 3);
    }

    #[test]
    fn geometries_of_one_built_machine_are_one() {
        let mut rows = vec![];
        for name in ["a", "b", "c"] {
            let mut r = row(name, "own", FE, 0.01);
            r.built_machine = Some("the same".to_owned());
            rows.push(r);
        }
        let one = of(rows).unwrap();
        assert!(one.is_weak());
        assert_eq!((one.machines, one.ratio), (1, 0.02));
    }

    /// A grid step is no less than what any machine of the family moves, and nothing where none was compared.
    #[test]
    fn a_grid_step_covers_every_machine_of_its_family() {
        let pair = |machine: &str, coarse: f64, standard: f64| {
            [("coarse", coarse), ("standard", standard)].map(|(resolution, value)| Row {
                resolution: resolution.to_owned(),
                value,
                scale: 2.0,
                ..row(machine, "own", FE, 0.01)
            })
        };
        let of = |rows: Vec<Row>| {
            let machines = vec![];
            grid_step(&Validation { rows, machines }, "own", "pool")
        };
        let near = |a: Option<f64>, b: f64| (a.unwrap() - b).abs() < 1e-12;
        assert!(near(of(pair("a", 1.02, 1.0).into()), 0.02));
        let three = [("a", 1.02), ("b", 0.99), ("c", 1.0)];
        let rows: Vec<Row> = three
            .iter()
            .flat_map(|(name, value)| pair(name, *value, 1.0))
            .collect();
        let step = of(rows).unwrap();
        assert!((0.01..0.03).contains(&step), "{step}");
        assert_eq!(of(vec![row("a", "own", FE, 0.01)]), None);
        for known in &shipped().rows {
            let step = grid_step(shipped(), &known.topology, &known.pool);
            let twin = shipped().rows.iter().find(|r| {
                r.resolution != known.resolution
                    && r.reference == known.reference
                    && (&r.machine, &r.quantity) == (&known.machine, &known.quantity)
            });
            if let (Some(step), Some(twin)) = (step, twin) {
                assert!(step * 1.000_001 >= (known.value - twin.value).abs() / known.scale.abs());
            }
        }
    }

    /// No shipped row of a measurement without uncertainty makes a shipped uncertainty smaller.
    #[test]
    fn no_shipped_uncertainty_rests_on_luck() {
        let all = shipped();
        let sure = Validation {
            rows: all
                .rows
                .iter()
                .filter(|r| r.kind != BUILT || r.reference_uncertainty_ratio > 0.0)
                .cloned()
                .collect(),
            machines: vec![],
        };
        for row in &all.rows {
            let of = |v: &Validation| model_uncertainty(v, &row.topology, &row.pool);
            if let (Some(with), Some(without)) = (of(all), of(&sure)) {
                assert!(with.ratio >= without.ratio, "{} {}", row.topology, row.pool);
            }
        }
    }
}
