//! Thermal classes of insulation, as data.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Classes {
    #[serde(rename = "source")]
    _source: String,
    temperature_c: BTreeMap<String, f64>,
}

/// Temperature that insulation of a class bears for its life [°C]; nothing for a class that there is not.
///
/// # Panics
/// When the shipped table does not parse, which a test excludes.
pub fn temperature_c(class: &str) -> Option<f64> {
    static CLASSES: OnceLock<Classes> = OnceLock::new();
    let classes =
        CLASSES.get_or_init(
            || match serde_json::from_str(include_str!("classes.json")) {
                Ok(classes) => classes,
                Err(error) => panic!("the table of thermal classes does not parse: {error}"),
            },
        );
    classes.temperature_c.get(class).copied()
}

#[cfg(test)]
mod tests {
    use super::temperature_c;

    #[test]
    fn classes_are_those_of_the_table() {
        assert_eq!(temperature_c("180"), Some(180.0));
        assert_eq!(temperature_c("H"), None);
    }
}
