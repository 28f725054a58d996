//! What scenarios leave of pathways, for people.

use super::short;
use crate::choke::stage_of;
use crate::scenario::{CostChange, Hit, Outcome, Production};
use std::fmt::Write;

/// Links shown of each outcome; the JSON has all.
const SHOWN: usize = 3;

/// One paragraph an outcome; nothing without one.
pub(super) fn list(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    if !outcomes.is_empty() {
        text.push_str("  scenarios:\n");
    }
    for found in outcomes {
        let pathway = match found.pathway {
            "machine" => "machine".to_owned(),
            pathway => format!("pathway {}", pathway.to_uppercase()),
        };
        let _ = writeln!(
            text,
            "    {}, {pathway}: {}",
            found.scenario,
            production(found)
        );
        if let Some(cost) = &found.cost {
            let _ = writeln!(text, "      {}", money(cost));
        }
        for hit in found.hits.iter().take(SHOWN) {
            let _ = writeln!(text, "      {}", touched(hit));
        }
        if found.hits.len() > SHOWN {
            let _ = writeln!(text, "      and {} more stages", found.hits.len() - SHOWN);
        }
    }
    text
}

fn production(found: &Outcome) -> String {
    let days = short(found.duration_days);
    let kept = found.volume_kept_ratio.map_or_else(String::new, |kept| {
        format!(", volume kept {} over {days} d", short(kept))
    });
    let from = found.cover_days.map_or_else(String::new, |day| {
        format!(" from day {}, until when stock covers", short(day))
    });
    match found.production {
        Production::Full => format!("built in full over {days} d"),
        Production::Reduced => format!("less is built{from}{kept}"),
        Production::Stopped => format!("stops; less is built{from}{kept}"),
        Production::CouldNotJudge => format!(
            "could not judge: {}",
            found.reason.as_deref().unwrap_or("no reason is known")
        ),
    }
}

fn money(cost: &CostChange) -> String {
    let unpriced = if cost.unpriced.is_empty() {
        String::new()
    } else {
        let names: Vec<&str> = cost.unpriced.iter().map(|e| e.symbol()).collect();
        format!("; without a price: {}", names.join(", "))
    };
    format!(
        "priced materials {} USD, change {} USD{unpriced}",
        short(cost.before_usd),
        short(cost.change_usd)
    )
}

fn touched(hit: &Hit) -> String {
    let mut places: Vec<&str> = hit.countries.iter().map(String::as_str).collect();
    if hit.undeclared {
        places.push("undeclared");
    }
    let delay = if hit.delay_days > 0.0 {
        format!(", nothing of it for {} d", short(hit.delay_days))
    } else {
        String::new()
    };
    format!(
        "{} ({}): loses {}{delay}",
        stage_of(&hit.elements, hit.stage),
        places.join(", "),
        short(hit.lost_ratio)
    )
}
