//! What `dualcert solve` shows instead of one point, as asked for on the command line.

use super::input;
use super::physics::{At, Axis, View};
use crate::cycle::Cycle;
use crate::heat::duty::Duty;
use crate::unit::{deg, rpm};
use clap::Args;
use std::io::Read;
use std::path::PathBuf;

/// The word for the shipped cycle.
const WLTC_3B: &str = "wltc-3b";

/// At most one of them.
#[derive(Debug, Args)]
pub(super) struct Look {
    /// Show the flux density along the middle of the air gap and its waves, at one rotor position
    #[arg(long, groups = ["view", "one_position"])]
    gap: bool,
    /// Show the field in every grid cell of the sector that repeats, at one rotor position
    #[arg(long, groups = ["view", "one_position"])]
    field: bool,
    /// Show flux linkages and torque over a grid of currents, every node solved
    #[arg(long, group = "view")]
    map: bool,
    /// Show the most torque over speed within current and voltage, driving and generating, the voltage without control
    /// and the torque of a lasting short circuit; of a switched reluctance machine the most torque alone
    #[arg(long, groups = ["view", "over_speed"])]
    envelope: bool,
    /// Show losses and efficiency over torque and speed, driving and generating
    #[arg(long, groups = ["view", "over_speed"])]
    efficiency_map: bool,
    /// Show how warm the machine grows under a duty at rated torque and base speed, and the torque that its cooling
    /// allows over speed
    #[arg(long, groups = ["view", "over_speed"])]
    heat: bool,
    /// With --heat: s1; s2:MINUTES from the temperature of the coolant on; s3:PERCENT of cycles of 10 minutes, or
    /// s3:PERCENT:MINUTES
    #[arg(long, value_name = "DUTY", requires = "heat", default_value = "s1",
        conflicts_with_all = ["envelope", "efficiency_map", "map", "gap", "field", "drive_cycle", "wind_year"])]
    duty: Duty,
    /// Show the energy that the vehicle of the design takes over a drive cycle and where it stays: wltc-3b, or a file of
    /// comma-separated lines under the names time_s,speed_kmh
    #[arg(long, value_name = "CYCLE", group = "view")]
    drive_cycle: Option<PathBuf>,
    /// Show the energy that the generator gives over a year of the wind of the design, and what it loses
    #[arg(long, group = "view")]
    wind_year: bool,
    /// With --gap or --field: electrical angle from the axis of phase A to the d axis, in degrees; the
    /// grid turns by whole columns and the nearest position is taken and printed [default: 0]
    #[arg(long, value_name = "DEG", allow_negative_numbers = true, value_parser = angle,
        requires = "one_position")]
    position_deg: Option<f64>,
    /// With --map: first and last d current in amperes and how many [default: the current limit,
    /// negative, to 0 in 6]
    #[arg(long, value_name = "FROM:TO:COUNT", allow_hyphen_values = true, value_parser = axis,
        requires = "map", conflicts_with_all = ["id_a", "iq_a", "over_speed", "drive_cycle", "wind_year"])]
    id_a_range: Option<Axis>,
    /// With --map: first and last q current in amperes and how many [default: 0 to the current limit in 6]
    #[arg(long, value_name = "FROM:TO:COUNT", allow_hyphen_values = true, value_parser = axis,
        requires = "map", conflicts_with_all = ["id_a", "iq_a", "over_speed", "drive_cycle", "wind_year"])]
    iq_a_range: Option<Axis>,
    /// With --envelope, --efficiency-map or --heat: first and last speed in revolutions per minute and how many [default:
    /// up to the highest of the design, 31 from rest, 30 or 16 above it; of a switched reluctance machine 10 or 15]
    #[arg(long, value_name = "FROM:TO:COUNT", allow_hyphen_values = true, value_parser = speeds,
        requires = "over_speed", conflicts_with_all = ["map", "gap", "field", "drive_cycle", "wind_year"])]
    speed_rpm_range: Option<Axis>,
    /// With --efficiency-map: first and last magnitude of the torque in newton metres and how many [default: 30 up to
    /// the most at the least speed, of a switched reluctance machine 15]
    #[arg(long, value_name = "FROM:TO:COUNT", allow_hyphen_values = true, value_parser = above_zero,
        requires = "efficiency_map", conflicts_with_all = ["envelope", "heat", "map", "gap", "field", "drive_cycle", "wind_year"])]
    torque_n_m_range: Option<Axis>,
    /// With --map of a switched reluctance machine: first and last current of the phase in amperes and how many
    /// [default: 12 up to the current limit]
    #[arg(long, value_name = "FROM:TO:COUNT", allow_hyphen_values = true, value_parser = axis,
        requires = "map", conflicts_with_all = ["id_a_range", "iq_a_range", "over_speed", "drive_cycle", "wind_year"])]
    current_a_range: Option<Axis>,
}

