//! The file of a scenario.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::design::{Form, commented, finding, read};
use crate::source::{Document, Finding};
use crate::supply::{Element, Stage, is_country};

/// A course of events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "dualcert scenario")]
pub struct Scenario {
    /// The schema of this file, for editors.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Version of the scenario format.
    #[schemars(extend("const" = "1.0"))]
    pub scenario_version: String,
    /// Name, by which reports call it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]{0,63}$"))]
    pub name: String,
    /// What happens, in one line.
    #[schemars(length(min = 1))]
    pub title: String,
    /// Whose scenario it is.
    #[schemars(length(min = 1))]
    pub source: String,
    /// How long it lasts [d].
    #[schemars(range(max = 36500.0), extend("exclusiveMinimum" = 0))]
    pub duration_days: f64,
    /// Flows that change. Where several touch one flow, the least volume and the longest delay count.
    pub flows: Vec<Flow>,
    /// Prices that change.
    pub prices: Vec<PriceChange>,
}

/// Flows of material that a scenario cuts or delays. A list that is left out or empty restricts nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// Pathways that are touched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pathways: Vec<OnPathway>,
    /// Countries in which the stage is done, two capital letters of ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"^[A-Z]{2}$")))]
    pub countries: Vec<String>,
    /// Elements, by chemical symbol, or `electrical_steel`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<Element>,
    /// Stages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// Part of the volume that still comes [1].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub kept_ratio: f64,
    /// Days from the beginning on which nothing of it comes [d].
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 36500.0))]
    pub delay_days: f64,
    /// Why these numbers.
    #[schemars(length(min = 1))]
    pub basis: String,
}

/// A pathway that a flow belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnPathway {
    /// The incumbent path.
    A,
    /// The alternative path.
    B,
}

impl OnPathway {
    /// The word of supply sheets.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            OnPathway::A => "a",
            OnPathway::B => "b",
        }
    }
}

/// A price that changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceChange {
    /// Elements.
    #[schemars(length(min = 1))]
    pub elements: Vec<Element>,
    /// The price over that of before [1].
    #[schemars(range(max = 1000.0), extend("exclusiveMinimum" = 0))]
    pub factor_ratio: f64,
    /// Why this number.
    #[schemars(length(min = 1))]
    pub basis: String,
}

static FORM: LazyLock<Form> = LazyLock::new(Form::of::<Scenario>);

/// The JSON Schema (2020-12) of a scenario file.
#[must_use]
pub fn scenario_schema() -> Value {
    commented(&FORM)
}

impl Scenario {
    /// Reads and checks a scenario.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn load(document: &Document) -> Result<Scenario, Vec<Finding>> {
        let scenario: Scenario = read(document, &FORM)?;
        let mut findings = Vec::new();
        for (index, flow) in scenario.flows.iter().enumerate() {
            for (place, country) in flow.countries.iter().enumerate() {
                if !is_country(country) {
                    let words = [
                        format!("the country \"{country}\""),
                        "a two-letter ISO 3166-1 code such as `CN`".to_owned(),
                        "write the country's code".to_owned(),
                    ];
                    let at = format!("/flows/{index}/countries/{place}");
                    findings.push(finding(document, "wrong-form", &at, false, words));
                }
            }
        }
        for (index, change) in scenario.prices.iter().enumerate() {
            let earlier = || scenario.prices[..index].iter().flat_map(|p| &p.elements);
            for (place, element) in change.elements.iter().enumerate() {
                let own = change.elements[..place].contains(element);
                if own || earlier().any(|known| known == element) {
                    let words = [
                        format!("the price of {} a second time", element.symbol()),
                        "one factor for an element".to_owned(),
                        "leave one of the two out".to_owned(),
                    ];
                    let at = format!("/prices/{index}/elements/{place}");
                    findings.push(finding(document, "duplicate-element", &at, false, words));
                }
            }
        }
        if findings.is_empty() {
            Ok(scenario)
        } else {
            Err(findings)
        }
    }
}

/// The scenarios of the program, in the order from mild to lasting.
static BUILT_IN: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    let files = [
        (
            "managed_detente",
            include_str!("../../scenarios/managed_detente.json"),
        ),
        (
            "gradual_escalation",
            include_str!("../../scenarios/gradual_escalation.json"),
        ),
        (
            "shock_embargo",
            include_str!("../../scenarios/shock_embargo.json"),
        ),
        (
            "structural_dual_system",
            include_str!("../../scenarios/structural_dual_system.json"),
        ),
    ];
    files
        .into_iter()
        .map(|(name, text)| shipped(name, text))
        .collect()
});

/// Reads a scenario of the program. One that is not valid must end the run: without it the wrong thing would
/// be said to be safe. A test excludes it.
fn shipped(name: &str, text: &str) -> Scenario {
    let document = Document::parse(name, text);
    let read = document.as_ref().map(Scenario::load);
    match read {
        Ok(Ok(scenario)) => scenario,
        other => panic!("the shipped scenario {name} is not valid: {other:?}"),
    }
}

/// The scenario of the program of that name.
#[must_use]
pub fn builtin(name: &str) -> Option<&'static Scenario> {
    BUILT_IN.iter().find(|scenario| scenario.name == name)
}

/// Names of the scenarios of the program.
pub fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|scenario| scenario.name.as_str())
}
