//! From the command line to designs: reading, the pinned application, the candidates asked for.

use super::Check;
use super::expand::Source;
use crate::cli::input::{self, Refusal};
use crate::date::Date;
use crate::design::{Application, Candidate, Design};
use crate::material::Library;
use crate::report::{FileReport, FileStatus};
use crate::source::{Document, Finding, nearest, quoted};
use crate::standard::Standards;
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// A design that was read, and the candidates asked for by their place in it.
pub(super) struct Loaded {
    pub(super) document: Document,
    pub(super) design: Design,
    /// Who names the day in `design.as_of`.
    pub(super) as_of_from: Option<&'static str>,
    pub(super) chosen: Vec<usize>,
    /// Whether its application block was replaced.
    pub(super) pinned: bool,
    /// Its line, of one in a file of JSON Lines.
    pub(super) line: Option<usize>,
}

/// The application block of `--application`, or everything that is wrong with its file.
pub(in crate::cli) fn pinned_application(
    file: Option<&Path>,
    stdin: &mut dyn Read,
) -> Result<Option<Application>, Refusal> {
    let Some(file) = file else {
        return Ok(None);
    };
    let document = input::document(file, stdin)?;
    let application = Application::load(&document);
    application.map(Some).map_err(|findings| Refusal {
        status: FileStatus::InvalidDesign,
        findings,
    })
}

/// Reads a design, or says in a report why there is none.
pub(in crate::cli) fn load(
    file: &Path,
    library: &Library,
    stdin: &mut dyn Read,
) -> Result<(Document, Design), Box<FileReport>> {
    designed(file, input::document(file, stdin), library)
}

/// The design of a document that was read, or not.
pub(in crate::cli) fn designed(
    file: &Path,
    read: Result<Document, Refusal>,
    library: &Library,
) -> Result<(Document, Design), Box<FileReport>> {
    let document = read.map_err(|refusal| refused(file, refusal.status, refusal.findings))?;
    let refuse = |findings| {
        let mut report = refused(file, FileStatus::InvalidDesign, findings);
        report.names = names(&document);
        report
    };
    let design = Design::load(&document).map_err(refuse)?;
    let unknown = design.unknown_materials(&document, library);
    if unknown.is_empty() {
        Ok((document, design))
    } else {
        Err(refuse(unknown))
    }
}

/// What the candidates of a document are called, as far as a name is of one of them only.
fn names(document: &Document) -> Vec<Option<String>> {
    let list = document.value().get("candidates").and_then(Value::as_array);
    let list = list.map_or(&[][..], Vec::as_slice);
    let name = |candidate: &Value| {
        candidate
            .get("id")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let all: Vec<Option<String>> = list.iter().map(name).collect();
    let own = |one: &Option<String>| {
        let same = all.iter().filter(|other| *other == one).count();
        one.clone().filter(|_| same == 1)
    };
    all.iter().map(own).collect()
}

/// What becomes of a file that is refused.
pub(super) fn refused(file: &Path, status: FileStatus, findings: Vec<Finding>) -> Box<FileReport> {
    Box::new(FileReport {
        file: input::name_of(file),
        line: None,
        status,
        name: None,
        as_of: None,
        as_of_from: None,
        application: None,
        application_from: None,
        findings,
        candidates: Vec::new(),
        names: Vec::new(),
    })
}

/// Reads a source and finds the candidates asked for, or says in a report why it cannot.
pub(super) fn open(
    source: Source,
    command: &Check,
    library: &Library,
    pinned: Option<&Application>,
    standards: &Standards,
    stdin: &mut dyn Read,
) -> Result<Loaded, Box<FileReport>> {
    let file = source.path().to_owned();
    let line = source.line();
    let on_line = |mut refused: Box<FileReport>| {
        refused.line = line;
        refused
    };
    let read = source.document(stdin);
    let (document, mut design) = designed(&file, read, library).map_err(on_line)?;
    if let Some(application) = pinned {
        design.application = application.clone();
    }
    let as_of_from = date(command.as_of, standards, &mut design);
    let unknown: Vec<Finding> = command
        .candidate
        .iter()
        .filter(|id| design.candidate(id).is_none())
        .map(|id| unknown_candidate(id, &document, &design))
        .collect();
    if !unknown.is_empty() {
        let refused = refused(&file, FileStatus::InvalidDesign, unknown);
        return Err(on_line(refused));
    }
    let asked = |candidate: &Candidate| {
        command.candidate.is_empty() || command.candidate.contains(&candidate.id)
    };
    let every = design.candidates.iter().enumerate();
    let chosen = every
        .filter(|(_, candidate)| asked(candidate))
        .map(|(index, _)| index)
        .collect();
    Ok(Loaded {
        document,
        design,
        as_of_from,
        chosen,
        pinned: pinned.is_some(),
        line,
    })
}

/// Settles the day at which a design is judged and says who named it: the command line, the design, or
/// the latest issue of its standards. Never the clock.
pub(in crate::cli) fn date(
    asked: Option<Date>,
    standards: &Standards,
    design: &mut Design,
) -> Option<&'static str> {
    if let Some(day) = asked {
        design.as_of = Some(day.to_string());
        return Some("command line");
    }
    if design.as_of.is_some() {
        return Some("design");
    }
    let programme = standards.programme(&design.application.sector)?;
    let issued = programme.standards().map(|s| s.header.issued.clone());
    design.as_of = issued.into_iter().flatten().max();
    design.as_of.as_ref().map(|_| "standards")
}

/// One sentence on a candidate that the design does not have.
pub(in crate::cli) fn no_such_candidate(id: &str, design: &Design) -> String {
    let ids: Vec<&str> = design
        .candidates
        .iter()
        .map(|candidate| candidate.id.as_str())
        .collect();
    let meant = nearest(id, ids.iter().copied())
        .map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
    format!(
        "no candidate `{}`, only {}{meant}",
        quoted(id),
        ids.join(", ")
    )
}

fn unknown_candidate(id: &str, document: &Document, design: &Design) -> Finding {
    let place = document.locate_key("/candidates");
    Finding {
        code: "unknown-candidate",
        file: document.name().to_owned(),
        place,
        pointer: "/candidates".to_owned(),
        found: no_such_candidate(id, design),
        expected: "the id of a candidate of the file".to_owned(),
        fix: "correct --candidate, or leave it out to judge all".to_owned(),
        excerpt: document.excerpt(place),
        related: None,
    }
}
