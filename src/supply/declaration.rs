//! What a designer or a supplier declares about where a magnet comes from, stage by stage.
//!
//! The declaration is input only: nothing here judges it. A share that nobody declares is not an
//! error, it is counted as unknown by [`super::dependence()`]; a share that cannot be (negative, or
//! more than the whole) is an error.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::element::{Element, Elements, Refining};
use crate::unit;

/// Shares are typed by people as decimals; sums within this of one are one.
pub const SHARE_TOLERANCE_RATIO: f64 = 1e-6;

/// The supply behind one magnet pathway.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// Sources of each stage. A stage that is left out, or is an empty list, is undeclared.
    #[serde(default)]
    pub stages: Stages,
    /// Sources of single elements, by chemical symbol. `stages` speaks for what gives the magnet its
    /// name: the rare earths, in a ferrite strontium, in an AlNiCo cobalt. Every other judged element that
    /// the magnet holds (Co, B, Ga, Cu, …) needs an entry here, and a rare earth that comes from elsewhere
    /// than the others may have one. A stage that an entry leaves out is undeclared; the making of the
    /// magnet always stands under `stages`.
    #[serde(default, skip_serializing_if = "Elements::is_empty")]
    pub elements: Elements,
    /// Mass share of recycled material in the magnet [1]. Absent means not declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub recycled_share_ratio: Option<f64>,
    /// The part of it that comes from used products and not from waste of production, as a mass share of
    /// the magnet [1]. Absent means not declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub post_consumer_share_ratio: Option<f64>,
    /// Days of full production that the stock covers [d]. Absent means not declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub stock_days: Option<f64>,
}

/// The four stages that every permanent magnet passes, in the order of the material.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stages {
    /// Mining of the ore.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mining: Vec<Source>,
    /// Separation into single oxides, or the equal step of other magnet families.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub separation: Vec<Source>,
    /// Reduction to metal and casting of the alloy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metal_and_alloy: Vec<Source>,
    /// Making of the magnet itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
    #[schemars(length(min = 1))]
    pub supplier: String,
    /// Share of the stage that this source covers [1], more than zero.
    #[serde(with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0.0, "maximum" = 1.0))]
    pub share_ratio: f64,
    /// What stands behind the statement.
    pub evidence: Evidence,
}

impl Declaration {
    /// Every source of every stage, those of single elements included. The patterns name all fields, so that
    /// a new place for sources cannot be forgotten here.
    pub fn every_source(&self) -> impl Iterator<Item = &Source> {
        let Declaration {
            stages:
                Stages {
                    mining,
                    separation,
                    metal_and_alloy,
                    magnet,
                },
            elements,
            recycled_share_ratio: _,
            post_consumer_share_ratio: _,
            stock_days: _,
        } = self;
        let single = Element::OF_MAGNETS.iter();
        let single = single.filter_map(|element| elements.get(*element));
        [mining, separation, metal_and_alloy, magnet]
            .into_iter()
            .flatten()
            .chain(single.flat_map(Refining::every_source))
    }

    /// Changes the sources of every stage, those of single elements included.
    pub fn for_each_stage(&mut self, mut change: impl FnMut(&mut Vec<Source>)) {
        for sources in [
            &mut self.stages.mining,
            &mut self.stages.separation,
            &mut self.stages.metal_and_alloy,
            &mut self.stages.magnet,
        ] {
            change(sources);
        }
        for element in Element::OF_MAGNETS {
            if let Some(entry) = self.elements.get_mut(*element) {
                change(&mut entry.mining);
                change(&mut entry.separation);
                change(&mut entry.metal_and_alloy);
            }
        }
    }
}

/// What stands behind the statement of a source.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A document that another person can check: certificate of origin, audit, mill certificate.
    Evidenced,
    /// The word of the supplier or the designer.
    Declared,
    /// A source that nobody has asked yet, to see what it would change. It cannot be certified.
    Assumed,
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
    #[must_use]
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
    #[must_use]
    pub fn sources(&self, stage: Stage) -> &[Source] {
        match stage {
            Stage::Mining => &self.mining,
            Stage::Separation => &self.separation,
            Stage::MetalAndAlloy => &self.metal_and_alloy,
            Stage::Magnet => &self.magnet,
        }
    }
}
