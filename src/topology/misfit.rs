//! What cannot be built, in words; and the checks that every machine type makes.

/// A geometry that cannot be built: which keys are at odds, what was found, what was expected and
/// what to change.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// Stable code, for example `slots-overlap`.
    pub code: &'static str,
    /// Key path below the topology or the candidate, for example `["rotor", "bridge_thickness_mm"]`.
    pub path: Vec<&'static str>,
    /// What was found, with numbers and units.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to change.
    pub fix: String,
}

/// A misfit in one expression.
pub(super) fn misfit(
    code: &'static str,
    path: &[&'static str],
    found: String,
    expected: String,
    fix: &str,
) -> Misfit {
    Misfit {
        code,
        path: path.to_vec(),
        found,
        expected,
        fix: fix.to_owned(),
    }
}

/// A length in words.
pub(super) fn mm(length: f64) -> String {
    format!("{:.3} mm", length * 1e3)
}

/// A length that is negative, or zero where it may not be.
pub(super) fn not_positive(
    length: f64,
    path: &[&'static str],
    may_be_zero: bool,
) -> Option<Misfit> {
    let wrong = length < 0.0 || (length == 0.0 && !may_be_zero);
    wrong.then(|| Misfit {
        code: "length-not-positive",
        path: path.to_vec(),
        found: mm(length),
        expected: if may_be_zero {
            "zero or more".into()
        } else {
            "more than zero".into()
        },
        fix: "enter the length in millimetres".into(),
    })
}

/// Fewer slots than a three-phase winding can lie in.
pub(super) fn too_few_slots(slot_count: usize) -> Option<Misfit> {
    (slot_count < 3).then(|| Misfit {
        code: "too-few-slots",
        path: vec!["stator", "slot_count"],
        found: slot_count.to_string(),
        expected: "at least 3 slots".into(),
        fix: "a three-phase winding needs three slots or more".into(),
    })
}

/// A number of poles that no machine can have.
pub(super) fn odd_poles(pole_count: usize) -> Option<Misfit> {
    let wrong = pole_count < 2 || pole_count % 2 == 1;
    wrong.then(|| Misfit {
        code: "pole-count-not-even",
        path: vec!["rotor", "pole_count"],
        found: pole_count.to_string(),
        expected: "an even number of poles, at least 2".into(),
        fix: "enter the number of poles, not of pole pairs".into(),
    })
}

/// Pieces of a pole of a Halbach array: of so many at most the coarse grid has three columns for each.
pub(super) const PIECES: std::ops::RangeInclusive<usize> = 2..=8;

/// Share of the pole pitch that the pieces of a Halbach array fill at least.
pub(super) const FULL_POLE: f64 = 1.0 - 1e-6;
