//! Declarations that cannot be true.

use super::declaration::{Declaration, SHARE_TOLERANCE_RATIO, Source, Stage};
use super::element::{Element, Refining};

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
            let at = format!("/stages/{}", stage.key());
            stage_contradictions(stage, self.stages.sources(stage), &at, &mut found);
        }
        for element in Element::OF_MAGNETS {
            if let Some(entry) = self.elements.get(*element) {
                found.extend(entry.contradictions(&format!("/elements/{}", element.symbol())));
            }
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
        if let Some(share) = self.post_consumer_share_ratio
            && !(0.0..=self.recycled_share_ratio.unwrap_or(0.0)).contains(&share)
        {
            found.push(Contradiction::Range {
                pointer: "/post_consumer_share_ratio".into(),
                name: "post_consumer_share_ratio",
                found: share,
                expected: "0 to recycled_share_ratio, of which it is a part",
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

impl Refining {
    /// Every statement of an entry that cannot be true, at the JSON pointer of the entry.
    #[must_use]
    pub fn contradictions(&self, at: &str) -> Vec<Contradiction> {
        let mut found = Vec::new();
        for stage in Refining::STAGES {
            let at = format!("{at}/{}", stage.key());
            stage_contradictions(stage, self.sources(stage), &at, &mut found);
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

/// Whether a country has this code.
pub(crate) fn is_country(code: &str) -> bool {
    COUNTRIES.split(' ').any(|known| known == code)
}

/// Collects what cannot be true of one stage.
fn stage_contradictions(
    stage: Stage,
    sources: &[Source],
    place: &str,
    found: &mut Vec<Contradiction>,
) {
    let key = stage.key();
    for (index, source) in sources.iter().enumerate() {
        let at = |field: &str| format!("{place}/{index}/{field}");
        if !is_country(&source.country) {
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
            pointer: place.to_owned(),
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
            "elements":{"Co":{"separation":[{"country":"ZZ","supplier":"R","share_ratio":1.0,"evidence":"declared"}]}},
            "recycled_share_ratio":1.5,"post_consumer_share_ratio":1.6,"stock_days":-1}"#;
        let declaration: Declaration = serde_json::from_str(text).expect("a declaration");
        let contradictions = declaration.contradictions();
        let pointers: Vec<&str> = contradictions.iter().map(Contradiction::pointer).collect();
        assert_eq!(
            pointers,
            [
                "/stages/magnet/0/country",
                "/stages/magnet/0/supplier",
                "/stages/magnet",
                "/elements/Co/separation/0/country",
                "/recycled_share_ratio",
                "/post_consumer_share_ratio",
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