impl Look {
    /// Whether something of d and q axes was asked for.
    pub(super) fn asks_for_axes(&self) -> bool {
        self.gap || self.field || self.id_a_range.is_some() || self.iq_a_range.is_some()
    }

    /// The look at a switched reluctance machine that was asked for, if any was.
    ///
    /// # Errors
    /// In words, when its currents are none.
    pub(super) fn phase(&self) -> Result<Option<View>, String> {
        match self.current_a_range {
            Some(axis) if axis.from <= 0.0 => {
                Err("--current-a-range: expected currents above zero".to_owned())
            }
            currents if self.map => Ok(Some(View::Phase { currents })),
            _ if self.envelope => Ok(Some(View::PhaseEnvelope {
                speeds: self.speeds_of_drive()?,
            })),
            _ if self.efficiency_map => Ok(Some(View::PhaseEfficiency {
                speeds: self.speeds_of_drive()?,
                torques: self.torque_n_m_range,
            })),
            _ => Ok(None),
        }
    }

    /// The speeds that were asked for [rad/s], where each needs a turn of the rotor.
    fn speeds_of_drive(&self) -> Result<Option<Axis>, String> {
        match self.speed_rpm_range {
            Some(axis) if axis.from <= 0.0 => Err(
                "--speed-rpm-range: expected speeds above zero; no pulse ends while the rotor rests"
                    .to_owned(),
            ),
            axis => Ok(axis.map(per_second)),
        }
    }

    /// What was asked for over speed that a machine whose phases are fed one by one does not have, by its flag.
    pub(super) fn over_speed(&self) -> Option<&'static str> {
        [(self.heat, "--heat"), (self.wind_year, "--wind-year")]
            .into_iter()
            .find_map(|(asked, flag)| asked.then_some(flag))
    }

    /// Whether something was asked for that chooses its currents itself.
    pub(super) fn chooses_currents(&self) -> bool {
        let over_time = self.drive_cycle.is_some() || self.wind_year;
        self.map || self.envelope || self.efficiency_map || self.heat || over_time
    }

    /// Whether currents of one phase were asked for, which joined phases do not have.
    pub(super) fn asks_for_one_phase(&self) -> bool {
        self.current_a_range.is_some()
    }

    /// The drive cycle that was asked for.
    ///
    /// # Errors
    /// When it cannot be read or is none, in the words that people see.
    pub(super) fn cycle(&self, stdin: &mut dyn Read) -> Result<Option<Cycle>, String> {
        let Some(named) = &self.drive_cycle else {
            return Ok(None);
        };
        let cycle = if named.as_os_str() == WLTC_3B {
            Cycle::wltc_3b()
        } else {
            let bytes = input::bytes(named, stdin).map_err(|r| input::told(&r.findings))?;
            Cycle::from_csv(&input::name_of(named), &bytes)
        };
        cycle.map(Some).map_err(|error| format!("error: {error}"))
    }

    /// What is to be shown at d and q currents; nothing when one point was asked for.
    pub(super) fn view(
        &self,
        (id_a, iq_a): (Option<f64>, Option<f64>),
        harmonics: usize,
    ) -> Option<View> {
        let at = At {
            id_a: id_a.unwrap_or_default(),
            iq_a: iq_a.unwrap_or_default(),
            angle: deg::SCALE * self.position_deg.unwrap_or_default(),
        };
        if self.gap {
            Some(View::Gap { at, harmonics })
        } else if self.field {
            Some(View::Field { at })
        } else if self.wind_year {
            Some(View::Year)
        } else if self.envelope {
            let speeds = self.speed_rpm_range.map(per_second);
            Some(View::Envelope { speeds })
        } else if self.heat {
            let speeds = self.speed_rpm_range.map(per_second);
            Some(View::Heat {
                duty: self.duty,
                speeds,
            })
        } else if self.efficiency_map {
            Some(View::Efficiency {
                speeds: self.speed_rpm_range.map(per_second),
                torques: self.torque_n_m_range,
            })
        } else {
            self.map.then_some(View::Map {
                d: self.id_a_range,
                q: self.iq_a_range,
            })
        }
    }
}

