//! Laws of the stress of what turns: closed forms, equilibrium, scaling, convergence, and what is refused.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::geometry::Point;
use dualcert::stress::cut::Peak;
use dualcert::stress::plane::{POISSON, Spin, Strained};
use dualcert::stress::ring::{Ring, equivalent};
use dualcert::stress::solid::{Cut, Solid, ring};
use dualcert::stress::{Fineness, peaks, triangles};
use dualcert::topology::Topology;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn json_of(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn reference(name: &str) -> Value {
    json_of(&format!("tests/reference/{name}.json"))["topology"].clone()
}

fn topology(value: &Value) -> Topology {
    serde_json::from_value(value.clone()).unwrap()
}

fn prius() -> Topology {
    topology(&reference("prius_2004_pyleecan"))
}

/// One machine of every family whose rotor is solved.
fn machines() -> Vec<Topology> {
    [
        "prius_2004_pyleecan",
        "prius_2004_femag",
        "spoke_12s10p_ferrite",
        "srm_12s8p",
        "srm_8s6p_emdlab",
        "spm_12s10p",
        "iea_15mw",
    ]
    .map(|name| topology(&reference(name)))
    .to_vec()
}

const SPIN: Spin = Spin {
    speed: 754.0,
    iron: 7700.0,
    magnet: 7900.0,
};

fn worst(solid: &Solid, spin: &Spin, fineness: Fineness) -> Peak {
    peaks(solid, spin, fineness).unwrap()[0]
}

/// A ring between two radii, a twelfth of a turn of it.
fn disk(inner: f64, outer: f64) -> Solid {
    let half = std::f64::consts::PI / 12.0;
    Solid {
        outline: ring(inner, 0.0, half)
            .chain(ring(outer, half, 0.0))
            .collect(),
        holes: vec![],
        half_pitch: half,
        walls: vec![],
        cuts: vec![Cut {
            place: "ring",
            from: Point::new(inner, 0.0),
            to: Point::new(outer, 0.0),
            mirrored: false,
        }],
        rounds: [outer, inner],
        coarsest: (outer - inner) / 8.0,
    }
}

/// A rotating disk with a hole (S. P. Timoshenko and J. N. Goodier, Theory of Elasticity, 1970, rotating disks):
/// hoop stress ρω²(3+ν)/4 (b² + a²(1−ν)/(3+ν)) at the bore and ρω²(3+ν)/4 (a² + b²(1−ν)/(3+ν)) at the outside.
#[test]
fn a_disk_with_a_hole_is_stressed_as_the_closed_form_says() {
    let (a, b) = (0.03, 0.08);
    let solid = disk(a, b);
    let mesh = triangles::mesh(&solid, Fineness::Standard).unwrap();
    let strained = Strained::of(&mesh, &solid, &SPIN).unwrap();
    let load = SPIN.iron * SPIN.speed * SPIN.speed * (3.0 + POISSON) / 4.0;
    let share = (1.0 - POISSON) / (3.0 + POISSON);
    for (radius, expected) in [
        (a, load * (b * b + share * a * a)),
        (b, load * (a * a + share * b * b)),
    ] {
        for (at, stress) in strained.on_round(radius) {
            let found = stress.equivalent();
            assert!(
                (found / expected - 1.0).abs() < 0.01,
                "{at:?}: {found} against {expected}"
            );
        }
    }
}

/// A thin ring carries ρω²r² (the same book), and its section shows that membrane and next to no bending.
#[test]
fn a_thin_ring_carries_its_own_pull() {
    let solid = disk(0.0790, 0.0810);
    let found = worst(&solid, &SPIN, Fineness::Standard).stress;
    let expected = SPIN.iron * (SPIN.speed * 0.08).powi(2);
    assert!((found / expected - 1.0).abs() < 0.03, "{found} {expected}");
}

/// Magnets all around: the iron below hangs on them, or is pressed by them, evenly, and is the ring of the closed form
/// with ρ ω² (r₂³ − r₁³) / (3 r) at its seat, inside the gap and outside.
#[test]
fn magnets_all_around_pull_evenly_at_the_iron() {
    for (name, key) in [("spm_12s10p", "spm"), ("iea_15mw", "spm")] {
        let mut value = reference(name);
        value[key]["rotor"]["magnet_arc_ratio"] = json!(1.0);
        value[key]["rotor"]["magnet_shape"] = json!({"arc": {}});
        let machine = topology(&value);
        let seat = machine.seat().unwrap();
        let pull =
            SPIN.magnet * SPIN.speed * SPIN.speed * (seat.top.powi(3) - seat.radius.powi(3)).abs()
                / (3.0 * seat.radius);
        let iron = Ring {
            inner: seat.radius.min(seat.back),
            outer: seat.radius.max(seat.back),
            hoop_modulus: 1.0,
            radial_modulus: 1.0,
            poisson: POISSON,
            density: SPIN.iron,
        };
        let inside = seat.back < seat.radius;
        let pressures = if inside { (0.0, -pull) } else { (pull, 0.0) };
        let ring = iron.under(pressures.0, pressures.1, SPIN.speed);
        let expected = equivalent(ring.stress(iron.inner));
        let found = worst(&machine.solid().unwrap(), &SPIN, Fineness::Standard).stress;
        assert!(
            (found / expected - 1.0).abs() < 0.01,
            "{name}: {found} {expected}"
        );
    }
}

/// Stress rises with the square of the speed, and with both densities together as they do.
#[test]
fn stress_scales_with_density_and_the_square_of_speed() {
    for machine in machines() {
        let solid = machine.solid().unwrap();
        let base = worst(&solid, &SPIN, Fineness::Coarse).stress;
        let faster = Spin {
            speed: 1.5 * SPIN.speed,
            ..SPIN
        };
        let denser = Spin {
            iron: 1.2 * SPIN.iron,
            magnet: 1.2 * SPIN.magnet,
            ..SPIN
        };
        for (spin, factor) in [(faster, 2.25), (denser, 1.2)] {
            let found = worst(&solid, &spin, Fineness::Coarse).stress;
            assert!((found / (factor * base) - 1.0).abs() < 1e-9);
        }
    }
}

/// The pole cap and its magnet hang on the bridge: what its section carries along the pole axis is their whole
/// centrifugal load, and so its stress is at least that load over its thickness.
#[test]
fn the_bridge_carries_what_hangs_on_it() {
    let machine = prius();
    let solid = machine.solid().unwrap();
    let mesh = triangles::mesh(&solid, Fineness::Fine).unwrap();
    let strained = Strained::of(&mesh, &solid, &SPIN).unwrap();
    let bridges: Vec<&Cut> = solid
        .cuts
        .iter()
        .filter(|c| c.place.starts_with("bridge"))
        .collect();
    let angle = |c: &Cut| c.from.angle();
    let middle = bridges[bridges.len() / 2 - 2];
    let (from, to) = (middle.from, middle.to);
    let thickness = from.distance(to);
    let normal = Point::new(-(to - from).y / thickness, (to - from).x / thickness);
    // Force over the section on what lies on the side of the pole axis.
    let (mut x, n) = (0.0, 400);
    for k in 0..n {
        let at = from.towards(to, (f64::from(k) + 0.5) / f64::from(n));
        let s = strained.stress(at).unwrap();
        x -= (s.xx * normal.x + s.xy * normal.y) * thickness / f64::from(n);
    }
    // The load of the triangles between the pole axis and the section, beyond the pocket, and of the magnet.
    let limit = angle(middle);
    let apex = solid
        .walls
        .iter()
        .map(|w| w.from.x)
        .fold(f64::INFINITY, f64::min);
    let square = SPIN.speed * SPIN.speed;
    let mut load = 0.0;
    for t in &mesh.triangles {
        let [a, b, c] = [t[0], t[1], t[2]].map(|node| mesh.nodes[node]);
        let centre = (a + b + c).scaled(1.0 / 3.0);
        let wall = &solid.walls[0];
        let along = wall.to - wall.from;
        let side = along.x * (centre.y - wall.from.y) - along.y * (centre.x - wall.from.x);
        // Right of the wall, seen from the axis outwards, lies the cap.
        if centre.angle() < limit && side < 0.0 && centre.x > apex {
            let area = 0.5 * ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y));
            load += SPIN.iron * square * centre.x * area;
        }
    }
    for wall in &solid.walls {
        let middle = wall.load(wall.from.towards(wall.to, 0.5));
        load += SPIN.magnet * square * middle.x * wall.from.distance(wall.to);
    }
    assert!((x.abs() / load - 1.0).abs() < 0.03, "{x} against {load}");
    let stress = worst(&solid, &SPIN, Fineness::Standard).stress;
    assert!(stress > load / thickness, "{stress} {}", load / thickness);
}

