//! Where magnets lie on the disc of a machine with axial flux.

use super::{Axial, MagnetOutline};

/// A disc of iron with magnets on one face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DiscSeat {
    /// Magnets of a disc.
    pub magnets: usize,
    /// Discs.
    pub discs: usize,
    /// Pieces of a Halbach array of which a magnet is put together; one without an array.
    pub pieces: usize,
    /// Inner radius of iron and magnets [m].
    pub inner: f64,
    /// Outer radius [m].
    pub outer: f64,
    /// Axial thickness of the iron [m].
    pub iron: f64,
    /// Axial thickness of the magnets [m].
    pub magnet: f64,
    /// Face of a magnet [m²].
    pub face: f64,
    /// Radius of the centre of the face of a magnet [m].
    pub centre: f64,
    /// Whether the sides of the magnets lie along radii.
    pub along_radii: bool,
}

impl DiscSeat {
    /// Part of the ring of iron that magnets cover [-].
    pub fn share(&self) -> f64 {
        let ring = std::f64::consts::PI * (self.outer * self.outer - self.inner * self.inner);
        self.magnets as f64 * self.face / ring
    }
}

impl Axial {
    /// Where the magnets lie; nothing where they have no iron behind them, or lie within it.
    ///
    /// The centre is ∫ r w dr / ∫ w dr of the width w of a magnet, which between radii grows with r: that of a ring,
    /// 2 (r₂³ − r₁³) / 3 (r₂² − r₁²). Along the axis of its pole it lies nearer.
    pub fn seat(&self) -> Option<DiscSeat> {
        if self.rotor.interior.is_some() {
            return None;
        }
        let iron = self.rotor.back_iron_thickness?;
        let (inner, outer) = (self.inner_diameter / 2.0, self.outer_diameter / 2.0);
        let outline = self.rotor.magnet_outline;
        let width = outline.width(self.pole_pitch(self.mean_radius()));
        Some(DiscSeat {
            magnets: self.rotor.pole_count,
            discs: self.arrangement.rotors(),
            pieces: self.pieces(),
            inner,
            outer,
            iron,
            magnet: self.magnet_thickness(),
            face: width * self.length(),
            along_radii: matches!(outline, MagnetOutline::Sector(_)),
            centre: match outline {
                MagnetOutline::Sector(_) => {
                    2.0 / 3.0 * (outer.powi(3) - inner.powi(3)) / (outer.powi(2) - inner.powi(2))
                }
                MagnetOutline::ParallelSides(_) => self.mean_radius(),
            },
        })
    }
}
