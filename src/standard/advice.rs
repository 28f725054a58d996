//! For every gate: its stable code, what it expects and what to change.

use super::fault::Fault;

impl Fault {
    /// Stable code of the gate.
    pub fn code(&self) -> &'static str {
        self.advice().0
    }

    /// What the gate expects.
    pub fn expected(&self) -> &'static str {
        self.advice().1
    }

    /// What to change in the standard.
    pub fn fix(&self) -> &'static str {
        self.advice().2
    }

    fn advice(&self) -> (&'static str, &'static str, &'static str) {
        self.shape_advice()
            .or_else(|| self.clause_advice())
            .unwrap_or_else(|| self.evidence_advice())
    }

    fn shape_advice(&self) -> Option<(&'static str, &'static str, &'static str)> {
        Some(match self {
            Fault::Unreadable(_) => (
                "unreadable-file",
                "a file that can be read",
                "name a standard, or give the right to read it",
            ),
            Fault::NotJson(_) => ("standard-not-json", "strict JSON", "correct the syntax"),
            Fault::NotASchema(_) => (
                "standard-not-a-schema",
                "a valid JSON Schema 2020-12",
                "correct the keyword; the rules are at json-schema.org",
            ),
            Fault::NotAStandard(_) => (
                "standard-shape",
                "the keywords of standards/standard.schema.json and no others",
                "correct the spelling, or remove what a standard may not say",
            ),
            Fault::MissingKey { .. } => (
                "standard-missing-key",
                "every key that standards/standard.schema.json requires there",
                "add the key",
            ),
            Fault::WrongId { .. } => (
                "standard-id",
                "an $id that ends in /<series>/<version> of the header",
                "let $id and x-standard agree",
            ),
            Fault::OtherRecordSchema { .. } => (
                "standard-record-schema",
                "a range that holds 1.0",
                "use a version of the standard for this record, or another version of the program",
            ),
            Fault::WrongOrder { .. } => (
                "standard-clause-order",
                "allOf with one reference for each shall clause, in the order of $defs, and no other",
                "list exactly the shall clauses in allOf, in the order in which they stand",
            ),
            Fault::DuplicateClause { .. } => (
                "standard-duplicate-clause",
                "one number for one clause",
                "give the clause a number of its own",
            ),
            Fault::Missing { .. } => (
                "standard-missing",
                "five standards a sector: magnet a and b, motor a and b, interchange pair",
                "add the standard, or take the sector's other standards away",
            ),
            Fault::Ambiguous { .. } => (
                "standard-ambiguous",
                "one standard for each subject and side of a sector",
                "leave one of the two in the folder",
            ),
            Fault::Contradiction { .. } => (
                "standard-contradiction",
                "one example record of the motor standards that meets both when its pathway is changed",
                "add the example that shows a machine meeting both, or change the clauses that exclude each other",
            ),
            Fault::Unseen { .. } => (
                "standard-unseen-character",
                "letters, digits, signs and spaces: no control characters and none that turn the direction of a text",
                "take the character out",
            ),
            Fault::Blank => (
                "standard-blank",
                "words",
                "write what is meant, or take the key away where it may be left out",
            ),
            Fault::NotADay { .. } => (
                "standard-date",
                "a day of the calendar, as in 2026-11-30, or null where none is known",
                "write the day",
            ),
            Fault::HoldsBeforeIssue { .. } => (
                "standard-date",
                "a day that is not before that of issue",
                "correct one of the two days",
            ),
            Fault::ReplacesLater { .. } => (
                "standard-supersedes",
                "an earlier version of the series, or null for the first",
                "write the version that this one replaces",
            ),
            Fault::SameVersion { .. } => (
                "standard-same-version",
                "one file for each version of a series",
                "give the changed one a version of its own, or take one of the two away",
            ),
            Fault::BrokenChain { .. } => (
                "standard-supersedes",
                "the version before it, of those that are kept beside it",
                "write that version, or keep the missing one in superseded/",
            ),
            Fault::Nothing => (
                "standard-none",
                "files <subject>/<sector>/<side>-<major>.json with their examples beside them",
                "name the folder that holds the standards",
            ),
            _ => return None,
        })
    }

    fn clause_advice(&self) -> Option<(&'static str, &'static str, &'static str)> {
        Some(match self {
            Fault::NoIdentity { .. } => (
                "standard-no-identity",
                "clause 0 first: what the record is about",
                "begin with the identity clause",
            ),
            Fault::Unpinned { .. } => (
                "standard-identity-open",
                "sector, pathway, record_version and every field that a condition reads, required and pinned by const or enum",
                "add the field to required and properties of clause 0",
            ),
            Fault::IdentityMismatch { .. } => (
                "standard-identity-mismatch",
                "the sector and the side of the header (a motor standard may add the pathway none), and this record version",
                "let clause 0 and x-standard agree",
            ),
            Fault::UnknownField { .. } => (
                "standard-unknown-field",
                "a field of standards/record.schema.json that belongs to the judged record",
                "correct the name; `schema record` lists the fields",
            ),
            Fault::SeveralFields { .. } => (
                "standard-several-fields",
                "one field, the same in all three",
                "judge one field, and split the clause if two are meant",
            ),
            Fault::WrongType { .. } => (
                "standard-wrong-type",
                "the field's own type",
                "use the type of the record schema",
            ),
            Fault::WrongUnit { .. } => (
                "standard-wrong-unit",
                "the field's own unit",
                "write the unit of the record schema and the limit in that unit",
            ),
            Fault::UnknownWord { .. } => (
                "standard-unknown-word",
                "words that the record schema lists for the field",
                "correct the word",
            ),
            Fault::ConditionNotIdentity { .. } => (
                "standard-condition-field",
                "an identity field that is a flag or has enumerated words",
                "let the condition read identity only, such as has_magnets or magnet_family",
            ),
            Fault::ConditionNeverHolds { .. } => (
                "standard-dead-condition",
                "at least one word that clause 0 admits",
                "correct the word, widen clause 0 or remove the clause",
            ),
            Fault::Clash { .. } => (
                "standard-clash",
                "a value that meets both clauses, or conditions that never hold together",
                "change one of the limits, or let the conditions differ",
            ),
            Fault::Vacuous { .. } => (
                "standard-vacuous",
                "a limit that some record misses",
                "narrow the limit, or remove the clause",
            ),
            Fault::OutOfReach { .. } => (
                "standard-out-of-reach",
                "a limit that some machine can meet",
                "correct the limit or its sign",
            ),
            Fault::PublicAsProject { .. } => (
                "standard-source-not-own",
                "the author's own document under project; a public one with how well its text is known",
                "write how well the document is known, or name the own document and list this one under background",
            ),
            Fault::NotItsSubject { .. } => (
                "standard-source-subject",
                "a document that speaks of the quantity in this sector",
                "name another source, or set the limit under project and list this one under background",
            ),
            Fault::UnknownCore { .. } => (
                "market-unknown-clause",
                "series and clause of a standard of a programme",
                "correct the names; `standard show` lists the clauses of a standard",
            ),
            Fault::CoreOtherField { .. } => (
                "market-other-field",
                "a clause on the same field, and so in the same unit",
                "take the name away, so that the requirement is judged on its own",
            ),
            Fault::CoreLaxer { .. } => (
                "market-laxer-clause",
                "a clause that accepts nothing which this one refuses",
                "take the name away, so that the requirement is judged on its own",
            ),
            Fault::CoreElsewhere { .. } => (
                "market-dead-cover",
                "a clause whose sector and condition agree with those of this one",
                "take the name away, or correct the condition",
            ),
            Fault::RecalledOutside => (
                "market-recalled-outside",
                "evidence that was read; what is recalled may be open as info",
                "find the document, or list the rule as open",
            ),
            Fault::RecalledShall => (
                "standard-recalled",
                "evidence that was read; what is recalled may be info or should",
                "find the document, or lower the level",
            ),
            _ => return None,
        })
    }

    fn evidence_advice(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Fault::UnroundedLimit { .. } => (
                "standard-limit-digits",
                "a limit that a record can equal",
                "round the limit to 6 significant digits",
            ),
            Fault::FractionOfACount { .. } => (
                "standard-limit-count",
                "a whole number",
                "use a whole number",
            ),
            Fault::EmptyInterval { .. } => (
                "standard-empty-interval",
                "a lower bound below the upper",
                "exchange or correct the bounds",
            ),
            Fault::Hollow { .. } => (
                "standard-hollow",
                "a body that refuses a record without content",
                "require the judged field and state its type",
            ),
            Fault::NoExamples => (
                "standard-no-examples",
                "a file <side>-<major>.examples.json beside the standard",
                "write a base record and, for every clause, examples that pass and fail",
            ),
            Fault::BadExamples(_) => (
                "standard-examples-shape",
                "the shape of standards/examples.schema.json, and a key for every clause but 0",
                "correct the examples file",
            ),
            Fault::ExampleNotARecord { .. } => (
                "standard-example-record",
                "a record of the record schema",
                "correct the example or the base record",
            ),
            Fault::ExampleDisagrees { .. } => (
                "standard-example-disagrees",
                "the verdict that the example stands under",
                "correct the example, or the clause if the example says what was meant",
            ),
            Fault::NoContrast { .. } => (
                "standard-no-contrast",
                "a passing and a failing example equal in every field but the judged one",
                "add the missing example",
            ),
            _ => (
                "standard-no-boundary",
                "the last value that passes and the first that fails, one step of the record's rounding apart",
                "add the pair at the limit",
            ),
        }
    }
}
