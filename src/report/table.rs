//! The records of a run as a table for spreadsheets.

use super::Run;
use serde_json::Value;

/// Keys of a record that hold tables of their own.
const NESTED: [&str; 2] = ["uncertainty", "basis"];

/// One line a record: file, candidate, pathway, every field of any record in the order in which fields
/// first occur, then the expanded uncertainty of every number as `<field>_uncertainty`.
///
/// # Errors
/// When the table cannot be written.
pub fn csv(run: &Run) -> Result<Vec<u8>, csv::Error> {
    let records = || {
        run.files.iter().flat_map(|file| {
            file.candidates.iter().flat_map(move |candidate| {
                let own = candidate.records.iter();
                own.map(move |record| (file, candidate, record))
            })
        })
    };
    let mut fields: Vec<&str> = Vec::new();
    let mut uncertain: Vec<&str> = Vec::new();
    for (_, _, judged) in records() {
        note_keys(&mut fields, &judged.record);
        note_keys(&mut uncertain, &judged.record["uncertainty"]);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let named = ["file", "candidate", "record"]
        .map(str::to_owned)
        .into_iter();
    let bands = uncertain.iter().map(|field| format!("{field}_uncertainty"));
    writer.write_record(
        named
            .chain(fields.iter().map(|field| (*field).to_owned()))
            .chain(bands),
    )?;
    for (file, candidate, judged) in records() {
        let named = [
            file.called(),
            candidate.id.clone(),
            judged.pathway.to_owned(),
        ]
        .into_iter();
        let values = fields.iter().map(|field| cell(&judged.record[*field]));
        let bands = uncertain
            .iter()
            .map(|field| cell(&judged.record["uncertainty"][*field]));
        writer.write_record(named.chain(values).chain(bands))?;
    }
    writer
        .into_inner()
        .map_err(|failed| failed.into_error().into())
}

fn note_keys<'r>(known: &mut Vec<&'r str>, object: &'r Value) {
    for key in object
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys())
    {
        if !known.contains(&key.as_str()) && !NESTED.contains(&key.as_str()) {
            known.push(key);
        }
    }
}

pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
