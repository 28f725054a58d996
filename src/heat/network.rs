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
        let right = Array1::from(losses.to_vec());
        Ok(dense::solve(&matrix, &right)?.to_vec())
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

    #[test]
    fn a_place_without_a_way_to_the_coolant_is_refused() {
        let mut network = three();
        network.sinks.clear();
        network.links.pop();
        assert!(network.rises(&[1.0, 1.0, 1.0]).is_err());
    }
}
