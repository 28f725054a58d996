//! What still flows through a link, day by day, and what is built from it.

use super::file::{Flow, Scenario};
use crate::supply::Element;
use crate::supply::declaration::SHARE_TOLERANCE_RATIO;
use crate::supply::sheet::LinkRow;

/// What a scenario does to one part of a link.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Effect {
    /// Part that still comes [1].
    kept: f64,
    /// Days on which nothing comes [d].
    delay: f64,
}

const UNTOUCHED: Effect = Effect {
    kept: 1.0,
    delay: 0.0,
};

/// A part of a link that a scenario touches: its share, what of it is kept and from which day.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Part {
    share: f64,
    effect: Effect,
}

/// A link under a scenario.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Touched<'l> {
    /// The link.
    pub link: &'l LinkRow,
    /// Countries through which it is touched.
    pub countries: Vec<&'l str>,
    /// Whether an undeclared part is touched.
    pub undeclared: bool,
    parts: Vec<Part>,
}

/// Whether a flow of a scenario passes through a link at all: its elements and its stage. A link in which one
/// of several elements is touched is touched, since nothing is made of the others alone.
fn passes(flow: &Flow, pathway: &str, link: &LinkRow) -> bool {
    let named = |element: &Element| flow.elements.contains(element);
    (flow.pathways.is_empty() || flow.pathways.iter().any(|p| p.key() == pathway))
        && (flow.stages.is_empty() || flow.stages.contains(&link.stage))
        && (flow.elements.is_empty() || link.elements.iter().any(named))
}

/// The worst of what several flows do.
fn together<'f>(flows: impl Iterator<Item = &'f Flow>) -> Effect {
    flows.fold(UNTOUCHED, |worst, flow| Effect {
        kept: worst.kept.min(flow.kept_ratio),
        delay: worst.delay.max(flow.delay_days),
    })
}

impl<'l> Touched<'l> {
    /// What a scenario does to a link of a pathway. The undeclared part may lie in any country, so that every
    /// flow that passes touches it.
    pub(super) fn new(scenario: &Scenario, pathway: &str, link: &'l LinkRow) -> Self {
        let passing: Vec<&Flow> = scenario
            .flows
            .iter()
            .filter(|flow| passes(flow, pathway, link))
            .collect();
        let mut touched = Touched {
            link,
            countries: Vec::new(),
            undeclared: false,
            parts: Vec::new(),
        };
        for source in &link.sources {
            let of = |flow: &&&Flow| {
                flow.countries.is_empty() || flow.countries.contains(&source.country)
            };
            let effect = together(passing.iter().filter(of).copied());
            if effect != UNTOUCHED {
                if !touched.countries.contains(&source.country.as_str()) {
                    touched.countries.push(&source.country);
                }
                touched.parts.push(Part {
                    share: source.share_ratio,
                    effect,
                });
            }
        }
        let effect = together(passing.iter().copied());
        if link.undeclared_share_ratio > 0.0 && effect != UNTOUCHED {
            touched.undeclared = true;
            touched.parts.push(Part {
                share: link.undeclared_share_ratio,
                effect,
            });
        }
        touched
    }

    /// Part of the link that does not come on a day [1].
    pub(super) fn lost(&self, day: f64) -> f64 {
        let lost: f64 = self
            .parts
            .iter()
            .map(|part| {
                let kept = if day < part.effect.delay {
                    0.0
                } else {
                    part.effect.kept
                };
                part.share * (1.0 - kept)
            })
            .sum();
        if lost > 1.0 - SHARE_TOLERANCE_RATIO {
            1.0
        } else {
            lost
        }
    }

    /// The longest delay [d].
    pub(super) fn delay(&self) -> f64 {
        let delays = self.parts.iter().map(|part| part.effect.delay);
        delays.fold(0.0, f64::max)
    }

    fn days(&self) -> impl Iterator<Item = f64> {
        self.parts.iter().map(|part| part.effect.delay)
    }
}

/// What is built during a scenario, over full production.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    /// First day on which less than everything is built [d]; none if that never happens.
    pub short_from: Option<f64>,
    /// What is built over the whole time [1].
    pub volume: f64,
    /// What is built on the last day [1].
    pub at_the_end: f64,
}

/// Least part of full production that counts as a lack [1].
const NOTHING: f64 = 1e-9;

/// Builds day after day. What the magnets' links do not bring is taken from the stock of magnets as long as it
/// lasts; nothing replaces what the links of the machine's own materials do not bring. Between delays
/// everything is constant, so that each such time is one step.
pub(super) fn build(
    (magnet, machine): (&[Touched], &[Touched]),
    stock_days: f64,
    duration: f64,
) -> Course {
    let mut days: Vec<f64> = magnet
        .iter()
        .chain(machine)
        .flat_map(Touched::days)
        .filter(|day| *day > 0.0 && *day < duration)
        .collect();
    days.extend([0.0, duration]);
    days.sort_by(f64::total_cmp);
    days.dedup();
    let flow = |links: &[Touched], day: f64| {
        let lost = links.iter().map(|link| link.lost(day)).fold(0.0, f64::max);
        1.0 - lost
    };
    let (mut stock, mut built) = (stock_days, 0.0);
    let mut course = Course {
        short_from: None,
        volume: 0.0,
        at_the_end: 1.0,
    };
    for step in days.windows(2) {
        let (from, length) = (step[0], step[1] - step[0]);
        let asked = flow(machine, from);
        let delivered = flow(magnet, from).min(asked);
        let lack = asked - delivered;
        let bridged = if lack > NOTHING {
            (stock / lack).min(length)
        } else {
            length
        };
        stock -= lack * bridged;
        built += asked * bridged + delivered * (length - bridged);
        course.at_the_end = if bridged < length { delivered } else { asked };
        let short = if asked < 1.0 - NOTHING {
            Some(from)
        } else {
            (bridged < length).then_some(from + bridged)
        };
        course.short_from = course.short_from.or(short);
    }
    course.volume = built / duration;
    course
}
