//! Windings given slot by slot.
//!
//! A table has one string for each slot, which names its coil sides in the order of the layers: `"A+ C-"`.
//! The letter is the phase (A, B, C the first three-phase set, D, E, F the second, and so on), the sign
//! the direction, `+` out of the plane of the drawing. `-` leaves one place empty, an empty string all of
//! them.

use super::check;
use super::{CoilSide, Layout, MOST_SETS, WindingError, WindingScheme, counted};
use std::fmt::Write;

/// What is wrong with a slot table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Not one entry a slot.
    #[error("a table of {} for {slots} slots", if *entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") })]
    Length {
        /// Entries.
        entries: usize,
        /// Slots.
        slots: usize,
    },
    /// An entry does not name as many coil sides as there are layers.
    #[error("entry {slot} names {} in {}", counted(*sides, "coil side"), counted(*layers, "layer"))]
    Sides {
        /// Slot.
        slot: usize,
        /// Coil sides that it names.
        sides: usize,
        /// Layers.
        layers: usize,
    },
    /// A word is no coil side.
    #[error("entry {slot} holds `{word}`, which is no coil side")]
    Word {
        /// Slot.
        slot: usize,
        /// The word.
        word: String,
    },
    /// A letter stands for no phase of the winding.
    #[error("entry {slot} names phase {letter}, the last phase is {last}")]
    Phase {
        /// Slot.
        slot: usize,
        /// The letter.
        letter: char,
        /// The last letter that there is.
        last: char,
    },
    /// A phase does not come back as often as it goes.
    #[error("phase {letter} has {} with + and {back} with -", counted(*forward, "side"))]
    Open {
        /// The phase.
        letter: char,
        /// Sides out of the plane.
        forward: usize,
        /// Sides into the plane.
        back: usize,
    },
}

impl TableError {
    /// The entry that is wrong; nothing where it is the table as a whole.
    pub fn slot(&self) -> Option<usize> {
        match self {
            TableError::Sides { slot, .. }
            | TableError::Word { slot, .. }
            | TableError::Phase { slot, .. } => Some(*slot),
            TableError::Length { .. } | TableError::Open { .. } => None,
        }
    }
}

/// Letter of a phase.
pub fn letter(phase: usize) -> char {
    u8::try_from(phase)
        .ok()
        .and_then(|phase| b'A'.checked_add(phase))
        .map_or('?', char::from)
}

/// A coil side of a word: phase and direction, or nothing for an empty place.
fn coil_side(
    slot: usize,
    word: &str,
    scheme: &WindingScheme,
) -> Result<Option<(usize, f64)>, TableError> {
    if word == "-" {
        return Ok(None);
    }
    let mut letters = word.chars();
    let (name, sign) = match (letters.next(), letters.next(), letters.next()) {
        (Some(name @ 'A'..='Z'), Some('+'), None) => (name, 1.0),
        (Some(name @ 'A'..='Z'), Some('-'), None) => (name, -1.0),
        _ => {
            let word = word.chars().take(20).collect();
            return Err(TableError::Word { slot, word });
        }
    };
    let last = letter(3 * scheme.phase_sets.clamp(1, MOST_SETS) - 1);
    if name > last {
        let letter = name;
        return Err(TableError::Phase { slot, letter, last });
    }
    Ok(Some((usize::from(name as u8 - b'A'), sign)))
}

/// Coil sides of one entry.
fn entry(slot: usize, text: &str, scheme: &WindingScheme) -> Result<Vec<CoilSide>, TableError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let conductors = scheme.turns_per_coil / scheme.parallel_paths as f64;
    let (sides, layers) = (words.len(), scheme.layers);
    if sides != layers && sides != 0 {
        return Err(TableError::Sides {
            slot,
            sides,
            layers,
        });
    }
    let empty = CoilSide {
        phase: 0,
        conductors: 0.0,
    };
    if sides == 0 {
        return Ok(vec![empty; layers]);
    }
    words
        .into_iter()
        .map(|word| {
            let side = coil_side(slot, word, scheme)?;
            Ok(side.map_or(empty, |(phase, sign)| CoilSide {
                phase,
                conductors: sign * conductors,
            }))
        })
        .collect()
}

