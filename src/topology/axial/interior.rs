//! Magnets within the iron of the rotor of a machine with axial flux.

use super::{Arrangement, Axial};
use crate::topology::Misfit;
use crate::topology::misfit::{misfit, mm, not_positive};
use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the magnets lie in the iron of a rotor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Interior {
    /// Magnetised along the axis, each behind a piece of iron that is its pole. Between the poles iron reaches to the gap
    /// (A. Cavagnino, M. Lazzari, F. Profumo, A. Tenconi, "Axial flux interior PM synchronous motor: parameters
    /// identification and steady-state performance measurements", IEEE Trans. Ind. Appl. 36 (2000) 1581-1588).
    Buried(Buried),
    /// Magnetised along the circumference, between pieces of iron as thick along the axis as they are, which are the poles.
    /// What holds both is not magnetic, so that there is no back iron; between two stators both faces of a piece have the
    /// same polarity. The outline of a magnet is as wide as it is thick along its magnetisation.
    Spoke(DiscSpoke),
}

/// Magnets behind pieces of iron. All lengths are the same at every radius.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Buried {
    /// Axial thickness of the iron between a magnet and the gap, of each gap [mm].
    #[serde(rename = "pole_piece_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub pole_piece_thickness: f64,
    /// Width of the flux barrier beside a magnet, on each of its sides along the circumference [mm].
    #[serde(rename = "barrier_width_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub barrier_width: f64,
    /// Axial thickness of the iron between a flux barrier and the gap [mm]; 0 where the barrier is open to it.
    #[serde(rename = "bridge_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub bridge_thickness: f64,
    /// Clearance between magnet and pocket along the magnetisation, both sides together [mm]; none if left out. It is air in
    /// the magnet's circuit.
    #[serde(
        rename = "pocket_clearance_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64", range(min = 0.0))]
    pub pocket_clearance: f64,
}

/// Magnets between poles of iron.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscSpoke {
    /// Clearance between magnet and poles along the magnetisation, both sides together [mm]; none if left out. It is air in
    /// the magnet's circuit.
    #[serde(
        rename = "pocket_clearance_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64", range(min = 0.0))]
    pub pocket_clearance: f64,
}

impl Interior {
    /// Clearance between magnet and pocket along the magnetisation, both sides together [m].
    pub(super) fn pocket_clearance(&self) -> f64 {
        match self {
            Interior::Buried(buried) => buried.pocket_clearance,
            Interior::Spoke(spoke) => spoke.pocket_clearance,
        }
    }
}

/// Smallest width of iron that is left beside magnets [m].
const LEAST_IRON: f64 = 0.5e-3;

impl Axial {
    /// The pieces of iron behind which the magnets lie, if they do.
    pub(super) fn buried(&self) -> Option<&Buried> {
        match &self.rotor.interior {
            Some(Interior::Buried(buried)) => Some(buried),
            _ => None,
        }
    }

    /// Whether the magnets stand between the poles.
    pub(super) fn spoke(&self) -> Option<&DiscSpoke> {
        match &self.rotor.interior {
            Some(Interior::Spoke(spoke)) => Some(spoke),
            _ => None,
        }
    }

    /// Axial thickness of the iron between magnet and gap [m].
    pub(super) fn pole_piece(&self) -> f64 {
        self.buried().map_or(0.0, |b| b.pole_piece_thickness)
    }

    /// Depth of what lies in the rotor from the gap to the far face of the magnets of one gap, or to the plane that cuts
    /// them in the middle [m].
    pub(super) fn rotor_depth(&self) -> f64 {
        let clearance = self.buried().map_or(0.0, |b| b.pocket_clearance);
        self.pole_piece() + self.magnet_thickness() + clearance * self.arrangement.magnet_share()
    }

    /// Whether the plane between two stators cuts magnets whose flux does not pass it.
    pub fn halves_its_magnets(&self) -> bool {
        self.arrangement == Arrangement::DoubleStator && self.spoke().is_some()
    }

    /// Width of the hole in which a magnet of a width lies [m].
    pub(super) fn pocket_width(&self, magnet: f64) -> f64 {
        match &self.rotor.interior {
            Some(Interior::Buried(buried)) => magnet + 2.0 * buried.barrier_width,
            Some(Interior::Spoke(spoke)) => magnet + spoke.pocket_clearance,
            None => magnet,
        }
    }

    /// Iron of one gap that lies before and between its magnets, which cover so much of a circumference [m], in a cut around
    /// it [m²].
    pub(super) fn iron_beside_magnets(&self, covered: f64, around: f64) -> f64 {
        let poles = self.rotor.pole_count as f64;
        match &self.rotor.interior {
            Some(Interior::Buried(buried)) => {
                let pocket = self.rotor_depth() - buried.pole_piece_thickness;
                let barrier = pocket + buried.pole_piece_thickness - buried.bridge_thickness;
                around * self.rotor_depth()
                    - covered * pocket
                    - 2.0 * poles * buried.barrier_width * barrier
            }
            Some(Interior::Spoke(spoke)) => {
                (around - covered - poles * spoke.pocket_clearance) * self.magnet_thickness()
            }
            None => 0.0,
        }
    }

