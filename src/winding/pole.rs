//! Coils around single stator poles, one phase after the other: the winding of switched reluctance machines.
//!
//! Its phases are not joined and make no rotating field, so that nothing of [`Layout`](super::Layout), which
//! promises one, is asked of it. Every phase takes every so many-th pole; the rotor must stand alike before all
//! poles of a phase and be a whole step further on before those of the next (T. J. E. Miller, "Switched
//! Reluctance Motors and Their Control", Magna Physics and Clarendon Press 1993, chapter 2).

use super::{CoilSide, counted, greatest_common_divisor};

/// Most phases of a winding on poles.
pub const MOST_PHASES: usize = 12;

/// A winding on poles that does not work.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PoleError {
    /// Fewer than two phases, or more than anybody builds.
    #[error(
        "{stator_poles} stator poles and {rotor_poles} rotor poles make {}; expected 2 to {MOST_PHASES} phases",
        counted(*phases, "phase")
    )]
    Phases {
        /// Stator poles.
        stator_poles: usize,
        /// Rotor poles.
        rotor_poles: usize,
        /// Phases that they make.
        phases: usize,
    },
    /// Coils that do not lie around single poles.
    #[error(
        "a coil around a stator pole has one side in each of two neighbouring slots: found {} and a coil pitch of {pitch}",
        counted(*layers, "layer")
    )]
    NotAroundPoles {
        /// Layers.
        layers: usize,
        /// Coil pitch.
        pitch: usize,
    },
    /// The phases are joined.
    #[error("phases joined in a star or a triangle cannot be fed one by one")]
    Joined,
    /// Sets of three phases.
    #[error("{0} three-phase sets on poles whose phases are fed one by one")]
    Sets(usize),
    /// A slot table.
    #[error("a slot table for coils that the poles give their places")]
    Table,
    /// The paths cannot be equal.
    #[error("{paths} parallel paths cannot share {coils} equal coils of a phase")]
    Paths {
        /// Parallel paths.
        paths: usize,
        /// Coils of a phase.
        coils: usize,
    },
}

/// What a winding on poles is wound like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoleScheme {
    /// Stator poles, as many as slots and as coils.
    pub stator_poles: usize,
    /// Rotor poles.
    pub rotor_poles: usize,
    /// Turns of one coil.
    pub turns_per_coil: f64,
    /// Parallel paths of a phase.
    pub parallel_paths: usize,
}

/// Where the coils lie.
///
/// Slot q lies between stator poles q and q + 1, and pole 0 is the first of phase 0.
#[derive(Debug, Clone, PartialEq)]
pub struct PoleLayout {
    /// The scheme.
    pub scheme: PoleScheme,
    /// Number of phases.
    pub phases: usize,
    /// The two sides of each slot, clockwise first.
    pub slots: Vec<[CoilSide; 2]>,
}

/// Number of phases that stator and rotor poles make: stator poles over what both numbers have in common.
pub fn phases(stator_poles: usize, rotor_poles: usize) -> usize {
    stator_poles / greatest_common_divisor(stator_poles, rotor_poles).max(1)
}

/// Lays the coils. Within a phase the polarity alternates from coil to coil, and from phase to phase where the
/// number of phases is odd, so that neighbouring poles are opposite; with an even number it cannot alternate
/// all around, and the phases begin alike.
///
/// # Errors
/// When the numbers of poles make no phases, or the paths are not equal.
pub fn layout(scheme: PoleScheme) -> Result<PoleLayout, PoleError> {
    let PoleScheme {
        stator_poles,
        rotor_poles,
        parallel_paths: paths,
        ..
    } = scheme;
    let phases = phases(stator_poles, rotor_poles);
    if !(2..=MOST_PHASES).contains(&phases) {
        return Err(PoleError::Phases {
            stator_poles,
            rotor_poles,
            phases,
        });
    }
    let coils = stator_poles / phases;
    if paths == 0 || !coils.is_multiple_of(paths) {
        return Err(PoleError::Paths { paths, coils });
    }
    let conductors = scheme.turns_per_coil / paths as f64;
    let polarity = |pole: usize| {
        let (phase, coil) = (pole % phases, pole / phases);
        let turned = coil + if phases % 2 == 1 { phase } else { 0 };
        if turned % 2 == 0 { 1.0 } else { -1.0 }
    };
    let slots = (0..stator_poles)
        .map(|q| {
            let next = (q + 1) % stator_poles;
            let side = |pole: usize, sense: f64| CoilSide {
                phase: pole % phases,
                conductors: sense * polarity(pole) * conductors,
            };
            // The flux of a positive pole goes outward: its current comes out on its counter-clockwise side,
            // which lies on the clockwise side of the slot behind it.
            [side(q, 1.0), side(next, -1.0)]
        })
        .collect();
    Ok(PoleLayout {
        scheme,
        phases,
        slots,
    })
}

