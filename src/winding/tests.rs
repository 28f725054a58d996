use super::nearest::{nearest, path_numbers};
use super::property_tests::holds;
use super::table::{self, TableError};
use super::*;

pub(super) fn scheme(
    slots: usize,
    poles: usize,
    layers: usize,
    coil_pitch: usize,
) -> WindingScheme {
    WindingScheme {
        slots,
        poles,
        layers,
        coil_pitch,
        turns_per_coil: 1.0,
        parallel_paths: 1,
        phase_sets: 1,
    }
}

fn sets(phase_sets: usize, scheme: WindingScheme) -> WindingScheme {
    WindingScheme {
        phase_sets,
        ..scheme
    }
}

pub(super) fn paths(parallel_paths: usize, scheme: WindingScheme) -> WindingScheme {
    WindingScheme {
        parallel_paths,
        ..scheme
    }
}

#[track_caller]
pub(super) fn laid(scheme: WindingScheme) -> Layout {
    layout(scheme).unwrap_or_else(|e| panic!("{scheme:?}: {e}"))
}

/// F. Libert, J. Soulard, "Investigation on pole-slot combinations for permanent-magnet machines with
/// concentrated windings", ICEM 2004, tables of winding factors; J. Cros, P. Viarouge, "Synthesis of high
/// performance PM motors with concentrated windings", IEEE Trans. Energy Conv. 17 (2002) 248-253, table
/// I; J. Pyrhönen, T. Jokinen, V. Hrabovcová, "Design of Rotating Electrical Machines", 2nd ed., Wiley
/// 2014, tables 2.1 to 2.3 and 2.9.
#[test]
fn winding_factors_of_text_books() {
    for (s, p, l, y, k) in [
        // Two layers of tooth coils.
        (3, 2, 2, 1, 0.866),
        (6, 4, 2, 1, 0.866),
        (9, 6, 2, 1, 0.866),
        (9, 8, 2, 1, 0.945),
        (9, 10, 2, 1, 0.945),
        (9, 12, 2, 1, 0.866),
        (12, 8, 2, 1, 0.866),
        (12, 10, 2, 1, 0.933),
        (12, 14, 2, 1, 0.933),
        (12, 16, 2, 1, 0.866),
        (15, 14, 2, 1, 0.951),
        (15, 16, 2, 1, 0.951),
        (18, 14, 2, 1, 0.902),
        (18, 16, 2, 1, 0.945),
        (18, 20, 2, 1, 0.945),
        (21, 16, 2, 1, 0.890),
        (21, 20, 2, 1, 0.953),
        (24, 16, 2, 1, 0.866),
        (24, 20, 2, 1, 0.933),
        (24, 22, 2, 1, 0.949),
        (24, 26, 2, 1, 0.949),
        (24, 28, 2, 1, 0.933),
        (27, 24, 2, 1, 0.945),
        // One layer of tooth coils, every second tooth wound.
        (6, 4, 1, 1, 0.866),
        (12, 8, 1, 1, 0.866),
        (12, 10, 1, 1, 0.966),
        (12, 14, 1, 1, 0.966),
        (18, 14, 1, 1, 0.902),
        (18, 16, 1, 1, 0.945),
        (24, 20, 1, 1, 0.966),
        (24, 22, 1, 1, 0.958),
        (24, 28, 1, 1, 0.966),
        // Distributed, full pitch and chorded.
        (12, 4, 1, 3, 1.0),
        (36, 12, 1, 3, 1.0),
        (48, 8, 1, 6, 0.966),
        (36, 6, 1, 6, 0.966),
        (54, 6, 1, 9, 0.960),
        (48, 4, 1, 12, 0.958),
        (48, 8, 2, 5, 0.933),
        (96, 16, 2, 5, 0.933),
        (54, 6, 2, 8, 0.945),
        (27, 6, 2, 4, 0.945),
    ] {
        let factor = laid(scheme(s, p, l, y)).factor(1);
        assert!(
            (factor - k).abs() < 5.1e-4,
            "{s} slots {p} poles {l} layers pitch {y}: {factor}"
        );
    }
}

