//! Duty types.

use std::fmt;
use std::str::FromStr;

/// For how long a machine is loaded, after the duty types of IEC 60034-1 (by memory): S1, S2 and S3.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Duty {
    /// S1: constant load until nothing grows warmer.
    Continuous,
    /// S2: constant load for a time [s] from the temperature of the coolant on.
    ShortTime(f64),
    /// S3: constant load for a share of a cycle, rest for what is left of it, cycle after cycle.
    Intermittent {
        /// Share of the cycle under load.
        on: f64,
        /// Length of the cycle [s].
        cycle: f64,
    },
}

/// A cycle of S3 of which nobody states the length [min].
const CYCLE_MIN: f64 = 10.0;
/// Longest time that is stated in minutes: a day.
const LONGEST_MIN: f64 = 1440.0;

impl FromStr for Duty {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || {
            format!(
                "`{text}`: expected s1; s2:MINUTES as in s2:30; or s3:PERCENT, s3:PERCENT:MINUTES as in s3:25 and \
                 s3:40:5, with at most {LONGEST_MIN} minutes and less than 100 percent"
            )
        };
        let number = |text: &str| -> Result<f64, String> {
            let found: f64 = text.parse().map_err(|_| expected())?;
            Some(found)
                .filter(|x| x.is_finite() && *x > 0.0)
                .ok_or_else(expected)
        };
        let minutes = |text: &str| -> Result<f64, String> {
            let found = number(text)?;
            (found <= LONGEST_MIN)
                .then_some(60.0 * found)
                .ok_or_else(expected)
        };
        let parts: Vec<&str> = text.split(':').collect();
        match parts[..] {
            ["s1" | "S1"] => Ok(Duty::Continuous),
            ["s2" | "S2", time] => Ok(Duty::ShortTime(minutes(time)?)),
            ["s3" | "S3", percent] | ["s3" | "S3", percent, _] => {
                let on = number(percent)? / 100.0;
                let cycle = match parts.get(2) {
                    Some(text) => minutes(text)?,
                    None => 60.0 * CYCLE_MIN,
                };
                (on < 1.0)
                    .then_some(Duty::Intermittent { on, cycle })
                    .ok_or_else(expected)
            }
            _ => Err(expected()),
        }
    }
}

impl fmt::Display for Duty {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Duty::Continuous => write!(out, "S1"),
            Duty::ShortTime(time) => write!(out, "S2 {} min", time / 60.0),
            Duty::Intermittent { on, cycle } => {
                let percent = crate::unit::round_significant(100.0 * on, 6);
                write!(out, "S3 {percent} % of {} min", cycle / 60.0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Duty;

    #[test]
    fn duties_are_read_as_they_are_written_and_others_are_refused() {
        let read = |text: &str| text.parse::<Duty>().map(|duty| duty.to_string());
        assert_eq!(read("s1").as_deref(), Ok("S1"));
        assert_eq!(read("s2:30").as_deref(), Ok("S2 30 min"));
        assert_eq!(read("S3:25").as_deref(), Ok("S3 25 % of 10 min"));
        assert_eq!(read("s3:40:5").as_deref(), Ok("S3 40 % of 5 min"));
        for wrong in [
            "",
            "s4",
            "s1:3",
            "s2",
            "s2:0",
            "s2:-1",
            "s2:nan",
            "s2:inf",
            "s2:1441",
            "s3",
            "s3:0",
            "s3:100",
            "s3:25:0",
            "s3:25:10:1",
            "s3:x",
        ] {
            let told = read(wrong).unwrap_err();
            assert!(told.contains("expected s1; s2:MINUTES"), "{told}");
        }
    }
}
