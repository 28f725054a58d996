//! What an operating point loses, place by place, and what is left of its power.

use super::EvaluateError;
use super::prepared::Prepared;
use crate::design::{Candidate, Pathway, Winding};
use crate::loss::iron::SpecificLoss;
use crate::loss::proximity::Section;
use crate::loss::sample::{Core, Cuts, Ends, IronLoss, Sample, Wires};
use crate::loss::{copper, mechanical};
use crate::material::Library;
use crate::material::Process;
use crate::operate::study::Study;
use crate::topology::Bill;
use std::f64::consts::PI;

/// Losses of an operating point [W].
#[derive(Debug, Clone, PartialEq)]
pub struct Losses {
    /// Copper at even current density.
    pub copper: f64,
    /// Eddy currents in the strands in the slots.
    pub proximity: f64,
    /// Iron; or why it is unknown.
    pub iron: Result<IronLoss, String>,
    /// Whether the design says how much more than strips of their steels both cores lose.
    pub build_declared: bool,
    /// Magnets; or why it is unknown.
    pub magnet: Result<f64, String>,
    /// Width of the widest piece of magnet over twice the skin depth.
    pub magnet_reaction: f64,
    /// Drag of the air.
    pub windage: f64,
    /// Bearings and seals; nothing where none is declared.
    pub bearings: Option<f64>,
}

