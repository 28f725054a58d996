//! What of an interior magnet machine cannot be built.

use super::pocket::Pocket;
use super::{Ipm, PocketEnd};
use crate::geometry::{Point, Polygon};
use crate::topology::Misfit;
use crate::topology::misfit::{mm, not_positive, odd_poles};

/// Length by which corners may miss a limit on which they lie [m].
const SLACK: f64 = 1e-9;

impl Ipm {
    /// What of the geometry cannot be built.
    pub fn fits(&self) -> Vec<Misfit> {
        let mut misfits = self.stator.at_bore().fits();
        self.rotor_lengths_fit(&mut misfits);
        self.pieces_fit(&mut misfits);
        if misfits.is_empty() {
            self.statements_fit(&mut misfits);
        }
        if misfits.is_empty() {
            match self.pocket() {
                Some(pocket) => self.pocket_fits(&pocket, &mut misfits),
                None => misfits.push(Misfit {
                    code: "no-pocket",
                    path: vec!["rotor", "opening"],
                    found: "an opening that gives no pocket at this apex depth and web width"
                        .into(),
                    expected: "outer corners on the bridge radius, within the pole".into(),
                    fix: "check outer span (or angle), apex depth, bridge and web width".into(),
                }),
            }
        }
        misfits
    }

    fn rotor_lengths_fit(&self, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let mut check = |value: f64, path: &[&'static str], zero: bool| {
            misfits.extend(not_positive(value, path, zero));
        };
        check(self.air_gap, &["air_gap_mm"], false);
        check(self.stack_length, &["stack_length_mm"], false);
        for (value, key) in [
            (v.shaft_diameter, "shaft_diameter_mm"),
            (v.bridge_thickness, "bridge_thickness_mm"),
            (v.apex_depth, "apex_depth_mm"),
            (v.magnet_thickness, "magnet_thickness_mm"),
            (v.magnet_width, "magnet_width_mm"),
        ] {
            check(value, &["rotor", key], false);
        }
        for (value, key) in [
            (v.centre_rib_width, "centre_rib_width_mm"),
            (v.magnet_seat_step, "magnet_seat_step_mm"),
            (v.pocket_clearance, "pocket_clearance_mm"),
            (v.magnet_offset, "magnet_offset_mm"),
            (v.piece_rib_width, "piece_rib_width_mm"),
        ] {
            check(value, &["rotor", key], true);
        }
        if let Some(web) = v.interpolar_web_width {
            check(web, &["rotor", "interpolar_web_width_mm"], false);
        }
        if let Some(width) = v.pocket_width() {
            let path = ["rotor", "pocket_end", "square", "pocket_width_mm"];
            check(width, &path, false);
        }
        if let PocketEnd::Channel(channel) = v.pocket_end {
            let path = ["rotor", "pocket_end", "channel", "width_mm"];
            check(channel.width, &path, false);
        }
        misfits.extend(odd_poles(v.pole_count));
        if v.magnet_seat_step >= v.magnet_thickness {
            misfits.push(Misfit {
                code: "seat-deeper-than-magnet",
                path: vec!["rotor", "magnet_seat_step_mm"],
                found: mm(v.magnet_seat_step),
                expected: format!("less than the magnet thickness, {}", mm(v.magnet_thickness)),
                fix: "lower the seat".into(),
            });
        }
        if self.rotor_radius() <= v.shaft_diameter / 2.0 {
            misfits.push(Misfit {
                code: "no-rotor",
                path: vec!["rotor", "shaft_diameter_mm"],
                found: mm(v.shaft_diameter),
                expected: format!(
                    "less than the rotor diameter, {}",
                    mm(2.0 * self.rotor_radius())
                ),
                fix: "check shaft and bore diameter and the air gap".into(),
            });
        }
    }

    fn pieces_fit(&self, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let mut refuse = |found: String, expected: &str, fix: &str| {
            misfits.push(Misfit {
                code: "pieces-do-not-fit",
                path: vec!["rotor", "magnet_pieces_per_pole"],
                found,
                expected: expected.into(),
                fix: fix.into(),
            });
        };
        let count = v.magnet_pieces_per_pole;
        if !(1..=12).contains(&count) {
            refuse(
                count.to_string(),
                "1 to 12 pieces a pole",
                "enter the pieces across the magnetisation; pieces along the shaft do not count",
            );
            return;
        }
        let flat = self.pocket_tilt().is_none_or(|tilt| tilt.abs() < 1e-9);
        if count % 2 == 1 && !(flat && v.centre_rib_width == 0.0 && v.magnet_offset == 0.0) {
            refuse(
                format!(
                    "{count} pieces, so that one lies across the pole axis, with a rib of {}, an offset of {} and {} row",
                    mm(v.centre_rib_width),
                    mm(v.magnet_offset),
                    if flat { "a flat" } else { "no flat" }
                ),
                "a flat row without centre rib and offset, or an even number",
                "state v_angle_deg 180, centre_rib_width_mm 0 and magnet_offset_mm 0, or an even number",
            );
        }
    }

