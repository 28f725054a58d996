//! What needs no field solution: declared magnet data.

use super::Filling;
use crate::design::{HcjTemperatureBasis, Pathway};
use crate::evaluate::EvaluateError;
use crate::material::{Corner, HcjBasis, Magnet};
use crate::record::field as f;
use crate::unit::mm;

impl Filling<'_> {
    pub(super) fn declared(
        &mut self,
        pathway: &Pathway,
        magnet: &Magnet,
    ) -> Result<(), EvaluateError> {
        let d = &pathway.declaration;
        let e = &self.prepared.application.environment;
        let r = &mut self.record;
        r.put_text(
            &f::MAGNET_GRADE,
            magnet.grade.as_str(),
            "pathway declaration",
        )?;
        r.put_text(
            &f::MAGNET_DATA_KIND,
            d.data_kind.name(),
            "pathway declaration",
        )?;
        r.put_number(
            &f::MAGNET_REFERENCE_TEMPERATURE_C,
            d.reference_temperature,
            0.0,
            "pathway declaration",
        )?;
        r.put_text(
            &f::MAGNET_MEASUREMENT_METHOD,
            d.measurement_method.name(),
            "pathway declaration",
        )?;
        if let Some(word) = weaker_basis(magnet.hcj_temperature_basis(), d.hcj_temperature_basis) {
            let basis =
                "the weaker of the library's coercivity over temperature and the declaration";
            r.put_text(&f::MAGNET_HCJ_TEMPERATURE_BASIS, word, basis)?;
        }
        r.put_flag(
            &f::MAGNET_LABEL_DECLARED,
            d.label_declared,
            "pathway declaration",
        )?;
        r.put_flag(
            &f::HEAVY_RARE_EARTH_DECLARED,
            d.heavy_rare_earth_declared,
            "pathway declaration",
        )?;
        r.put_flag(
            &f::MAGNET_DIMENSIONS_DECLARED,
            d.dimensions.is_some(),
            "pathway declaration",
        )?;
        r.put_flag(
            &f::MAGNET_COMPOSITION_METHOD_DECLARED,
            d.composition_method.is_some(),
            "pathway declaration",
        )?;
        if let Some(coating) = d.coating {
            r.put_text(&f::MAGNET_COATING, coating.name(), "pathway declaration")?;
        }
        if let Some(ratio) = d.squareness_ratio {
            r.put_number(
                &f::MAGNET_SQUARENESS_RATIO,
                ratio,
                0.0,
                "pathway declaration",
            )?;
        }
        let row = format!(
            "{}, confidence {}",
            magnet.row.source,
            format!("{:?}", magnet.confidence).to_lowercase()
        );
        let (hot, cold) = (e.magnet_temperature_hot, e.magnet_temperature_cold);
        let hcj = |t| magnet.coercivity_at(Corner::Minimum, t);
        let per_ka = |x: f64| x / 1e3;
        for (field, value) in [
            (
                &f::MAGNET_REMANENCE_20C_MIN_T,
                magnet.remanence_at(Corner::Minimum, 20.0),
            ),
            (
                &f::MAGNET_COERCIVITY_HCJ_20C_MIN_KA_PER_M,
                hcj(20.0).map(per_ka),
            ),
            (
                &f::MAGNET_COERCIVITY_HCJ_HOT_MIN_KA_PER_M,
                hcj(hot).map(per_ka),
            ),
            (
                &f::MAGNET_COERCIVITY_HCJ_COLD_MIN_KA_PER_M,
                hcj(cold).map(per_ka),
            ),
        ] {
            match value {
                Ok(value) => self.record.put_number(field, value, 0.0, row.as_str())?,
                Err(missing) => self.record.put_unjudgeable(field, missing.to_string())?,
            }
        }
        if let (Some(size), Some(clearance)) = (d.dimensions, self.prepared.bill.pocket_clearance) {
            let excess = size.thickness_tolerance + 2.0 * size.coating_thickness;
            let left = (clearance - excess) / mm::SCALE;
            let basis = "pocket clearance of the geometry less declared tolerance and two coatings";
            self.record
                .put_number(&f::MAGNET_POCKET_CLEARANCE_MIN_MM, left, 0.0, basis)?;
        }
        if let Some(method) = &d.composition_method {
            self.record.put_text(
                &f::MAGNET_COMPOSITION_METHOD,
                method.as_str(),
                "pathway declaration",
            )?;
        }
        if let Some([_, hot]) = d.coefficient_range_c {
            self.record.put_number(
                &f::MAGNET_COEFFICIENT_RANGE_HOT_C,
                hot,
                0.0,
                "pathway declaration",
            )?;
        }
        if let Some(diffusion) = &magnet.diffusion {
            let (core, basis) = match &d.diffusion {
                Some(declared) => (
                    declared.core_hcj_20c.min(diffusion.surface_hcj_20c_a_per_m),
                    "pathway declaration, at most the surface's",
                ),
                None => (diffusion.core_hcj_20c_a_per_m, diffusion.source.as_str()),
            };
            self.record.put_number(
                &f::MAGNET_CORE_HCJ_20C_MIN_KA_PER_M,
                per_ka(core),
                0.0,
                basis,
            )?;
        }
        Ok(())
    }
}

