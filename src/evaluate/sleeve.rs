//! What a sleeve is made of, stated or of the library, and iron between magnets that it must not touch.

use super::retention::{Held, Shrunk, Sleeved, stated};
use super::uncertainty::Band;
use crate::design::Sleeve;
use crate::material::Library;
use crate::unit::{mm, mpa, round_significant};

/// A sleeve with all that its stress rests on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Made {
    /// The sleeve of the design: its fit, and what it is pressed on.
    pub(super) fit: Sleeve,
    /// What it is made of, in words.
    pub(super) material: String,
    /// Density [kg/m³].
    pub(super) density: f64,
    /// Modulus of elasticity along the circumference [Pa].
    pub(super) hoop_modulus: f64,
    /// Modulus of elasticity along the radius [Pa].
    pub(super) radial_modulus: f64,
    /// Poisson's ratio [-].
    pub(super) poisson: f64,
    /// Thermal expansion along the circumference [1/K].
    pub(super) expansion: f64,
    /// Least strength along the circumference [Pa].
    pub(super) strength: Band,
}

/// A sleeve around magnets of a hottest temperature [°C]. What the design states counts; what it leaves out is that of the
/// material of its name in the library. Of two strengths the weaker counts, unless the library is not asked at all.
///
/// # Errors
/// When the library has no such material, or knows no least strength at that temperature and none is stated.
pub(super) fn made(sleeve: &Sleeve, library: &Library, magnets: f64) -> Result<Made, String> {
    let whole =
        |material: String, [density, hoop, radial, poisson, expansion]: [f64; 5], strength| Made {
            fit: sleeve.clone(),
            material,
            density,
            hoop_modulus: hoop,
            radial_modulus: radial,
            poisson,
            expansion,
            strength,
        };
    if let (
        Some(density),
        Some(hoop),
        Some(radial),
        Some(poisson),
        Some(expansion),
        Some(strength),
    ) = (
        sleeve.density,
        sleeve.hoop_modulus,
        sleeve.radial_modulus,
        sleeve.poisson,
        sleeve.expansion,
        sleeve.strength,
    ) {
        let numbers = [density, hoop, radial, poisson, expansion];
        return Ok(whole(sleeve.material.clone(), numbers, stated(strength)));
    }
    let row = library.sleeve(&sleeve.material).map_err(|error| {
        format!("{error}; name one of the library, or state all of density, moduli, Poisson's ratio, expansion and strength")
    })?;
    let hottest = magnets + sleeve.hotter;
    if let Some(most) = row.temperature_max_c.filter(|most| *most < hottest) {
        return Err(format!(
            "the sleeve of {} reaches {hottest} degC, and the library knows it up to {most} degC",
            row.name
        ));
    }
    let hoop = sleeve
        .hoop_modulus
        .unwrap_or(row.hoop_modulus_mpa * mpa::SCALE);
    let radial = sleeve
        .radial_modulus
        .unwrap_or(row.radial_modulus_mpa * mpa::SCALE);
    if radial > hoop {
        return Err(format!(
            "the sleeve of {}, partly stated, is stiffer along its radius than along its circumference",
            row.name
        ));
    }
    let known = row.strength_mpa(hottest).map(|known| known * mpa::SCALE);
    let strength = match (sleeve.strength, known) {
        (Some(stated_one), Some(known)) if stated_one <= known => stated(stated_one),
        (_, Some(known)) => Band {
            value: known,
            uncertainty: 0.0,
            basis: format!(
                "{} MPa, the least of {} in the library at {} degC",
                round_significant(known / mpa::SCALE, 4),
                row.name,
                round_significant(hottest, 4)
            ),
        },
        (Some(stated_one), None) => stated(stated_one),
        (None, None) => {
            return Err(format!(
                "no least strength of {} at {hottest} degC is in the library; state `hoop_strength_mpa` of the sleeve",
                row.name
            ));
        }
    };
    let numbers = [
        sleeve.density.unwrap_or(row.density_kg_per_m3),
        hoop,
        radial,
        sleeve.poisson.unwrap_or(row.poisson_ratio),
        sleeve.expansion.unwrap_or(row.hoop_expansion_per_k),
    ];
    let material = format!("{} of the library where nothing else is stated", row.name);
    Ok(whole(material, numbers, strength))
}

