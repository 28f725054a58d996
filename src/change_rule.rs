//! The change rule: what a later switch of magnets or suppliers does to a certificate of a candidate.
//!
//! The rule is the same for every candidate; what fills it is what was judged of this one: how B differs from
//! A on the same laminations, whether one control table serves both, and the clauses that hold a supply.

use serde::Serialize;
use serde_json::Value;

use crate::record::field as f;
use crate::record::field::Field;
use crate::standard::Level;
use crate::unit::round_significant;
use crate::verdict::{ClauseStatus, Judgement};

/// What a change between the pathways does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Both were judged, and the switch between them: a certificate stays in force.
    Keeps,
    /// Something of the five standards is not met: there is no certificate that could be kept.
    NoCertificate,
}

/// How B differs from A in one quantity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The quantity in words.
    pub quantity: &'static str,
    /// Field of the pair record.
    pub field: &'static str,
    /// Value; none where it could not be judged.
    pub value: Option<f64>,
    /// Expanded uncertainty (k = 2).
    pub uncertainty: Option<f64>,
    /// Unit.
    pub unit: &'static str,
}

/// Whether one table of currents serves both pathways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlTable {
    /// The currents cannot be told apart.
    OneServesBoth,
    /// The currents differ by more than their uncertainty.
    OneEach,
    /// The currents are not known.
    CouldNotJudge,
}

/// A clause on supply that must stay met.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Condition {
    /// Pathway of the record: `a`, `b` or `pair`.
    pub pathway: String,
    /// Number of the clause.
    pub clause: String,
    /// Field.
    pub field: String,
    /// Its value now.
    pub value: Value,
    /// Limit in the words of the standard.
    pub limit: Value,
    /// Unit.
    pub unit: String,
}

/// A change between pathway A and pathway B.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Switch {
    /// Grade of pathway A.
    pub grade_a: String,
    /// Grade of pathway B.
    pub grade_b: String,
    /// What it does.
    pub effect: Effect,
    /// How B differs from A.
    pub differences: Vec<Difference>,
    /// Whether one control table serves both.
    pub control_table: ControlTable,
}

/// What later switches do to a certificate of a candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeRule {
    /// A change between the pathways; none where one of them is not declared.
    pub between_pathways: Option<Switch>,
    /// Clauses on supply that are met and must stay so.
    pub holds_while: Vec<Condition>,
    /// Leaves a certificate in force.
    pub keeps: Vec<String>,
    /// Asks for a new certificate that supersedes it.
    pub extends: Vec<String>,
    /// Ends it.
    pub voids: Vec<String>,
}

/// What was judged of a candidate.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'j> {
    /// Grades of pathways A and B, where both are declared.
    pub grades: Option<[&'j str; 2]>,
    /// The pair record; none where there is none.
    pub pair: Option<&'j Value>,
    /// What each standard says.
    pub judgements: &'j [Judgement],
    /// Whether all five are met.
    pub meets_both: bool,
}

/// Quantities of the pair record that a change between the pathways moves.
const MOVED: [(&str, &Field); 8] = [
    ("torque", &f::B_TO_A_PEAK_TORQUE_RATIO),
    (
        "no-load flux linkage",
        &f::B_TO_A_NO_LOAD_FLUX_LINKAGE_RATIO,
    ),
    ("peak current", &f::B_TO_A_PEAK_CURRENT_RATIO),
    ("fault voltage", &f::B_TO_A_FAULT_EMF_RATIO),
    ("rated losses", &f::B_TO_A_RATED_LOSS_RATIO),
    (
        "margin to the knee in a short circuit less that of A",
        &f::B_MINUS_A_DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_HOT_T,
    ),
    ("magnet mass", &f::B_TO_A_MAGNET_MASS_RATIO),
    ("currents, over their limit", &f::CONTROL_TABLE_SHIFT_RATIO),
];

