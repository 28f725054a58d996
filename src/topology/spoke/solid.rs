//! The rotor of a spoke machine as the solution of its stress sees it.

use super::Spoke;
use crate::geometry::Point;
use crate::stress::solid::{Cut, Solid, Wall, ring};

impl Spoke {
    /// Half a pole of the rotor lamination, or why its stress cannot be had.
    ///
    /// # Errors
    /// When the poles hang on a hub whose fixing nobody describes, or nothing holds the magnets.
    pub fn solid(&self) -> Result<Solid, String> {
        let v = &self.rotor;
        let p = self.pocket();
        let (radius, bore) = (self.rotor_radius(), self.lamination_inner_radius());
        if p.inner <= bore {
            return Err(
                "the poles do not hang together below their magnets: they hang on a hub or shaft whose fixing the \
                 design does not describe"
                    .to_owned(),
            );
        }
        let opening = v.outer_slot_width / 2.0;
        if opening >= p.half {
            return Err("no iron holds the magnets at the air gap".to_owned());
        }
        let half = self.half_pole();
        let mut outline: Vec<Point> = ring(bore, 0.0, half).collect();
        outline.extend([
            self.place(p.inner, 0.0),
            self.place(p.inner, -p.half),
            self.place(p.magnet_inner, -p.half),
            self.place(p.outer, -p.half),
            self.place(p.outer, -opening),
        ]);
        if opening > 0.0 {
            let top = self.place((radius * radius - opening * opening).sqrt(), -opening);
            outline.extend(ring(radius, top.angle(), 0.0));
        } else {
            outline.extend(ring(radius, half, 0.0));
        }
        // Half a magnet on what iron there is above it. The way across the radius is held by the other half.
        let centre = 0.5 * (p.outer + p.magnet_inner);
        let load = 0.5 * v.magnet_thickness * v.magnet_width * centre / (p.half - opening);
        Ok(Solid {
            outline,
            holes: vec![],
            half_pitch: half,
            walls: vec![Wall {
                from: self.place(p.outer, -p.half),
                to: self.place(p.outer, -opening),
                constant: Point::polar(load, half),
                depth: 0.0,
            }],
            cuts: self.cuts(opening),
            rounds: [radius, bore],
            coarsest: radius * half / 8.0,
        })
    }

    fn cuts(&self, opening: f64) -> Vec<Cut> {
        let p = self.pocket();
        let (radius, bore) = (self.rotor_radius(), self.lamination_inner_radius());
        let cut = |place, from, to, mirrored| Cut {
            place,
            from,
            to,
            mirrored,
        };
        let mut cuts = vec![];
        // Along the middle line of the magnet up to the surface, from the corner of the pocket to its middle.
        for t in [0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0] {
            let y = p.half + t * (opening - p.half);
            if y <= 0.0 || t < 1.0 || opening == 0.0 {
                let from = self.place(p.outer, -y);
                let to = self.place((radius * radius - y * y).sqrt(), -y);
                cuts.push(cut("bridge or lip above a magnet", from, to, false));
            }
        }
        for t in [0.0, 0.1, 0.25, 0.5, 1.0] {
            let from = self.place(p.inner + t * (p.outer - p.inner), -p.half);
            let to = Point::new(from.x, 0.0);
            cuts.push(cut("pole between two magnets", from, to, true));
        }
        for t in [0.0, 0.5, 1.0] {
            let from = self.place(p.inner, -t * p.half);
            let to = Point::polar(bore, from.angle());
            cuts.push(cut("yoke below a magnet", from, to, false));
        }
        cuts
    }
}
