//! What holds magnets on the outside of a rotor at overspeed: glue, or a sleeve with the pressure that it has left.

use super::sleeve::Made;
use super::stress::{Stressed, model};
use super::uncertainty::Band;
use crate::design::{Application, Bond, Candidate};
use crate::geometry::Point;
use crate::stress::cut::Peak;
use crate::stress::fit::{Blocks, Fit, Held as Pressed};
use crate::stress::plane::POISSON;
use crate::stress::ring::{Ring, equivalent};
use crate::topology::surface::Seat;
use crate::unit::{mpa, round_significant, rpm};

/// Temperature at which an interference is stated [°C].
pub(super) const JOINED_AT: f64 = 20.0;

/// Least uncertainty of a mean stress over itself: densities and lengths of a drawing.
pub(super) const STRESS_FLOOR: f64 = 0.02;

/// Radii of the sleeve at which its stress is looked at.
const RADII: u32 = 16;

/// A bore this small, over the outside, is as good as none.
const FILLED: f64 = 1e-2;

/// The rotor with its magnets on a seat.
pub(super) struct Held<'a> {
    pub(super) seat: &'a Seat,
    /// Density of the magnets [kg/m³].
    magnet: f64,
    /// Overspeed [rad/s].
    pub(super) speed: f64,
    /// Peak torque that the application asks for [N m].
    torque: f64,
    /// Coldest and hottest temperature of the magnets [°C].
    pub(super) temperatures: [f64; 2],
    /// Share of iron in the stack [-].
    stacking: f64,
}

/// Iron, magnets and sleeve around each other, turning.
pub(super) struct Shrunk {
    /// Words for the sleeve and for its contact.
    pub(super) places: [&'static str; 2],
    /// Radius of the bore of the iron [m].
    pub(super) back: f64,
    /// Radius of the seat [m].
    pub(super) seat: f64,
    /// Radius of the top of the magnets [m].
    pub(super) top: f64,
    /// Thickness of the sleeve [m].
    pub(super) sleeve: f64,
    /// Part of the circumference that the magnets fill [-].
    pub(super) arc: f64,
    /// Half the angle between two magnets at their tops [rad].
    pub(super) half_gap: f64,
    /// Density of the magnets [kg/m³].
    pub(super) magnet: f64,
    /// Overspeed [rad/s].
    pub(super) speed: f64,
    /// Coldest and hottest temperature of the magnets [°C].
    pub(super) temperatures: [f64; 2],
    /// Share of iron in the stack [-].
    pub(super) stacking: f64,
}

/// Parts of a rotor with a sleeve, and what the sleeve does to its iron.
pub(super) struct Sleeved {
    /// The sleeve and its contact.
    pub(super) stressed: Vec<Stressed>,
    /// The iron below.
    pub(super) pressed: PressedIron,
    /// Greatest pressure between a magnet and the sleeve [Pa].
    pub(super) pressure: f64,
}

/// The greatest equivalent stress that the sleeve makes in the iron [Pa].
pub(super) struct PressedIron {
    at_speed: f64,
    at_rest: f64,
}

/// What is worst over temperatures and interferences.
#[derive(Debug, Clone, Copy)]
struct Worst {
    /// Largest equivalent stress of the sleeve without bending, and its radius.
    sleeve: (f64, f64),
    /// Least pressure of a magnet on the iron at rest.
    rest: f64,
    /// What overspeed takes of it.
    lost: f64,
    /// Greatest pressure on the iron at overspeed and at rest.
    seat: [f64; 2],
    /// Greatest pressure between a magnet and the sleeve.
    top: f64,
}

impl<'a> Held<'a> {
    pub(super) fn of(
        application: &Application,
        candidate: &Candidate,
        seat: &'a Seat,
        magnet: f64,
    ) -> Self {
        let (q, e) = (&application.requirement, &application.environment);
        Self {
            seat,
            magnet,
            speed: q.max_speed * q.overspeed,
            torque: q.peak_torque,
            temperatures: [e.magnet_temperature_cold, e.magnet_temperature_hot],
            stacking: candidate.rotor_steel.stacking_factor,
        }
    }

