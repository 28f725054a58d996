//! Windings that do not work and conductors that no slot can hold, told at their keys, with what works
//! nearby.

use super::Candidate;
use super::form::finding;
use crate::source::{Document, Finding};
use crate::topology::Misfit;
use crate::winding::nearest::{nearest, path_numbers};
use crate::winding::pole::PoleError;
use crate::winding::table::{self, TableError, letter};
use crate::winding::{MOST_SETS, WindingError, WindingScheme, counted, layout};

fn square_mm(area: f64) -> String {
    format!("{:.1} mm²", area * 1e6)
}

/// What of the conductor cannot be: its shape, then its size.
pub(super) fn conductor(candidate: &Candidate) -> Vec<Misfit> {
    let conductor = &candidate.winding.conductor;
    let Some(copper) = conductor.area() else {
        let found = match conductor.bar {
            Some(_) => "both `strand_diameter_mm` and `bar`",
            None => "neither `strand_diameter_mm` nor `bar`",
        };
        return vec![Misfit {
            code: "conductor-shape",
            path: vec!["winding", "conductor"],
            found: found.to_owned(),
            expected: "one of the two: round strands or a rectangular bar".to_owned(),
            fix: "give the diameter of a round strand, or width and height of a bar".to_owned(),
        }];
    };
    if let Some(bar) = &conductor.bar
        && let Some(radius) = bar.corner_radius
        && 2.0 * radius > bar.width.min(bar.height)
    {
        return vec![Misfit {
            code: "bar-too-round",
            path: vec!["winding", "conductor", "bar", "corner_radius_mm"],
            found: format!("a corner radius of {:.3} mm", radius * 1e3),
            expected: format!(
                "at most half the smaller side, {:.3} mm",
                bar.width.min(bar.height) / 2.0 * 1e3
            ),
            fix: "lower the radius".to_owned(),
        }];
    }
    overfull(candidate, copper)
}

/// Conductors that no slot of this size can hold, at `turn` of copper [m²] in a turn. Round wires fill at
/// most π/(2√3) of a plane (A. Thue, "Über die dichteste Zusammenstellung von kongruenten Kreisen in einer
/// Ebene", 1910), bars at most all of it, and insulation takes more; this refuses only the impossible.
fn overfull(candidate: &Candidate, turn: f64) -> Vec<Misfit> {
    let winding = &candidate.winding;
    let copper = turn * (winding.turns_per_coil * winding.layers) as f64;
    let slot = candidate.topology.bill().slot_area;
    let (densest, packing, thinner) = match winding.conductor.bar {
        Some(_) => (1.0, "bars side by side", "smaller bars"),
        None => (
            std::f64::consts::PI / (2.0 * 3.0_f64.sqrt()),
            "the densest packing of round wires",
            "thinner strands",
        ),
    };
    if copper <= densest * slot {
        return Vec::new();
    }
    vec![Misfit {
        code: "slot-overfull",
        path: vec!["winding", "conductor", "strands"],
        found: format!("{} of conductor in a slot", square_mm(copper)),
        expected: format!(
            "at most {}, {packing} in {}",
            square_mm(densest * slot),
            square_mm(slot)
        ),
        fix: format!("use fewer turns, fewer or {thinner}, or a larger slot"),
    }]
}

/// A winding that does not work, at the key that is most likely wrong; of a slot table every entry.
pub(super) fn unwound(
    document: &Document,
    index: usize,
    candidate: &Candidate,
    error: &WindingError,
) -> Vec<Finding> {
    let bill = candidate.topology.bill();
    let scheme = candidate.winding.scheme(bill.slots, bill.poles);
    let at = format!("/candidates/{index}/winding");
    let tell = |code, key: &str, found: &dyn std::fmt::Display, words: [String; 2]| {
        let found = format!("{}: {found}", candidate.id);
        let [expected, fix] = words;
        let pointer = format!("{at}{key}");
        finding(document, code, &pointer, true, [found, expected, fix])
    };
    if let (WindingError::Table(_), Some(table)) = (error, &candidate.winding.slot_table) {
        let faults = table::read(&scheme, table).err().unwrap_or_default();
        return faults
            .iter()
            .map(|fault| {
                let slot = fault.slot();
                let key = slot.map_or("/slot_table".to_owned(), |k| format!("/slot_table/{k}"));
                tell("wrong-slot-table", &key, fault, table_words(fault, &scheme))
            })
            .collect();
    }
    let by_table = candidate.winding.slot_table.is_some();
    let (code, key, expected) = place(error, by_table);
    let fix = match error {
        WindingError::Paths { groups, .. } => format!("write {}", listed(&path_numbers(*groups))),
        WindingError::Sets(_) => format!("write 1 to {MOST_SETS}"),
        WindingError::Short { least, .. } => format!("write {:.0} or more", least.ceil()),
        WindingError::Independent => "write \"star\" or \"delta\"".to_owned(),
        _ if by_table => by_star(&scheme),
        _ => neighbours(&scheme, error),
    };
    vec![tell(code, key, error, [expected.to_owned(), fix])]
}

