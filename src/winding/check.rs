//! What every layout must satisfy, wherever it comes from.

use super::{Layout, MOST_SETS, WindingError, WindingScheme};
use std::f64::consts::TAU;

/// Fundamental winding factor below which the pole number is not the one the winding works with.
const LEAST_FACTOR: f64 = 0.2;

/// Numbers that no winding has.
///
/// # Errors
/// When layers, phase sets or coil pitch are impossible by themselves.
pub fn numbers(scheme: &WindingScheme) -> Result<(), WindingError> {
    let WindingScheme {
        slots,
        poles,
        layers,
        coil_pitch: pitch,
        ..
    } = *scheme;
    if !(1..=2).contains(&layers) {
        return Err(WindingError::Layers(layers));
    }
    if !(1..=MOST_SETS).contains(&scheme.phase_sets) {
        return Err(WindingError::Sets(scheme.phase_sets));
    }
    // No coil spans more than two pole pitches: its sides would meet the same pole again.
    if pitch == 0 || pitch >= slots || pitch * poles > 2 * slots.max(poles) {
        return Err(WindingError::Pitch { pitch, slots });
    }
    Ok(())
}

fn turned((re, im): (f64, f64), angle: f64) -> (f64, f64) {
    let (s, c) = angle.sin_cos();
    (re * c - im * s, re * s + im * c)
}

impl Layout {
    /// Balance, strength, symmetry and parallel paths.
    pub(super) fn check(&self) -> Result<(), WindingError> {
        let WindingScheme {
            slots,
            poles,
            layers,
            phase_sets: sets,
            parallel_paths: paths,
            ..
        } = self.scheme;
        if !self.is_balanced() {
            return Err(WindingError::Unbalanced {
                slots,
                poles,
                layers,
                sets,
            });
        }
        let factor = self.factor(1);
        // Not a number is no factor either.
        if factor.is_nan() || factor < LEAST_FACTOR {
            return Err(WindingError::Weak {
                slots,
                poles,
                factor,
            });
        }
        if !self.is_symmetric() {
            return Err(WindingError::Asymmetric { slots, poles });
        }
        let groups = self.equal_groups();
        if paths == 0 || !groups.is_multiple_of(paths) {
            return Err(WindingError::Paths { paths, groups });
        }
        Ok(())
    }

    /// Whether all phases have the same conductors, those of a set lie 120° apart and all sets are
    /// equally strong.
    fn is_balanced(&self) -> bool {
        let phases = 3 * self.scheme.phase_sets;
        let total = self.total(0);
        let equal = |phase| (self.total(phase) - total).abs() <= 1e-9 * total;
        let strength = |set: usize| {
            let (re, im) = self.phasor(3 * set, self.pole_pairs());
            re.hypot(im)
        };
        total > 0.0
            && (0..phases).all(equal)
            && (0..self.scheme.phase_sets).all(|set| {
                (strength(set) - strength(0)).abs() <= 1e-9 * total && self.sense(set).is_some()
            })
    }

    /// Sense in which the phases of a set follow each other; nothing where they are not 120° apart.
    pub(super) fn sense(&self, set: usize) -> Option<f64> {
        let [a, b, c] = [0, 1, 2].map(|k| self.phasor(3 * set + k, self.pole_pairs()));
        let limit = 1e-9 * self.total(3 * set);
        let close = |x: (f64, f64), y: (f64, f64)| (x.0 - y.0).hypot(x.1 - y.1) < limit;
        let third = TAU / 3.0;
        [1.0, -1.0]
            .into_iter()
            .find(|sense| close(b, turned(a, sense * third)) && close(c, turned(a, -sense * third)))
    }

    /// Slot current of a balanced feed, each set with the same current in its own frame, as a phasor in
    /// every slot.
    fn currents(&self) -> Vec<(f64, f64)> {
        let axes = self.axes();
        let side = |side: &super::CoilSide| {
            let set = axes[side.phase / 3];
            let angle = set.axis + set.sense * (side.phase % 3) as f64 * TAU / 3.0;
            turned((side.conductors, 0.0), -angle)
        };
        let add = |a: (f64, f64), b: (f64, f64)| (a.0 + b.0, a.1 + b.1);
        let slot = |sides: &Vec<super::CoilSide>| sides.iter().map(side).fold((0.0, 0.0), add);
        self.slots.iter().map(slot).collect()
    }

    /// Whether a turn of the field by 120 electrical degrees is a turn by whole slots that carries every
    /// phase into the next one of its set. Means over 60 electrical degrees, and voltages that follow
    /// from them, are those of the whole turn for such windings only; the fundamental alone may be
    /// balanced without it.
    ///
    /// Sides that see the same field count together: with currents that repeat after a pole (or a pole
    /// pair, or the machine) the phases need to be equal in their sum over the repetitions only, as where
    /// each half of a machine carries a set.
    fn is_symmetric(&self) -> bool {
        self.third().is_some()
    }

