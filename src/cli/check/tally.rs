//! What is counted over the files of a run, one by one.

use super::Require;
use crate::cli::exit;
use crate::report::{FileReport, FileStatus, Summary};

/// The counts so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    files: usize,
    candidates: usize,
    meets_both: usize,
    does_not: usize,
    /// Files of which no candidate meets both and the markets that were asked for.
    without: usize,
    worst: u8,
    day: Option<String>,
}

impl Tally {
    /// Counts a file.
    pub(super) fn take(&mut self, file: &FileReport) {
        let of = |meets: bool| {
            let candidates = file.candidates.iter();
            candidates.filter(|c| c.meets_both == Some(meets)).count()
        };
        let met = of(true);
        let stand = file.candidates.iter().filter(|c| c.stands() == Some(true));
        self.without += usize::from(stand.count() == 0);
        self.day = if self.files == 0 {
            file.as_of.clone()
        } else {
            let known = self.day.take();
            known.filter(|day| file.as_of.as_ref() == Some(day))
        };
        self.files += 1;
        self.candidates += file.candidates.len();
        self.meets_both += met;
        self.does_not += of(false);
        self.worst = exit::worst([self.worst, code(file)]);
    }

    /// The day at which all files were judged, if it is one.
    pub(super) fn day(&self) -> Option<String> {
        self.day.clone()
    }

    /// Files and candidates so far.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.files, self.candidates)
    }

    /// The counts with the exit code of the run.
    pub(super) fn summary(&self, require: Require) -> Summary {
        Summary {
            files: self.files,
            candidates: self.candidates,
            meets_both: self.meets_both,
            does_not: self.does_not,
            exit_code: if require == Require::Any && self.without == 0 {
                exit::MEETS_BOTH
            } else {
                self.worst
            },
        }
    }
}

/// The code of one file.
fn code(file: &FileReport) -> u8 {
    match file.status {
        FileStatus::InvalidDesign | FileStatus::Unreadable => exit::INVALID,
        FileStatus::Judged | FileStatus::SolverFailed => exit::worst(
            file.candidates
                .iter()
                .map(|candidate| exit::of_candidate(candidate.stands())),
        ),
    }
}
