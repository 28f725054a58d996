//! From two versions of a clause to the classes of its change and the step that it asks for.

use super::change::{Change, Class, Proof};
use super::pairs::Pair;
use super::replay::Transition;
use super::situation::{Situations, applies};
use super::text::ranges;
use super::{Bump, example};
use crate::lifecycle::words;
use crate::standard::{Accepted, Bound, Clause, Difference, Level, Limit, Standard};
use std::collections::BTreeSet;

/// Clause 0: which records the standard speaks of.
pub(super) fn of_identity(
    old: &Standard,
    new: &Standard,
    situations: &Situations,
) -> Option<Change> {
    let narrowed = situations.all.iter().find(|s| s.old && !s.new);
    let widened = situations.all.iter().find(|s| s.new && !s.old);
    let said = |standard: &Standard| {
        let pinned = standard.identity.pinned.iter();
        let parts: Vec<String> = pinned
            .map(|(field, words)| words::is(field, words))
            .collect();
        parts.join(", ")
    };
    let unknown = !situations.complete && said(old) != said(new);
    let mut classes = Vec::new();
    classes.extend(widened.map(|_| Class::ApplicabilityWidened));
    classes.extend(narrowed.map(|_| Class::ApplicabilityNarrowed));
    classes.extend(unknown.then_some(Class::Undetermined));
    if classes.is_empty() {
        if said(old) == said(new) {
            return None;
        }
        classes.push(Class::Refactor);
    }
    let shown = narrowed.or(widened);
    Some(Change {
        clause: "0".to_owned(),
        was: None,
        title: new.identity.title.clone(),
        // A record that the standard does not speak of any more cannot be judged, and does not conform.
        bump: match (narrowed, widened) {
            _ if unknown => Bump::Major,
            (Some(_), _) => Bump::Major,
            (None, Some(_)) => Bump::Minor,
            (None, None) => Bump::Patch,
        },
        classes,
        from: Some(said(old)),
        to: Some(said(new)),
        no_longer_accepted: Vec::new(),
        newly_accepted: Vec::new(),
        texts: Vec::new(),
        proof: if unknown {
            Proof::Undetermined
        } else {
            proof(shown.is_some())
        },
        counter_example: shown.map(|s| example::of_situation(&s.record, [old, new])),
        acknowledged: None,
        revisions: [Some(old.identity.revision), Some(new.identity.revision)],
    })
}

/// Says of every change by which a clause ceases to judge a record that no clause judges any more that the record cannot
/// conform: with nothing to judge there is no verdict.
pub(super) fn mark_left_alone(
    changes: &mut [Change],
    [old, new]: [&Standard; 2],
    situations: &Situations,
) {
    // Where not every situation was looked at, none may be said to have a clause left.
    let ceases = |change: &&mut Change| {
        change.to.is_none()
            || change
                .classes
                .iter()
                .any(|class| matches!(class, Class::LevelLowered | Class::ApplicabilityNarrowed))
    };
    if !situations.complete && new.market.is_none() {
        for change in changes.iter_mut().filter(ceases) {
            change.classes.push(Class::Undetermined);
            change.proof = Proof::Undetermined;
            change.bump = Bump::Major;
        }
    }
    let Some(alone) = situations.left_alone(old, new) else {
        return;
    };
    for change in changes {
        let id = change.was.as_ref().unwrap_or(&change.clause);
        let before = old.clauses.iter().find(|clause| clause.id == *id);
        if before.is_some_and(|clause| applies(clause, &alone.record)) {
            change.classes.push(Class::NothingLeft);
            change.bump = Bump::Major;
        }
    }
}

/// The change of a clause and how records go from one version to the other; `None` when not a word
/// changes.
pub(super) fn of_pair(
    pair: &Pair<'_>,
    standards: [&Standard; 2],
    situations: &Situations,
) -> Option<(Change, BTreeSet<Transition>)> {
    match *pair {
        Pair::Both(old, new) => both(old, new, standards, situations),
        Pair::Added(clause) => Some((
            one(clause, Class::Added, standards, situations),
            BTreeSet::new(),
        )),
        Pair::Removed(clause) => Some((
            one(clause, Class::Removed, standards, situations),
            BTreeSet::new(),
        )),
    }
}

