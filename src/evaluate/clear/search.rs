//! The smallest change of one number that brings a choke point back within its limit.

use super::parameter::{Group, Parameter};
use crate::choke::ChokePoint;

/// A change, and the margin that the point has with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    pub(super) parameter: Parameter,
    pub(super) to: f64,
    pub(super) margin_ratio: f64,
}

/// A machine with a change beyond the one that is looked for: the next is this much larger than what the last two say.
const BEYOND: f64 = 1.02;
/// Solutions on the way to a change that clears, and from there back to the smallest.
const ATTEMPTS: usize = 6;
/// A change is the smallest when none smaller by this share of it is known to clear.
const NEAR: f64 = 0.02;

/// The point of a mechanism and place in a list.
pub(super) fn found<'p>(points: &'p [ChokePoint], wanted: &ChokePoint) -> Option<&'p ChokePoint> {
    points
        .iter()
        .find(|p| p.mechanism == wanted.mechanism && p.key == wanted.key)
}

/// The smallest change of a parameter with which `margin` is not negative, from a margin `now` with nothing changed and
/// the slope of the margin by the parameter. `margin` solves a machine with the parameter at a value; it gives nothing
/// where there is no such machine.
pub(super) fn smallest(
    parameter: &Parameter,
    (now, slope): (f64, f64),
    group: Group,
    margin: impl Fn(f64) -> Option<f64>,
) -> Option<Change> {
    let reach = group.reach() * parameter.from.abs();
    let mut step = -now / slope * BEYOND;
    let mut short = (parameter.from, now);
    let mut clear = None;
    for _ in 0..ATTEMPTS {
        let to = parameter.outward(parameter.from + step);
        if (to - parameter.from).abs() > reach {
            return None;
        }
        let reached = margin(to)?;
        if reached >= 0.0 {
            clear = Some((to, reached));
            break;
        }
        // Further by what the last step gained, and at least by a tenth.
        let gained = (reached - now) / now.abs();
        step *= if gained > 0.0 {
            (BEYOND / gained).clamp(1.1, 3.0)
        } else {
            3.0
        };
        short = (to, reached);
    }
    let (mut to, mut reached) = clear?;
    for _ in 0..ATTEMPTS {
        let width = (to - short.0).abs();
        let least = parameter.unit().max(NEAR * (to - parameter.from).abs());
        if width <= least * (1.0 + 1e-9) {
            break;
        }
        // Where a straight line between the two meets the limit, kept off both ends.
        let share = (-short.1 / (reached - short.1)).clamp(0.1, 1.0 - NEAR);
        let between = parameter.outward(short.0 + share * (to - short.0));
        if between == to || between == short.0 {
            break;
        }
        match margin(between)? {
            at if at >= 0.0 => (to, reached) = (between, at),
            at => short = (between, at),
        }
    }
    Some(Change {
        parameter: parameter.clone(),
        to,
        margin_ratio: reached,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;

    /// How large a change is, over what is changed.
    fn size(change: &Change) -> f64 {
        (change.to / change.parameter.from - 1.0).abs()
    }

    fn parameter(from: f64) -> Parameter {
        Parameter {
            pointer: "/p".to_owned(),
            from,
            whole: false,
        }
    }

    proptest! {
        /// On any bent rising law: what is found clears, and a hundredth of the way back but two it does not.
        #[test]
        fn the_smallest_change_clears_and_less_does_not(
            from in 0.5..200.0_f64,
            need in 0.005..0.4_f64,
            bend in -0.6..2.0_f64,
            tilt in 0.7..1.4_f64,
            up in any::<bool>(),
        ) {
            let law = |to: f64| {
                let x = (to / from - 1.0).abs() / need;
                (x + bend * x * (x - 1.0) * 0.5).min(3.0) - 1.0
            };
            let sign = if up { 1.0 } else { -1.0 };
            let slope = sign * tilt * (1.0 - 0.5 * bend).max(0.2) / (need * from);
            let solved = Cell::new(0);
            let p = parameter(from);
            let found = smallest(&p, (-1.0, slope), Group::Dimensions, |to| {
                solved.set(solved.get() + 1);
                let outside = up != (to > from);
                Some(if outside { -1.0 } else { law(to) })
            });
            prop_assert!(solved.get() <= 2 * ATTEMPTS);
            if let Some(change) = found {
                prop_assert!(law(change.to) >= 0.0);
                prop_assert_eq!(change.margin_ratio, law(change.to));
                // A tenth of a bracket a step, six steps: never more than that beyond what is needed.
                prop_assert!(size(&change) <= 2.0 * need + 2.0 * p.unit() / from, "{} {need}", size(&change));
            }
        }
    }

    /// On a straight law the change is within two hundredths of the smallest.
    #[test]
    fn a_straight_law_is_met_closely() {
        for (from, need) in [(6.5, 0.03), (161.9, -0.02), (9.0, 0.2)] {
            let p = parameter(from);
            let margin = |to: f64| Some((to / from - 1.0) / need - 1.0);
            let change =
                smallest(&p, (-1.0, 1.0 / (need * from)), Group::Dimensions, margin).unwrap();
            let over = size(&change) / need.abs() - 1.0;
            assert!((0.0..0.03).contains(&over), "{from}: {over}");
        }
    }

    #[test]
    fn what_is_too_far_or_cannot_be_built_is_no_change() {
        let p = parameter(10.0);
        let never = |_| Some(-1.0);
        assert_eq!(smallest(&p, (-1.0, 1.0), Group::Dimensions, never), None);
        assert_eq!(
            smallest(&p, (-1.0, 0.1), Group::Dimensions, |_| Some(1.0)),
            None
        );
        assert_eq!(smallest(&p, (-1.0, 1.0), Group::Dimensions, |_| None), None);
    }
}
