//! The versions of one series that lie beside one another: each is one file, and names the one that it replaces.

use super::fault::{Fault, StandardError};
use super::{Standard, TextFile, shape};
use crate::source::Document;

/// What is wrong between the versions of each series. Where an older one is at hand, the version that is replaced has to be;
/// a first version, and one whose predecessors are kept elsewhere, stand alone.
pub(super) fn faults(standards: &[Standard], texts: &[TextFile]) -> Vec<StandardError> {
    let mut found = Vec::new();
    for (place, one) in standards.iter().enumerate() {
        let series: Vec<&Standard> = standards
            .iter()
            .filter(|other| other.header.series == one.header.series)
            .collect();
        let version = || (one.header.series.clone(), one.header.version.clone());
        let twin = standards[..place].iter().find(|other| {
            other.header.series == one.header.series && other.header.version == one.header.version
        });
        if let Some(twin) = twin {
            let (series, version) = version();
            let fault = Fault::SameVersion {
                series,
                version,
                other: twin.file.clone(),
            };
            found.extend(refuse(one, texts, "/x-standard/version", fault));
        }
        let older = series
            .iter()
            .filter(|other| other.header.numbers() < one.header.numbers())
            .max_by_key(|other| other.header.numbers());
        let named = one.header.supersedes.as_ref();
        let here = named.is_some_and(|named| series.iter().any(|s| s.header.version == *named));
        if let (Some(older), false) = (older, here) {
            let (series, version) = version();
            let fault = Fault::BrokenChain {
                series,
                version,
                found: named.cloned().unwrap_or_else(|| "none".to_owned()),
                before: older.header.version.clone(),
            };
            found.extend(refuse(one, texts, "/x-standard/supersedes", fault));
        }
    }
    found
}

/// The fault at its place in the file, which has been read before.
fn refuse(
    standard: &Standard,
    texts: &[TextFile],
    at: &str,
    fault: Fault,
) -> Option<StandardError> {
    let text = texts.iter().find(|text| text.name == standard.file)?;
    let document = Document::parse(&text.name, &text.text).ok()?;
    Some(shape::refuse(&document, at, fault))
}

#[cfg(test)]
mod tests {
    use super::super::{Standard, TextFile, lint::checked, shipped};

    /// What is found of two versions side by side, the newer with other words in its header.
    fn found(words: &[(&str, &str)]) -> Vec<(&'static str, usize)> {
        let all = shipped::every_file();
        let file = |name: &str| all.iter().find(|file| file.name == name).unwrap().clone();
        let old = "standards/superseded/ev_traction_magnet_a-1.0.0";
        let new = "standards/magnet/ev_traction/a-1";
        let mut texts: Vec<TextFile> = [old, new]
            .iter()
            .flat_map(|stem| ["json", "examples.json"].map(|end| file(&format!("{stem}.{end}"))))
            .collect();
        for (from, to) in words {
            assert!(texts[2].text.contains(from), "{from}");
            texts[2].text = texts[2].text.replace(from, to);
        }
        let errors = checked(&texts, false).errors;
        let told = errors.iter().map(|error| {
            assert!(error.file.starts_with("standards/"), "{error}");
            (error.fault.code(), error.place.unwrap().line)
        });
        told.collect()
    }

    #[test]
    fn versions_side_by_side_are_one_file_each_and_name_the_one_they_replace() {
        assert_eq!(found(&[]), []);
        for broken in ["null", "\"0.9.0\""] {
            let broken = format!("\"supersedes\": {broken}");
            let found = found(&[("\"supersedes\": \"1.0.0\"", &broken)]);
            assert!(
                found.len() == 1 && found[0].0 == "standard-supersedes" && found[0].1 > 1,
                "{found:?}"
            );
        }
        let same = found(&[
            ("\"supersedes\": \"1.0.0\"", "\"supersedes\": null"),
            ("ev_traction_magnet_a/1.1.0", "ev_traction_magnet_a/1.0.0"),
            ("\"version\": \"1.1.0\"", "\"version\": \"1.0.0\""),
        ]);
        assert_eq!(same.len(), 1);
        assert_eq!(same[0].0, "standard-same-version");
        // What is kept elsewhere is not missed.
        let all: Vec<Standard> = super::super::versions(None).unwrap();
        let newest = all.last().unwrap().clone();
        assert_eq!(super::faults(&[newest], &[]), []);
    }
}