/// A clause that only one version has.
fn one(
    clause: &Clause,
    class: Class,
    standards: [&Standard; 2],
    situations: &Situations,
) -> Change {
    let added = class == Class::Added;
    let failing = Difference::everything_but(&Accepted::of(clause), clause.field);
    let shown = example::of_one(clause, added, &failing, standards, situations);
    let (differing, none) = (ranges(&failing, clause.field), Vec::new());
    let said = Some(words::said(clause));
    let revision = Some(clause.revision);
    let blocks = clause.level == Level::Shall;
    let (from, to) = if added { (None, said) } else { (said, None) };
    let (lost, gained) = if added {
        (differing, none)
    } else {
        (none, differing)
    };
    Change {
        clause: clause.id.clone(),
        was: None,
        title: clause.title.clone(),
        classes: vec![class],
        from,
        to,
        no_longer_accepted: lost,
        newly_accepted: gained,
        texts: Vec::new(),
        proof: proof(shown.is_some()),
        counter_example: shown,
        bump: if added && blocks {
            Bump::Major
        } else {
            Bump::Minor
        },
        acknowledged: None,
        revisions: if added {
            [None, revision]
        } else {
            [revision, None]
        },
    }
}

/// On which values and in which situations two versions of a clause differ.
struct Sets {
    lost: Difference,
    gained: Difference,
    expected: BTreeSet<Transition>,
}

fn sets(old: &Clause, new: &Clause, situations: &Situations) -> Sets {
    let seen: BTreeSet<(bool, bool)> = situations
        .common()
        .map(|s| (applies(old, &s.record), applies(new, &s.record)))
        .collect();
    let (before, after) = (Accepted::of(old), Accepted::of(new));
    // Of another field, no value of the one says anything of the other.
    let (lost, gained) = if old.field.name == new.field.name {
        (
            before.minus(&after, old.field),
            after.minus(&before, old.field),
        )
    } else {
        (
            Difference::everything_but(&after, new.field),
            Difference::everything_but(&before, old.field),
        )
    };
    let mut expected = BTreeSet::new();
    if seen.contains(&(true, true)) {
        expected.extend((!lost.is_empty()).then_some(Transition::Lost));
        expected.extend((!gained.is_empty()).then_some(Transition::Gained));
    }
    let now = seen.contains(&(false, true));
    let before = seen.contains(&(true, false));
    expected.extend(now.then_some(Transition::NowAsked));
    expected.extend(before.then_some(Transition::NoLongerAsked));
    Sets {
        lost,
        gained,
        expected,
    }
}

/// A clause that both versions have.
fn both(
    old: &Clause,
    new: &Clause,
    standards: [&Standard; 2],
    situations: &Situations,
) -> Option<(Change, BTreeSet<Transition>)> {
    let sets = sets(old, new, situations);
    let texts = texts(old, new);
    let classes = classes(old, new, &sets.expected, &texts);
    if classes.is_empty() {
        return None;
    }
    let differences = [&sets.lost, &sets.gained];
    let shown = example::of_both(
        [old, new],
        differences,
        &sets.expected,
        standards,
        situations,
    );
    let blocks = old.level == Level::Shall || new.level == Level::Shall;
    let change = Change {
        clause: new.id.clone(),
        was: (old.id != new.id).then(|| old.id.clone()),
        title: new.title.clone(),
        bump: bump(&classes, blocks, new.level),
        classes,
        from: Some(words::said(old)),
        to: Some(words::said(new)),
        no_longer_accepted: ranges(&sets.lost, new.field),
        newly_accepted: ranges(&sets.gained, old.field),
        texts,
        proof: proof(shown.is_some()),
        counter_example: shown,
        acknowledged: None,
        revisions: [Some(old.revision), Some(new.revision)],
    };
    Some((change, sets.expected))
}

