//! What spreads beyond the inner and the outer edge of the iron between the teeth, as room for flux in the slices.
//!
//! The ends of the teeth stand in air. Flux passes from one to the next outside of the slot too, through the end turns and
//! beyond them, and is linked with the coils as that within the slot is: what leaves the end of a tooth at a height has
//! come past the conductors beneath it. In the slices it is flux across the slot with more room than they are long. How
//! much follows from the potential in the plane of the edge, as the windings make it where iron costs nothing: along the
//! axis it rises over the depth of the coils, is that of the tooth up to the gap, and falls to nothing across gap and
//! magnets, or across the gap alone where magnets lie within iron, which is at none; around the circumference it is that of each tooth, evenly rising across the slots between them, in the order
//! in which the winding feeds the teeth. Beyond the plane each wave e^{iky} of it decays by Laplace's equation,
//!
//! Ω(x, z) from Ω(0, z) = g(z):  -∂Ω/∂x = D_k g,  D_k = (k² - ∂²/∂z²)^{1/2} = (1/π) K₀(k|z|) * (k² - ∂²/∂z²),
//!
//! where * is the convolution along the axis and K₀ the modified Bessel function of the second kind (its transform is
//! π/(k² + κ²)^{1/2}: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 1964, section 9.6.21). The edge is
//! taken as a plane, and iron that does not end there as reaching it with the potential it has within.
//!
//! With teeth n of potentials e^{inθ}, slots w wide at a pitch τ and waves k_m = |θ + 2πm|/τ, the energy beyond the plane
//! is that of a longer slot, by
//!
//! l = (w/τ) Σ_m (sin(k_m w/2)/(k_m w/2))² ∫ g D_{k_m} g dz / (k_m² ∫ g² dz),
//!
//! with both integrals over the height of the ring for which it is asked; what leaves through the side of gap and magnets
//! stands in the ring of the tips, through which it has come. A potential that is the same at all heights has D_k = k. The
//! field within is not changed for it, and the true one has the least energy of all (Dirichlet's principle), so that this
//! is rather too much than too little in iron without end.
//!
//! All slices share that room. What enters the end of a tooth of width b crosses its sheets on the way inwards, at 1/(1 - k)
//! times the permeability of air with the stacking factor k, and over half of the length L of the iron needs the share
//! l L (1 - k) / (2 w b) of the potential that drives it, a few hundredths: iron that is saturated at the edge passes it on
//! along the radius before it takes as much potential itself. To leave it to the first and the last slice would saturate
//! them the more the thinner they are.

use super::{Arrangement, Axial};
use crate::network::plan::{SectorPlan, Widened};
use std::f64::consts::{PI, TAU};

/// Waves around the circumference that are summed on either side of none: those left out are worth a thousandth.
const WAVES: i32 = 3;
/// Steps along the axis over the shortest of the heights, and over all of them at most.
const FINEST: f64 = 4.0;
const STEPS: f64 = 400.0;

/// A height of the slots: from and to, from the face of the teeth on [m], and width there [m].
type Ring = (f64, f64, f64);

impl Axial {
    /// Gives flux across the slots the room that it has beyond both edges, shared by all slices.
    pub(super) fn widen(&self, plan: &mut SectorPlan) {
        if self.stator.slotless {
            return;
        }
        let edges = [self.inner_diameter / 2.0, self.outer_diameter / 2.0];
        let [inner, outer] = edges.map(|radius| self.beyond(radius));
        let beyond: Vec<f64> = inner.iter().zip(&outer).map(|(a, b)| a + b).collect();
        let radii: Vec<f64> = self.radii(plan.slices().count()).collect();
        let enlargement = plan.enlargement;
        let stators = std::iter::once(&mut plan.stator)
            .chain(plan.beside.iter_mut().map(|slice| &mut slice.stator));
        for (stator, radius) in stators.zip(radii) {
            let face = radius * enlargement + self.air_gap / 2.0;
            let rings = self.rings().into_iter().zip(&beyond);
            stator.widened = rings
                .map(|((from, to, _), beyond)| Widened {
                    from: face + from,
                    to: face + to,
                    times: 1.0 + beyond / self.length(),
                })
                .collect();
        }
    }

