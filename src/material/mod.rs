//! Materials with their sources: magnets, steels, conductors and sleeves as data, checked against physics when
//! they are loaded.
//!
//! The rows live in `magnets.json`, `steels.json`, `conductors.json` and `sleeves.json` beside this file, in the format
//! of [`row`]; a user adds rows of the same format with [`Library::with_user_file`]. No row enters the
//! library, built in or not, that claims what physics forbids ([`gate`]). What a row does not publish
//! is derived by a stated rule on the safe side ([`evidence`]), or refused by name; it is never filled
//! in silently.

pub mod coercivity;
pub mod composition;
pub mod conductor;
pub mod corner;
pub mod curve;
pub mod diffusion;
pub mod evidence;
pub mod gate;
pub mod interpolate;
pub mod library;
pub mod list;
pub mod magnet;
pub mod nearest;
pub mod quantity;
pub mod row;
pub mod show;
mod show_magnet;
pub mod sleeve;
pub mod state;
pub mod steel;

use std::fmt;

pub use coercivity::HcjBasis;
pub use composition::{Composition, ElementShare, ShareBasis};
pub use conductor::Conductor;
pub use corner::{Corner, Corners, Origin};
pub use gate::Violation;
pub use library::Library;
pub use magnet::Magnet;
pub use row::{Confidence, DataKind, Family, Process};
pub use state::MagnetState;
pub use steel::Steel;

/// What a name is looked up as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A permanent magnet.
    Magnet,
    /// A steel.
    Steel,
    /// A conductor.
    Conductor,
    /// What a sleeve is made of.
    Sleeve,
    /// Any of them.
    Material,
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Kind::Magnet => "magnet grade",
            Kind::Steel => "steel",
            Kind::Conductor => "conductor",
            Kind::Sleeve => "sleeve material",
            Kind::Material => "material",
        })
    }
}

/// A quantity that a source may not print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Br.
    Remanence,
    /// HcJ.
    Coercivity,
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Quantity::Remanence => "remanence Br",
            Quantity::Coercivity => "coercivity HcJ",
        })
    }
}

/// A row that does not pass the physics gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Name of the row.
    pub grade: String,
    /// Every relation that it violates.
    pub violations: Vec<Violation>,
}

/// Why a material cannot be had.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MaterialError {
    /// No row of that name.
    #[error("unknown {kind} `{name}`{}", suggestion(nearest))]
    Unknown {
        /// What was looked for.
        kind: Kind,
        /// The name.
        name: String,
        /// Names that may have been meant, nearest first.
        nearest: Vec<String>,
    },
    /// A temperature that the data do not reach.
    #[error(
        "{temperature_c} C is outside the data of magnet grade `{grade}` ({low_c} to {high_c} C)"
    )]
    TemperatureOutsideData {
        /// The grade.
        grade: String,
        /// Temperature asked for [°C].
        temperature_c: f64,
        /// Lowest usable temperature [°C].
        low_c: f64,
        /// Highest usable temperature [°C].
        high_c: f64,
    },
    /// A quantity that no source of the row prints.
    #[error("no source of magnet grade `{grade}` publishes its {quantity}")]
    NotPublished {
        /// The grade.
        grade: String,
        /// The quantity.
        quantity: Quantity,
    },
    /// Rows that physics forbids.
    #[error("{file}: {}", refused(refusals))]
    Impossible {
        /// Name of the file.
        file: String,
        /// The rows, in order.
        refusals: Vec<Refusal>,
    },
    /// A name that another row has.
    #[error("{kind} `{name}` is already there (row `{by}`); say `replaces` to take its place")]
    NameTaken {
        /// What it is.
        kind: Kind,
        /// The name.
        name: String,
        /// The row that has it.
        by: String,
    },
    /// `replaces` names a row that is not there.
    #[error("{kind} `{grade}` replaces `{replaces}`, which is not there")]
    NothingToReplace {
        /// What it is.
        kind: Kind,
        /// The new row.
        grade: String,
        /// The row that it names.
        replaces: String,
    },
    /// Text that is not a material file.
    #[error("{file}:{line}:{column}: {reason}")]
    Format {
        /// Name of the file.
        file: String,
        /// Line from 1.
        line: usize,
        /// Column from 1.
        column: usize,
        /// What is wrong.
        reason: String,
    },
}

/// The tail of a message that suggests names.
fn suggestion(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        names => format!(", did you mean `{}`", names.join("`, `")),
    }
}

/// Rows and relations in one sentence.
fn refused(refusals: &[Refusal]) -> String {
    refusals
        .iter()
        .flat_map(|refusal| {
            refusal
                .violations
                .iter()
                .map(|violation| format!("`{}` is refused: {violation}", refusal.grade))
        })
        .collect::<Vec<_>>()
        .join("; ")
}
