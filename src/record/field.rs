//! The field table: every quantity that a record may hold and a standard may judge.
//!
//! One line a field. A quantity enters the table in the change that computes it, never before, so
//! that a clause cannot ask for a number that no part of the program can give.

pub mod element;
mod range;

use std::fmt;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A finite number in the field's unit. Names that end in `_count` are whole numbers.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A name, or one word of an enumerated set.
    Text,
}

impl Kind {
    /// The JSON Schema type of the field in a clause.
    pub fn schema_type(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Boolean => "boolean",
            Kind::Text => "string",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.schema_type())
    }
}

/// Which record a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// One candidate under one pathway.
    Evaluation,
    /// Pathway B relative to pathway A of one candidate.
    Pair,
    /// Either.
    Both,
}

/// One field of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// Name in the record, snake_case with the unit last.
    pub name: &'static str,
    /// Unit in UCUM notation; `1` for ratios, counts, flags and words.
    pub unit: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// True for the fields that say what was judged. Only these may decide whether a clause applies.
    pub identity: bool,
    /// The record it belongs to.
    pub records: Records,
    /// The words that a text field may hold; empty when any name may stand there.
    pub allowed: &'static [&'static str],
    /// One sentence for the record schema.
    pub doc: &'static str,
}

impl Field {
    /// True when the field is part of the record in question.
    pub fn belongs_to(&self, records: Records) -> bool {
        self.records == Records::Both || self.records == records
    }

    /// True for whole numbers.
    pub fn is_count(&self) -> bool {
        self.kind == Kind::Number && self.name.ends_with("_count")
    }
}

/// The field of that name, or `None`.
pub fn find(name: &str) -> Option<&'static Field> {
    position(name).map(|index| ALL[index])
}

/// Place of the field in the table, which is its place in every record.
pub(crate) fn position(name: &str) -> Option<usize> {
    ALL.iter().position(|field| field.name == name)
}

const fn number(name: &'static str, unit: &'static str, doc: &'static str) -> Field {
    field(name, unit, Kind::Number, &[], doc)
}

const fn flag(name: &'static str, doc: &'static str) -> Field {
    field(name, "1", Kind::Boolean, &[], doc)
}

const fn text(name: &'static str, allowed: &'static [&'static str], doc: &'static str) -> Field {
    field(name, "1", Kind::Text, allowed, doc)
}

const fn field(
    name: &'static str,
    unit: &'static str,
    kind: Kind,
    allowed: &'static [&'static str],
    doc: &'static str,
) -> Field {
    Field {
        name,
        unit,
        kind,
        identity: false,
        records: Records::Evaluation,
        allowed,
        doc,
    }
}

const fn identity(field: Field) -> Field {
    Field {
        identity: true,
        ..field
    }
}

const fn pair(field: Field) -> Field {
    Field {
        records: Records::Pair,
        ..field
    }
}

const fn both(field: Field) -> Field {
    Field {
        records: Records::Both,
        ..field
    }
}

/// Makes a public constant of every line and lists them all in order.
macro_rules! table {
    ($($constant:ident = $field:expr;)*) => {
        $(
            #[doc = concat!("Field `", stringify!($constant), "` of the record table.")]
            pub const $constant: Field = $field;
        )*
        /// Every field in the order in which a record lists them.
        pub const ALL: &[&Field] = &[$(&$constant),*];
    };
}

