//! The materials at hand: the built-in rows and a user's own.

use std::sync::OnceLock;

use serde_json::Value;

use super::conductor::Conductor;
use super::evidence::Evidence;
use super::gate::{self, Violation};
use super::magnet::Magnet;
use super::nearest::nearest;
use super::row::{MagnetRow, MaterialFile};
use super::sleeve::SleeveRow;
use super::steel::Steel;
use super::{Kind, MaterialError, Refusal};

const MAGNETS: (&str, &str) = ("magnets.json", include_str!("magnets.json"));
const STEELS: (&str, &str) = ("steels.json", include_str!("steels.json"));
const CONDUCTORS: (&str, &str) = ("conductors.json", include_str!("conductors.json"));
const SLEEVES: (&str, &str) = ("sleeves.json", include_str!("sleeves.json"));

/// Materials that passed the physics gate, in the order of their files.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    magnets: Vec<Magnet>,
    steels: Vec<Steel>,
    conductors: Vec<Conductor>,
    sleeves: Vec<SleeveRow>,
    evidence: Evidence,
}

impl Library {
    /// The built-in library.
    ///
    /// # Panics
    /// When the shipped data do not pass the gate, which a test excludes.
    #[must_use]
    pub fn builtin() -> &'static Library {
        static BUILTIN: OnceLock<Library> = OnceLock::new();
        BUILTIN.get_or_init(|| match load_builtin() {
            Ok(library) => library,
            Err(error) => panic!("the shipped materials do not load: {error}"),
        })
    }

    /// The built-in library with the rows of a user's file added.
    ///
    /// # Errors
    /// When the text is not a material file, a row is impossible, or a row takes a name that is
    /// already there without saying so in `replaces`.
    pub fn with_user_file(text: &str, name: &str) -> Result<Library, MaterialError> {
        let mut file = read(text, name)?;
        // Whoever reads a basis must see that it rests on the user's word.
        for source in file
            .magnets
            .iter_mut()
            .map(|row| &mut row.source)
            .chain(file.steels.iter_mut().map(|row| &mut row.source))
            .chain(file.conductors.iter_mut().map(|row| &mut row.source))
            .chain(file.sleeves.iter_mut().map(|row| &mut row.source))
        {
            // A blank source stays blank, for the gate to refuse.
            if !source.trim().is_empty() {
                *source = format!("user file {name}: {source}");
            }
        }
        Library::builtin().clone().with_rows(file, name)
    }

    /// The magnet of that name or alias.
    ///
    /// # Errors
    /// When there is none; the error lists the nearest names.
    pub fn magnet(&self, grade: &str) -> Result<&Magnet, MaterialError> {
        self.magnets
            .iter()
            .find(|magnet| is_called(grade, &magnet.grade, &magnet.aliases))
            .ok_or_else(|| {
                unknown(
                    Kind::Magnet,
                    grade,
                    self.magnets.iter().map(|m| m.grade.as_str()),
                )
            })
    }

    /// The steel of that name or alias.
    ///
    /// # Errors
    /// When there is none; the error lists the nearest names.
    pub fn steel(&self, grade: &str) -> Result<&Steel, MaterialError> {
        self.steels
            .iter()
            .find(|steel| is_called(grade, &steel.grade, &steel.aliases))
            .ok_or_else(|| {
                unknown(
                    Kind::Steel,
                    grade,
                    self.steels.iter().map(|s| s.grade.as_str()),
                )
            })
    }

    /// The conductor of that name or alias.
    ///
    /// # Errors
    /// When there is none; the error lists the nearest names.
    pub fn conductor(&self, name: &str) -> Result<&Conductor, MaterialError> {
        self.conductors
            .iter()
            .find(|conductor| is_called(name, &conductor.name, &conductor.aliases))
            .ok_or_else(|| {
                unknown(
                    Kind::Conductor,
                    name,
                    self.conductors.iter().map(|c| c.name.as_str()),
                )
            })
    }

    /// The sleeve material of that name or alias.
    ///
    /// # Errors
    /// When there is none; the error lists the nearest names.
    pub fn sleeve(&self, name: &str) -> Result<&SleeveRow, MaterialError> {
        self.sleeves
            .iter()
            .find(|row| is_called(name, &row.name, &row.aliases))
            .ok_or_else(|| {
                unknown(
                    Kind::Sleeve,
                    name,
                    self.sleeves.iter().map(|row| row.name.as_str()),
                )
            })
    }

    /// All magnets.
    #[must_use]
    pub fn magnets(&self) -> &[Magnet] {
        &self.magnets
    }

    /// All steels.
    #[must_use]
    pub fn steels(&self) -> &[Steel] {
        &self.steels
    }

    /// All conductors.
    #[must_use]
    pub fn conductors(&self) -> &[Conductor] {
        &self.conductors
    }

    /// All sleeve materials.
    #[must_use]
    pub fn sleeves(&self) -> &[SleeveRow] {
        &self.sleeves
    }

    /// What the built-in rows teach about rows that publish less.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// Adds the rows of one file, all or none.
    fn with_rows(mut self, file: MaterialFile, name: &str) -> Result<Library, MaterialError> {
        let mut refusals = Vec::new();
        for row in file.magnets {
            let violations = gate::magnet(&row);
            if let Some(row) = pass(row.grade.clone(), row, violations, &mut refusals) {
                let composition = row.composition.as_ref().and_then(|c| c.resolve().ok());
                let magnet = Magnet::from_row(row, composition, &self.evidence);
                let replaces = magnet.row.replaces.clone();
                let names = |m: &Magnet| (m.grade.clone(), m.aliases.clone());
                insert(&mut self.magnets, magnet, replaces, names, Kind::Magnet)?;
            }
        }
        for row in file.steels {
            let violations = gate::steel(&row);
            if let Some(row) = pass(row.grade.clone(), row, violations, &mut refusals) {
                let composition = row.composition.as_ref().and_then(|c| c.resolve().ok());
                let steel = Steel::from_row(row, composition);
                let replaces = steel.row.replaces.clone();
                let names = |s: &Steel| (s.grade.clone(), s.aliases.clone());
                insert(&mut self.steels, steel, replaces, names, Kind::Steel)?;
            }
        }
        for row in file.conductors {
            let violations = gate::conductor(&row);
            if let Some(row) = pass(row.name.clone(), row, violations, &mut refusals) {
                let composition = row.composition.as_ref().and_then(|c| c.resolve().ok());
                let conductor = Conductor::from_row(row, composition);
                let replaces = conductor.row.replaces.clone();
                let names = |c: &Conductor| (c.name.clone(), c.aliases.clone());
                insert(
                    &mut self.conductors,
                    conductor,
                    replaces,
                    names,
                    Kind::Conductor,
                )?;
            }
        }
        for row in file.sleeves {
            let violations = gate::sleeve(&row);
            if let Some(row) = pass(row.name.clone(), row, violations, &mut refusals) {
                let replaces = row.replaces.clone();
                let names = |s: &SleeveRow| (s.name.clone(), s.aliases.clone());
                insert(&mut self.sleeves, row, replaces, names, Kind::Sleeve)?;
            }
        }
        if refusals.is_empty() {
            Ok(self)
        } else {
            Err(MaterialError::Impossible {
                file: name.to_owned(),
                refusals,
            })
        }
    }
}

