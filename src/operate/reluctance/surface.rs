//! Flux linkage of a phase at any current and position, from its map, and the torque that belongs to it.

use super::drive::DriveError;
use super::map::PhaseMap;
use super::spline::{self, flat_ended_slopes, hermite, hermite_integral, hermite_slope, weigh};

/// The map of a phase between its nodes.
///
/// Over the position a spline that is flat where the machine is its own mirror image; over the current a
/// piecewise cubic that never falls (F. N. Fritsch, J. Butland, "A method for constructing local monotone
/// piecewise cubic interpolants", SIAM J. Sci. Stat. Comput. 5 (1984) 300-304). Torque is the slope of the
/// co-energy of exactly this surface, so that the energy of a cycle closes but for the steps of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    /// Currents from zero on [A].
    pub(super) currents: Vec<f64>,
    /// Positions from aligned to unaligned [rad].
    positions: Vec<f64>,
    /// Flux linkage [V s] and its slope over the position, current by current.
    nodes: Vec<(Vec<f64>, Vec<f64>)>,
}

/// The surface at one position: flux linkage and torque over the current.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slice {
    /// Flux linkage at the nodes [V s].
    linkage: Vec<f64>,
    /// Its slope over the current [H].
    slope: Vec<f64>,
    /// Change of both over the angle.
    linkage_turned: Vec<f64>,
    slope_turned: Vec<f64>,
    /// Torque at the nodes [N m].
    torque: Vec<f64>,
}

impl Surface {
    /// Of a map, with the point without current.
    pub fn of(map: &PhaseMap) -> Self {
        let none = vec![0.0; map.positions.len()];
        let mut nodes = vec![(none.clone(), none)];
        for column in map.linkage.columns() {
            let linkage = column.to_vec();
            let slopes = flat_ended_slopes(&map.positions, &linkage);
            nodes.push((linkage, slopes));
        }
        let currents = std::iter::once(0.0).chain(map.currents.iter().copied());
        Self {
            currents: currents.collect(),
            positions: map.positions.clone(),
            nodes,
        }
    }

    /// Half a rotor pitch [rad].
    pub(super) fn half_pitch(&self) -> f64 {
        self.positions[self.positions.len() - 1]
    }

    /// The surface at an angle from the unaligned position, in the direction of motion [rad].
    ///
    /// # Errors
    /// When the flux linkage does not rise with the current there.
    pub(super) fn at(&self, angle: f64) -> Result<Slice, DriveError> {
        let half = self.half_pitch();
        let turned = angle.rem_euclid(2.0 * half);
        // Towards the aligned position the distance from it falls.
        let (position, sense) = if turned <= half {
            (half - turned, -1.0)
        } else {
            (turned - half, 1.0)
        };
        let position = position.clamp(0.0, half);
        let at_node = |(values, slopes): &(Vec<f64>, Vec<f64>)| {
            let (value, slope) = spline::at(&self.positions, values, slopes, position);
            (value, sense * slope)
        };
        let (linkage, turning): (Vec<f64>, Vec<f64>) = self.nodes.iter().map(at_node).unzip();
        Slice::of(&self.currents, linkage, turning).ok_or(DriveError::NotRising {
            position_deg: position.to_degrees(),
        })
    }
}

impl Slice {
    /// From the nodes and their change over the angle; nothing where they do not rise.
    fn of(currents: &[f64], linkage: Vec<f64>, linkage_turned: Vec<f64>) -> Option<Self> {
        let n = currents.len();
        let secants = |of: &[f64]| -> Vec<f64> {
            (1..n)
                .map(|k| (of[k] - of[k - 1]) / (currents[k] - currents[k - 1]))
                .collect()
        };
        let (s, turned) = (secants(&linkage), secants(&linkage_turned));
        if s.iter().any(|s| *s <= 0.0) {
            return None;
        }
        let (mut slope, mut slope_turned) = (vec![0.0; n], vec![0.0; n]);
        for k in 1..n - 1 {
            let (left, right) = (currents[k] - currents[k - 1], currents[k + 1] - currents[k]);
            let share = (left + 2.0 * right) / (3.0 * (left + right));
            let (a, b) = (s[k - 1], s[k]);
            let mean = share * b + (1.0 - share) * a;
            slope[k] = a * b / mean;
            slope_turned[k] =
                (share * b * b * turned[k - 1] + (1.0 - share) * a * a * turned[k]) / (mean * mean);
        }
        // No bending at both ends.
        for (end, inner, side) in [(0, 1, 0), (n - 1, n - 2, n - 2)] {
            slope[end] = 1.5 * s[side] - 0.5 * slope[inner];
            slope_turned[end] = 1.5 * turned[side] - 0.5 * slope_turned[inner];
        }
        let mut slice = Self {
            linkage,
            slope,
            linkage_turned,
            slope_turned,
            torque: vec![0.0; n],
        };
        for k in 1..n {
            slice.torque[k] = slice.torque[k - 1] + slice.gained(currents, k - 1, 1.0);
        }
        (slice.slope[n - 1] > 0.0).then_some(slice)
    }

