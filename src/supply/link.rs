//! The chain of a magnet, link by link: which elements pass through which stage, and from whom.

use super::declaration::{Declaration, Source, Stage};
use super::element::{Element, Refining};
use crate::material::{Family, Magnet};

/// The judged elements of a magnet with their mass shares.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// Elements with their mass share of the magnet [1], in the order of [`Element::OF_MAGNETS`].
    pub elements: Vec<(Element, f64)>,
    /// Family, which decides what `stages` of a declaration speaks for.
    pub family: Family,
}

impl Contents {
    /// What a grade holds; `None` where no source tells its composition, since nobody can then say which
    /// elements its supply hangs on. Heavy rare earth that the supplier declares [1] though the library
    /// knows of none counts as dysprosium, the usual one.
    #[must_use]
    pub fn of(magnet: &Magnet, declared_heavy_rare_earth: Option<f64>) -> Option<Contents> {
        let composition = magnet.composition.as_ref()?;
        let mut shares: Vec<(Element, f64)> = Element::OF_MAGNETS
            .iter()
            .map(|element| (*element, composition.share(element.symbol())))
            .collect();
        if composition.heavy_rare_earth_share() == 0.0
            && let Some(declared) = declared_heavy_rare_earth
            && let Some(entry) = shares.iter_mut().find(|(e, _)| *e == Element::Dy)
        {
            entry.1 = declared;
        }
        shares.retain(|(_, share)| *share > 0.0);
        Some(Contents::new(magnet.family, shares))
    }

    /// Elements of a magnet of a family.
    #[must_use]
    pub fn new(family: Family, elements: Vec<(Element, f64)>) -> Contents {
        Contents { elements, family }
    }

    /// Whether `stages` of a declaration speaks for an element that has no entry of its own.
    fn is_principal(&self, element: Element) -> bool {
        match self.family {
            Family::Ferrite => element == Element::Sr,
            Family::Alnico => element == Element::Co,
            Family::Ndfeb | Family::Smco | Family::Bonded | Family::Smfen => {
                element.is_rare_earth()
            }
        }
    }
}

/// One stage that one or several elements pass through together.
#[derive(Debug, Clone, PartialEq)]
pub struct Link<'d> {
    /// The elements, or the material of the machine.
    pub elements: Vec<Element>,
    /// The stage.
    pub stage: Stage,
    /// Where it is done; empty when undeclared.
    pub sources: &'d [Source],
}

/// Every link of a magnet: the stages of what `stages` speaks for, those of every other judged element
/// that the magnet holds, and the making of the magnet, in this order. An element without an entry of its
/// own has links without sources.
#[must_use]
pub fn links<'d>(declaration: &'d Declaration, contents: &Contents) -> Vec<Link<'d>> {
    let all: Vec<Element> = contents.elements.iter().map(|(e, _)| *e).collect();
    let own = |element: &Element| {
        declaration.elements.get(*element).is_some() || !contents.is_principal(*element)
    };
    let principal: Vec<Element> = all.iter().copied().filter(|e| !own(e)).collect();
    let mut found = Vec::new();
    if !principal.is_empty() || all.is_empty() {
        found.extend(Refining::STAGES.map(|stage| Link {
            elements: principal.clone(),
            stage,
            sources: declaration.stages.sources(stage),
        }));
    }
    for element in all.iter().copied().filter(own) {
        let entry = declaration.elements.get(element);
        found.extend(Refining::STAGES.map(|stage| Link {
            elements: vec![element],
            stage,
            sources: entry.map_or(&[], |entry| entry.sources(stage)),
        }));
    }
    found.push(Link {
        elements: all,
        stage: Stage::Magnet,
        sources: declaration.stages.sources(Stage::Magnet),
    });
    found
}

/// The links of a material of the machine that both pathways share.
#[must_use]
pub fn material_links(material: Element, entry: Option<&Refining>) -> Vec<Link<'_>> {
    let link = |stage| Link {
        elements: vec![material],
        stage,
        sources: entry.map_or(&[][..], |entry| entry.sources(stage)),
    };
    Refining::STAGES.map(link).to_vec()
}

#[cfg(test)]
mod tests {
    use super::super::declaration::Evidence;
    use super::*;

    fn source(country: &str) -> Source {
        Source {
            country: country.into(),
            supplier: format!("{country} works"),
            share_ratio: 1.0,
            evidence: Evidence::Declared,
        }
    }

    fn named(links: &[Link]) -> Vec<(String, &'static str, usize)> {
        let symbols = |link: &Link| {
            let names: Vec<&str> = link.elements.iter().map(|e| e.symbol()).collect();
            names.join("+")
        };
        links
            .iter()
            .map(|link| (symbols(link), link.stage.key(), link.sources.len()))
            .collect()
    }

    #[test]
    fn what_the_stages_do_not_speak_for_needs_an_entry() {
        let mut declaration = Declaration::default();
        declaration.stages.mining = vec![source("AU")];
        declaration.stages.magnet = vec![source("JP")];
        declaration.elements.co = Some(Refining {
            mining: vec![source("CA")],
            ..Refining::default()
        });
        let contents = Contents::new(
            Family::Ndfeb,
            vec![
                (Element::Nd, 0.2),
                (Element::Dy, 0.05),
                (Element::Co, 0.01),
                (Element::B, 0.01),
            ],
        );
        let found = links(&declaration, &contents);
        let expected = [
            ("Nd+Dy", "mining", 1),
            ("Nd+Dy", "separation", 0),
            ("Nd+Dy", "metal_and_alloy", 0),
            ("Co", "mining", 1),
            ("Co", "separation", 0),
            ("Co", "metal_and_alloy", 0),
            ("B", "mining", 0),
            ("B", "separation", 0),
            ("B", "metal_and_alloy", 0),
            ("Nd+Dy+Co+B", "magnet", 1),
        ];
        let expected = expected.map(|(e, s, n)| (e.to_owned(), s, n));
        assert_eq!(named(&found), expected);
    }

    #[test]
    fn a_rare_earth_with_an_entry_takes_nothing_from_the_others() {
        let mut declaration = Declaration::default();
        declaration.stages.separation = vec![source("MY")];
        declaration.elements.dy = Some(Refining::default());
        let contents = Contents::new(Family::Ndfeb, vec![(Element::Nd, 0.3), (Element::Dy, 0.01)]);
        let found = links(&declaration, &contents);
        let dysprosium = found
            .iter()
            .find(|link| link.elements == [Element::Dy] && link.stage == Stage::Separation);
        assert!(dysprosium.is_some_and(|link| link.sources.is_empty()));
    }

    #[test]
    fn a_magnet_of_nothing_judged_still_has_its_stages() {
        let none = Contents::new(Family::Ndfeb, vec![]);
        assert_eq!(links(&Declaration::default(), &none).len(), 4);
    }
}
