//! Search along one current: where something is highest, and where it stops being true.

/// Steps of a golden section; each leaves 0.618 of the stretch.
const SECTIONS: usize = 40;
/// Halvings of a stretch.
const HALVINGS: usize = 48;

/// Where a quantity with one maximum between two places is highest, by golden section (J. Kiefer, "Sequential
/// minimax search for a maximum", Proc. Amer. Math. Soc. 4 (1953) 502-506).
pub(super) fn highest(mut low: f64, mut high: f64, value: impl Fn(f64) -> f64) -> f64 {
    let ratio = 0.5 * (5.0_f64.sqrt() - 1.0);
    for _ in 0..SECTIONS {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if value(a) >= value(b) {
            high = b;
        } else {
            low = a;
        }
    }
    0.5 * (low + high)
}

/// The last place at which something still holds, from one where it does towards one where it does not.
pub(super) fn edge(mut holding: f64, mut failing: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = 0.5 * (holding + failing);
        if holds(middle) {
            holding = middle;
        } else {
            failing = middle;
        }
    }
    holding
}

/// Where a quantity passes zero, from the side on which it is not negative, between a place on that side and one on the
/// other: within `close` above zero, by the Illinois method (M. Dowell, P. Jarratt, "A modified regula falsi method for
/// computing the root of an equation", BIT 11 (1971) 168-174).
pub(super) fn crossing(above: f64, below: f64, close: f64, value: impl Fn(f64) -> f64) -> f64 {
    let (mut above, mut below) = ((above, value(above)), (below, value(below)));
    let mut best = above;
    let mut moved = None;
    for _ in 0..2 * HALVINGS {
        if best.1 <= close {
            break;
        }
        let x = (below.0 * above.1 - above.0 * below.1) / (above.1 - below.1);
        let here = (x, value(x));
        let holds = here.1 >= 0.0;
        // An end that stands still while the other moves twice counts half, or it would stand for ever.
        let again = moved == Some(holds);
        if holds {
            (above, best) = (here, here);
            below.1 *= if again { 0.5 } else { 1.0 };
        } else {
            below = here;
            above.1 *= if again { 0.5 } else { 1.0 };
        }
        moved = Some(holds);
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maximum_an_edge_and_a_crossing_are_found() {
        let top = highest(-1.0, 3.0, |x| -(x - 0.7).powi(2));
        assert!((top - 0.7).abs() < 1e-6, "{top}");
        let last = edge(0.0, 5.0, |x| x * x <= 2.0);
        assert!(last * last <= 2.0 && (last - 2.0_f64.sqrt()).abs() < 1e-12);
        for power in [1, 3, 9] {
            let value = |x: f64| x.powi(power) - 0.3;
            let root = crossing(2.0, 0.0, 1e-9, value);
            assert!((0.0..=1e-9).contains(&value(root)), "{power}: {root}");
        }
    }
}
