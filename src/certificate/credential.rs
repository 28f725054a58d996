//! A certificate in the form of the UN/CEFACT Digital Conformity Credential (repository `uncefact/spec-untp`,
//! `data-models/untp-dcc/artefacts/untp-dcc-schema.json`, the working draft of commit 0c4da1f). Names and what has no place there: `docs/mapping.md`.
//!
//! What is written carries no signature: whoever issues the credential signs it with the key of the identifier that is
//! named in it.

use super::base64;
use super::check::Opened;
use super::market::CertifiedMarket;
use super::statement::{Assessor, Attestation, CertifiedClause, CertifiedStandard, Predicate};
use crate::date::Date;
use crate::standard::{Level, Status as Standing};
use crate::verdict::{ClauseStatus, Covered, DecisionRule, Status};
use serde_json::{Map, Value, json};

/// The contexts that the schema asks for.
const CONTEXT: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://test.uncefact.org/vocabulary/untp/dcc/working/",
];

/// Units of clauses with their codes in UN/ECE Recommendation 20. A unit without one has none.
const UNITS: [(&str, &str); 5] = [
    ("1", "C62"),
    ("Cel", "CEL"),
    ("T", "D33"),
    ("d", "DAY"),
    ("kA/m", "B24"),
];

/// A person or an organisation, as the credential names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// A URI; of an issuer a decentralised identifier.
    pub id: String,
    /// Name.
    pub name: String,
}

/// Whom the credential speaks of beside the certificate, which knows none of them by a URI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parties {
    /// Decentralised identifier of the issuer, whose name stands in the certificate.
    pub issuer: String,
    /// To whom it is issued.
    pub holder: Party,
    /// Who publishes the standards.
    pub standards: Party,
}

/// The credential of a certificate whose file has a digest [SHA-256, lower-case hexadecimal]. Every identifier that the
/// certificate does not know is the digest of the thing itself (RFC 6920).
///
/// # Errors
/// In words, when a digest is missing or is none.
pub fn credential(opened: &Opened, file_sha256: &str, parties: &Parties) -> Result<Value, String> {
    let predicate = opened.predicate();
    let id = named(file_sha256)?;
    let file = &predicate.design.file;
    let design = opened
        .digest_of(file)
        .ok_or_else(|| format!("the certificate states no digest of {file}"))?;
    let design = named(design)?;
    let mut whole = json!({
        "type": ["DigitalConformityCredential", "VerifiableCredential"],
        "@context": CONTEXT,
        "id": format!("{id}#credential"),
        "issuer": {
            "type": ["CredentialIssuer"],
            "id": parties.issuer,
            "name": predicate.issuer,
        },
        "validFrom": midnight(predicate.issued_at),
        "credentialSubject": attestation(predicate, &id, &design, parties)?,
    });
    if let Some(end) = predicate.not_after {
        // The certificate holds on its last day.
        whole["validUntil"] = json!(format!("{end}T23:59:59Z"));
    }
    Ok(whole)
}

fn attestation(
    predicate: &Predicate,
    id: &str,
    design: &str,
    parties: &Parties,
) -> Result<Value, String> {
    let programmes = predicate.standards.iter().map(|standard| (standard, None));
    let markets = predicate.markets.iter().flat_map(|market| {
        // A ledger without a clause that speaks of the record assesses nothing.
        let spoke = market
            .ledgers
            .iter()
            .filter(|ledger| ledger.verdict != Status::NotRequired);
        spoke.map(move |ledger| (ledger, Some(market)))
    });
    let assessments = programmes
        .chain(markets)
        .map(|(standard, market)| assessment(predicate, standard, market, (id, design), parties));
    let assessments = assessments.collect::<Result<Vec<Value>, String>>()?;
    Ok(json!({
        "type": ["ConformityAttestation", "Attestation"],
        "id": id,
        "name": predicate.title,
        "description": predicate.notes.join(" "),
        "assessorLevel": match predicate.assessor {
            Assessor::Own => "Self",
            Assessor::SecondParty => "Buyer",
            Assessor::ThirdParty => "3rdParty",
        },
        "assessmentLevel": "Unspecified",
        "attestationType": match predicate.attestation {
            Attestation::Declaration => "declaration",
            Attestation::Verification => "verification",
        },
        "issuedToParty": party(&parties.holder),
        "assessment": assessments,
    }))
}