    /// Linkage and slopes at the ends of an interval, as weights take them.
    fn ends(&self, k: usize, width: f64) -> [f64; 4] {
        [
            self.linkage[k],
            width * self.slope[k],
            self.linkage[k + 1],
            width * self.slope[k + 1],
        ]
    }

    /// Torque gained over a share of an interval of current.
    fn gained(&self, currents: &[f64], k: usize, share: f64) -> f64 {
        let width = currents[k + 1] - currents[k];
        let ends = [
            self.linkage_turned[k],
            width * self.slope_turned[k],
            self.linkage_turned[k + 1],
            width * self.slope_turned[k + 1],
        ];
        width * weigh(hermite_integral(share), ends)
    }

    /// The interval of a current within the map and the share of it; nothing beyond.
    fn place(currents: &[f64], current: f64) -> Option<(usize, f64)> {
        let above = currents.partition_point(|c| *c <= current);
        (above < currents.len()).then(|| {
            let k = above.saturating_sub(1);
            (k, (current - currents[k]) / (currents[k + 1] - currents[k]))
        })
    }

    /// Flux linkage at a current [V s]; beyond the map along its last slope.
    pub(super) fn linkage(&self, currents: &[f64], current: f64) -> f64 {
        match Self::place(currents, current) {
            Some((k, share)) => {
                let width = currents[k + 1] - currents[k];
                weigh(hermite(share), self.ends(k, width))
            }
            None => {
                let n = currents.len() - 1;
                self.linkage[n] + self.slope[n] * (current - currents[n])
            }
        }
    }

    /// Torque in the direction of motion at a current [N m]: T = ∂W'/∂θ at constant current, W' = ∫ ψ di (see
    /// [`super::map`]).
    pub(super) fn torque(&self, currents: &[f64], current: f64) -> f64 {
        match Self::place(currents, current) {
            Some((k, share)) => self.torque[k] + self.gained(currents, k, share),
            None => {
                let n = currents.len() - 1;
                let over = current - currents[n];
                self.torque[n] + over * (self.linkage_turned[n] + 0.5 * over * self.slope_turned[n])
            }
        }
    }

    /// The current at which ψ + `series` i reaches a value [V s]; zero where the value is none.
    pub(super) fn current_for(&self, currents: &[f64], value: f64, series: f64) -> f64 {
        if value <= 0.0 {
            return 0.0;
        }
        let n = currents.len() - 1;
        let at = |k: usize| self.linkage[k] + series * currents[k];
        let Some(k) = (0..n).find(|k| at(k + 1) >= value) else {
            return currents[n] + (value - at(n)) / (self.slope[n] + series);
        };
        let width = currents[k + 1] - currents[k];
        let ends = self.ends(k, width);
        let (mut low, mut high) = (0.0, 1.0);
        let mut t = (value - at(k)) / (at(k + 1) - at(k));
        for _ in 0..60 {
            let miss = weigh(hermite(t), ends) + series * (currents[k] + t * width) - value;
            if miss.abs() <= 1e-14 * value {
                break;
            }
            if miss > 0.0 {
                high = t;
            } else {
                low = t;
            }
            let next = t - miss / (weigh(hermite_slope(t), ends) + series * width);
            // Newton's step, or the middle where it would leave what is left.
            let inside = next > low && next < high;
            t = if inside { next } else { 0.5 * (low + high) };
        }
        currents[k] + t * width
    }
}
