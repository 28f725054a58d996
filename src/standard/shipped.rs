//! The standards that are part of the program: a user has only the binary.

use super::TextFile;

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        vec![$(TextFile {
            name: concat!("standards/", $path).to_owned(),
            text: include_str!(concat!("../../standards/", $path)).to_owned(),
        }),*]
    };
}

/// Every shipped standard and its examples. A test holds this list against the folder.
pub(super) fn files() -> Vec<TextFile> {
    files![
        "interchange/ev_traction/pair-0.json",
        "interchange/ev_traction/pair-0.examples.json",
        "magnet/ev_traction/a-0.json",
        "magnet/ev_traction/a-0.examples.json",
        "magnet/ev_traction/b-0.json",
        "magnet/ev_traction/b-0.examples.json",
        "motor/ev_traction/a-0.json",
        "motor/ev_traction/a-0.examples.json",
        "motor/ev_traction/b-0.json",
        "motor/ev_traction/b-0.examples.json",
    ]
}