/// The row if it violates nothing; otherwise its refusal is recorded.
fn pass<R>(
    grade: String,
    row: R,
    violations: Vec<Violation>,
    refusals: &mut Vec<Refusal>,
) -> Option<R> {
    if violations.is_empty() {
        return Some(row);
    }
    refusals.push(Refusal { grade, violations });
    None
}

/// Puts an item in its place: at the end, or where the row that it replaces stood. A name that is
/// taken is refused, so that a user's row never silently becomes another's.
fn insert<T>(
    items: &mut Vec<T>,
    item: T,
    replaces: Option<String>,
    names: impl Fn(&T) -> (String, Vec<String>),
    kind: Kind,
) -> Result<(), MaterialError> {
    let (grade, aliases) = names(&item);
    let place = match &replaces {
        None => None,
        Some(old) => Some(
            items
                .iter()
                .position(|other| names(other).0 == *old)
                .ok_or_else(|| MaterialError::NothingToReplace {
                    kind,
                    grade: grade.clone(),
                    replaces: old.clone(),
                })?,
        ),
    };
    for (index, other) in items.iter().enumerate() {
        let (other_grade, other_aliases) = names(other);
        let clash = std::iter::once(&grade)
            .chain(&aliases)
            .find(|name| is_called(name, &other_grade, &other_aliases));
        if let Some(clash) = clash.filter(|_| Some(index) != place) {
            return Err(MaterialError::NameTaken {
                kind,
                name: clash.clone(),
                by: other_grade,
            });
        }
    }
    match place {
        Some(index) => items[index] = item,
        None => items.push(item),
    }
    Ok(())
}

