//! What a designer or a supplier declares about where a magnet comes from, stage by stage.
//!
//! The declaration is input only: nothing here judges it. A share that nobody declares is not an
//! error, it is counted as unknown by [`super::dependence()`]; a share that cannot be (negative, or
//! more than the whole) is an error.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Mass share of recycled material in the magnet [1]. Absent means not declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub recycled_share_ratio: Option<f64>,
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

/// A statement that cannot be true, with the JSON pointer from the declaration's own root so that
/// the reader of the design file can name its line.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Contradiction {
    /// A country code that no country has.
    #[error("country `{found}` is not a two-letter ISO 3166-1 code such as `CN`")]
    Country {
        /// Where, relative to the declaration.
        pointer: String,
        /// What stands there.
        found: String,
    },
    /// A supplier without a name cannot be compared with another.
    #[error("a source needs the name of its supplier")]
    NamelessSupplier {
        /// Where, relative to the declaration.
        pointer: String,
    },
    /// A ratio outside its range.
    #[error("`{name}` is {found}, expected {expected}")]
    Range {
        /// Where, relative to the declaration.
        pointer: String,
        /// The key.
        name: &'static str,
        /// The value found.
        found: f64,
        /// The range in words.
        expected: &'static str,
    },
    /// Shares of one stage that come to more than the whole.
    #[error("the shares of stage `{stage}` sum to {sum}, more than 1")]
    MoreThanWhole {
        /// Where, relative to the declaration.
        pointer: String,
        /// The key of the stage.
        stage: &'static str,
        /// The sum of the shares [1].
        sum: f64,
    },
}

impl Contradiction {
    /// JSON pointer to the value, relative to the declaration (`/stages/mining/0/country`).
    #[must_use]
    pub fn pointer(&self) -> &str {
        match self {
            Contradiction::Country { pointer, .. }
            | Contradiction::NamelessSupplier { pointer }
            | Contradiction::Range { pointer, .. }
            | Contradiction::MoreThanWhole { pointer, .. } => pointer,
        }
    }
}

impl Declaration {
    /// Every statement of the declaration that cannot be true; empty for a usable declaration.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let mut found = Vec::new();
        for stage in Stage::ALL {
            stage_contradictions(stage, self.stages.sources(stage), &mut found);
        }
        if let Some(share) = self.recycled_share_ratio
            && !(0.0..=1.0).contains(&share)
        {
            found.push(Contradiction::Range {
                pointer: "/recycled_share_ratio".into(),
                name: "recycled_share_ratio",
                found: share,
                expected: "0 to 1",
            });
        }
        if let Some(days) = self.stock_days
            && !(0.0..=3650.0).contains(&days)
        {
            found.push(Contradiction::Range {
                pointer: "/stock_days".into(),
                name: "stock_days",
                found: days,
                expected: "0 to 3650, ten years",
            });
        }
        found
    }
}

/// Officially assigned two-letter codes of ISO 3166-1, as of 2024. An invented country must not count as an
/// independent one.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Collects what cannot be true of one stage.
fn stage_contradictions(stage: Stage, sources: &[Source], found: &mut Vec<Contradiction>) {
    let key = stage.key();
    for (index, source) in sources.iter().enumerate() {
        let at = |field: &str| format!("/stages/{key}/{index}/{field}");
        if !COUNTRIES.split(' ').any(|code| code == source.country) {
            found.push(Contradiction::Country {
                pointer: at("country"),
                found: source.country.clone(),
            });
        }
        if source.supplier.trim().is_empty() {
            found.push(Contradiction::NamelessSupplier {
                pointer: at("supplier"),
            });
        }
        if !(source.share_ratio > 0.0 && source.share_ratio <= 1.0) {
            found.push(Contradiction::Range {
                pointer: at("share_ratio"),
                name: "share_ratio",
                found: source.share_ratio,
                expected: "more than 0 and at most 1",
            });
        }
    }
    let sum: f64 = sources.iter().map(|source| source.share_ratio).sum();
    if sum > 1.0 + SHARE_TOLERANCE_RATIO {
        found.push(Contradiction::MoreThanWhole {
            pointer: format!("/stages/{key}"),
            stage: key,
            sum,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_shape_is_read_and_written_back() {
        let text = r#"{"stages":{"mining":[{"country":"AU","supplier":"Lynas","share_ratio":1.0,"evidence":"evidenced"}]},"stock_days":90.0}"#;
        let declaration: Declaration = serde_json::from_str(text).expect("a declaration");
        assert_eq!(declaration.stages.mining.len(), 1);
        assert!(declaration.contradictions().is_empty());
        assert_eq!(serde_json::to_string(&declaration).expect("text"), text);
    }

    #[test]
    fn what_cannot_be_is_named_with_its_place() {
        let text = r#"{"stages":{"magnet":[
            {"country":"China","supplier":" ","share_ratio":0.7,"evidence":"declared"},
            {"country":"JP","supplier":"P","share_ratio":0.6,"evidence":"declared"}]},
            "recycled_share_ratio":1.5,"stock_days":-1}"#;
        let declaration: Declaration = serde_json::from_str(text).expect("a declaration");
        let contradictions = declaration.contradictions();
        let pointers: Vec<&str> = contradictions.iter().map(Contradiction::pointer).collect();
        assert_eq!(
            pointers,
            [
                "/stages/magnet/0/country",
                "/stages/magnet/0/supplier",
                "/stages/magnet",
                "/recycled_share_ratio",
                "/stock_days"
            ]
        );
    }

    #[test]
    fn unknown_keys_and_stages_are_refused() {
        assert!(serde_json::from_str::<Declaration>(r#"{"stages":{"smelting":[]}}"#).is_err());
        assert!(serde_json::from_str::<Declaration>(r#"{"stock":3}"#).is_err());
    }
}
