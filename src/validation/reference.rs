//! Reference machines: published or independently solved results, and how this program compares.

pub use super::plausible::GivenTorqueCurve;
pub use super::reluctance::GivenPhaseMap;
use super::row::{Groups, ReferenceKind};
use crate::design::{SteelChoice, Winding};
use crate::material::steel::SteelRow;
use crate::material::{Library, MaterialError};
use crate::network::law::IronLaw;
use crate::network::newton::SolveError;
use crate::network::sector::SectorError;
use crate::topology::Topology;
use crate::winding::WindingError;
use crate::winding::pole::PoleError;
use serde::Deserialize;

/// A reference machine with its results, the format of `tests/reference/*.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Name.
    pub machine: String,
    /// The physical machine, if several geometries of one were published.
    #[serde(default)]
    pub built_machine: Option<String>,
    /// Where geometry comes from.
    pub geometry_source: String,
    /// Steels as the source has them, where the library has no such row: the table that a source solved
    /// with, or iron that is linear by assumption and no material at all.
    #[serde(default)]
    pub steels: Vec<SteelRow>,
    /// Geometry.
    pub topology: Topology,
    /// Winding.
    pub winding: Winding,
    /// Stator steel.
    pub stator_steel: SteelChoice,
    /// Rotor steel.
    pub rotor_steel: SteelChoice,
    /// Results.
    pub comparisons: Vec<Comparison>,
}

/// Results of one source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Kind of reference.
    pub kind: ReferenceKind,
    /// Who says so.
    pub source: String,
    /// Why the tolerances are what they are.
    pub reason: String,
    /// Remanence at the temperature of the results [T]; none without magnets.
    #[serde(default)]
    pub remanence_t: f64,
    /// Recoil permeability.
    #[serde(default = "one")]
    pub recoil_permeability: f64,
    /// Whether the source solved three dimensions, and with them what happens at the ends of the iron.
    #[serde(default)]
    pub three_dimensional: bool,
    /// Where the rotor stands at the points.
    #[serde(default)]
    pub rotor: RotorPlace,
    /// Results at given currents.
    #[serde(default)]
    pub points: Vec<GivenPoint>,
    /// Torques at given current magnitudes and unknown, best angle.
    #[serde(default)]
    pub best_angle: Vec<BestAngle>,
    /// Waveforms of a phase.
    #[serde(default)]
    pub waveforms: Vec<GivenWaveform>,
    /// Inductances of single phases.
    #[serde(default)]
    pub inductances: Vec<GivenInductance>,
    /// Losses at given currents.
    #[serde(default)]
    pub losses: Vec<GivenLoss>,
    /// What the parts weigh, and the resistance of a phase.
    #[serde(default)]
    pub parts: Option<GivenParts>,
    /// The rotor at a speed, whatever the currents are.
    #[serde(default)]
    pub rotor_stress: Option<GivenStress>,
    /// Maps of one phase of a switched reluctance machine.
    #[serde(default)]
    pub phase_maps: Vec<GivenPhaseMap>,
    /// Torque over the current of machines whose geometry is not known.
    #[serde(default)]
    pub torque_curves: Vec<GivenTorqueCurve>,
    /// How far the reference values themselves are uncertain, over themselves, with the reason above.
    #[serde(default)]
    pub reference_uncertainty_ratio: f64,
    /// Tolerances at standard resolution; at coarse those of flux linkage and torque are doubled.
    pub tolerances: Tolerances,
}

fn one() -> f64 {
    1.0
}

/// Where the rotor stands at the points of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotorPlace {
    /// Everywhere: values are means, or the worst, over rotor positions.
    #[default]
    Turning,
    /// In the one position in which the axis of a pole stands opposite the middle of a tooth.
    OppositeTooth,
}