/// Whether a row goes by `name`; letter case does not matter.
fn is_called(name: &str, grade: &str, aliases: &[String]) -> bool {
    grade.eq_ignore_ascii_case(name) || aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
}

/// The refusal of a name.
fn unknown<'a>(kind: Kind, name: &str, names: impl Iterator<Item = &'a str>) -> MaterialError {
    MaterialError::Unknown {
        kind,
        name: name.to_owned(),
        nearest: nearest(name, names),
    }
}

/// Reads a material file.
fn read(text: &str, name: &str) -> Result<MaterialFile, MaterialError> {
    let wrong = |line, column, reason| MaterialError::Format {
        file: name.to_owned(),
        line,
        column,
        reason,
    };
    let of_json = |error: serde_json::Error| wrong(error.line(), error.column(), error.to_string());
    let file: MaterialFile = serde_json::from_str(text).map_err(of_json)?;
    let value: Value = serde_json::from_str(text).map_err(of_json)?;
    // A list is a struct to serde, value by value in the order of its fields; a reader of the file
    // would not see what is what.
    match positional(&value) {
        None => Ok(file),
        Some(what) => Err(wrong(1, 1, format!("{what} must be an object with keys"))),
    }
}

/// What is written as a list though it has keys: the file, or a row.
fn positional(value: &Value) -> Option<String> {
    let Some(file) = value.as_object() else {
        return Some("the file".to_owned());
    };
    file.iter().find_map(|(key, rows)| {
        let index = rows.as_array()?.iter().position(|row| !row.is_object())?;
        Some(format!("`/{key}/{index}`"))
    })
}

/// Reads and checks the shipped files.
fn load_builtin() -> Result<Library, MaterialError> {
    let magnets = read(MAGNETS.1, MAGNETS.0)?;
    let evidence = Evidence::from_rows(&possible(&magnets.magnets));
    let empty = Library {
        magnets: Vec::new(),
        steels: Vec::new(),
        conductors: Vec::new(),
        sleeves: Vec::new(),
        evidence,
    };
    empty
        .with_rows(magnets, MAGNETS.0)?
        .with_rows(read(STEELS.1, STEELS.0)?, STEELS.0)?
        .with_rows(read(CONDUCTORS.1, CONDUCTORS.0)?, CONDUCTORS.0)?
        .with_rows(read(SLEEVES.1, SLEEVES.0)?, SLEEVES.0)
}

/// The rows that pass the gate: an impossible one must teach nothing.
fn possible(rows: &[MagnetRow]) -> Vec<MagnetRow> {
    rows.iter()
        .filter(|row| gate::magnet(row).is_empty())
        .cloned()
        .collect()
}
