//! SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format): what stands in the way as results
//! with a region in the design file. Every result has one: a single result without makes some readers
//! refuse the whole file.

use super::Run;
use super::clause::standard_name;
use super::obstacle::{Obstacle, Weight, What, worst_first};
use super::text::{self, address};
use crate::source::Place;
use crate::standard::{Clause, Standards};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where the schema of the format stands.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The run as a SARIF document, worst result first. `standards` say why a clause asks what it asks.
///
/// # Errors
/// When a value cannot be written, which none of these is.
pub fn sarif(run: &Run, standards: &Standards) -> Result<String, serde_json::Error> {
    let obstacles = worst_first(run);
    let mut rules: BTreeMap<String, Value> = BTreeMap::new();
    for obstacle in &obstacles {
        rules
            .entry(obstacle.rule())
            .or_insert_with(|| rule(obstacle, standards));
    }
    let places: BTreeMap<&str, usize> = rules.keys().map(String::as_str).zip(0..).collect();
    let results: Vec<Value> = obstacles
        .iter()
        .map(|obstacle| result(obstacle, places.get(obstacle.rule().as_str()).copied()))
        .collect();
    let code = run.summary.exit_code;
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": run.tool.name,
                "version": run.tool.version,
                "semanticVersion": run.tool.version,
                "rules": rules.values().collect::<Vec<_>>(),
            }},
            // Verdicts are results; only what could not be read or judged makes a run unsuccessful.
            "invocations": [{"executionSuccessful": code <= 1, "exitCode": code}],
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {"decisionRule": run.decision_rule, "level": run.level},
        }],
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn level(weight: Weight) -> &'static str {
    match weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Note => "note",
    }
}

fn result(obstacle: &Obstacle<'_>, index: Option<usize>) -> Value {
    let mut result = json!({
        "ruleId": obstacle.rule(),
        "level": level(obstacle.weight),
        "message": {"text": obstacle.message()},
        "locations": [{"physicalLocation": physical(obstacle, obstacle.place)}],
        "partialFingerprints": {"dualcert/v1": fingerprint(obstacle)},
        "properties": properties(obstacle),
    });
    if let What::Finding(finding) = obstacle.what
        && let Some((place, note)) = &finding.related
    {
        result["relatedLocations"] = json!([{
            "physicalLocation": physical(obstacle, *place),
            "message": {"text": note},
        }]);
    }
    if let Some(index) = index {
        result["ruleIndex"] = json!(index);
    }
    result
}

fn physical(obstacle: &Obstacle<'_>, place: Place) -> Value {
    json!({
        "artifactLocation": {"uri": address(&obstacle.path())},
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    })
}

fn properties(obstacle: &Obstacle<'_>) -> Value {
    let mut properties = json!({"verdict": obstacle.verdict()});
    if let Some(candidate) = obstacle.candidate {
        properties["candidate"] = json!(candidate.id);
    }
    if let What::Clause(judgement, clause) = obstacle.what {
        properties["pathway"] = json!(judgement.pathway);
        properties["standardVersion"] = json!(judgement.standard.version);
        properties["field"] = json!(clause.field);
        properties["value"] = clause.value.clone();
        properties["limit"] = clause.limits.clone();
        properties["unit"] = json!(clause.unit);
        properties["margin"] = json!(clause.margin);
        properties["uncertainty"] = json!(clause.uncertainty);
        properties["remedy"] = json!(clause.remedy);
    }
    properties
}

/// The same for the same obstacle of the same candidate, whatever the numbers and lines.
fn fingerprint(obstacle: &Obstacle<'_>) -> String {
    let candidate = obstacle.candidate.map_or("", |c| c.id.as_str());
    let (pathway, pointer) = match obstacle.what {
        What::Finding(finding) => ("", obstacle.file.by_name(&finding.pointer)),
        What::Standard(judgement, _) | What::Clause(judgement, _) => {
            (judgement.pathway.as_str(), String::new())
        }
        What::Unjudged(_) | What::Open(..) => ("", String::new()),
    };
    // Of designs in one file of JSON Lines the name tells which; one that cannot be read has only its line.
    let file = obstacle.file;
    let one_of_many = file
        .line
        .map(|line| file.name.clone().unwrap_or_else(|| line.to_string()));
    let path = match one_of_many {
        Some(which) => format!("{}#{which}", obstacle.path()),
        None => obstacle.path(),
    };
    let rule = obstacle.rule();
    text::fingerprint(&[path.as_str(), candidate, pathway, &rule, &pointer])
}

fn rule(obstacle: &Obstacle<'_>, standards: &Standards) -> Value {
    let mut rule = json!({
        "id": obstacle.rule(),
        "shortDescription": {"text": obstacle.title()},
        "defaultConfiguration": {"level": level(obstacle.weight)},
    });
    let clause = match obstacle.what {
        What::Clause(judgement, clause) => {
            rule["properties"] = json!({"tags": [standard_name(judgement)]});
            find(standards, &judgement.standard.series, &clause.id)
        }
        _ => None,
    };
    let help = match clause {
        Some(clause) => {
            rule["fullDescription"] = json!({"text": clause.description});
            let source = &clause.source;
            format!(
                "{} Source: {}, {}.",
                clause.rationale, source.document, source.edition
            )
        }
        None => match obstacle.what {
            What::Finding(finding) => {
                format!("Expected {}. Change: {}.", finding.expected, finding.fix)
            }
            What::Open(_, open) => format!("{} Source: {}.", open.asks, open.source),
            _ => "A standard that cannot speak of a candidate blocks it; the message says why."
                .to_owned(),
        },
    };
    rule["help"] = json!({"text": help});
    rule
}

fn find<'s>(standards: &'s Standards, series: &str, id: &str) -> Option<&'s Clause> {
    let all = standards.programmes().iter().flat_map(|p| p.standards());
    let mut of_series = all
        .chain(standards.markets())
        .filter(|standard| standard.header.series == series);
    of_series.find_map(|standard| standard.clauses.iter().find(|clause| clause.id == id))
}