/// Tolerances of a comparison.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tolerances {
    /// Flux linkage over the largest of the set.
    #[serde(default)]
    pub flux_linkage_ratio: Option<f64>,
    /// No-load flux linkage over itself.
    #[serde(default)]
    pub no_load_ratio: Option<f64>,
    /// Torque over the largest of the set.
    #[serde(default)]
    pub torque_ratio: Option<f64>,
    /// Torque per ampere, over what it would fall if magnets and currents together gave no more flux than the magnets.
    #[serde(default)]
    pub torque_shape_ratio: Option<f64>,
    /// Section flux density over itself.
    #[serde(default)]
    pub section_ratio: Option<f64>,
    /// Flux density in the air gap over itself.
    #[serde(default)]
    pub gap_ratio: Option<f64>,
    /// Peaks of waveforms over themselves.
    #[serde(default)]
    pub waveform_ratio: Option<f64>,
    /// Inductances over the self-inductance.
    #[serde(default)]
    pub inductance_ratio: Option<f64>,
    /// Loss of the iron over itself.
    #[serde(default)]
    pub iron_loss_ratio: Option<f64>,
    /// Loss of the magnets over itself.
    #[serde(default)]
    pub magnet_loss_ratio: Option<f64>,
    /// Masses and resistances over themselves.
    #[serde(default)]
    pub parts_ratio: Option<f64>,
    /// Stress of the rotor over itself; doubled at coarse resolution.
    #[serde(default)]
    pub rotor_stress_ratio: Option<f64>,
    /// Efficiencies, absolute.
    #[serde(default)]
    pub efficiency_points_ratio: Option<f64>,
    /// Flux linkage of a phase between aligned and unaligned, over itself.
    #[serde(default)]
    pub local_linkage_ratio: Option<f64>,
    /// Flux linkage of a phase aligned and unaligned, over itself.
    #[serde(default)]
    pub aligned_linkage_ratio: Option<f64>,
    /// Mean torque of a phase over half a rotor pitch, over itself.
    #[serde(default)]
    pub mean_torque_ratio: Option<f64>,
    /// Static torque of a phase at one position, over the largest at its current.
    #[serde(default)]
    pub local_torque_ratio: Option<f64>,
    /// Largest torque of a phase at a current, over itself.
    #[serde(default)]
    pub torque_peak_ratio: Option<f64>,
}

/// Results at given currents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenPoint {
    /// d current, peak [A].
    pub id_a: f64,
    /// q current, peak [A].
    pub iq_a: f64,
    /// d flux linkage [V s].
    #[serde(default)]
    pub flux_linkage_d_wb: Option<f64>,
    /// q flux linkage [V s].
    #[serde(default)]
    pub flux_linkage_q_wb: Option<f64>,
    /// Mean torque [N m].
    #[serde(default)]
    pub torque_n_m: Option<f64>,
    /// Mean flux density along the magnetisation [T].
    #[serde(default)]
    pub magnet_flux_density_mean_t: Option<f64>,
    /// Its 5 % area percentile [T].
    #[serde(default)]
    pub magnet_flux_density_p05_t: Option<f64>,
    /// Its 1 % area percentile [T].
    #[serde(default)]
    pub magnet_flux_density_p01_t: Option<f64>,
    /// Section mean in the most loaded tooth [T].
    #[serde(default)]
    pub tooth_flux_density_max_t: Option<f64>,
    /// Section mean in the most loaded yoke [T].
    #[serde(default)]
    pub yoke_flux_density_max_t: Option<f64>,
    /// Section mean in the most loaded yoke of the rotor [T].
    #[serde(default)]
    pub rotor_yoke_flux_density_max_t: Option<f64>,
    /// Fundamental of the radial flux density in the middle of the air gap [T].
    #[serde(default)]
    pub gap_flux_density_fundamental_t: Option<f64>,
    /// Mean magnitude of the same over the circumference [T].
    #[serde(default)]
    pub gap_flux_density_mean_t: Option<f64>,
}

/// Peaks of a phase at one point.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenWaveform {
    /// d current, peak [A].
    pub id_a: f64,
    /// q current, peak [A].
    pub iq_a: f64,
    /// Speed [rpm].
    pub speed_rpm: f64,
    /// Peak of the flux linkage of a phase, harmonics included [V s].
    #[serde(default)]
    pub phase_flux_linkage_peak_wb: Option<f64>,
    /// Peak of the voltage induced in a phase, harmonics included [V].
    #[serde(default)]
    pub phase_voltage_peak_v: Option<f64>,
}

/// Inductances seen with a current in one phase alone.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenInductance {
    /// Current in the phase [A].
    pub current_a: f64,
    /// Self-inductance [H].
    #[serde(default)]
    pub self_inductance_h: Option<f64>,
    /// Mutual inductance to another phase of the set [H].
    #[serde(default)]
    pub mutual_inductance_h: Option<f64>,
    /// Synchronous inductance [H], where the source does not part it; else self less mutual.
    #[serde(default)]
    pub synchronous_inductance_h: Option<f64>,
}

/// Losses at one point.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenLoss {
    /// d current, peak [A].
    pub id_a: f64,
    /// q current, peak [A].
    pub iq_a: f64,
    /// Speed [rpm].
    pub speed_rpm: f64,
    /// Loss of all iron [W].
    #[serde(default)]
    pub iron_loss_w: Option<f64>,
    /// Loss of all magnets by eddy currents that turn round beyond the ends [W].
    #[serde(default)]
    pub magnet_loss_w: Option<f64>,
    /// Resistivity of the magnets [Ω m].
    pub magnet_resistivity_ohm_m: f64,
}

/// The largest stress of the rotor lamination: membrane and bending of sections, round surfaces point by point.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenStress {
    /// Speed [rpm].
    pub speed_rpm: f64,
    /// Density of the magnets [kg/m³]; none without magnets.
    #[serde(default)]
    pub magnet_density_kg_per_m3: f64,
    /// Equivalent stress of von Mises [MPa].
    pub rotor_stress_max_mpa: f64,
}

