//! A phase fed from a direct voltage through a half bridge of its own, over one turn by a rotor pitch.
//!
//! dψ/dt = v - R i, at constant speed, with the voltage of the supply on the phase between two angles and
//! against it afterwards until nothing flows (T. J. E. Miller, "Switched Reluctance Motors and Their Control",
//! Magna Physics and Clarendon Press 1993). Where more current would flow than the control allows, it is held
//! there: the limit of hysteresis control with a narrow band, whose voltage is the mean of what is switched.
//! At low speed that gives flat blocks of current, at high speed a single pulse. What the phases share is
//! neglected here.

use super::cycle::Cycle;
use super::map::PhaseMap;
use super::surface::{Slice, Surface};

/// A drive that cannot be.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DriveError {
    /// A map that no current can be read from.
    #[error(
        "the flux linkage of the map does not rise with the current {position_deg:.3}° from the aligned position"
    )]
    NotRising {
        /// Angle from the aligned position [deg].
        position_deg: f64,
    },
    /// Angles that make no pulse.
    #[error(
        "turn-on at {on_deg:.3}° and turn-off at {off_deg:.3}° make no pulse: expected turn-off later by less than a rotor pitch, {pitch_deg:.3}°"
    )]
    NoPulse {
        /// Turn-on from the unaligned position [deg].
        on_deg: f64,
        /// Turn-off from there [deg].
        off_deg: f64,
        /// Rotor pitch [deg].
        pitch_deg: f64,
    },
    /// The phase is never without current.
    #[error(
        "turned off at {off_deg:.3}°, the phase still carries {current_a:.1} A when its next pulse is due: continuous conduction is not covered; turn it off earlier"
    )]
    ContinuousConduction {
        /// Turn-off from the unaligned position [deg].
        off_deg: f64,
        /// Current left [A].
        current_a: f64,
    },
    /// No control keeps within the limits.
    #[error(
        "no turn-on and turn-off angles within {peak_a} A peak and {rms_a:.1} A rms give {wanted} at {speed_rpm:.0} rpm"
    )]
    OutOfReach {
        /// Peak current [A].
        peak_a: f64,
        /// Root mean square current [A].
        rms_a: f64,
        /// What was asked for.
        wanted: String,
        /// Speed [rpm].
        speed_rpm: f64,
    },
}

/// What feeds a phase, at a speed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circuit {
    /// Voltage of the supply [V].
    pub voltage: f64,
    /// Resistance of the phase [Ω].
    pub resistance: f64,
    /// Speed of the rotor, above zero [rad/s].
    pub speed: f64,
}

/// When a phase is fed, and how far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Control {
    /// Angle from the unaligned position at which the phase is turned on [rad].
    pub on: f64,
    /// Angle at which it is turned off [rad].
    pub off: f64,
    /// Current at which it is held [A].
    pub current: f64,
}

/// A machine whose phases are fed one by one, ready to be driven.
#[derive(Debug, Clone)]
pub struct Drive {
    currents: Vec<f64>,
    /// The surface at even steps of a rotor pitch from the unaligned position.
    slices: Vec<Slice>,
    phases: usize,
    /// Rotor pitch [rad].
    pitch: f64,
}

/// Steps of the angle for every phase. At low speed the current rises within one of them, so that a step more
/// or less at both ends of the pulse is the error of the mean torque.
pub const STEPS: usize = 360;

impl Drive {
    /// Of a map, at so many steps for each phase.
    ///
    /// # Errors
    /// When the flux linkage of the map does not rise with the current.
    pub fn new(map: &PhaseMap, phases: usize, steps: usize) -> Result<Self, DriveError> {
        let surface = Surface::of(map);
        let pitch = 2.0 * surface.half_pitch();
        let count = phases * steps;
        let slice = |j: usize| surface.at(pitch * j as f64 / count as f64);
        Ok(Self {
            slices: (0..count).map(slice).collect::<Result<_, _>>()?,
            currents: surface.currents,
            phases,
            pitch,
        })
    }

    /// Rotor pitch [rad].
    pub fn pitch(&self) -> f64 {
        self.pitch
    }

    /// Number of phases.
    pub fn phases(&self) -> usize {
        self.phases
    }

    /// Largest current of the map [A].
    pub fn largest_current(&self) -> f64 {
        self.currents[self.currents.len() - 1]
    }

    /// The largest torque of one phase over its positions with a current held in it [N m].
    pub fn most_static_torque(&self, current: f64) -> f64 {
        let torques = self
            .slices
            .iter()
            .map(|s| s.torque(&self.currents, current));
        torques.fold(0.0, f64::max)
    }

    /// Steps of a rotor pitch.
    pub(super) fn steps(&self) -> usize {
        self.slices.len()
    }

    fn slice(&self, step: i64) -> &Slice {
        &self.slices[step.rem_euclid(self.slices.len() as i64) as usize]
    }

    /// Follows a phase from its turn-on until nothing flows any more.
    ///
    /// The step takes the mean voltage of its interval, so that switching between two steps is kept, and the
    /// resistance by the trapezoidal rule.
    ///
    /// # Errors
    /// When the angles make no pulse, or current still flows when the next pulse is due.
    pub fn follow(&self, circuit: &Circuit, control: &Control) -> Result<Cycle, DriveError> {
        let count = self.slices.len();
        let width = self.pitch / count as f64;
        if !(control.off > control.on && control.off - control.on < self.pitch) {
            return Err(DriveError::NoPulse {
                on_deg: control.on.to_degrees(),
                off_deg: control.off.to_degrees(),
                pitch_deg: self.pitch.to_degrees(),
            });
        }
        let time = width / circuit.speed;
        let series = 0.5 * circuit.resistance * time;
        let full = circuit.voltage * time;
        let first = (control.on / width).floor() as i64;
        let mut cycle = Cycle::at_rest(self, circuit, control);
        let (mut linkage, mut current) = (0.0, 0.0);
        for step in first..first + count as i64 {
            let start = step as f64 * width;
            let share = |from: f64, to: f64| {
                ((to.min(start + width) - from.max(start)) / width).clamp(0.0, 1.0)
            };
            let (on, off) = (
                share(control.on, control.off),
                share(control.off, f64::INFINITY),
            );
            let next = self.slice(step + 1);
            // What ψ + R i Δt / 2 would be without any voltage.
            let rest = linkage - series * current;
            let mut push = full * (on - off);
            let mut then = next.current_for(&self.currents, rest + push, series);
            let mut held = false;
            if on > 0.0 && then > control.current {
                let hold = next.linkage(&self.currents, control.current) + series * control.current;
                push = (hold - rest).clamp(-full, push);
                then = next.current_for(&self.currents, rest + push, series);
                held = true;
            }
            if rest + push <= 0.0 {
                push = -rest;
                (linkage, then) = (0.0, 0.0);
            } else {
                linkage = rest + push - series * then;
            }
            let torque = next.torque(&self.currents, then);
            cycle.take(step, (current, then), (linkage, push / time), torque, held);
            current = then;
            if linkage == 0.0 && start + width > control.off {
                cycle.end(start + width);
                return Ok(cycle.summed());
            }
        }
        Err(DriveError::ContinuousConduction {
            off_deg: control.off.to_degrees(),
            current_a: current,
        })
    }
}

#[cfg(test)]
#[path = "drive_tests.rs"]
mod tests;
