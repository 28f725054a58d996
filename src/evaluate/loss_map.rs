//! Losses over all currents and any speed: the field at each node is solved once, and its harmonics
//! kept.

use super::EvaluateError;
use super::losses::{self, Losses};
use super::prepared::Prepared;
use super::setting::Setting;
use crate::design::Pathway;
use crate::loss::copper;
use crate::loss::sample::{IronLoss, Sample};
use crate::operate::map::{MapError, Nodes, Spacing};
use crate::operate::study::{Cost, Study};
use crate::parallel::each_or_first_error;

/// Nodes in each direction: losses bend less than torque.
const NODES: usize = 6;

/// Harmonics at nodes of currents, at coarse resolution.
pub(super) struct LossMap<'p> {
    prepared: &'p Prepared<'p>,
    pathway: &'p Pathway,
    nodes: Nodes,
    samples: Vec<Sample>,
    /// Effort.
    pub(super) cost: Cost,
}

impl<'p> LossMap<'p> {
    /// Solves the nodes up to a magnitude of either current [A]. Those of one d current follow each other, so that the result is the same on any number of
    /// threads.
    ///
    /// # Errors
    /// When a field does not converge.
    pub(super) fn solve(setting: &'p Setting, reach: f64) -> Result<Self, EvaluateError> {
        let (prepared, pathway, materials) =
            (&setting.prepared, setting.pathway, setting.materials());
        let nodes = Nodes::new(reach, NODES, Spacing::Square).map_err(MapError::from)?;
        let unit = prepared.standard.sector.unknowns();
        let currents = nodes.currents();
        let rows: Vec<&[(f64, f64)]> = currents.chunk_by(|a, b| a.0 == b.0).collect();
        let solved = each_or_first_error(rows, |row| {
            let mut study = Study::new(&prepared.coarse, materials.clone(), unit);
            let samples = row
                .iter()
                .map(|at| losses::sample(prepared, &mut study, *at));
            let samples: Result<Vec<Sample>, EvaluateError> = samples.collect();
            Ok::<_, EvaluateError>((samples?, study.cost))
        })?;
        let (mut samples, mut cost) = (vec![], Cost::default());
        for (row, spent) in solved {
            samples.extend(row);
            cost.add(&spent);
        }
        Ok(Self {
            prepared,
            pathway,
            nodes,
            samples,
            cost,
        })
    }

    /// All currents at a speed of the rotor [rad/s].
    ///
    /// # Errors
    /// When a material or the conductor has no data.
    pub(super) fn at_speed(&self, speed: f64) -> Result<AtSpeed<'_>, EvaluateError> {
        let nodes = self.samples.iter().zip(self.nodes.currents());
        let nodes = nodes
            .map(|(sample, (id, iq))| {
                let current = id.hypot(iq);
                losses::of_sample(self.prepared, self.pathway, sample, current, speed)
            })
            .collect::<Result<Vec<Losses>, EvaluateError>>()?;
        let whole = nodes.first().ok_or(EvaluateError::Geometry)?.clone();
        let roots = |of: fn(&Losses) -> f64| nodes.iter().map(|n| of(n).sqrt()).collect();
        let iron = |n: &Losses| n.iron.clone().unwrap_or_default();
        Ok(AtSpeed {
            nodes: &self.nodes,
            copper: copper::loss(
                self.prepared.layout.scheme.phase_sets,
                self.prepared.copper.resistance,
                1.0,
            ),
            proximity: roots(|n| n.proximity),
            iron: [
                nodes.iter().map(|n| iron(n).tooth.sqrt()).collect(),
                nodes.iter().map(|n| iron(n).yoke.sqrt()).collect(),
                nodes.iter().map(|n| iron(n).rotor.sqrt()).collect(),
                nodes.iter().map(|n| iron(n).beyond.sqrt()).collect(),
            ],
            magnet: roots(|n| n.magnet.clone().unwrap_or_default()),
            whole,
        })
    }
}

/// The losses at one speed, by the roots of their values at the nodes: a loss is about a quadratic form of the
/// currents, its root about linear, and a square of anything is no negative loss.
pub(super) struct AtSpeed<'m> {
    nodes: &'m Nodes,
    /// Copper loss of an ampere [W].
    copper: f64,
    proximity: Vec<f64>,
    /// Tooth, yoke, rotor, and what lies beyond the table of a steel.
    iron: [Vec<f64>; 4],
    magnet: Vec<f64>,
    /// Of one node: what does not depend on the currents, and why something is unknown.
    whole: Losses,
}

impl AtSpeed<'_> {
    /// Losses at currents [A].
    pub(super) fn at(&self, id: f64, iq: f64) -> Losses {
        let squared = |roots: &[f64]| self.nodes.between(roots, id, iq).powi(2);
        let [tooth, yoke, rotor, beyond] = self.iron.each_ref().map(|roots| squared(roots));
        Losses {
            copper: self.copper * (id * id + iq * iq),
            proximity: squared(&self.proximity),
            iron: self.whole.iron.clone().map(|_| IronLoss {
                tooth,
                yoke,
                rotor,
                beyond,
            }),
            magnet: self.whole.magnet.clone().map(|_| squared(&self.magnet)),
            ..self.whole.clone()
        }
    }
}
