//! A day of the calendar, at which declarations and rules are judged.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day of the Gregorian calendar. It is stated, never read from a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year.
    year: u16,
    /// Month, 1 to 12.
    month: u8,
    /// Day, 1 to 31.
    day: u8,
}

/// A text that names no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no day of the calendar, expected year-month-day such as 2026-06-01")]
pub struct NoSuchDay {
    /// What stands there.
    pub found: String,
}

impl Date {
    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }
}

impl FromStr for Date {
    type Err = NoSuchDay;

    fn from_str(text: &str) -> Result<Date, NoSuchDay> {
        let refuse = || NoSuchDay {
            found: text.to_owned(),
        };
        let bytes = text.as_bytes();
        let formed = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !formed {
            return Err(refuse());
        }
        let year: u16 = text[..4].parse().map_err(|_| refuse())?;
        let month: u8 = text[5..7].parse().map_err(|_| refuse())?;
        let day: u8 = text[8..].parse().map_err(|_| refuse())?;
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return Err(refuse()),
        };
        if !(1..=last).contains(&day) {
            return Err(refuse());
        }
        Ok(Date { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn the_calendar_is_the_gregorian() {
        let is_date = |text: &str| text.parse::<Date>().is_ok();
        assert!(is_date("2024-02-29") && is_date("2000-02-29") && is_date("2026-12-31"));
        assert!(!is_date("2023-02-29") && !is_date("1900-02-29") && !is_date("2026-13-01"));
        assert!(!is_date("2026-00-10") && !is_date("2026-04-31") && !is_date("2026-04-00"));
        assert!(!is_date("2026-4-01") && !is_date("+026-04-01") && !is_date("2026-04-01 "));
    }

    #[test]
    fn days_are_ordered_and_written_as_they_were_read() {
        let (early, late): (Date, Date) = (
            "2025-10-15".parse().expect("a day"),
            "2026-06-01".parse().expect("a day"),
        );
        assert!(early < late);
        assert_eq!(early.to_string(), "2025-10-15");
    }
}
