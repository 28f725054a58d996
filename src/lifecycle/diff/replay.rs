//! Records drawn at random and judged under both versions by the ledger that judges designs. What is
//! seen here owes nothing to the algebra: values are drawn around the limits as they are written.

use super::situation::{Situations, judged};
use super::{Bump, RECORDS};
use crate::record::DIGITS;
use crate::record::field::{Field, Kind};
use crate::standard::{Clause, Limit, OTHER_WORD, Standard};
use crate::unit::round_significant;
use crate::verdict::{ClauseStatus, DecisionRule, judge_clause};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a record that is judged otherwise goes from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Transition {
    /// Met before, failed now.
    Lost,
    /// Failed before, met now.
    Gained,
    /// Not asked before.
    NowAsked,
    /// Not asked any more.
    NoLongerAsked,
    /// A verdict that a record without uncertainty cannot have.
    Other,
}

/// What a replay saw of one clause.
pub(super) struct Seen {
    /// Records judged.
    pub count: usize,
    /// The ways in which they are judged otherwise.
    pub transitions: BTreeSet<Transition>,
}

/// Transitions in words.
pub(super) fn words(transitions: &BTreeSet<Transition>) -> String {
    let words: Vec<&str> = transitions
        .iter()
        .map(|transition| match transition {
            Transition::Lost => "met → failed",
            Transition::Gained => "failed → met",
            Transition::NowAsked => "not applicable → applicable",
            Transition::NoLongerAsked => "applicable → not applicable",
            Transition::Other => "a verdict that is neither met nor failed",
        })
        .collect();
    if words.is_empty() {
        "no change".to_owned()
    } else {
        words.join(", ")
    }
}

/// How a record goes from one clause to the other; `None` when nothing changes.
pub(super) fn transition(old: &Clause, new: &Clause, record: &Value) -> Option<Transition> {
    use ClauseStatus::{Failed, Met, NotApplicable};
    let judge = |clause| judge_clause(clause, record, DecisionRule::GuardBanded).verdict;
    match (judge(old), judge(new)) {
        (before, after) if before == after => None,
        (Met, Failed) => Some(Transition::Lost),
        (Failed, Met) => Some(Transition::Gained),
        (NotApplicable, _) => Some(Transition::NowAsked),
        (_, NotApplicable) => Some(Transition::NoLongerAsked),
        _ => Some(Transition::Other),
    }
}

/// Draws records for two versions of a clause and judges them under both.
pub(super) fn of_clause(old: &Clause, new: &Clause, situations: &Situations) -> Seen {
    let mut draw = Draw::seeded(&format!("{} {}", old.id, new.id));
    let mut common: Vec<Value> = situations.common().map(|s| s.record.clone()).collect();
    let mut transitions = BTreeSet::new();
    if common.is_empty() {
        return Seen {
            count: 0,
            transitions,
        };
    }
    for _ in 0..RECORDS {
        let place = draw.below(common.len());
        let record = &mut common[place];
        for clause in [old, new] {
            let value = draw.value(clause.field, &[old, new]);
            put(record, clause.field, value);
        }
        transitions.extend(transition(old, new, record));
    }
    Seen {
        count: RECORDS,
        transitions,
    }
}

/// What a replay saw of the standards as a whole, by a plain validator.
pub(super) struct Whole {
    /// Records judged.
    pub count: usize,
    lost: usize,
    gained: usize,
}

impl Whole {
    /// Where the whole file judges otherwise than the classes of its clauses admit.
    pub fn disagreements(&self, required: Bump) -> Vec<String> {
        let mut found = Vec::new();
        if self.lost > 0 && required < Bump::Major {
            found.push(format!(
                "{} of {} records cease to be accepted, and no change is one that does this",
                self.lost, self.count
            ));
        }
        if self.gained > 0 && required < Bump::Minor {
            found.push(format!(
                "{} of {} records are newly accepted, and no change is one that does this",
                self.gained, self.count
            ));
        }
        found
    }
}

