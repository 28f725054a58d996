//! From judged records to a certificate, or to everything that stands against one.

use super::dsse::Envelope;
use super::form::Form;
use super::key::PrivateKey;
use super::market::OnMarket;
use super::refusal::{Refusal, assumptions, objections, untimely};
use super::sha256;
pub use super::statement::ChokePoint;
use super::statement::{
    Allowance, Assessor, Attestation, CertifiedClause, CertifiedRecord, CertifiedStandard,
    ChangeRule, Design, Digest, PAYLOAD_TYPE, PREDICATE_TYPE, Predicate, RESOLUTION,
    STATEMENT_TYPE, Schema, Solver, Statement, Subject, Supply, Versioned,
};
use super::validation::validation;
use super::words::{Foundation, notes, title};
use crate::date::Date;
use crate::design::{self, Candidate};
use crate::record::{RECORD_VERSION, schema::record_schema};
use crate::standard::{self, Evidence, Level, Programme, Standard};
use crate::verdict::{self, DecisionRule, Evaluation, Judgement, judge_candidate};
use serde_json::Value;

/// Version of the JSON Schema validator, pinned in `Cargo.toml`; a test holds it against the lock file.
pub(super) const VALIDATOR_VERSION: &str = "0.61.2";

/// What a certificate is made of.
pub struct Draft<'d> {
    /// The design file's name, without folders, and its exact bytes.
    pub file: (&'d str, &'d [u8]),
    /// The design, with the application that was judged against.
    pub design: &'d design::Design,
    /// The candidate.
    pub candidate: &'d Candidate,
    /// The file that replaced the design's own application.
    pub application_from: Option<&'d str>,
    /// The exact bytes of added materials.
    pub materials: Option<&'d [u8]>,
    /// Records with their pathways.
    pub records: Vec<(&'static str, Value)>,
    /// Where the design has one way only.
    pub choke_points: Vec<ChokePoint>,
    /// Who issues it; the signing key's name if nothing else is said.
    pub issuer: String,
    /// In whose place.
    pub assessor: Assessor,
    /// Day of issue.
    pub issued_at: Date,
    /// Last day.
    pub not_after: Option<Date>,
    /// What is allowed.
    pub allowed: Vec<Allowance>,
    /// The files of the markets that it is to speak of.
    pub markets: Vec<&'d Standard>,
}

/// Judges the records and signs what came of it with every key.
///
/// # Errors
/// Everything that stands against a certificate.
pub fn issue(
    draft: Draft<'_>,
    programme: &Programme,
    keys: &[PrivateKey],
) -> Result<(Envelope, Statement), Vec<Refusal>> {
    let records: Vec<CertifiedRecord> = draft
        .records
        .iter()
        .map(|(pathway, record)| CertifiedRecord {
            pathway: (*pathway).to_owned(),
            record: record.clone(),
        })
        .collect();
    let judged = judged(programme, &records, draft.candidate.has_magnets());
    let core = judged.as_deref().unwrap_or_default();
    let sector = &draft.design.application.sector;
    let mut markets = Vec::new();
    let mut off_market = Vec::new();
    for market in &draft.markets {
        match OnMarket::of(market, sector, &records, core) {
            Ok(found) => markets.extend(found),
            Err(refusal) => off_market.push(refusal),
        }
    }
    off_market.extend(markets.iter().flat_map(|m| m.objections(&draft.allowed)));
    let mut refusals: Vec<Refusal> = match &judged {
        Ok(judged) => objections(judged, &draft.allowed),
        Err(refusal) => vec![refusal.clone()],
    };
    refusals.extend(off_market);
    let standards = programme.standards().into_iter();
    refusals.extend(untimely(
        standards.chain(draft.markets.iter().copied()),
        draft.design.day(),
        draft.issued_at,
    ));
    refusals.extend(assumptions(
        &supply(draft.candidate),
        &draft.candidate.material_supply,
        &draft.allowed,
    ));
    if let Some(not_after) = draft
        .not_after
        .as_ref()
        .filter(|day| **day < draft.issued_at)
    {
        refusals.push(Refusal::EndsBeforeItBegins {
            issued_at: draft.issued_at,
            not_after: *not_after,
        });
    }
    let (Ok(judged), true) = (judged, refusals.is_empty()) else {
        return Err(refusals);
    };
    let unwritable = |error: serde_json::Error| vec![Refusal::Unwritable(error.to_string())];
    let mut statement = statement(draft, records, &judged, &markets);
    statement.predicate.id = statement.computed_id().map_err(unwritable)?;
    let bytes = statement.bytes().map_err(unwritable)?;
    Ok((Envelope::seal(PAYLOAD_TYPE, &bytes, keys), statement))
}

