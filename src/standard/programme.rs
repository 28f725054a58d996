//! Programmes: the five standards of one sector, exactly one for each role.

use super::clause::Clause;
use super::fault::{Fault, StandardError};
use super::raw::{Side, Subject};
use super::{Standard, TextFile, clash, coverage, folder, shipped};
use crate::source::pointer;
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

/// All programmes and markets of a folder or of the program itself.
#[derive(Debug, Clone)]
pub struct Standards {
    programmes: Vec<Programme>,
    markets: Vec<Standard>,
}

/// What every series of a market begins with.
const MARKET: &str = "market_";

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

    /// Reads every standard in force among the files of a folder. Files that end in `.schema.json` are
    /// none, `x.examples.json` belongs to `x.json`, and what lies in `superseded/` judges nothing; the
    /// order of the files does not matter.
    ///
    /// # Errors
    /// Every fault of every file, and an inconsistent set: a sector without exactly one standard for
    /// each of the five roles, or whose motor standards no example meets together.
    pub fn load(files: &[TextFile]) -> Result<Standards, Vec<StandardError>> {
        let (standards, errors) = folder::read(files, folder::is_current);
        if !errors.is_empty() {
            return Err(errors);
        }
        group(standards, files)
    }

    /// The same with the versions of these digests, whatever has replaced them since, in the places of those in force.
    #[must_use]
    pub fn with_versions(mut self, versions: &[Standard], digests: &[&str]) -> Self {
        let named = versions
            .iter()
            .filter(|one| digests.contains(&one.digest.as_str()));
        for version in named {
            let place = match &version.market {
                Some(_) => {
                    let mut markets = self.markets.iter_mut();
                    markets.find(|market| market.header.series == version.header.series)
                }
                None => self.place(version),
            };
            if let Some(place) = place {
                *place = version.clone();
            }
        }
        self
    }

    /// The standard in force that has the role of a version.
    fn place(&mut self, version: &Standard) -> Option<&mut Standard> {
        let mut programmes = self.programmes.iter_mut();
        let programme = programmes.find(|one| one.sector == version.header.sector)?;
        let role = (version.header.subject, version.header.side);
        let all = [
            &mut programme.magnet_a,
            &mut programme.motor_a,
            &mut programme.magnet_b,
            &mut programme.motor_b,
            &mut programme.interchange,
        ];
        all.into_iter()
            .find(|one| (one.header.subject, one.header.side) == role)
    }

    /// Whether the file with this digest is in force.
    pub fn holds(&self, digest: &str) -> bool {
        let programmes = self.programmes.iter().flat_map(Programme::standards);
        programmes
            .chain(&self.markets)
            .any(|one| one.digest == digest)
    }

    /// The programme of a sector; `None` when no standard speaks of it.
    pub fn programme(&self, sector: &str) -> Option<&Programme> {
        self.programmes
            .iter()
            .find(|programme| programme.sector == sector)
    }

    /// The file of a market by its short name, `eu` for the series `market_eu`; `None` when there is none.
    pub fn market(&self, name: &str) -> Option<&Standard> {
        let mut markets = self.markets.iter();
        markets.find(|market| market.header.series.strip_prefix(MARKET) == Some(name))
    }

    /// The short names of all markets, in order.
    pub fn market_names(&self) -> Vec<&str> {
        let series = self.markets.iter().map(|m| m.header.series.as_str());
        series
            .map(|one| one.strip_prefix(MARKET).unwrap_or(one))
            .collect()
    }

    /// The files of all markets, by series.
    pub fn markets(&self) -> &[Standard] {
        &self.markets
    }

    /// All programmes, by sector.
    pub fn programmes(&self) -> &[Programme] {
        &self.programmes
    }
}

/// Programmes and markets out of standards that have each passed the gates. `texts` hold their files.
pub(super) fn group(
    standards: Vec<Standard>,
    texts: &[TextFile],
) -> Result<Standards, Vec<StandardError>> {
    let (mut markets, standards): (Vec<Standard>, Vec<Standard>) = standards
        .into_iter()
        .partition(|standard| standard.market.is_some());
    markets.sort_by(|left, right| left.header.series.cmp(&right.header.series));
    let mut errors = twice(&markets);
    errors.extend(coverage::faults(&markets, &standards, texts));
    match programmes(standards) {
        Ok(programmes) if errors.is_empty() => Ok(Standards {
            programmes,
            markets,
        }),
        Ok(_) => Err(folder::placed(errors, texts)),
        Err(others) => {
            let all = errors.into_iter().chain(others).collect();
            Err(folder::placed(all, texts))
        }
    }
}

