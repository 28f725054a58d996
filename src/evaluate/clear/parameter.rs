//! The numbers of a design that one may change, one at a time, and designs in which one is changed.

use crate::design::Design;
use crate::source::{Document, pointer};
use crate::unit::round_significant;
use serde_json::Value;

/// Significant digits of a changed number: 6.5 mm to a micrometre, 160 mm to a tenth.
const DIGITS: i32 = 4;

/// Most by which a dimension and what describes the cooling are changed, over themselves.
pub const REACH: [f64; 2] = [0.5, 2.0];

/// Which numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// Dimensions of the machine.
    Dimensions,
    /// Dimensions, and turns of a coil.
    Winding,
    /// Films, conductivities and liner of its cooling.
    Cooling,
}

impl Group {
    /// Most by which a number is changed, over itself.
    pub(super) fn reach(self) -> f64 {
        match self {
            Group::Dimensions | Group::Winding => REACH[0],
            Group::Cooling => REACH[1],
        }
    }
}

/// A number of a design.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parameter {
    /// Where it stands in the file, as a JSON pointer.
    pub(super) pointer: String,
    /// What it is, in the unit of its key.
    pub(super) from: f64,
    /// Whether it counts something.
    pub(super) whole: bool,
}

impl Parameter {
    /// The step to which it is changed.
    pub(super) fn unit(&self) -> f64 {
        if self.whole {
            return 1.0;
        }
        let exponent = self.from.abs().log10().floor();
        #[allow(
            clippy::cast_possible_truncation,
            reason = "the exponent of a finite number"
        )]
        let exponent = exponent as i32;
        10.0_f64.powi(exponent + 1 - DIGITS)
    }

    /// A value at a whole number of steps, none farther from what it is now than the one asked for.
    pub(super) fn inward(&self, to: f64) -> f64 {
        let steps = to / self.unit();
        let whole = if to > self.from {
            (steps + 1e-6).floor()
        } else {
            (steps - 1e-6).ceil()
        };
        round_significant(whole * self.unit(), 12)
    }

    /// A value at a whole number of steps, none nearer to what it is now than the one asked for.
    pub(super) fn outward(&self, to: f64) -> f64 {
        let steps = to / self.unit();
        let whole = if to > self.from {
            (steps - 1e-6).ceil()
        } else {
            (steps + 1e-6).floor()
        };
        round_significant(whole * self.unit(), 12)
    }
}

/// All numbers of a group that are not zero, in the order of the file: what is set to zero is left out on purpose.
pub(super) fn parameters(design: &Value, index: usize, group: Group) -> Vec<Parameter> {
    let candidate = format!("/candidates/{index}");
    let mut found = vec![];
    match group {
        Group::Dimensions => dimensions(design, &format!("{candidate}/topology"), &mut found),
        Group::Winding => {
            dimensions(design, &format!("{candidate}/topology"), &mut found);
            let pointer = format!("{candidate}/winding/turns_per_coil");
            if let Some(from) = design.pointer(&pointer).and_then(Value::as_f64) {
                found.push(Parameter {
                    pointer,
                    from,
                    whole: true,
                });
            }
        }
        Group::Cooling => dimensions(design, &format!("{candidate}/thermal"), &mut found),
    }
    found
}

/// Numbers with a fraction below a place. Counts are whole in a design and stay.
fn dimensions(design: &Value, at: &str, found: &mut Vec<Parameter>) {
    match design.pointer(at) {
        Some(Value::Object(members)) => {
            for key in members.keys() {
                dimensions(design, &pointer::member(at, key), found);
            }
        }
        Some(Value::Number(number)) if !number.is_u64() => {
            let from = number.as_f64().unwrap_or(0.0);
            if from != 0.0 {
                found.push(Parameter {
                    pointer: at.to_owned(),
                    from,
                    whole: false,
                });
            }
        }
        _ => {}
    }
}

/// The design with one number changed; nothing where no such machine can be built, wound or asked for.
pub(super) fn changed(design: &Value, parameter: &Parameter, to: f64) -> Option<Design> {
    let mut value = design.clone();
    let place = value.pointer_mut(&parameter.pointer)?;
    *place = if parameter.whole {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number above zero, which the schema holds against its range"
        )]
        let count = to.max(0.0) as u64;
        Value::from(count)
    } else {
        Value::from(to)
    };
    let document = Document::parse("changed", &value.to_string()).ok()?;
    Design::load(&document).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> (Design, Value) {
        let text = include_str!("../../../designs/ev_traction.json");
        let design = Design::load(&Document::parse("d.json", text).unwrap()).unwrap();
        let value = serde_json::to_value(&design).unwrap();
        (design, value)
    }

    #[test]
    fn counts_stay_and_dimensions_may_change() {
        let (_, value) = shipped();
        let all = parameters(&value, 0, Group::Winding);
        let named = |key: &str| all.iter().find(|p| p.pointer.ends_with(key));
        assert!(named("/pole_count").is_none() && named("/slot_count").is_none());
        assert!(named("/centre_rib_width_mm").is_none(), "zero on purpose");
        assert!(named("/turns_per_coil").unwrap().whole);
        let magnet = named("/magnet_thickness_mm").unwrap();
        assert_eq!((magnet.from, magnet.whole), (6.5, false));
        assert!(parameters(&value, 0, Group::Cooling).len() >= 5);
    }

    /// Rounding never takes a change back.
    #[test]
    fn a_change_is_rounded_away_from_what_is_there() {
        let magnet = Parameter {
            pointer: String::new(),
            from: 6.5,
            whole: false,
        };
        for (to, rounded) in [(6.7012, 6.702), (6.3018, 6.301), (6.8, 6.8)] {
            assert_eq!(magnet.outward(to), rounded);
        }
        for (to, rounded) in [(6.7012, 6.701), (6.3018, 6.302), (6.8, 6.8)] {
            assert_eq!(magnet.inward(to), rounded);
        }
        let turns = Parameter {
            whole: true,
            from: 9.0,
            ..magnet
        };
        assert_eq!((turns.outward(9.1), turns.outward(8.9)), (10.0, 8.0));
    }

    #[test]
    fn nothing_is_changed_into_what_cannot_be_built() {
        let (design, value) = shipped();
        let all = parameters(&value, 0, Group::Winding);
        let magnet = all
            .iter()
            .find(|p| p.pointer.ends_with("/magnet_thickness_mm"))
            .unwrap();
        let thicker = changed(&value, magnet, 6.6).unwrap();
        assert_ne!(
            thicker.candidates[0].topology,
            design.candidates[0].topology
        );
        assert_eq!(
            thicker.candidates[1].topology,
            design.candidates[1].topology
        );
        assert!(changed(&value, magnet, 60.0).is_none());
        let turns = all.iter().find(|p| p.whole).unwrap();
        assert!(changed(&value, turns, 0.0).is_none());
    }
}
