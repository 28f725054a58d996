//! Windings of three phases or of several three-phase sets: which phase fills which coil side.
//!
//! A layout comes from the star of slots ([`layout`]) or from a table that names every coil side
//! ([`table::layout`]). Both pass the same checks ([`check`]), so that whatever holds a [`Layout`] may
//! rely on equal phases 120° apart in every set, on a field that repeats every 60 electrical degrees and
//! on parallel paths of equal voltage.

pub mod check;
pub mod nearest;
pub mod pole;
#[cfg(test)]
mod property_tests;
mod star;
pub mod table;
#[cfg(test)]
mod tests;

use std::f64::consts::{PI, TAU};

/// Most three-phase sets of a winding: the letters of a slot table end there.
pub const MOST_SETS: usize = 8;

/// What a winding is wound like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WindingScheme {
    /// Number of slots.
    pub slots: usize,
    /// Number of poles.
    pub poles: usize,
    /// Coil sides in a slot: 1 or 2.
    pub layers: usize,
    /// Slots from one side of a coil to the other.
    pub coil_pitch: usize,
    /// Conductors in series in a coil side.
    pub turns_per_coil: f64,
    /// Parallel paths of a phase.
    pub parallel_paths: usize,
    /// Three-phase sets, each with a star point of its own.
    pub phase_sets: usize,
}

/// A winding that does not work, or not on these slots and poles.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WindingError {
    /// Layers other than one or two.
    #[error("a slot holds 1 or 2 layers, found {0}")]
    Layers(usize),
    /// No phase set, or more than there are letters.
    #[error("a winding has 1 to {MOST_SETS} three-phase sets, found {0}")]
    Sets(usize),
    /// Coil pitch of zero or beyond the machine.
    #[error("a coil pitch of {pitch} slots is impossible with {slots} slots")]
    Pitch {
        /// Coil pitch.
        pitch: usize,
        /// Slots.
        slots: usize,
    },
    /// The phases differ in strength or are not 120° apart.
    #[error(
        "{slots} slots and {poles} poles with {} give {} phases of unequal strength",
        counted(*layers, "layer"),
        in_words(3 * sets)
    )]
    Unbalanced {
        /// Slots.
        slots: usize,
        /// Poles.
        poles: usize,
        /// Layers.
        layers: usize,
        /// Three-phase sets.
        sets: usize,
    },
    /// The phases are equal in their fundamental only.
    #[error(
        "no turn by 120 electrical degrees carries each phase into the next, on {slots} slots and {poles} poles"
    )]
    Asymmetric {
        /// Slots.
        slots: usize,
        /// Poles.
        poles: usize,
    },
    /// The paths cannot be equal.
    #[error(
        "{paths} parallel paths cannot share {groups} equal coil groups of a phase; unequal paths carry circulating current"
    )]
    Paths {
        /// Parallel paths.
        paths: usize,
        /// Groups of coils with the same voltage in each phase.
        groups: usize,
    },
    /// Coils of that pitch do not join the sides of one phase.
    #[error(
        "coils of pitch {pitch} do not join coil sides of one phase on {slots} slots and {poles} poles with one layer"
    )]
    Unpaired {
        /// Coil pitch.
        pitch: usize,
        /// Slots.
        slots: usize,
        /// Poles.
        poles: usize,
    },
    /// Coils of that pitch are too short to join the sides of a slot table.
    #[error(
        "coils of pitch {pitch} are too short for the sides of the table, which lie {least:.2} slots apart in the mean at the least"
    )]
    Short {
        /// Coil pitch.
        pitch: usize,
        /// Mean span of the shortest coils that join the sides.
        least: f64,
    },
    /// The fundamental is too weak to be the working harmonic.
    #[error("{slots} slots and {poles} poles give a fundamental winding factor of {factor:.3}")]
    Weak {
        /// Slots.
        slots: usize,
        /// Poles.
        poles: usize,
        /// Winding factor.
        factor: f64,
    },
    /// The phases are fed one by one.
    #[error("phases that are fed one by one, each around its own poles, make no rotating field")]
    Independent,
    /// A slot table that cannot be read or does not close.
    #[error(transparent)]
    Table(#[from] table::TableError),
}

/// Small numbers as sentences have them.
fn in_words(count: usize) -> String {
    match count {
        3 => "three".to_owned(),
        6 => "six".to_owned(),
        9 => "nine".to_owned(),
        more => more.to_string(),
    }
}

/// A number of things.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// One coil side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoilSide {
    /// Phase: 0 to 2 are the first set, 3 to 5 the second, and so on.
    pub phase: usize,
    /// Conductors per ampere of phase current: conductors over parallel paths, negative where they run
    /// back; zero where a slot table leaves the place empty.
    pub conductors: f64,
}

/// The coil sides of every slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The scheme.
    pub scheme: WindingScheme,
    /// Sides of each slot, layer 0 first: next to the bore, or clockwise where coils span one slot pitch
    /// and the two sides of a slot lie beside each other.
    pub slots: Vec<Vec<CoilSide>>,
}

/// How the three phases of a set lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SetAxis {
    /// Electrical angle of the magnetic axis of the first phase [rad].
    pub axis: f64,
    /// +1 where the second phase lies 120° ahead of the first, -1 where it lies behind.
    pub sense: f64,
}

