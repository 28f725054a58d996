//! What `verify` answers, and how it reads.

use crate::certificate::{
    CertifiedMarket, CertifiedStandard, Difference, Entry, Opened, Signer, StatusList, Trust,
    Validation,
};
use crate::cli::exit;
use crate::date::Date;
use crate::source::{escaped, quoted};
use crate::standard::Evidence;
use serde::Serialize;
use std::fmt::Write;

/// The answer in one word; each is another thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::cli) enum Outcome {
    Valid,
    Unreadable,
    NotGenuine,
    VerdictDiffers,
    DesignDiffers,
    RecordDiffers,
    StatusListNotGenuine,
    Withdrawn,
    Superseded,
    Suspended,
    NotYetValid,
    Expired,
    CouldNotCheck,
}

impl Outcome {
    /// The exit code.
    pub(in crate::cli) fn code(self) -> u8 {
        match self {
            Outcome::Valid => exit::MEETS_BOTH,
            Outcome::CouldNotCheck => exit::COULD_NOT_JUDGE,
            Outcome::Unreadable => exit::INVALID,
            _ => exit::DOES_NOT,
        }
    }

    /// Whether a level of that outcome holds; open where it could not be checked.
    fn holds(self) -> Option<bool> {
        match self {
            Outcome::Valid => Some(true),
            Outcome::CouldNotCheck | Outcome::Unreadable => None,
            _ => Some(false),
        }
    }

    /// As people read it.
    fn words(self) -> &'static str {
        match self {
            Outcome::Valid => "valid",
            Outcome::Unreadable => "could not be read",
            Outcome::NotGenuine => "not genuine",
            Outcome::VerdictDiffers => "the verdict differs",
            Outcome::DesignDiffers => "the design differs",
            Outcome::RecordDiffers => "a record differs",
            Outcome::StatusListNotGenuine => "the status list is not genuine",
            Outcome::Withdrawn => "withdrawn",
            Outcome::Superseded => "superseded",
            Outcome::Suspended => "suspended",
            Outcome::NotYetValid => "not yet valid",
            Outcome::Expired => "expired",
            Outcome::CouldNotCheck => "could not be checked",
        }
    }
}

/// One level of checking.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Level {
    level: u8,
    name: &'static str,
    /// Null when it was not asked for or not reached.
    holds: Option<bool>,
    message: String,
}

#[derive(Debug, Serialize)]
pub(in crate::cli) struct Answer {
    pub(super) certificate: Option<String>,
    pub(in crate::cli) outcome: Outcome,
    pub(super) as_of: Date,
    pub(super) title: Option<String>,
    /// What its readers must know; absent where the words are free ones of the signer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
    pub(super) weakest_evidence: Option<Evidence>,
    /// The machines behind the uncertainties of `shall` clauses; absent in versions that do not state them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) validation: Vec<Validation>,
    pub(super) issuer: Option<String>,
    pub(super) signers: Vec<String>,
    pub(super) signatures: Vec<Signer>,
    /// How many owners with the claimed role must sign.
    pub(super) threshold: Option<usize>,
    pub(super) solver_version: Option<String>,
    /// What is stated of each market; absent if nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) markets: Vec<String>,
    pub(in crate::cli) levels: Vec<Level>,
    pub(super) status: Option<Entry>,
    /// The list that was looked into; null where none was.
    pub(super) status_list: Option<List>,
    /// What the certificate is about; null where it is not genuine.
    pub(super) about: Option<About>,
    /// Where the computed records differ from the stored ones; absent where they do not, or were not computed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) differences: Vec<Differs>,
}

/// A status list that holds.
#[derive(Debug, Serialize)]
pub(super) struct List {
    file: String,
    entry_count: usize,
    last_sha256: Option<String>,
}

impl List {
    pub(super) fn of(file: String, list: &StatusList) -> Self {
        Self {
            file,
            entry_count: list.entries().len(),
            last_sha256: list.last_sha256().map(str::to_owned),
        }
    }
}

