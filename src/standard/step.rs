//! The neighbours of a limit among the numbers that a record can hold.

use super::clause::Bound;
use crate::record::{DIGITS, field::Field};
use crate::unit::round_significant;

/// The last value within a bound and the first beyond it, one step of the record's rounding apart.
/// Around zero, where the rounding has no step, the step at `scale` stands in; a count steps by one.
pub(super) fn either_side(field: &Field, bound: Bound, scale: f64, upper: bool) -> (f64, f64) {
    let outward = if upper { 1.0 } else { -1.0 };
    let limit = bound.value;
    if bound.inclusive {
        (limit, neighbour(field, limit, scale, outward))
    } else {
        (neighbour(field, limit, scale, -outward), limit)
    }
}

fn neighbour(field: &Field, limit: f64, scale: f64, direction: f64) -> f64 {
    if field.is_count() {
        return limit + direction;
    }
    let size = if limit == 0.0 { scale } else { limit.abs() };
    let mut exponent = decade(size);
    // Towards zero from a power of ten the numbers lie ten times closer.
    let toward_zero = limit * direction < 0.0;
    if toward_zero && is_power_of_ten(limit.abs()) {
        exponent -= 1;
    }
    let step = format!("1e{}", exponent + 1 - DIGITS as i32)
        .parse()
        .unwrap_or(f64::NAN);
    round_significant(limit + direction * step, DIGITS)
}

/// Exponent of the leading decimal digit, read from the decimal text so that 1000 is never 2.999….
fn decade(size: f64) -> i32 {
    let text = format!("{size:e}");
    text.rsplit('e')
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

fn is_power_of_ten(size: f64) -> bool {
    format!("{size:e}").starts_with("1e")
}

#[cfg(test)]
mod tests {
    use super::{Bound, either_side};
    use crate::record::field;

    #[test]
    fn neighbours_are_one_step_of_the_rounding_away() {
        let ratio = &field::PEAK_TORQUE_TO_REQUIREMENT_RATIO;
        let at = |value, inclusive| Bound { value, inclusive };
        assert_eq!(
            either_side(ratio, at(1.17, true), 1.0, false),
            (1.17, 1.16999)
        );
        assert_eq!(
            either_side(ratio, at(1.0, true), 1.0, false),
            (1.0, 0.999999)
        );
        assert_eq!(either_side(ratio, at(1.0, true), 1.0, true), (1.0, 1.00001));
        assert_eq!(
            either_side(ratio, at(0.95, false), 1.0, false),
            (0.950001, 0.95)
        );
        assert_eq!(
            either_side(ratio, at(-40.0, true), 1.0, true),
            (-40.0, -39.9999)
        );
        assert_eq!(
            either_side(ratio, at(1990.0, true), 1.0, false),
            (1990.0, 1989.99)
        );
        assert_eq!(either_side(ratio, at(0.0, true), 0.1, false), (0.0, -1e-6));
        assert_eq!(
            either_side(ratio, at(0.001, true), 1.0, true),
            (0.001, 0.00100001)
        );
        let count = &field::UNDECLARED_STAGE_COUNT;
        assert_eq!(either_side(count, at(0.0, true), 1.0, true), (0.0, 1.0));
        assert_eq!(either_side(count, at(2.0, true), 1.0, false), (2.0, 1.0));
    }
}