fn assessment(
    predicate: &Predicate,
    standard: &CertifiedStandard,
    market: Option<&CertifiedMarket>,
    (id, design): (&str, &str),
    parties: &Parties,
) -> Result<Value, String> {
    let CertifiedStandard {
        series, version, ..
    } = standard;
    let of_standard = named(&standard.sha256)?;
    let cover =
        |clause: &CertifiedClause| market.and_then(|market| market.cover(standard, &clause.id));
    let judged = || {
        standard.clauses.iter().filter(|clause| {
            clause.verdict != ClauseStatus::NotApplicable
                && (clause.level != Level::Info || cover(clause).is_some())
        })
    };
    let criteria = judged().map(|clause| {
        let mut found = criterion(standard, &of_standard, clause);
        if market.is_some() {
            found["tag"] = json!([cover(clause).map_or_else(|| DELTA.to_owned(), by)]);
        }
        found
    });
    let values = judged().filter_map(declared);
    let rule = match predicate.decision_rule {
        DecisionRule::GuardBanded => "guard banded",
        DecisionRule::Simple => "simple",
    };
    Ok(json!({
        "type": ["ConformityAssessment", "Declaration"],
        "id": format!("{id}#{series}/{}", standard.pathway),
        "name": format!("{} {version}, pathway {}", standard.title, standard.pathway),
        "description": format!(
            "candidate {} of {}, decision rule {rule}{}",
            predicate.design.candidate,
            predicate.design.name,
            market.map_or_else(String::new, not_shown)
        ),
        "assessmentDate": predicate.issued_at.to_string(),
        "referenceStandard": {
            "type": ["Standard"],
            "id": of_standard,
            "name": format!("{series} {version}: {}", standard.title),
            "issuingParty": party(&parties.standards),
        },
        "assessmentCriteria": criteria.collect::<Vec<Value>>(),
        "declaredValue": values.collect::<Vec<Value>>(),
        "conformityTopic": TOPIC,
        "conformance": standard.verdict == Status::Met && market.is_none_or(is_shown),
        "assessedProduct": [{
            "type": ["ProductVerification"],
            "product": {
                "id": format!("{design}#{}", predicate.design.candidate),
                "name": format!("{}, {}", predicate.design.name, predicate.design.candidate),
            },
            "IDverifiedByCAB": false,
        }],
    }))
}

/// The tag of a clause that the market asks for beside the programme.
const DELTA: &str = "asked by the market beside the programme";

fn by(covered: &Covered) -> String {
    let Covered {
        by_standard,
        by_version,
        by_clause,
        ..
    } = covered;
    format!("covered by {by_standard} {by_version} clause {by_clause}")
}

/// Whether nothing that the law of a market asks for is left to be shown: an assessment that says *conforms* would be
/// read as speaking of all of it.
fn is_shown(market: &CertifiedMarket) -> bool {
    !market.open.iter().any(|open| open.level == Level::Shall)
}

fn not_shown(market: &CertifiedMarket) -> String {
    if market.open.is_empty() {
        return format!("; market {}, nothing open", market.name);
    }
    let open = market
        .open
        .iter()
        .map(|open| format!("{} {}", open.id, open.title));
    format!(
        "; market {}, not assessed and not shown: {}",
        market.name,
        open.collect::<Vec<_>>().join("; ")
    )
}

/// The nearest of the topics that there are.
const TOPIC: &str = "governance.compliance";