fn proof(shown: bool) -> Proof {
    if shown {
        Proof::AlgebraAndReplay
    } else {
        Proof::Algebra
    }
}

fn classes(
    old: &Clause,
    new: &Clause,
    expected: &BTreeSet<Transition>,
    texts: &[&'static str],
) -> Vec<Class> {
    let has = |transition| expected.contains(&transition);
    let mut classes = Vec::new();
    match (has(Transition::Lost), has(Transition::Gained)) {
        (true, true) => classes.push(Class::Shifted),
        (true, false) => classes.push(Class::Tightened),
        (false, true) => classes.push(Class::Loosened),
        (false, false) => {}
    }
    classes.extend(has(Transition::NowAsked).then_some(Class::ApplicabilityWidened));
    classes.extend(has(Transition::NoLongerAsked).then_some(Class::ApplicabilityNarrowed));
    match strength(new.level).cmp(&strength(old.level)) {
        std::cmp::Ordering::Greater => classes.push(Class::LevelRaised),
        std::cmp::Ordering::Less => classes.push(Class::LevelLowered),
        std::cmp::Ordering::Equal => {}
    }
    if old.id != new.id {
        classes.push(Class::Renumbered);
    }
    if classes.is_empty() {
        classes.extend(moved(&old.limit, &new.limit));
    }
    if classes.is_empty() {
        let reworded =
            old.limit != new.limit || old.condition != new.condition || old.key != new.key;
        if reworded {
            classes.push(Class::Refactor);
        } else if !texts.is_empty() {
            classes.push(Class::Editorial);
        }
    }
    classes
}

/// What becomes of a value with an uncertainty where two bounds admit the same values and are written at another place: the
/// margin is counted from where the bound is written.
fn moved(old: &Limit, new: &Limit) -> Option<Class> {
    let (
        Limit::Bounds {
            lower: low,
            upper: high,
        },
        Limit::Bounds { lower, upper },
    ) = (old, new)
    else {
        return None;
    };
    // How much more room there is than there was.
    let more = |old: &Option<Bound>, new: &Option<Bound>, outward: f64| match (old, new) {
        (Some(old), Some(new)) => outward * (new.value - old.value),
        _ => 0.0,
    };
    let room = [more(low, lower, -1.0), more(high, upper, 1.0)];
    let (less, more) = (
        room.iter().any(|room| *room < 0.0),
        room.iter().any(|room| *room > 0.0),
    );
    match (less, more) {
        (true, true) => Some(Class::Shifted),
        (true, false) => Some(Class::Tightened),
        (false, true) => Some(Class::Loosened),
        (false, false) => None,
    }
}

fn strength(level: Level) -> u8 {
    match level {
        Level::Info => 0,
        Level::Should => 1,
        Level::Shall => 2,
    }
}

/// The step that the classes ask for. Where the clause blocks in neither version nothing ceases to
/// conform.
fn bump(classes: &[Class], blocks: bool, level: Level) -> Bump {
    let of = |class: &Class| match class {
        Class::Editorial | Class::Refactor => Bump::Patch,
        Class::Tightened | Class::Shifted | Class::ApplicabilityWidened
            if level == Level::Shall =>
        {
            Bump::Major
        }
        Class::LevelRaised if level == Level::Shall => Bump::Major,
        Class::Undetermined if blocks => Bump::Major,
        _ => Bump::Minor,
    };
    classes.iter().map(of).max().unwrap_or(Bump::None)
}

/// Which texts that judge nothing differ.
fn texts(old: &Clause, new: &Clause) -> Vec<&'static str> {
    let differ = [
        ("title", old.title != new.title),
        ("description", old.description != new.description),
        ("rationale", old.rationale != new.rationale),
        ("source", old.source != new.source),
        ("scale", old.scale != new.scale),
        ("remedy", old.remedy != new.remedy),
        ("revision", old.revision != new.revision),
    ];
    differ
        .into_iter()
        .filter(|(_, differ)| *differ)
        .map(|(text, _)| text)
        .collect()
}
