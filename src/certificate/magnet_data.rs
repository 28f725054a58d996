//! What a certificate knows of the label and the data carrier of permanent magnets that Regulation (EU) 2024/1252,
//! Article 28, asks for, and what it does not know. Names only: the format of the label is left to an implementing
//! act. Paragraphs 1 to 3 and 4(a) were read in the German text of the Regulation, 4(b) and 4(c) as the register of
//! acts gives them.

use super::check::Opened;
use super::market::CertifiedMarket;
use super::statement::CertifiedClause;
use crate::record::{Record, RecordError, field};
use crate::verdict::ClauseStatus;
use serde_json::{Map, Value, json};

/// The types that the label knows, Article 28(1)(b), by the family of a record. A bonded magnet is of the type of its
/// powder, which a record does not tell; samarium-iron-nitrogen is none of the four.
const TYPES: [(&str, &str); 4] = [
    ("ndfeb", "neodymium-iron-boron"),
    ("smco", "samarium-cobalt"),
    ("alnico", "aluminium-nickel-cobalt"),
    ("ferrite", "ferrite"),
];

/// What is asked for and stands in no certificate.
const NOT_HERE: [(&str, &str, &str); 6] = [
    (
        "Article 28(4)",
        "unique product identifier",
        "a certificate speaks of a design and of no item",
    ),
    (
        "Article 28(4)(a)",
        "name and postal address of the person responsible",
        "the issuer of a certificate is a name only, and need not be that person",
    ),
    (
        "Article 28(4)(b)",
        "weight of every single magnet, and where it lies in the product",
        "the mass is that of all magnets of the machine; their place is in the design file",
    ),
    (
        "Article 28(4)(b)",
        "presence and type of coatings, glues and additives",
        "no record has them",
    ),
    (
        "Article 28(4)(c)",
        "steps, tools and techniques to reach and remove the magnets",
        "no record has them",
    ),
    (
        "Article 29(1)",
        "share of Nd, Dy, Pr, Tb, B, Sm, Ni and Co from post-consumer waste, element by element",
        "a record has one declared share of the whole magnet",
    ),
];

/// What a certificate whose file has a digest [SHA-256, lower-case hexadecimal] knows for the label and the data carrier of
/// its magnets, pathway by pathway; masses in kilograms, calculated.
///
/// # Errors
/// When a record cannot be read.
pub fn magnet_data(opened: &Opened, file_sha256: &str) -> Result<Value, RecordError> {
    let predicate = opened.predicate();
    let mut pathways = Vec::new();
    for certified in &predicate.records {
        let record = Record::from_value(&certified.record)?;
        // The pair compares two machines and is none.
        if record.get_flag(field::HAS_MAGNETS.name).is_some() {
            pathways.push(of_pathway(&certified.pathway, &record));
        }
    }
    let not_here = NOT_HERE.iter().map(
        |(article, asked, why)| json!({"article": article, "asked_for": asked, "why_not": why}),
    );
    let mut whole = json!({
        "magnet_data_version": "1.0",
        "regulation": "Regulation (EU) 2024/1252, Article 28",
        "certificate": {"id": predicate.id, "sha256": file_sha256},
        "design": {
            "name": predicate.design.name,
            "candidate": predicate.design.candidate,
            "topology": predicate.design.topology,
        },
        "pathways": pathways,
        "not_here": not_here.collect::<Vec<_>>(),
    });
    if !predicate.markets.is_empty() {
        let markets = predicate.markets.iter().map(of_market);
        whole["markets"] = json!(markets.collect::<Vec<_>>());
    }
    Ok(whole)
}

/// What a market asks of magnets: the clauses of its file that read a field of theirs, covered or judged on their own, and
/// what of the market stays open, whatever it is about.
fn of_market(market: &CertifiedMarket) -> Value {
    let clauses = market.ledgers.iter().flat_map(|ledger| {
        let applies = |clause: &&CertifiedClause| {
            clause.verdict != ClauseStatus::NotApplicable && clause.field.starts_with(OF_MAGNETS)
        };
        ledger.clauses.iter().filter(applies).map(|clause| {
            let covered = market.cover(ledger, &clause.id);
            let by = covered.map(|c| json!({"standard": c.by_standard, "version": c.by_version, "clause": c.by_clause}));
            json!({
                "pathway": ledger.pathway,
                "clause": clause.id,
                "field": clause.field,
                "verdict": clause.verdict,
                "covered_by": by,
            })
        })
    });
    let open = market
        .open
        .iter()
        .map(|open| json!({"id": open.id, "title": open.title}));
    let file = market.ledgers.first();
    json!({
        "name": market.name,
        "file": file.map(|file| json!({"series": file.series, "version": file.version, "sha256": file.sha256})),
        "clauses": clauses.collect::<Vec<_>>(),
        "open": open.collect::<Vec<_>>(),
    })
}

/// What the fields of magnets begin with.
const OF_MAGNETS: &str = "magnet_";

fn of_pathway(pathway: &str, record: &Record) -> Value {
    let mut told = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            told.insert(name.to_owned(), value);
        }
    };
    let number = |field: &field::Field| record.get_number(field.name);
    let text = |field: &field::Field| record.get_text(field.name).map(Value::from);
    put("pathway", Some(json!(pathway)));
    let magnets = record.get_flag(field::HAS_MAGNETS.name);
    put("contains_permanent_magnets", magnets.map(Value::from));
    if magnets == Some(true) {
        let family = record.get_text(field::MAGNET_FAMILY.name);
        let of_label = |family| TYPES.iter().find(|(known, _)| Some(*known) == family);
        put("type", of_label(family).map(|(_, name)| json!(name)));
        put("family", text(&field::MAGNET_FAMILY));
        put("grade", text(&field::MAGNET_GRADE));
        put("mass_kg", number(&field::MAGNET_MASS_KG).map(Value::from));
        let uncertainty = record.get_uncertainty(field::MAGNET_MASS_KG.name);
        put("mass_uncertainty_kg", uncertainty.map(Value::from));
        let elements = field::element::IN_MAGNETS
            .iter()
            .filter_map(|(symbol, field)| {
                let mass = number(field).filter(|mass| *mass > 0.0)?;
                Some(((*symbol).to_owned(), json!(mass)))
            });
        let elements: Map<String, Value> = elements.collect();
        // A grade of unknown composition has no mass of any element; that is no empty composition.
        put(
            "composition_kg",
            (!elements.is_empty()).then(|| Value::Object(elements)),
        );
        put(
            "composition_method",
            text(&field::MAGNET_COMPOSITION_METHOD),
        );
        put(
            "heavy_rare_earth_kg",
            number(&field::HEAVY_RARE_EARTH_MASS_KG).map(Value::from),
        );
        put(
            "recycled_post_consumer_declared_ratio",
            number(&field::RECYCLED_POST_CONSUMER_RATIO).map(Value::from),
        );
        let label = record.get_flag(field::MAGNET_LABEL_DECLARED.name);
        put("label_declared", label.map(Value::from));
    }
    Value::Object(told)
}