    /// The heights of the slots in which there is something.
    fn rings(&self) -> Vec<Ring> {
        let slot = &self.stator.slot;
        let opening = slot.opening_height;
        let main = opening + slot.wedge_height;
        let rings = [
            (0.0, opening, slot.opening_width),
            (opening, main, 0.5 * (slot.opening_width + slot.width)),
            (main, main + self.main_depth(), slot.width),
        ];
        rings
            .into_iter()
            .filter(|(from, to, _)| to > from)
            .collect()
    }

    /// By how much longer a slot is than the iron, for flux that crosses it beyond an edge at a radius [m], ring by ring
    /// [m].
    fn beyond(&self, radius: f64) -> Vec<f64> {
        self.beyond_by(radius, FINEST)
    }

    /// The same with so many steps over the shortest height.
    fn beyond_by(&self, radius: f64, finest: f64) -> Vec<f64> {
        let pitch = TAU * radius / self.stator.slot_count as f64;
        let turn = PI * self.rotor.pole_count as f64 / self.stator.slot_count as f64;
        let phase = (turn + PI).rem_euclid(TAU) - PI;
        let course = Course::of(self, finest);
        let mut lengths = vec![0.0; self.rings().len()];
        for m in -WAVES..=WAVES {
            let wave = (phase + TAU * f64::from(m)).abs() / pitch;
            if wave == 0.0 {
                // Teeth of one potential, between which nothing passes; no winding feeds them so.
                continue;
            }
            let flow = course.leaves(wave);
            for (length, ring) in lengths.iter_mut().zip(self.rings()) {
                let (from, to, width) = ring;
                let half = 0.5 * wave * width;
                let share = width / pitch * (half.sin() / half).powi(2);
                // What leaves through the side of gap and magnets has come through the tooth too.
                let low = if from == 0.0 { course.first } else { from };
                let (out, square) = (
                    course.over(&flow, (low, to)),
                    course.over(&course.values, (from, to)),
                );
                *length += share * out / (wave * wave * square);
            }
        }
        lengths
    }

    /// Potential of a tooth at a height beyond its face [m], over that of the face: of the half of the machine that is
    /// solved and, beyond a plane of symmetry, of its other half.
    fn potential(&self, height: f64) -> f64 {
        let (depth, top) = (self.excited().start, self.excited().end);
        match self.arrangement {
            Arrangement::Yokeless if height > top => -self.half_potential(2.0 * top - height),
            Arrangement::DoubleRotor if height > self.stator_depth() => {
                self.half_potential(2.0 * self.stator_depth() - height)
            }
            Arrangement::DoubleStator if height < depth => {
                let other = self.half_potential(2.0 * depth - height);
                if self.halves_its_magnets() {
                    other
                } else {
                    -other
                }
            }
            _ => self.half_potential(height),
        }
    }

    /// Heights between which the half that is solved has a potential: from the iron or the middle of the magnets to the
    /// bottom of the slots [m].
    fn excited(&self) -> std::ops::Range<f64> {
        let slot = &self.stator.slot;
        let top = slot.opening_height + slot.wedge_height + self.main_depth();
        -(self.air_gap + self.rotor_depth())..top
    }

    /// Way from the face of the teeth over which their potential falls to nothing [m].
    fn reach(&self) -> f64 {
        match self.rotor.interior {
            Some(_) => self.air_gap,
            None => -self.excited().start,
        }
    }

    fn half_potential(&self, height: f64) -> f64 {
        let excited = self.excited();
        let across = 1.0 + height / self.reach();
        let along = (excited.end - height) / self.main_depth();
        across.min(along).clamp(0.0, 1.0)
    }
}

/// Potential over evenly spaced heights.
struct Course {
    first: f64,
    step: f64,
    values: Vec<f64>,
}

