//! What `verify` answers, and how it reads.

use crate::certificate::{CertifiedMarket, Entry, Opened, Signer, Trust};
use crate::cli::exit;
use crate::date::Date;
use serde::Serialize;
use std::fmt::Write;

/// The answer in one word; each is another thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::cli) enum Outcome {
    Valid,
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
            _ => exit::DOES_NOT,
        }
    }

    /// Whether a level of that outcome holds; open where it could not be checked.
    fn holds(self) -> Option<bool> {
        match self {
            Outcome::Valid => Some(true),
            Outcome::CouldNotCheck => None,
            _ => Some(false),
        }
    }

    /// As people read it.
    fn words(self) -> &'static str {
        match self {
            Outcome::Valid => "valid",
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
            issuer: None,
            signers: Vec::new(),
            signatures: Vec::new(),
            threshold: None,
            solver_version: None,
            markets: Vec::new(),
            levels: Vec::new(),
            status: None,
        }
    }

    /// Level 1 holds: what is stated may be repeated.
    pub(super) fn open(&mut self, opened: &Opened, trust: &Trust) {
        let predicate = opened.predicate();
        self.certificate = Some(predicate.id.clone());
        self.title = Some(predicate.title.clone());
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
        let _ = writeln!(text, "  {title}");
    }
    if let (Some(issuer), Some(version)) = (&answer.issuer, &answer.solver_version) {
        let _ = writeln!(text, "  issued by {issuer}, computed by version {version}");
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
    if let Some(entry) = &answer.status {
        let _ = writeln!(text, "  {entry}");
    }
    text
}
