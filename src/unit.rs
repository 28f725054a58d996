//! Units at the serialised surface.
//!
//! Inside the program every number is SI (angles in radians, temperatures in degrees Celsius because
//! that is what material tables and standards speak). Design files carry the field's usual units in
//! the key: `air_gap_mm`, `base_speed_rpm`. Each submodule here is a serde gate for one such suffix,
//! used as `#[serde(rename = "air_gap_mm", with = "unit::mm")]`; nothing else converts on the way in.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

/// Vacuum permeability [V s/(A m)]; CODATA 2018 value, equal to 4π·10⁻⁷ within 6·10⁻¹⁰.
pub const MU_0: f64 = 4.0e-7 * std::f64::consts::PI;

/// Digits of a number of a file that count; what is left of more is below anything that a drawing can mean.
const READ_DIGITS: usize = 12;

/// Reads a finite number and scales it to SI, where it must be finite too. No more digits are taken than are written, so
/// that what a certificate says of a design is what the design says.
fn read<'de, D: Deserializer<'de>>(deserializer: D, scale: f64) -> Result<f64, D::Error> {
    let value = f64::deserialize(deserializer)?;
    if !value.is_finite() {
        return Err(D::Error::custom("a number must be finite"));
    }
    let value = if is_rounded(value, READ_DIGITS) {
        value
    } else {
        round_significant(value, READ_DIGITS)
    };
    let scaled = value * scale;
    if !scaled.is_finite() {
        return Err(D::Error::custom(format!(
            "{value:e} is larger than any number that can be computed with; write a smaller one"
        )));
    }
    Ok(scaled)
}

/// Writes a number in the unit of its key. Rounded to 12 significant digits so that a file that is
/// read and written again keeps its text.
fn write<S: Serializer>(value: f64, serializer: S, scale: f64) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(round_significant(value / scale, READ_DIGITS))
}

/// Rounds to `digits` significant decimal digits by way of the decimal text, so that the result is
/// the number that the text reads back as.
pub fn round_significant(value: f64, digits: usize) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { 0.0 } else { value };
    }
    let text = format!("{value:.*e}", digits.saturating_sub(1));
    text.parse().unwrap_or(value)
}

/// Powers of ten that a double holds exactly.
const EXACT_POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Whether rounding to `digits` significant decimal digits leaves the number as it is; at most 15 digits.
///
/// A whole number of so many digits over an exact power of ten is one correctly rounded division, so that a number
/// that equals it is the one that its decimal text reads back as. Only where that does not show it, the text is made.
pub fn is_rounded(value: f64, digits: usize) -> bool {
    let size = value.abs();
    if size == 0.0 {
        return true;
    }
    let places = digits as f64 - 1.0 - size.log10().floor();
    let power = (0.0..=22.0)
        .contains(&places)
        .then(|| EXACT_POWERS[places as usize]);
    let shown = power.is_some_and(|power| {
        let whole = (size * power).round();
        digits <= 15 && whole <= EXACT_POWERS[digits] && whole / power == size
    });
    shown || round_significant(value, digits) == value
}

/// Six significant digits, those of a record, in everything that is printed beside one.
pub(crate) mod six_digits {
    use super::round_significant;
    use serde::{Serialize, Serializer};
    use std::collections::BTreeMap;

    fn short(value: f64) -> f64 {
        round_significant(value, 6)
    }

    /// A number.
    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde fixes the signature"
    )]
    pub(crate) fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(short(*value))
    }

    /// A number that may be absent.
    #[allow(clippy::ref_option, reason = "serde fixes the signature")]
    pub(crate) fn option<S: Serializer>(
        value: &Option<f64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.map(short).serialize(serializer)
    }

    /// Two numbers.
    pub(crate) fn pair<S: Serializer>(pair: &[f64; 2], serializer: S) -> Result<S::Ok, S::Error> {
        pair.map(short).serialize(serializer)
    }

    /// Numbers by name.
    pub(crate) fn map<S: Serializer>(
        numbers: &BTreeMap<String, f64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(numbers.iter().map(|(name, value)| (name, short(*value))))
    }
}

/// Whether a length that a file may leave out is none: for `skip_serializing_if`.
#[allow(clippy::trivially_copy_pass_by_ref)] // The signature is serde's.
pub(crate) fn is_zero(length: &f64) -> bool {
    *length == 0.0
}

