//! Supply risk by the European method of critical raw materials.
//!
//! The method (Blengini et al., *Methodology for establishing the EU list of critical raw materials*, 2017,
//! JRC, EUR 28654 EN) has
//!
//! SR = [HHI_WGI,t(global) · IR/2 + HHI_WGI,t(sourcing) · (1 − IR/2)] · (1 − EoL_RIR) · SI_SR
//!
//! with HHI_WGI,t = Σ S_c² · WGI_c · t_c over the countries, S their shares, WGI their governance on a scale
//! from 0 (best) to 10, t a factor for trade measures, IR the import reliance, EoL_RIR the input from
//! recycling and SI_SR the substitution index. SR of 1.0 is the method's threshold.
//!
//! One product has one sourcing, its own: global and European sourcing are both replaced by the declared
//! shares, so that the bracket is HHI_WGI of these and IR drops out. No trade factor and no substitute is
//! claimed: t = 1 and SI_SR = 1.

use super::declaration::Source;
use super::dependence::{by_country, undeclared_share_ratio};
use super::link::Link;
use super::world::{governance, recycling_rate};

/// Governance of a country that nobody names: the worst of the scale.
const WORST: f64 = 10.0;

/// A supply risk that cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RiskError {
    /// No value of governance.
    #[error("no governance indicator of country `{0}` is in the table")]
    Governance(String),
    /// No recycling rate.
    #[error("no recycling rate of {0} is in the table")]
    Recycling(&'static str),
}

/// HHI_WGI of shares by country whose remainder [1] nobody names, at its upper bound. A sum of weighted
/// squares is convex in the shares, so the most lies at an end: the whole remainder in one country, a
/// named one or an unnamed one of the worst governance.
///
/// # Errors
/// When a named country has no governance indicator.
pub fn weighted_index(shares: &[(&str, f64)], remainder: f64) -> Result<f64, RiskError> {
    let weights: Vec<f64> = shares
        .iter()
        .map(|(country, _)| {
            governance(country).ok_or_else(|| RiskError::Governance((*country).to_owned()))
        })
        .collect::<Result<_, _>>()?;
    let with = |at: Option<usize>| -> f64 {
        let named = shares.iter().zip(&weights).enumerate();
        let sum: f64 = named
            .map(|(index, ((_, share), weight))| {
                let share = if at == Some(index) {
                    share + remainder
                } else {
                    *share
                };
                share * share * weight
            })
            .sum();
        match at {
            Some(_) => sum,
            None => sum + remainder * remainder * WORST,
        }
    };
    let ends = std::iter::once(None).chain((0..shares.len()).map(Some));
    Ok(ends.map(with).fold(0.0, f64::max))
}

/// Supply risk of one link: of its elements the one with the least recycling.
///
/// # Errors
/// When a country has no governance indicator or an element no recycling rate.
pub fn link_risk(link: &Link) -> Result<f64, RiskError> {
    let mut least = f64::INFINITY;
    for element in &link.elements {
        let rate = recycling_rate(*element).ok_or(RiskError::Recycling(element.symbol()))?;
        least = least.min(rate);
    }
    let least = if least.is_finite() { least } else { 0.0 };
    Ok(sourcing(link.sources)? * (1.0 - least))
}

fn sourcing(sources: &[Source]) -> Result<f64, RiskError> {
    weighted_index(&by_country(sources), undeclared_share_ratio(sources))
}

/// Supply risk of the worst link; the method, too, assesses stages apart and keeps the higher.
///
/// # Errors
/// When an input is missing for any link: the worst of those that are known might not be the worst.
pub fn supply_risk(links: &[Link]) -> Result<f64, RiskError> {
    let mut worst = 0.0_f64;
    for link in links {
        worst = worst.max(link_risk(link)?);
    }
    Ok(worst)
}

#[cfg(test)]
mod tests {
    use super::super::declaration::{Evidence, Stage};
    use super::super::element::Element;
    use super::super::world::shares_at;
    use super::*;

    fn source(country: &str, share_ratio: f64) -> Source {
        Source {
            country: country.into(),
            supplier: country.into(),
            share_ratio,
            evidence: Evidence::Declared,
        }
    }

    /// By hand: AU (2.5 − 1.4919)·2 = 2.0162, US (2.5 − 0.9942)·2 = 3.0116;
    /// 0.6²·2.0162 + 0.4²·3.0116 = 0.725832 + 0.481856 = 1.207688; times 1 − 0.01 = 1.195611.
    #[test]
    fn two_countries_by_hand() {
        let sources = [source("AU", 0.6), source("US", 0.4)];
        let link = Link {
            elements: vec![Element::Nd],
            stage: Stage::Mining,
            sources: &sources,
        };
        let risk = link_risk(&link).expect("inputs");
        assert!((risk - 1.195_611_12).abs() < 1e-8, "{risk}");
    }

    /// The world's mining of 2024 by hand from the printed shares: CN 0.6784²·5.6666 = 2.60792,
    /// US 0.1143²·3.0116 = 0.03934, MM 0.0990²·8.2066 = 0.08043, AU 0.0505²·2.0162 = 0.00514, the other
    /// seven 0.00316, in sum 2.73599; the unnamed 0.0008 in CN adds (0.6792² − 0.6784²)·5.6666 = 0.00615.
    #[test]
    fn the_worlds_mining_by_hand() {
        let date = "2024-12-31".parse().expect("a day");
        let row = shares_at(Element::Nd, Stage::Mining, date).expect("a row");
        let shares: Vec<(&str, f64)> = row.shares.iter().map(|(c, s)| (c.as_str(), *s)).collect();
        let remainder = 1.0 - shares.iter().map(|(_, s)| s).sum::<f64>();
        let index = weighted_index(&shares, remainder).expect("inputs");
        assert!((index - 2.742_14).abs() < 2e-4, "{index}");
    }

    #[test]
    fn what_nobody_declares_is_the_worst() {
        assert_eq!(weighted_index(&[], 1.0), Ok(10.0));
        // 0.5 in AU: 0.5²·2.0162 + 0.5²·10 = 3.00405 beats 1²·2.0162.
        let half = weighted_index(&[("AU", 0.5)], 0.5).expect("inputs");
        assert!((half - 3.004_05).abs() < 1e-9);
        assert_eq!(
            weighted_index(&[("CH", 1.0)], 0.0),
            Err(RiskError::Governance("CH".into()))
        );
    }

    #[test]
    fn an_unknown_input_of_any_link_leaves_the_whole_unknown() {
        let sources = [source("AU", 1.0)];
        let of = |element| Link {
            elements: vec![element],
            stage: Stage::Mining,
            sources: &sources,
        };
        assert!(supply_risk(&[of(Element::Nd)]).is_ok());
        assert_eq!(
            supply_risk(&[of(Element::Nd), of(Element::Sr)]),
            Err(RiskError::Recycling("Sr"))
        );
    }
}
