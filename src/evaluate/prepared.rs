//! What all pathways of a candidate share: winding, grids at two resolutions, limits of the supply.

use super::EvaluateError;
use crate::date::Date;
use crate::design::{Application, Candidate, Connection, Pathway};
use crate::loss::copper::Copper;
use crate::loss::iron::SpecificLoss;
use crate::mass::{self, Masses};
use crate::material::{Library, Magnet, MaterialError};
use crate::network::law::IronLaw;
use crate::operate::machine::Machine;
use crate::operate::search::Limits;
use crate::resolution::Resolution;
use crate::topology::Bill;
use crate::validation::reference::steel_laws;
use crate::winding::{Layout, WindingError};

/// Which magnet pathway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The incumbent.
    A,
    /// The alternative.
    B,
}

impl Side {
    /// Its word in a record.
    pub fn key(self) -> &'static str {
        match self {
            Side::A => "a",
            Side::B => "b",
        }
    }

    /// Its declaration.
    pub fn pathway(self, candidate: &Candidate) -> Option<&Pathway> {
        match self {
            Side::A => candidate.magnet_pathways.a.as_ref(),
            Side::B => candidate.magnet_pathways.b.as_ref(),
        }
    }
}

/// What all pathways share.
#[derive(Debug)]
pub struct Prepared<'d> {
    /// Application.
    pub application: &'d Application,
    /// Candidate.
    pub candidate: &'d Candidate,
    /// Materials.
    pub library: &'d Library,
    /// Coils.
    pub layout: Layout,
    /// Laws of the steels.
    pub steels: Vec<IronLaw>,
    /// Counts, lengths and areas.
    pub bill: Bill,
    /// Grid for maps.
    pub coarse: Machine,
    /// Grid for verdicts.
    pub standard: Machine,
    /// What the supply allows, in phase quantities.
    pub limits: Limits,
    /// Copper.
    pub copper: Copper,
    /// Specific loss of both steels, stator and rotor; nothing where none is published.
    pub specific_loss: [Option<SpecificLoss>; 2],
    /// Flux density at which each steel, stator and rotor, saturates [T].
    pub saturation: [f64; 2],
    /// The day at which rules on supply are taken; none where nobody names one.
    pub as_of: Option<Date>,
}

impl<'d> Prepared<'d> {
    /// Prepares a candidate.
    ///
    /// # Errors
    /// When a material, the winding or the geometry does not allow it.
    pub fn new(
        application: &'d Application,
        candidate: &'d Candidate,
        library: &'d Library,
    ) -> Result<Self, EvaluateError> {
        let layout = candidate.winding.on(&candidate.topology)?;
        let steels = steel_laws(library, &candidate.stator_steel, &candidate.rotor_steel)?;
        let machine = |resolution| -> Result<Machine, EvaluateError> {
            let plan = candidate
                .topology
                .plan(&layout, resolution)
                .ok_or(EvaluateError::Geometry)?;
            Ok(Machine::new(&plan, &layout, resolution)?)
        };
        let bill = candidate.topology.bill();
        let winding = &candidate.winding;
        let conductor = library.conductor(&winding.conductor.material)?;
        let temperature = application.environment.winding_temperature;
        let turns = (layout.series_turns(), 3 * winding.phase_sets);
        let copper = Copper::of(winding, conductor, turns, &bill, temperature)
            .ok_or(EvaluateError::Conductor)?;
        let line_over_phase = match candidate.winding.connection {
            Connection::Star => 3.0_f64.sqrt(),
            Connection::Delta => 1.0,
            Connection::Independent => return Err(WindingError::Independent.into()),
        };
        let requirement = &application.requirement;
        let root_three = 3.0_f64.sqrt();
        // Space-vector modulation without overmodulation reaches a line-to-line peak equal to the direct
        // voltage; in delta the line current is root three times the phase current.
        let limits = Limits {
            current: requirement.max_phase_current * line_over_phase / root_three,
            voltage: requirement.dc_voltage / line_over_phase,
            resistance: copper.resistance,
        };
        let specific_loss = |grade: &str| Ok(SpecificLoss::of(library.steel(grade)?));
        let specific_loss: [Result<_, EvaluateError>; 2] =
            [&candidate.stator_steel, &candidate.rotor_steel].map(|s| specific_loss(&s.grade));
        let [stator_loss, rotor_loss] = specific_loss;
        Ok(Self {
            specific_loss: [stator_loss?, rotor_loss?],
            coarse: machine(Resolution::Coarse)?,
            standard: machine(Resolution::Standard)?,
            saturation: [saturation(&steels[0]), saturation(&steels[1])],
            as_of: None,
            application,
            candidate,
            library,
            layout,
            steels,
            bill,
            limits,
            copper,
        })
    }

    /// Masses of the laminations of stator and rotor [kg].
    ///
    /// # Errors
    /// When a steel is unknown.
    pub fn laminations(&self) -> Result<[f64; 2], MaterialError> {
        let steels = [&self.candidate.stator_steel, &self.candidate.rotor_steel];
        let found = mass::masses(steels, &self.bill, self.library, 0.0, self.copper.mass)?;
        Ok([found.stator_core, found.rotor_core])
    }

    /// Masses with magnets of a grade.
    ///
    /// # Errors
    /// When a steel is unknown.
    pub fn masses(&self, magnet: &Magnet) -> Result<Masses, MaterialError> {
        let steels = [&self.candidate.stator_steel, &self.candidate.rotor_steel];
        mass::masses(
            steels,
            &self.bill,
            self.library,
            magnet.density_kg_per_m3,
            self.copper.mass,
        )
    }
}

/// Flux density [T] above which a steel conducts flux hardly better than ten times vacuum: where its
/// differential permeability has fallen to ten.
pub(super) fn saturation(law: &IronLaw) -> f64 {
    let (mut low, mut high) = (0.0, 4.0);
    for _ in 0..60 {
        let b = 0.5 * (low + high);
        // The curve may have several such places near the origin; saturation is the last.
        if law.at(b).slope * crate::unit::MU_0 * 10.0 >= 1.0 && b > 1.0 {
            high = b;
        } else {
            low = b;
        }
    }
    0.5 * (low + high)
}