/// Harmonics by the textbook product of distribution factor sin(ν q α/2) / (q sin(ν α/2)) and pitch
/// factor sin(ν y/τ π/2) of integral-slot windings (Pyrhönen and others, eqs. (2.24) and (2.32)).
#[test]
fn harmonics_are_those_of_distribution_and_pitch() {
    for (slots, poles, layers, pitch) in [
        (48, 8, 1, 6),
        (48, 8, 2, 5),
        (48, 8, 2, 4),
        (36, 6, 1, 6),
        (54, 6, 2, 7),
        (36, 12, 1, 3),
        (12, 4, 2, 2),
    ] {
        let layout = laid(scheme(slots, poles, layers, pitch));
        let q = slots as f64 / (3 * poles) as f64;
        let alpha = PI * poles as f64 / slots as f64;
        for harmonic in [1, 3, 5, 7, 11, 13, 17, 19, 23, 25] {
            let h = harmonic as f64;
            let distribution = (h * q * alpha / 2.0).sin() / (q * (h * alpha / 2.0).sin());
            let chord = (h * pitch as f64 * alpha / 2.0).sin();
            let expected = (distribution * chord).abs();
            let found = layout.factor(harmonic);
            assert!(
                (found - expected).abs() < 1e-9,
                "{slots} slots {poles} poles pitch {pitch}, harmonic {harmonic}: {found} {expected}"
            );
        }
    }
    // As printed: q = 2 has 0.259 in the 5th and 7th; chording by 5/6 takes them to 0.067.
    for harmonic in [5, 7] {
        let full = laid(scheme(48, 8, 1, 6)).factor(harmonic);
        let chorded = laid(scheme(48, 8, 2, 5)).factor(harmonic);
        assert!((full - 0.2588).abs() < 1e-4 && (chorded - 0.0670).abs() < 1e-4);
    }
}

/// Orders of 12 slots and 10 poles (Bianchi and others 2006, table II): two layers damp the first order,
/// one layer leaves it at 0.259; the seventh is as strong as the working fifth; even ones vanish in two
/// layers.
#[test]
fn sub_harmonics_are_counted_in_periods_of_a_turn() {
    let (two, one) = (laid(scheme(12, 10, 2, 1)), laid(scheme(12, 10, 1, 1)));
    for (order, k) in [(1, 0.0670), (5, 0.9330), (7, 0.9330), (11, 0.0670)] {
        assert!((two.factor_of_order(order) - k).abs() < 1e-4, "{order}");
    }
    for (order, k) in [(1, 0.2588), (5, 0.9659), (7, 0.9659)] {
        assert!((one.factor_of_order(order) - k).abs() < 1e-4, "{order}");
    }
    for order in [2, 4, 6, 8] {
        assert!(two.factor_of_order(order) < 1e-12);
    }
    assert_eq!(two.factor(1), two.factor_of_order(5));
}

#[test]
fn tooth_coils_lie_beside_their_tooth() {
    // A coil begins in a slot next to the following tooth (side 1) and ends next to it in the following
    // slot (side 0).
    let two = laid(scheme(12, 10, 2, 1)).table();
    assert_eq!(&two[..4], ["A+ A+", "A- B+", "B- B-", "B+ C-"]);
    // One layer: tooth and tooth again, here those after the odd slots and that before the first.
    let one = laid(scheme(12, 10, 1, 1)).table();
    assert_eq!(&one[..4], ["A+", "B+", "B-", "C-"]);
}

/// Two sets on six slots a pole are the asymmetrical six-phase winding, three on nine the nine-phase one:
/// one slot a pole and phase each (E. Levi, R. Bojoi, F. Profumo, H. A. Toliyat, S. Williamson,
/// "Multiphase induction motor drives: a technology status review", IET Electr. Power Appl. 1 (2007)
/// 489-516, section 2).
#[test]
fn sets_lie_sixty_degrees_over_their_number_apart() {
    for (count, of, factor) in [
        (2, scheme(48, 8, 1, 6), 1.0),
        (2, scheme(48, 8, 2, 5), 0.9659),
        (3, scheme(72, 8, 1, 9), 1.0),
        (4, scheme(96, 8, 2, 12), 1.0),
        (3, scheme(9, 8, 2, 1), 0.9848),
        (2, scheme(12, 10, 2, 1), 0.9659),
        (2, scheme(24, 20, 2, 1), 0.9659),
        (2, scheme(24, 10, 2, 2), 0.9577),
    ] {
        let layout = laid(sets(count, of));
        assert!((layout.factor(1) - factor).abs() < 1e-4, "{of:?}");
        let axes = layout.axes();
        assert_eq!(axes.len(), count);
        for (set, axis) in axes.iter().enumerate() {
            let ahead = (axis.axis - axes[0].axis).rem_euclid(TAU);
            let expected = set as f64 * PI / 3.0 / count as f64;
            assert!((ahead - expected).abs() < 1e-9, "{of:?}: {axes:?}");
            assert_eq!(axis.sense, 1.0);
        }
    }
    // Two sets do not come out equal on nine slots or on five a pole pair.
    assert!(matches!(
        layout(sets(2, scheme(9, 8, 2, 1))),
        Err(WindingError::Unbalanced { sets: 2, .. })
    ));
    assert_eq!(
        layout(sets(9, scheme(108, 4, 2, 27))),
        Err(WindingError::Sets(9))
    );
    assert_eq!(
        layout(sets(0, scheme(48, 8, 2, 5))),
        Err(WindingError::Sets(0))
    );
}

