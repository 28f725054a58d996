//! The versions of the form of a certificate, and what is known of each. Certificates of all of them still hold.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Version of the certificate format.
pub const CERTIFICATE_VERSION: &str = "1.3";

/// A version of the form, the oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Form {
    /// The first.
    #[serde(rename = "1.0")]
    First,
    /// States the supply of conductor and laminations.
    #[serde(rename = "1.1")]
    WithMaterialSupply,
    /// Its title, notes and change rule follow from the rest; states markets.
    #[serde(rename = "1.2")]
    WithDerivedWords,
    /// States on how many machines uncertainties rest, and where the geometry comes from.
    #[serde(rename = "1.3")]
    WithFoundation,
}

impl Form {
    /// The one that is written.
    pub const CURRENT: Form = Form::WithFoundation;

    /// Whether the supply of conductor and laminations is stated.
    pub(super) fn states_material_supply(self) -> bool {
        self >= Form::WithMaterialSupply
    }

    /// Whether title, notes and change rule must be those that follow from the rest.
    pub(super) fn words_follow(self) -> bool {
        self >= Form::WithDerivedWords
    }

    /// Whether markets may be stated.
    pub(super) fn states_markets(self) -> bool {
        self >= Form::WithDerivedWords
    }

    /// Whether the machines behind uncertainties and the source of the geometry are stated.
    pub(super) fn states_foundation(self) -> bool {
        self >= Form::WithFoundation
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Form::First => "1.0",
            Form::WithMaterialSupply => "1.1",
            Form::WithDerivedWords => "1.2",
            Form::WithFoundation => CERTIFICATE_VERSION,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{CERTIFICATE_VERSION, Form};

    #[test]
    fn a_version_is_shown_as_it_is_written() {
        for form in [
            Form::First,
            Form::WithMaterialSupply,
            Form::WithDerivedWords,
            Form::WithFoundation,
        ] {
            assert_eq!(serde_json::to_value(form).unwrap(), form.to_string());
        }
        assert_eq!(Form::CURRENT.to_string(), CERTIFICATE_VERSION);
    }
}