    /// The joint below the magnets: tension by their pull at overspeed, which on the whole seat is σ = ρ ω² A x / w with
    /// the cross-section A of a magnet, the distance x of its centre from the shaft and the width w of its seat, and shear
    /// τ = T / (r · area) by the peak torque, as if all of it came through the magnets; together the larger principal
    /// stress, σ/2 + √(σ²/4 + τ²) (S. P. Timoshenko and J. N. Goodier, Theory of Elasticity, 1970).
    ///
    /// # Errors
    /// When a sleeve is drawn of which nothing is stated.
    pub(super) fn bond(&self, bond: &Bond) -> Result<Stressed, String> {
        let seat = self.seat;
        if seat.sleeve > 0.0 {
            return Err(
                "a sleeve is drawn over magnets whose `retention` is a bond alone; state its material and its \
                 interference as `retention.sleeve`, or draw none"
                    .to_owned(),
            );
        }
        let tension = self.magnet * self.speed * self.speed * seat.pull / bond.share;
        let area = seat.poles as f64 * seat.joint * seat.length * bond.share;
        let shear = self.torque / (seat.radius * area);
        let stress = tension / 2.0 + (tension / 2.0).hypot(shear);
        let (ratio, machines) = model()?;
        Ok(part(
            ("joint between magnets and rotor", "strength of the joint"),
            seat.radius,
            Band {
                value: stress,
                uncertainty: stress * ratio.hypot(STRESS_FLOOR),
                basis: format!(
                    "glue at {} mm, {} rpm: tension {} MPa, shear by the peak torque {} MPa, means over the bonded area; \
                     model from {machines}",
                    round_significant(seat.radius * 1e3, 4),
                    round_significant(self.speed / rpm::SCALE, 4),
                    round_significant(tension / mpa::SCALE, 3),
                    round_significant(shear / mpa::SCALE, 3),
                ),
            },
            Ok(stated(bond.strength)),
        ))
    }

    /// A sleeve and the contact that it keeps between magnets and iron of a density [kg/m³].
    ///
    /// # Errors
    /// When the sleeve does not lie on the whole face of every magnet, or its layers are pulled apart.
    pub(super) fn sleeve(&self, sleeve: &Made, iron: f64) -> Result<Sleeved, String> {
        let seat = self.seat;
        if !seat.concentric {
            return Err(
                "a sleeve over magnets that are not round about the shaft lies on lines, for which there is no law here: \
                 how hard it presses hangs on how it bends from one to the next"
                    .to_owned(),
            );
        }
        let shrunk = Shrunk {
            places: ["sleeve", "contact between magnets and rotor"],
            back: seat.back,
            seat: seat.radius,
            top: seat.top,
            sleeve: seat.sleeve,
            arc: seat.arc,
            half_gap: seat.half_gap + seat.beside / seat.top,
            magnet: self.magnet,
            speed: self.speed,
            temperatures: self.temperatures,
            stacking: self.stacking,
        };
        if seat.inset {
            return self.over_iron(sleeve, &shrunk, iron);
        }
        shrunk.under(sleeve, iron)
    }
}

impl Shrunk {
    /// The sleeve and the contact that it keeps between magnets and iron of a density [kg/m³].
    ///
    /// # Errors
    /// When its layers are pulled apart.
    pub(super) fn under(&self, sleeve: &Made, iron: f64) -> Result<Sleeved, String> {
        let free = self.worst(sleeve, &self.fit(sleeve, iron, self.back))?;
        let filled = self.worst(sleeve, &self.fit(sleeve, iron, FILLED * self.seat))?;
        let (ratio, machines) = model()?;
        let uncertain = |of: fn(&Worst) -> f64| {
            let value = of(&free);
            let bore = (of(&filled) - value).abs();
            bore.hypot(value * ratio.hypot(STRESS_FLOOR))
        };
        let how = format!(
            "rings and columns in plane stress, bore free or filled, {} at {} rpm and at rest, magnets at {} and {} degC, \
             the sleeve up to {} K hotter, interference from {} to {} mm, of which the contact loses {} mm where the sleeve \
             runs straight over gaps; model from {machines}",
            sleeve.material,
            round_significant(self.speed / rpm::SCALE, 4),
            self.temperatures[0],
            self.temperatures[1],
            sleeve.fit.hotter,
            round_significant(sleeve.fit.interference_min * 1e3, 4),
            round_significant(sleeve.fit.interference_max * 1e3, 4),
            round_significant(2.0 * self.flattened() * 1e3, 2),
        );
        let bent = self.bent();
        let own = part(
            (self.places[0], "strength of the sleeve"),
            free.sleeve.1,
            Band {
                value: bent * free.sleeve.0,
                uncertainty: bent * uncertain(|w| w.sleeve.0),
                basis: format!(
                    "sleeve, largest equivalent stress, {} % of it bending over the gaps between magnets at most; {how}",
                    round_significant(100.0 * (1.0 - 1.0 / bent), 2)
                ),
            },
            Ok(sleeve.strength.clone()),
        );
        let contact = part(
            (
                self.places[1],
                "least pressure of the sleeve on the seat at rest",
            ),
            self.seat,
            Band {
                value: free.lost,
                uncertainty: uncertain(|w| w.lost),
                basis: format!("pressure that overspeed takes from the contact; {how}"),
            },
            Ok(Band {
                value: free.rest,
                uncertainty: uncertain(|w| w.rest),
                basis: format!("{} MPa", round_significant(free.rest / mpa::SCALE, 4)),
            }),
        );
        let iron = self.iron(sleeve, iron, self.back);
        let in_iron =
            |pressure: f64| equivalent(iron.under(0.0, pressure.max(0.0), 0.0).stress(self.back));
        Ok(Sleeved {
            stressed: vec![own, contact],
            pressure: free.top.max(filled.top),
            pressed: PressedIron {
                at_speed: in_iron(free.seat[0]),
                at_rest: in_iron(free.seat[1]),
            },
        })
    }