#[test]
fn sectors_repeat_with_the_sign_of_their_poles() {
    for (of, sectors) in [
        (scheme(48, 8, 1, 6), (8, -1.0)),
        (scheme(12, 10, 2, 1), (2, -1.0)),
        (scheme(12, 10, 1, 1), (2, -1.0)),
        (scheme(9, 8, 2, 1), (1, 1.0)),
        (scheme(15, 14, 2, 1), (1, 1.0)),
        (scheme(24, 16, 2, 1), (8, 1.0)),
        (scheme(96, 16, 2, 5), (16, -1.0)),
        (sets(2, scheme(48, 8, 2, 5)), (8, -1.0)),
    ] {
        assert_eq!(laid(of).sectors(), sectors, "{of:?}");
    }
}

#[test]
fn impossible_windings_are_refused() {
    type E = WindingError;
    let refused = |of| layout(of).expect_err("refused");
    for of in [
        scheme(10, 8, 2, 1),
        scheme(16, 10, 2, 1),
        scheme(24, 18, 2, 1),
    ] {
        assert!(matches!(refused(of), E::Unbalanced { .. }), "{of:?}");
    }
    assert!(matches!(refused(scheme(12, 8, 3, 1)), E::Layers(3)));
    assert!(matches!(refused(scheme(12, 8, 2, 0)), E::Pitch { .. }));
    assert!(matches!(refused(scheme(48, 8, 2, 40)), E::Pitch { .. }));
    // No coil of an even pitch joins belts of two slots with nothing between; nine slots hold no whole
    // number of coils of one layer.
    assert!(matches!(refused(scheme(48, 8, 1, 2)), E::Unpaired { .. }));
    assert!(matches!(refused(scheme(9, 8, 1, 1)), E::Unpaired { .. }));
    // A pitch that was slipped: two coils a pole and phase, each around one of six teeth.
    assert!(matches!(refused(scheme(48, 8, 1, 1)), E::Unpaired { .. }));
    assert!(matches!(refused(scheme(96, 8, 2, 1)), E::Weak { .. }));
}

#[test]
fn parallel_paths_share_equal_groups() {
    for (of, groups) in [
        (scheme(48, 8, 1, 6), 4),
        (scheme(48, 8, 2, 5), 8),
        (scheme(12, 10, 2, 1), 2),
        (scheme(12, 10, 1, 1), 2),
        (scheme(12, 8, 1, 1), 2),
        (scheme(24, 20, 1, 1), 4),
        (scheme(36, 12, 1, 3), 6),
        (scheme(27, 6, 2, 4), 3),
        // The three coils of a phase differ in angle.
        (scheme(9, 8, 2, 1), 1),
        (sets(2, scheme(48, 8, 2, 5)), 8),
        (sets(2, scheme(48, 8, 1, 6)), 4),
    ] {
        for n in 1..=9 {
            let found = layout(paths(n, of));
            let expected = path_numbers(groups).contains(&n);
            assert_eq!(found.is_ok(), expected, "{of:?} with {n} paths: {found:?}");
            if let Err(error) = found {
                assert_eq!(error, WindingError::Paths { paths: n, groups });
            }
        }
    }
    assert!(layout(paths(0, scheme(48, 8, 1, 6))).is_err());
}

#[test]
fn a_layout_written_as_a_table_is_read_as_the_same_layout() {
    for of in [
        scheme(48, 8, 2, 5),
        scheme(12, 10, 1, 1),
        scheme(9, 8, 2, 1),
        sets(3, scheme(72, 8, 1, 9)),
        paths(4, sets(2, scheme(48, 8, 2, 5))),
    ] {
        let by_star = laid(of);
        let by_table = table::layout(of, &by_star.table()).expect("balanced");
        assert_eq!(by_star, by_table);
    }
}

