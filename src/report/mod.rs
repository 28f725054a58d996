//! What a run of `check` says, and its renderings. Nothing is computed or judged here: every value was
//! judged before and is repeated as it was.
//!
//! The fields of these structs, in their order, are the JSON of `check --format json`; names may be
//! added and not changed.

mod choke;
mod clause;
mod github;
mod human;
mod junit;
mod lift;
mod lines;
mod markdown;
mod market;
mod obstacle;
mod portfolio;
mod requirement;
mod sarif;
mod scenario;
pub mod sheet;
mod statuses;
mod substitute;
mod table;
pub(crate) mod text;

pub use github::github;
pub use human::{human, human_end, human_file, human_head};
pub(crate) use human::{limit_text, value_text, with_unit};
pub use junit::junit;
pub use lift::{Lifted, NoReport, lift};
pub use lines::{lines, lines_end, lines_file, lines_head};
pub use markdown::markdown;
pub use sarif::sarif;
pub use substitute::{substitution, substitution_json};
pub use table::csv;

use crate::change_rule::ChangeRule;
use crate::design::Application;
use crate::evaluate::Level;
use crate::portfolio::Portfolio;
use crate::scenario::Outcome;
use crate::source::{Finding, Place};
use crate::supply::{CommonMode, Sheet as SupplySheet};
use crate::verdict::{ClauseVerdict, DecisionRule, Judgement, MarketVerdict, Statuses};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// Version of the JSON shape.
pub const FORMAT_VERSION: &str = "1.0";

/// One run over any number of files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// Version of this shape.
    pub format_version: &'static str,
    /// Who says it.
    pub tool: Tool,
    /// The date at which all files were judged, if it is one.
    pub as_of: Option<String>,
    /// How thoroughly all candidates were judged.
    pub level: Level,
    /// How a margin is held against its uncertainty.
    pub decision_rule: DecisionRule,
    /// Every file in the order of the command line.
    pub files: Vec<FileReport>,
    /// The fleet of all designs that say how many are built; none where none does.
    pub portfolio: Option<Portfolio>,
    /// Counts and the exit code.
    pub summary: Summary,
}

/// What stands before the first file of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The date at which all files are judged, if it is one.
    pub as_of: Option<String>,
    /// How thoroughly.
    pub level: Level,
    /// How a margin is held against its uncertainty.
    pub decision_rule: DecisionRule,
}

/// Name and version of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Name.
    pub name: &'static str,
    /// Version.
    pub version: &'static str,
}

impl Tool {
    /// This program.
    pub const THIS: Tool = Tool {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    };
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileReport {
    /// Its name as given.
    pub file: String,
    /// Its line, of a design in a file of JSON Lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What became of it.
    pub status: FileStatus,
    /// What the design is called.
    pub name: Option<String>,
    /// The date at which it was judged.
    pub as_of: Option<String>,
    /// Who names that date: `command line`, `design` or `standards`.
    pub as_of_from: Option<&'static str>,
    /// The requirement that it was judged against.
    pub application: Option<Application>,
    /// The file that replaced the design's own application block, if one did.
    pub application_from: Option<String>,
    /// What is wrong with the file.
    #[serde(serialize_with = "findings")]
    pub findings: Vec<Finding>,
    /// The candidates asked for, in the order of the file.
    pub candidates: Vec<CandidateReport>,
    /// What the candidates of a file are called that is no valid design: those that have a name of their own, by their place.
    #[serde(skip)]
    pub names: Vec<Option<String>>,
}

impl FileReport {
    /// What tells it from every other: its file, and its line in a file of several.
    pub(crate) fn called(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        }
    }

