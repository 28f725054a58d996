//! What `dualcert solve` is asked of a machine whose phases are fed one by one.

use super::look::Look;
use super::physics::{View, Wish};
use crate::unit::{deg, rpm};
use clap::Args;

/// One current at one position, or a drive at a speed.
#[derive(Debug, Args)]
pub(super) struct Phase {
    /// Of a switched reluctance machine: current of the phase in amperes; with --speed-rpm the current at which
    /// it is held [default there: the current limit]
    #[arg(long, value_name = "A", value_parser = above_zero)]
    current_a: Option<f64>,
    /// Angle from the unaligned position in the direction of motion, in mechanical degrees
    #[arg(long, value_name = "DEG", allow_negative_numbers = true, value_parser = super::look::angle,
        requires = "current_a", conflicts_with = "speed_rpm")]
    position_from_unaligned_deg: Option<f64>,
    /// With --speed-rpm: angle from the unaligned position at which a phase is turned on, in mechanical degrees
    /// [default: the best]
    #[arg(long, value_name = "DEG", allow_negative_numbers = true, value_parser = super::look::angle,
        requires_all = ["turn_off_deg", "speed_rpm"])]
    turn_on_deg: Option<f64>,
    /// With --speed-rpm: angle at which it is turned off
    #[arg(long, value_name = "DEG", allow_negative_numbers = true, value_parser = super::look::angle,
        requires = "turn_on_deg")]
    turn_off_deg: Option<f64>,
    /// With --speed-rpm: find the angles and the current that give this torque with least root mean square
    /// current, instead of the most torque
    #[arg(long, value_name = "N_M", value_parser = above_zero, requires = "speed_rpm",
        conflicts_with_all = ["turn_on_deg", "current_a"])]
    torque_n_m: Option<f64>,
}

/// A number above zero.
fn above_zero(text: &str) -> Result<f64, String> {
    match super::finite(text)? {
        value if value > 0.0 => Ok(value),
        _ => Err("expected a number above zero".to_owned()),
    }
}

impl Phase {
    /// What of this was asked for that joined phases do not have, by its flag.
    pub(super) fn asked(&self) -> Option<&'static str> {
        [
            (self.current_a, "--current-a"),
            (self.turn_on_deg, "--turn-on-deg"),
            (self.torque_n_m, "--torque-n-m"),
        ]
        .into_iter()
        .find_map(|(value, flag)| value.map(|_| flag))
    }

    /// A view that chooses currents and angles itself.
    ///
    /// # Errors
    /// In words, when one of them was stated too.
    pub(super) fn alone(&self, view: View) -> Result<View, String> {
        match self.asked() {
            Some(flag) => Err(format!(
                "{flag}: a map, an envelope and a drive cycle choose currents and angles themselves; leave it out"
            )),
            None => Ok(view),
        }
    }

    /// What is to be shown.
    ///
    /// # Errors
    /// In words, when something was asked for that such a machine does not have.
    pub(super) fn view(&self, look: &Look, speed_rpm: Option<f64>) -> Result<View, String> {
        if look.asks_for_axes() {
            return Err(
                "a switched reluctance machine has no d and q currents: look at the map of its phase \
                 with --map, and --current-a-range if need be"
                    .to_owned(),
            );
        }
        if let Some(flag) = look.over_speed() {
            return Err(format!(
                "{flag}: of a switched reluctance machine only --envelope, --efficiency-map, --drive-cycle and a drive at one speed are computed"
            ));
        }
        if let Some(view) = look.phase()? {
            return self.alone(view);
        }
        let radians = |degrees: f64| deg::SCALE * degrees;
        match (speed_rpm, self.current_a, self.position_from_unaligned_deg) {
            (Some(speed), ..) if speed <= 0.0 => {
                Err("--speed-rpm: expected a speed above zero; a brake is turned on beyond the aligned position".to_owned())
            }
            (Some(speed), current, _) => Ok(View::Drive {
                speed: speed * rpm::SCALE,
                wish: match (self.turn_on_deg, self.turn_off_deg, self.torque_n_m) {
                    (Some(on), Some(off), _) => Wish::Angles {
                        on: radians(on),
                        off: radians(off),
                        current,
                    },
                    _ if current.is_some() => {
                        return Err("--current-a with --speed-rpm: state --turn-on-deg and --turn-off-deg too".to_owned());
                    }
                    (_, _, Some(torque)) => Wish::Torque(torque),
                    _ => Wish::MostTorque,
                },
            }),
            (None, Some(current), Some(position)) => Ok(View::PhasePoint {
                current,
                angle: radians(position),
            }),
            _ => Err(
                "a switched reluctance machine has no d and q currents: ask for --map, for --envelope, for \
                 --current-a with --position-from-unaligned-deg, or for --speed-rpm"
                    .to_owned(),
            ),
        }
    }
}