    /// Whether what is stated can be stated together.
    fn statements_fit(&self, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let mut refuse = |code, path: &[&'static str], found: &str, expected: &str, fix: &str| {
            misfits.push(Misfit {
                code,
                path: path.to_vec(),
                found: found.into(),
                expected: expected.into(),
                fix: fix.into(),
            });
        };
        let opening = ["rotor", "opening"];
        if v.opening.v_angle.is_none() && v.opening.outer_span.is_none() {
            refuse(
                "opening-not-stated",
                &opening,
                "neither angle nor span",
                "v_angle_deg, outer_span_mm, or both",
                "state one of them; both where the outer edge turns up beyond the magnet",
            );
        }
        if v.pocket_width().is_some() && v.opening.outer_span.is_some() {
            refuse(
                "span-and-width-stated",
                &opening,
                "an outer span beside a pocket width",
                "one of them, since the other follows",
                "leave out outer_span_mm and state v_angle_deg, or leave out pocket_width_mm",
            );
        }
        if matches!(v.pocket_end, PocketEnd::AlongWeb(_)) && v.interpolar_web_width.is_none() {
            refuse(
                "web-not-stated",
                &["rotor"],
                "no interpolar_web_width_mm",
                "a width of the web along which the pocket ends",
                "state interpolar_web_width_mm, or another pocket_end",
            );
        }
        if matches!(v.pocket_end, PocketEnd::Channel(_))
            && (v.opening.v_angle.is_none() || v.opening.outer_span.is_none())
        {
            refuse(
                "channel-without-turn",
                &opening,
                "an outer edge that does not turn",
                "v_angle_deg and outer_span_mm, since a channel follows the edge beyond its turn",
                "state both, or another pocket_end",
            );
        }
    }

    /// Whether a pocket of sound dimensions stays inside its pole and holds its magnet.
    fn pocket_fits(&self, p: &Pocket, misfits: &mut Vec<Misfit>) {
        if !(-1e-9..1.4).contains(&p.tilt) {
            misfits.push(Misfit {
                code: "pocket-opens-inward",
                path: vec!["rotor", "apex_depth_mm"],
                found: format!(
                    "an apex depth of {}, which tilts the pocket by {:.1}°",
                    mm(self.rotor.apex_depth),
                    p.tilt.to_degrees()
                ),
                expected: "an apex at least as deep as the outer corners, and a tilt below 80°"
                    .into(),
                fix: "deepen the apex or narrow the outer span".into(),
            });
            return;
        }
        self.magnet_stays_in_pole(p, misfits);
        self.axis_and_shaft_are_free(p, misfits);
        if misfits.is_empty() {
            let outline = self.pocket_outline(p);
            self.outline_stays_in_pole(p, &outline, misfits);
            if misfits.is_empty() {
                self.outline_holds_magnet(p, &outline, misfits);
            }
        }
    }

    /// Distance of a point from the middle between the poles [m].
    fn beside_interpolar_axis(&self, q: Point) -> f64 {
        q.radius() * (self.half_pole() - q.angle()).sin()
    }

    fn magnet_stays_in_pole(&self, p: &Pocket, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let web = v.interpolar_web_width.unwrap_or(0.0);
        let [_, far, low_far, _] = p.magnet;
        let (edge, _) = p.measure(p.outer_corner);
        let most = edge - v.magnet_offset - (v.magnet_reach() - v.magnet_width);
        if p.turn.is_none() && v.magnet_width > most + SLACK {
            misfits.push(Misfit {
                code: "magnet-leaves-pole",
                path: vec!["rotor", "magnet_width_mm"],
                found: mm(v.magnet_width),
                expected: format!("at most {} up to the bridge", mm(most)),
                fix: "narrow the magnet, open the V wider or thin the bridge".into(),
            });
        }
        for (q, what) in [(far, "outer"), (low_far, "inner")] {
            let wall = self.beside_interpolar_axis(q);
            if wall < web / 2.0 - SLACK {
                misfits.push(Misfit {
                    code: "magnet-leaves-pole",
                    path: vec!["rotor", "magnet_width_mm"],
                    found: format!(
                        "{}; its {what} corner is {} from the middle between the poles",
                        mm(v.magnet_width),
                        mm(wall)
                    ),
                    expected: format!("at least half the web, {}", mm(web / 2.0)),
                    fix: "narrow the magnet, the web or the V".into(),
                });
                break;
            }
        }
        if matches!(v.pocket_end, PocketEnd::AlongWeb(_))
            && p.outer_corner.angle() >= p.wall_outer.angle() + SLACK
        {
            misfits.push(Misfit {
                code: "pocket-overlaps-web",
                path: vec!["rotor", "interpolar_web_width_mm"],
                found: mm(web),
                expected: format!(
                    "at most {} beside the outer corner",
                    mm(2.0 * self.beside_interpolar_axis(p.outer_corner))
                ),
                fix: "narrow the web or the outer span".into(),
            });
        }
    }

