//! A candidate with its magnet at one temperature, on one grid: where `solve` looks at it.

use super::EvaluateError;
use super::corner::{materials, state};
use super::prepared::{Prepared, Side};
use crate::design::{Application, Candidate, Pathway};
use crate::material::{Corner, Library, MagnetState};
use crate::network::newton::Materials;
use crate::network::plan::SectorPlan;
use crate::operate::machine::Machine;
use crate::resolution::Resolution;

/// Magnet and grid that are asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conditions {
    /// Magnet pathway.
    pub side: Side,
    /// Magnet temperature [°C].
    pub magnet_temperature: f64,
    /// Resolution.
    pub resolution: Resolution,
}

/// The candidate under these conditions, its magnet at nominal data.
pub(super) struct Setting<'d> {
    pub(super) prepared: Prepared<'d>,
    pub(super) pathway: &'d Pathway,
    pub(super) state: MagnetState,
    /// The finest grid, which `prepared` does not have.
    fine: Option<Machine>,
    resolution: Resolution,
}

impl<'d> Setting<'d> {
    pub(super) fn new(
        application: &'d Application,
        candidate: &'d Candidate,
        library: &'d Library,
        conditions: &Conditions,
    ) -> Result<Self, EvaluateError> {
        crate::dense::use_one_thread();
        let prepared = Prepared::new(application, candidate, library)?;
        let pathway = conditions
            .side
            .pathway(candidate)
            .ok_or(EvaluateError::Undeclared(conditions.side.key()))?;
        let state = state(
            &prepared,
            pathway,
            Corner::Nominal,
            conditions.magnet_temperature,
        )?;
        let mut setting = Self {
            prepared,
            pathway,
            state,
            fine: None,
            resolution: conditions.resolution,
        };
        if conditions.resolution == Resolution::Fine {
            let layout = &setting.prepared.layout;
            setting.fine = Some(Machine::new(&setting.plan()?, layout, Resolution::Fine)?);
        }
        Ok(setting)
    }

    /// Plan of the machine at this resolution.
    pub(super) fn plan(&self) -> Result<SectorPlan, EvaluateError> {
        let topology = &self.prepared.candidate.topology;
        topology
            .plan(&self.prepared.layout, self.resolution)
            .ok_or(EvaluateError::Geometry)
    }

    pub(super) fn machine(&self) -> &Machine {
        match (&self.fine, self.resolution) {
            (Some(fine), _) => fine,
            (None, Resolution::Coarse) => &self.prepared.coarse,
            (None, _) => &self.prepared.standard,
        }
    }

    pub(super) fn materials(&self) -> Materials {
        materials(&self.prepared, &self.state)
    }
}