    /// The same machine with its bridges changed by a length [m]; nothing where it has none.
    #[must_use]
    pub fn with_bridge_changed(&self, by: f64) -> Option<Self> {
        let mut buried = *self.buried().filter(|b| b.bridge_thickness > 0.0)?;
        buried.bridge_thickness += by;
        let mut changed = self.clone();
        changed.rotor.interior = Some(Interior::Buried(buried));
        Some(changed)
    }

    /// What of magnets within iron cannot be.
    pub(super) fn within_iron(&self) -> Vec<Misfit> {
        let Some(interior) = &self.rotor.interior else {
            return vec![];
        };
        let checks: Vec<(f64, &[&'static str], bool)> = match interior {
            Interior::Buried(buried) => vec![
                (buried.pole_piece_thickness, PIECE, false),
                (buried.barrier_width, BARRIER, false),
                (buried.bridge_thickness, BRIDGE, true),
                (
                    buried.pocket_clearance,
                    &["rotor", "interior", "buried", "pocket_clearance_mm"],
                    true,
                ),
            ],
            Interior::Spoke(spoke) => vec![(
                spoke.pocket_clearance,
                &["rotor", "interior", "spoke", "pocket_clearance_mm"],
                true,
            )],
        };
        let mut found: Vec<Misfit> = checks
            .into_iter()
            .filter_map(|(length, path, zero)| not_positive(length, path, zero))
            .collect();
        if self.rotor.halbach.is_some() {
            found.push(misfit(
                "halbach-within-iron",
                &["rotor", "halbach"],
                "pieces that gather flux on one side, within iron".into(),
                "no halbach where `interior` is stated".into(),
                "leave one of the two keys out",
            ));
        }
        found
    }

    /// Whether bridges are no thicker than the pieces of iron that they hold, and iron is left beside the magnets.
    pub(super) fn pockets(&self, misfits: &mut Vec<Misfit>) {
        if let Some(buried) = self.buried() {
            let most = buried.pole_piece_thickness;
            if buried.bridge_thickness > most * (1.0 + 1e-9) {
                misfits.push(misfit(
                    "bridge-thicker-than-pole-piece",
                    BRIDGE,
                    mm(buried.bridge_thickness),
                    format!("at most the thickness of the pole piece, {}", mm(most)),
                    "make the bridge thinner or the pole piece thicker",
                ));
            }
        }
        if self.rotor.interior.is_none() {
            return;
        }
        let room = self.pole_pitch(self.inner_diameter / 2.0);
        let pocket = self.pocket_width(self.rotor.magnet_outline.width(room));
        if pocket > room - LEAST_IRON {
            misfits.push(misfit(
                "no-iron-between-magnets",
                &["rotor", "interior"],
                format!(
                    "magnets with what lies beside them {} wide at the inner diameter",
                    mm(pocket)
                ),
                format!(
                    "at most {}, so that {} of iron are left of the pole pitch there",
                    mm(room - LEAST_IRON),
                    mm(LEAST_IRON)
                ),
                "narrow the magnets or the barriers, or enlarge the inner diameter",
            ));
        }
    }
}

const PIECE: &[&str] = &["rotor", "interior", "buried", "pole_piece_thickness_mm"];
const BARRIER: &[&str] = &["rotor", "interior", "buried", "barrier_width_mm"];
const BRIDGE: &[&str] = &["rotor", "interior", "buried", "bridge_thickness_mm"];

#[cfg(test)]
mod tests {
    use super::super::tests::machine;
    use super::super::{ENLARGEMENT, MagnetOutline, ParallelOutline};
    use super::*;

    fn within(interior: Interior, width: f64) -> Axial {
        let mut axial = machine();
        axial.rotor.magnet_outline = MagnetOutline::ParallelSides(ParallelOutline { width });
        axial.rotor.interior = Some(interior);
        if matches!(interior, Interior::Spoke(_)) {
            axial.rotor.back_iron_thickness = None;
        }
        axial
    }

    fn buried() -> Axial {
        let parts = Buried {
            pole_piece_thickness: 3e-3,
            barrier_width: 2e-3,
            bridge_thickness: 1e-3,
            pocket_clearance: 0.2e-3,
        };
        within(Interior::Buried(parts), 24e-3)
    }

    fn spoke() -> Axial {
        let parts = DiscSpoke {
            pocket_clearance: 0.2e-3,
        };
        within(Interior::Spoke(parts), 8e-3)
    }

