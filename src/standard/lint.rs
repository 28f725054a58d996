//! The gates over any files, as an author calls them: what every load refuses, told file by file.

use super::programme::{contradiction, group};
use super::raw::{Side, Subject};
use super::{Standard, StandardError, TextFile, chain, coverage, folder, shipped};

/// What the gates say of some files.
#[derive(Debug)]
pub struct Checked {
    /// Names of the standards looked at, in order.
    pub files: Vec<String>,
    /// Those that pass.
    pub standards: Vec<Standard>,
    /// Every fault, of one file or between files.
    pub errors: Vec<StandardError>,
}

/// Passes standards through the gates of every load. With `whole`, the files are a folder that is to
/// judge, and its programmes have to be complete; without, motor A and motor B are held against each
/// other where both are there.
pub fn checked(files: &[TextFile], whole: bool) -> Checked {
    let mut names: Vec<String> = files
        .iter()
        .filter(|file| folder::is_standard(&file.name))
        .map(|file| file.name.clone())
        .collect();
    names.sort();
    let (standards, mut errors) = folder::read(files, folder::is_standard);
    errors.extend(folder::placed(chain::faults(&standards), files));
    let current: Vec<Standard> = standards
        .iter()
        .filter(|standard| folder::is_current(&standard.file))
        .cloned()
        .collect();
    if whole && errors.is_empty() {
        errors.extend(group(current, files).err().unwrap_or_default());
    } else {
        errors.extend(folder::placed(between(&current), files));
        errors.extend(covers(&current, files));
    }
    Checked {
        files: names,
        standards,
        errors,
    }
}

/// What markets say of coverage, against the programmes that are there and else those of the program.
fn covers(standards: &[Standard], files: &[TextFile]) -> Vec<StandardError> {
    let (markets, mut cores): (Vec<Standard>, Vec<Standard>) = standards
        .iter()
        .cloned()
        .partition(|standard| standard.market.is_some());
    if markets.is_empty() {
        return Vec::new();
    }
    let (own, errors) = folder::read(&shipped::files(), folder::is_current);
    let others = own.into_iter().filter(|one| one.market.is_none());
    for standard in others {
        if !cores
            .iter()
            .any(|core| core.header.series == standard.header.series)
        {
            cores.push(standard);
        }
    }
    errors
        .into_iter()
        .chain(coverage::faults(&markets, &cores, files))
        .collect()
}

fn between(standards: &[Standard]) -> Vec<StandardError> {
    let motors = |side| {
        standards
            .iter()
            .filter(move |s| s.header.subject == Subject::Motor && s.header.side == side)
    };
    motors(Side::A)
        .flat_map(|a| {
            motors(Side::B)
                .filter(|b| b.header.sector == a.header.sector)
                .filter_map(|b| contradiction(a, b))
        })
        .collect()
}
