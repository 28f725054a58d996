//! Supply: what is declared about where a magnet comes from, and how far it hangs on one place.

pub mod contradiction;
pub mod declaration;
pub mod dependence;
pub mod element;
pub mod link;
pub mod pair;
pub mod price;
pub mod risk;
pub mod rule;
pub mod sheet;
pub mod world;

pub use contradiction::Contradiction;
pub(crate) use contradiction::is_country;
pub use declaration::{Declaration, Evidence, Source, Stage, Stages};
pub use dependence::{Dependence, LinkDependence, dependence, link_dependence};
pub use element::{Element, Elements, Refining};
pub use link::{Contents, Link, links, material_links};
pub use pair::{CommonMode, Shared, common_mode, shared};
pub use price::{Cost, cost};
pub use risk::{RiskError, supply_risk};
pub use rule::{Flags, RuleOnPathway, flags, rules_between, rules_on};
pub use sheet::Sheet;
