//! A candidate whose phases are fed one by one, with what its map and its drive need.

use crate::date::Date;
use crate::design::{Application, Candidate};
use crate::evaluate::EvaluateError;
use crate::loss::copper::Copper;
use crate::mass::{self, Masses};
use crate::material::Library;
use crate::network::newton::Materials;
use crate::operate::reluctance::drive::{Circuit, Drive, STEPS};
use crate::operate::reluctance::end_turns::{ring_diameter, ring_inductance};
use crate::operate::reluctance::machine::PoleMachine;
use crate::operate::reluctance::map::PhaseMap;
use crate::operate::reluctance::optimum::Limits;
use crate::resolution::Resolution;
use crate::topology::srm::Srm;
use crate::validation::reference::steel_laws;
use crate::winding::pole::PoleLayout;
use std::f64::consts::TAU;

/// Currents and positions of a map that nobody stated otherwise.
pub(in crate::evaluate) const USUAL: usize = 12;

/// How the currents of a map for drives lie closer where the iron begins to saturate.
const GRADING: f64 = 1.5;

/// The candidate with its coils and materials.
#[derive(Debug, Clone)]
pub(in crate::evaluate) struct PoleSetting<'d> {
    pub(in crate::evaluate) application: &'d Application,
    pub(in crate::evaluate) candidate: &'d Candidate,
    pub(in crate::evaluate) srm: &'d Srm,
    pub(in crate::evaluate) library: &'d Library,
    pub(in crate::evaluate) layout: PoleLayout,
    pub(in crate::evaluate) materials: Materials,
    pub(in crate::evaluate) copper: Copper,
    /// The day of rules and prices; none where nothing names one.
    pub(in crate::evaluate) as_of: Option<Date>,
}

impl<'d> PoleSetting<'d> {
    pub(in crate::evaluate) fn new(
        application: &'d Application,
        (candidate, srm): (&'d Candidate, &'d Srm),
        library: &'d Library,
    ) -> Result<Self, EvaluateError> {
        crate::dense::use_one_thread();
        let layout = candidate.winding.on_poles(srm)?;
        let winding = &candidate.winding;
        let conductor = library.conductor(&winding.conductor.material)?;
        let temperature = application.environment.winding_temperature;
        let turns = (layout.series_turns(), layout.phases);
        let copper = Copper::of(winding, conductor, turns, &srm.bill(), temperature)
            .ok_or(EvaluateError::Conductor)?;
        let steels = steel_laws(library, &candidate.stator_steel, &candidate.rotor_steel)?;
        Ok(Self {
            materials: Materials {
                steels,
                remanence: 0.0,
                recoil_permeability: 1.0,
                kept: None,
            },
            application,
            candidate,
            library,
            srm,
            layout,
            copper,
            as_of: None,
        })
    }

    /// The family by whose reference machines the candidate is validated.
    pub(in crate::evaluate) fn family(&self) -> &'static str {
        self.candidate.topology.validated_as()
    }

    /// Masses; there are no magnets.
    pub(in crate::evaluate) fn masses(&self) -> Result<Masses, EvaluateError> {
        let steels = [&self.candidate.stator_steel, &self.candidate.rotor_steel];
        let bill = self.srm.bill();
        Ok(mass::masses(
            steels,
            &bill,
            self.library,
            0.0,
            self.copper.mass,
        )?)
    }

    /// The machine at a resolution.
    pub(in crate::evaluate) fn machine(
        &self,
        resolution: Resolution,
    ) -> Result<PoleMachine, EvaluateError> {
        let plan = self
            .srm
            .plan(&self.layout, resolution)
            .ok_or(EvaluateError::Geometry)?;
        Ok(PoleMachine::new(&plan, &self.layout, resolution)?)
    }

    /// What currents the inverter gives a phase: the peak that the design states, and the root mean square of a
    /// sinusoid of that peak, for which it is built.
    pub(in crate::evaluate) fn limits(&self) -> Limits {
        let peak = self.application.requirement.max_phase_current;
        Limits {
            peak,
            rms: peak / 2.0_f64.sqrt(),
        }
    }

    /// A phase at a speed [rad/s]: its half bridge puts the whole direct voltage on it.
    pub(in crate::evaluate) fn circuit(&self, speed: f64) -> Circuit {
        Circuit {
            voltage: self.application.requirement.dc_voltage,
            resistance: self.copper.resistance,
            speed,
        }
    }

    /// So many currents up to the limit of the design [A], closer together where the iron saturates.
    pub(in crate::evaluate) fn currents(&self, count: usize) -> Vec<f64> {
        let limit = self.limits().peak;
        let share = |k: usize| (k as f64 / count as f64).powf(GRADING);
        (1..=count).map(|k| limit * share(k)).collect()
    }

    /// The map for drives at a resolution.
    pub(in crate::evaluate) fn map(
        &self,
        machine: &PoleMachine,
        (currents, positions): (usize, usize),
    ) -> Result<PhaseMap, EvaluateError> {
        let currents = self.currents(currents);
        Ok(PhaseMap::solve(
            machine,
            &self.materials,
            &currents,
            positions,
        )?)
    }

    /// Inductance of the end turns of a phase [H]. What nobody states of their length follows from the width of a
    /// pole and its coil.
    pub(in crate::evaluate) fn end_turn_inductance(&self) -> f64 {
        let (bill, scheme) = (self.srm.bill(), &self.layout.scheme);
        let (width, height) = self.srm.coil_side();
        let diameter = self.candidate.winding.end_winding_length.map_or(
            TAU * bill.coil_radius / bill.slots as f64 - width,
            ring_diameter,
        );
        let coil = ring_inductance(scheme.turns_per_coil, diameter, (width, height));
        let coils = scheme.stator_poles / self.layout.phases;
        let paths = scheme.parallel_paths as f64;
        coil * coils as f64 / (paths * paths)
    }

    /// The drive of a map with so many times the inductance of its end turns.
    pub(in crate::evaluate) fn drive(
        &self,
        map: &PhaseMap,
        end_turns: f64,
    ) -> Result<Drive, EvaluateError> {
        let map = map.with_series(end_turns * self.end_turn_inductance());
        Ok(Drive::new(&map, self.layout.phases, STEPS)?)
    }
}
