//! Three-phase windings: which phase fills which coil side.

use std::f64::consts::{PI, TAU};

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
}

/// A winding that does not work, or not on these slots and poles.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WindingError {
    /// Layers other than one or two.
    #[error("a slot holds 1 or 2 layers, found {0}")]
    Layers(usize),
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
        "{slots} slots and {poles} poles with {layers} layers give three phases of unequal strength"
    )]
    Unbalanced {
        /// Slots.
        slots: usize,
        /// Poles.
        poles: usize,
        /// Layers.
        layers: usize,
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
}

/// One coil side: phase 0 to 2, and conductors per ampere of phase current with the sign of their
/// direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoilSide {
    /// Phase.
    pub phase: usize,
    /// Signed conductors over parallel paths.
    pub conductors: f64,
}

/// The coil sides of every slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The scheme.
    pub scheme: WindingScheme,
    /// Sides of each slot.
    pub slots: Vec<Vec<CoilSide>>,
}

/// Lays a balanced winding by the star of slots: each slot belongs to the 60° phase belt in which its
/// electrical angle lies, the second layer to the opposite of the belt one coil pitch back.
///
/// Source: J. Pyrhönen, T. Jokinen, V. Hrabovcová, "Design of Rotating Electrical Machines", 2nd ed.,
/// Wiley 2014, sections 2.3 and 2.11 (voltage phasor diagram).
///
/// # Errors
/// [`WindingError`] when the numbers do not make a balanced winding.
pub fn layout(scheme: WindingScheme) -> Result<Layout, WindingError> {
    let WindingScheme {
        slots,
        poles,
        layers,
        coil_pitch,
        turns_per_coil,
        parallel_paths,
    } = scheme;
    if !(1..=2).contains(&layers) {
        return Err(WindingError::Layers(layers));
    }
    // No coil spans more than two pole pitches: its sides would meet the same pole again.
    if coil_pitch == 0 || coil_pitch >= slots || coil_pitch * poles > 2 * slots.max(poles) {
        return Err(WindingError::Pitch {
            pitch: coil_pitch,
            slots,
        });
    }
    let belt = |slot: usize| {
        // Exact integer arithmetic in units of 1/slots of an electrical turn decides the belt.
        let turn = (slot * (poles / 2)) % slots;
        let sixth = (6 * turn) / slots;
        // Belts in order of angle: a+, c-, b+, a-, c+, b-.
        [
            (0, 1.0),
            (2, -1.0),
            (1, 1.0),
            (0, -1.0),
            (2, 1.0),
            (1, -1.0),
        ][sixth]
    };
    let per_side = turns_per_coil / parallel_paths as f64;
    let sides = (0..slots)
        .map(|slot| {
            let side = |(phase, sign): (usize, f64)| CoilSide {
                phase,
                conductors: sign * per_side,
            };
            let mut sides = vec![side(belt(slot))];
            if layers == 2 {
                let (phase, sign) = belt((slot + slots - coil_pitch) % slots);
                sides.push(side((phase, -sign)));
            }
            sides
        })
        .collect();
    let layout = Layout {
        scheme,
        slots: sides,
    };
    layout.check()?;
    if layers == 1 && !layout.sides_pair_up() {
        return Err(WindingError::Unpaired {
            pitch: coil_pitch,
            slots,
            poles,
        });
    }
    Ok(layout)
}

impl Layout {
    /// Sum of the conductors of a phase as a phasor of the given harmonic of the pole-pair number.
    fn phasor(&self, phase: usize, harmonic: usize) -> (f64, f64) {
        let electrical = (harmonic * self.scheme.poles / 2) as f64;
        let (mut re, mut im) = (0.0, 0.0);
        for (q, sides) in self.slots.iter().enumerate() {
            for side in sides.iter().filter(|s| s.phase == phase) {
                let angle = electrical * (q as f64 + 0.5) * TAU / self.scheme.slots as f64;
                re += side.conductors * angle.cos();
                im += side.conductors * angle.sin();
            }
        }
        (re, im)
    }

