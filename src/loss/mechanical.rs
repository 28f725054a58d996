//! Friction of bearings and of the air around the rotor.

use std::f64::consts::PI;

/// Density of dry air [kg/m³] and its dynamic viscosity [Pa s] at a temperature [°C], at sea level: ideal gas
/// of 287.05 J/(kg K) at 101325 Pa; W. Sutherland, "The viscosity of gases and molecular force", Phil. Mag. 36
/// (1893) 507-531, with 1.716e-5 Pa s at 273.15 K and 110.4 K.
pub fn air(temperature_c: f64) -> (f64, f64) {
    let t = temperature_c + 273.15;
    let viscosity = 1.716e-5 * (t / 273.15).powf(1.5) * (273.15 + 110.4) / (t + 110.4);
    (101_325.0 / (287.05 * t), viscosity)
}

/// Drag of the air in the gap [W] of a smooth rotor: P = C_M π ρ Ω³ D⁴ l / 32, the torque coefficient C_M by
/// the Couette Reynolds number Re = ρ Ω D δ / (2 µ).
///
/// J. Saari, "Thermal analysis of high-speed induction machines", Acta Polytechnica Scandinavica El 90,
/// Helsinki 1998; J. Pyrhönen, T. Jokinen, V. Hrabovcová, "Design of Rotating Electrical Machines", 2nd ed.,
/// Wiley 2014, section 9.1.
pub fn gap_drag(diameter: f64, length: f64, gap: f64, speed: f64, temperature_c: f64) -> f64 {
    if speed == 0.0 {
        return 0.0;
    }
    let speed = speed.abs();
    let (density, viscosity) = air(temperature_c);
    let reynolds = density * speed * diameter * gap / (2.0 * viscosity);
    let shape = (2.0 * gap / diameter).powf(0.3);
    let coefficient = match reynolds {
        re if re < 64.0 => 10.0 * shape / re,
        re if re < 500.0 => 2.0 * shape / re.powf(0.6),
        re if re < 1e4 => 1.03 * shape / re.sqrt(),
        re => 0.065 * shape / re.powf(0.2),
    };
    coefficient * PI * density * speed.powi(3) * diameter.powi(4) * length / 32.0
}

/// Drag of the air at both ends of a rotor [W]: P = C_M ρ Ω³ D⁵ / 64, C_M by the tip Reynolds number
/// Re = ρ Ω D² / (4 µ). The shaft is not taken off, so that it is rather too much. Sources as for [`gap_drag`].
pub fn end_drag(diameter: f64, speed: f64, temperature_c: f64) -> f64 {
    if speed == 0.0 {
        return 0.0;
    }
    let speed = speed.abs();
    let (density, viscosity) = air(temperature_c);
    let reynolds = density * speed * diameter * diameter / (4.0 * viscosity);
    let coefficient = if reynolds < 3e5 {
        3.87 / reynolds.sqrt()
    } else {
        0.146 / reynolds.powf(0.2)
    };
    coefficient * density * speed.powi(3) * diameter.powi(5) / 64.0
}

/// Drag of the air in the gap between a rotor that is a disc and a stator [W]: P = C_M ρ Ω³ R⁵ / 2 for one face,
/// the torque coefficient C_M by the Reynolds number Re = ρ Ω R² / µ and the spacing G = δ / R. Of the four kinds of
/// flow (laminar or turbulent, one layer or two) the one with the largest coefficient is there; no hole is taken
/// off, so that it is rather too much.
///
/// J. W. Daily, R. E. Nece, "Chamber dimension effects on induced flow and frictional resistance of enclosed
/// rotating disks", J. Basic Eng. 82 (1960) 217-230, halved for one of the two faces.
pub fn disc_gap_drag(radius: f64, gap: f64, speed: f64, temperature_c: f64) -> f64 {
    if speed == 0.0 {
        return 0.0;
    }
    let speed = speed.abs();
    let (density, viscosity) = air(temperature_c);
    let reynolds = density * speed * radius * radius / viscosity;
    let coefficient = disc_torque_coefficient(reynolds, gap / radius);
    coefficient * density * speed.powi(3) * radius.powi(5) / 2.0
}

