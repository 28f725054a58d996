//! Which standards there are.

use super::words;
use crate::report::{FORMAT_VERSION, Tool};
use crate::standard::{Level, Standard, Status};
use comfy_table::{Table, presets};
use serde_json::{Value, json};

/// For people: one line a version, those that judge and those that were replaced. `judges` tells which
/// is which.
pub fn list_text(
    standards: &[Standard],
    judges: impl Fn(&Standard) -> bool,
    width: Option<u16>,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header([
        "standard", "version", "status", "judges", "side", "sector", "shall", "other",
    ]);
    if let Some(width) = width {
        table.set_width(width);
    }
    for standard in standards {
        let header = &standard.header;
        let shall = blocking(standard);
        table.add_row([
            header.series.clone(),
            header.version.clone(),
            words::status(header.status).to_owned(),
            match (judges(standard), header.status) {
                (false, _) => "no, replaced",
                (true, Status::Withdrawn) => "no, withdrawn",
                (true, _) => "yes",
            }
            .to_owned(),
            format!("{} {}", header.subject.name(), header.side.name()),
            header.sector.clone(),
            shall.to_string(),
            (standard.clauses.len() - shall).to_string(),
        ]);
    }
    table.trim_fmt() + "\n"
}

fn blocking(standard: &Standard) -> usize {
    let shall = standard.clauses.iter().filter(|c| c.level == Level::Shall);
    shall.count()
}

/// The same as one JSON document.
pub fn list_json(standards: &[Standard], judges: impl Fn(&Standard) -> bool) -> Value {
    let one = |standard: &Standard| {
        json!({
            "file": standard.file,
            "header": standard.header,
            "title": standard.title,
            "digest": format!("sha256:{}", standard.digest),
            "judges": judges(standard),
            "shall_count": blocking(standard),
            "clause_count": standard.clauses.len(),
            "example_count": standard.examples.len(),
        })
    };
    json!({
        "format_version": FORMAT_VERSION,
        "tool": Tool::THIS,
        "standards": standards.iter().map(one).collect::<Vec<_>>(),
    })
}