fn table_of(of: WindingScheme, text: &str) -> Result<Layout, WindingError> {
    let table: Vec<&str> = text.split(',').map(str::trim).collect();
    table::layout(of, &table)
}

#[test]
fn a_table_may_do_what_the_star_does_not() {
    // Phases named the other way round: the same winding with the sense of its phases turned.
    let four = scheme(6, 2, 1, 3);
    let star = laid(four);
    assert_eq!(star.table().join(","), "A+,C-,B+,A-,C+,B-");
    let turned = table_of(four, "A+,B-,C+,A-,B+,C-").expect("balanced");
    assert_eq!(turned.axes()[0].sense, -1.0);
    assert_eq!(turned.axes()[0].axis, star.axes()[0].axis);
    // A slot in two empty: three of six teeth, coils on them.
    let empty = table_of(scheme(12, 2, 1, 6), "A+,,C-,,B+,,A-,,C+,,B-,").expect("balanced");
    assert!((empty.factor(1) - 1.0).abs() < 1e-12);
    assert_eq!(empty.table()[1], "-");
    let half_empty =
        table_of(scheme(6, 2, 2, 3), "A+ -,C- -,B+ -,A- -,C+ -,B- -").expect("balanced");
    assert_eq!(half_empty.series_turns(), star.series_turns());
    // Each half of the machine carries a set of its own, in the same angle.
    let halves = "A+,C-,B+,A-,C+,B-,D+,F-,E+,D-,F+,E-";
    let two = table_of(sets(2, scheme(12, 4, 1, 3)), halves).expect("balanced");
    let [first, second] = two.axes()[..] else {
        panic!("two sets");
    };
    assert!((first.axis - second.axis).rem_euclid(TAU).min(1.0) < 1e-9);
    assert_eq!(two.sectors(), (1, 1.0));
}

#[test]
fn tables_that_are_wrong_are_refused_with_every_entry() {
    let of = scheme(6, 2, 1, 3);
    let faults = |text: &str| {
        let table: Vec<&str> = text.split(',').collect();
        table::read(&of, &table).expect_err("refused")
    };
    let found = faults("A+,D-,B+ B+,a-,C+");
    let kinds: Vec<Option<usize>> = found.iter().map(TableError::slot).collect();
    assert_eq!(kinds, [None, Some(1), Some(2), Some(3)]);
    assert!(matches!(
        found[0],
        TableError::Length {
            entries: 5,
            slots: 6
        }
    ));
    assert!(matches!(
        found[1],
        TableError::Phase {
            letter: 'D',
            last: 'C',
            ..
        }
    ));
    assert!(matches!(found[2], TableError::Sides { sides: 2, .. }));
    assert!(matches!(found[3], TableError::Word { .. }));
    assert_eq!(
        faults("A+,C-,B+,A-,C+,B+"),
        [TableError::Open {
            letter: 'B',
            forward: 2,
            back: 0
        }]
    );
    assert_eq!(faults("A+,,B+,A-,,B-").len(), 1, "phase C is missing");
    for hostile in [
        "A+,C-,B+,A-,C+,B−",
        "A+,C-,B+,A-,C+,--",
        "A+,C-,B+,A-,C+,B+-",
    ] {
        assert!(matches!(
            faults(hostile)[..],
            [TableError::Word { slot: 5, .. }]
        ));
    }
    let refused = |text| table_of(of, text).expect_err("refused");
    assert!(matches!(
        refused("A+,A-,B+,C+,B-,C-"),
        WindingError::Unbalanced { .. }
    ));
}