/// A standard with its ledger of one record.
pub(super) struct Judged<'p> {
    pub(super) standard: &'p Standard,
    pub(super) judgement: Judgement,
}

/// What there is to judge in stored records.
///
/// # Errors
/// The record that is missing.
pub(super) fn subject(
    records: &[CertifiedRecord],
    has_magnets: bool,
) -> Result<verdict::Candidate<'_>, Refusal> {
    let record = |pathway: &'static str| {
        let found = records.iter().find(|record| record.pathway == pathway);
        let record = found.ok_or(Refusal::NoRecord { pathway })?;
        Ok(Evaluation::Record(&record.record))
    };
    Ok(if has_magnets {
        verdict::Candidate::Magnets {
            a: record("a")?,
            b: record("b")?,
            pair: record("pair")?,
        }
    } else {
        verdict::Candidate::Magnetless(record("none")?)
    })
}

/// The standards of a programme on the records that they speak of, in the order of printing. Guard
/// bands always: shared risk cannot be certified.
pub(super) fn judged<'p>(
    programme: &'p Programme,
    records: &[CertifiedRecord],
    has_magnets: bool,
) -> Result<Vec<Judged<'p>>, Refusal> {
    let candidate = subject(records, has_magnets)?;
    let judgements = judge_candidate(programme, candidate, DecisionRule::GuardBanded).judgements;
    // Both in the order of printing; a machine without magnets is judged as a motor only.
    let asked =
        |standard: &&Standard| has_magnets || standard.header.subject == standard::Subject::Motor;
    let standards = programme.standards().into_iter().filter(asked);
    let together = standards.zip(judgements);
    Ok(together
        .map(|(standard, judgement)| Judged {
            standard,
            judgement,
        })
        .collect())
}

