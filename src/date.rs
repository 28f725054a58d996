//! A day of the calendar: at which rules are taken, from which a certificate holds.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
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
    /// The day on which so many seconds have passed since 1970-01-01T00:00:00Z; nothing after the year
    /// 9999. By the days of 400 years from 1 March (Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms", 2013, `civil_from_days`).
    #[must_use]
    pub fn of_unix(seconds: u64) -> Option<Date> {
        let days = seconds / 86_400 + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        format!("{year:04}-{month:02}-{day:02}").parse().ok()
    }

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

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$" })
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

    #[test]
    fn seconds_fall_on_their_day() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_735_689_599, "2024-12-31"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Date::of_unix(seconds), day.parse().ok(), "{seconds}");
        }
        assert_eq!(Date::of_unix(u64::MAX / 2), None);
    }
}