/// Draws records with a few values off the base record and holds them against both files.
pub(super) fn of_standards(old: &Standard, new: &Standard, situations: &Situations) -> Whole {
    let mut draw = Draw::seeded(&old.header.series);
    let all: Vec<&Value> = situations.all.iter().map(|s| &s.record).collect();
    let clauses: Vec<&Clause> = old.clauses.iter().chain(&new.clauses).collect();
    let mut whole = Whole {
        count: 0,
        lost: 0,
        gained: 0,
    };
    if all.is_empty() || clauses.is_empty() {
        return whole;
    }
    for _ in 0..RECORDS {
        let mut record = draw.one(&all).clone();
        for _ in 0..=draw.below(2) {
            let field = draw.one(&clauses).field;
            let of_field: Vec<&Clause> = clauses
                .iter()
                .copied()
                .filter(|clause| clause.field.name == field.name)
                .collect();
            let value = draw.value(field, &of_field);
            put(&mut record, field, value);
        }
        whole.count += 1;
        match (conforms(old, &record), conforms(new, &record)) {
            (true, false) => whole.lost += 1,
            (false, true) => whole.gained += 1,
            _ => {}
        }
    }
    whole
}

/// Whether a record conforms: a plain validator accepts it, and something judged it unless that is a market.
fn conforms(standard: &Standard, record: &Value) -> bool {
    standard.accepts(record) && (standard.market.is_some() || judged(standard, record))
}

/// Puts an exact value.
pub(super) fn put(record: &mut Value, field: &Field, value: Value) {
    if value.is_number() {
        record["uncertainty"][field.name] = json!(0.0);
    }
    record[field.name] = value;
}

/// Random numbers by SplitMix64 (Steele, Lea, Flood, Fast splittable pseudorandom number generators,
/// 2014): a few lines, and the same on every machine.
struct Draw(u64);

impl Draw {
    /// The seed is the text (FNV-1a, Fowler, Noll and Vo 1991).
    fn seeded(text: &str) -> Draw {
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Draw(hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below the bound; the bias is far below one in a billion.
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// From 0 to below 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn one<'l, T: ?Sized>(&mut self, list: &[&'l T]) -> &'l T {
        list[self.below(list.len())]
    }

    /// A value that a record can hold: at a limit, one step off it, or somewhere around.
    fn value(&mut self, field: &Field, clauses: &[&Clause]) -> Value {
        match field.kind {
            Kind::Boolean => json!(self.below(2) == 0),
            Kind::Text => self.word(field, clauses),
            Kind::Number => self.number(field, clauses),
        }
    }

    fn word(&mut self, field: &Field, clauses: &[&Clause]) -> Value {
        let mut words: Vec<Value> = field.allowed.iter().map(|word| json!(word)).collect();
        if words.is_empty() {
            words.push(json!(OTHER_WORD));
            for clause in clauses {
                if let Limit::OneOf(more) = &clause.limit {
                    words.extend(more.clone());
                }
            }
        }
        words[self.below(words.len())].clone()
    }

    fn number(&mut self, field: &Field, clauses: &[&Clause]) -> Value {
        let mut limits = Vec::new();
        for clause in clauses.iter().filter(|c| c.field.name == field.name) {
            if let Limit::Bounds { lower, upper } = clause.limit {
                limits.extend(
                    [lower, upper]
                        .into_iter()
                        .flatten()
                        .map(|b| (b.value, clause.scale)),
                );
            }
        }
        let (limit, scale) = match limits.len() {
            0 => (1.0, 1.0),
            some => limits[self.below(some)],
        };
        if field.is_count() {
            let near = limit + self.below(7) as f64 - 3.0;
            return json!(near.max(0.0) as u64);
        }
        let size = if limit == 0.0 { scale } else { limit.abs() };
        let step = self.below(6);
        let number = match step {
            0 => limit,
            // One step of the rounding, on either side, for sizes just above and below.
            1 | 2 => {
                let digit = last_digit(size);
                let digit = if self.below(2) == 0 {
                    digit
                } else {
                    digit / 10.0
                };
                if step == 1 {
                    limit + digit
                } else {
                    limit - digit
                }
            }
            3 => limit + scale * (2.0 * self.unit() - 1.0),
            _ => limit + 3.0 * size.max(scale) * (2.0 * self.unit() - 1.0),
        };
        json!(round_significant(number, DIGITS))
    }
}

/// What the last of the record's digits of a number is worth, read from its decimal text.
fn last_digit(size: f64) -> f64 {
    let text = format!("{size:.*e}", DIGITS - 1);
    let exponent = text
        .rsplit('e')
        .next()
        .and_then(|digits| digits.parse::<i32>().ok());
    10_f64.powi(exponent.unwrap_or(0) + 1 - DIGITS as i32)
}
