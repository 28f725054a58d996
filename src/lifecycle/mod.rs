//! The life of a standard, for those who write and version it: what the gates say of it, what it says,
//! and what each clause says to a record. Renderings for people, for publication and as JSON.

mod archive;
mod archive_text;
mod beside;
mod diff;
mod explain;
mod impact;
mod impact_text;
mod lint;
mod lint_forms;
mod list;
mod market;
mod show;
mod standing;
mod standing_text;
mod words;

pub use archive::{Archived, Measured};
pub use beside::{Beside, beside, document_beside, names_beside};
pub use diff::{
    Acknowledged, Acknowledgement, Alone, Bump, Change, Class, CounterExample, Diff, NotVersions,
    Proof, RECORDS, diff,
};
pub(crate) use explain::document;
pub use explain::{Explained, Question, explain};
pub use impact::{Counts, Effect, Impact, Line, Outcome, impact};
pub use lint::{Lint, Seen};
pub use list::{list_json, list_text};
pub use show::{find, show_json, show_markdown, show_text};
pub use standing::{Blocking, Judged, Standing, Tally, standing};