macro_rules! gate {
    ($($(#[$doc:meta])* $name:ident = $scale:expr;)*) => { $(
        $(#[$doc])*
        pub mod $name {
            use serde::{Deserializer, Serializer};
            /// One of the outside unit in SI.
            pub const SCALE: f64 = $scale;
            /// Reads the outside unit into SI.
            ///
            /// # Errors
            /// When the value is not a finite number.
            pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<f64, D::Error> {
                super::read(d, SCALE)
            }
            /// Writes SI in the outside unit.
            ///
            /// # Errors
            /// When the serializer fails.
            pub fn serialize<S: Serializer>(value: &f64, s: S) -> Result<S::Ok, S::Error> {
                super::write(*value, s, SCALE)
            }
            /// The same gate for a key that may be absent; `null` is refused.
            pub mod optional {
                use serde::{Deserializer, Serializer};
                /// Reads the outside unit into SI.
                ///
                /// # Errors
                /// When the value is not a finite number.
                pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<f64>, D::Error> {
                    super::deserialize(d).map(Some)
                }
                /// Writes SI in the outside unit.
                ///
                /// # Errors
                /// When the serializer fails.
                #[allow(
                    clippy::ref_option,
                    reason = "serde fixes the signature of a `with` module"
                )]
                pub fn serialize<S: Serializer>(value: &Option<f64>, s: S) -> Result<S::Ok, S::Error> {
                    match value {
                        Some(value) => super::serialize(value, s),
                        None => s.serialize_none(),
                    }
                }
            }
        }
    )* };
}

gate! {
    /// Millimetres → metres.
    mm = 1e-3;
    /// Degrees → radians.
    deg = std::f64::consts::PI / 180.0;
    /// Revolutions per minute → radians per second.
    rpm = std::f64::consts::PI / 30.0;
    /// Minutes → seconds.
    minutes = 60.0;
    /// Kilometres per hour → metres per second.
    kmh = 1.0 / 3.6;
    /// Kilowatts → watts.
    kw = 1e3;
    /// Kiloamperes per metre → amperes per metre.
    ka_per_m = 1e3;
    /// Megapascals → pascals.
    mpa = 1e6;
    /// Already SI (newton metres, volts, amperes, teslas, kilograms) or a plain ratio, or degrees
    /// Celsius: only the check that the number is finite.
    si = 1.0;
}

#[cfg(test)]
mod tests {
    use super::{is_rounded, round_significant};

    #[test]
    fn rounding_keeps_the_requested_digits() {
        assert_eq!(round_significant(1.234_567_89, 6), 1.234_57);
        assert_eq!(round_significant(-0.000_123_456_789, 6), -0.000_123_457);
        assert_eq!(round_significant(0.0, 6), 0.0);
        assert_eq!(round_significant(-0.0, 6).to_bits(), 0.0_f64.to_bits());
        assert_eq!(round_significant(999_999.5, 6), 1_000_000.0);
    }
    proptest::proptest! {
        #[test]
        fn a_number_is_rounded_if_rounding_leaves_it(bits in proptest::num::u64::ANY, whole in -2_000_000_i64..2_000_000, power in -30_i32..30) {
            let near = whole as f64 * 10_f64.powi(power);
            let text: f64 = format!("{whole}e{power}").parse().expect("a number");
            for value in [f64::from_bits(bits), near, text, text.next_up(), text.next_down()] {
                let left = round_significant(value, 6) == value;
                assert_eq!(is_rounded(value, 6), left, "{value:e}");
            }
        }
    }

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Gates {
        #[serde(with = "super::mm")]
        mm: f64,
        #[serde(with = "super::deg")]
        deg: f64,
        #[serde(with = "super::rpm")]
        rpm: f64,
        #[serde(with = "super::kmh")]
        kmh: f64,
        #[serde(with = "super::mpa")]
        mpa: f64,
        #[serde(with = "super::si")]
        si: f64,
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(number in proptest::num::f64::NORMAL, digits in 1_usize..18) {
            let number = round_significant(number, digits);
            proptest::prop_assume!((1e-290..1e290).contains(&number.abs()));
            let names = ["mm", "deg", "rpm", "kmh", "mpa", "si"];
            let members = names.map(|name| format!("\"{name}\":{number:e}"));
            let read: Gates = serde_json::from_str(&format!("{{{}}}", members.join(","))).expect("numbers");
            let written = serde_json::to_string(&read).expect("text");
            assert_eq!(serde_json::from_str::<Gates>(&written).expect("numbers"), read, "{written}");
        }
    }

    /// Finite in the file is not yet finite inside: of every unit that is larger than its own of SI.
    #[test]
    fn what_overflows_in_si_is_refused() {
        #[derive(Debug, serde::Deserialize)]
        #[allow(dead_code, reason = "read for whether it can be read")]
        enum Read {
            #[serde(with = "super::kw")]
            Kw(f64),
            #[serde(with = "super::ka_per_m")]
            KaPerM(f64),
            #[serde(with = "super::mpa")]
            Mpa(f64),
        }
        for name in ["Kw", "KaPerM", "Mpa"] {
            let read = |number| serde_json::from_str::<Read>(&format!(r#"{{"{name}": {number}}}"#));
            assert!(read("1e300").is_ok(), "{name}");
            let refused = read("1e308").expect_err("too large").to_string();
            assert!(refused.contains("larger than any number"), "{refused}");
        }
        let plain = super::si::deserialize(&mut serde_json::Deserializer::from_str("1e308"));
        assert_eq!(plain.ok(), Some(1e308));
    }
}
