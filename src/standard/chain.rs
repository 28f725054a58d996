//! The versions of one series that lie beside one another: each is one file, and names the one that it replaces.

use super::Standard;
use super::fault::{Fault, StandardError};

/// What is wrong between the versions of each series. Where an older one is at hand, the version that is replaced has to be;
/// a first version, and one whose predecessors are kept elsewhere, stand alone.
pub(super) fn faults(standards: &[Standard]) -> Vec<StandardError> {
    let each = standards.iter().enumerate();
    each.flat_map(|(place, one)| {
        let twin = twin(one, &standards[..place]).map(|fault| refuse(one, "version", fault));
        let gap = gap(one, standards).map(|fault| refuse(one, "supersedes", fault));
        twin.into_iter().chain(gap)
    })
    .collect()
}

/// Another file of the same version.
fn twin(one: &Standard, before: &[Standard]) -> Option<Fault> {
    let header = &one.header;
    let same = |other: &&Standard| {
        other.header.series == header.series && other.header.version == header.version
    };
    before.iter().find(same).map(|twin| Fault::SameVersion {
        series: header.series.clone(),
        version: header.version.clone(),
        other: twin.file.clone(),
    })
}

/// A version that is replaced and not there, where older ones are.
fn gap(one: &Standard, standards: &[Standard]) -> Option<Fault> {
    let header = &one.header;
    let series = || {
        let all = standards.iter().map(|other| &other.header);
        all.filter(|other| other.series == header.series)
    };
    let named = header.supersedes.as_ref();
    if named.is_some_and(|named| series().any(|other| other.version == *named)) {
        return None;
    }
    let older = series().filter(|other| other.numbers() < header.numbers());
    let before = older.max_by_key(|other| other.numbers())?;
    Some(Fault::BrokenChain {
        series: header.series.clone(),
        version: header.version.clone(),
        found: named.cloned().unwrap_or_else(|| "none".to_owned()),
        before: before.version.clone(),
    })
}

fn refuse(one: &Standard, key: &str, fault: Fault) -> StandardError {
    StandardError {
        file: one.file.clone(),
        clause: None,
        pointer: format!("/x-standard/{key}"),
        place: None,
        fault,
    }
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
        assert_eq!(super::faults(&[newest]), []);
    }
}