/// Whether the supplier declares less squareness than the knee is placed at: every margin to it would be too large.
pub(in crate::evaluate) fn below_knee(pathway: &Pathway, magnet: &Magnet) -> Option<String> {
    let declared = pathway.declaration.squareness_ratio?;
    let placed = magnet.knee_factor;
    (declared < placed).then(|| {
        format!(
            "squareness declared as {declared}, the knee of {} placed at {placed}",
            magnet.grade
        )
    })
}

/// The record's word for how coercivity over temperature is known: the weaker of what the library has and
/// what the supplier declares; none where either is silent, so that no clause on it can be met.
fn weaker_basis(library: Option<HcjBasis>, declared: HcjTemperatureBasis) -> Option<&'static str> {
    const FROM_WEAKEST: [&str; 4] = [
        "single_coefficient",
        "derated_coefficient",
        "two_term",
        "tabulated",
    ];
    let rank = |word: &str| FROM_WEAKEST.iter().position(|w| *w == word);
    let library = match library? {
        HcjBasis::Tabulated => "tabulated",
        HcjBasis::TwoTerm => "two_term",
        // The library derates a single coefficient before it uses it.
        HcjBasis::SingleCoefficient => "derated_coefficient",
        HcjBasis::ReferenceOnly => return None,
    };
    let declared = match declared {
        HcjTemperatureBasis::Tabulated => "tabulated",
        HcjTemperatureBasis::TwoTerm => "two_term",
        HcjTemperatureBasis::SingleCoefficient => "single_coefficient",
        HcjTemperatureBasis::NotStated => return None,
    };
    let weaker = rank(library)?.min(rank(declared)?);
    Some(FROM_WEAKEST[weaker])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::material::Library;
    use crate::source::Document;

    #[test]
    fn a_magnet_less_square_than_its_knee_is_placed_has_no_margin() {
        let text = include_str!("../../../designs/servo.json");
        let document = Document::parse("d.json", text).expect("JSON");
        let mut design = Design::load(&document).expect("a design");
        let pathway = design.candidates[0].magnet_pathways.a.as_mut();
        let pathway = pathway.expect("pathway A");
        let magnet = Library::builtin().magnet(&pathway.grade).expect("a grade");
        let mut told = |ratio| {
            pathway.declaration.squareness_ratio = ratio;
            below_knee(pathway, magnet)
        };
        let placed = magnet.knee_factor;
        assert_eq!(told(None), None);
        assert_eq!(told(Some(placed)), None);
        let less = told(Some(placed - 0.01)).expect("a reason");
        assert!(less.contains("squareness"), "{less}");
    }
}