/// End turns shorter than the sides allow would flatter the copper loss.
#[test]
fn a_table_needs_coils_that_reach() {
    for (of, least) in [
        // Each side joins the nearer of its two neighbours: 1 and 6, 0 and -5.
        (scheme(48, 8, 1, 6), 5.0),
        (scheme(36, 12, 1, 3), 3.0),
        (scheme(48, 8, 2, 5), 5.0),
        (scheme(12, 10, 2, 1), 1.0),
        (scheme(12, 10, 1, 1), 1.0),
        (sets(2, scheme(48, 8, 1, 6)), 6.0),
    ] {
        let table = laid(of).table();
        for pitch in 1..=7 {
            let found = table::layout(
                WindingScheme {
                    coil_pitch: pitch,
                    ..of
                },
                &table,
            );
            match found {
                Ok(_) => assert!(pitch as f64 >= least, "{of:?} with pitch {pitch}"),
                Err(WindingError::Short { least: told, .. }) => {
                    assert!(
                        (pitch as f64) < least && (told - least).abs() < 1e-9,
                        "{of:?}: {told}"
                    );
                }
                Err(WindingError::Pitch { .. }) => {}
                Err(other) => panic!("{of:?}: {other}"),
            }
        }
    }
}

/// Phases a and b have sides 60° and 90° on either side of their axis, phase c two sides on it and one
/// 120° on either side: 2 cos 60° + 2 cos 90° = 2 + 2 cos 120°, so the fundamentals are equal and so are
/// the conductors, but not the fifth harmonic.
#[test]
fn equal_fundamentals_of_unequal_phases_are_refused() {
    let text = "C+ B-,B+ B-,A+ B+,A+ A-,C+ A-,,B+ C-,B+ B-,C+ C+,A+ A-,A+ C-,,\
                ,,C- C-,,,,,,A- B-,,,";
    assert_eq!(
        table_of(scheme(24, 4, 2, 6), text),
        Err(WindingError::Asymmetric {
            slots: 24,
            poles: 4
        })
    );
}

/// The windings that every user expects.
#[test]
fn named_combinations_all_lay_out() {
    for of in [
        scheme(9, 10, 2, 1),
        scheme(9, 8, 2, 1),
        scheme(12, 10, 2, 1),
        scheme(12, 14, 2, 1),
        scheme(24, 16, 2, 1),
        scheme(48, 8, 1, 6),
        scheme(36, 6, 1, 6),
        scheme(12, 4, 1, 3),
        scheme(15, 14, 2, 1),
        scheme(96, 16, 2, 5),
        scheme(36, 12, 1, 3),
        scheme(48, 8, 2, 5),
    ] {
        holds(&laid(of)).unwrap_or_else(|e| panic!("{of:?}: {e}"));
    }
}

#[test]
fn neighbours_are_near_and_named_with_their_factor() {
    let text = |of| -> Vec<String> { nearest(&of).iter().map(ToString::to_string).collect() };
    insta::assert_debug_snapshot!([
        ("10 slots 8 poles", text(scheme(10, 8, 2, 1))),
        (
            "48 slots 8 poles, one layer, pitch 2",
            text(scheme(48, 8, 1, 2))
        ),
        ("48 slots 8 poles, pitch 40", text(scheme(48, 8, 2, 40))),
        ("9 slots 8 poles, one layer", text(scheme(9, 8, 1, 1))),
        (
            "9 slots 8 poles, six phases",
            text(sets(2, scheme(9, 8, 2, 1)))
        ),
        (
            "10 slots 8 poles, 2 paths",
            text(paths(2, scheme(10, 8, 2, 1)))
        ),
        ("three layers", text(scheme(48, 8, 3, 5))),
    ]);
}

/// A winding is balanced exactly where the star of its coils has a multiple of three spokes (Bianchi and
/// others 2006, eq. (1)): with two layers slots over their common divisor with the pole pairs, with one
/// layer of tooth coils half of the slots, and those coils span a phase belt or more.
#[test]
fn what_text_books_call_feasible_lays_out_and_nothing_else() {
    fn common(a: usize, b: usize) -> usize {
        if b == 0 { a } else { common(b, a % b) }
    }
    for slots in 3..=60_usize {
        for pairs in 1..=12_usize {
            for layers in [1, 2] {
                let coils = if layers == 1 { slots / 2 } else { slots };
                let whole = layers == 2 || slots.is_multiple_of(2);
                let spans_a_belt = layers == 2 || 6 * pairs >= slots;
                let star = (coils / common(coils, pairs)).is_multiple_of(3);
                let feasible = whole && spans_a_belt && star;
                let of = scheme(slots, 2 * pairs, layers, 1);
                match layout(of) {
                    Ok(_) => assert!(feasible, "{of:?}"),
                    Err(WindingError::Weak { .. } | WindingError::Pitch { .. }) => {}
                    Err(error) => assert!(!feasible, "{of:?}: {error}"),
                }
            }
        }
    }
}
