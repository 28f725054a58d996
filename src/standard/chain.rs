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