impl Course {
    /// Of a machine, over all heights that have a potential, with so many steps over the shortest of them.
    fn of(axial: &Axial, finest: f64) -> Self {
        let excited = axial.excited();
        let heights = axial.rings().into_iter().map(|(from, to, _)| to - from);
        let shortest = heights.fold(axial.reach(), f64::min);
        let (low, high) = match axial.arrangement {
            Arrangement::SingleSided => (excited.start, excited.end),
            Arrangement::Yokeless => (excited.start, 2.0 * excited.end - excited.start),
            Arrangement::DoubleRotor => {
                let whole = 2.0 * axial.stator_depth();
                (excited.start, whole - excited.start)
            }
            Arrangement::DoubleStator => (2.0 * excited.start - excited.end, excited.end),
        };
        let step = (shortest / finest).max((high - low) / STEPS);
        let count = ((high - low) / step).ceil() as usize + 1;
        let values = (0..count).map(|i| axial.potential(low + step * i as f64));
        Self {
            first: low,
            step,
            values: values.collect(),
        }
    }

    /// D_k g at every height [1/m], of a wave [1/m].
    fn leaves(&self, wave: f64) -> Vec<f64> {
        let (step, count) = (self.step, self.values.len());
        let kernel: Vec<f64> = (0..count)
            .map(|apart| match apart {
                // The mean over a step of K₀(x) = -ln(x/2) - γ near nothing (9.6.13).
                0 => 1.0 - (0.25 * wave * step).ln() - EULER_GAMMA,
                _ => bessel_k0(wave * step * apart as f64),
            })
            .collect();
        let at = |i: isize| usize::try_from(i).ok().and_then(|i| self.values.get(i));
        let source: Vec<f64> = (0..count as isize)
            .map(|i| {
                let [before, here, after] =
                    [i - 1, i, i + 1].map(|i| at(i).copied().unwrap_or(0.0));
                wave * wave * here * step + (2.0 * here - before - after) / step
            })
            .collect();
        let sum = |i: usize| -> f64 {
            let felt = source.iter().enumerate();
            felt.map(|(j, s)| s * kernel[i.abs_diff(j)]).sum()
        };
        (0..count).map(|i| sum(i) / PI).collect()
    }

    /// Integral between two heights [m] of the potential times something.
    fn over(&self, other: &[f64], (from, to): (f64, f64)) -> f64 {
        let products = self.values.iter().zip(other).enumerate();
        products
            .map(|(i, (g, other))| {
                // As much of the step around the height as lies between the two.
                let height = self.first + self.step * i as f64;
                let low = (height - 0.5 * self.step).max(from);
                let high = (height + 0.5 * self.step).min(to);
                (high - low).max(0.0) * g * other
            })
            .sum()
    }
}

/// Euler's constant.
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// Modified Bessel function of the second kind and order none: K₀(x) = ∫ e^{-x cosh t} dt from 0 on (9.6.24 of the
/// Handbook), by the trapezoid rule, which for such an integrand converges faster than any power of its step.
fn bessel_k0(x: f64) -> f64 {
    const STEP: f64 = 0.25;
    let terms = (1..60).map(|n| (-x * (STEP * f64::from(n)).cosh()).exp());
    STEP * (0.5 * (-x).exp() + terms.sum::<f64>())
}

#[cfg(test)]
mod tests {
    use super::super::tests::machine;
    use super::*;
    use crate::resolution::Resolution;

    #[test]
    fn the_bessel_function_is_that_of_the_tables() {
        for (x, expected) in [
            (0.1, 2.427_069_024_702_017),
            (1.0, 0.421_024_438_240_708_3),
            (3.0, 0.034_739_504_386_279_25),
        ] {
            assert!((bessel_k0(x) / expected - 1.0).abs() < 1e-9, "{x}");
        }
    }