/// Fields that a change of suppliers can move.
const OF_SUPPLY: [&Field; 12] = [
    &f::UNDECLARED_STAGE_COUNT,
    &f::LARGEST_COUNTRY_SHARE_RATIO,
    &f::HERFINDAHL_INDEX_RATIO,
    &f::SUPPLY_RISK_RATIO,
    &f::INDEPENDENT_SOURCES_MIN_COUNT,
    &f::EVIDENCED_SHARE_MIN_RATIO,
    &f::EXPORT_CONTROLLED_ELEMENT_COUNT,
    &f::STOCK_DAYS_MIN_D,
    &f::EMBARGO_COVER_D,
    &f::RECYCLED_CONTENT_RATIO,
    &f::SHARED_COUNTRY_STAGE_COUNT,
    &f::SHARED_SUPPLIER_COUNT,
];

/// What a change between the pathways leaves as it is.
const AS_DECLARED: &str = "as they are declared here, on the same laminations and winding";

/// The change rule of a candidate.
#[must_use]
pub fn change_rule(judged: &Judged) -> ChangeRule {
    let list = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
    let between_pathways = judged.grades.map(|[a, b]| switch(judged, a, b));
    let holds_while = conditions(judged.judgements);
    let mut shares = "a change of the shares of the declared suppliers that leaves every judged aggregate of the supply \
                      as it is or better"
        .to_owned();
    if !holds_while.is_empty() {
        let clauses: Vec<&str> = holds_while.iter().map(|c| c.clause.as_str()).collect();
        shares = format!("{shares}: {}", clauses.join(", "));
    }
    let keeps = vec![
        between_pathways.as_ref().map_or_else(
            || format!("a change between pathway A and pathway B {AS_DECLARED}"),
            sentence,
        ),
        shares,
    ];
    ChangeRule {
        between_pathways,
        holds_while,
        keeps,
        extends: list(&[
            "another supplier of a declared grade with the same or narrower magnetic data: judge again, supersede this certificate",
            "a new version of a standard: judge the stored records again, supersede this certificate",
        ]),
        voids: list(&[
            "another grade, or magnetic data weaker than declared here",
            "any change of geometry, steel, winding or requirement",
            "a declaration of the supply that turns out to be untrue",
        ]),
    }
}

fn switch(judged: &Judged, a: &str, b: &str) -> Switch {
    let differences: Vec<Difference> = MOVED
        .iter()
        .filter_map(|(quantity, field)| difference(judged.pair?, quantity, field))
        .collect();
    let shift = differences
        .iter()
        .find(|d| d.field == f::CONTROL_TABLE_SHIFT_RATIO.name);
    let control_table = match shift.and_then(|d| Some((d.value?, d.uncertainty?))) {
        None => ControlTable::CouldNotJudge,
        Some((value, uncertainty)) if value <= uncertainty => ControlTable::OneServesBoth,
        Some(_) => ControlTable::OneEach,
    };
    Switch {
        grade_a: a.to_owned(),
        grade_b: b.to_owned(),
        effect: if judged.meets_both {
            Effect::Keeps
        } else {
            Effect::NoCertificate
        },
        differences,
        control_table,
    }
}

/// A quantity of the pair record; nothing where the record does not have the field at all.
fn difference(pair: &Value, quantity: &'static str, field: &'static Field) -> Option<Difference> {
    let value = pair.get(field.name)?.as_f64();
    Some(Difference {
        quantity,
        field: field.name,
        value,
        uncertainty: value.and_then(|_| pair["uncertainty"].get(field.name)?.as_f64()),
        unit: field.unit,
    })
}

