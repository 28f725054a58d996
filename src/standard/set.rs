//! The values that a clause accepts, as sets among the values that a record can hold. A record has six
//! significant digits and whole counts, so that `> 0.95` and `≥ 0.950001` are the same set.

use super::clause::{Bound, Clause, Limit};
use super::step;
use crate::record::DIGITS;
use crate::record::field::{Field, Kind};
use crate::unit::round_significant;
use serde_json::Value;

/// Stands for every word that nobody lists, of a field that may hold any.
pub const OTHER_WORD: &str = "some other word";

/// Numbers between two bounds; a bound that is absent is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// From below.
    pub lower: Option<Bound>,
    /// From above.
    pub upper: Option<Bound>,
}

/// What a clause accepts of its field.
#[derive(Debug, Clone, PartialEq)]
pub enum Accepted {
    /// A number within the interval.
    Numbers(Interval),
    /// One of the words or flags.
    Words(Vec<Value>),
}

/// A part of a field's values that one clause accepts and another does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Numbers.
    pub intervals: Vec<Interval>,
    /// Words or flags.
    pub words: Vec<Value>,
}

impl Difference {
    /// All that is accepted.
    pub fn everything(accepted: &Accepted) -> Difference {
        match accepted {
            Accepted::Numbers(interval) => Difference {
                intervals: vec![*interval],
                words: Vec::new(),
            },
            Accepted::Words(words) => Difference {
                intervals: Vec::new(),
                words: words.clone(),
            },
        }
    }

    /// All that the field can hold and that is not accepted. Where any word may stand, one that is not
    /// listed stands for all of them.
    pub fn everything_but(accepted: &Accepted, field: &Field) -> Difference {
        let all = match field.kind {
            Kind::Number => Accepted::Numbers(Interval {
                lower: None,
                upper: None,
            }),
            Kind::Boolean => Accepted::Words(vec![Value::Bool(true), Value::Bool(false)]),
            Kind::Text if field.allowed.is_empty() => {
                Accepted::Words(vec![Value::from(OTHER_WORD)])
            }
            Kind::Text => Accepted::Words(
                field
                    .allowed
                    .iter()
                    .map(|word| Value::from(*word))
                    .collect(),
            ),
        };
        all.minus(accepted, field)
    }

    /// Whether there is no such value.
    pub fn is_empty(&self) -> bool {
        self.intervals.is_empty() && self.words.is_empty()
    }
}

impl Interval {
    /// The values that the field can have in nature.
    fn reach(field: &Field) -> Interval {
        let (least, most) = field.range();
        let end = |value| Bound {
            value,
            inclusive: true,
        };
        Interval {
            lower: least.map(end),
            upper: most.map(end),
        }
    }

    /// Whether no value of a record lies within. An interval of more than one decimal step always
    /// holds one.
    pub fn is_empty(&self, field: &Field) -> bool {
        let (lower, upper) = (first(field, self.lower), last(field, self.upper));
        match (lower, upper) {
            (Some(lower), Some(upper)) => {
                lower.value > upper.value
                    || (lower.value == upper.value && !(lower.inclusive && upper.inclusive))
            }
            (None, Some(upper)) => field.is_count() && upper.value < 0.0,
            _ => false,
        }
    }

    /// What lies in `self` and not in `other`: at most one interval on either side.
    pub fn minus(&self, other: &Interval, field: &Field) -> Vec<Interval> {
        let beyond = |bound: Bound| Bound {
            value: bound.value,
            inclusive: !bound.inclusive,
        };
        let below = other.lower.map(|bound| Interval {
            lower: self.lower,
            upper: lesser(self.upper, Some(beyond(bound))),
        });
        let above = other.upper.map(|bound| Interval {
            lower: greater(self.lower, Some(beyond(bound))),
            upper: self.upper,
        });
        below
            .into_iter()
            .chain(above)
            .filter(|piece| !piece.is_empty(field))
            .collect()
    }

    /// What lies in both.
    pub fn and(&self, other: &Interval) -> Interval {
        Interval {
            lower: greater(self.lower, other.lower),
            upper: lesser(self.upper, other.upper),
        }
    }

    /// The least value of a record within, where there is one.
    pub fn first(&self, field: &Field) -> Option<f64> {
        first(field, self.lower)
            .filter(|b| b.inclusive)
            .map(|b| b.value)
    }

    /// Values of a record within: the ends, and one between where an end is zero and zero is not within, since
    /// no number is the next to it.
    pub fn samples(&self, field: &Field) -> Vec<f64> {
        let open = |bound: Option<Bound>| bound.is_some_and(|b| b.value == 0.0 && !b.inclusive);
        let ends = [self.first(field), self.last(field)];
        let beside_zero = if field.is_count() {
            None
        } else if open(self.lower) {
            Some(self.upper.map_or(1.0, |upper| 0.5 * upper.value))
        } else if open(self.upper) {
            Some(self.lower.map_or(-1.0, |lower| 0.5 * lower.value))
        } else {
            None
        };
        let beside_zero = beside_zero.map(|value| round_significant(value, DIGITS));
        ends.into_iter().chain([beside_zero]).flatten().collect()
    }

