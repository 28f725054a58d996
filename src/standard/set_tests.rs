use super::{Accepted, Interval};
use crate::record::field::{self, Field};
use crate::standard::Bound;
use serde_json::json;

const RATIO: &Field = &field::PEAK_TORQUE_TO_REQUIREMENT_RATIO;
const COUNT: &Field = &field::UNDECLARED_STAGE_COUNT;

fn at(value: f64) -> Option<Bound> {
    Some(Bound {
        value,
        inclusive: true,
    })
}

fn beyond(value: f64) -> Option<Bound> {
    Some(Bound {
        value,
        inclusive: false,
    })
}

fn between(lower: Option<Bound>, upper: Option<Bound>) -> Interval {
    Interval { lower, upper }
}

#[test]
fn an_exclusive_bound_and_the_next_number_of_a_record_are_the_same() {
    let (open, closed) = (between(beyond(0.95), None), between(at(0.950001), None));
    assert!(open.minus(&closed, RATIO).is_empty());
    assert!(closed.minus(&open, RATIO).is_empty());
    assert!(between(beyond(0.95), beyond(0.950001)).is_empty(RATIO));
    assert!(!between(beyond(0.95), beyond(0.950002)).is_empty(RATIO));
    // At zero there is no next number.
    assert!(!between(beyond(0.0), at(1e-9)).is_empty(RATIO));
    assert!(between(beyond(0.0), at(0.0)).is_empty(RATIO));
}

#[test]
fn a_difference_is_what_one_accepts_and_the_other_does_not() {
    let (old, new) = (between(at(0.95), at(1.1)), between(at(1.0), at(1.2)));
    assert_eq!(old.minus(&new, RATIO), [between(at(0.95), beyond(1.0))]);
    assert_eq!(new.minus(&old, RATIO), [between(beyond(1.1), at(1.2))]);
    assert_eq!(old.minus(&new, RATIO)[0].last(RATIO), Some(0.999999));
    assert!(old.minus(&old, RATIO).is_empty());
    assert!(between(at(2.0), at(1.0)).is_empty(RATIO));
}

#[test]
fn counts_are_whole_and_not_negative() {
    assert!(between(beyond(1.0), beyond(2.0)).is_empty(COUNT));
    assert!(between(None, beyond(0.0)).is_empty(COUNT));
    assert!(Accepted::Numbers(between(at(0.0), None)).is_everything(COUNT));
    assert!(Accepted::Numbers(between(beyond(-1.0), None)).is_everything(COUNT));
    assert!(!Accepted::Numbers(between(at(1.0), None)).is_everything(COUNT));
    assert!(!Accepted::Numbers(between(at(0.0), None)).is_everything(RATIO));
}

#[test]
fn words_are_sets_too() {
    let kind = &field::MAGNET_DATA_KIND;
    let all = Accepted::Words(kind.allowed.iter().map(|word| json!(word)).collect());
    let one = Accepted::Words(vec![json!("minimum")]);
    assert!(all.is_everything(kind) && !one.is_everything(kind));
    assert_eq!(all.minus(&one, kind).words.len(), 3);
    assert!(one.minus(&all, kind).is_empty());
    assert!(one.excludes(&Accepted::Words(vec![json!("typical")]), kind));
}

/// Of every interval that has a bound and is not empty a value can be shown, and it lies within.
#[test]
fn what_is_not_empty_has_an_example() {
    let ends = [-1.0, 0.0, 1e-9, 0.95, 2.0];
    let bounds = || {
        let some = ends.iter().flat_map(|end| [at(*end), beyond(*end)]);
        std::iter::once(None).chain(some)
    };
    let mut shown = 0;
    for field in [RATIO, COUNT] {
        for (lower, upper) in bounds().flat_map(|lower| bounds().map(move |upper| (lower, upper))) {
            let interval = between(lower, upper);
            let samples = interval.samples(field);
            if interval.is_empty(field) || (lower.is_none() && upper.is_none()) {
                continue;
            }
            assert!(!samples.is_empty(), "{interval:?}");
            for sample in samples {
                let one = between(at(sample), at(sample));
                assert!(
                    one.minus(&interval, field).is_empty(),
                    "{sample} {interval:?}"
                );
                shown += 1;
            }
        }
    }
    assert!(shown > 100);
}