/// Code, key and what was expected of a winding that does not work.
fn place(error: &WindingError, by_table: bool) -> (&'static str, &'static str, &'static str) {
    let whole = if by_table { "/slot_table" } else { "" };
    match error {
        WindingError::Layers(_) => ("wrong-layers", "/layers", "1 or 2 coil sides in a slot"),
        WindingError::Sets(_) => (
            "wrong-phase-sets",
            "/phase_sets",
            "a number of three-phase sets",
        ),
        WindingError::Pitch { .. } => (
            "wrong-coil-pitch",
            "/coil_pitch_slots",
            "a coil pitch of at least one slot, less than the machine and at most two pole pitches",
        ),
        WindingError::Paths { .. } => (
            "unequal-paths",
            "/parallel_paths",
            "a number of paths that divides the equal coil groups of a phase",
        ),
        WindingError::Short { .. } => (
            "wrong-coil-pitch",
            "/coil_pitch_slots",
            "at least the slots that the shortest coils between the sides of the table span in the mean",
        ),
        WindingError::Unpaired { .. } => (
            "wrong-coil-pitch",
            "/coil_pitch_slots",
            "a coil pitch that joins coil sides of one phase",
        ),
        WindingError::Unbalanced { .. } => (
            "unbalanced-winding",
            whole,
            "phases of equal strength, those of a three-phase set 120° apart",
        ),
        WindingError::Asymmetric { .. } => (
            "unbalanced-winding",
            whole,
            "phases that are the same winding in another place",
        ),
        WindingError::Weak { .. } => (
            "weak-winding",
            whole,
            "a fundamental winding factor of at least 0.2",
        ),
        WindingError::Independent => (
            "wrong-connection",
            "/connection",
            "phases joined in a star or a triangle",
        ),
        WindingError::Table(_) => ("wrong-slot-table", "/slot_table", "one entry a slot"),
    }
}

/// A winding on poles that does not work, at the key that is wrong.
pub(super) fn not_on_poles(error: &PoleError) -> Misfit {
    let (code, path, expected, fix) = match error {
        PoleError::Phases { .. } => (
            "no-phases",
            vec!["rotor", "pole_count"],
            "numbers of poles such as 6/4, 8/6, 12/8 or 18/12".to_owned(),
            "change the number of poles".to_owned(),
        ),
        PoleError::NotAroundPoles { .. } => (
            "coils-not-around-poles",
            vec!["winding", "coil_pitch_slots"],
            "`layers` 2 and `coil_pitch_slots` 1".to_owned(),
            "write these two".to_owned(),
        ),
        PoleError::Joined => (
            "wrong-connection",
            vec!["winding", "connection"],
            "`independent`: every phase with a half-bridge of its own".to_owned(),
            "write \"independent\"".to_owned(),
        ),
        PoleError::Sets(_) => (
            "wrong-phase-sets",
            vec!["winding", "phase_sets"],
            "no `phase_sets`: the numbers of poles make the phases".to_owned(),
            "remove the key".to_owned(),
        ),
        PoleError::Table => (
            "wrong-slot-table",
            vec!["winding", "slot_table"],
            "no `slot_table`".to_owned(),
            "remove the key".to_owned(),
        ),
        PoleError::Paths { coils, .. } => {
            let numbers: Vec<usize> = (1..=*coils).filter(|n| coils % n == 0).collect();
            (
                "unequal-paths",
                vec!["winding", "parallel_paths"],
                "a number of paths that divides the coils of a phase".to_owned(),
                format!("write {}", listed(&numbers)),
            )
        }
    };
    Misfit {
        code,
        path,
        found: error.to_string(),
        expected,
        fix,
    }
}

/// What an entry should have been and what to change.
fn table_words(fault: &TableError, scheme: &WindingScheme) -> [String; 2] {
    let last = letter(3 * scheme.phase_sets - 1);
    let side = format!("a phase from A to {last} with + or -, as `A+`, or `-` for an empty place");
    let (expected, fix) = match fault {
        TableError::Length { slots, .. } => (
            format!("one entry for each of {slots} slots"),
            "add or remove entries".to_owned(),
        ),
        TableError::Sides { layers, .. } => (
            format!(
                "{}, with blanks between, or an empty string",
                counted(*layers, "coil side")
            ),
            "name the sides of all layers, or correct `layers`".to_owned(),
        ),
        TableError::Word { .. } => (side, "write coil sides with blanks between".to_owned()),
        TableError::Phase { .. } => (side, "correct the letter, or `phase_sets`".to_owned()),
        TableError::Open { .. } => (
            "as many sides with + as with -, and at least one of each".to_owned(),
            "close the coils of this phase".to_owned(),
        ),
    };
    [expected, fix]
}

fn listed(numbers: &[usize]) -> String {
    match numbers {
        [] => String::new(),
        [only] => only.to_string(),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(ToString::to_string).collect();
            format!("{} or {last}", most.join(", "))
        }
    }
}

/// Advice for a table that is not balanced.
fn by_star(scheme: &WindingScheme) -> String {
    match layout(*scheme) {
        Ok(layout) => format!(
            "correct the table, or leave it out: the star of slots gives a winding factor of {:.3}",
            layout.factor(1)
        ),
        Err(_) => neighbours_text("correct the table", scheme),
    }
}

fn neighbours(scheme: &WindingScheme, error: &WindingError) -> String {
    let otherwise = match error {
        WindingError::Layers(_) => "write 1 or 2",
        WindingError::Pitch { .. } => "write a pitch near slots per pole",
        WindingError::Unpaired { .. } => "write the slots of a pole pitch, or use two layers",
        WindingError::Weak { .. } => "bring slots and poles closer together",
        _ => "change slots, poles or layers",
    };
    neighbours_text(otherwise, scheme)
}

/// Advice with the nearest combinations that work.
fn neighbours_text(advice: &str, scheme: &WindingScheme) -> String {
    let found: Vec<String> = nearest(scheme).iter().map(ToString::to_string).collect();
    if found.is_empty() {
        return advice.to_owned();
    }
    format!("{advice}; nearest that work: {}", found.join("; "))
}
