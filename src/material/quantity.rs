//! Units of both worlds: tesla and gauss, ampere per metre and oersted, joule per cubic metre and
//! gauss-oersted.
//!
//! Magnet makers print either. The conversions are exact definitions: 1 G = 10⁻⁴ T,
//! 1 Oe = 1000/(4π) A/m, 1 MGOe = 100/(4π) kJ/m³ = 7.9577 kJ/m³. A material file may give a number
//! (in the unit of its key) or a text with its unit (`"13.1 kG"`); text always carries its unit.

use std::borrow::Cow;
use std::f64::consts::PI;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::unit::round_significant;

/// One gauss [T].
pub const GAUSS_T: f64 = 1e-4;
/// One oersted [A/m].
pub const OERSTED_A_PER_M: f64 = 1000.0 / (4.0 * PI);
/// One megagauss-oersted [J/m³].
pub const MEGAGAUSS_OERSTED_J_PER_M3: f64 = 1e5 / (4.0 * PI);

/// A text that is not a number with one of the known units.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a finite number followed by one of {expected}")]
pub struct UnitError {
    /// The text found.
    pub found: String,
    /// The units that would do.
    pub expected: &'static str,
}

/// Reads a number with one of `units`; the result is in the unit whose factor is 1.
fn parse(text: &str, units: &[(&str, f64)], expected: &'static str) -> Result<f64, UnitError> {
    let wrong = || UnitError {
        found: text.to_owned(),
        expected,
    };
    let trimmed = text.trim();
    // The longest unit first would be needed if one ended in another; exact comparison of the rest
    // after the number avoids that.
    for &(unit, factor) in units {
        if let Some(number) = trimmed.strip_suffix(unit)
            && let Ok(value) = number.trim_end().parse::<f64>()
        {
            return if value.is_finite() {
                Ok(value * factor)
            } else {
                Err(wrong())
            };
        }
    }
    Err(wrong())
}

/// Reads a flux density such as `1.31 T`, `1310 mT`, `13.1 kG` or `13100 G` into tesla.
///
/// # Errors
/// When the text is not a finite number with one of these units.
pub fn parse_flux_density(text: &str) -> Result<f64, UnitError> {
    let units = [
        ("mT", 1e-3),
        ("T", 1.0),
        ("kG", 1e3 * GAUSS_T),
        ("G", GAUSS_T),
    ];
    parse(text, &units, "T, mT, kG, G")
}

/// Reads a field strength such as `1990 kA/m`, `25 kOe` or `900 Oe` into ampere per metre.
///
/// # Errors
/// When the text is not a finite number with one of these units.
pub fn parse_field_strength(text: &str) -> Result<f64, UnitError> {
    let units = [
        ("kA/m", 1e3),
        ("A/m", 1.0),
        ("kOe", 1e3 * OERSTED_A_PER_M),
        ("Oe", OERSTED_A_PER_M),
    ];
    parse(text, &units, "kA/m, A/m, kOe, Oe")
}

/// Reads an energy product such as `342 kJ/m3` or `42 MGOe` into joule per cubic metre.
///
/// # Errors
/// When the text is not a finite number with one of these units.
pub fn parse_energy_product(text: &str) -> Result<f64, UnitError> {
    let units = [
        ("kJ/m3", 1e3),
        ("kJ/m³", 1e3),
        ("MGOe", MEGAGAUSS_OERSTED_J_PER_M3),
    ];
    parse(text, &units, "kJ/m3, MGOe")
}

/// Tesla with kilogauss beside it.
#[must_use]
pub fn show_flux_density(tesla: f64) -> String {
    format!("{tesla:.3} T ({:.2} kG)", tesla / (1e3 * GAUSS_T))
}

/// Kiloampere per metre with kilooersted beside it.
#[must_use]
pub fn show_field_strength(a_per_m: f64) -> String {
    let kilooersted = a_per_m / (1e3 * OERSTED_A_PER_M);
    format!("{:.0} kA/m ({kilooersted:.2} kOe)", a_per_m / 1e3)
}

