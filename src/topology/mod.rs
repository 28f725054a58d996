//! Machine types: parameters, cross-field geometry and the regions that the field network covers.

pub mod axial;
pub mod ipm;
mod misfit;
mod rotor;
mod sector;
pub mod spoke;
pub mod srm;
pub mod stator;
pub mod surface;

use crate::network::plan::SectorPlan;
use crate::resolution::Resolution;
use crate::stress::solid::Solid;
use crate::winding::Layout;
pub use misfit::Misfit;
pub use rotor::RotorPosition;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The machine type with its geometry. Externally tagged: `"topology": {"ipm": {…}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Topology {
    /// Interior permanent magnets in a V (or flat) pocket, inner rotor, radial flux.
    Ipm(ipm::Ipm),
    /// Magnets that stand radially between the poles, magnetised along the circumference, inner rotor,
    /// radial flux.
    Spoke(spoke::Spoke),
    /// Magnets on the surface of the rotor, radial flux.
    Spm(surface::Surface),
    /// Magnets on the surface of the rotor with iron standing between them, radial flux.
    Inset(surface::Inset),
    /// Salient poles on both sides, coils around those of the stator, no magnets: switched reluctance, radial
    /// flux.
    Srm(srm::Srm),
    /// Discs with magnets on the surface of the rotor or within its iron, axial flux.
    Axial(axial::Axial),
}

impl Topology {
    /// The tag of the design file, which is also the `topology` field of a record.
    pub fn name(&self) -> &'static str {
        match self {
            Topology::Ipm(_) => "ipm",
            Topology::Spoke(_) => "spoke",
            Topology::Spm(_) => "spm",
            Topology::Inset(_) => "inset",
            Topology::Srm(_) => "srm",
            Topology::Axial(_) => "axial",
        }
    }

    /// The family by whose reference machines it is validated. Poles with several teeth are one of their own, and magnets
    /// within the iron of a disc, so that neither they nor what is simpler take anything from the other's range or errors.
    pub fn validated_as(&self) -> &'static str {
        match self {
            Topology::Srm(srm) if srm.stator.teeth.is_some() => "srm_several_teeth",
            Topology::Axial(axial) if axial.rotor.interior.is_some() => "axial_interior",
            _ => self.name(),
        }
    }

    /// What of the geometry cannot be built; empty when it fits.
    pub fn fits(&self) -> Vec<Misfit> {
        match self {
            Topology::Ipm(ipm) => ipm.fits(),
            Topology::Spoke(spoke) => spoke.fits(),
            Topology::Spm(spm) => spm.fits(),
            Topology::Inset(inset) => inset.fits(),
            Topology::Srm(srm) => srm.fits(),
            Topology::Axial(axial) => axial.fits(),
        }
    }

    /// Plan of the smallest sector that repeats with the winding; nothing when the geometry does not
    /// fit, or when the machine has no winding that makes a rotating field: [`srm::Srm::plan`] is that of
    /// coils around poles.
    pub fn plan(&self, layout: &Layout, resolution: Resolution) -> Option<SectorPlan> {
        match self {
            Topology::Ipm(ipm) => ipm.plan(layout, resolution),
            Topology::Spoke(spoke) => Some(spoke.plan(layout, resolution)),
            Topology::Spm(spm) => spm.plan(layout, resolution),
            Topology::Inset(inset) => inset.plan(layout, resolution),
            Topology::Srm(_) => None,
            Topology::Axial(axial) => Some(axial.plan(layout, resolution)),
        }
    }

    /// What the rest of the program needs to know of the geometry.
    pub fn bill(&self) -> Bill {
        match self {
            Topology::Ipm(ipm) => ipm.bill(),
            Topology::Spoke(spoke) => spoke.bill(),
            Topology::Spm(spm) => spm.bill(),
            Topology::Inset(inset) => inset.bill(),
            Topology::Srm(srm) => srm.bill(),
            Topology::Axial(axial) => axial.bill(),
        }
    }

    /// Half a pole of what turns, for the solution of its stress, or why that cannot be had.
    ///
    /// # Errors
    /// When the drawing leaves open what holds a part of the rotor.
    pub fn solid(&self) -> Result<Solid, String> {
        match self {
            Topology::Ipm(ipm) => ipm.solid(),
            Topology::Spoke(spoke) => spoke.solid(),
            Topology::Spm(spm) => spm.solid(),
            Topology::Inset(inset) => inset.solid(),
            Topology::Srm(srm) => srm.solid(),
            Topology::Axial(_) => {
                Err("a disc is no lamination that turns in its own plane".to_owned())
            }
        }
    }

    /// Where magnets sit that lie on the surface of the rotor; nothing where there are none.
    pub fn seat(&self) -> Option<surface::Seat> {
        match self {
            Topology::Spm(spm) => spm.seat(),
            Topology::Inset(inset) => inset.seat(),
            Topology::Ipm(_) | Topology::Spoke(_) | Topology::Srm(_) | Topology::Axial(_) => None,
        }
    }

    /// The slotted stator, seen from its gap; nothing where coils lie around poles.
    pub fn lamination(&self) -> Option<stator::Lamination<'_>> {
        match self {
            Topology::Ipm(ipm) => Some(ipm.stator.at_bore()),
            Topology::Spoke(spoke) => Some(spoke.stator.at_bore()),
            Topology::Spm(spm) => Some(spm.stator.beside(spm.rotor_position)),
            Topology::Inset(inset) => Some(inset.stator.beside(inset.rotor_position)),
            Topology::Srm(_) | Topology::Axial(_) => None,
        }
    }

    /// Distance [m] of a place in the rotor from the nearest face of its magnet, by the radius [m] and the
    /// angle from the pole axis [rad] at which it is drawn; zero where there are no magnets.
    pub fn magnet_depth(&self, rho: f64, phi: f64) -> f64 {
        match self {
            Topology::Ipm(ipm) => ipm.magnet_depth(rho, phi),
            Topology::Spoke(spoke) => spoke.magnet_depth(rho, phi),
            Topology::Spm(spm) => spm.magnet_depth(rho, phi),
            Topology::Inset(inset) => inset.magnet_depth(rho, phi),
            Topology::Srm(_) => 0.0,
            Topology::Axial(axial) => axial.magnet_depth(rho, phi),
        }
    }

    /// Whether poles are put together of pieces whose magnetisation turns from one to the next: Halbach arrays.
    pub fn turns_its_magnetisation(&self) -> bool {
        match self {
            Topology::Spm(surface::Surface { rotor, .. })
            | Topology::Inset(surface::Inset { rotor, .. }) => rotor.is_an_array(),
            Topology::Axial(axial) => axial.rotor.halbach.is_some(),
            Topology::Ipm(_) | Topology::Spoke(_) | Topology::Srm(_) => false,
        }
    }

    /// The same machine with its air gap changed by a length [m], at the rotor.
    #[must_use]
    pub fn with_air_gap_changed(&self, by: f64) -> Self {
        match self {
            Topology::Ipm(ipm) => Topology::Ipm(ipm::Ipm {
                air_gap: ipm.air_gap + by,
                ..ipm.clone()
            }),
            Topology::Spoke(spoke) => Topology::Spoke(spoke.with_air_gap_changed(by)),
            Topology::Spm(spm) => Topology::Spm(surface::Surface {
                air_gap: spm.air_gap + by,
                ..spm.clone()
            }),
            Topology::Inset(inset) => Topology::Inset(surface::Inset {
                air_gap: inset.air_gap + by,
                ..inset.clone()
            }),
            Topology::Srm(srm) => Topology::Srm(srm.with_air_gap_changed(by)),
            Topology::Axial(axial) => Topology::Axial(axial.with_air_gap_changed(by)),
        }
    }

    /// The same machine with its bridges changed by a length [m]; nothing where it has none.
    #[must_use]
    pub fn with_bridge_changed(&self, by: f64) -> Option<Self> {
        match self {
            Topology::Ipm(ipm) => Some(Topology::Ipm(ipm.with_bridge_changed(by))),
            Topology::Spoke(spoke) => Some(Topology::Spoke(spoke.with_bridge_changed(by))),
            Topology::Axial(axial) => axial.with_bridge_changed(by).map(Topology::Axial),
            Topology::Spm(_) | Topology::Inset(_) | Topology::Srm(_) => None,
        }
    }

    /// Whether what is solved ends in a plane that cuts magnets whose flux does not pass it: in the other half of such a
    /// magnet the flux runs the other way.
    pub fn halves_its_magnets(&self) -> bool {
        match self {
            Topology::Axial(axial) => axial.halves_its_magnets(),
            _ => false,
        }
    }
}

/// Counts, lengths and areas of a machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bill {
    /// Slots.
    pub slots: usize,
    /// Poles.
    pub poles: usize,
    /// Gap between the stator and the magnets or the rotor iron: a sleeve, which is not magnetic, counts
    /// as gap [m].
    pub air_gap: f64,
    /// Pole pitch at the rotor surface, or at the mean radius of a disc [m].
    pub pole_pitch: f64,
    /// Magnet thickness along the magnetisation [m]; zero without magnets.
    pub magnet_thickness: f64,
    /// Clearance between magnet and pocket along the magnetisation, both sides together [m]; nothing
    /// where magnets do not lie in pockets.
    pub pocket_clearance: Option<f64>,
    /// Bridge between magnet and gap [m]; nothing where there is none.
    pub bridge: Option<f64>,
    /// Length of the stack, or of the iron along the radius of a disc [m].
    pub stack_length: f64,
    /// Cross-section of all magnets [m²].
    pub magnet_area: f64,
    /// Iron cross-section of the stator [m²].
    pub stator_iron_area: f64,
    /// Iron cross-section of the rotor [m²].
    pub rotor_iron_area: f64,
    /// Cross-section of a slot where coil sides lie [m²].
    pub slot_area: f64,
    /// Radius at which the coil sides lie in the mean [m].
    pub coil_radius: f64,
    /// Equal windings in series, of each of which the design states turns and coils: two where a machine with
    /// axial flux has slots on two sides, else one.
    pub windings: usize,
    /// The rotor, if it is a disc and no cylinder.
    pub disc: Option<Disc>,
}

/// What the air drags of a machine with axial flux.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disc {
    /// Outer radius [m].
    pub radius: f64,
    /// Faces of rotors that turn along a stator, an air gap away.
    pub gaps: usize,
    /// Faces of rotors that turn freely.
    pub free_faces: usize,
}
