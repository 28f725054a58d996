//! Random schemes and tables: balanced, or refused with neighbours that work.

use super::nearest::{Neighbour, nearest, path_numbers};
use super::tests::{laid, paths, scheme};
use super::*;
use proptest::prelude::*;

/// Every combination that the random test may draw.
fn any_scheme() -> impl Strategy<Value = WindingScheme> {
    (
        3_usize..=72,
        1_usize..=16,
        1_usize..=2,
        1_usize..=3,
        1_usize..=4,
        0.0_f64..1.6,
    )
        .prop_map(
            |(slots, pairs, layers, phase_sets, parallel_paths, pitch)| WindingScheme {
                slots,
                poles: 2 * pairs,
                layers,
                coil_pitch: ((pitch * slots as f64 / (2 * pairs) as f64).round() as usize).max(1),
                turns_per_coil: 7.0,
                parallel_paths,
                phase_sets,
            },
        )
}

pub(super) fn holds(layout: &Layout) -> Result<(), TestCaseError> {
    let WindingScheme {
        slots,
        poles,
        phase_sets,
        ..
    } = layout.scheme;
    let pairs = poles / 2;
    let size = |(re, im): (f64, f64)| re.hypot(im);
    let first = size(layout.phasor(0, pairs));
    for phase in 0..3 * phase_sets {
        prop_assert!((size(layout.phasor(phase, pairs)) - first).abs() < 1e-9 * first);
        let sides = layout.slots.iter().flatten().filter(|s| s.phase == phase);
        let sum: f64 = sides.map(|s| s.conductors).sum();
        prop_assert!(sum.abs() < 1e-9, "phase {phase} does not close: {sum}");
    }
    // No multiple of three of the pole pairs in the sum of a set fed in phase, none of the others in a
    // set fed with one current: that is what 120° mean for every harmonic.
    for set in 0..phase_sets {
        for harmonic in [1, 2, 4, 5, 7] {
            let (mut re, mut im) = (0.0, 0.0);
            for k in 0..3 {
                let (a, b) = layout.phasor(3 * set + k, harmonic * pairs);
                re += a;
                im += b;
            }
            prop_assert!(re.hypot(im) < 1e-9 * layout.total(0), "harmonic {harmonic}");
        }
    }
    let (sectors, sign) = layout.sectors();
    prop_assert!(slots % sectors == 0 && poles % sectors == 0);
    prop_assert_eq!(sign < 0.0, (poles / sectors) % 2 == 1);
    for (q, sides) in layout.slots.iter().enumerate() {
        let next = &layout.slots[(q + slots / sectors) % slots];
        for (a, b) in sides.iter().zip(next) {
            prop_assert!(a.phase == b.phase && a.conductors * sign == b.conductors);
        }
    }
    let again = table::layout(layout.scheme, &layout.table());
    prop_assert_eq!(again.as_ref(), Ok(layout));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_layout_is_balanced_or_refused_with_neighbours_that_work(of in any_scheme()) {
        match layout(of) {
            Ok(layout) => holds(&layout)?,
            Err(WindingError::Paths { groups, .. }) => {
                for n in path_numbers(groups) {
                    prop_assert!(layout(paths(n, of)).is_ok());
                }
            }
            Err(_) => {
                let found = nearest(&of);
                prop_assert!(found.len() <= 4);
                for Neighbour { scheme, factor } in found {
                    let layout = layout(scheme);
                    prop_assert!(layout.is_ok(), "{scheme:?}");
                    prop_assert_eq!(layout.map(|l| l.factor(1)), Ok(factor));
                    prop_assert!(scheme != of);
                }
            }
        }
    }

    /// Whatever is written in a table, it is refused or it is a winding.
    #[test]
    fn a_random_table_is_refused_or_balanced(words in prop::collection::vec(0_usize..7, 12), shift in 0_usize..12) {
        const WORDS: [&str; 7] = ["A+", "A-", "B+", "B-", "C+", "C-", ""];
        let random: Vec<&str> = words.iter().map(|w| WORDS[*w]).collect();
        let of = scheme(12, 4, 1, 3);
        if let Ok(layout) = table::layout(of, &random) {
            holds(&layout)?;
        }
        // A turned table is the same winding with its axis turned.
        let star = laid(of);
        let mut table = star.table();
        table.rotate_right(shift);
        let turned = table::layout(of, &table).expect("balanced");
        holds(&turned)?;
        prop_assert!((turned.factor(1) - star.factor(1)).abs() < 1e-12);
    }
}