impl Held<'_> {
    /// A sleeve over magnets between which iron stands, as one over magnets on a round rotor: only where it touches that
    /// iron in no state, and the magnets touch it neither, so that they cannot hang on it by friction. The iron between the
    /// magnets then only pulls at the ring below, which without it presses the magnets least and with it stretches the
    /// sleeve most: both count.
    ///
    /// # Errors
    /// When the sleeve may touch the iron, or a magnet does.
    pub(super) fn over_iron(
        &self,
        sleeve: &Made,
        shrunk: &Shrunk,
        density: f64,
    ) -> Result<Sleeved, String> {
        let seat = self.seat;
        if seat.beside <= 0.0 {
            return Err(
                "magnets that touch the iron beside them may hang on it by friction, so that what a sleeve presses them on \
                 their seat with is not known; state `side_clearance_mm` above 0"
                    .to_owned(),
            );
        }
        let mut found = shrunk.under(sleeve, density)?;
        let grown = density * self.pulled(sleeve, shrunk, density);
        let pulled = shrunk.under(sleeve, grown)?;
        self.stays_clear(sleeve, shrunk, density, found.pressure.max(pulled.pressure))?;
        found.stressed.extend(pulled.stressed);
        found.pressed = found.pressed.greater(pulled.pressed);
        Ok(found)
    }

    /// How many times more than by itself the ring below the magnets grows with the iron between them as mass on it: the
    /// mean over its circumference of ρ ω² (r₃³ − r₁³) / (3 r₁) over the part that the iron takes.
    fn pulled(&self, sleeve: &Made, shrunk: &Shrunk, density: f64) -> f64 {
        let ring = shrunk.iron(sleeve, density, shrunk.back);
        let (low, high) = (shrunk.seat, self.seat.between);
        let pull = ring.density * self.speed.powi(2) * (high.powi(3) - low.powi(3)) / (3.0 * low);
        let grown = |pull: f64| ring.under(0.0, -pull, self.speed).displacement(low);
        grown(self.seat.iron * pull) / grown(0.0)
    }

    /// Whether the sleeve is above the iron between the magnets in every state. Tension draws it over a gap at most straight
    /// from edge to edge, r cos γ in the middle, with γ half the angle between two magnets that lean away from each other;
    /// magnets may be lower by the whole range of the interference, by what the greatest pressure p shortens them,
    /// p r₂ ln(r₂/r₁) / E, and by what they grow less than iron. The iron is stretched by no more than its own weight at its
    /// foot over its height, ρ ω² r₂ h² / E.
    fn stays_clear(
        &self,
        sleeve: &Made,
        shrunk: &Shrunk,
        density: f64,
        pressure: f64,
    ) -> Result<(), String> {
        let (low, high, fit) = (shrunk.seat, shrunk.top, &sleeve.fit);
        let short = pressure * high * (high / low).ln() / fit.magnet_modulus;
        let range = 0.5 * (fit.interference_max - fit.interference_min);
        let iron = self.seat.between - low;
        let warm = |temperature: f64| {
            (temperature - super::retention::JOINED_AT)
                * (fit.iron_expansion * iron - fit.magnet_expansion * (high - low))
        };
        let [cold, hot] = self.temperatures.map(warm);
        let stretched = density * self.speed.powi(2) * high * iron.powi(2) / fit.iron_modulus;
        let lowest =
            high * shrunk.half_gap.cos() - short - range - cold.max(hot).max(0.0) - stretched;
        if self.seat.between < lowest {
            return Ok(());
        }
        let s = |x: f64| round_significant(x / mm::SCALE, 4);
        Err(format!(
            "what of the pressure of a sleeve the iron between the magnets takes is not known here, and the sleeve may touch it: \
             the iron reaches {} mm, the sleeve may come down to {} mm; lower the iron to less than {} mm above the seat",
            s(self.seat.between),
            s(lowest),
            s(lowest - low)
        ))
    }
}
