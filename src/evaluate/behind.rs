//! What a basis says of the machines behind an uncertainty: how it is written, and how certificates read it.

use crate::validation::model::ModelUncertainty;

/// How a basis says that its uncertainty rests on too few machines.
pub const WEAK: &str = " (weak: fewer than three machines)";
/// How it says that none of them was built.
const NONE_BUILT: &str = ", no built machine among them";

/// The machines behind the uncertainty of a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind<'b> {
    /// The validated quantity, as the accuracy table names it.
    pub quantity: &'b str,
    /// Different machines that were compared.
    pub machine_count: usize,
    /// Whether a built machine is among them.
    pub has_built_machine: bool,
}

/// How many machines stand behind the model uncertainty of a quantity.
pub(super) fn counted(model: &ModelUncertainty, quantity: &str) -> String {
    let plural = if model.machines == 1 { "" } else { "s" };
    let built = if model.measured == 0 { NONE_BUILT } else { "" };
    format!("{} machine{plural} of {quantity}{built}", model.machines)
}

/// What a basis says of a weak model, and nothing of another.
pub(super) fn mark(weak: bool) -> &'static str {
    if weak { WEAK } else { "" }
}

/// Every count of machines in a basis, in its order.
pub fn behind(basis: &str) -> Vec<Behind<'_>> {
    let mut found = Vec::new();
    let mut rest = basis;
    while let Some((before, after)) = rest.split_once(" of ") {
        found.extend(one(before, after));
        rest = after;
    }
    found
}

/// The count that ends before an "of", and the quantity that begins after it.
fn one<'b>(before: &str, after: &'b str) -> Option<Behind<'b>> {
    let mut words = before.rsplit(' ');
    let is_machine = matches!(words.next(), Some("machine" | "machines"));
    let machine_count = words.next()?.parse().ok()?;
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
    let (quantity, then) = after.split_at(end);
    (is_machine && !quantity.is_empty()).then(|| Behind {
        quantity,
        machine_count,
        has_built_machine: !then.starts_with(NONE_BUILT),
    })
}

/// The counts of all bases of which a number is made, each once, for its own basis; and whether one of them is weak.
pub(super) fn passed_on<'b>(bases: impl Iterator<Item = &'b str> + Clone) -> String {
    let mut found: Vec<Behind<'_>> = Vec::new();
    for one in bases.clone().flat_map(behind) {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    let mut text = String::new();
    for one in found {
        let model = ModelUncertainty {
            ratio: 0.0,
            machines: one.machine_count,
            measured: usize::from(one.has_built_machine),
        };
        text.push_str("; known from ");
        text.push_str(&counted(&model, one.quantity));
    }
    text + mark(bases.into_iter().any(|basis| basis.contains(WEAK)))
}

#[cfg(test)]
mod tests {
    use super::{Behind, WEAK, behind, counted, passed_on};
    use crate::validation::model::ModelUncertainty;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        for (machines, measured) in [(1, 0), (2, 1), (6, 0), (14, 3)] {
            let model = ModelUncertainty {
                ratio: 0.1,
                machines,
                measured,
            };
            for after in ["", WEAK, ", input 0", "; 3 machines of nothing else"] {
                let basis = format!("model 3 from {}{after}", counted(&model, "iron_loss"));
                let first = Behind {
                    quantity: "iron_loss",
                    machine_count: machines,
                    has_built_machine: measured > 0,
                };
                assert_eq!(behind(&basis)[0], first, "{basis}");
            }
        }
        for basis in [
            "requirement of the application",
            "of 3 machines",
            "fewer than three machines of iron_loss",
            "3 coils of iron_loss",
            "machines of iron_loss",
            "3 machines of ",
        ] {
            assert_eq!(behind(basis), [], "{basis}");
        }
    }

    #[test]
    fn what_is_made_of_others_rests_on_all_of_them_once() {
        let iron = "from 1 machine of iron_loss, no built machine among them (weak: fewer than three machines)";
        let mass = "within 3 %, from 4 machines of copper_mass_kg";
        let told = passed_on([iron, mass, iron, "as declared"].into_iter());
        assert_eq!(
            told,
            format!(
                "; known from 1 machine of iron_loss, no built machine among them; known from 4 machines of copper_mass_kg{WEAK}"
            )
        );
        assert_eq!(behind(&told).len(), 2);
        assert_eq!(passed_on(["as declared"].into_iter()), "");
    }
}
