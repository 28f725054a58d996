//! Nominal efficiencies of the classes of motors (IE code) over rated power and speed. The curves and the speeds at
//! which each stands for a motor of variable speed are data with their sources in
//! `standards/curves/`, frozen with the standards that rest on them.

use serde::Deserialize;
use std::sync::OnceLock;

#[derive(Debug, Deserialize)]
struct Curves {
    constant_to_kw: f64,
    classes: Vec<Class>,
    speeds: Speeds,
}

#[derive(Debug, Deserialize)]
struct Class {
    class: String,
    bands: Vec<Band>,
}

#[derive(Debug, Deserialize)]
struct Band {
    from_kw: f64,
    to_kw: f64,
    coefficients: Vec<Cubic>,
}

#[derive(Debug, Deserialize)]
struct Cubic {
    poles: u32,
    a: f64,
    b: f64,
    c: f64,
    d: f64,
}

#[derive(Debug, Deserialize)]
struct Speeds {
    ranges: Vec<Range>,
}

#[derive(Debug, Deserialize)]
struct Range {
    poles: u32,
    from_rpm: f64,
    to_rpm: f64,
}

/// The nominal efficiency of a class at a rating.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nominal {
    /// Nominal efficiency, shaft power over electrical power.
    pub efficiency: f64,
    /// Poles of the curve that stands for this speed.
    pub poles: u32,
}

fn curves() -> &'static Curves {
    static CURVES: OnceLock<Curves> = OnceLock::new();
    CURVES.get_or_init(|| {
        #[allow(
            clippy::expect_used,
            reason = "a part of the program, read by every test of this module"
        )]
        serde_json::from_str(include_str!("../standards/curves/ie_efficiency-1.0.0.json"))
            .expect("the curves can be read")
    })
}

/// Nominal efficiency of a class, `IE2`, `IE3` or `IE4`, at a shaft power [W] and a speed of the rotor [rad/s].
///
/// The cubic of the regulation and the speeds of IEC TS 60034-30-2, both with their sources in `standards/curves/`.
///
/// # Errors
/// What has no curve: another class, a power or a speed outside of them.
pub fn nominal(class: &str, power: f64, speed: f64) -> Result<Nominal, String> {
    let curves = curves();
    let rpm = speed * 30.0 / std::f64::consts::PI;
    // A speed on the border of two ranges is that of the slower; what rounding adds counts as nothing.
    let within = |range: &&Range| rpm >= range.from_rpm * ROUNDED && rpm * ROUNDED <= range.to_rpm;
    let range = curves.speeds.ranges.iter().find(within).ok_or_else(|| {
        format!("no class of efficiency at {rpm:.0} rpm, only from 600 to 6000 rpm")
    })?;
    let kilowatts = power / 1e3;
    let class = curves
        .classes
        .iter()
        .find(|known| known.class == class)
        .ok_or_else(|| format!("no curve of class {class}"))?;
    let band = |x: f64| {
        let mut bands = class.bands.iter();
        bands.find(|band| x >= band.from_kw * ROUNDED && x * ROUNDED <= band.to_kw)
    };
    let last = class.bands.last().map_or(0.0, |band| band.to_kw);
    let at = if kilowatts > last && kilowatts * ROUNDED <= curves.constant_to_kw {
        last
    } else {
        kilowatts
    };
    let cubic = band(at)
        .and_then(|band| band.coefficients.iter().find(|c| c.poles == range.poles))
        .ok_or_else(|| {
            format!(
                "{} has no efficiency at {kilowatts:.3} kW and {rpm:.0} rpm",
                class.class
            )
        })?;
    let x = at.log10();
    let percent = ((cubic.a * x + cubic.b) * x + cubic.c) * x + cubic.d;
    Ok(Nominal {
        efficiency: (percent * 10.0).round() / 1e3,
        poles: range.poles,
    })
}

/// A hair, so that 0.75 kW computed from a torque is 0.75 kW.
const ROUNDED: f64 = 1.0 - 1e-9;

/// Losses of a motor over those of the nominal motor of a class with the same shaft power.
#[must_use]
pub fn loss_ratio(efficiency: f64, nominal: f64) -> f64 {
    (1.0 / efficiency - 1.0) / (1.0 / nominal - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn percent(class: &str, kilowatts: f64, rpm: f64) -> Option<f64> {
        let found = nominal(class, kilowatts * 1e3, rpm * PI / 30.0).ok()?;
        Some((found.efficiency * 1e3).round() / 10.0)
    }

    /// Tabulated values of IEC 60034-30-1:2014 at 50 Hz by powers [kW].
    #[test]
    fn the_cubics_give_the_tabulated_values() {
        let powers = [0.12, 0.55, 0.75, 1.5, 7.5, 18.5, 75.0, 200.0];
        let tables: [(&str, f64, [f64; 8]); 6] = [
            (
                "IE2",
                1500.0,
                [59.1, 77.1, 79.6, 82.8, 88.7, 91.2, 94.0, 95.1],
            ),
            (
                "IE3",
                3000.0,
                [60.8, 77.8, 80.7, 84.2, 90.1, 92.4, 94.7, 95.8],
            ),
            (
                "IE3",
                1500.0,
                [64.8, 80.8, 82.5, 85.3, 90.4, 92.6, 95.0, 96.0],
            ),
            (
                "IE3",
                1000.0,
                [57.7, 77.2, 78.9, 82.5, 89.1, 91.7, 94.6, 95.8],
            ),
            (
                "IE4",
                1500.0,
                [69.8, 83.9, 85.7, 88.2, 92.6, 94.2, 96.0, 96.7],
            ),
            (
                "IE4",
                1000.0,
                [64.9, 80.9, 82.7, 85.9, 91.3, 93.4, 95.4, 96.3],
            ),
        ];
        for (class, rpm, values) in tables {
            for (power, value) in powers.iter().zip(values) {
                assert_eq!(
                    percent(class, *power, rpm),
                    Some(value),
                    "{class} {power} {rpm}"
                );
            }
        }
    }

    #[test]
    fn beyond_the_curves_there_is_none() {
        assert_eq!(
            percent("IE3", 1000.0, 1500.0),
            percent("IE3", 200.0, 1500.0)
        );
        for (class, power, rpm) in [
            ("IE3", 1001.0, 1500.0),
            ("IE3", 0.65, 1500.0),
            ("IE3", 0.11, 1500.0),
            ("IE3", 10.0, 599.0),
            ("IE3", 10.0, 6001.0),
            ("IE3", -1.0, 1500.0),
            ("IE3", f64::NAN, 1500.0),
            ("IE3", 10.0, f64::NAN),
            ("IE5", 10.0, 1500.0),
        ] {
            assert_eq!(percent(class, power, rpm), None, "{class} {power} {rpm}");
        }
        // The slower range holds at its end.
        let poles = |rpm: f64| nominal("IE3", 1e4, rpm * PI / 30.0).map(|n| n.poles);
        assert_eq!(
            [900.0, 901.0, 1800.0, 1801.0].map(|rpm| poles(rpm).ok()),
            [8, 6, 4, 2].map(Some)
        );
    }

    #[test]
    fn half_of_the_losses_is_half_of_the_ratio() {
        // 1 kW of shaft power: 100 W are lost where the nominal motor loses 200 W.
        assert!((loss_ratio(1.0 / 1.1, 1.0 / 1.2) - 0.5).abs() < 1e-12);
        assert!((loss_ratio(0.9, 0.9) - 1.0).abs() < 1e-12);
    }
}
