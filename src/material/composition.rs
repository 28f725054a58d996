//! What a material is made of, by mass and element.
//!
//! A magnet standard gives composition for information only, so every share says whether its maker
//! declared it or whether it is estimated from the class of the grade.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::row::Confidence;

/// Elements counted as heavy rare earth: gadolinium to lutetium, atomic numbers 64 to 71.
///
/// The split by atomic number follows the usual reading of the IUPAC term (light: La to Eu, heavy: Gd
/// to Lu). Yttrium is often grouped with them by deposit; it is not a lanthanide, does nothing for
/// coercivity and is not counted.
pub const HEAVY_RARE_EARTHS: [&str; 8] = ["Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu"];

/// Sums of shares within this of one are one.
const SUM_TOLERANCE_RATIO: f64 = 1e-6;

/// Where a share comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShareBasis {
    /// The maker or the measuring laboratory states it.
    Declared,
    /// Estimated from the class, the formula or a usual composition.
    Estimated,
    /// What is left when the others are taken from one.
    Balance,
}

/// Share of one element.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElementShare {
    /// Chemical symbol.
    pub element: String,
    /// Share of the mass [1].
    pub mass_fraction_ratio: f64,
    /// Declared, estimated or the balance.
    pub basis: ShareBasis,
}

/// Composition as a material file gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompositionRow {
    /// Shares of the named elements.
    pub elements: Vec<ElementShare>,
    /// The element that makes up the rest. Without it the shares must sum to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<String>,
    /// Who says so.
    pub source: String,
    /// How far to trust it.
    pub confidence: Confidence,
}

/// A composition whose shares sum to one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Composition {
    /// Shares, the balance last.
    pub elements: Vec<ElementShare>,
    /// Who says so.
    pub source: String,
    /// How far to trust it.
    pub confidence: Confidence,
}

/// A composition that cannot be.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CompositionError {
    /// A share below zero or above one.
    #[error("mass fraction of {element} is {found}, expected 0 to 1")]
    Share {
        /// Chemical symbol.
        element: String,
        /// Value found [1].
        found: f64,
    },
    /// Shares that do not come to the whole.
    #[error("mass fractions sum to {sum}, expected {expected}")]
    Sum {
        /// Sum found [1].
        sum: f64,
        /// What it should be, in words.
        expected: &'static str,
    },
    /// An element named twice.
    #[error("{element} is named twice in the composition")]
    Twice {
        /// Chemical symbol.
        element: String,
    },
    /// Not a chemical symbol.
    #[error("`{found}` is not a chemical symbol")]
    Symbol {
        /// What stands there.
        found: String,
    },
}

impl CompositionRow {
    /// The composition with its balance worked out.
    ///
    /// # Errors
    /// When a share is outside 0 to 1, an element is named twice or is not a chemical symbol, or the
    /// shares do not come to one.
    pub fn resolve(&self) -> Result<Composition, CompositionError> {
        let mut elements = self.elements.clone();
        for share in &elements {
            if !(0.0..=1.0).contains(&share.mass_fraction_ratio) {
                return Err(CompositionError::Share {
                    element: share.element.clone(),
                    found: share.mass_fraction_ratio,
                });
            }
        }
        let sum: f64 = elements.iter().map(|share| share.mass_fraction_ratio).sum();
        match &self.balance {
            Some(_) if sum > 1.0 => {
                return Err(CompositionError::Sum {
                    sum,
                    expected: "at most 1 with a balance",
                });
            }
            None if (sum - 1.0).abs() > SUM_TOLERANCE_RATIO => {
                return Err(CompositionError::Sum {
                    sum,
                    expected: "1 without a balance",
                });
            }
            Some(element) => elements.push(ElementShare {
                element: element.clone(),
                mass_fraction_ratio: 1.0 - sum,
                basis: ShareBasis::Balance,
            }),
            None => {}
        }
        for (index, share) in elements.iter().enumerate() {
            let letters = share.element.as_bytes();
            let symbol = matches!(letters.len(), 1 | 2)
                && letters[0].is_ascii_uppercase()
                && letters[1..].iter().all(u8::is_ascii_lowercase);
            if !symbol {
                return Err(CompositionError::Symbol {
                    found: share.element.clone(),
                });
            }
            if elements[..index]
                .iter()
                .any(|other| other.element == share.element)
            {
                return Err(CompositionError::Twice {
                    element: share.element.clone(),
                });
            }
        }
        Ok(Composition {
            elements,
            source: self.source.clone(),
            confidence: self.confidence,
        })
    }
}

impl Composition {
    /// Mass share of one element [1]; zero for an element that is not named.
    #[must_use]
    pub fn share(&self, element: &str) -> f64 {
        self.elements
            .iter()
            .find(|share| share.element == element)
            .map_or(0.0, |share| share.mass_fraction_ratio)
    }

    /// Mass share of the heavy rare earths together [1]; see [`HEAVY_RARE_EARTHS`].
    #[must_use]
    pub fn heavy_rare_earth_share(&self) -> f64 {
        HEAVY_RARE_EARTHS
            .iter()
            .map(|element| self.share(element))
            .sum()
    }

    /// Whether every heavy rare earth that is named is declared and not estimated, and at least one
    /// is named.
    #[must_use]
    pub fn heavy_rare_earth_declared(&self) -> bool {
        let mut named = self
            .elements
            .iter()
            .filter(|share| HEAVY_RARE_EARTHS.contains(&share.element.as_str()))
            .peekable();
        named.peek().is_some() && named.all(|share| share.basis == ShareBasis::Declared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(shares: &[(&str, f64)], balance: Option<&str>) -> CompositionRow {
        CompositionRow {
            elements: shares
                .iter()
                .map(|(element, share)| ElementShare {
                    element: (*element).to_owned(),
                    mass_fraction_ratio: *share,
                    basis: ShareBasis::Estimated,
                })
                .collect(),
            balance: balance.map(str::to_owned),
            source: "test".into(),
            confidence: Confidence::Estimated,
        }
    }

    #[test]
    fn the_balance_makes_one() {
        let composition = row(&[("Nd", 0.3), ("Dy", 0.04), ("Tb", 0.01)], Some("Fe"))
            .resolve()
            .expect("composition");
        assert!((composition.share("Fe") - 0.65).abs() < 1e-12);
        assert!((composition.heavy_rare_earth_share() - 0.05).abs() < 1e-12);
        assert!(!composition.heavy_rare_earth_declared());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(row(&[("Nd", 0.3)], None).resolve().is_err());
        assert!(
            row(&[("Nd", 0.8), ("Dy", 0.3)], Some("Fe"))
                .resolve()
                .is_err()
        );
        assert!(row(&[("Nd", -0.1)], Some("Fe")).resolve().is_err());
        assert!(row(&[("Nd", f64::NAN)], Some("Fe")).resolve().is_err());
        assert!(
            row(&[("Nd", 0.1), ("Nd", 0.1)], Some("Fe"))
                .resolve()
                .is_err()
        );
        assert!(row(&[("neo", 0.1)], Some("Fe")).resolve().is_err());
    }
}
