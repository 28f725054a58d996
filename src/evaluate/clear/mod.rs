//! The smallest change of one number of a design that brings a physical choke point back within its limit, found by
//! solving changed machines and told only of a machine that was solved whole.

mod parameter;
mod probe;
mod search;

use super::{EvaluateError, Side, one_grade};
use crate::choke::{ChokePoint, saturation};
use crate::design::Design;
use crate::material::Library;
use crate::unit::round_significant;
pub use parameter::REACH;
use parameter::{Group, Parameter, changed, parameters};
use probe::{Case, Solved, whole};
use rayon::prelude::*;
use search::{Change, found, smallest};
use serde_json::Value;

/// A choke point beyond its limit and what clears it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleared {
    /// Its mechanism.
    pub mechanism: &'static str,
    /// Its place in one word.
    pub key: &'static str,
    /// Its pathway: `a`, `b` or `none`.
    pub pathway: &'static str,
    /// The change; nothing when no single one within reach clears it.
    pub fix: Option<Fix>,
}

/// A change that clears.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// Which number, as a JSON pointer into the design.
    pub pointer: String,
    /// What it is.
    pub from: f64,
    /// What it is to be.
    pub to: f64,
    /// Margin ratio of the point then.
    pub margin_ratio: f64,
    /// Choke points of any pathway that are within their limit now and beyond it then.
    pub then_beyond: Vec<String>,
    /// Torque at the current limit and base speed, now and then [N m]; nothing for a machine without magnets.
    pub limit_torque: Option<[f64; 2]>,
}

/// Numbers that are tried for less after one is found that clears, those first that need the smallest change by their
/// slopes.
const FOLLOWED: usize = 2;
/// How much less another number must need to be told instead.
const LESS: f64 = 0.97;
/// Step by which slopes are taken, over the number itself.
const STEP: f64 = 0.01;

/// For every physical choke point of a candidate beyond its limit, on every declared pathway: the smallest change of
/// one number that clears it. Dimensions for iron, magnets, voltage and stress, turns too where currents matter, and
/// films, conductivities and liner for heat. Bridges and ribs, which saturate by design, are not asked about.
///
/// # Errors
/// When the candidate itself cannot be solved.
pub fn fixes(
    design: &Design,
    index: usize,
    library: &Library,
) -> Result<Vec<Cleared>, EvaluateError> {
    crate::dense::use_one_thread();
    let candidate = &design.candidates[index];
    let sides: Vec<Option<Side>> = if candidate.has_magnets() {
        let declared = [Side::A, Side::B].into_iter();
        let declared = declared.filter(|side| side.pathway(candidate).is_some());
        declared.map(Some).collect()
    } else {
        vec![None]
    };
    let search = Search {
        design,
        value: serde_json::to_value(design)
            .map_err(|error| EvaluateError::Unwritable(error.to_string()))?,
        index,
        library,
    };
    let now: Vec<(Option<Side>, Solved)> = sides
        .iter()
        .filter(|side| **side != Some(Side::B) || !one_grade(candidate))
        .map(|side| Ok((*side, whole(search.case(design, *side))?)))
        .collect::<Result<_, EvaluateError>>()?;
    let mut all: Vec<Cleared> = vec![];
    for side in sides {
        if side == Some(Side::B) && one_grade(candidate) {
            let pathway = Side::B.key();
            let again: Vec<Cleared> = all
                .iter()
                .cloned()
                .map(|found| Cleared { pathway, ..found })
                .collect();
            all.extend(again);
            continue;
        }
        all.extend(search.pathway(side, &now)?);
    }
    Ok(all)
}

/// How a point is asked about: which numbers may change, and the least that must be solved to see them move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Field,
    Heat,
    Stress,
}

impl Way {
    fn of(mechanism: &str) -> Self {
        match mechanism {
            "rotor_stress" => Way::Stress,
            "hot_spot" | "magnet_temperature" => Way::Heat,
            _ => Way::Field,
        }
    }

    fn group(self) -> Group {
        match self {
            Way::Field => Group::Winding,
            Way::Heat => Group::Cooling,
            Way::Stress => Group::Dimensions,
        }
    }
}

struct Search<'d> {
    design: &'d Design,
    value: Value,
    index: usize,
    library: &'d Library,
}

/// A number with the choke points of the machine in which it is changed by a step.
struct Moved {
    parameter: Parameter,
    by: f64,
    points: Vec<ChokePoint>,
}