/// Coil sides of all slots, or everything that is wrong with the table.
///
/// # Errors
/// Every entry that cannot be read, or the phases that do not close.
pub fn read<S: AsRef<str>>(
    scheme: &WindingScheme,
    table: &[S],
) -> Result<Vec<Vec<CoilSide>>, Vec<TableError>> {
    let (entries, slots) = (table.len(), scheme.slots);
    let mut faults = vec![];
    if entries != slots {
        faults.push(TableError::Length { entries, slots });
    }
    let mut sides = vec![];
    for (slot, text) in table.iter().enumerate() {
        match entry(slot, text.as_ref(), scheme) {
            Ok(found) => sides.push(found),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    for phase in 0..3 * scheme.phase_sets {
        let count = |sign: f64| {
            let all = sides.iter().flatten();
            all.filter(|side| side.phase == phase && side.conductors * sign > 0.0)
                .count()
        };
        let (forward, back) = (count(1.0), count(-1.0));
        if forward != back || forward == 0 {
            let letter = letter(phase);
            faults.push(TableError::Open {
                letter,
                forward,
                back,
            });
        }
    }
    if faults.is_empty() {
        Ok(sides)
    } else {
        Err(faults)
    }
}

/// The layout of a table, held to the same balance, strength, symmetry and parallel paths as one from the
/// star of slots. The coil pitch of the scheme says only how long the end turns are and how the two sides
/// of a slot lie: which sides a coil joins does not matter to the field. It is not believed below what the
/// sides need: short end turns would flatter the copper loss.
///
/// # Errors
/// [`WindingError`] when the table cannot be read or is not balanced.
pub fn layout<S: AsRef<str>>(scheme: WindingScheme, table: &[S]) -> Result<Layout, WindingError> {
    check::numbers(&scheme)?;
    let slots = read(&scheme, table).map_err(|faults| {
        let first = faults.into_iter().next();
        first.map_or(WindingError::Sets(scheme.phase_sets), WindingError::Table)
    })?;
    let layout = Layout { scheme, slots };
    layout.check()?;
    let (pitch, least) = (scheme.coil_pitch, least_span(&layout));
    // The least span is a mean of whole numbers: what is missing by rounding is not missing.
    if pitch as f64 + 1e-9 < least {
        return Err(WindingError::Short { pitch, least });
    }
    Ok(layout)
}

/// Mean span [slots] of the shortest coils that join the sides of a phase, of the phase where it is the
/// largest. The least way to carry what goes forward to where it comes back, on a circle: the sum of
/// the running sums' distances from their median (M. Werman, S. Peleg, R. Melter, T. Y. Kong, "Bipartite
/// graph matching for points on a line or a circle", J. Algorithms 7 (1986) 277-284).
fn least_span(layout: &Layout) -> f64 {
    let of_phase = |phase: usize| {
        let mut sum = 0.0;
        let mut sums: Vec<f64> = layout
            .slots
            .iter()
            .map(|sides| {
                let own = sides.iter().filter(|side| side.phase == phase);
                sum += own.map(|side| side.conductors).sum::<f64>();
                sum
            })
            .collect();
        sums.sort_by(f64::total_cmp);
        let median = sums[sums.len() / 2];
        let way: f64 = sums.iter().map(|sum| (sum - median).abs()).sum();
        way / (layout.total(phase) / 2.0)
    };
    let phases = 0..3 * layout.scheme.phase_sets;
    phases.map(of_phase).fold(0.0, f64::max)
}

impl Layout {
    /// The layout as a slot table.
    pub fn table(&self) -> Vec<String> {
        let word = |side: &CoilSide| match side.conductors {
            n if n > 0.0 => format!("{}+", letter(side.phase)),
            n if n < 0.0 => format!("{}-", letter(side.phase)),
            _ => "-".to_owned(),
        };
        self.slots
            .iter()
            .map(|sides| {
                sides.iter().fold(String::new(), |mut text, side| {
                    let gap = if text.is_empty() { "" } else { " " };
                    let _ = write!(text, "{gap}{}", word(side));
                    text
                })
            })
            .collect()
    }
}
