//! A first look at what is to be judged, before anything is solved: how many candidates there are and on which day they
//! are judged. Designs are read again when their turn comes, so that not all of them stand in memory.

use super::Check;
use super::expand::Source;
use super::open::{Loaded, open};
use crate::design::Application;
use crate::material::Library;
use crate::report::FileReport;
use crate::standard::Standards;
use std::io::Read;

/// What every file is opened with.
pub(super) struct Opening<'o> {
    pub(super) command: &'o Check,
    pub(super) library: &'o Library,
    pub(super) pinned: Option<&'o Application>,
    pub(super) standards: &'o Standards,
}

impl Opening<'_> {
    /// Opens a source.
    pub(super) fn open(
        &self,
        source: Source,
        stdin: &mut dyn Read,
    ) -> Result<Loaded, Box<FileReport>> {
        open(
            source,
            self.command,
            self.library,
            self.pinned,
            self.standards,
            stdin,
        )
    }
}

/// What is known before the first candidate is judged.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Candidates that are asked for.
    pub(super) candidates: usize,
    /// The day at which all files are judged, if it is one.
    pub(super) as_of: Option<String>,
}

/// Looks at all sources.
pub(super) fn survey(sources: &[Source], opening: &Opening<'_>, stdin: &mut dyn Read) -> Survey {
    let mut found = Survey::default();
    for (index, source) in sources.iter().enumerate() {
        let (candidates, day) = match opening.open(source.clone(), stdin) {
            Ok(file) => (file.chosen.len(), file.design.as_of),
            Err(refused) => (0, refused.as_of),
        };
        found.candidates += candidates;
        found.as_of = if index == 0 {
            day
        } else {
            found.as_of.filter(|known| day.as_ref() == Some(known))
        };
    }
    found
}
