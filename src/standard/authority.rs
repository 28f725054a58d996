//! What documents may be named as the source of a limit for.

use super::clause::Source;
use crate::record::field::Field;

/// What designations of public documents begin with: standards bodies, their adoptions, regulators, laws.
const PUBLIC: [&str; 34] = [
    "ANSI",
    "ASTM",
    "BS",
    "CFR",
    "CISPR",
    "DFARS",
    "DIN",
    "Decision",
    "Directive",
    "EN",
    "EU",
    "GB",
    "GB/T",
    "GBT",
    "IEC",
    "IEEE",
    "ISO",
    "JB/T",
    "JEC",
    "JIS",
    "KS",
    "MIL",
    "NATO",
    "NEMA",
    "NF",
    "QC/T",
    "Regulation",
    "SAE",
    "STANAG",
    "UK",
    "UL",
    "UN",
    "USC",
    "VDE",
];

/// Words that may stand before a designation.
const BEFORE: [&str; 9] = [
    "THE",
    "STANDARD",
    "NATIONAL",
    "INTERNATIONAL",
    "EUROPEAN",
    "COMMISSION",
    "DELEGATED",
    "IMPLEMENTING",
    "US",
];

/// Whether a document is a public standard or a law, by the word with which its designation begins; "10 CFR 431" begins
/// with the second.
pub(super) fn is_public(document: &str) -> bool {
    let words = document
        .split(|c: char| c.is_whitespace() || "()[],;:\"'".contains(c))
        .filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit()));
    let mut rest = words.skip_while(|word| BEFORE.contains(&word.to_uppercase().as_str()));
    rest.next().is_some_and(|first| {
        // "MIL-STD-810", "EN60034" and "JIS-C" are written without a space.
        let stem = first
            .split(|c: char| c.is_ascii_digit() || "-_".contains(c))
            .next();
        let stem = stem.unwrap_or_default();
        let public = |known: &&str| {
            // Two letters may be a word of another language where they are small.
            *known == stem || (stem.len() > 2 && known.eq_ignore_ascii_case(stem))
        };
        PUBLIC.iter().any(public)
    })
}

/// A document that does not speak of what it may be named for.
struct Exclusion {
    /// Its designation.
    document: &'static str,
    /// Its edition, where only that one does not.
    edition: Option<&'static str>,
    /// Why not.
    reason: &'static str,
}

/// Neither limits the temperatures of a traction motor.
const NOT_FOR_HEAT_OF_TRACTION: [Exclusion; 2] = [
    // IEC 60034-1:2022, scope.
    Exclusion {
        document: "IEC 60034-1",
        edition: None,
        reason: "its scope leaves out the motors of road vehicles",
    },
    // GB/T 18488-2024, foreword.
    Exclusion {
        document: "GB/T 18488",
        edition: Some("2024"),
        reason: "its edition of 2024 took the requirement on temperature rise out",
    },
];

/// Why a document may not be named for a field in a sector; `None` when nothing speaks against it.
pub(super) fn not_for(source: &Source, sector: &str, field: &Field) -> Option<&'static str> {
    let heat = field.name.starts_with("winding_") && field.name.contains("temperature")
        || field.name.contains("hot_spot");
    if sector != "ev_traction" || !heat {
        return None;
    }
    let named = |exclusion: &&Exclusion| {
        let rest = source.document.split_once(exclusion.document);
        // "IEC 60034-11" is another document; adoptions such as "EN IEC 60034-1" are the same.
        let same = rest.is_some_and(|(_, after)| !after.starts_with(|c: char| c.is_ascii_digit()));
        same && exclusion
            .edition
            .is_none_or(|edition| source.edition.contains(edition))
    };
    let mut all = NOT_FOR_HEAT_OF_TRACTION.iter();
    all.find(named).map(|exclusion| exclusion.reason)
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn public_documents_are_known_by_how_they_begin() {
        for document in [
            "IEC 60034-1",
            "10 CFR 431.25",
            "Regulation (EU) 2019/1781",
            "GB/T 18488.1",
            "MIL-STD-810H",
            "EN60034-1",
            "UN Regulation No. 85",
            "iec 60034-1",
            "(IEC 60034-1)",
            "Standard IEC 60034-1",
            "Commission Regulation (EU) 2019/1781",
            "US 10 CFR 431",
            "GBT 18488",
            "ASTM-A1101",
            "JIS-C 2502",
            "MIL STD 810",
            "National standard GB 30253",
        ] {
            assert!(is_public(document), "{document}");
        }
        for document in [
            "dualcert reference programme",
            "dualcert reference programme; thermal classes of IEC 60085 as background (recalled)",
            "Brief of this project: multi-sourcing",
            "Unified drive programme of the hub",
            "ENERCON practice",
            "un manual",
        ] {
            assert!(!is_public(document), "{document}");
        }
    }
}