    /// How much larger the stress of the sleeve is at most by its bending over the gaps between magnets: a beam on two
    /// supports with the length of a gap that carries what the sleeve presses, M = q l² / 8 with q = N / r (S. P.
    /// Timoshenko, Strength of Materials, 1955), and N its tension, σ = 6 M / t².
    fn bent(&self) -> f64 {
        let arrow = 0.5 * self.top * self.half_gap.powi(2);
        1.0 + 6.0 * arrow / self.sleeve
    }

    pub(super) fn iron(&self, sleeve: &Made, density: f64, bore: f64) -> Ring {
        Ring {
            inner: bore,
            outer: self.seat,
            hoop_modulus: sleeve.fit.iron_modulus * self.stacking,
            radial_modulus: sleeve.fit.iron_modulus * self.stacking,
            poisson: POISSON,
            density: density * self.stacking,
        }
    }

    fn fit(&self, sleeve: &Made, iron: f64, bore: f64) -> Fit {
        Fit {
            sleeve: Ring {
                inner: self.top,
                outer: self.top + self.sleeve,
                hoop_modulus: sleeve.hoop_modulus,
                radial_modulus: sleeve.radial_modulus,
                poisson: sleeve.poisson,
                density: sleeve.density,
            },
            iron: self.iron(sleeve, iron, bore),
            magnets: Blocks {
                density: self.magnet,
                modulus: sleeve.fit.magnet_modulus,
                share: self.arc,
            },
        }
    }

    /// Part of the radius by which the sleeve is smaller than its magnets [m].
    fn smaller(&self, sleeve: &Made, temperature: f64, hotter: f64, interference: f64) -> f64 {
        let (low, high) = (self.seat, self.top);
        let rise = temperature - JOINED_AT;
        0.5 * interference
            + rise * (sleeve.fit.iron_expansion * low + sleeve.fit.magnet_expansion * (high - low))
            - (rise + hotter) * sleeve.expansion * high
    }