/// Markets of one series, which could not be told apart.
fn twice(markets: &[Standard]) -> Vec<StandardError> {
    let neighbours = markets.windows(2);
    let same = neighbours.filter(|two| two[0].header.series == two[1].header.series);
    same.map(|two| {
        let fault = Fault::Ambiguous {
            sector: two[0].header.sector.clone(),
            role: two[0].header.series.clone(),
            first: two[0].file.clone(),
            second: two[1].file.clone(),
        };
        at_header(&two[1].file, "series", fault)
    })
    .collect()
}

fn programmes(mut standards: Vec<Standard>) -> Result<Vec<Programme>, Vec<StandardError>> {
    let mut sectors: Vec<String> = standards.iter().map(|s| s.header.sector.clone()).collect();
    sectors.sort_unstable();
    sectors.dedup();
    let (mut programmes, mut errors) = (Vec::new(), Vec::new());
    if sectors.is_empty() {
        errors.push(nowhere(Fault::Nothing));
    }
    for sector in sectors {
        let files = standards.iter().filter(|s| s.header.sector == sector);
        let first = files.map(|s| s.file.clone()).min().unwrap_or_default();
        let mut chosen = ROLES.iter().filter_map(|&role| {
            take(&mut standards, &sector, role)
                .map_err(|fault| {
                    let file = match &fault {
                        Fault::Ambiguous { second, .. } => second,
                        // What is not there is told where the sector is named.
                        _ => &first,
                    };
                    errors.push(at_header(&file.clone(), "sector", fault));
                })
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
            errors.extend(contradiction(&programme.motor_a, &programme.motor_b));
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

/// A fault of a folder in which there is no file to tell it of.
pub(super) fn nowhere(fault: Fault) -> StandardError {
    StandardError {
        file: "standards".to_owned(),
        clause: None,
        pointer: String::new(),
        place: None,
        fault,
    }
}

/// A fault between files, told at a key of the header of one of them.
fn at_header(file: &str, key: &str, fault: Fault) -> StandardError {
    StandardError {
        file: file.to_owned(),
        pointer: pointer::member("/x-standard", key),
        ..nowhere(fault)
    }
}

/// Gate 4 for a programme: with the pathway changed, one example of a motor standard meets both, and no two clauses exclude one
/// another for a machine that both speak of.
pub(super) fn contradiction(motor_a: &Standard, motor_b: &Standard) -> Option<StandardError> {
    let examples = motor_a.examples.iter().chain(&motor_b.examples);
    let under = |record: &Value, pathway: &str| {
        let mut record = record.clone();
        record["pathway"] = json!(pathway);
        record
    };
    let met = examples
        .filter(|example| example.record["pathway"] != "none")
        .any(|example| {
            motor_a.accepts(&under(&example.record, "a"))
                && motor_b.accepts(&under(&example.record, "b"))
        });
    let sector = motor_a.header.sector.clone();
    let told = |(one, other): &(&Clause, &Clause)| {
        let (a, b) = (one.limit.to_value(), other.limit.to_value());
        format!(
            "{} of A asks for {a} and {} of B for {b} of {}",
            one.id, other.id, one.field.name
        )
    };
    let found = clash::between(motor_a, motor_b);
    let clashes: Vec<String> = found.iter().map(told).collect();
    let whole = if met {
        "no machine can meet both motor A and motor B"
    } else {
        "no example record meets both motor A and motor B"
    };
    let clashes = (!clashes.is_empty()).then(|| clashes.join("; "));
    if met && clashes.is_none() {
        return None;
    }
    let fault = Fault::Contradiction {
        sector,
        whole,
        clashes,
    };
    let fault = at_header(&motor_b.file, "sector", fault);
    // Where clauses are to blame, it is told at the first of those of B.
    Some(match found.first() {
        None => fault,
        Some((_, clause)) => StandardError {
            clause: Some(clause.id.clone()),
            pointer: pointer::member("/$defs", &clause.key),
            ..fault
        },
    })
}