/// A field in which a computed record differs from the stored one.
#[derive(Debug, Serialize)]
pub(super) struct Differs {
    pub(super) pathway: String,
    #[serde(flatten)]
    pub(super) difference: Difference,
}

/// What a certificate is about.
#[derive(Debug, Serialize)]
pub(super) struct About {
    design_file: String,
    design: String,
    candidate: String,
    topology: String,
    sector: String,
    /// Series and version of each standard.
    standards: Vec<String>,
    issued_at: Date,
    not_after: Option<Date>,
    /// Day of the rules on supply.
    rules_as_of: Option<String>,
    /// The file whose application block replaced that of the design.
    application_from: Option<String>,
    has_added_materials: bool,
}

impl About {
    fn of(opened: &Opened) -> Self {
        let predicate = opened.predicate();
        let named = |one: &CertifiedStandard| format!("{} {}", one.series, one.version);
        Self {
            design_file: predicate.design.file.clone(),
            design: predicate.design.name.clone(),
            candidate: predicate.design.candidate.clone(),
            topology: predicate.design.topology.clone(),
            sector: predicate.application.sector.clone(),
            standards: predicate.standards.iter().map(named).collect(),
            issued_at: predicate.issued_at,
            not_after: predicate.not_after,
            rules_as_of: predicate.as_of.clone(),
            application_from: predicate.application_from.clone(),
            has_added_materials: opened.digest_of("materials").is_some(),
        }
    }

    /// For people.
    fn text(&self) -> String {
        let mut text = format!(
            "  of candidate {} ({}) of {}, \"{}\", sector {}\n  by {}\n  issued on {}",
            quoted(&self.candidate),
            quoted(&self.topology),
            quoted(&self.design_file),
            quoted(&self.design),
            quoted(&self.sector),
            self.standards
                .iter()
                .map(|one| quoted(one))
                .collect::<Vec<_>>()
                .join(", "),
            self.issued_at,
        );
        if let Some(last) = self.not_after {
            let _ = write!(text, ", holds until {last}");
        }
        if let Some(day) = &self.rules_as_of {
            let _ = write!(text, ", rules on supply of {}", quoted(day));
        }
        text.push('\n');
        if let Some(file) = &self.application_from {
            let _ = writeln!(
                text,
                "  judged against the application of {}, which is not that of the design",
                quoted(file)
            );
        }
        if self.has_added_materials {
            text.push_str("  with materials that were added to the built-in ones\n");
        }
        text
    }
}

/// What is checked, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Level 1.
    Signature,
    /// Level 2.
    Verdicts,
    /// Level 3.
    Records,
    /// The list that was named.
    StatusList,
}

impl Answer {
    /// Nothing checked yet, so that it is not genuine.
    pub(super) fn nothing(as_of: Date) -> Answer {
        Answer {
            certificate: None,
            outcome: Outcome::NotGenuine,
            as_of,
            title: None,
            notes: Vec::new(),
            weakest_evidence: None,
            validation: Vec::new(),
            issuer: None,
            signers: Vec::new(),
            signatures: Vec::new(),
            threshold: None,
            solver_version: None,
            markets: Vec::new(),
            levels: Vec::new(),
            status: None,
            status_list: None,
            about: None,
            differences: Vec::new(),
        }
    }