    /// The greatest value of a record within, where there is one.
    pub fn last(&self, field: &Field) -> Option<f64> {
        last(field, self.upper)
            .filter(|b| b.inclusive)
            .map(|b| b.value)
    }
}

impl Accepted {
    /// What the clause accepts.
    pub fn of(clause: &Clause) -> Accepted {
        Accepted::of_limit(&clause.limit)
    }

    /// What a limit accepts.
    pub fn of_limit(limit: &Limit) -> Accepted {
        match limit {
            Limit::Bounds { lower, upper } => Accepted::Numbers(Interval {
                lower: *lower,
                upper: *upper,
            }),
            Limit::OneOf(words) => Accepted::Words(words.clone()),
        }
    }

    /// What this accepts and `other` does not. Sets of different kinds share nothing.
    pub fn minus(&self, other: &Accepted, field: &Field) -> Difference {
        match (self, other) {
            (Accepted::Numbers(own), Accepted::Numbers(other)) => Difference {
                intervals: own.minus(other, field),
                words: Vec::new(),
            },
            (Accepted::Words(own), Accepted::Words(other)) => Difference {
                intervals: Vec::new(),
                words: own
                    .iter()
                    .filter(|word| !other.contains(word))
                    .cloned()
                    .collect(),
            },
            (Accepted::Numbers(own), Accepted::Words(_)) => Difference {
                intervals: vec![*own],
                words: Vec::new(),
            },
            (Accepted::Words(own), Accepted::Numbers(_)) => Difference {
                intervals: Vec::new(),
                words: own.clone(),
            },
        }
    }

    /// Whether no value is in both.
    pub fn excludes(&self, other: &Accepted, field: &Field) -> bool {
        match (self, other) {
            (Accepted::Numbers(own), Accepted::Numbers(other)) => own.and(other).is_empty(field),
            (Accepted::Words(own), Accepted::Words(other)) => {
                !own.iter().any(|word| other.contains(word))
            }
            _ => true,
        }
    }

    /// Whether no value of the field is within.
    pub fn is_empty(&self, field: &Field) -> bool {
        match self {
            Accepted::Numbers(interval) => interval.is_empty(field),
            Accepted::Words(words) => words.is_empty(),
        }
    }

    /// Whether no value that the field can have in nature is within. A record may hold others all the same, so that this says
    /// nothing of sets of records.
    pub fn is_out_of_reach(&self, field: &Field) -> bool {
        match self {
            Accepted::Numbers(interval) => interval.and(&Interval::reach(field)).is_empty(field),
            Accepted::Words(_) => self.is_empty(field),
        }
    }

    /// Whether every value that the field can have in nature is within.
    pub fn is_everything(&self, field: &Field) -> bool {
        match (self, field.kind) {
            (Accepted::Numbers(interval), _) => {
                Interval::reach(field).minus(interval, field).is_empty()
            }
            (Accepted::Words(words), Kind::Boolean) => [true, false]
                .iter()
                .all(|flag| words.contains(&Value::Bool(*flag))),
            (Accepted::Words(words), _) => {
                !field.allowed.is_empty()
                    && field
                        .allowed
                        .iter()
                        .all(|word| words.iter().any(|found| found == word))
            }
        }
    }
}

/// A lower bound as the first value within it. Around zero the numbers of a record lie as close as
/// one likes, so that an exclusive bound there stays exclusive.
fn first(field: &Field, bound: Option<Bound>) -> Option<Bound> {
    normal(field, bound?, false)
}

/// An upper bound as the last value within it.
fn last(field: &Field, bound: Option<Bound>) -> Option<Bound> {
    normal(field, bound?, true)
}

fn normal(field: &Field, bound: Bound, upper: bool) -> Option<Bound> {
    let inclusive = |value| {
        Some(Bound {
            value,
            inclusive: true,
        })
    };
    if field.is_count() {
        let whole = match (upper, bound.inclusive) {
            (false, true) => bound.value.ceil(),
            (false, false) => bound.value.floor() + 1.0,
            (true, true) => bound.value.floor(),
            (true, false) => bound.value.ceil() - 1.0,
        };
        return inclusive(if upper { whole } else { whole.max(0.0) });
    }
    if bound.inclusive || bound.value == 0.0 {
        return Some(bound);
    }
    inclusive(step::either_side(field, bound, 1.0, upper).0)
}

fn greater(left: Option<Bound>, right: Option<Bound>) -> Option<Bound> {
    stricter(left, right, |left, right| left > right)
}

fn lesser(left: Option<Bound>, right: Option<Bound>) -> Option<Bound> {
    stricter(left, right, |left, right| left < right)
}

fn stricter(
    left: Option<Bound>,
    right: Option<Bound>,
    tighter: fn(f64, f64) -> bool,
) -> Option<Bound> {
    match (left, right) {
        (Some(left), Some(right)) if left.value == right.value => Some(Bound {
            value: left.value,
            inclusive: left.inclusive && right.inclusive,
        }),
        (Some(left), Some(right)) => Some(if tighter(left.value, right.value) {
            left
        } else {
            right
        }),
        (left, right) => left.or(right),
    }
}

#[cfg(test)]
#[path = "set_tests.rs"]
mod tests;
