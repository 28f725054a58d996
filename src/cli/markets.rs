//! The markets of a run, by their short names.

use crate::source::{nearest, quoted};
use crate::standard::Standards;

/// Whether every name is that of a market, and none is given twice. The error is a sentence for the user: wrong usage.
pub(super) fn known(names: &[String], standards: &Standards) -> Result<(), String> {
    for (index, name) in names.iter().enumerate() {
        if standards.market(name).is_none() {
            let known = standards.market_names();
            let meant = nearest(name, known.iter().copied())
                .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            let there = if known.is_empty() {
                "the standards hold none".to_owned()
            } else {
                format!("only {}", known.join(", "))
            };
            return Err(format!(
                "error: no market `{}`, {there}{meant}",
                quoted(name)
            ));
        }
        if names[..index].contains(name) {
            return Err(format!("error: market `{name}` is given twice"));
        }
    }
    Ok(())
}
