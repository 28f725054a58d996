//! What the gates say of files, in the forms that pipelines read.

use super::lint::{Lint, Told};
use crate::report::text::{
    address, annotation_data, annotation_place, annotation_property, escaped_xml, fingerprint,
    plain_markdown,
};
use crate::source::Place;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where the schema of the format stands.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

impl Lint {
    /// SARIF 2.1.0: every finding with a region in the standard, or at the start of what cannot be read.
    ///
    /// # Errors
    /// When a value cannot be written, which none of these is.
    pub fn sarif(&self, exit_code: u8) -> Result<String, serde_json::Error> {
        let mut rules: BTreeMap<&str, Value> = BTreeMap::new();
        for told in &self.findings {
            rules.entry(told.code).or_insert_with(|| {
                json!({
                    "id": told.code,
                    "shortDescription": {"text": format!("expected {}", told.expected)},
                    "help": {"text": told.fix},
                    "defaultConfiguration": {"level": "error"},
                })
            });
        }
        let places: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
        let results: Vec<Value> = self
            .findings
            .iter()
            .map(|told| self.result(told, places.get(told.code).copied()))
            .collect();
        let document = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": self.tool.name,
                    "version": self.tool.version,
                    "semanticVersion": self.tool.version,
                    "rules": rules.values().collect::<Vec<_>>(),
                }},
                // A standard that is refused is what was asked for; a file that cannot be read is not.
                "invocations": [{
                    "executionSuccessful": matches!(exit_code, 0 | 4),
                    "exitCode": exit_code,
                }],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        Ok(serde_json::to_string_pretty(&document)? + "\n")
    }

    fn result(&self, told: &Told, index: Option<usize>) -> Value {
        let (file, place) = self.at(told);
        let mut result = json!({
            "ruleId": told.code,
            "level": "error",
            "message": {"text": message(told)},
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": {"uri": address(file)},
                    "region": {
                        "startLine": place.line,
                        "startColumn": place.column,
                        "endLine": place.end_line,
                        "endColumn": place.end_column,
                    },
                },
            }],
            // The same for the same gate at the same place of a file, whatever the lines.
            "partialFingerprints": {
                "dualcert/v1": fingerprint(&[&told.file, told.code, &told.pointer]),
            },
            "properties": {"clause": told.clause, "pointer": told.pointer},
        });
        if let Some(index) = index {
            result["ruleIndex"] = json!(index);
        }
        result
    }

    /// File and place of a finding. One of a file that cannot be read, or of a folder without a standard, is told at a start:
    /// some readers refuse a whole run for one result without a place.
    fn at<'l>(&'l self, told: &'l Told) -> (&'l str, Place) {
        (&told.file, told.place.unwrap_or(Place::START))
    }

    /// Everything that is said of a file.
    fn said_of<'l>(&'l self, file: &'l str) -> impl Iterator<Item = &'l Told> {
        self.findings
            .iter()
            .filter(move |told| self.at(told).0 == file)
    }

    /// Names of the files: those looked at, then others of which something is said.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.files.iter().map(|seen| seen.file.as_str()).collect();
        for told in &self.findings {
            let (file, _) = self.at(told);
            if !names.contains(&file) {
                names.push(file);
            }
        }
        names
    }

    /// JUnit XML: a suite a file, a case a finding, and one that passes where there is none.
    pub fn junit(&self) -> String {
        let cases = |file: &str| self.said_of(file).count().max(1);
        let names = self.names();
        let tests: usize = names.iter().map(|name| cases(name)).sum();
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let _ = writeln!(
            text,
            "<testsuites name=\"{} standard lint\" tests=\"{tests}\" failures=\"{}\" errors=\"0\" skipped=\"0\">",
            self.tool.name,
            self.findings.len()
        );
        for name in names {
            let _ = writeln!(
                text,
                "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">",
                escaped_xml(name),
                cases(name),
                self.said_of(name).count()
            );
            let case = |text: &mut String, case: &str| {
                let _ = write!(
                    text,
                    "    <testcase name=\"{}\" classname=\"standard\" file=\"{}\"",
                    escaped_xml(case),
                    escaped_xml(name)
                );
            };
            if self.said_of(name).next().is_none() {
                case(&mut text, "gates");
                text.push_str("/>\n");
            }
            for told in self.said_of(name) {
                case(&mut text, &format!("{} at {}", told.code, told.pointer));
                let (file, place) = self.at(told);
                let told = escaped_xml(&format!(
                    "{file}:{}:{}: {}",
                    place.line,
                    place.column,
                    message(told)
                ));
                let _ = write!(
                    text,
                    ">\n      <failure type=\"refused\" message=\"{told}\">{told}</failure>\n    </testcase>\n"
                );
            }
            text.push_str("  </testsuite>\n");
        }
        text.push_str("</testsuites>\n");
        text
    }

    /// Annotations of a GitHub workflow, then one line on the whole.
    pub fn github(&self) -> String {
        let mut text = String::new();
        for told in &self.findings {
            let (file, place) = self.at(told);
            let _ = write!(text, "::error {}", annotation_place(file, place));
            let _ = writeln!(
                text,
                "title={}::{}",
                annotation_property(told.code),
                annotation_data(&message(told))
            );
        }
        text + &self.summary()
    }

    /// JSON Lines: a file a line, with what is said of it.
    ///
    /// # Errors
    /// When a value cannot be written, which none of these is.
    pub fn lines(&self) -> Result<String, serde_json::Error> {
        let mut text = String::new();
        for name in self.names() {
            let seen = self.files.iter().find(|seen| seen.file == name);
            let line = json!({
                "format_version": self.format_version,
                "file": name,
                "passes": seen.is_some_and(|seen| seen.passes) && self.said_of(name).next().is_none(),
                "standard": seen.and_then(|seen| seen.standard.as_ref()),
                "findings": self.said_of(name).collect::<Vec<_>>(),
            });
            text += &(serde_json::to_string(&line)? + "\n");
        }
        Ok(text)
    }

    /// Markdown: one line on the whole, then the findings.
    pub fn markdown(&self) -> String {
        let mut text = format!("## dualcert standard lint\n\n{}", self.summary());
        for told in &self.findings {
            let (file, place) = self.at(told);
            let _ = writeln!(
                text,
                "\n- **{}** {}:{}:{}: {}",
                plain_markdown(told.code),
                plain_markdown(file),
                place.line,
                place.column,
                plain_markdown(&message(told))
            );
        }
        text
    }
}

/// What was found, expected and is to be changed, in one line.
fn message(told: &Told) -> String {
    let clause = told
        .clause
        .as_ref()
        .map_or_else(String::new, |id| format!("clause {id}: "));
    let instead = told
        .instead
        .as_ref()
        .map_or_else(String::new, |text| format!("; write {text}"));
    format!(
        "{clause}{}; expected {}; change: {}{instead}",
        told.found, told.expected, told.fix
    )
}
