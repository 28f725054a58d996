//! Exit codes. A panic is a bug and is never mapped to one of these.

/// Every candidate asked for meets both.
pub const MEETS_BOTH: u8 = 0;
/// A clause failed or is undecided, or a pathway is not declared.
pub const DOES_NOT: u8 = 1;
/// Wrong usage; the run ended before any file.
pub const USAGE: u8 = 2;
/// A file could not be read or written, or is no valid design.
pub const INVALID: u8 = 3;
/// A standard is invalid, or the standards do not fit together.
pub const BAD_STANDARD: u8 = 4;
/// A candidate could not be judged.
pub const COULD_NOT_JUDGE: u8 = 5;

/// For the end of `--help`.
pub(super) const HELP: &str = "Exit codes: 0 every candidate meets both, 1 one does not, 2 wrong usage, \
    3 unreadable file or invalid design, 4 invalid standard, 5 a candidate could not be judged. \
    Over several files 4 goes before 5, 3, 1 and 0.";

/// Code of one candidate.
pub fn of_candidate(meets_both: Option<bool>) -> u8 {
    match meets_both {
        Some(true) => MEETS_BOTH,
        Some(false) => DOES_NOT,
        None => COULD_NOT_JUDGE,
    }
}

/// The code that stands for several: 4 before 5, 3, 1 and 0.
pub fn worst(codes: impl IntoIterator<Item = u8>) -> u8 {
    let severity = |code: &u8| match *code {
        MEETS_BOTH => 0,
        DOES_NOT => 1,
        INVALID => 2,
        COULD_NOT_JUDGE => 3,
        _ => 4,
    };
    codes.into_iter().max_by_key(severity).unwrap_or(MEETS_BOTH)
}

#[cfg(test)]
mod tests {
    use super::{of_candidate, worst};

    #[test]
    fn precedence_is_four_five_three_one_nought() {
        let order = [4, 5, 3, 1, 0];
        for (place, code) in order.into_iter().enumerate() {
            assert_eq!(worst(order[place..].iter().rev().copied()), code);
            assert_eq!(worst(order[place..].iter().copied()), code);
        }
        assert_eq!(worst([]), 0);
        assert_eq!([Some(true), Some(false), None].map(of_candidate), [0, 1, 5]);
    }
}