/// What is certified of the standards: the part that a verifier makes again and compares.
pub(super) fn certified(judged: &[Judged<'_>]) -> Vec<CertifiedStandard> {
    judged
        .iter()
        .map(|one| {
            let (standard, judgement) = (one.standard, &one.judgement);
            let header = &standard.header;
            let clauses = standard.clauses.iter().zip(&judgement.clauses);
            CertifiedStandard {
                series: header.series.clone(),
                version: header.version.clone(),
                subject: header.subject,
                side: header.side,
                status: header.status,
                title: standard.title.clone(),
                sha256: standard.digest.clone(),
                pathway: judgement.pathway.clone(),
                verdict: judgement.verdict,
                clauses: clauses
                    .map(|(clause, line)| CertifiedClause {
                        id: line.id.clone(),
                        revision: clause.revision,
                        level: line.level,
                        verdict: line.verdict,
                        field: line.field.clone(),
                        value: line.value.clone(),
                        uncertainty: line.uncertainty,
                        limit: line.limits.clone(),
                        unit: line.unit.clone(),
                        margin: line.margin,
                    })
                    .collect(),
            }
        })
        .collect()
}

/// The weakest evidence of a limit among the `shall` clauses.
pub(super) fn weakest_evidence(judged: &[Judged<'_>]) -> Evidence {
    let strength = |evidence: &Evidence| match evidence {
        Evidence::Primary => 6,
        Evidence::Dataset => 5,
        Evidence::Secondary => 4,
        Evidence::Tertiary => 3,
        Evidence::Brief => 2,
        Evidence::Project => 1,
        Evidence::Recalled => 0,
    };
    let clauses = judged.iter().flat_map(|one| &one.standard.clauses);
    clauses
        .filter(|clause| clause.level == Level::Shall)
        .map(|clause| clause.source.evidence)
        .min_by_key(strength)
        .unwrap_or(Evidence::Recalled)
}

fn statement(
    draft: Draft<'_>,
    records: Vec<CertifiedRecord>,
    judged: &[Judged<'_>],
    markets: &[OnMarket<'_>],
) -> Statement {
    let subject = |name: String, bytes: &[u8]| Subject {
        name,
        digest: Digest {
            sha256: sha256(bytes),
        },
    };
    let mut subjects = vec![subject(draft.file.0.to_owned(), draft.file.1)];
    let of_record = |r: &CertifiedRecord| subject(format!("record/{}", r.pathway), &r.bytes());
    subjects.extend(records.iter().map(of_record));
    subjects.extend(draft.materials.map(|m| subject("materials".to_owned(), m)));
    let mut allowed = draft.allowed.clone();
    allowed.sort_unstable();
    allowed.dedup();
    let judgements: Vec<Judgement> = judged.iter().map(|one| one.judgement.clone()).collect();
    let grades: Vec<&str> = stated_grades(draft.candidate);
    let change_rule = change_rule(&grades, &records, &judgements);
    let design = draft.design;
    let validation = validation(judged, markets);
    let from = Foundation {
        geometry_source: draft.candidate.geometry_source.as_deref(),
        validation: &validation,
    };
    let notes = notes(judged, &allowed, markets, Some(&from));
    Statement {
        kind: STATEMENT_TYPE.to_owned(),
        subject: subjects,
        predicate_type: PREDICATE_TYPE.to_owned(),
        predicate: Predicate {
            certificate_version: Form::CURRENT,
            id: String::new(),
            title: title(&allowed),
            notes,
            allowed,
            issuer: draft.issuer,
            attestation: match draft.assessor {
                Assessor::Own => Attestation::Declaration,
                Assessor::SecondParty | Assessor::ThirdParty => Attestation::Verification,
            },
            assessor: draft.assessor,
            issued_at: draft.issued_at,
            not_after: draft.not_after,
            solver: Solver {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                target: format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS),
                resolution: RESOLUTION.to_owned(),
            },
            validator: Versioned {
                name: "jsonschema".to_owned(),
                version: VALIDATOR_VERSION.to_owned(),
            },
            record_schema: Schema {
                version: RECORD_VERSION.to_owned(),
                sha256: schema_sha256(),
            },
            decision_rule: DecisionRule::GuardBanded,
            application: design.application.clone(),
            application_from: draft.application_from.map(str::to_owned),
            as_of: design.as_of.clone(),
            design: Design {
                file: draft.file.0.to_owned(),
                name: design.name.clone(),
                candidate: draft.candidate.id.clone(),
                topology: draft.candidate.topology.name().to_owned(),
                geometry_source: draft.candidate.geometry_source.clone(),
            },
            weakest_evidence: weakest_evidence(judged),
            validation,
            standards: certified(judged),
            records,
            choke_points: draft.choke_points,
            supply: supply(draft.candidate),
            material_supply: draft.candidate.material_supply.clone(),
            markets: markets.iter().map(OnMarket::certified).collect(),
            change_rule,
        },
    }
}

/// The digest of the record schema of this program.
pub(super) fn schema_sha256() -> String {
    sha256(format!("{:#}\n", record_schema()).as_bytes())
}

/// What a candidate declares of the supply of its magnets.
pub(super) fn supply(candidate: &Candidate) -> Vec<Supply> {
    let pathways = &candidate.magnet_pathways;
    [("a", &pathways.a), ("b", &pathways.b)]
        .into_iter()
        .filter_map(|(name, pathway)| {
            let pathway = pathway.as_ref()?;
            Some(Supply {
                pathway: name.to_owned(),
                grade: pathway.grade.clone(),
                supply: pathway.supply.clone(),
            })
        })
        .collect()
}

/// Grades of the declared pathways, A first.
fn stated_grades(candidate: &Candidate) -> Vec<&str> {
    let pathways = &candidate.magnet_pathways;
    let declared = [&pathways.a, &pathways.b].into_iter().flatten();
    declared.map(|pathway| pathway.grade.as_str()).collect()
}

/// What later switches do to the certificate. It follows from what the certificate holds, so that a verifier can
/// make it again.
pub(super) fn change_rule(
    grades: &[&str],
    records: &[CertifiedRecord],
    judgements: &[Judgement],
) -> ChangeRule {
    let pair = records.iter().find(|record| record.pathway == "pair");
    let made = crate::change_rule::change_rule(&crate::change_rule::Judged {
        grades: <[&str; 2]>::try_from(grades).ok(),
        pair: pair.map(|found| &found.record),
        judgements,
        // Only a candidate that meets both has a certificate.
        meets_both: true,
    });
    ChangeRule {
        keeps: made.keeps,
        extends: made.extends,
        voids: made.voids,
    }
}

#[cfg(test)]
mod tests {
    use super::VALIDATOR_VERSION;

    #[test]
    fn the_validator_is_the_one_of_the_lock_file() {
        let lock = include_str!("../../Cargo.lock");
        let entry = format!("name = \"jsonschema\"\nversion = \"{VALIDATOR_VERSION}\"\n");
        assert!(lock.contains(&entry));
    }
}