impl PoleLayout {
    /// Coils of a phase.
    pub fn coils_per_phase(&self) -> usize {
        self.scheme.stator_poles / self.phases
    }

    /// Turns in series of a phase.
    pub fn series_turns(&self) -> f64 {
        self.scheme.turns_per_coil * self.coils_per_phase() as f64
            / self.scheme.parallel_paths as f64
    }

    /// Number of equal sectors of the machine, the most for which stator poles, rotor poles and coil sides
    /// repeat, with the sign of the repetition.
    pub fn sectors(&self) -> (usize, f64) {
        let PoleScheme {
            stator_poles,
            rotor_poles,
            ..
        } = self.scheme;
        for sectors in (1..=greatest_common_divisor(stator_poles, rotor_poles)).rev() {
            if stator_poles % sectors != 0 || rotor_poles % sectors != 0 {
                continue;
            }
            let step = stator_poles / sectors;
            let repeats = |sign: f64| {
                (0..stator_poles).all(|q| {
                    let (here, there) = (&self.slots[q], &self.slots[(q + step) % stator_poles]);
                    let mut sides = here.iter().zip(there);
                    sides.all(|(a, b)| super::same(a, b, sign))
                })
            };
            if repeats(1.0) {
                return (sectors, 1.0);
            }
            // With sign -1 the machine closes on itself only after an even number of sectors.
            if sectors % 2 == 0 && repeats(-1.0) {
                return (sectors, -1.0);
            }
        }
        (1, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(stator_poles: usize, rotor_poles: usize) -> Result<PoleLayout, PoleError> {
        layout(PoleScheme {
            stator_poles,
            rotor_poles,
            turns_per_coil: 10.0,
            parallel_paths: 1,
        })
    }

    #[test]
    fn known_machines_have_their_phases_and_repeat_as_they_do() {
        for (ns, nr, phases, sectors, sign) in [
            (6, 4, 3, 2, -1.0),
            (8, 6, 4, 2, -1.0),
            (12, 8, 3, 4, -1.0),
            (18, 12, 3, 6, -1.0),
            (10, 8, 5, 2, -1.0),
            (12, 16, 3, 4, -1.0),
            (6, 10, 3, 2, -1.0),
            (12, 10, 6, 2, -1.0),
            (4, 2, 2, 2, -1.0),
        ] {
            let found = on(ns, nr).unwrap();
            assert_eq!(found.phases, phases, "{ns}/{nr}");
            assert_eq!(found.sectors(), (sectors, sign), "{ns}/{nr}");
        }
    }

    #[test]
    fn every_coil_goes_and_returns_around_its_pole() {
        for (ns, nr) in [(6, 4), (8, 6), (12, 8), (10, 8), (9, 6)] {
            let found = on(ns, nr).unwrap();
            for pole in 0..ns {
                let (after, before) =
                    (&found.slots[pole][0], &found.slots[(pole + ns - 1) % ns][1]);
                assert_eq!(after.phase, pole % found.phases);
                assert_eq!(before.phase, after.phase);
                assert_eq!(before.conductors, -after.conductors);
            }
        }
    }

    #[test]
    fn what_makes_no_phases_is_refused() {
        assert!(matches!(on(8, 8), Err(PoleError::Phases { phases: 1, .. })));
        assert!(matches!(on(6, 12), Err(PoleError::Phases { .. })));
        assert!(matches!(
            on(26, 24),
            Err(PoleError::Phases { phases: 13, .. })
        ));
        let paths = PoleScheme {
            parallel_paths: 3,
            ..on(12, 8).unwrap().scheme
        };
        assert_eq!(layout(paths), Err(PoleError::Paths { paths: 3, coils: 4 }));
    }
}