fn criterion(standard: &CertifiedStandard, of_standard: &str, clause: &CertifiedClause) -> Value {
    let level = match clause.level {
        Level::Shall => "shall",
        Level::Should => "should",
        Level::Info => "info",
    };
    let mut found = json!({
        "type": ["Criterion"],
        "id": format!("{of_standard}#{}", clause.id),
        "name": format!("{} clause {}, revision {}", standard.series, clause.id, clause.revision),
        "description": format!(
            "{} {} {}, level {}: {}",
            clause.field,
            clause.limit,
            clause.unit,
            level,
            clause.verdict.words()
        ),
        "conformityTopic": TOPIC,
        "status": match standard.status {
            Standing::Draft => "proposed",
            Standing::Published => "active",
            Standing::Withdrawn => "deprecated",
        },
    });
    if let Some(threshold) = bound(&clause.limit).and_then(|value| metric(clause, value, None)) {
        found["thresholdValue"] = threshold;
    }
    found
}

/// The number of a limit that has one only: a credential has no place for more.
fn bound(limit: &Value) -> Option<f64> {
    let numbers: Vec<f64> = match limit {
        Value::Object(bounds) => bounds.values().filter_map(Value::as_f64).collect(),
        other => other.as_f64().into_iter().collect(),
    };
    match numbers[..] {
        [one] => Some(one),
        _ => None,
    }
}

fn declared(clause: &CertifiedClause) -> Option<Value> {
    metric(clause, clause.value.as_f64()?, clause.uncertainty)
}

/// A number with its unit; nothing for a unit without a code.
fn metric(clause: &CertifiedClause, value: f64, uncertainty: Option<f64>) -> Option<Value> {
    let (_, code) = UNITS.iter().find(|(unit, _)| *unit == clause.unit)?;
    let mut metric = Map::new();
    metric.insert("type".to_owned(), json!(["Metric"]));
    metric.insert("metricName".to_owned(), json!(clause.field));
    metric.insert(
        "metricValue".to_owned(),
        json!({ "type": ["Measure"], "value": value, "unit": code }),
    );
    // The share within which the value is claimed to lie, of which there is none beyond itself.
    let share = uncertainty.map(|u| u / value.abs());
    if let Some(share) = share.filter(|share| *share <= 1.0) {
        metric.insert(
            "accuracy".to_owned(),
            json!(crate::unit::round_significant(share, 6)),
        );
    }
    Some(Value::Object(metric))
}

fn party(party: &Party) -> Value {
    json!({ "id": party.id, "name": party.name })
}

fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// A thing by its digest: `ni:///sha-256;` and the digest in base64 for URLs (RFC 6920, 2013, section 3).
fn named(sha256: &str) -> Result<String, String> {
    let whole = sha256.len() == 64 && sha256.bytes().all(|digit| digit.is_ascii_hexdigit());
    let digits = sha256.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    let bytes: Option<Vec<u8>> = digits.collect();
    let bytes = bytes
        .filter(|_| whole)
        .ok_or_else(|| format!("`{sha256}` is no SHA-256 in hexadecimal digits"))?;
    let text = base64::encode(&bytes)
        .replace('+', "-")
        .replace('/', "_")
        .replace('=', "");
    Ok(format!("ni:///sha-256;{text}"))
}

#[cfg(test)]
mod tests {
    use super::{bound, named};
    use serde_json::json;

    /// The example of RFC 6920, section 8.1: the digest of `Hello World!`.
    #[test]
    fn a_thing_is_named_by_its_digest() {
        let digest = crate::certificate::sha256(b"Hello World!");
        assert_eq!(
            named(&digest).as_deref(),
            Ok("ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk")
        );
        let signed = digest.replace("ff", "+f");
        assert_ne!(
            signed, digest,
            "the example holds the digits that are replaced"
        );
        for wrong in ["", "ab", &digest[1..], &digest.replace('f', "g"), &signed] {
            assert!(named(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_limit_of_one_number_is_a_threshold_and_no_other_is() {
        assert_eq!(bound(&json!({"minimum": 0.5})), Some(0.5));
        assert_eq!(bound(&json!({"minimum": 0, "maximum": 1})), None);
        assert_eq!(bound(&json!({"const": true})), None);
        assert_eq!(bound(&json!(3)), Some(3.0));
        assert_eq!(bound(&json!("word")), None);
    }
}