    /// A pointer of a finding with the candidate's name for its place, which moves when another is added before it.
    pub(crate) fn by_name(&self, pointer: &str) -> String {
        const LIST: &str = "/candidates/";
        let rest = pointer.strip_prefix(LIST);
        let named = rest.and_then(|rest| {
            let (index, inner) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let name = self.names.get(index.parse::<usize>().ok()?)?.as_ref()?;
            Some(format!("{LIST}{name}{inner}"))
        });
        named.unwrap_or_else(|| pointer.to_owned())
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileStatus {
    /// At least one candidate was judged.
    Judged,
    /// The file is no valid design.
    InvalidDesign,
    /// The file could not be read.
    Unreadable,
    /// No candidate could be evaluated.
    SolverFailed,
}

/// What the standards say about one candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CandidateReport {
    /// Name in the file.
    pub id: String,
    /// Machine type.
    pub topology: &'static str,
    /// Where its id stands in the file.
    pub place: Place,
    /// Whether it meets both standards (calculated); none when that could not be judged.
    pub meets_both: Option<bool>,
    /// One status for each standard.
    pub statuses: Statuses,
    /// What explains a status beyond its clauses, for example a pathway that is not declared.
    pub notes: Vec<String>,
    /// The judged records, verbatim.
    pub records: Vec<RecordReport>,
    /// What each standard says, clause by clause.
    pub judgements: Vec<Judgement>,
    /// Where the quantities stand in the file that the clauses' remedies name.
    pub remedies: Vec<RemedyPlace>,
    /// Where the design has one way only.
    pub choke_points: Vec<ChokePoint>,
    /// What the judged aggregates of supply can be worked out from. No standard judges it.
    pub supply: Supply,
    /// What later switches of magnets and suppliers do to a certificate of it.
    pub change_rule: ChangeRule,
    /// What the markets that were asked for say of it; absent if none was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub markets: Vec<MarketVerdict>,
}

/// What is known about the supply of a candidate.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Supply {
    /// A sheet for each pathway, and one for the materials of the machine.
    pub sheets: Vec<SupplySheet>,
    /// Every place on which both pathways draw.
    pub common_mode: Vec<CommonMode>,
    /// What is left of each pathway if one country delivers nothing for a year, the worst country first.
    pub embargoes: Vec<Outcome>,
    /// What the scenarios that were asked for leave of each pathway.
    pub scenarios: Vec<Outcome>,
}

impl CandidateReport {
    /// Whether it meets both, and every blocking clause of the markets that were asked for; none when that could not
    /// be judged.
    pub fn stands(&self) -> Option<bool> {
        let markets = self.markets.iter().map(MarketVerdict::meets);
        let all: Vec<Option<bool>> = markets.chain([self.meets_both]).collect();
        if all.contains(&Some(false)) {
            Some(false)
        } else {
            (!all.contains(&None)).then_some(true)
        }
    }

    /// Where to go for a clause: the first of its remedies that has a place, else the candidate's id.
    pub fn place_of(&self, judgement: &Judgement, clause: &ClauseVerdict) -> Place {
        let of = |quantity: &String| {
            let mut known = self.remedies.iter();
            known.find(|r| r.quantity == *quantity && r.pathway == judgement.pathway)
        };
        let first = clause.remedy.iter().find_map(of);
        first.map_or(self.place, |remedy| remedy.place)
    }
}

/// Where a quantity stands that a designer may change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RemedyPlace {
    /// The word of the standards, for example `magnet_thickness`.
    pub quantity: String,
    /// Pathway of the record that asks for it.
    pub pathway: String,
    /// JSON pointer of the value, or of the object to which it would be added.
    pub pointer: String,
    /// Its region in the text.
    pub place: Place,
}

/// One judged record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordReport {
    /// `a`, `b`, `none` or `pair`.
    pub pathway: &'static str,
    /// The record as it was judged.
    pub record: Value,
}

/// A place where the design has one way only.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChokePoint {
    /// `physical` or `supply`.
    pub kind: &'static str,
    /// For example `saturation`, `demagnetisation`, `single_country`.
    pub mechanism: String,
    /// The place in one stable word, by which a fix is found.
    #[serde(skip)]
    pub key: &'static str,
    /// Which part of the machine or which stage.
    #[serde(rename = "where")]
    pub location: String,
    /// Pathway concerned: `a`, `b` or `none`.
    pub pathway: &'static str,
    /// Value.
    pub value: f64,
    /// The value at which the way closes.
    pub limit: f64,
    /// Unit of both.
    pub unit: String,
    /// Distance to the limit as a share of it; negative beyond.
    pub margin_ratio: f64,
    /// The smallest change that would clear it.
    pub fix: Option<String>,
}

/// Counts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files named.
    pub files: usize,
    /// Candidates asked for and found.
    pub candidates: usize,
    /// Candidates that meet both.
    pub meets_both: usize,
    /// Candidates that do not; of the others it could not be judged.
    pub does_not: usize,
    /// Exit code of the run.
    pub exit_code: u8,
}

impl Run {
    /// What stands before its first file.
    pub fn head(&self) -> Head {
        Head {
            as_of: self.as_of.clone(),
            level: self.level,
            decision_rule: self.decision_rule,
        }
    }

    /// The run as JSON, with a line break at the end.
    ///
    /// # Errors
    /// When a record holds what JSON cannot.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// A number of things in words.
fn plural(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Four significant digits, enough for people to compare.
fn short(value: f64) -> f64 {
    crate::unit::round_significant(value, 4)
}

fn findings<S: Serializer>(findings: &[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    let list: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let mut told = json!({
                "code": finding.code,
                "place": finding.place,
                "pointer": finding.pointer,
                "found": finding.found,
                "expected": finding.expected,
                "fix": finding.fix,
            });
            if let Some((place, note)) = &finding.related {
                told["related"] = json!({"place": place, "note": note});
            }
            told
        })
        .collect();
    list.serialize(serializer)
}