    fn axis_and_shaft_are_free(&self, p: &Pocket, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let [.., low_far, low_near] = p.magnet;
        if low_near.y < v.centre_rib_width / 2.0 - SLACK {
            misfits.push(Misfit {
                code: "magnets-overlap",
                path: vec!["rotor", "magnet_offset_mm"],
                found: mm(v.magnet_offset),
                expected: "magnets that stay on their side of the pole axis".into(),
                fix: "move the magnet away from the apex".into(),
            });
        }
        let deepest = [low_far, low_near]
            .iter()
            .chain(&p.floor)
            .chain(&p.start)
            .map(|q| q.radius())
            .fold(f64::INFINITY, f64::min);
        if deepest <= v.shaft_diameter / 2.0 {
            misfits.push(Misfit {
                code: "pocket-meets-shaft",
                path: vec!["rotor", "shaft_diameter_mm"],
                found: mm(v.shaft_diameter),
                expected: format!("less than {} across the pockets", mm(2.0 * deepest)),
                fix: "reduce the shaft, the apex depth or the magnet thickness".into(),
            });
        }
    }

    fn outline_stays_in_pole(&self, p: &Pocket, outline: &Polygon, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let corners = outline.vertices();
        let highest = corners.iter().map(|q| q.radius()).fold(0.0, f64::max);
        let iron = self.rotor_radius() - highest;
        if iron < v.bridge_thickness - SLACK {
            misfits.push(Misfit {
                code: "pocket-in-bridge",
                path: vec!["rotor", "bridge_thickness_mm"],
                found: format!(
                    "{}, of which the pocket leaves {}",
                    mm(v.bridge_thickness),
                    mm(iron)
                ),
                expected: "as much iron between pocket and gap as the bridge is thick".into(),
                fix: "deepen the apex, close the V or narrow the pocket".into(),
            });
        }
        let nearest = corners
            .iter()
            .map(|q| self.beside_interpolar_axis(*q))
            .fold(f64::INFINITY, f64::min);
        let web = v.interpolar_web_width.unwrap_or(0.0);
        if nearest < web / 2.0 - SLACK || nearest <= SLACK {
            misfits.push(Misfit {
                code: "pocket-leaves-pole",
                path: vec!["rotor", "pocket_end"],
                found: format!("a pocket that comes to {} of the middle between the poles", mm(nearest)),
                expected: format!("at least half the web, {}", mm(web / 2.0)),
                fix: "narrow the pocket or the V, or state pocket_end along_web and the width of the web"
                    .into(),
            });
        }
        if crosses_itself(outline) || p.measure(p.wall_inner).0 < p.measure(p.seat_far).0 - SLACK {
            let (beyond, room) = (p.measure(p.seat_far).0, p.measure(p.wall_inner).0);
            misfits.push(Misfit {
                code: "pocket-ends-in-magnet",
                path: vec!["rotor", "magnet_width_mm"],
                found: format!("a magnet that reaches {} from the apex", mm(beyond)),
                expected: format!(
                    "an end before the side of the pocket, at {} on its inner edge",
                    mm(room)
                ),
                fix:
                    "narrow the magnet or its offset, deepen the apex, or state another pocket_end"
                        .into(),
            });
        }
    }

    fn outline_holds_magnet(&self, p: &Pocket, outline: &Polygon, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let (near, far) = (v.magnet_offset, v.magnet_offset + v.magnet_reach());
        let depth = v.magnet_thickness + v.pocket_clearance;
        // A little within the magnet: its sides may lie on those of the pocket.
        let (inset, shallow) = (1e-4 * (far - near), 1e-4 * depth);
        let held = (0..=8).all(|k| {
            let s = near + inset + (far - near - 2.0 * inset) * f64::from(k) / 8.0;
            outline.contains(p.place(s, shallow)) && outline.contains(p.place(s, depth - shallow))
        });
        if !held {
            let (room, _) = p.measure(p.outer_corner);
            misfits.push(Misfit {
                code: "magnet-leaves-pocket",
                path: vec!["rotor", "magnet_width_mm"],
                found: format!(
                    "a magnet from {} to {} of the outer edge",
                    mm(near),
                    mm(far)
                ),
                expected: format!("less than the length of the edge, {}", mm(room)),
                fix: "narrow the magnet, thin the bridge, deepen the apex or widen the pocket"
                    .into(),
            });
        }
    }
}

/// Whether two edges of an outline that are not neighbours cross.
fn crosses_itself(outline: &Polygon) -> bool {
    let edges: Vec<(Point, Point)> = outline
        .edges()
        .filter(|(a, b)| a.distance(*b) > SLACK)
        .collect();
    let side = |a: Point, b: Point, q: Point| (b.x - a.x) * (q.y - a.y) - (b.y - a.y) * (q.x - a.x);
    edges.iter().enumerate().any(|(i, (a, b))| {
        edges.iter().skip(i + 2).any(|(c, d)| {
            side(*a, *b, *c) * side(*a, *b, *d) < 0.0 && side(*c, *d, *a) * side(*c, *d, *b) < 0.0
        })
    })
}
