//! Programmes: the five standards of one sector, exactly one for each role.

use super::fault::{Fault, StandardError};
use super::raw::{Side, Subject};
use super::{Standard, TextFile, shipped};
use serde_json::{Value, json};

/// The five standards by which a candidate of one sector is judged.
#[derive(Debug, Clone)]
pub struct Programme {
    /// Sector of the application.
    pub sector: String,
    /// Magnet standard of side A.
    pub magnet_a: Standard,
    /// Motor standard of side A.
    pub motor_a: Standard,
    /// Magnet standard of side B.
    pub magnet_b: Standard,
    /// Motor standard of side B.
    pub motor_b: Standard,
    /// Standard of the pair.
    pub interchange: Standard,
}

impl Programme {
    /// The five in the order in which they are printed.
    pub fn standards(&self) -> [&Standard; 5] {
        [
            &self.magnet_a,
            &self.motor_a,
            &self.magnet_b,
            &self.motor_b,
            &self.interchange,
        ]
    }
}

/// All programmes of a folder or of the program itself.
#[derive(Debug, Clone)]
pub struct Standards {
    programmes: Vec<Programme>,
}

const ROLES: [(Subject, Side); 5] = [
    (Subject::Magnet, Side::A),
    (Subject::Motor, Side::A),
    (Subject::Magnet, Side::B),
    (Subject::Motor, Side::B),
    (Subject::Interchange, Side::Pair),
];

impl Standards {
    /// The reference programmes that are part of the program.
    ///
    /// # Errors
    /// When a shipped standard does not pass the gates, which the tests exclude.
    pub fn shipped() -> Result<Standards, Vec<StandardError>> {
        Standards::load(&shipped::files())
    }

    /// Reads every standard among the files of a folder. Files that end in `.schema.json` are none,
    /// and `x.examples.json` belongs to `x.json`; the order of the files does not matter.
    ///
    /// # Errors
    /// Every fault of every file, and an inconsistent set: a sector without exactly one standard for
    /// each of the five roles, or whose motor standards no example meets together.
    pub fn load(files: &[TextFile]) -> Result<Standards, Vec<StandardError>> {
        let mut files: Vec<&TextFile> = files.iter().collect();
        files.sort_by(|left, right| left.name.cmp(&right.name));
        let is_standard = |name: &str| {
            name.ends_with(".json")
                && !name.ends_with(".schema.json")
                && !name.ends_with(".examples.json")
                && parent(name) != "curves"
        };
        let (mut standards, mut errors) = (Vec::new(), Vec::new());
        for file in files.iter().filter(|file| is_standard(&file.name)) {
            let stem = file.name.trim_end_matches(".json");
            let examples = files
                .iter()
                .find(|other| other.name == format!("{stem}.examples.json"));
            match Standard::load(file, examples.copied()) {
                Ok(standard) => standards.push(standard),
                Err(faults) => errors.extend(faults),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        group(standards).map(|programmes| Standards { programmes })
    }

    /// The programme of a sector; `None` when no standard speaks of it.
    pub fn programme(&self, sector: &str) -> Option<&Programme> {
        self.programmes
            .iter()
            .find(|programme| programme.sector == sector)
    }

    /// All programmes, by sector.
    pub fn programmes(&self) -> &[Programme] {
        &self.programmes
    }
}

/// Name of the folder in which a file lies. Reference curves lie in `curves/`.
fn parent(name: &str) -> &str {
    name.rsplit(['/', '\\']).nth(1).unwrap_or_default()
}

fn group(mut standards: Vec<Standard>) -> Result<Vec<Programme>, Vec<StandardError>> {
    let mut sectors: Vec<String> = standards.iter().map(|s| s.header.sector.clone()).collect();
    sectors.sort_unstable();
    sectors.dedup();
    let (mut programmes, mut errors) = (Vec::new(), Vec::new());
    if sectors.is_empty() {
        errors.push(between("standards", Fault::Nothing));
    }
    for sector in sectors {
        let mut chosen = ROLES.iter().filter_map(|&role| {
            take(&mut standards, &sector, role)
                .map_err(|fault| errors.push(between(&sector, fault)))
                .ok()
        });
        let five = (
            chosen.next(),
            chosen.next(),
            chosen.next(),
            chosen.next(),
            chosen.next(),
        );
        drop(chosen);
        if let (Some(magnet_a), Some(motor_a), Some(magnet_b), Some(motor_b), Some(interchange)) =
            five
        {
            let programme = Programme {
                sector: sector.clone(),
                magnet_a,
                motor_a,
                magnet_b,
                motor_b,
                interchange,
            };
            if !can_be_met(&programme) {
                errors.push(between(
                    &sector,
                    Fault::Contradiction {
                        sector: sector.clone(),
                    },
                ));
            }
            programmes.push(programme);
        }
    }
    if errors.is_empty() {
        Ok(programmes)
    } else {
        Err(errors)
    }
}

/// The one standard of a role, taken out of the list.
fn take(
    standards: &mut Vec<Standard>,
    sector: &str,
    (subject, side): (Subject, Side),
) -> Result<Standard, Fault> {
    let fits = |s: &Standard| {
        s.header.sector == sector && s.header.subject == subject && s.header.side == side
    };
    let places: Vec<usize> = (0..standards.len())
        .filter(|&i| fits(&standards[i]))
        .collect();
    let (sector, role) = (
        sector.to_owned(),
        format!("{} {}", subject.name(), side.name()),
    );
    match places.as_slice() {
        [] => Err(Fault::Missing { sector, role }),
        [place] => Ok(standards.remove(*place)),
        [first, second, ..] => {
            let (first, second) = (
                standards[*first].file.clone(),
                standards[*second].file.clone(),
            );
            Err(Fault::Ambiguous {
                sector,
                role,
                first,
                second,
            })
        }
    }
}

fn between(file: &str, fault: Fault) -> StandardError {
    let (file, pointer) = (file.to_owned(), String::new());
    StandardError {
        file,
        clause: None,
        pointer,
        place: None,
        fault,
    }
}

/// Gate 4 for a programme: with the pathway changed, one example of a motor standard meets both.
fn can_be_met(programme: &Programme) -> bool {
    let examples = programme
        .motor_a
        .examples
        .iter()
        .chain(&programme.motor_b.examples);
    let under = |record: &Value, pathway: &str| {
        let mut record = record.clone();
        record["pathway"] = json!(pathway);
        record
    };
    examples
        .filter(|example| example.record["pathway"] != "none")
        .any(|example| {
            programme.motor_a.accepts(&under(&example.record, "a"))
                && programme.motor_b.accepts(&under(&example.record, "b"))
        })
}