/// Masses and the resistance of a phase.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenParts {
    /// Temperature of the resistance [°C].
    pub winding_temperature_c: f64,
    /// Density of the magnets [kg/m³].
    pub magnet_density_kg_per_m3: f64,
    /// Laminations of the stator [kg].
    #[serde(default)]
    pub stator_core_mass_kg: Option<f64>,
    /// Iron of stator and rotor [kg].
    #[serde(default)]
    pub iron_mass_kg: Option<f64>,
    /// Conductors with end turns [kg].
    #[serde(default)]
    pub copper_mass_kg: Option<f64>,
    /// All magnets [kg].
    #[serde(default)]
    pub magnet_mass_kg: Option<f64>,
    /// Resistance of a phase [Ω].
    #[serde(default)]
    pub phase_resistance_ohm: Option<f64>,
}

impl Reference {
    /// The built-in materials with the steels of the reference.
    ///
    /// # Errors
    /// When a steel of the reference is impossible or takes a name that is there already.
    pub fn library(&self) -> Result<Library, MaterialError> {
        let steels = serde_json::json!({ "steels": self.steels });
        Library::with_user_file(&steels.to_string(), &self.machine)
    }
}

/// A measured torque at a current whose angle was not recorded.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BestAngle {
    /// Speed [rpm], for the reader.
    pub speed_rpm: f64,
    /// Phase current, rms [A].
    pub current_rms_a: f64,
    /// Torque at the shaft [N m].
    pub torque_n_m: f64,
    /// Torque between air gap and shaft [N m]: measured electrical power less mechanical power and
    /// copper loss, over speed.
    pub drag_torque_n_m: f64,
    /// Mechanical over electrical power, and the temperature of the winding; friction is in it.
    #[serde(default)]
    pub efficiency: Option<GivenEfficiency>,
}

/// A measured efficiency.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenEfficiency {
    /// Mechanical over electrical power.
    pub efficiency_ratio: f64,
    /// Temperature of the winding at its hottest place [°C].
    pub winding_temperature_c: f64,
    /// Resistivity of the magnets [Ω m].
    pub magnet_resistivity_ohm_m: f64,
}

/// A comparison that could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReferenceError {
    /// A material is missing.
    #[error(transparent)]
    Material(#[from] MaterialError),
    /// The winding is impossible.
    #[error(transparent)]
    Winding(#[from] WindingError),
    /// The winding on poles is impossible.
    #[error(transparent)]
    Poles(#[from] PoleError),
    /// The geometry does not fit.
    #[error("the geometry of {0} does not fit")]
    Geometry(String),
    /// The sector cannot be made.
    #[error(transparent)]
    Sector(#[from] SectorError),
    /// A field did not converge.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// The conductor has no cross-section.
    #[error("the conductor of {0} needs either a strand diameter or a bar")]
    Conductor(String),
    /// The stress of the rotor cannot be had.
    #[error("the stress of the rotor of {machine}: {reason}")]
    Stress {
        /// Machine.
        machine: String,
        /// Why.
        reason: String,
    },
    /// A steel's table is not usable.
    #[error("the magnetisation curve of {0} cannot be used")]
    Steel(String),
}

/// Laws of the two steels of a machine, in the order that plans use.
///
/// # Errors
/// When a steel is unknown or its curve is not usable.
pub fn steel_laws(
    library: &Library,
    stator: &SteelChoice,
    rotor: &SteelChoice,
) -> Result<Vec<IronLaw>, ReferenceError> {
    [stator, rotor]
        .iter()
        .map(|choice| {
            let steel = library.steel(&choice.grade)?;
            IronLaw::new(&steel.bh, choice.stacking_factor)
                .ok_or_else(|| ReferenceError::Steel(choice.grade.clone()))
        })
        .collect()
}

/// Dimensionless groups of a machine.
pub fn groups(topology: &Topology) -> Groups {
    let b = topology.bill();
    let phases = match topology {
        Topology::Srm(_) => crate::winding::pole::phases(b.slots, b.poles),
        _ => 3,
    };
    let teeth = match topology {
        Topology::Srm(srm) => srm.teeth(),
        _ => None,
    };
    Groups {
        gap_per_pole_pitch: b.air_gap / b.pole_pitch,
        magnet_per_gap: (b.magnet_thickness > 0.0).then(|| b.magnet_thickness / b.air_gap),
        slots_per_pole_and_phase: b.slots as f64 / (phases * b.poles) as f64,
        bridge_per_gap: b.bridge.map(|bridge| bridge / b.air_gap),
        edge_per_length: b
            .disc
            .map(|_| (b.air_gap + b.magnet_thickness) / b.stack_length),
        teeth_per_pole: teeth.map(|(count, _)| count as f64),
        groove_per_gap: teeth.map(|(_, groove)| groove / b.air_gap),
    }
}
