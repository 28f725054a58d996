//! The rotor of a switched reluctance machine as the solution of its stress sees it.

use super::Srm;
use crate::geometry::Point;
use crate::stress::solid::{Cut, Solid, ring};

impl Srm {
    /// Half a pole of the rotor lamination, from the middle of a slot, or why its stress cannot be had.
    ///
    /// # Errors
    /// When a pole side does not reach its root.
    pub fn solid(&self) -> Result<Solid, String> {
        let rotor = self.rotor_salient();
        let (gap, root, back) = (rotor.gap_radius, rotor.root_radius(), rotor.back_radius);
        let half = rotor.pitch() / 2.0;
        let (Some(corner), Some(foot)) = (rotor.slot_side(gap), rotor.slot_side(root)) else {
            return Err("a pole side does not reach the yoke".to_owned());
        };
        let mut outline: Vec<Point> = ring(back, 0.0, half).collect();
        outline.extend(ring(gap, half, corner.angle()));
        outline.extend(ring(root, foot.angle(), 0.0));
        let axis = Point::polar(1.0, half);
        let mut cuts = vec![];
        for t in [0.0, 0.1, 0.25, 0.5] {
            let from = foot.towards(corner, t);
            cuts.push(Cut {
                place: "rotor pole",
                from,
                to: axis.scaled(axis.x * from.x + axis.y * from.y),
                mirrored: true,
            });
        }
        for t in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let angle = t * foot.angle();
            cuts.push(Cut {
                place: "rotor yoke behind the slot",
                from: Point::polar(root, angle),
                to: Point::polar(back, angle),
                mirrored: false,
            });
        }
        Ok(Solid {
            outline,
            holes: vec![],
            half_pitch: half,
            walls: vec![],
            cuts,
            rounds: [gap, back],
            coarsest: gap.max(back) * half / 8.0,
        })
    }
}
