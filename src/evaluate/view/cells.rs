//! The field cell by cell.

use super::{Position, Solved, field};
use crate::design::{Application, Candidate};
use crate::evaluate::EvaluateError;
use crate::evaluate::setting::Setting;
use crate::material::Library;
use crate::network::cells::{Cell, cells};
use crate::network::plan::Medium;
use crate::network::sector::Side;

/// The cells of the sector that repeats, at one position.
#[derive(Debug, Clone, PartialEq)]
pub struct CellField {
    /// Of the whole field.
    pub solved: Solved,
    /// Sectors of the machine.
    pub sectors: usize,
    /// Sign with which the field repeats from sector to sector.
    pub sign: f64,
    /// Rotor first.
    pub cells: Vec<Named>,
}

/// A cell with the names of what it belongs to and is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The cell.
    pub cell: Cell,
    /// Where in the machine: `pole 0 magnet`, `slot 2 coil side 1`; poles and slots count from the edge of
    /// the sector.
    pub region: String,
    /// Name of the material in the library, or `air`.
    pub material: String,
}

/// Solves one position and reads every cell.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, or the field does not converge.
pub fn solve(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    position: &Position,
) -> Result<CellField, EvaluateError> {
    let setting = Setting::new(application, candidate, library, &position.conditions)?;
    let sector = &setting.machine().sector;
    let (state, solved) = field(&setting, position)?;
    let magnet = position.conditions.side.pathway(candidate);
    let magnet = magnet.map_or("", |pathway| &pathway.grade);
    let named = |cell: Cell| {
        let (part, material) = match cell.medium {
            Medium::Iron(0) => ("iron".to_owned(), candidate.stator_steel.grade.as_str()),
            Medium::Iron(_) => ("iron".to_owned(), candidate.rotor_steel.grade.as_str()),
            Medium::Air => ("air".to_owned(), "air"),
            Medium::Magnet(_) | Medium::LooseMagnet(..) => ("magnet".to_owned(), magnet),
            Medium::Coil(side) => (
                format!("coil side {side}"),
                candidate.winding.conductor.material.as_str(),
            ),
        };
        let pitch = match cell.side {
            Side::Rotor => "pole",
            Side::Stator => "slot",
        };
        Named {
            region: format!("{pitch} {} {part}", cell.pitch),
            material: material.to_owned(),
            cell,
        }
    };
    Ok(CellField {
        solved,
        sectors: sector.sectors,
        sign: sector.sign,
        cells: cells(sector, &setting.plan()?, &state)
            .into_iter()
            .map(named)
            .collect(),
    })
}
