//! The most torque that cooling allows for as long as it takes (duty S1), or for a time from cold (S2): how it is sought and
//! what it leaves open, whatever the machine. Where its losses come from is the machine's own.

use super::heat::Heated;
use super::uncertainty::Band;
use crate::heat::machine::WITHOUT_END;
use crate::record::field::{self as f, Field};

/// What a torque makes of the machine.
pub(super) struct Load {
    /// Rises of winding and magnets over what they may be.
    pub(super) ratios: [f64; 2],
    /// Uncertainty of a rise over itself.
    pub(super) share: f64,
    pub(super) basis: String,
}

impl Load {
    /// By the balance of losses and cooling, and the temperature that magnets may have [°C], infinite where there are none. A
    /// winding that heats itself without end is beyond any limit.
    pub(super) fn of(balance: Result<Heated, String>, magnets: f64) -> Result<Self, String> {
        match balance {
            Ok(heated) => Ok(Self {
                ratios: heated.over(magnets),
                share: heated.share(),
                basis: heated.basis().to_owned(),
            }),
            Err(reason) if reason == WITHOUT_END => Ok(Self::without_end()),
            Err(reason) => Err(reason),
        }
    }

    /// A winding that heats itself without end.
    pub(super) fn without_end() -> Self {
        Self {
            ratios: [f64::INFINITY, 0.0],
            share: 0.0,
            basis: WITHOUT_END.to_owned(),
        }
    }

    pub(super) fn worst(&self) -> f64 {
        self.ratios[0].max(self.ratios[1])
    }

    pub(super) fn is_cool(&self) -> bool {
        self.worst() <= 1.0
    }

    /// By how much the torque is uncertain because temperatures are [N m]: hotter by the uncertainty of the rise, less torque
    /// reaches the limit. `less` is the load of a torque that is less by so much [N m], `kept` that of the torque with the
    /// losses of the field as they were.
    ///
    /// # Errors
    /// When temperatures do not rise with torque, or the machine may not come to rest.
    pub(super) fn by_heat(&self, (less, apart): (&Load, f64), kept: &Load) -> Result<f64, String> {
        let slope = (self.worst() - less.worst()) / apart;
        if slope.is_nan() || slope <= 0.0 {
            return Err("the temperatures do not rise with torque".to_owned());
        }
        let by_field = (kept.worst() - self.worst()).abs();
        if !by_field.is_finite() {
            return Err("whether the iron lets the machine come to rest is open".to_owned());
        }
        let left_open = (self.worst() * self.share).hypot(by_field);
        Ok(((self.worst() + left_open - 1.0) / slope).max(0.0))
    }
}

/// Why there is no such torque.
pub(super) const NONE: &str =
    "at base speed the losses without torque are more than the cooling takes";

/// Halves the way between a torque that stays cool and one that does not, so many times; gives both ends of what is left.
pub(super) fn halved(
    (mut cool, mut hot): (f64, f64),
    times: usize,
    is_cool: impl Fn(f64) -> Result<bool, String>,
) -> Result<(f64, f64), String> {
    for _ in 0..times {
        let middle = 0.5 * (cool + hot);
        if is_cool(middle)? {
            cool = middle;
        } else {
            hot = middle;
        }
    }
    Ok((cool, hot))
}

/// Where the point stands in a record.
pub(super) struct Names {
    /// Torque over the one that is required, torque [N m], power [kW], current [A].
    numbers: [&'static Field; 4],
    /// What bounds it.
    pub(super) bound: &'static Field,
}

/// Under duty S1.
pub(super) const S1: Names = Names {
    numbers: [
        &f::CONTINUOUS_TORQUE_TO_REQUIREMENT_RATIO,
        &f::CONTINUOUS_TORQUE_N_M,
        &f::CONTINUOUS_POWER_KW,
        &f::CONTINUOUS_CURRENT_A,
    ],
    bound: &f::CONTINUOUS_BOUND,
};

/// Under duty S2.
pub(super) const S2: Names = Names {
    numbers: [
        &f::SHORT_TIME_TORQUE_TO_REQUIREMENT_RATIO,
        &f::SHORT_TIME_TORQUE_N_M,
        &f::SHORT_TIME_POWER_KW,
        &f::SHORT_TIME_CURRENT_A,
    ],
    bound: &f::SHORT_TIME_BOUND,
};

/// The numbers of the point in a record: torque [N m] and over the one that is required, power [kW], current [A].
pub(super) fn numbers(
    names: &Names,
    torque: Result<Band, String>,
    required: f64,
    power: Result<Band, String>,
    current: Result<Band, String>,
) -> [(&'static Field, Result<Band, String>); 4] {
    let over = torque.clone().map(|b| b.scaled(1.0 / required));
    let [to_requirement, itself, of_shaft, of_phase] = names.numbers;
    [
        (to_requirement, over),
        (itself, torque),
        (of_shaft, power),
        (of_phase, current),
    ]
}