/// Most values of an axis: two of them make ten thousand points of five fields each.
const MOST: usize = 101;

/// An angle of some turns at most: beyond, the degrees of a number would be lost to rounding.
pub(super) fn angle(text: &str) -> Result<f64, String> {
    match super::finite(text)? {
        degrees if degrees.abs() <= 36_000.0 => Ok(degrees),
        _ => Err("expected at most 36000 degrees".to_owned()),
    }
}

/// Speeds in rad/s of speeds in revolutions per minute.
fn per_second(axis: Axis) -> Axis {
    Axis {
        from: axis.from * rpm::SCALE,
        to: axis.to * rpm::SCALE,
        count: axis.count,
    }
}

/// `FROM:TO:COUNT` from rest on.
fn speeds(text: &str) -> Result<Axis, String> {
    match axis(text)? {
        axis if axis.from >= 0.0 => Ok(axis),
        _ => Err("expected speeds of zero and above".to_owned()),
    }
}

/// `FROM:TO:COUNT` above zero.
fn above_zero(text: &str) -> Result<Axis, String> {
    match axis(text)? {
        axis if axis.from > 0.0 => Ok(axis),
        _ => Err("expected torques above zero".to_owned()),
    }
}

/// `FROM:TO:COUNT`.
fn axis(text: &str) -> Result<Axis, String> {
    let expected =
        || format!("expected FROM:TO:COUNT, as in -200:0:6, with a count of 1 to {MOST}");
    let parts: Vec<&str> = text.split(':').collect();
    let [from, to, count] = parts[..] else {
        return Err(expected());
    };
    let current = |text| super::finite(text).map_err(|_| expected());
    let (from, to) = (current(from)?, current(to)?);
    let count: usize = count.parse().map_err(|_| expected())?;
    match count {
        1 if from == to => {}
        1 => return Err("a single value has one current as FROM and as TO".to_owned()),
        2..=MOST if from < to => {}
        2..=MOST => return Err("FROM must be less than TO".to_owned()),
        _ => return Err(expected()),
    }
    Ok(Axis { from, to, count })
}

#[cfg(test)]
mod tests {
    use super::axis;

    #[test]
    fn an_axis_runs_upward_and_meets_both_ends() {
        let values = axis("-200:0:6").expect("an axis").values();
        assert_eq!(values, [-200.0, -160.0, -120.0, -80.0, -40.0, 0.0]);
        assert_eq!(axis("-30:-30:1").expect("an axis").values(), [-30.0]);
        for wrong in [
            "", "1:2", "0:-5:3", "0:5:1", "0:5:0", "0:5:102", "0:inf:3", "nan:1:3", "a:1:3",
            "0:1:2:3", "0:1:2.5", "5:5:2",
        ] {
            assert!(axis(wrong).is_err(), "{wrong}");
        }
    }
}