/// Lays a balanced winding by the star of slots.
///
/// Each slot belongs to the phase belt in which its electrical angle lies, the second layer to the
/// opposite of the belt one coil pitch back. With S three-phase sets there are 6 S belts of 60°/S:
/// every 60° are shared by the sets in their order, so that the axes of set k lie k · 60°/S ahead of
/// those of the first (two sets: 30°, three sets: 20°). In a single layer whose belts no coil of the
/// given pitch can join, every second slot begins a coil and the belt of that slot is the belt of the
/// coil: the tooth coils of concentrated windings.
///
/// Sources: J. Pyrhönen, T. Jokinen, V. Hrabovcová, "Design of Rotating Electrical Machines", 2nd ed.,
/// Wiley 2014, sections 2.3 and 2.11 (voltage phasor diagram); J. Cros, P. Viarouge, "Synthesis of high
/// performance PM motors with concentrated windings", IEEE Trans. Energy Conv. 17 (2002) 248-253
/// (single-layer tooth coils); N. Bianchi, S. Bolognani, M. Dai Pré, S. Grezzani, "Design
/// considerations for fractional-slot winding configurations of synchronous machines", IEEE Trans. Ind.
/// Appl. 42 (2006) 997-1006 (star of slots).
///
/// # Errors
/// [`WindingError`] when the numbers do not make a balanced winding.
pub fn layout(scheme: WindingScheme) -> Result<Layout, WindingError> {
    check::numbers(&scheme)?;
    let laid = |slots| Layout { scheme, slots };
    let by_slots = laid(star::by_slots(&scheme));
    if scheme.layers == 2 {
        by_slots.check()?;
        return Ok(by_slots);
    }
    let joined = match by_slots.check() {
        Ok(()) | Err(WindingError::Paths { .. }) if !by_slots.sides_pair_up(scheme.slots) => {
            Err(WindingError::Unpaired {
                pitch: scheme.coil_pitch,
                slots: scheme.slots,
                poles: scheme.poles,
            })
        }
        checked => checked,
    };
    match (joined, star::by_coils(&scheme)) {
        (Ok(()), _) => Ok(by_slots),
        (Err(error @ WindingError::Paths { .. }), _) | (Err(error), None) => Err(error),
        (Err(_), Some(sides)) => {
            let by_coils = laid(sides);
            by_coils.check()?;
            Ok(by_coils)
        }
    }
}

impl Layout {
    /// Sum of the conductors of a phase as a phasor of the given number of periods in a turn.
    fn phasor(&self, phase: usize, order: usize) -> (f64, f64) {
        let (mut re, mut im) = (0.0, 0.0);
        for (q, sides) in self.slots.iter().enumerate() {
            for side in sides.iter().filter(|s| s.phase == phase) {
                let angle = order as f64 * (q as f64 + 0.5) * TAU / self.scheme.slots as f64;
                re += side.conductors * angle.cos();
                im += side.conductors * angle.sin();
            }
        }
        (re, im)
    }

    /// Pole pairs.
    fn pole_pairs(&self) -> usize {
        self.scheme.poles / 2
    }

    /// Conductors of a phase, whichever way they run.
    fn total(&self, phase: usize) -> f64 {
        let sides = self.slots.iter().flatten().filter(|s| s.phase == phase);
        sides.map(|s| s.conductors.abs()).sum()
    }

    /// Winding factor of a harmonic of the pole-pair number: length of the phasor sum over its largest
    /// possible length.
    pub fn factor(&self, harmonic: usize) -> f64 {
        self.factor_of_order(harmonic * self.pole_pairs())
    }

    /// Winding factor of a wave with the given number of periods in a turn of the machine. Orders below
    /// the pole pairs, or between their multiples, are the sub-harmonics of fractional-slot windings.
    pub fn factor_of_order(&self, order: usize) -> f64 {
        let (re, im) = self.phasor(0, order);
        re.hypot(im) / self.total(0)
    }

    /// How each three-phase set lies.
    pub fn axes(&self) -> Vec<SetAxis> {
        (0..self.scheme.phase_sets)
            .map(|set| {
                let (re, im) = self.phasor(3 * set, self.pole_pairs());
                SetAxis {
                    axis: im.atan2(re) - PI / 2.0,
                    sense: self.sense(set).unwrap_or(1.0),
                }
            })
            .collect()
    }

    /// Turns in series of a phase.
    pub fn series_turns(&self) -> f64 {
        self.total(0) / 2.0
    }

    /// Number of equal sectors of the machine, the most for which slots, poles and coil sides repeat,
    /// with the sign of the repetition.
    pub fn sectors(&self) -> (usize, f64) {
        let WindingScheme { slots, poles, .. } = self.scheme;
        for sectors in (1..=poles.min(slots)).rev() {
            if slots % sectors != 0 || poles % sectors != 0 {
                continue;
            }
            let sign = if (poles / sectors) % 2 == 0 {
                1.0
            } else {
                -1.0
            };
            let step = slots / sectors;
            let repeats = (0..slots).all(|q| {
                let (here, there) = (&self.slots[q], &self.slots[(q + step) % slots]);
                here.len() == there.len() && here.iter().zip(there).all(|(a, b)| same(a, b, sign))
            });
            // With sign -1 the machine closes on itself only after an even number of sectors.
            if repeats && (sign > 0.0 || sectors % 2 == 0) {
                return (sectors, sign);
            }
        }
        (1, if poles % 2 == 0 { 1.0 } else { -1.0 })
    }
}

/// The largest number that divides both.
pub(crate) fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}

/// Whether two coil sides are the same, up to a sign of their direction.
fn same(a: &CoilSide, b: &CoilSide, sign: f64) -> bool {
    let empty = a.conductors == 0.0 && b.conductors == 0.0;
    let alike = (a.conductors * sign - b.conductors).abs() < 1e-12 * a.conductors.abs();
    empty || (a.phase == b.phase && alike)
}
