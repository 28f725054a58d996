//! Drive cycles: the speed of a vehicle over time, as a regulation prescribes it or a user has recorded it.

use crate::unit::kmh;
use serde::Deserialize;

/// The speed of a vehicle over time, straight between its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    /// What it is called.
    pub name: String,
    /// Where a shipped one comes from.
    pub source: Option<String>,
    /// Time [s], rising, and speed [m/s].
    pub points: Vec<(f64, f64)>,
    /// Where its phases end [s], the last at the last point.
    pub phase_ends: Vec<f64>,
}

/// A cycle that cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CycleError {
    /// A file that is no table.
    #[error(
        "{name}: {reason}; expected comma-separated lines of two numbers under the names \
         time_s,speed_kmh"
    )]
    Table {
        /// File.
        name: String,
        /// What was found.
        reason: String,
    },
    /// A row that no vehicle can drive.
    #[error("{name}:{line}: {found}; expected {expected}")]
    Row {
        /// File.
        name: String,
        /// Line.
        line: u64,
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// Too few rows.
    #[error("{name}: {rows} rows; expected two or more, with movement between them")]
    Short {
        /// File.
        name: String,
        /// Rows.
        rows: usize,
    },
}

/// A shipped cycle: a speed a second.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    name: String,
    source: String,
    phase_ends_s: Vec<f64>,
    speed_kmh: Vec<f64>,
}

/// Highest speed that is believed [km/h].
const FASTEST: f64 = 500.0;

impl Cycle {
    /// The Worldwide harmonized Light vehicles Test Cycle of class 3b: low, medium, high and extra high speed.
    ///
    /// # Errors
    /// When the shipped table is no cycle.
    pub fn wltc_3b() -> Result<Self, CycleError> {
        let text = include_str!("wltc_3b.json");
        let shipped: Shipped = serde_json::from_str(text).map_err(|error| CycleError::Table {
            name: "wltc_3b.json".to_owned(),
            reason: error.to_string(),
        })?;
        let seconds = shipped.speed_kmh.into_iter().enumerate();
        Ok(Self {
            name: shipped.name,
            source: Some(shipped.source),
            points: seconds.map(|(t, v)| (t as f64, v * kmh::SCALE)).collect(),
            phase_ends: shipped.phase_ends_s,
        })
    }