/// Coarse, standard and fine agree within what the stated uncertainty allows for.
#[test]
fn stress_converges() {
    for machine in machines() {
        let solid = machine.solid().unwrap();
        let at = |fineness| worst(&solid, &SPIN, fineness).stress;
        let (coarse, standard, fine) = (
            at(Fineness::Coarse),
            at(Fineness::Standard),
            at(Fineness::Fine),
        );
        let stated = (1.5 * (standard - coarse).abs()).max(0.02 * standard);
        assert!(
            (fine - standard).abs() < stated,
            "{coarse} {standard} {fine}"
        );
        assert!((standard / coarse - 1.0).abs() < 0.05);
    }
}

/// A thicker bridge bears more, a heavier magnet pulls more, and the same drawing gives the same bits.
#[test]
fn a_thicker_bridge_is_stressed_less_and_a_heavier_magnet_pulls_more() {
    let machine = prius();
    let of = |t: &Topology, spin: &Spin| worst(&t.solid().unwrap(), spin, Fineness::Coarse).stress;
    let base = of(&machine, &SPIN);
    let thicker = of(&machine.with_bridge_changed(0.3e-3).unwrap(), &SPIN);
    let heavier = Spin {
        magnet: 1.1 * SPIN.magnet,
        ..SPIN
    };
    assert!(thicker < 0.95 * base, "{thicker} {base}");
    assert!(of(&machine, &heavier) > 1.02 * base);
    assert_eq!(of(&machine, &SPIN).to_bits(), base.to_bits());
}

