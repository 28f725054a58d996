use super::decide;
use crate::standard::{Bound, Margin};
use crate::verdict::ClauseStatus::{self, Failed, Met, Undecided};
use crate::verdict::DecisionRule::{self, GuardBanded, Simple};

fn at(value: f64, inclusive: bool, uncertainty: f64, rule: DecisionRule) -> ClauseStatus {
    decide(
        Margin {
            value,
            bound: Bound {
                value: 1.0,
                inclusive,
            },
        },
        uncertainty,
        rule,
    )
}

#[test]
fn the_guard_band_is_the_table_of_the_decision_rule() {
    let table = [
        // margin, inclusive, U, guard banded, simple
        (0.0, true, 0.0, Met, Met),
        (0.0, false, 0.0, Failed, Failed),
        (1e-6, true, 0.0, Met, Met),
        (-1e-6, true, 0.0, Failed, Failed),
        (1e-6, false, 0.0, Met, Met),
        (0.02, true, 0.02, Met, Met),
        (0.03, true, 0.02, Met, Met),
        (0.019_999_9, true, 0.02, Undecided, Met),
        (0.0, true, 0.02, Undecided, Met),
        (0.0, false, 0.02, Undecided, Failed),
        (-0.019_999_9, true, 0.02, Undecided, Failed),
        (-0.02, true, 0.02, Failed, Failed),
        (-0.03, false, 0.02, Failed, Failed),
        (0.02, false, 0.02, Met, Met),
    ];
    for (margin, inclusive, uncertainty, guarded, simple) in table {
        let case = format!("margin {margin}, inclusive {inclusive}, U {uncertainty}");
        assert_eq!(
            at(margin, inclusive, uncertainty, GuardBanded),
            guarded,
            "{case}"
        );
        assert_eq!(
            at(margin, inclusive, uncertainty, Simple),
            simple,
            "{case}, simple"
        );
    }
}