    /// Magnets, holes and iron together fill the rotor.
    #[test]
    fn masses_are_those_of_the_drawing() {
        let (around, poles, length) = (std::f64::consts::TAU * 65e-3, 8.0, 30e-3);
        let bill = buried().bill();
        assert_eq!(bill.stack_length, length);
        let holes = 2.0 * 2e-3 * 7.2e-3 + 24e-3 * 0.2e-3;
        let whole = around * (3e-3 + 5.2e-3 + 10e-3);
        assert!((bill.magnet_area - poles * 24e-3 * 5e-3).abs() < 1e-12);
        let filled = bill.rotor_iron_area + bill.magnet_area + poles * holes;
        assert!((filled - whole).abs() < 1e-12, "{filled} {whole}");
        assert_eq!(bill.bridge, Some(1e-3));
        assert_eq!(bill.pocket_clearance, Some(0.2e-3));
        assert_eq!(bill.magnet_thickness, 5e-3);

        let bill = spoke().bill();
        let filled = bill.rotor_iron_area + bill.magnet_area + poles * 0.2e-3 * 5e-3;
        assert!((filled - around * 5e-3).abs() < 1e-12);
        assert_eq!(bill.magnet_thickness, 8e-3);
        assert_eq!(bill.bridge, None);
    }

    /// Between two stators the machine has the magnets that are stated, once.
    #[test]
    fn magnets_between_two_stators_count_once() {
        for mut axial in [buried(), spoke()] {
            axial.rotor.back_iron_thickness = None;
            let one = axial.bill();
            axial.arrangement = Arrangement::DoubleStator;
            let both = axial.bill();
            assert!((one.magnet_area - both.magnet_area).abs() < 1e-12);
            assert_eq!(axial.fits(), vec![]);
        }
    }

    /// By the faces of the magnets in the slice in the middle.
    #[test]
    fn the_depth_is_that_within_the_magnet() {
        let surface = 65e-3 * ENLARGEMENT - 0.5e-3;
        let pitch = std::f64::consts::TAU * 65e-3 / 8.0;
        for (axial, down, beside, expected) in [
            (buried(), 2.9e-3, 0.0, 0.0),
            (buried(), 4e-3, 0.0, 1e-3),
            (buried(), 5.5e-3, 11.5e-3, 0.5e-3),
            (buried(), 5.5e-3, 12.5e-3, 0.0),
            (spoke(), 2.5e-3, 0.0, 0.0),
            (spoke(), 2.5e-3, 0.5 * pitch, 2.5e-3),
            (spoke(), 1e-3, 0.5 * pitch, 1e-3),
            (spoke(), 2.5e-3, 0.5 * pitch - 3e-3, 1e-3),
            (spoke(), 2.5e-3, -0.5 * pitch + 3e-3, 1e-3),
        ] {
            let rho = surface - down;
            let found = axial.magnet_depth(rho, beside / rho);
            assert!((found - expected).abs() < 1e-9, "{beside}: {found}");
        }
    }

    #[test]
    fn what_cannot_be_is_told_at_its_key() {
        let told = |change: fn(&mut Axial, &mut Buried)| {
            let mut axial = buried();
            let mut parts = *axial.buried().unwrap_or(&Buried {
                pole_piece_thickness: 0.0,
                barrier_width: 0.0,
                bridge_thickness: 0.0,
                pocket_clearance: 0.0,
            });
            change(&mut axial, &mut parts);
            axial.rotor.interior = Some(Interior::Buried(parts));
            let found = axial.fits().into_iter();
            found
                .map(|m| (m.code, m.path.join("/")))
                .collect::<Vec<_>>()
        };
        let below = "rotor/interior/buried";
        assert_eq!(told(|_, _| {}), vec![]);
        assert_eq!(
            told(|_, parts| parts.bridge_thickness = 3.5e-3),
            [(
                "bridge-thicker-than-pole-piece",
                format!("{below}/bridge_thickness_mm")
            )]
        );
        assert_eq!(
            told(|_, parts| parts.barrier_width = 0.0),
            [("length-not-positive", format!("{below}/barrier_width_mm"))]
        );
        assert_eq!(
            told(|_, parts| parts.barrier_width = 8e-3),
            [("no-iron-between-magnets", "rotor/interior".to_owned())]
        );
        assert_eq!(
            told(|axial, _| {
                axial.rotor.halbach = Some(super::super::Halbach {
                    segments_per_pole: 3,
                });
            })[0]
                .0,
            "halbach-within-iron"
        );
        let mut on_iron = spoke();
        on_iron.rotor.back_iron_thickness = Some(10e-3);
        let codes: Vec<&str> = on_iron.fits().iter().map(|m| m.code).collect();
        assert_eq!(codes, ["axial-iron-without-place"]);
    }

    #[test]
    fn bridges_change_alone() {
        let changed = buried().with_bridge_changed(0.2e-3);
        let bill = changed.map(|axial| axial.bill());
        assert!(bill.is_some_and(|b| (b.bridge.unwrap_or(0.0) - 1.2e-3).abs() < 1e-12));
        assert!(spoke().with_bridge_changed(0.2e-3).is_none());
    }
}