impl Losses {
    /// Losses a share of the way to others of the same machine.
    pub(super) fn towards(&self, other: &Self, share: f64) -> Self {
        let between = |a: f64, b: f64| a + share * (b - a);
        let both = |a: &IronLoss, b: &IronLoss| IronLoss {
            tooth: between(a.tooth, b.tooth),
            yoke: between(a.yoke, b.yoke),
            rotor: between(a.rotor, b.rotor),
            beyond: between(a.beyond, b.beyond),
        };
        Self {
            copper: between(self.copper, other.copper),
            proximity: between(self.proximity, other.proximity),
            iron: match (&self.iron, &other.iron) {
                (Ok(a), Ok(b)) => Ok(both(a, b)),
                (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
            },
            build_declared: self.build_declared,
            magnet: match (&self.magnet, &other.magnet) {
                (Ok(a), Ok(b)) => Ok(between(*a, *b)),
                (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
            },
            magnet_reaction: between(self.magnet_reaction, other.magnet_reaction),
            windage: between(self.windage, other.windage),
            bearings: self
                .bearings
                .zip(other.bearings)
                .map(|(a, b)| between(a, b)),
        }
    }

    /// What the torque of the gap loses before the shaft [W]; or why that is unknown.
    ///
    /// # Errors
    /// The first reason why a part is unknown.
    pub fn drag(&self) -> Result<f64, String> {
        let iron = self.iron.clone()?.total();
        Ok(iron + self.magnet.clone()? + self.windage + self.bearings()?)
    }

    /// Copper with eddy currents [W].
    pub fn winding(&self) -> f64 {
        self.copper + self.proximity
    }

    /// Friction of the bearings [W].
    ///
    /// # Errors
    /// When none is declared.
    pub fn bearings(&self) -> Result<f64, String> {
        self.bearings
            .ok_or_else(|| "no bearing friction torque is declared (`mechanical`)".to_owned())
    }

    /// Mechanical over electrical power of a motor whose gap gives a power [W]; or why it is unknown.
    ///
    /// The field knows no losses: power of the gap plus copper loss is taken from the supply, and iron,
    /// magnets, air and bearings take theirs before the shaft, so that shaft power and losses are the
    /// electrical power.
    ///
    /// # Errors
    /// The first reason why a part is unknown.
    pub fn motor_efficiency(&self, gap_power: f64) -> Result<f64, String> {
        Ok((gap_power - self.drag()?) / (gap_power + self.winding()))
    }

    /// Electrical over mechanical power of a generator whose gap takes a power [W]: the same losses the other
    /// way round; or why it is unknown.
    ///
    /// # Errors
    /// The first reason why a part is unknown.
    pub fn generator_efficiency(&self, gap_power: f64) -> Result<f64, String> {
        Ok((gap_power - self.winding()) / (gap_power + self.drag()?))
    }
}

/// Losses at a speed, at map resolution: that of verdicts would cost more than all judged points together
/// may, and moves the loss of iron by a few per cent only.
#[derive(Debug, Clone, PartialEq)]
pub struct PointLosses {
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// Losses [W].
    pub losses: Losses,
}

/// Losses at currents [A] and a speed of the rotor [rad/s].
pub(super) fn at(
    prepared: &Prepared,
    pathway: &Pathway,
    study: &mut Study,
    (id, iq): (f64, f64),
    speed: f64,
) -> Result<Losses, EvaluateError> {
    let sample = sample(prepared, study, (id, iq))?;
    of_sample(prepared, pathway, &sample, id.hypot(iq), speed)
}

/// The harmonics of the field at currents [A], which give the losses at any speed.
pub(super) fn sample(
    prepared: &Prepared,
    study: &mut Study,
    (id, iq): (f64, f64),
) -> Result<Sample, EvaluateError> {
    let cuts = prepared.candidate.magnet_segmentation;
    let cuts = Cuts {
        axial: cuts.map_or(1, |c| c.axial_count),
        across: cuts.map_or(1, |c| c.across_count),
        halved: prepared.candidate.topology.halves_its_magnets(),
        ends: Ends::Inside,
    };
    let thickness = prepared.bill.magnet_thickness;
    study
        .period(id, iq)?
        .map(|period| Sample::of(&study.machine().sector, &period, thickness, cuts))
        .ok_or(EvaluateError::Geometry)
}

/// Losses from the harmonics at a magnitude of the current [A] and a speed of the rotor [rad/s].
pub(super) fn of_sample(
    prepared: &Prepared,
    pathway: &Pathway,
    sample: &Sample,
    current: f64,
    speed: f64,
) -> Result<Losses, EvaluateError> {
    let candidate = prepared.candidate;
    let frequency = prepared.standard.pole_pairs as f64 * speed / (2.0 * PI);
    let (resistivity, substitute) = magnet_resistivity(prepared, pathway)?;
    let magnet = prepared.library.magnet(&pathway.grade)?;
    let bill = &prepared.bill;
    let ambient = prepared.application.environment.ambient_temperature;
    let sets = prepared.layout.scheme.phase_sets;
    let turns = (prepared.layout.series_turns(), 3 * sets);
    let resistivity_of_copper = prepared.copper.resistivity;
    let wires = wires(
        &candidate.winding,
        turns,
        bill.stack_length * bill.windings as f64,
        resistivity_of_copper,
    )?;
    Ok(Losses {
        copper: copper::loss(sets, prepared.copper.resistance, current),
        proximity: sample.proximity_loss(frequency, &wires),
        iron: iron(
            candidate,
            prepared.library,
            &prepared.specific_loss,
            sample,
            frequency,
        )?,
        build_declared: [&candidate.stator_steel, &candidate.rotor_steel]
            .iter()
            .all(|steel| steel.build_factor_ratio.is_some()),
        magnet: resistivity
            .map(|rho| sample.magnet_loss(frequency, rho))
            .ok_or(substitute),
        magnet_reaction: resistivity.map_or(0.0, |rho| {
            sample.magnet_reaction(frequency, rho, magnet.recoil_permeability)
        }),
        windage: windage(bill, speed, ambient),
        bearings: candidate
            .mechanical
            .map(|m| m.bearing_friction_torque * speed.abs()),
    })
}

/// Drag of the air [W] at a speed [rad/s] and a temperature [°C].
fn windage(bill: &Bill, speed: f64, ambient: f64) -> f64 {
    if let Some(disc) = bill.disc {
        let gap = mechanical::disc_gap_drag(disc.radius, bill.air_gap, speed, ambient);
        let both_faces = mechanical::end_drag(2.0 * disc.radius, speed, ambient);
        return disc.gaps as f64 * gap + disc.free_faces as f64 * both_faces / 2.0;
    }
    let diameter = bill.pole_pitch * bill.poles as f64 / PI;
    mechanical::gap_drag(diameter, bill.stack_length, bill.air_gap, speed, ambient)
        + mechanical::end_drag(diameter, speed, ambient)
}

/// Loss of the iron, or which steel has no published loss; the laws are those of stator and rotor.
pub(super) fn iron(
    candidate: &Candidate,
    library: &Library,
    laws: &[Option<SpecificLoss>; 2],
    sample: &Sample,
    frequency: f64,
) -> Result<Result<IronLoss, String>, EvaluateError> {
    let mut cores = vec![];
    for (choice, law) in [&candidate.stator_steel, &candidate.rotor_steel]
        .into_iter()
        .zip(laws)
    {
        let Some(steel) = law else {
            let reason = format!(
                "no loss over frequency is known of the steel {}",
                choice.grade
            );
            return Ok(Err(reason));
        };
        cores.push(Core {
            steel,
            density: library.steel(&choice.grade)?.density_kg_per_m3,
            stacking: choice.stacking_factor,
            build_factor: choice.build_factor_ratio.unwrap_or(1.0),
        });
    }
    Ok(Ok(sample.iron_loss(frequency, &cores[0], &cores[1])))
}

/// Strands of all slots of a winding of so many turns in series in so many phases, in a stack of a length [m]:
/// every conductor has its strands in hand, every path its conductors.
pub(super) fn wires(
    winding: &Winding,
    (series_turns, phases): (f64, usize),
    stack_length: f64,
    resistivity: f64,
) -> Result<Wires, EvaluateError> {
    let conductor = &winding.conductor;
    let section = match (conductor.strand_diameter, &conductor.bar) {
        (Some(diameter), None) => Section::Round(diameter),
        (None, Some(bar)) => Section::Bar(bar.width, bar.height),
        _ => return Err(EvaluateError::Conductor),
    };
    let conductors = 2.0 * series_turns * winding.parallel_paths as f64 * phases as f64;
    Ok(Wires {
        section,
        length: conductors * conductor.strands as f64 * stack_length,
        resistivity,
    })
}

/// Resistivity of the magnets of a pathway [Ω m]: that of the grade, else the least of any grade of its family
/// and process, with which it loses most; or the reason why there is none.
fn magnet_resistivity(
    prepared: &Prepared,
    pathway: &Pathway,
) -> Result<(Option<f64>, String), EvaluateError> {
    let magnet = prepared.library.magnet(&pathway.grade)?;
    let alike = |process: Option<Process>| {
        prepared
            .library
            .magnets()
            .iter()
            .filter(|m| m.family == magnet.family && process.is_none_or(|p| m.process == p))
            .filter_map(|m| m.resistivity_ohm_m)
            .min_by(f64::total_cmp)
    };
    let known = magnet
        .resistivity_ohm_m
        .or_else(|| alike(Some(magnet.process)))
        .or_else(|| alike(None));
    let reason = format!(
        "no resistivity is known of {} or of any magnet of its family",
        magnet.grade
    );
    Ok((known, reason))
}
