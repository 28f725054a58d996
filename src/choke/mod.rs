//! Choke points: places where a design has one way only. Facts, always listed, whatever the verdict.

pub mod demagnetisation;
pub mod heat;
pub mod saturation;
pub mod sources;
pub mod stress;
pub mod voltage;

pub(crate) use sources::stage_of;

use crate::geometry::Point;
use crate::network::plan::Part;
use crate::supply::{CommonMode, Sheet};

/// A choke point.
#[derive(Debug, Clone, PartialEq)]
pub struct ChokePoint {
    /// `physical` or `supply`.
    pub kind: &'static str,
    /// Mechanism, a stable word.
    pub mechanism: &'static str,
    /// The place in one stable word, by which it is found again on a changed machine; empty where a mechanism has
    /// one place only, and for supply.
    pub key: &'static str,
    /// Where.
    pub location: String,
    /// Pathway: `a`, `b`, `none` or `pair`.
    pub pathway: &'static str,
    /// Value.
    pub value: f64,
    /// Limit that physics or bookkeeping sets.
    pub limit: f64,
    /// Unit of both, UCUM.
    pub unit: &'static str,
    /// Distance to the limit over a scale of the mechanism.
    pub margin_ratio: f64,
}

/// What the physical mechanisms look at.
#[derive(Debug, Clone)]
pub struct Physical<'a> {
    /// Section flux densities at the current limit [T].
    pub sections: &'a [(Part, f64)],
    /// Flux density at which stator and rotor steel saturate [T].
    pub saturation: [f64; 2],
    /// Demagnetising cases: word, margin [T], worst place (radius [m], angle from the pole axis [rad]).
    pub cases: Vec<(&'static str, f64, (f64, f64))>,
    /// Remanence, magnets hottest [T].
    pub remanence: f64,
    /// Remanence, magnets coldest [T].
    pub cold_remanence: f64,
    /// The rotor where it is stressed most; nothing where stress or strength is unknown.
    pub rotor: Option<RotorStress>,
    /// Places in thermal balance; none where it is unknown.
    pub heated: Vec<Heated>,
    /// Peak voltage between lines at maximum speed, magnets coldest, and what the semiconductors block [V]; nothing
    /// without magnets.
    pub fault_voltage: Option<[f64; 2]>,
}

/// A place with its temperature [°C].
#[derive(Debug, Clone, PartialEq)]
pub struct Heated {
    /// Mechanism, a stable word.
    pub mechanism: &'static str,
    /// Where.
    pub location: String,
    /// Temperature.
    pub value: f64,
    /// Temperature that it bears.
    pub limit: f64,
    /// Temperature of the coolant.
    pub coolant: f64,
}

/// A place of the rotor with its stress and the yield strength there [Pa].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RotorStress {
    /// Where, for people.
    pub place: &'static str,
    /// Where.
    pub at: Point,
    /// Equivalent stress at overspeed [Pa].
    pub stress: f64,
    /// Yield strength [Pa].
    pub strength: f64,
}

/// Physical choke points of a pathway.
pub fn physical(view: Physical, pathway: &'static str) -> Vec<ChokePoint> {
    let mut points = saturation::points(&view, pathway);
    points.extend(demagnetisation::points(&view, pathway));
    points.extend(view.heated.iter().map(|place| heat::point(place, pathway)));
    points.extend(view.rotor.iter().map(|rotor| stress::point(rotor, pathway)));
    points.extend(
        view.fault_voltage
            .map(|volts| voltage::point(volts, pathway)),
    );
    points
}

/// Supply choke points of a pathway, or of the materials of the machine.
pub fn supply(sheet: &Sheet) -> Vec<ChokePoint> {
    sources::points(sheet)
}

/// Places on which both pathways draw.
pub fn common_mode(places: &[CommonMode]) -> Vec<ChokePoint> {
    sources::common(places)
}