    /// The step in slots by which a turn of the field by 120 electrical degrees carries every phase into
    /// the next one of its set; nothing where there is none.
    pub fn third(&self) -> Option<usize> {
        let (slots, pairs) = (self.scheme.slots, self.pole_pairs());
        let currents = self.currents();
        let largest = currents.iter().map(|c| c.0.hypot(c.1)).fold(0.0, f64::max);
        let follows = |step: usize, angle: f64| {
            (0..slots).all(|q| {
                let ahead = turned(currents[(q + step) % slots], angle);
                (ahead.0 - currents[q].0).hypot(ahead.1 - currents[q].1) < 1e-9 * largest
            })
        };
        // The shortest step in slots after which the same currents, or the opposite ones, meet the same
        // pole, or the opposite one; the whole machine is such a step.
        let half_turns = |step: usize| {
            let twice = 2 * step * pairs;
            twice.is_multiple_of(slots).then(|| (twice / slots) % 2)
        };
        let period = (1..=slots).find_map(|step| {
            let odd = half_turns(step)? == 1;
            let sign = if odd { -1.0 } else { 1.0 };
            let angle = if odd { TAU / 2.0 } else { 0.0 };
            (slots.is_multiple_of(step) && follows(step, angle)).then_some((step, sign))
        });
        let (period, sign) = period?;
        (1..slots)
            .filter(|k| 3 * ((k * pairs) % slots) == slots)
            .find(|&third| follows(third, TAU / 3.0) && self.phases_follow(third, period, sign))
    }

    /// Whether every phase, summed over the repetitions of the field, turns into the next one of its set
    /// by a step of `third` slots.
    fn phases_follow(&self, third: usize, period: usize, sign: f64) -> bool {
        let power = |n: usize| if n.is_multiple_of(2) { 1.0 } else { sign };
        let phases = 3 * self.scheme.phase_sets;
        let mut folded = vec![vec![0.0; period]; phases];
        for (q, sides) in self.slots.iter().enumerate() {
            for side in sides {
                folded[side.phase][q % period] += power(q / period) * side.conductors;
            }
        }
        let axes = self.axes();
        let limit = 1e-9 * self.total(0);
        (0..phases).all(|phase| {
            let (set, k) = (phase / 3, phase % 3);
            let next = 3 * set
                + if axes[set].sense > 0.0 {
                    (k + 1) % 3
                } else {
                    (k + 2) % 3
                };
            (0..period).all(|q| {
                let at = q + third;
                let ahead = power(at / period) * folded[next][at % period];
                (ahead - folded[phase][q]).abs() < limit
            })
        })
    }

    /// Number of groups of coils in each phase that have the same voltage: the sectors that repeat, or
    /// half of them where coils need two sectors to close.
    pub fn equal_groups(&self) -> usize {
        let (sectors, sign) = self.sectors();
        if sign > 0.0 || self.closes_by_sector(self.scheme.slots / sectors) {
            sectors
        } else {
            (sectors / 2).max(1)
        }
    }

    /// Whether the coils of a sector are those of every other where sectors repeat with the opposite
    /// sign: in two layers each side of the first has a partner in the second, in this sector or with
    /// the opposite direction in the next; in a single layer coils of the coil pitch join the sides of a
    /// sector, or those are as many forward as back.
    fn closes_by_sector(&self, step: usize) -> bool {
        if self.scheme.layers == 1 && self.sides_pair_up(step) {
            return true;
        }
        let limit = 1e-9 * self.total(0);
        (0..3 * self.scheme.phase_sets).all(|phase| {
            let sum = |layer: usize, of: fn(f64) -> f64| -> f64 {
                let sides = self.slots[..step].iter().filter_map(|slot| slot.get(layer));
                sides
                    .filter(|side| side.phase == phase)
                    .map(|side| of(side.conductors))
                    .sum()
            };
            let open = match self.scheme.layers {
                2 => sum(0, f64::abs) - sum(1, f64::abs),
                _ => sum(0, |x| x),
            };
            open.abs() < limit
        })
    }

    /// Whether every coil side of a single layer has a partner of the same phase and opposite direction
    /// one coil pitch away, each side used once and alike after every `period` slots: repeatedly takes a
    /// side that has one partner left.
    pub(super) fn sides_pair_up(&self, period: usize) -> bool {
        let n = self.scheme.slots;
        let mut free = vec![true; period];
        let fits = |a: usize, b: usize| {
            let (x, y) = (self.slots[a][0], self.slots[b][0]);
            x.phase == y.phase && x.conductors * y.conductors < 0.0
        };
        while free.contains(&true) {
            let partners = |q: usize, free: &[bool]| -> Vec<usize> {
                let pitch = self.scheme.coil_pitch;
                [(q + pitch) % n, (q + n - pitch) % n]
                    .into_iter()
                    .filter(|&t| fits(q, t))
                    .map(|t| t % period)
                    .filter(|&t| free[t] && t != q)
                    .collect()
            };
            let open: Vec<(usize, Vec<usize>)> = (0..period)
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
}
