//! The elements of a magnet with the fields of their masses.

use super::{self as f, Field};

/// Chemical symbol and field of every element whose mass in the magnets a record tells.
pub const IN_MAGNETS: [(&str, Field); 14] = [
    ("Nd", f::NEODYMIUM_MASS_KG),
    ("Pr", f::PRASEODYMIUM_MASS_KG),
    ("Dy", f::DYSPROSIUM_MASS_KG),
    ("Tb", f::TERBIUM_MASS_KG),
    ("Ho", f::HOLMIUM_MASS_KG),
    ("Gd", f::GADOLINIUM_MASS_KG),
    ("Sm", f::SAMARIUM_MASS_KG),
    ("Co", f::COBALT_MASS_KG),
    ("Ga", f::GALLIUM_MASS_KG),
    ("B", f::BORON_MASS_KG),
    ("Sr", f::STRONTIUM_MASS_KG),
    ("La", f::LANTHANUM_MASS_KG),
    ("Cu", f::MAGNET_COPPER_MASS_KG),
    ("Fe", f::IRON_MASS_KG),
];

#[cfg(test)]
mod tests {
    use super::{IN_MAGNETS, f};

    #[test]
    fn every_element_of_the_magnets_is_named() {
        let masses = f::ALL
            .iter()
            .filter(|field| field.unit == "kg" && field.doc.ends_with("in the magnets."))
            .filter(|field| field.name != f::HEAVY_RARE_EARTH_MASS_KG.name);
        let mut masses: Vec<&str> = masses.map(|field| field.name).collect();
        let mut named: Vec<&str> = IN_MAGNETS.iter().map(|(_, field)| field.name).collect();
        masses.sort_unstable();
        named.sort_unstable();
        assert_eq!(named, masses);
    }
}