    fn check(&self) -> Result<(), WindingError> {
        let WindingScheme {
            slots,
            poles,
            layers,
            parallel_paths,
            ..
        } = self.scheme;
        let total = |phase| -> f64 {
            self.slots
                .iter()
                .flatten()
                .filter(|s| s.phase == phase)
                .map(|s| s.conductors.abs())
                .sum()
        };
        let phasors: Vec<(f64, f64)> = (0..3).map(|f| self.phasor(f, 1)).collect();
        let size = phasors[0].0.hypot(phasors[0].1);
        let turned = |k: f64| {
            let (s, c) = (k * TAU / 3.0).sin_cos();
            (
                phasors[0].0 * c - phasors[0].1 * s,
                phasors[0].0 * s + phasors[0].1 * c,
            )
        };
        let close = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1) < 1e-9 * total(0);
        let balanced = (close(phasors[1], turned(1.0)) && close(phasors[2], turned(2.0)))
            || (close(phasors[1], turned(2.0)) && close(phasors[2], turned(1.0)));
        if !balanced || (total(0) - total(1)).abs() > 1e-9 || (total(0) - total(2)).abs() > 1e-9 {
            return Err(WindingError::Unbalanced {
                slots,
                poles,
                layers,
            });
        }
        let factor = size / total(0);
        if factor < 0.2 {
            return Err(WindingError::Weak {
                slots,
                poles,
                factor,
            });
        }
        let groups = self.equal_groups();
        if parallel_paths == 0 || !groups.is_multiple_of(parallel_paths) {
            return Err(WindingError::Paths {
                paths: parallel_paths,
                groups,
            });
        }
        Ok(())
    }

    /// Number of groups of coils in each phase that have the same voltage: the sectors that repeat, or
    /// half of them where one layer spreads a coil over two sectors.
    fn equal_groups(&self) -> usize {
        let (sectors, sign) = self.sectors();
        if self.scheme.layers == 1 && sign < 0.0 {
            (sectors / 2).max(1)
        } else {
            sectors
        }
    }

    /// Whether every coil side of a single layer has a partner of the same phase and opposite direction
    /// one coil pitch away, each side used once: repeatedly takes a side that has one partner left.
    fn sides_pair_up(&self) -> bool {
        let n = self.scheme.slots;
        let mut free = vec![true; n];
        let fits = |a: usize, b: usize| {
            let (x, y) = (self.slots[a][0], self.slots[b][0]);
            x.phase == y.phase && x.conductors * y.conductors < 0.0
        };
        while free.contains(&true) {
            let partners = |q: usize, free: &[bool]| -> Vec<usize> {
                let pitch = self.scheme.coil_pitch;
                [(q + pitch) % n, (q + n - pitch) % n]
                    .into_iter()
                    .filter(|&t| free[t] && t != q && fits(q, t))
                    .collect()
            };
            let open: Vec<(usize, Vec<usize>)> = (0..n)
                .filter(|&q| free[q])
                .map(|q| (q, partners(q, &free)))
                .collect();
            let Some((q, found)) = open.into_iter().min_by_key(|(_, found)| found.len()) else {
                return true;
            };
            let Some(&partner) = found.first() else {
                return false;
            };
            free[q] = false;
            free[partner] = false;
        }
        true
    }

    /// Winding factor of a harmonic of the pole-pair number: length of the phasor sum over its largest
    /// possible length.
    pub fn factor(&self, harmonic: usize) -> f64 {
        let all: f64 = self
            .slots
            .iter()
            .flatten()
            .filter(|s| s.phase == 0)
            .map(|s| s.conductors.abs())
            .sum();
        let (re, im) = self.phasor(0, harmonic);
        re.hypot(im) / all
    }

    /// Electrical angle of the magnetic axis of phase a [rad].
    pub fn phase_axis(&self) -> f64 {
        let (re, im) = self.phasor(0, 1);
        im.atan2(re) - PI / 2.0
    }

    /// Turns in series of a phase.
    pub fn series_turns(&self) -> f64 {
        self.slots
            .iter()
            .flatten()
            .filter(|s| s.phase == 0)
            .map(|s| s.conductors.abs())
            .sum::<f64>()
            / 2.0
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
                self.slots[q]
                    .iter()
                    .zip(&self.slots[(q + step) % slots])
                    .all(|(a, b)| {
                        a.phase == b.phase
                            && (a.conductors * sign - b.conductors).abs()
                                < 1e-12 * a.conductors.abs()
                    })
            });
            // With sign -1 the machine closes on itself only after an even number of sectors.
            if repeats && (sign > 0.0 || sectors % 2 == 0) {
                return (sectors, sign);
            }
        }
        (1, if poles % 2 == 0 { 1.0 } else { -1.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(slots: usize, poles: usize, layers: usize, coil_pitch: usize) -> WindingScheme {
        WindingScheme {
            slots,
            poles,
            layers,
            coil_pitch,
            turns_per_coil: 1.0,
            parallel_paths: 1,
        }
    }

    #[test]
    fn winding_factors_of_text_books() {
        // Pyrhönen and others, tables 2.1 to 2.3.
        for (s, p, l, y, k) in [
            (48, 8, 1, 6, 0.9659),
            (36, 6, 1, 6, 0.9659),
            (12, 10, 2, 1, 0.9330),
            (9, 8, 2, 1, 0.9452),
            (48, 8, 2, 5, 0.9330),
            (36, 12, 1, 3, 1.0),
            (15, 14, 2, 1, 0.9514),
        ] {
            let factor = layout(scheme(s, p, l, y)).expect("balanced").factor(1);
            assert!((factor - k).abs() < 1e-4, "{s} slots {p} poles: {factor}");
        }
    }

    #[test]
    fn sectors_repeat_with_the_sign_of_their_poles() {
        assert_eq!(
            layout(scheme(48, 8, 1, 6)).expect("balanced").sectors(),
            (8, -1.0)
        );
        assert_eq!(
            layout(scheme(12, 10, 2, 1)).expect("balanced").sectors(),
            (2, -1.0)
        );
        assert_eq!(
            layout(scheme(9, 8, 2, 1)).expect("balanced").sectors(),
            (1, 1.0)
        );
    }

    #[test]
    fn impossible_windings_are_refused() {
        assert!(matches!(
            layout(scheme(10, 8, 2, 1)),
            Err(WindingError::Unbalanced { .. })
        ));
        assert!(matches!(
            layout(scheme(12, 8, 3, 1)),
            Err(WindingError::Layers(3))
        ));
        assert!(matches!(
            layout(scheme(12, 8, 2, 0)),
            Err(WindingError::Pitch { .. })
        ));
        assert!(matches!(
            layout(scheme(48, 8, 1, 1)),
            Err(WindingError::Unpaired { .. })
        ));
        assert!(matches!(
            layout(scheme(48, 8, 2, 40)),
            Err(WindingError::Pitch { .. })
        ));
        let paths = |s, n| {
            layout(WindingScheme {
                parallel_paths: n,
                ..s
            })
            .is_ok()
        };
        assert!(paths(scheme(48, 8, 1, 6), 4) && !paths(scheme(48, 8, 1, 6), 8));
        assert!(paths(scheme(48, 8, 2, 5), 8) && paths(scheme(12, 10, 2, 1), 2));
        assert!(
            !paths(scheme(9, 8, 2, 1), 3),
            "the three coils of a phase differ in angle"
        );
        assert!(
            layout(WindingScheme {
                parallel_paths: 7,
                ..scheme(48, 8, 1, 6)
            })
            .is_err()
        );
    }
}
