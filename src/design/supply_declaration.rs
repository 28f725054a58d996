//! What a designer or a supplier declares about where a magnet comes from, stage by stage. Input only:
//! nothing here judges it, and what nobody declares stays unknown.

use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The supply behind one magnet pathway.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplyDeclaration {
    /// Sources of each stage.
    pub stages: Stages,
    /// Mass share of recycled material in the magnet [-]; undeclared if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub recycled_share_ratio: Option<f64>,
    /// Days of full production that the stock covers [d]; undeclared if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub stock_days: Option<f64>,
}

/// The four stages that every permanent magnet passes, in the order of the material. A stage that is
/// left out is undeclared.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stages {
    /// Mining of the ore.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1))]
    pub mining: Vec<Source>,
    /// Separation into single oxides, or the equal step of other magnet families.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1))]
    pub separation: Vec<Source>,
    /// Reduction to metal and casting of the alloy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1))]
    pub metal_and_alloy: Vec<Source>,
    /// Making of the magnet itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1))]
    pub magnet: Vec<Source>,
}

/// One source of one stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Country, two capital letters of ISO 3166-1 alpha-2.
    #[schemars(regex(pattern = r"^[A-Z]{2}$"))]
    pub country: String,
    /// Name of the supplier. Letter case and spacing do not tell suppliers apart.
    #[schemars(regex(pattern = r"\S"))]
    pub supplier: String,
    /// Share of the stage that this source covers [-]. The shares of a stage sum to at most 1; what is
    /// left is undeclared.
    #[serde(with = "unit::si")]
    #[schemars(with = "f64", range(max = 1.0), extend("exclusiveMinimum" = 0))]
    pub share_ratio: f64,
    /// What stands behind the statement.
    pub evidence: Evidence,
}

/// What stands behind the statement of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A document that another person can check: certificate of origin, audit, mill certificate.
    Evidenced,
    /// The word of the supplier or the designer.
    Declared,
}

/// A stage of the supply chain.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Mining of the ore.
    Mining,
    /// Separation into single oxides.
    Separation,
    /// Reduction to metal and casting of the alloy.
    MetalAndAlloy,
    /// Making of the magnet.
    Magnet,
}

impl Stage {
    /// All stages in the order of the material.
    pub const ALL: [Stage; 4] = [
        Stage::Mining,
        Stage::Separation,
        Stage::MetalAndAlloy,
        Stage::Magnet,
    ];

    /// The key of the stage in a declaration.
    pub fn key(self) -> &'static str {
        match self {
            Stage::Mining => "mining",
            Stage::Separation => "separation",
            Stage::MetalAndAlloy => "metal_and_alloy",
            Stage::Magnet => "magnet",
        }
    }
}

impl Stages {
    /// The sources of one stage; empty when the stage is undeclared.
    pub fn sources(&self, stage: Stage) -> &[Source] {
        match stage {
            Stage::Mining => &self.mining,
            Stage::Separation => &self.separation,
            Stage::MetalAndAlloy => &self.metal_and_alloy,
            Stage::Magnet => &self.magnet,
        }
    }
}