#[rustfmt::skip] // One line a field: the table is read as a table.
table! {
    // Identity: what was judged.
    RECORD_VERSION = both(identity(text("record_version", &["1.0"], "Version of the record schema.")));
    SECTOR = both(identity(text("sector", &["defence_vehicle", "ev_traction", "industrial_drive", "precision_servo", "wind_generator"], "Sector of the application.")));
    PATHWAY = both(identity(text("pathway", &["a", "b", "none", "pair"], "Magnet pathway: a or b; none for a machine without magnets; pair for B relative to A.")));
    TOPOLOGY = both(identity(text("topology", &[], "Machine type, the tag of the design file.")));
    MACHINE_FAMILY = both(identity(text("machine_family", &[], "Family whose validation rows give the model uncertainty.")));
    HAS_MAGNETS = identity(flag("has_magnets", "True when the machine has permanent magnets."));
    MAGNET_FAMILY = identity(text("magnet_family", &["ndfeb", "ferrite", "smco", "bonded", "smfen", "alnico", "none"], "Material family of the magnets; none without magnets."));
    MAGNET_DIFFUSED = identity(flag("magnet_diffused", "True when heavy rare earth was diffused into the grain boundaries, so that the core is weaker than the surface."));
    COOLING = identity(text("cooling", &[], "Kind of cooling."));

    // The requirement block of the application.
    REQUIREMENT_RATED_TORQUE_N_M = number("requirement_rated_torque_n_m", "N.m", "Required torque at rated duty.");
    REQUIREMENT_PEAK_TORQUE_N_M = number("requirement_peak_torque_n_m", "N.m", "Required peak torque.");
    REQUIREMENT_PEAK_TO_RATED_TORQUE_RATIO = number("requirement_peak_to_rated_torque_ratio", "1", "Required peak torque divided by the required rated torque.");
    REQUIREMENT_BASE_SPEED_RPM = number("requirement_base_speed_rpm", "/min", "Highest speed at which the peak torque is required.");
    REQUIREMENT_MAX_SPEED_RPM = number("requirement_max_speed_rpm", "/min", "Maximum speed.");
    REQUIREMENT_MAX_SPEED_POWER_KW = number("requirement_max_speed_power_kw", "kW", "Required mechanical power at maximum speed.");
    REQUIREMENT_DC_VOLTAGE_V = number("requirement_dc_voltage_v", "V", "Direct voltage of the supply.");
    REQUIREMENT_MAX_CURRENT_A = number("requirement_max_current_a", "A", "Largest peak phase current of the inverter.");
    REQUIREMENT_SEMICONDUCTOR_VOLTAGE_V = number("requirement_semiconductor_voltage_v", "V", "Blocking voltage of the inverter's semiconductors.");
    REQUIREMENT_MAGNET_TEMPERATURE_HOT_C = number("requirement_magnet_temperature_hot_c", "Cel", "Hottest magnet temperature of the envelope.");
    REQUIREMENT_MAGNET_TEMPERATURE_COLD_C = number("requirement_magnet_temperature_cold_c", "Cel", "Coldest magnet temperature of the envelope.");
    REQUIREMENT_OVERSPEED_RATIO = number("requirement_overspeed_ratio", "1", "Overspeed that the rotor must bear, divided by the maximum speed.");

    // The magnet as declared.
    MAGNET_GRADE = text("magnet_grade", &[], "Grade of the magnets as the material library names it.");
    MAGNET_DATA_KIND = text("magnet_data_kind", &["minimum", "nominal_with_tolerance", "nominal", "typical"], "What the data sheet promises.");
    MAGNET_REFERENCE_TEMPERATURE_C = number("magnet_reference_temperature_c", "Cel", "Temperature to which the declared room-temperature values refer.");
    MAGNET_MEASUREMENT_METHOD = text("magnet_measurement_method", &["closed_circuit", "pulsed_field", "open_circuit", "undeclared"], "How the declared values were measured.");
    MAGNET_HCJ_TEMPERATURE_BASIS = text("magnet_hcj_temperature_basis", &["tabulated", "two_term", "derated_coefficient", "single_coefficient"], "How the coercivity is known over temperature.");
    MAGNET_REMANENCE_20C_MIN_T = number("magnet_remanence_20c_min_t", "T", "Minimum remanence at 20 degrees Celsius.");
    MAGNET_COERCIVITY_HCJ_20C_MIN_KA_PER_M = number("magnet_coercivity_hcj_20c_min_ka_per_m", "kA/m", "Minimum intrinsic coercivity at 20 degrees Celsius.");
    MAGNET_COERCIVITY_HCJ_HOT_MIN_KA_PER_M = number("magnet_coercivity_hcj_hot_min_ka_per_m", "kA/m", "Minimum intrinsic coercivity at the hottest magnet temperature.");
    MAGNET_COERCIVITY_HCJ_COLD_MIN_KA_PER_M = number("magnet_coercivity_hcj_cold_min_ka_per_m", "kA/m", "Minimum intrinsic coercivity at the coldest magnet temperature.");
    MAGNET_LABEL_DECLARED = flag("magnet_label_declared", "True when label and data carrier with composition and removal of the magnets are declared.");
    MAGNET_SQUARENESS_RATIO = number("magnet_squareness_ratio", "1", "Least squareness as declared: the field at which the polarisation has fallen to nine tenths of the remanence, divided by the intrinsic coercivity.");
    MAGNET_COATING = text("magnet_coating", &["aluminium", "epoxy", "nickel", "none", "other", "phosphate", "zinc"], "Coating of the magnets as declared; none for bare magnets.");
    MAGNET_DIMENSIONS_DECLARED = flag("magnet_dimensions_declared", "True when the tolerance of the thickness and the thickness of the coating are declared.");
    MAGNET_COMPOSITION_METHOD_DECLARED = flag("magnet_composition_method_declared", "True when it is declared how the composition was determined.");
    HEAVY_RARE_EARTH_DECLARED = flag("heavy_rare_earth_declared", "True when the mass fractions of Dy, Tb, Ho and Gd are declared.");

    // No load, magnets at the reference state of the record's torque corner.
    NO_LOAD_FLUX_LINKAGE_WB = number("no_load_flux_linkage_wb", "Wb", "Flux linkage of the magnets, peak per phase, fundamental.");
    NO_LOAD_BACK_EMF_CONSTANT_V_S_PER_RAD = number("no_load_back_emf_constant_v_s_per_rad", "V.s/rad", "Peak phase voltage per mechanical angular speed.");
    NO_LOAD_AIR_GAP_FLUX_DENSITY_FUNDAMENTAL_T = number("no_load_air_gap_flux_density_fundamental_t", "T", "Fundamental of the radial flux density in the gap.");

    // The axes: what the magnets drive and what the coils link.
    NO_LOAD_AXIAL_PULL_PER_GAP_N = number("no_load_axial_pull_per_gap_n", "N", "Pull between stator and rotor across each gap of a machine with axial flux, magnets coldest and of greatest remanence: what bearings hold of a machine with one gap; only of such machines.");
    NO_LOAD_AXIAL_PULL_OFF_MIDDLE_N_PER_MM = number("no_load_axial_pull_off_middle_n_per_mm", "N/mm", "What pulls whatever lies between two gaps further from the middle of them, per length that it stands off it, same magnets; only of machines with two gaps.");
    NO_LOAD_INDUCTANCE_D_H = number("no_load_inductance_d_h", "H", "d inductance: flux linkage of the magnets over the characteristic current, nominal remanence, 20 degrees Celsius.");
    NO_LOAD_INDUCTANCE_Q_H = number("no_load_inductance_q_h", "H", "q inductance: flux linkage over current along q at the rated current, nominal remanence, 20 degrees Celsius.");
    SALIENCY_RATIO = number("saliency_ratio", "1", "q inductance divided by d inductance.");
    CHARACTERISTIC_CURRENT_A = number("characteristic_current_a", "A", "Peak phase current along negative d that cancels the magnets' flux, nominal remanence, 20 degrees Celsius.");
    CHARACTERISTIC_CURRENT_TO_LIMIT_RATIO = number("characteristic_current_to_limit_ratio", "1", "Characteristic current divided by the inverter's limit: near one the machine keeps its power at any speed.");
    SHORT_CIRCUIT_COLD_CURRENT_A = number("short_circuit_cold_current_a", "A", "Peak phase current of a sustained three-phase short circuit, resistance neglected, magnets coldest at maximum remanence.");

    // Rated torque at base speed.
    RATED_TORQUE_N_M = number("rated_torque_n_m", "N.m", "Mean torque at the rated point.");
    RATED_CURRENT_A = number("rated_current_a", "A", "Peak phase current at the rated point.");
    RATED_CURRENT_ANGLE_DEG = number("rated_current_angle_deg", "deg", "Current angle from the q axis towards negative d.");
    RATED_CURRENT_D_A = number("rated_current_d_a", "A", "Current along d, amplitude invariant.");
    RATED_CURRENT_Q_A = number("rated_current_q_a", "A", "Current along q, amplitude invariant.");
    RATED_FLUX_LINKAGE_D_WB = number("rated_flux_linkage_d_wb", "Wb", "Flux linkage along d.");
    RATED_FLUX_LINKAGE_Q_WB = number("rated_flux_linkage_q_wb", "Wb", "Flux linkage along q.");
    RATED_COPPER_LOSS_W = number("rated_copper_loss_w", "W", "Copper loss at the winding temperature of the record, eddy currents in the strands included.");
    RATED_PROXIMITY_LOSS_W = number("rated_proximity_loss_w", "W", "Part of the copper loss that eddy currents in the strands of the slots make.");
    RATED_IRON_LOSS_W = number("rated_iron_loss_w", "W", "Loss of stator and rotor iron at the rated point, base speed.");
    RATED_TOOTH_IRON_LOSS_W = number("rated_tooth_iron_loss_w", "W", "Part of it in the stator teeth.");
    RATED_YOKE_IRON_LOSS_W = number("rated_yoke_iron_loss_w", "W", "Part of it in the stator yoke.");
    RATED_ROTOR_IRON_LOSS_W = number("rated_rotor_iron_loss_w", "W", "Part of it in the rotor.");
    RATED_MAGNET_LOSS_W = number("rated_magnet_loss_w", "W", "Eddy-current loss of the magnets at the rated point, base speed.");
    RATED_MECHANICAL_LOSS_W = number("rated_mechanical_loss_w", "W", "Friction of bearings and air at base speed.");
    RATED_EFFICIENCY_RATIO = number("rated_efficiency_ratio", "1", "Shaft power over electrical power at the rated point, motoring at base speed.");
    RATED_LOSS_TO_IE2_LOSS_RATIO = number("rated_loss_to_ie2_loss_ratio", "1", "Losses at the rated point, base speed, over those of the nominal IE2 motor of the same shaft power and speed.");
    RATED_LOSS_TO_IE3_LOSS_RATIO = number("rated_loss_to_ie3_loss_ratio", "1", "Losses at the rated point, base speed, over those of the nominal IE3 motor of the same shaft power and speed.");
    RATED_LOSS_TO_IE4_LOSS_RATIO = number("rated_loss_to_ie4_loss_ratio", "1", "Losses at the rated point, base speed, over those of the nominal IE4 motor of the same shaft power and speed.");
    RATED_EFFICIENCY_CLASS = text("rated_efficiency_class", &["below_ie2", "ie2", "ie3", "ie4"], "Highest class of efficiency, IE4 at most, whose nominal motor of the same shaft power and speed loses no less than this one, uncertainty included; below_ie2 where this one surely loses more than that of IE2.");
    RATED_GENERATOR_EFFICIENCY_RATIO = number("rated_generator_efficiency_ratio", "1", "Electrical power over shaft power with the torque of the gap of the rated point turned around at base speed.");

    // Peak torque, magnets hot at minimum remanence.
    PEAK_POINT = text("peak_point", &["required_torque", "current_limit"], "Whether the peak point gives the required torque or, that being out of reach, stands at the current limit.");
    PEAK_TORQUE_N_M = number("peak_torque_n_m", "N.m", "Mean torque at the peak point.");
    PEAK_TORQUE_TO_REQUIREMENT_RATIO = number("peak_torque_to_requirement_ratio", "1", "Largest torque within the current limit, hot, divided by the required peak torque.");
    PEAK_CURRENT_A = number("peak_current_a", "A", "Peak phase current at the peak point.");
    PEAK_CURRENT_TO_LIMIT_RATIO = number("peak_current_to_limit_ratio", "1", "Peak phase current at the peak point divided by the inverter's limit.");
    PEAK_CURRENT_ANGLE_DEG = number("peak_current_angle_deg", "deg", "Current angle from the q axis towards negative d.");
    PEAK_CURRENT_D_A = number("peak_current_d_a", "A", "Current along d, amplitude invariant.");
    PEAK_CURRENT_Q_A = number("peak_current_q_a", "A", "Current along q, amplitude invariant.");
    PEAK_FLUX_LINKAGE_D_WB = number("peak_flux_linkage_d_wb", "Wb", "Flux linkage along d.");
    PEAK_FLUX_LINKAGE_Q_WB = number("peak_flux_linkage_q_wb", "Wb", "Flux linkage along q.");
    PEAK_TOOTH_FLUX_DENSITY_MAX_T = number("peak_tooth_flux_density_max_t", "T", "Section mean in the most loaded tooth.");
    PEAK_YOKE_FLUX_DENSITY_MAX_T = number("peak_yoke_flux_density_max_t", "T", "Section mean in the most loaded part of the stator yoke.");
    PEAK_BRIDGE_FLUX_DENSITY_MAX_T = number("peak_bridge_flux_density_max_t", "T", "Section mean in the most loaded rotor bridge.");
    PEAK_COPPER_LOSS_W = number("peak_copper_loss_w", "W", "Direct-current copper loss at the winding temperature of the record.");
    WINDING_TEMPERATURE_C = number("winding_temperature_c", "Cel", "Winding temperature at which the copper losses are stated.");

    // Maximum speed under the voltage limit.
    MAX_SPEED_TORQUE_N_M = number("max_speed_torque_n_m", "N.m", "Mean torque at maximum speed.");
    MAX_SPEED_POWER_KW = number("max_speed_power_kw", "kW", "Mechanical power at maximum speed, before iron and friction losses.");
    MAX_SPEED_POWER_TO_REQUIREMENT_RATIO = number("max_speed_power_to_requirement_ratio", "1", "Power at maximum speed divided by the required power.");
    MAX_SPEED_CURRENT_A = number("max_speed_current_a", "A", "Peak phase current at maximum speed.");
    MAX_SPEED_CURRENT_ANGLE_DEG = number("max_speed_current_angle_deg", "deg", "Current angle from the q axis towards negative d.");
    MAX_SPEED_CURRENT_D_A = number("max_speed_current_d_a", "A", "Current along d, amplitude invariant.");
    MAX_SPEED_CURRENT_Q_A = number("max_speed_current_q_a", "A", "Current along q, amplitude invariant.");
    MAX_SPEED_FLUX_LINKAGE_D_WB = number("max_speed_flux_linkage_d_wb", "Wb", "Flux linkage along d.");
    MAX_SPEED_FLUX_LINKAGE_Q_WB = number("max_speed_flux_linkage_q_wb", "Wb", "Flux linkage along q.");
    MAX_SPEED_VOLTAGE_PEAK_V = number("max_speed_voltage_peak_v", "V", "Peak phase voltage, fundamental.");
    MAX_SPEED_BACK_EMF_V = number("max_speed_back_emf_v", "V", "Peak phase voltage of the magnets alone at maximum speed, fundamental.");

    // Temperatures at the rated point in balance.
    WINDING_HOT_SPOT_TEMPERATURE_C = number("winding_hot_spot_temperature_c", "Cel", "Hottest place of the winding in thermal balance at the rated point.");
    WINDING_HOT_SPOT_TO_CLASS_RATIO = number("winding_hot_spot_to_class_ratio", "1", "Rise of that place above the coolant divided by the rise to the thermal class of its insulation.");
    RATED_MAGNET_TEMPERATURE_C = number("rated_magnet_temperature_c", "Cel", "Temperature of the magnets in that balance.");

    // The most torque at base speed for as long as it takes.
    CONTINUOUS_TORQUE_N_M = number("continuous_torque_n_m", "N.m", "Largest mean torque at base speed under continuous duty (S1): in thermal balance neither the winding is hotter than its thermal class nor the magnets than the hottest temperature of the envelope, within current and voltage.");
    CONTINUOUS_TORQUE_TO_REQUIREMENT_RATIO = number("continuous_torque_to_requirement_ratio", "1", "That torque divided by the required rated torque.");
    CONTINUOUS_POWER_KW = number("continuous_power_kw", "kW", "Shaft power at that torque and base speed.");
    CONTINUOUS_CURRENT_A = number("continuous_current_a", "A", "Peak phase current for that torque.");
    CONTINUOUS_BOUND = text("continuous_bound", &["magnets", "supply", "winding"], "What keeps that torque from being more: the heat of the winding, that of the magnets, or current and voltage.");

    // The most torque at base speed for a time from cold.
    SHORT_TIME_DURATION_MIN = number("short_time_duration_min", "min", "Time of the short-time duty (S2): that which the application states, or 30 minutes.");
    SHORT_TIME_TORQUE_N_M = number("short_time_torque_n_m", "N.m", "Largest mean torque at base speed under short-time duty (S2): from the temperature of the coolant on, for that time, neither the winding grows hotter than its thermal class nor the magnets than the hottest temperature of the envelope, within current and voltage.");
    SHORT_TIME_TORQUE_TO_REQUIREMENT_RATIO = number("short_time_torque_to_requirement_ratio", "1", "That torque divided by the required rated torque.");
    SHORT_TIME_POWER_KW = number("short_time_power_kw", "kW", "Shaft power at that torque and base speed.");
    SHORT_TIME_CURRENT_A = number("short_time_current_a", "A", "Peak phase current for that torque.");
    SHORT_TIME_BOUND = text("short_time_bound", &["magnets", "supply", "winding"], "What keeps that torque from being more: the heat of the winding, that of the magnets, or current and voltage.");

    // A year of wind.
    WIND_YEAR_EFFICIENCY_RATIO = number("wind_year_efficiency_ratio", "1", "Electrical energy over shaft energy of a year of the wind and the turbine that the application states; only with them.");
    WIND_YEAR_ENERGY_MWH = number("wind_year_energy_mwh", "MW.h", "Electrical energy of that year.");

    // What is declared of the machine and no calculation shows.
    CONVERTER_IMPULSE_TO_INSULATION_RATIO = number("converter_impulse_to_insulation_ratio", "1", "Twice the direct voltage of the supply, the most that one step of a converter makes at the end of a cable, divided by the peak voltage between terminals that the insulation is declared to bear.");
    VIBRATION_GRADE = text("vibration_grade", &["a", "b", "none"], "Grade of vibration that the machine is declared to hold, by the severities of IEC 60034-14: a for general use, b for what bears less; none where its maker promises neither.");

    // The rotor at overspeed.
    ROTOR_STRESS_MAX_MPA = number("rotor_stress_max_mpa", "MPa", "Stress at overspeed where the rotor is nearest to its strength: the largest equivalent stress of von Mises in its lamination, membrane and bending of sections, or the stress of what holds magnets on its surface.");
    ROTOR_YIELD_STRENGTH_MPA = number("rotor_yield_strength_mpa", "MPa", "What the rotor bears there: the yield strength of its lamination, or the strength of what holds magnets on its surface.");
    ROTOR_YIELD_MARGIN_RATIO = number("rotor_yield_margin_ratio", "1", "Yield strength of the rotor lamination divided by its largest equivalent stress at overspeed, or strength over stress of what holds magnets on its surface where that is less.");

    FIRST_CRITICAL_SPEED_RPM = number("first_critical_speed_rpm", "/min", "Speed at which the shaft first bends of itself, by the declared shaft and bearings; only where they are declared.");
    FIRST_CRITICAL_SPEED_TO_MAX_SPEED_RATIO = number("first_critical_speed_to_max_speed_ratio", "1", "That speed divided by the maximum speed.");

    // Faults.
    FAULT_EMF_V = number("fault_emf_v", "V", "Peak line-to-line voltage at maximum speed without inverter control, magnets coldest at maximum remanence.");
    FAULT_EMF_TO_SEMICONDUCTOR_VOLTAGE_RATIO = number("fault_emf_to_semiconductor_voltage_ratio", "1", "Fault voltage divided by the blocking voltage of the semiconductors.");
    FAULT_EMF_TO_DC_VOLTAGE_RATIO = number("fault_emf_to_dc_voltage_ratio", "1", "Fault voltage divided by the direct voltage of the supply; above one the magnets feed the link through the diodes.");
    DEMAGNETISATION_DECISION_PERCENTILE_RATIO = number("demagnetisation_decision_percentile_ratio", "1", "Area share of the magnet that may lie below the flux density that is compared with the knee.");
    DEMAGNETISATION_KNEE_FACTOR_RATIO = number("demagnetisation_knee_factor_ratio", "1", "Field of the knee divided by the intrinsic coercivity.");
    DEMAGNETISATION_MARGIN_PEAK_HOT_T = number("demagnetisation_margin_peak_hot_t", "T", "Flux density above the knee at peak current, magnets hottest.");
    DEMAGNETISATION_MARGIN_PEAK_110_HOT_T = number("demagnetisation_margin_peak_110_hot_t", "T", "Flux density above the knee at 1.1 times peak current, magnets hottest.");
    DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_HOT_T = number("demagnetisation_margin_short_circuit_hot_t", "T", "Flux density above the knee in a three-phase short circuit, the worse of no load and maximum speed before the fault, magnets hottest.");
    DEMAGNETISATION_MARGIN_PEAK_COLD_T = number("demagnetisation_margin_peak_cold_t", "T", "Flux density above the knee at peak current, magnets coldest.");
    DEMAGNETISATION_MARGIN_D_LIMIT_HOT_T = number("demagnetisation_margin_d_limit_hot_t", "T", "Flux density above the knee with the whole current limit along negative d, magnets hottest.");
    DEMAGNETISATION_MARGIN_D_LIMIT_COLD_T = number("demagnetisation_margin_d_limit_cold_t", "T", "Flux density above the knee with the whole current limit along negative d, magnets coldest; only where the coercivity falls in the cold.");
    DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_COLD_T = number("demagnetisation_margin_short_circuit_cold_t", "T", "Flux density above the knee in a three-phase short circuit from no load, magnets coldest; only where the coercivity falls in the cold.");
    DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_TRANSIENT_HOT_T = number("demagnetisation_margin_short_circuit_transient_hot_t", "T", "Flux density above the knee at the most negative d current of a three-phase short circuit at maximum speed with winding resistance, magnets hottest.");
    SHORT_CIRCUIT_PEAK_CURRENT_A = number("short_circuit_peak_current_a", "A", "Largest current vector after a three-phase short circuit at maximum speed with winding resistance.");
    SHORT_CIRCUIT_STEADY_CURRENT_A = number("short_circuit_steady_current_a", "A", "Current vector twelve electrical periods after that short circuit.");
    MAGNET_AFFECTED_SHARE_AFTER_FAULT_RATIO = number("magnet_affected_share_after_fault_ratio", "1", "Area share of the magnet that the undamped three-phase short circuit, magnets hottest, pushes beyond its knee.");
    REMANENCE_LOSS_AFTER_FAULT_RATIO = number("remanence_loss_after_fault_ratio", "1", "Mean loss of remanence by that fault.");
    NO_LOAD_FLUX_LINKAGE_LOSS_AFTER_FAULT_RATIO = number("no_load_flux_linkage_loss_after_fault_ratio", "1", "Loss of no-load flux linkage by that fault.");
    TORQUE_LOSS_AFTER_FAULT_RATIO = number("torque_loss_after_fault_ratio", "1", "Loss of torque at the currents of the peak point by that fault.");
    MAGNET_POCKET_CLEARANCE_MIN_MM = number("magnet_pocket_clearance_min_mm", "mm", "Clearance left between pocket and the thickest magnet that the declared tolerance and coating allow; negative if it does not fit.");
    MAGNET_COMPOSITION_METHOD = text("magnet_composition_method", &[], "How the composition was determined, as declared.");
    MAGNET_COEFFICIENT_RANGE_HOT_C = number("magnet_coefficient_range_hot_c", "Cel", "Highest temperature for which the declared coefficients hold.");
    MAGNET_CORE_HCJ_20C_MIN_KA_PER_M = number("magnet_core_hcj_20c_min_ka_per_m", "kA/m", "Minimum intrinsic coercivity at 20 degrees Celsius far inside a grain-boundary diffused magnet.");

    // Masses from geometry and composition.
    MAGNET_MASS_KG = number("magnet_mass_kg", "kg", "All magnets.");
    COPPER_MASS_KG = number("copper_mass_kg", "kg", "Conductors with end turns.");
    STATOR_CORE_MASS_KG = number("stator_core_mass_kg", "kg", "Stator laminations.");
    ROTOR_CORE_MASS_KG = number("rotor_core_mass_kg", "kg", "Rotor laminations.");
    ACTIVE_MASS_KG = number("active_mass_kg", "kg", "Magnets, conductors and laminations.");
    NEODYMIUM_MASS_KG = number("neodymium_mass_kg", "kg", "Neodymium in the magnets.");
    PRASEODYMIUM_MASS_KG = number("praseodymium_mass_kg", "kg", "Praseodymium in the magnets.");
    DYSPROSIUM_MASS_KG = number("dysprosium_mass_kg", "kg", "Dysprosium in the magnets.");
    TERBIUM_MASS_KG = number("terbium_mass_kg", "kg", "Terbium in the magnets.");
    HOLMIUM_MASS_KG = number("holmium_mass_kg", "kg", "Holmium in the magnets.");
    GADOLINIUM_MASS_KG = number("gadolinium_mass_kg", "kg", "Gadolinium in the magnets.");
    SAMARIUM_MASS_KG = number("samarium_mass_kg", "kg", "Samarium in the magnets.");
    COBALT_MASS_KG = number("cobalt_mass_kg", "kg", "Cobalt in the magnets.");
    GALLIUM_MASS_KG = number("gallium_mass_kg", "kg", "Gallium in the magnets.");
    BORON_MASS_KG = number("boron_mass_kg", "kg", "Boron in the magnets.");
    STRONTIUM_MASS_KG = number("strontium_mass_kg", "kg", "Strontium in the magnets.");
    LANTHANUM_MASS_KG = number("lanthanum_mass_kg", "kg", "Lanthanum in the magnets.");
    IRON_MASS_KG = number("iron_mass_kg", "kg", "Iron in the magnets.");
    MAGNET_COPPER_MASS_KG = number("magnet_copper_mass_kg", "kg", "Copper in the magnets.");
    CORE_IRON_MASS_KG = number("core_iron_mass_kg", "kg", "Iron in the laminations of stator and rotor.");
    CORE_SILICON_MASS_KG = number("core_silicon_mass_kg", "kg", "Silicon in the laminations of stator and rotor.");
    CORE_COBALT_MASS_KG = number("core_cobalt_mass_kg", "kg", "Cobalt in the laminations of stator and rotor.");
    HEAVY_RARE_EARTH_MASS_KG = number("heavy_rare_earth_mass_kg", "kg", "Dysprosium, terbium, holmium and gadolinium in the magnets.");
    HEAVY_RARE_EARTH_MASS_FRACTION_RATIO = number("heavy_rare_earth_mass_fraction_ratio", "1", "Heavy rare earth divided by the mass of the magnets.");
    HEAVY_RARE_EARTH_MASS_PER_POWER_KG_PER_KW = number("heavy_rare_earth_mass_per_power_kg_per_kw", "kg/kW", "Heavy rare earth divided by the required power at maximum speed; zero without magnets.");

    // Raw materials at dated prices; what has no price is in no sum.
    MAGNET_PRICED_MATERIAL_COST_USD = number("magnet_priced_material_cost_usd", "{USD}", "Raw materials of the magnets that have a dated price, at the middle of it.");
    MAGNET_PRICED_MATERIAL_COST_AT_FLOOR_USD = number("magnet_priced_material_cost_at_floor_usd", "{USD}", "The same where price floors that hold on the day raise what lies below them.");
    MACHINE_PRICED_MATERIAL_COST_USD = number("machine_priced_material_cost_usd", "{USD}", "Copper of the winding and electrical steel that have a dated price, at the middle of it.");
    MACHINE_PRICED_MATERIAL_COST_AT_FLOOR_USD = number("machine_priced_material_cost_at_floor_usd", "{USD}", "The same where price floors that hold on the day raise what lies below them.");

    // Aggregates of the declared supply.
    UNDECLARED_STAGE_COUNT = number("undeclared_stage_count", "1", "Stages of any judged element for which no source is declared.");
    LARGEST_COUNTRY_SHARE_RATIO = number("largest_country_share_ratio", "1", "Largest share of one country at any stage of any judged element.");
    HERFINDAHL_INDEX_RATIO = number("herfindahl_index_ratio", "1", "Herfindahl-Hirschman index of countries at the worst stage of any judged element, at its upper bound.");
    SUPPLY_RISK_RATIO = number("supply_risk_ratio", "1", "Supply risk of the worst stage by the method of the European list of critical raw materials, declared shares in place of global and European sourcing, no substitute claimed.");
    INDEPENDENT_SOURCES_MIN_COUNT = number("independent_sources_min_count", "1", "Independent suppliers at the stage that has fewest.");
    EVIDENCED_SHARE_MIN_RATIO = number("evidenced_share_min_ratio", "1", "Share of sources with a document that another person can check, at the stage that has least.");
    ASSUMED_SOURCE_COUNT = number("assumed_source_count", "1", "Sources that are assumed and that nobody has declared.");
    EXPORT_CONTROLLED_ELEMENT_COUNT = number("export_controlled_element_count", "1", "Elements of the magnets that pass through a country whose export control on them is in force on the day of the judgement.");
    PROCUREMENT_RESTRICTED_STAGE_COUNT = number("procurement_restricted_stage_count", "1", "Stages in a country from which a procurement rule in force on the day of the judgement forbids them.");
    BENCHMARK_EXCEEDED_STAGE_COUNT = number("benchmark_exceeded_stage_count", "1", "Stages in which one country holds more than a legal benchmark in force on the day of the judgement names.");
    INFORMATION_DUTY_COUNT = number("information_duty_count", "1", "Duties to label or publish in force on the day of the judgement that the magnets fall under.");
    STOCK_DAYS_MIN_D = number("stock_days_min_d", "d", "Days of stock at the declared consumption, worst element.");
    EMBARGO_COVER_D = number("embargo_cover_d", "d", "Days of full production that the stock bridges if the country that holds most of any stage delivers nothing.");
    RECYCLED_CONTENT_RATIO = number("recycled_content_ratio", "1", "Recycled mass divided by the mass of the magnets.");
    RECYCLED_POST_CONSUMER_RATIO = number("recycled_post_consumer_ratio", "1", "Mass recycled from used products divided by the mass of the magnets.");
    MATERIAL_UNDECLARED_STAGE_COUNT = number("material_undeclared_stage_count", "1", "Stages of copper and electrical steel for which no source is declared.");
    MATERIAL_LARGEST_COUNTRY_SHARE_RATIO = number("material_largest_country_share_ratio", "1", "Largest share of one country at any stage of copper or electrical steel.");

    // Pathway B relative to pathway A on the same laminations.
    SAME_LAMINATIONS = pair(flag("same_laminations", "True when both pathways use the same stator and rotor laminations."));
    B_TO_A_PEAK_TORQUE_RATIO = pair(number("b_to_a_peak_torque_ratio", "1", "Largest torque within the current limit, hot, of B divided by that of A."));
    B_TO_A_NO_LOAD_FLUX_LINKAGE_RATIO = pair(number("b_to_a_no_load_flux_linkage_ratio", "1", "No-load flux linkage of B divided by that of A."));
    B_TO_A_PEAK_CURRENT_RATIO = pair(number("b_to_a_peak_current_ratio", "1", "Current at the peak point of B divided by that of A."));
    B_TO_A_FAULT_EMF_RATIO = pair(number("b_to_a_fault_emf_ratio", "1", "Fault voltage of B divided by that of A."));
    B_TO_A_RATED_LOSS_RATIO = pair(number("b_to_a_rated_loss_ratio", "1", "Losses of B at its rated point divided by those of A: winding, iron, magnets, friction."));
    B_MINUS_A_DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_HOT_T = pair(number("b_minus_a_demagnetisation_margin_short_circuit_hot_t", "T", "Margin to the knee of B in a three-phase short circuit, magnets hottest, less that of A."));
    B_TO_A_MAGNET_MASS_RATIO = pair(number("b_to_a_magnet_mass_ratio", "1", "Mass of the magnets of B divided by that of A; balance and inertia of the rotor follow it."));
    B_TO_A_ROTOR_MASS_RATIO = pair(number("b_to_a_rotor_mass_ratio", "1", "Mass of magnets and rotor laminations of B divided by that of A."));
    CONTROL_TABLE_SHIFT_RATIO = pair(number("control_table_shift_ratio", "1", "Distance between the current vectors of A and B at the same operating point, the worst of rated, peak and maximum speed, divided by the current limit; zero where one control table serves both."));
    SAME_MAGNETISING = pair(flag("same_magnetising", "True when the magnets of both pathways are declared to be magnetised at the same step of assembly."));
    SHARED_COUNTRY_STAGE_COUNT = pair(number("shared_country_stage_count", "1", "Stages at which both pathways draw on the same country."));
    SHARED_SUPPLIER_COUNT = pair(number("shared_supplier_count", "1", "Suppliers on which both pathways draw."));
}

#[cfg(test)]
#[path = "field_tests.rs"]
mod tests;