    /// Level 1 holds: what is stated may be repeated.
    pub(super) fn open(&mut self, opened: &Opened, trust: &Trust) {
        let predicate = opened.predicate();
        self.certificate = Some(predicate.id.clone());
        self.title = Some(predicate.title.clone());
        if opened.words_follow() {
            self.notes.clone_from(&predicate.notes);
        }
        self.weakest_evidence = Some(predicate.weakest_evidence);
        self.validation.clone_from(&predicate.validation);
        self.about = Some(About::of(opened));
        self.issuer = Some(predicate.issuer.clone());
        self.signers = opened.signers().iter().map(|s| s.name.clone()).collect();
        self.signatures = opened.signers().to_vec();
        self.solver_version = Some(predicate.solver.version.clone());
        let market = |one: &CertifiedMarket| {
            let (covered, open) = (one.covered.len(), one.open.len());
            format!(
                "market {}: {covered} clauses covered by the programme, {open} requirements open",
                one.name
            )
        };
        self.markets = predicate.markets.iter().map(market).collect();
        let signer = |one: &Signer| {
            let roles: Vec<String> = one.roles.iter().map(ToString::to_string).collect();
            format!("{} ({})", one.name, roles.join(", "))
        };
        let signers: Vec<String> = opened.signers().iter().map(signer).collect();
        let (role, (found, needed)) = (predicate.assessor.role(), opened.counted(trust));
        self.threshold = Some(needed);
        let message = format!(
            "signed by {}; as {role} {found}, needed {needed}; every digest holds",
            signers.join(", ")
        );
        self.say(Check::Signature, Outcome::Valid, message);
    }

    /// Adds what came of a check, and makes it the outcome.
    pub(super) fn say(&mut self, check: Check, outcome: Outcome, message: String) {
        self.outcome = outcome;
        self.line(check, outcome.holds(), message);
    }

    /// Adds that something was not asked for. The outcome stays.
    pub(super) fn skip(&mut self, check: Check, message: &str) {
        self.line(check, None, message.to_owned());
    }

    fn line(&mut self, check: Check, holds: Option<bool>, message: String) {
        let (level, name) = match check {
            Check::Signature => (1, "signature and digests"),
            Check::Verdicts => (2, "verdicts"),
            Check::Records => (3, "records"),
            Check::StatusList => (1, "status list"),
        };
        self.levels.push(Level {
            level,
            name,
            holds,
            message,
        });
    }
}

/// For people.
pub(in crate::cli) fn human(answer: &Answer) -> String {
    let id = answer.certificate.as_deref().unwrap_or("certificate");
    let words = answer.outcome.words();
    let mut text = format!("{id}: {words}, as of {}\n", answer.as_of);
    if let Some(title) = &answer.title {
        let _ = writeln!(text, "  {}", escaped(title));
    }
    if let (Some(issuer), Some(version)) = (&answer.issuer, &answer.solver_version) {
        let _ = writeln!(
            text,
            "  issued by {}, said to be computed by version {}",
            escaped(issuer),
            escaped(version)
        );
    }
    if let Some(about) = &answer.about {
        text += &about.text();
    }
    if let Some(evidence) = answer.weakest_evidence {
        let _ = writeln!(
            text,
            "  weakest evidence of a limit among its shall clauses: {}",
            evidence.name()
        );
    }
    for note in &answer.notes {
        let _ = writeln!(text, "  note: {}", escaped(note));
    }
    for market in &answer.markets {
        let _ = writeln!(text, "  {market}");
    }
    for level in &answer.levels {
        let holds = match level.holds {
            Some(true) => "holds",
            Some(false) => "does not hold",
            None => "open",
        };
        let Level {
            level,
            name,
            message,
            ..
        } = level;
        let _ = writeln!(text, "  level {level}, {name}: {holds}: {message}");
    }
    if let Some(List {
        file,
        entry_count,
        last_sha256,
    }) = &answer.status_list
    {
        let says = match &answer.status {
            Some(entry) => entry.to_string(),
            None => "not listed as of that day".to_owned(),
        };
        let last = last_sha256.as_deref().unwrap_or_default();
        let _ = writeln!(
            text,
            "  status list {file}: {says}; {entry_count} entries, the last line has sha256 {last}"
        );
    } else if answer.outcome == Outcome::Valid {
        text.push_str("  no status list was looked into; --status names one\n");
    }
    text
}
