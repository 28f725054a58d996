//! Places that exchange heat with each other and with a coolant.

use crate::dense::{self, DenseError};
use ndarray::{Array1, Array2};

/// Conductances between places.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Number of places.
    pub places: usize,
    /// Two places and the conductance between them [W/K].
    pub links: Vec<(usize, usize, f64)>,
    /// A place and its conductance to the coolant [W/K].
    pub sinks: Vec<(usize, f64)>,
}

impl Network {
    /// Rise of every place above the coolant [K] with the losses of every place [W].
    ///
    /// # Errors
    /// When a place has no way to the coolant.
    pub fn rises(&self, losses: &[f64]) -> Result<Vec<f64>, DenseError> {
        Ok(dense::solve(&self.matrix(), &Array1::from(losses.to_vec()))?.to_vec())
    }

    /// Rises [K] at the end of a short time [s] in which every place takes up heat, from the rises at its beginning:
    /// (C / Δt + G) θ = P + C / Δt θ₀, one step of the backward method of L. Euler, which ends at the balance however
    /// long the steps. `capacities` are those of the places [J/K].
    ///
    /// # Errors
    /// When a place has neither a way to the coolant nor a capacity.
    pub fn after(
        &self,
        losses: &[f64],
        capacities: &[f64],
        before: &[f64],
        seconds: f64,
    ) -> Result<Vec<f64>, DenseError> {
        let mut matrix = self.matrix();
        let mut right = Array1::from(losses.to_vec());
        for (place, capacity) in capacities.iter().enumerate() {
            matrix[[place, place]] += capacity / seconds;
            right[place] += capacity / seconds * before[place];
        }
        Ok(dense::solve(&matrix, &right)?.to_vec())
    }

    /// Heat [W] that leaves each place for one kelvin of rise of another.
    fn matrix(&self) -> Array2<f64> {
        let mut matrix = Array2::zeros((self.places, self.places));
        for &(a, b, conductance) in &self.links {
            matrix[[a, a]] += conductance;
            matrix[[b, b]] += conductance;
            matrix[[a, b]] -= conductance;
            matrix[[b, a]] -= conductance;
        }
        for &(place, conductance) in &self.sinks {
            matrix[[place, place]] += conductance;
        }
        matrix
    }

    /// Heat that the coolant takes [W] at these rises [K].
    pub fn given_off(&self, rises: &[f64]) -> f64 {
        self.sinks.iter().map(|&(place, g)| g * rises[place]).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Network {
        Network {
            places: 3,
            links: vec![(0, 1, 12.0), (1, 2, 3.0)],
            sinks: vec![(2, 7.0), (0, 0.5)],
        }
    }

    /// What goes in comes out; nothing heats nothing; the rises of two losses are those of each added up.
    #[test]
    fn heat_is_kept_and_adds_up() {
        let network = three();
        let at = |losses: [f64; 3]| network.rises(&losses).unwrap();
        let both = at([200.0, 50.0, 30.0]);
        assert!((network.given_off(&both) / 280.0 - 1.0).abs() < 1e-9);
        let (one, other) = (at([200.0, 0.0, 0.0]), at([0.0, 50.0, 30.0]));
        for k in 0..3 {
            assert!((both[k] - one[k] - other[k]).abs() < 1e-9);
        }
        assert!(at([0.0; 3]).iter().all(|rise| *rise == 0.0));
        // What one place does to another, the other does to it.
        assert!((at([1.0, 0.0, 0.0])[2] - at([0.0, 0.0, 1.0])[0]).abs() < 1e-12);
    }

    /// One place alone warms as 1 − e^(−t G / C), within what the length of the steps leaves, and short steps leave
    /// less; steps of any length end at the balance.
    #[test]
    fn a_place_warms_as_an_exponential_and_ends_at_the_balance() {
        let one = Network {
            places: 1,
            links: vec![],
            sinks: vec![(0, 5.0)],
        };
        let (capacity, loss) = (1000.0, 100.0);
        let after = |steps: u32| {
            let seconds = 300.0 / f64::from(steps);
            let mut rises = vec![0.0];
            for _ in 0..steps {
                rises = one.after(&[loss], &[capacity], &rises, seconds).unwrap();
            }
            rises[0] - 20.0 * (1.0 - (-1.5_f64).exp())
        };
        assert!(after(100).abs() < 0.05);
        let order = after(100) / after(200);
        assert!((order - 2.0).abs() < 0.05, "{order}");
        let (losses, capacities) = ([200.0, 50.0, 30.0], [500.0, 900.0, 4000.0]);
        let balance = three().rises(&losses).unwrap();
        let mut rises = vec![0.0; 3];
        for _ in 0..50 {
            rises = three().after(&losses, &capacities, &rises, 1e5).unwrap();
        }
        for (end, balance) in rises.iter().zip(balance) {
            assert!((end / balance - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_place_without_a_way_to_the_coolant_is_refused() {
        let mut network = three();
        network.sinks.clear();
        network.links.pop();
        assert!(network.rises(&[1.0, 1.0, 1.0]).is_err());
    }
}
