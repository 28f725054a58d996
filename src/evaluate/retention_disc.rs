//! What holds magnets on the discs of a machine with axial flux at overspeed, glue or a ring around them, and the iron below.

use super::retention::{STRESS_FLOOR, Shrunk, part, stated};
use super::sleeve::made;
use super::stress::{PUSHED, Stressed, model, strength};
use super::uncertainty::Band;
use crate::design::{Application, Bond, Candidate, DiscRing, Retention};
use crate::material::Library;
use crate::stress::plane::POISSON;
use crate::stress::ring::Ring;
use crate::topology::axial::DiscSeat;
use crate::unit::{MU_0, mpa, round_significant, rpm};

/// Flux density of a magnet that no magnet exceeds [T]: the saturation polarisation of Nd2Fe14B (M. Sagawa, S. Fujimura,
/// H. Yamamoto, Y. Matsuura and K. Hiraga, "Permanent magnet materials based on the rare earth-iron-boron tetragonal
/// compounds", IEEE Trans. Magn. 20 (1984) 1584-1589).
const NO_MAGNET_MORE: f64 = 1.6;

/// A disc with its loads.
struct Turning<'a> {
    seat: &'a DiscSeat,
    /// Overspeed [rad/s].
    speed: f64,
    /// Peak torque of one disc [N m].
    torque: f64,
    /// Density of the magnets [kg/m³].
    magnet: f64,
}

/// Glue or a ring, and iron of the discs.
///
/// # Errors
/// When the steel is unknown, pieces of an array press on each other, or a ring lies around magnets of another outline than
/// its law knows.
pub(super) fn parts(
    (application, candidate, library): (&Application, &Candidate, &Library),
    seat: &DiscSeat,
    retention: &Retention,
    magnet: f64,
) -> Result<Vec<Stressed>, String> {
    if seat.pieces > 1 {
        return Err(PUSHED.to_owned());
    }
    let q = &application.requirement;
    let turning = Turning {
        seat,
        speed: q.max_speed * q.overspeed,
        torque: q.peak_torque / seat.discs as f64,
        magnet,
    };
    let iron = turning.iron(
        (candidate, library),
        "bore of the disc",
        (seat.inner, seat.iron),
    )?;
    match retention {
        Retention::Bond(bond) => Ok(vec![turning.joint(bond, true)?, iron]),
        Retention::Ring(ring) => {
            let e = &application.environment;
            let temperatures = [e.magnet_temperature_cold, e.magnet_temperature_hot];
            let mut parts = turning.ring((candidate, library), ring, temperatures)?;
            parts.extend([turning.joint(&ring.bond, false)?, iron]);
            Ok(parts)
        }
        Retention::Sleeve(_) => Err("a sleeve over magnets that lie on a disc".to_owned()),
    }
}