/// Kilojoule per cubic metre with megagauss-oersted beside it.
#[must_use]
pub fn show_energy_product(j_per_m3: f64) -> String {
    let megagauss_oersted = j_per_m3 / MEGAGAUSS_OERSTED_J_PER_M3;
    format!("{:.0} kJ/m³ ({megagauss_oersted:.1} MGOe)", j_per_m3 / 1e3)
}

macro_rules! reading {
    ($($(#[$doc:meta])* $name:ident, $scale:expr, $parse:path, $words:expr;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        pub struct $name(pub f64);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;
                impl Visitor<'_> for Reader {
                    type Value = f64;
                    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                        formatter.write_str($words)
                    }
                    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<f64, E> {
                        if value.is_finite() { Ok(value * $scale) } else { Err(E::custom("a number must be finite")) }
                    }
                    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<f64, E> {
                        self.visit_f64(value as f64)
                    }
                    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<f64, E> {
                        self.visit_f64(value as f64)
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<f64, E> {
                        $parse(text).map_err(E::custom)
                    }
                }
                deserializer.deserialize_any(Reader).map($name).map_err(D::Error::custom)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_f64(round_significant(self.0 / $scale, 12))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": ["number", "string"], "description": $words })
            }
        }
    )* };
}

reading! {
    /// A flux density [T] as a material file gives it.
    FluxDensity, 1.0, parse_flux_density, "a number in T, or a text such as \"13.1 kG\"";
    /// A field strength [A/m] as a material file gives it.
    FieldStrength, 1e3, parse_field_strength, "a number in kA/m, or a text such as \"25 kOe\"";
    /// An energy product [J/m³] as a material file gives it.
    EnergyProduct, 1e3, parse_energy_product, "a number in kJ/m3, or a text such as \"42 MGOe\"";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-12 * b.abs(), "{a} against {b}");
    }

    #[test]
    fn both_worlds_give_the_same_number() {
        close(parse_flux_density("13.1 kG").expect("kG"), 1.31);
        close(parse_flux_density("1310mT").expect("mT"), 1.31);
        close(parse_flux_density("13100 G").expect("G"), 1.31);
        close(
            parse_field_strength("25 kOe").expect("kOe"),
            25e6 / (4.0 * PI),
        );
        close(parse_field_strength("1990 kA/m").expect("kA/m"), 1.99e6);
        close(
            parse_energy_product("1 MGOe").expect("MGOe"),
            7_957.747_154_594_767,
        );
        close(parse_energy_product("342 kJ/m³").expect("kJ"), 342e3);
    }

    #[test]
    fn what_has_no_unit_or_the_wrong_one_is_refused() {
        for text in ["1.31", "1.31 kA/m", "T", "nan T", "inf kG", "1e999 T", ""] {
            assert!(parse_flux_density(text).is_err(), "{text}");
        }
        assert!(parse_field_strength("3 kg").is_err());
        assert!(parse_energy_product("42 MGO").is_err());
    }

    #[test]
    fn both_are_shown() {
        assert_eq!(show_flux_density(1.31), "1.310 T (13.10 kG)");
        assert_eq!(show_field_strength(1.99e6), "1990 kA/m (25.01 kOe)");
        assert_eq!(show_energy_product(342e3), "342 kJ/m³ (43.0 MGOe)");
    }

    #[test]
    fn a_file_may_give_a_number_or_a_text() {
        let number: FieldStrength = serde_json::from_str("1990").expect("number");
        let text: FieldStrength = serde_json::from_str("\"1990 kA/m\"").expect("text");
        assert_eq!(number, text);
        assert_eq!(serde_json::to_string(&text).expect("json"), "1990.0");
        assert!(serde_json::from_str::<FluxDensity>("\"1.3\"").is_err());
    }
}
