//! What a design declares about where its magnets come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declared supply of one magnet pathway.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplyDeclaration {
    /// Who supplies each stage.
    pub stages: SupplyStages,
    /// Share of the magnet mass that is recycled [-].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub recycled_share_ratio: Option<f64>,
    /// Magnets in stock, in days of production [d].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub stock_days: Option<f64>,
}

/// The stages from mine to magnet. A stage that is left out is undeclared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplyStages {
    /// Ore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub mining: Option<Vec<StageSource>>,
    /// Separated oxides.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub separation: Option<Vec<StageSource>>,
    /// Metal and alloy.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub metal_and_alloy: Option<Vec<StageSource>>,
    /// Finished magnets.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub magnet: Option<Vec<StageSource>>,
}

impl SupplyStages {
    /// Every stage with its key, in the order from mine to magnet.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Option<&[StageSource]>)> {
        [
            ("mining", &self.mining),
            ("separation", &self.separation),
            ("metal_and_alloy", &self.metal_and_alloy),
            ("magnet", &self.magnet),
        ]
        .into_iter()
        .map(|(name, sources)| (name, sources.as_deref()))
    }
}

/// One source of one stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageSource {
    /// Country in which the stage is done (ISO 3166-1 alpha-2).
    #[schemars(regex(pattern = r"^[A-Z]{2}$"))]
    pub country: String,
    /// Who does it.
    #[schemars(length(min = 1))]
    pub supplier: String,
    /// Share of the stage [-]. Shares of a stage sum to at most 1; what is missing is undeclared.
    #[schemars(range(max = 1.0), extend("exclusiveMinimum" = 0))]
    pub share_ratio: f64,
    /// What stands behind the declaration.
    pub evidence: Evidence,
}

/// What stands behind a declaration of supply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Documents that another party can inspect.
    Evidenced,
    /// The word of the designer or the supplier.
    Declared,
}