impl Turning<'_> {
    /// The most that the stator may pull at a face of a magnet, B² / 2 μ₀ (J. C. Maxwell, A Treatise on Electricity and
    /// Magnetism, 1873), with a flux density that no magnet has [Pa].
    fn pull(&self) -> f64 {
        NO_MAGNET_MORE.powi(2) / (2.0 * MU_0)
    }

    /// The joint between magnet and disc. The pull of the magnet along the radius at overspeed, ρ ω² h r_c on its face,
    /// and the peak torque, T / (n A r), shear it across each other; the pull acts half the thickness h of the magnet
    /// above the joint and bends it over the length L of the magnet, σ = 6 M / (A L) with M = F h / 2, and the stator pulls
    /// with all it may, as if the iron behind the magnet pulled nothing. Together the larger principal stress,
    /// σ/2 + √(σ²/4 + τ²) (S. P. Timoshenko and J. N. Goodier, Theory of Elasticity, 1970).
    ///
    /// A ring that presses the magnets on their hub at every speed leaves to the joint the torque and the pull of the
    /// stator.
    fn joint(&self, bond: &Bond, flings: bool) -> Result<Stressed, String> {
        let seat = self.seat;
        let flung = if flings {
            self.magnet * self.speed * self.speed * seat.magnet * seat.centre / bond.share
        } else {
            0.0
        };
        let area = seat.magnets as f64 * seat.face * bond.share;
        // At the inner edge the least arm of all.
        let driven = self.torque / (area * seat.inner);
        let shear = flung.hypot(driven);
        let bent = 3.0 * flung * seat.magnet / (seat.outer - seat.inner);
        let tension = bent + self.pull() / bond.share;
        let stress = tension / 2.0 + (tension / 2.0).hypot(shear);
        let (ratio, machines) = model()?;
        let s = |x: f64| round_significant(x / mpa::SCALE, 3);
        Ok(part(
            ("joint between magnets and disc", "strength of the joint"),
            seat.centre,
            Band {
                value: stress,
                uncertainty: stress * ratio.hypot(STRESS_FLOOR),
                basis: format!(
                    "glue on the face of a disc, {} rpm: shear {} MPa along the radius and {} MPa by the peak torque, tension \
                     {} MPa by bending and {} MPa by the pull of the stator at {NO_MAGNET_MORE} T, which no magnet has, means \
                     over the bonded area; model from {machines}",
                    round_significant(self.speed / rpm::SCALE, 4),
                    s(flung),
                    s(driven),
                    s(bent),
                    s(self.pull() / bond.share),
                ),
            },
            Ok(stated(bond.strength)),
        ))
    }

    /// The ring, the contact that it keeps between magnets and hub, and the hub at its bore: a sleeve over magnets that are
    /// columns along the radius, as long as the disc is wide ([`Shrunk`]), all as thick as the magnets. The hub is of one piece
    /// with the disc, whose magnets pull at it as mass, and bears what the ring presses on it.
    fn ring(
        &self,
        (candidate, library): (&Candidate, &Library),
        ring: &DiscRing,
        temperatures: [f64; 2],
    ) -> Result<Vec<Stressed>, String> {
        let seat = self.seat;
        if !seat.along_radii {
            return Err(
                "magnets with parallel sides leave the hub by another law than those whose sides lie along radii, and \
                 none is known here for a ring around them"
                    .to_owned(),
            );
        }
        let steel = library
            .steel(&candidate.rotor_steel.grade)
            .map_err(|e| e.to_string())?;
        let arc = seat.share();
        let shrunk = Shrunk {
            places: ["ring around the disc", "contact between magnets and hub"],
            back: ring.hub_bore_diameter / 2.0,
            seat: seat.inner,
            top: seat.outer,
            sleeve: ring.thickness,
            arc,
            half_gap: std::f64::consts::PI * (1.0 - arc) / seat.magnets as f64,
            magnet: self.magnet,
            speed: self.speed,
            temperatures,
            stacking: candidate.rotor_steel.stacking_factor,
        };
        let bore = (shrunk.back, seat.iron + seat.magnet);
        let sleeve = made(&ring.sleeve, library, temperatures[1])?;
        let (iron, mut parts) = (steel.density_kg_per_m3, vec![]);
        for density in [iron, iron * self.grows(&shrunk, ring, iron)] {
            let mut found = shrunk.under(&sleeve, density)?;
            let hub = self.iron((candidate, library), "bore of the hub", bore)?;
            found.stressed.push(found.pressed.on(hub));
            parts.append(&mut found.stressed);
        }
        Ok(parts)
    }

    /// How many times more than by itself a hub of a density [kg/m³] grows that is of one piece with the disc and its magnets:
    /// the contact is worst without them, the ring with them.
    fn grows(&self, shrunk: &Shrunk, ring: &DiscRing, iron: f64) -> f64 {
        let modulus = ring.sleeve.iron_modulus * shrunk.stacking;
        let growth = |outer: f64, density: f64| {
            let body = Ring {
                inner: shrunk.back,
                outer,
                hoop_modulus: modulus,
                radial_modulus: modulus,
                poisson: POISSON,
                density,
            };
            let spun = body.under(0.0, 0.0, self.speed);
            spun.displacement(shrunk.seat)
        };
        let seat = self.seat;
        let magnets = self.magnet * seat.share() * seat.magnet / seat.iron;
        let alone = iron * shrunk.stacking;
        growth(shrunk.top, alone + magnets) / growth(shrunk.seat, alone)
    }

    /// Iron at a bore: the hoop stress of a free ring that carries the magnets as mass (S. P. Timoshenko and J. N.
    /// Goodier, Theory of Elasticity, 1970, the rotating disk), and its bending by the pull of the stator where a hub
    /// clamps the bore. Of the bending moment equilibrium of a sector leaves M r₀ ≤ ∫ q r (r − r₀) dr =
    /// q ((r₂³ − r₁³)/3 − r₀ (r₂² − r₁²)/2) from the bore r₀ on, magnets between r₁ and r₂, since
    /// moments around the circumference, of the same sign, bear part of it (S. P.
    /// Timoshenko and S. Woinowsky-Krieger, Theory of Plates and Shells, 1959, symmetrical bending of circular plates);
    /// σ = 6 M / t².
    fn iron(
        &self,
        (candidate, library): (&Candidate, &Library),
        place: &'static str,
        (bore, thick): (f64, f64),
    ) -> Result<Stressed, String> {
        let seat = self.seat;
        let choice = &candidate.rotor_steel;
        let steel = library.steel(&choice.grade).map_err(|e| e.to_string())?;
        let (a, b) = (bore, seat.outer);
        let magnets = self.magnet * seat.share() * seat.magnet / seat.iron;
        let ring = Ring {
            inner: a,
            outer: b,
            hoop_modulus: 1.0,
            radial_modulus: 1.0,
            poisson: POISSON,
            density: steel.density_kg_per_m3 * choice.stacking_factor + magnets,
        };
        // Only the iron of the stack bears.
        let spun = ring.under(0.0, 0.0, self.speed).stress(a).0 / choice.stacking_factor;
        let pulled =
            (b.powi(3) - seat.inner.powi(3)) / 3.0 - a * (b * b - seat.inner * seat.inner) / 2.0;
        let moment = self.pull() * pulled / a;
        let bent = 6.0 * moment / thick.powi(2) / choice.stacking_factor;
        let stress = spun + bent;
        let (ratio, machines) = model()?;
        let s = |x: f64| round_significant(x / mpa::SCALE, 3);
        let known = strength(choice.yield_strength, steel.yield_strength_pa).ok_or_else(|| {
            format!(
                "no yield strength of the steel {} is known; state `yield_strength_mpa` in `rotor_steel`",
                choice.grade
            )
        });
        Ok(part(
            (place, "yield strength"),
            a,
            Band {
                value: stress,
                uncertainty: stress * ratio.hypot(STRESS_FLOOR),
                basis: format!(
                    "disc of one piece at its bore, {} rpm: {} MPa around the circumference, magnets as mass without tension, \
                     and {} MPa of bending at most by the pull of the stator at {NO_MAGNET_MORE} T, which no magnet has, bore \
                     clamped; model from {machines}",
                    round_significant(self.speed / rpm::SCALE, 4),
                    s(spun),
                    s(bent),
                ),
            },
            known,
        ))
    }
}

#[cfg(test)]
#[path = "retention_disc_tests.rs"]
mod tests;
