//! The elements whose sources are judged, and what is declared about those that need an entry of
//! their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::declaration::{Source, Stage};

/// Sources of one element before it enters the magnet, or of a material of the machine. A stage that is
/// left out, or is an empty list, is undeclared.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refining {
    /// Mining of the ore.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mining: Vec<Source>,
    /// Refining to a pure compound or metal; smelting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub separation: Vec<Source>,
    /// Metal and alloy as the next maker buys it; wire or sheet of the machine.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metal_and_alloy: Vec<Source>,
}

impl Refining {
    /// The stages of an entry, in the order of the material.
    pub const STAGES: [Stage; 3] = [Stage::Mining, Stage::Separation, Stage::MetalAndAlloy];

    /// Every source of the entry.
    pub fn every_source(&self) -> impl Iterator<Item = &Source> {
        let Refining {
            mining,
            separation,
            metal_and_alloy,
        } = self;
        [mining, separation, metal_and_alloy].into_iter().flatten()
    }

    /// The sources of one stage; empty when it is undeclared, and for the making of the magnet, which
    /// belongs to the magnet as a whole.
    #[must_use]
    pub fn sources(&self, stage: Stage) -> &[Source] {
        match stage {
            Stage::Mining => &self.mining,
            Stage::Separation => &self.separation,
            Stage::MetalAndAlloy => &self.metal_and_alloy,
            Stage::Magnet => &[],
        }
    }
}

macro_rules! elements {
    ($($variant:ident $key:ident $symbol:literal $name:literal;)*) => {
        /// An element whose sources are judged, or electrical steel. What else a magnet holds (iron,
        /// oxygen, aluminium, zirconium, niobium and the like) is not judged.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        pub enum Element {
            $(
                #[doc = $name]
                #[serde(rename = $symbol)]
                $variant,
            )*
            /// Laminated steel of stator and rotor.
            #[serde(rename = "electrical_steel")]
            ElectricalSteel,
        }

        impl Element {
            /// The elements that a magnet may hold.
            pub const OF_MAGNETS: &[Element] = &[$(Element::$variant),*];

            /// Chemical symbol, or `electrical_steel`.
            #[must_use]
            pub fn symbol(self) -> &'static str {
                match self {
                    $(Element::$variant => $symbol,)*
                    Element::ElectricalSteel => "electrical_steel",
                }
            }
        }

        /// Sources of single elements of a magnet, by chemical symbol.
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Elements {
            $(
                #[doc = concat!("Sources of ", $name)]
                #[serde(rename = $symbol, default, skip_serializing_if = "Option::is_none")]
                pub $key: Option<Refining>,
            )*
        }

        impl Elements {
            /// The entry of an element.
            #[must_use]
            pub fn get(&self, element: Element) -> Option<&Refining> {
                match element {
                    $(Element::$variant => self.$key.as_ref(),)*
                    Element::ElectricalSteel => None,
                }
            }

            /// The entry of an element, to be changed.
            pub fn get_mut(&mut self, element: Element) -> Option<&mut Refining> {
                match element {
                    $(Element::$variant => self.$key.as_mut(),)*
                    Element::ElectricalSteel => None,
                }
            }

            /// Whether no element has an entry.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                Element::OF_MAGNETS.iter().all(|element| self.get(*element).is_none())
            }
        }
    };
}

elements! {
    Nd nd "Nd" "neodymium.";
    Pr pr "Pr" "praseodymium.";
    Dy dy "Dy" "dysprosium.";
    Tb tb "Tb" "terbium.";
    Ho ho "Ho" "holmium.";
    Gd gd "Gd" "gadolinium.";
    Er er "Er" "erbium.";
    Tm tm "Tm" "thulium.";
    Yb yb "Yb" "ytterbium.";
    Lu lu "Lu" "lutetium.";
    Sm sm "Sm" "samarium.";
    Eu eu "Eu" "europium.";
    La la "La" "lanthanum.";
    Ce ce "Ce" "cerium.";
    Y y "Y" "yttrium.";
    Co co "Co" "cobalt.";
    Ga ga "Ga" "gallium.";
    B b "B" "boron.";
    Sr sr "Sr" "strontium.";
    Cu cu "Cu" "copper.";
}

impl Element {
    /// Whether it is a lanthanide or yttrium.
    #[must_use]
    pub fn is_rare_earth(self) -> bool {
        !matches!(
            self,
            Element::Co
                | Element::Ga
                | Element::B
                | Element::Sr
                | Element::Cu
                | Element::ElectricalSteel
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_has_one_entry_under_its_symbol() {
        for element in Element::OF_MAGNETS {
            let symbol = element.symbol();
            let text = format!(r#"{{"{symbol}":{{}}}}"#);
            let read: Elements = serde_json::from_str(&text).expect(symbol);
            assert!(read.get(*element).is_some(), "{symbol}");
            let named = |e: &&Element| read.get(**e).is_some();
            assert_eq!(Element::OF_MAGNETS.iter().filter(named).count(), 1);
        }
        assert!(serde_json::from_str::<Elements>(r#"{"Fe":{}}"#).is_err());
    }
}