    /// What a sleeve that does not resist bending loses of its interference [m]: over the gaps between magnets it runs
    /// straight, and its length there is the chord, 2 r sin(γ/2), instead of the arc, r γ. A sleeve of some stiffness loses
    /// less.
    fn flattened(&self) -> f64 {
        let half = self.half_gap;
        let shorter = if half > 0.0 {
            1.0 - half.sin() / half
        } else {
            0.0
        };
        self.top * (1.0 - self.arc) * shorter
    }

    fn worst(&self, sleeve: &Made, fit: &Fit) -> Result<Worst, String> {
        let mut worst = Worst {
            sleeve: (0.0, fit.sleeve.inner),
            rest: f64::INFINITY,
            lost: 0.0,
            seat: [0.0; 2],
            top: 0.0,
        };
        for temperature in self.temperatures {
            for hotter in [0.0, sleeve.fit.hotter] {
                for interference in [sleeve.fit.interference_min, sleeve.fit.interference_max] {
                    let smaller = self.smaller(sleeve, temperature, hotter, interference);
                    let (rest, turning) = (fit.at(0.0, smaller), fit.at(self.speed, smaller));
                    worst.lost = rest.seat - turning.seat;
                    // A round sleeve is stretched more, a flattened one presses less: each where it is worse.
                    let flat = fit.at(0.0, smaller - self.flattened());
                    worst.rest = worst.rest.min(flat.seat);
                    for (held, seat) in [&turning, &rest].into_iter().zip(&mut worst.seat) {
                        *seat = seat.max(held.seat);
                        worst.top = worst.top.max(held.top);
                        let found = largest(held, &fit.sleeve)?;
                        if found.0 > worst.sleeve.0 {
                            worst.sleeve = found;
                        }
                    }
                }
            }
        }
        Ok(worst)
    }
}

/// The largest equivalent stress of a sleeve and its radius.
fn largest(held: &Pressed, ring: &Ring) -> Result<(f64, f64), String> {
    let mut found = (0.0, ring.inner);
    for step in 0..=RADII {
        let radius = ring.inner + (ring.outer - ring.inner) * f64::from(step) / f64::from(RADII);
        let (hoop, radial) = held.sleeve.stress(radius);
        if ring.radial_modulus < ring.hoop_modulus && radial > 1e-6 * hoop.abs() {
            return Err(format!(
                "the layers of the sleeve are pulled apart, {} MPa along the radius, for which no strength is stated",
                round_significant(radial / mpa::SCALE, 3)
            ));
        }
        let stress = equivalent((hoop, radial));
        if stress > found.0 {
            found = (stress, radius);
        }
    }
    Ok(found)
}

/// A strength that the design states.
pub(super) fn stated(strength: f64) -> Band {
    Band {
        value: strength,
        uncertainty: 0.0,
        basis: format!(
            "{} MPa as the design states it, taken as the least",
            round_significant(strength / mpa::SCALE, 4)
        ),
    }
}

/// What bears at a radius, or why its strength is not known.
pub(super) fn part(
    (place, bears): (&'static str, &'static str),
    radius: f64,
    stress: Band,
    strength: Result<Band, String>,
) -> Stressed {
    Stressed {
        bears,
        peak: Peak {
            place,
            at: Point::new(radius, 0.0),
            stress: stress.value,
        },
        stress,
        strength,
    }
}

impl PressedIron {
    /// The greater of both, at speed and at rest.
    pub(super) fn greater(self, other: Self) -> Self {
        Self {
            at_speed: self.at_speed.max(other.at_speed),
            at_rest: self.at_rest.max(other.at_rest),
        }
    }

    /// The iron that turns alone with what the sleeve adds to it: no more than the sum of both at overspeed, and no less
    /// than the sleeve alone at rest.
    pub(super) fn on(&self, mut alone: Stressed) -> Stressed {
        let turning = alone.stress.value;
        let sum = (turning + self.at_speed).max(self.at_rest);
        alone.stress.uncertainty *= sum / turning;
        alone.stress.value = sum;
        alone.peak.stress = sum;
        alone.stress.basis += &format!(
            "; of it {} MPa by the pressure of the sleeve",
            round_significant((sum - turning) / mpa::SCALE, 3)
        );
        alone
    }
}

#[cfg(test)]
#[path = "retention_tests.rs"]
mod tests;