/// What nothing holds is refused with the reason, and never found to be without stress.
#[test]
fn what_nothing_holds_is_refused() {
    let spoke = |change: &[(&str, Value)]| {
        let mut value = reference("spoke_12s10p_ferrite");
        for (key, to) in change {
            value["spoke"]["rotor"][key] = to.clone();
        }
        topology(&value).solid().unwrap_err()
    };
    let open = reference("spoke_12s10p_ferrite")["spoke"]["rotor"]["magnet_thickness_mm"]
        .as_f64()
        .unwrap();
    let lost = spoke(&[("outer_slot_width_mm", json!(open + 1.0))]);
    assert!(lost.contains("holds the magnets"), "{lost}");
    let loose = spoke(&[("inner_barrier_depth_mm", json!(30.0))]);
    assert!(loose.contains("hub or shaft"), "{loose}");
    // A rib of no width between pockets that meet in a point.
    let mut value = reference("prius_2004_pyleecan");
    value["ipm"]["rotor"]["pocket_start"] = json!("square");
    let point = topology(&value).solid().unwrap_err();
    assert!(point.contains("touch in a point"), "{point}");
    // A cap that is cut off.
    let mut cut_off = prius().solid().unwrap();
    let half = cut_off.half_pitch;
    cut_off.outline = ring(0.05, 0.0, half).chain(ring(0.06, half, 0.0)).collect();
    cut_off.holes = vec![];
    assert!(peaks(&cut_off, &SPIN, Fineness::Coarse).is_err());
}