    /// Of teeth without end that stand one against the next the room is known: half of their flux beyond the edge passes
    /// on either side of a tooth between strips of alternating potential, μ₀ K(k)/K(k') with k = sin(π/2 · share) from a
    /// half strip to the middle of a gap (conformal map of the half plane on a rectangle).
    #[test]
    fn tall_teeth_have_the_room_of_the_conformal_map() {
        let mut axial = machine();
        axial.rotor.pole_count = axial.stator.slot_count;
        axial.stator.slot = super::super::AxialSlot {
            opening_width: 12e-3,
            opening_height: 0.3,
            wedge_height: 0.0,
            width: 12e-3,
            main_depth: 0.3,
        };
        for radius in [0.05, 0.08] {
            let pitch = TAU * radius / 12.0;
            let share = 1.0 - 12e-3 / pitch;
            let modulus = (0.5 * PI * share).sin();
            let exact =
                0.5 * 12e-3 * mean(1.0, modulus) / mean(1.0, (1.0 - modulus * modulus).sqrt());
            let found = axial.beyond(radius)[0];
            // A potential that rises evenly across the slot has a little more energy than the true one, and the tips a
            // little more of it than the rest.
            let ratio = found / exact;
            assert!((1.0..1.1).contains(&ratio), "{ratio}");
        }
    }

    fn arrangements() -> impl Iterator<Item = Axial> {
        let all = [
            Arrangement::SingleSided,
            Arrangement::DoubleStator,
            Arrangement::DoubleRotor,
            Arrangement::Yokeless,
        ];
        all.into_iter().map(|arrangement| Axial {
            arrangement,
            ..machine()
        })
    }

    /// A machine of the same shape has the same room in its own measure, and no ring of any arrangement loses some.
    #[test]
    fn room_is_a_matter_of_shape() {
        for axial in arrangements() {
            let lengths = axial.beyond(0.05);
            let mut double = axial.clone();
            let slot = &mut double.stator.slot;
            for length in [
                &mut double.air_gap,
                &mut double.rotor.magnet_thickness,
                &mut slot.opening_width,
                &mut slot.opening_height,
                &mut slot.wedge_height,
                &mut slot.width,
                &mut slot.main_depth,
            ] {
                *length *= 2.0;
            }
            double.stator.yoke_thickness = double.stator.yoke_thickness.map(|yoke| 2.0 * yoke);
            assert_eq!(lengths.len(), 3);
            for (one, two) in lengths.iter().zip(double.beyond(0.1)) {
                assert!(*one > 0.0, "{lengths:?}");
                assert!((2.0 * one - two).abs() < 1e-9 * two, "{one} {two}");
            }
        }
    }

    #[test]
    fn finer_steps_change_little() {
        for axial in arrangements() {
            for (one, finer) in axial.beyond(0.05).iter().zip(axial.beyond_by(0.05, 16.0)) {
                assert!((one - finer).abs() < 0.03 * finer, "{one} {finer}");
            }
        }
    }

    /// All slices have room, only in the slots, and a plan in the plane has none.
    #[test]
    fn room_is_in_the_slots_of_all_slices() {
        let axial = machine();
        let coils = super::super::tests::coils();
        let plan = axial.plan(&coils, Resolution::Standard);
        let rings: Vec<usize> = plan.slices().map(|s| s.stator.widened.len()).collect();
        assert_eq!(rings, [3; 5]);
        let face = axial.radii(5).next().unwrap() * plan.enlargement + axial.air_gap / 2.0;
        let room = |height: f64| plan.stator.room(face + height);
        assert!(plan.slices().all(|s| s.rotor.widened.is_empty()));
        assert!([0.7e-3, 2e-3, 15e-3].into_iter().all(|h| room(h) > 1.0));
        assert!([-0.2e-3, 21e-3].into_iter().all(|h| room(h) == 1.0));
        let plane = plan.in_the_plane();
        assert!(plane.slices().all(|s| s.stator.widened.is_empty()));
    }

    /// Arithmetic-geometric mean, with which K(k) = π / 2 M(1, k').
    fn mean(mut a: f64, mut b: f64) -> f64 {
        for _ in 0..40 {
            (a, b) = (0.5 * (a + b), (a * b).sqrt());
        }
        a
    }
}