/// How many times more torque crosses the gap beside a disc than where its air is only sheared, with C_M = π / (G Re): one
/// at rest. Source as for [`disc_gap_drag`].
pub fn disc_gap_stirring(radius: f64, gap: f64, speed: f64, temperature_c: f64) -> f64 {
    let (density, viscosity) = air(temperature_c);
    let reynolds = density * speed.abs() * radius * radius / viscosity;
    if reynolds == 0.0 {
        return 1.0;
    }
    let spacing = gap / radius;
    disc_torque_coefficient(reynolds, spacing) * spacing * reynolds / PI
}

/// Torque coefficient of one face, C_M by the Reynolds number Re = ρ Ω R² / µ and the spacing G = δ / R.
fn disc_torque_coefficient(reynolds: f64, spacing: f64) -> f64 {
    (PI / (spacing * reynolds))
        .max(1.85 * spacing.powf(0.1) / reynolds.sqrt())
        .max(0.040 / (spacing.powf(1.0 / 6.0) * reynolds.powf(0.25)))
        .max(0.0501 * spacing.powf(0.1) / reynolds.powf(0.2))
}

/// How many times more the air drags a rotor with salient poles than a smooth one: K = 8.5 H / R + 2.2 with
/// poles of height H on a rotor of radius R, from H / R = 0.06 on; measured on alternators by J. E. Vrancik,
/// "Prediction of windage power loss in alternators", NASA TN D-4849, 1968.
pub fn salience(pole_height: f64, radius: f64) -> f64 {
    8.5 * pole_height / radius + 2.2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn air_is_that_of_the_tables() {
        let (density, viscosity) = air(20.0);
        assert!((density - 1.204).abs() < 0.002, "{density}");
        assert!((viscosity - 1.813e-5).abs() < 0.02e-5, "{viscosity}");
    }

    /// In a narrow gap at low speed the air is sheared evenly: T = ∫ µ Ω r / δ · r · 2π r dr = π µ Ω R⁴ / (2 δ).
    #[test]
    fn a_slow_disc_shears_the_air_of_its_gap_and_a_fast_one_takes_less_than_a_free_one() {
        let (radius, gap, speed) = (0.09_f64, 1e-3, 1.0);
        let sheared = PI * air(40.0).1 * speed * radius.powi(4) / (2.0 * gap) * speed;
        let found = disc_gap_drag(radius, gap, speed, 40.0);
        assert!((found / sheared - 1.0).abs() < 1e-9, "{found} {sheared}");
        let mut before = found;
        for step in 1..200 {
            let speed = 1.0 + 5.0 * f64::from(step);
            let here = disc_gap_drag(radius, gap, speed, 40.0);
            assert!(here > before);
            before = here;
        }
        let free = end_drag(2.0 * radius, 1000.0, 40.0) / 2.0;
        let enclosed = disc_gap_drag(radius, 1e-2, 1000.0, 40.0);
        assert!(
            enclosed > 0.3 * free && enclosed < free,
            "{enclosed} {free}"
        );
    }

    #[test]
    fn drag_grows_with_speed_between_its_square_and_its_cube_and_vanishes_at_rest() {
        let gap = |w| gap_drag(0.16, 0.08, 0.75e-3, w, 40.0);
        let end = |w| end_drag(0.16, w, 40.0);
        // Within one kind of flow: where the end plates pass from laminar to turbulent flow their drag rises faster.
        for speed in [10.0, 100.0, 1000.0] {
            for power in [gap(2.0 * speed) / gap(speed), end(2.0 * speed) / end(speed)] {
                assert!((3.3..8.0).contains(&power), "{speed}: {power}");
            }
        }
        for step in 1..300 {
            let speed = 10.0 * f64::from(step);
            assert!(end(speed + 10.0) > end(speed) && gap(speed + 10.0) > gap(speed));
        }
        assert_eq!(gap_drag(0.16, 0.08, 0.75e-3, 0.0, 40.0), 0.0);
        assert_eq!(disc_gap_drag(0.09, 1e-3, 0.0, 40.0), 0.0);
        assert_eq!(end_drag(0.16, 0.0, 40.0), 0.0);
    }
}