/// The change between the pathways in one sentence.
#[must_use]
pub fn sentence(switch: &Switch) -> String {
    let short = |x: f64| round_significant(x, 4);
    let told: Vec<String> = switch
        .differences
        .iter()
        .map(|d| {
            let unit = if d.unit == "1" { "" } else { d.unit };
            let value = d.value.map_or_else(
                || "not known".to_owned(),
                |value| {
                    let band = d
                        .uncertainty
                        .filter(|u| *u > 0.0)
                        .map_or_else(String::new, |u| format!(" ± {}", round_significant(u, 2)));
                    format!("{}{band} {unit}", short(value))
                        .trim_end()
                        .to_owned()
                },
            );
            format!("{} {value}", d.quantity)
        })
        .collect();
    let table = match switch.control_table {
        ControlTable::OneServesBoth => "one control table serves both",
        ControlTable::OneEach => "each needs a control table of its own",
        ControlTable::CouldNotJudge => "whether one control table serves both is not known",
    };
    let relative = if told.is_empty() {
        String::new()
    } else {
        format!(" B over A: {}.", told.join(", "))
    };
    format!(
        "a change between pathway A ({}) and pathway B ({}) {AS_DECLARED}.{relative} For currents, {table}",
        switch.grade_a, switch.grade_b
    )
}

/// The met clauses on supply that block.
fn conditions(judgements: &[Judgement]) -> Vec<Condition> {
    let of_supply = |field: &str| OF_SUPPLY.iter().any(|known| known.name == field);
    let each = judgements.iter().flat_map(|judgement| {
        let clauses = judgement.clauses.iter();
        clauses.map(move |clause| (judgement, clause))
    });
    each.filter(|(_, clause)| {
        clause.level == Level::Shall
            && clause.verdict == ClauseStatus::Met
            && of_supply(&clause.field)
    })
    .map(|(judgement, clause)| Condition {
        pathway: judgement.pathway.clone(),
        clause: clause.id.clone(),
        field: clause.field.clone(),
        value: clause.value.clone(),
        limit: clause.limits.clone(),
        unit: clause.unit.clone(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn judged(pair: Option<&Value>, meets_both: bool) -> ChangeRule {
        change_rule(&Judged {
            grades: Some(["N42UH", "Recoma-33E"]),
            pair,
            judgements: &[],
            meets_both,
        })
    }

    fn pair(shift: f64, uncertainty: f64) -> Value {
        json!({
            "b_to_a_peak_torque_ratio": 0.97,
            "control_table_shift_ratio": shift,
            "uncertainty": {
                "b_to_a_peak_torque_ratio": 0.01,
                "control_table_shift_ratio": uncertainty
            }
        })
    }

    #[test]
    fn currents_that_cannot_be_told_apart_need_one_table() {
        let table = |shift, uncertainty| {
            let rule = judged(Some(&pair(shift, uncertainty)), true);
            rule.between_pathways
                .expect("both are declared")
                .control_table
        };
        assert_eq!(table(0.01, 0.02), ControlTable::OneServesBoth);
        assert_eq!(table(0.021, 0.02), ControlTable::OneEach);
        assert_eq!(table(0.0, 0.0), ControlTable::OneServesBoth);
        let unknown = json!({"control_table_shift_ratio": null, "uncertainty": {}});
        let rule = judged(Some(&unknown), false);
        let between = rule.between_pathways.expect("both are declared");
        assert_eq!(between.control_table, ControlTable::CouldNotJudge);
    }

    /// What does not meet both has nothing that a switch could keep.
    #[test]
    fn without_a_certificate_nothing_is_kept() {
        let of = |meets| judged(None, meets).between_pathways.expect("declared");
        assert_eq!(of(true).effect, Effect::Keeps);
        assert_eq!(of(false).effect, Effect::NoCertificate);
        assert_eq!(of(true).control_table, ControlTable::CouldNotJudge);
    }

    #[test]
    fn the_sentence_tells_ratios_with_their_uncertainty() {
        let rule = judged(Some(&pair(0.05, 0.01)), true);
        assert_eq!(
            rule.keeps[0],
            "a change between pathway A (N42UH) and pathway B (Recoma-33E) as they are declared here, on the same \
             laminations and winding. B over A: torque 0.97 ± 0.01, currents, over their limit 0.05 ± 0.01. For \
             currents, each needs a control table of its own"
        );
    }
}