    /// The cycle of a table with the columns `time_s` and `speed_kmh`; it has one phase.
    ///
    /// # Errors
    /// When the table is something else, time does not rise, or a speed is none.
    pub fn from_csv(name: &str, bytes: &[u8]) -> Result<Self, CycleError> {
        let table = |reason: String| CycleError::Table {
            name: name.to_owned(),
            reason,
        };
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let header = reader.headers().map_err(|error| table(error.to_string()))?;
        if header.iter().ne(["time_s", "speed_kmh"]) {
            let found: Vec<&str> = header.iter().collect();
            return Err(table(format!("the first line is `{}`", found.join(","))));
        }
        let mut points: Vec<(f64, f64)> = vec![];
        for record in reader.records() {
            let record = record.map_err(|error| table(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let wrong = |found: String, expected| CycleError::Row {
                name: name.to_owned(),
                line,
                found,
                expected,
            };
            let number = |k: usize| {
                let text = record.get(k).unwrap_or_default();
                let value = text.parse::<f64>().ok().filter(|x| x.is_finite());
                value.ok_or_else(|| wrong(format!("`{text}`"), "a number"))
            };
            let (time, speed) = (number(0)?, number(1)?);
            if points.last().is_some_and(|(before, _)| time <= *before) {
                let expected = "a time after that of the line before";
                return Err(wrong(format!("time_s {time}"), expected));
            }
            if !(0.0..=FASTEST).contains(&speed) {
                let expected = "a speed from 0 to 500 km/h";
                return Err(wrong(format!("speed_kmh {speed}"), expected));
            }
            points.push((time, speed * kmh::SCALE));
        }
        let cycle = Self {
            name: name.to_owned(),
            source: None,
            phase_ends: points.last().map(|(time, _)| *time).into_iter().collect(),
            points,
        };
        if cycle.distance() > 0.0 {
            Ok(cycle)
        } else {
            Err(CycleError::Short {
                name: name.to_owned(),
                rows: cycle.points.len(),
            })
        }
    }

    /// The straight pieces between its points.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> + '_ {
        self.points.windows(2).map(|ends| {
            let ((start, before), (end, after)) = (ends[0], ends[1]);
            let duration = end - start;
            Piece {
                end,
                duration,
                speed: 0.5 * (before + after),
                acceleration: (after - before) / duration,
            }
        })
    }

    /// Its length [m].
    pub fn distance(&self) -> f64 {
        self.pieces().map(|p| p.speed * p.duration).sum()
    }

    /// Its highest speed [m/s].
    pub fn fastest(&self) -> f64 {
        self.points.iter().map(|p| p.1).fold(0.0, f64::max)
    }
}

/// A stretch of constant acceleration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// When it ends [s].
    pub end: f64,
    /// How long it takes [s].
    pub duration: f64,
    /// Mean speed [m/s].
    pub speed: f64,
    /// Acceleration [m/s²].
    pub acceleration: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// UN GTR 15, Annex 1: 1800 s, 3095, 4756, 7162 and 8254 m, 131.3 km/h; the sum of all speeds is that by which
    /// transcriptions are compared.
    #[test]
    fn the_shipped_cycle_has_the_lengths_of_the_regulation() {
        let cycle = Cycle::wltc_3b().expect("shipped");
        assert_eq!(cycle.points.len(), 1801);
        assert!((cycle.fastest() / kmh::SCALE - 131.3).abs() < 1e-9);
        let sum: f64 = cycle.points.iter().map(|p| p.1 / kmh::SCALE).sum();
        assert!((sum - 83_758.6).abs() < 1e-6, "{sum}");
        assert_eq!(cycle.phase_ends, [589.0, 1022.0, 1477.0, 1800.0]);
        let mut start = 0.0;
        for (end, length) in cycle
            .phase_ends
            .iter()
            .zip([3095.0, 4756.0, 7162.0, 8254.0])
        {
            let pieces = cycle.pieces().filter(|p| p.end > start && p.end <= *end);
            let found: f64 = pieces.map(|p| p.speed * p.duration).sum();
            assert!((found - length).abs() < 1.0, "{found} {length}");
            start = *end;
        }
    }

    #[test]
    fn a_table_is_read_and_a_wrong_one_is_told_by_its_line() {
        let read = |text: &str| Cycle::from_csv("trip.csv", text.as_bytes());
        let cycle = read("time_s, speed_kmh\n0,0\n10,36\n20,36\n").expect("a cycle");
        assert!((cycle.distance() - 150.0).abs() < 1e-9);
        let told = |text: &str| read(text).expect_err("refused").to_string();
        for (text, found) in [
            ("", "the first line is ``"),
            ("t,v\n0,0\n1,1\n", "the first line is `t,v`"),
            ("time_s,speed_kmh\n0,0\n1\n", "record 2"),
            ("time_s,speed_kmh\n0,0\n1,x\n", "trip.csv:3: `x`"),
            ("time_s,speed_kmh\n0,0\n1,nan\n", "trip.csv:3: `nan`"),
            ("time_s,speed_kmh\n0,0\n1,-5\n", "trip.csv:3: speed_kmh -5"),
            (
                "time_s,speed_kmh\n0,0\n1,501\n",
                "trip.csv:3: speed_kmh 501",
            ),
            ("time_s,speed_kmh\n5,0\n5,1\n", "trip.csv:3: time_s 5"),
            ("time_s,speed_kmh\n0,9\n", "1 rows"),
            ("time_s,speed_kmh\n0,0\n9,0\n", "2 rows"),
        ] {
            assert!(told(text).contains(found), "{text:?}: {}", told(text));
        }
    }
}
