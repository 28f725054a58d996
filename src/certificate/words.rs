//! The words of a certificate for its readers: they follow from the rest of it, so that a verifier can make them again.

use super::issue::Judged;
use super::market::OnMarket;
use super::refusal::weak_clauses;
use super::statement::Allowance;
use super::validation::{Validation, uncounted};

/// What the numbers of a certificate rest on, from the version on that states it.
pub(super) struct Foundation<'s> {
    /// Where the dimensions come from, if the design says so.
    pub(super) geometry_source: Option<&'s str>,
    /// The machines behind the uncertainties.
    pub(super) validation: &'s [Validation],
}

/// The first line, with everything that was allowed.
pub(super) fn title(allowed: &[Allowance]) -> String {
    let mut title = "calculated conformity certificate: calculated, not tested; by reference programmes, not official standards".to_owned();
    if !allowed.is_empty() {
        let words: Vec<String> = allowed.iter().map(ToString::to_string).collect();
        title.push_str(&format!("; allowed: {}", words.join(", ")));
    }
    title
}

/// What a reader must know. Older versions of the form do not state their foundation.
pub(super) fn notes(
    judged: &[Judged<'_>],
    allowed: &[Allowance],
    markets: &[OnMarket<'_>],
    foundation: Option<&Foundation<'_>>,
) -> Vec<String> {
    let mut notes = vec![
        "Calculated, not tested. No certificate in the sense of ISO/IEC 17065.".to_owned(),
        "The standards are reference programmes of the dualcert project, not official standards."
            .to_owned(),
        "Every margin exceeds the stated expanded uncertainty (k = 2) of its value (guard-banded acceptance, JCGM 106)."
            .to_owned(),
        geometry(foundation.and_then(|from| from.geometry_source)),
    ];
    if allowed.contains(&Allowance::Draft) {
        notes.push(
            "At least one standard may be a draft, which may change without notice.".to_owned(),
        );
    }
    let of_markets: Vec<Judged<'_>> = markets.iter().flat_map(OnMarket::judged).collect();
    let all = || judged.iter().chain(&of_markets);
    let weak: Vec<String> = all()
        .flat_map(|one| weak_clauses(&one.judgement))
        .map(|(clause, field)| format!("{clause} ({field})"))
        .collect();
    if !weak.is_empty() {
        notes.push(format!(
            "The uncertainties of these shall clauses rest on fewer than three machines: {}.",
            weak.join(", ")
        ));
    }
    if let Some(foundation) = foundation {
        notes.extend(machines(foundation.validation));
        let without = uncounted(all());
        if !without.is_empty() {
            notes.push(format!(
                "No machine is counted behind the uncertainties of these shall clauses: {}.",
                without.join(", ")
            ));
        }
    }
    notes.extend(markets.iter().map(OnMarket::note));
    notes
}

fn geometry(source: Option<&str>) -> String {
    match source {
        None => "The geometry is as the design file states it; supply is as declared there and was not checked."
            .to_owned(),
        Some(source) => format!(
            "The geometry is as the design file states it, by its words from: {source}; supply is as declared there. Neither was checked."
        ),
    }
}

/// The machines behind each quantity in one sentence; none where no clause rests on any.
fn machines(validation: &[Validation]) -> Option<String> {
    let told: Vec<String> = validation
        .iter()
        .map(|one| {
            let built = if one.has_built_machine {
                ""
            } else {
                ", none of them built"
            };
            format!("{} {}{built}", one.quantity, one.machine_count)
        })
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "Different machines behind the uncertainty of each quantity: {}.",
            told.join("; ")
        )
    })
}