impl Search<'_> {
    fn case<'c>(&'c self, design: &'c Design, side: Option<Side>) -> Case<'c> {
        Case {
            application: &design.application,
            candidate: &design.candidates[self.index],
            library: self.library,
            side,
        }
    }

    fn pathway(
        &self,
        side: Option<Side>,
        now: &[(Option<Side>, Solved)],
    ) -> Result<Vec<Cleared>, EvaluateError> {
        let of_side = now.iter().find(|(known, _)| *known == side);
        let Some((_, base)) = of_side else {
            return Ok(vec![]);
        };
        let open: Vec<&ChokePoint> = base
            .points
            .iter()
            .filter(|p| p.margin_ratio < 0.0)
            .filter(|p| p.mechanism != "saturation" || !saturation::by_design(p.key))
            .collect();
        let mut cleared = vec![];
        for way in [Way::Field, Way::Heat, Way::Stress] {
            let asked: Vec<&ChokePoint> = open
                .iter()
                .copied()
                .filter(|p| Way::of(p.mechanism) == way)
                .collect();
            if asked.is_empty() {
                continue;
            }
            let still = self.quick(self.case(self.design, side), way, base)?;
            let moved = self.moved(side, way, base);
            let told = asked.par_iter().map(|point| Cleared {
                mechanism: point.mechanism,
                key: point.key,
                pathway: point.pathway,
                fix: self.fix((side, now), way, base, (&still, &moved), point),
            });
            cleared.extend(told.collect::<Vec<_>>());
        }
        Ok(cleared)
    }

    /// The points of one way as cheaply as can be.
    fn quick(&self, case: Case, way: Way, base: &Solved) -> Result<Vec<ChokePoint>, EvaluateError> {
        match (way, &base.facts) {
            (Way::Stress, _) => probe::turning(case),
            (Way::Field, Some(facts)) => probe::field(case, facts),
            (Way::Heat, Some(facts)) => probe::heated(case, facts),
            (Way::Field | Way::Heat, None) => Ok(whole(case)?.points),
        }
    }

    /// Every number changed by a step, one at a time.
    fn moved(&self, side: Option<Side>, way: Way, base: &Solved) -> Vec<Moved> {
        parameters(&self.value, self.index, way.group())
            .into_par_iter()
            .filter_map(|parameter| {
                // Where more cannot be built, less may.
                [1.0, -1.0].into_iter().find_map(|sign| {
                    let by = if parameter.whole {
                        sign
                    } else {
                        sign * STEP * parameter.from
                    };
                    let design = changed(&self.value, &parameter, parameter.from + by)?;
                    let points = self.quick(self.case(&design, side), way, base).ok()?;
                    let parameter = parameter.clone();
                    Some(Moved {
                        parameter,
                        by,
                        points,
                    })
                })
            })
            .collect()
    }

    fn fix(
        &self,
        (side, now): (Option<Side>, &[(Option<Side>, Solved)]),
        way: Way,
        base: &Solved,
        (still, moved): (&[ChokePoint], &[Moved]),
        point: &ChokePoint,
    ) -> Option<Fix> {
        let at_rest = found(still, point)?.margin_ratio;
        let mut slopes: Vec<(f64, f64, &Parameter)> = moved
            .iter()
            .filter_map(|moved| {
                let slope = (found(&moved.points, point)?.margin_ratio - at_rest) / moved.by;
                let needs = (point.margin_ratio / slope / moved.parameter.from).abs();
                (needs <= way.group().reach()).then_some((needs, slope, &moved.parameter))
            })
            .collect();
        slopes.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Some lead to machines that cannot be built; then the next are followed. Once one clears, another is worth
        // following only if it clears with less.
        let mut best: Option<Fix> = None;
        let mut others = FOLLOWED;
        for (_, slope, parameter) in slopes {
            let margin = |to: f64| self.margin(side, way, base, (parameter, to), point);
            if let Some(fix) = &best {
                if others == 0 {
                    break;
                }
                others -= 1;
                let less = LESS * (fix.to / fix.from - 1.0).abs() * parameter.from.abs();
                let to =
                    parameter.inward(parameter.from + less.copysign(-point.margin_ratio / slope));
                if to == parameter.from || margin(to).is_none_or(|margin| margin < 0.0) {
                    continue;
                }
            }
            let start = (point.margin_ratio, slope);
            let found = smallest(parameter, start, way.group(), margin);
            let found = found.and_then(|change| self.proven((side, now), change, point));
            best = [best, found].into_iter().flatten().min_by(|a, b| {
                let size = |fix: &Fix| (fix.to / fix.from - 1.0).abs();
                size(a).total_cmp(&size(b))
            });
        }
        best
    }

    /// The margin of a point with one number changed; nothing where there is no such machine.
    fn margin(
        &self,
        side: Option<Side>,
        way: Way,
        base: &Solved,
        (parameter, to): (&Parameter, f64),
        point: &ChokePoint,
    ) -> Option<f64> {
        let design = changed(&self.value, parameter, to)?;
        let case = self.case(&design, side);
        let points = match way {
            Way::Field if side.is_some() => probe::standing_alone(case).ok()?,
            Way::Field => whole(case).ok()?.points,
            Way::Heat | Way::Stress => self.quick(case, way, base).ok()?,
        };
        Some(found(&points, point)?.margin_ratio)
    }

    /// The change as it is told: every pathway of the machine with it is solved whole, the point is clear there, and
    /// what is beyond its limit there only is named.
    fn proven(
        &self,
        (side, now): (Option<Side>, &[(Option<Side>, Solved)]),
        change: Change,
        point: &ChokePoint,
    ) -> Option<Fix> {
        let Change { parameter, to, .. } = change;
        let design = changed(&self.value, &parameter, to)?;
        let (mut margin_ratio, mut limit_torque, mut then_beyond) = (None, None, vec![]);
        for (known, before) in now {
            let then = probe::told(self.case(&design, *known)).ok()?;
            if *known == side {
                margin_ratio = Some(found(&then.points, point)?.margin_ratio);
                let torque = before.facts.as_ref().map(|f| f.limit.torque);
                limit_torque = torque.zip(then.limit_torque).map(|(a, b)| [a, b]);
            }
            let beyond = then.points.iter().filter(|p| p.margin_ratio < 0.0);
            let within = |p: &ChokePoint| {
                found(&before.points, p).is_none_or(|before| before.margin_ratio >= 0.0)
            };
            then_beyond.extend(beyond.filter(|p| within(p)).map(|p| {
                let mechanism = p.mechanism.replace('_', " ");
                format!("{mechanism}, {} ({})", p.location, p.pathway.to_uppercase())
            }));
        }
        let margin_ratio = margin_ratio.filter(|margin| *margin >= 0.0)?;
        Some(Fix {
            pointer: parameter.pointer,
            from: parameter.from,
            to,
            margin_ratio: round_significant(margin_ratio, crate::record::DIGITS),
            then_beyond,
            limit_torque,
        })
    }
}
