//! What a phase does over one turn by a rotor pitch, and what all phases give together.

use super::drive::{Circuit, Control, Drive};

/// A phase over a rotor pitch, in steady operation, and the machine of such phases.
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    /// What feeds it.
    pub circuit: Circuit,
    /// How it is controlled.
    pub control: Control,
    /// Step of the angle [rad]; the waveforms begin at the unaligned position.
    pub step: f64,
    /// Phase current [A].
    pub current: Vec<f64>,
    /// Flux linkage [V s].
    pub linkage: Vec<f64>,
    /// Voltage, the mean of the step that begins there [V].
    pub voltage: Vec<f64>,
    /// Torque of the phase [N m].
    pub phase_torque: Vec<f64>,
    /// Torque of all phases [N m].
    pub torque: Vec<f64>,
    /// Angle from the unaligned position at which nothing flows any more [rad].
    pub extinction: f64,
    /// Share of the pulse in which the current is held.
    pub held_ratio: f64,
    /// Mean torque of the machine [N m].
    pub mean_torque: f64,
    /// Largest less least torque over the magnitude of the mean; none where the mean is none.
    pub ripple_ratio: Option<f64>,
    /// Peak of the phase current [A].
    pub peak_current: f64,
    /// Root mean square of the phase current [A].
    pub rms_current: f64,
    /// Root mean square of the phase voltage, of what is switched its mean [V].
    pub rms_voltage: f64,
    /// Electrical power of the machine [W].
    pub electrical_power: f64,
    /// Mechanical power of the machine [W].
    pub mechanical_power: f64,
    /// Copper loss of the machine at even current density [W].
    pub copper_loss: f64,
    /// Power that flows to the phases before some of it returns [W].
    pub supplied_power: f64,
    phases: usize,
    held: usize,
    pulse: usize,
}

impl Cycle {
    pub(super) fn at_rest(drive: &Drive, circuit: &Circuit, control: &Control) -> Self {
        let count = drive.steps();
        let none = || vec![0.0; count];
        Self {
            circuit: *circuit,
            control: *control,
            step: drive.pitch() / count as f64,
            current: none(),
            linkage: none(),
            voltage: none(),
            phase_torque: none(),
            torque: none(),
            extinction: control.off,
            held_ratio: 0.0,
            mean_torque: 0.0,
            ripple_ratio: None,
            peak_current: 0.0,
            rms_current: 0.0,
            rms_voltage: 0.0,
            electrical_power: 0.0,
            mechanical_power: 0.0,
            copper_loss: 0.0,
            supplied_power: 0.0,
            phases: drive.phases(),
            held: 0,
            pulse: 0,
        }
    }

    /// Takes a step: currents at both ends [A], flux linkage at its end [V s], its voltage [V], torque at its
    /// end [N m].
    pub(super) fn take(
        &mut self,
        step: i64,
        (before, then): (f64, f64),
        (linkage, voltage): (f64, f64),
        torque: f64,
        held: bool,
    ) {
        let count = self.current.len() as i64;
        let (here, next) = (
            step.rem_euclid(count) as usize,
            (step + 1).rem_euclid(count) as usize,
        );
        self.current[next] = then;
        self.linkage[next] = linkage;
        self.phase_torque[next] = torque;
        self.voltage[here] = voltage;
        self.held += usize::from(held);
        self.pulse += usize::from(voltage > 0.0 || held);
        let power = 0.5 * (before + then) * voltage;
        self.electrical_power += power;
        self.supplied_power += power.max(0.0);
    }

    pub(super) fn end(&mut self, extinction: f64) {
        self.extinction = extinction;
    }

    /// Forms the means.
    pub(super) fn summed(mut self) -> Self {
        let count = self.current.len();
        let machine = self.phases as f64;
        let mean = |of: &mut dyn Iterator<Item = f64>| of.sum::<f64>() / count as f64;
        self.electrical_power *= machine / count as f64;
        self.supplied_power *= machine / count as f64;
        // Current runs straight from step to step.
        let squares = mean(&mut (0..count).map(|j| {
            let (a, b) = (self.current[j], self.current[(j + 1) % count]);
            (a * a + a * b + b * b) / 3.0
        }));
        self.rms_current = squares.sqrt();
        self.rms_voltage = mean(&mut self.voltage.iter().map(|v| v * v)).sqrt();
        self.copper_loss = machine * self.circuit.resistance * squares;
        self.mean_torque = machine * mean(&mut self.phase_torque.iter().copied());
        self.mechanical_power = self.mean_torque * self.circuit.speed;
        // Every phase does the same, a share of the pitch later.
        let apart = count / self.phases;
        for j in 0..count {
            self.torque[j] = (0..self.phases)
                .map(|k| self.phase_torque[(j + k * apart) % count])
                .sum();
        }
        let most = self
            .torque
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max);
        let least = self.torque.iter().copied().fold(f64::INFINITY, f64::min);
        let ripple = (most - least) / self.mean_torque.abs();
        self.ripple_ratio = ripple.is_finite().then_some(ripple);
        self.peak_current = self.current.iter().copied().fold(0.0, f64::max);
        self.held_ratio = self.held as f64 / self.pulse.max(1) as f64;
        self
    }

    /// The largest flux linkage of the phase [V s].
    pub fn most_linkage(&self) -> f64 {
        self.linkage.iter().copied().fold(0.0, f64::max)
    }

    /// Area of the loop of flux linkage over current [J]: what a phase turns into work in a rotor pitch.
    pub fn loop_area(&self) -> f64 {
        let count = self.current.len();
        (0..count)
            .map(|j| {
                let next = (j + 1) % count;
                0.5 * (self.current[j] + self.current[next])
                    * (self.linkage[next] - self.linkage[j])
            })
            .sum()
    }

    /// Share of the power sent to the phases that becomes mechanical power and copper loss; the rest returns.
    pub fn energy_conversion_ratio(&self) -> Option<f64> {
        let ratio = self.electrical_power / self.supplied_power;
        ratio.is_finite().then_some(ratio)
    }

    /// What corresponds to a power factor: electrical power over root mean square voltage and current.
    pub fn power_factor_ratio(&self) -> Option<f64> {
        let apparent = self.phases as f64 * self.rms_voltage * self.rms_current;
        let ratio = self.electrical_power / apparent;
        ratio.is_finite().then_some(ratio)
    }

    /// Electrical power that is neither mechanical power nor copper loss, over the power sent to the phases:
    /// the error of the steps.
    pub fn energy_residual_ratio(&self) -> f64 {
        let left = self.electrical_power - self.mechanical_power - self.copper_loss;
        if self.supplied_power > 0.0 {
            left / self.supplied_power
        } else {
            0.0
        }
    }
}
