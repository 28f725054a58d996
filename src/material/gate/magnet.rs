//! What a magnet row may not claim.

use crate::material::coercivity::{COLD_LIMIT_C, REFERENCE_C};
use crate::material::quantity::{EnergyProduct, FieldStrength, FluxDensity};
use crate::material::row::{Band, Family, MagnetRow};
use crate::unit::MU_0;

use super::{Violation, common, require};

/// Everything that a magnet row claims against physics; empty for a possible row.
#[must_use]
pub fn magnet(row: &MagnetRow) -> Vec<Violation> {
    let mut found = Vec::new();
    common(
        &row.grade,
        &row.source,
        row.density_kg_per_m3,
        row.composition.as_ref(),
        &mut found,
    );
    magnet_bands(row, &mut found);
    energy_product(row, &mut found);
    coercivities(row, &mut found);
    magnet_scalars(row, &mut found);
    recoil_within_polarisation(row, &mut found);
    intrinsic_limits(row, &mut found);
    coercivity_over_temperature(row, &mut found);
    found
}

/// Checks the order of minimum, nominal and maximum, and that all are positive.
fn magnet_bands(row: &MagnetRow, found: &mut Vec<Violation>) {
    let flux = |q: FluxDensity| q.0;
    let field = |q: FieldStrength| q.0 / 1e3;
    let energy = |q: EnergyProduct| q.0 / 1e3;
    band("remanence_t", row.remanence_t, flux, found);
    band(
        "coercivity_hcj_ka_per_m",
        row.coercivity_hcj_ka_per_m,
        field,
        found,
    );
    band(
        "coercivity_hcb_ka_per_m",
        row.coercivity_hcb_ka_per_m,
        field,
        found,
    );
    band(
        "energy_product_max_kj_per_m3",
        row.energy_product_max_kj_per_m3,
        energy,
        found,
    );
}

/// No magnet exceeds the spontaneous polarisation of its compound in Br, nor its anisotropy field in HcJ
/// (J. M. D. Coey, "Magnetism and Magnetic Materials", Cambridge 2010, chapter 11: Nd2Fe14B 1.61 T and
/// 7.6 T/µ0; SmCo5 1.14 T and 40 T/µ0; Sm2Co17 1.25 T and 6.5 T/µ0; SrFe12O19 0.48 T and 1.9 T/µ0;
/// Sm2Fe17N3 1.54 T and 21 T/µ0). Dy2Fe14B raises the anisotropy of the first to at most 15 T/µ0, as a
/// share of it; real magnets reach a third of these fields.
fn intrinsic_limits(row: &MagnetRow, found: &mut Vec<Violation>) {
    let (polarisation, anisotropy_t, words) = match row.family {
        Family::Ndfeb => (1.61, 7.6, "at most the 1.61 T, or 6048 kA/m, of Nd2Fe14B"),
        Family::Bonded => (1.61, 7.6, "at most the 1.61 T, or 6048 kA/m, of Nd2Fe14B"),
        Family::Ferrite => (0.48, 1.9, "at most the 0.48 T, or 1512 kA/m, of SrFe12O19"),
        Family::Smco => (
            1.25,
            40.0,
            "at most the 1.25 T of Sm2Co17, or 31831 kA/m of SmCo5",
        ),
        Family::Smfen => (
            1.54,
            21.0,
            "at most the 1.54 T, or 16711 kA/m, of Sm2Fe17N3",
        ),
        Family::Alnico => (1.45, 0.3, "at most 1.45 T, or 239 kA/m by shape"),
    };
    let anisotropy = anisotropy_t / MU_0 / 1e3;
    if let Some(br) = row.remanence_t {
        for q in [br.min, br.nominal, br.max].into_iter().flatten() {
            require(found, q.0 <= polarisation, "remanence_t", q.0, words);
        }
    }
    if let Some(hcj) = row.coercivity_hcj_ka_per_m {
        for q in [hcj.min, hcj.nominal, hcj.max].into_iter().flatten() {
            let ka = q.0 / 1e3;
            require(
                found,
                ka <= anisotropy,
                "coercivity_hcj_ka_per_m",
                ka,
                words,
            );
        }
    }
}

/// Checks one band in the unit of its key.
fn band<Q: Copy>(
    quantity: &'static str,
    band: Option<Band<Q>>,
    value: impl Fn(Q) -> f64,
    found: &mut Vec<Violation>,
) {
    let Some(band) = band else { return };
    let named: Vec<(&'static str, f64)> = [
        ("min", band.min),
        ("nominal", band.nominal),
        ("max", band.max),
    ]
    .into_iter()
    .filter_map(|(name, q)| q.map(|q| (name, value(q))))
    .collect();
    if named.is_empty() {
        found.push(Violation::Empty { quantity });
    }
    for (_, number) in &named {
        require(
            found,
            *number > 0.0 && number.is_finite(),
            quantity,
            *number,
            "more than 0",
        );
    }
    for pair in named.windows(2) {
        if pair[0].1 > pair[1].1 {
            found.push(Violation::BandOrder {
                quantity,
                lower_name: pair[0].0,
                lower: pair[0].1,
                upper_name: pair[1].0,
                upper: pair[1].1,
            });
        }
    }
}

/// (BH)max ≤ Br²/(4 µ0): the demagnetisation curve of a magnet with µ ≥ µ0 lies below the line of
/// slope µ0 through Br, whose greatest rectangle this is. Like is compared with like; where the same
/// corner of Br is not printed, the greatest printed Br stands in.
fn energy_product(row: &MagnetRow, found: &mut Vec<Violation>) {
    let (Some(energy), Some(br)) = (row.energy_product_max_kj_per_m3, row.remanence_t) else {
        return;
    };
    let greatest = br.max.or(br.nominal).or(br.min);
    let rounding = row.energy_product_rounding_kj_per_m3.map_or(0.0, |q| q.0);
    for (energy, br) in [
        (energy.min, greatest),
        (energy.nominal, br.nominal.or(greatest)),
        (energy.max, greatest),
    ] {
        let (Some(energy), Some(br)) = (energy, br) else {
            continue;
        };
        let bound = br.0 * br.0 / (4.0 * MU_0);
        if energy.0 - rounding > bound {
            found.push(Violation::EnergyProduct {
                energy_product_kj_per_m3: energy.0 / 1e3,
                bound_kj_per_m3: bound / 1e3,
                remanence_t: br.0,
            });
        }
    }
}

/// HcB ≤ HcJ (where B = 0, J = µ0 HcB is still positive) and HcB ≤ Br/µ0 (J never exceeds Br there).
fn coercivities(row: &MagnetRow, found: &mut Vec<Violation>) {
    let Some(hcb) = row.coercivity_hcb_ka_per_m else {
        return;
    };
    let corners = |band: Band<FieldStrength>| [band.min, band.nominal, band.max];
    if let Some(hcj) = row.coercivity_hcj_ka_per_m {
        let least = hcj.min.or(hcj.nominal);
        for (hcb, hcj) in corners(hcb).into_iter().zip(corners(hcj)) {
            let (Some(hcb), Some(hcj)) = (hcb, hcj.or(least)) else {
                continue;
            };
            if hcb.0 > hcj.0 {
                found.push(Violation::CoercivityOrder {
                    hcb_ka_per_m: hcb.0 / 1e3,
                    hcj_ka_per_m: hcj.0 / 1e3,
                });
            }
        }
    }
    if let Some(br) = row.remanence_t {
        let least_hcb = hcb.min.or(hcb.nominal).or(hcb.max);
        let least_br = br.min.or(br.nominal).or(br.max);
        if let (Some(hcb), Some(br)) = (least_hcb, least_br)
            && hcb.0 > br.0 / MU_0
        {
            found.push(Violation::CoercivityBound {
                hcb_ka_per_m: hcb.0 / 1e3,
                bound_ka_per_m: br.0 / MU_0 / 1e3,
                remanence_t: br.0,
            });
        }
    }
}

/// Checks the single numbers of a magnet row.
fn magnet_scalars(row: &MagnetRow, found: &mut Vec<Violation>) {
    let mu = row.recoil_permeability;
    require(
        found,
        (1.0..=10.0).contains(&mu),
        "recoil_permeability",
        mu,
        "1 to 10",
    );
    if let Some(ratio) = row.squareness_ratio {
        let holds = ratio > 0.0 && ratio <= 1.0;
        require(
            found,
            holds,
            "squareness_ratio",
            ratio,
            "more than 0, at most 1",
        );
    }
    if let Some(resistivity) = row.resistivity_ohm_m {
        let holds = resistivity > 0.0 && resistivity.is_finite();
        require(
            found,
            holds,
            "resistivity_ohm_m",
            resistivity,
            "more than 0",
        );
    }
    if let Some(alpha) = row.remanence_coefficient_per_k {
        let holds = (-0.01..=0.0).contains(&alpha);
        require(
            found,
            holds,
            "remanence_coefficient_per_k",
            alpha,
            "-0.01 to 0 (a ratio, not percent)",
        );
    }
    if let Some([low, high]) = row.coefficient_range_c {
        require(
            found,
            low < high,
            "coefficient_range_c",
            low,
            "less than its upper end",
        );
    }
    if let Some(diffusion) = &row.diffusion {
        let (surface, core) = (
            diffusion.surface_hcj_20c_ka_per_m.0 / 1e3,
            diffusion.core_hcj_20c_ka_per_m.0 / 1e3,
        );
        let holds = core > 0.0 && core <= surface;
        require(
            found,
            holds,
            "core_hcj_20c_ka_per_m",
            core,
            "more than 0 and at most the surface's",
        );
        let depth = diffusion.depth_m * 1e3;
        require(
            found,
            depth > 0.0 && depth.is_finite(),
            "depth_mm",
            depth,
            "more than 0",
        );
    }
}

/// Checks that HcJ over temperature runs the way of its family and stays positive.
fn coercivity_over_temperature(row: &MagnetRow, found: &mut Vec<Violation>) {
    let falls = row.family.coercivity_falls_with_temperature();
    let table = &row.hcj_table_c_ka_per_m;
    for (index, point) in table.iter().enumerate() {
        require(
            found,
            point[1] > 0.0,
            "hcj_table_c_ka_per_m",
            point[1],
            "more than 0",
        );
        if index > 0 && point[0] <= table[index - 1][0] {
            found.push(Violation::Table {
                quantity: "hcj_table_c_ka_per_m",
                what: "temperature does not increase",
                index,
                first: point[0],
                second: point[1],
            });
        }
    }
    for pair in table.windows(2) {
        if (pair[1][1] < pair[0][1]) != falls {
            found.push(Violation::CoercivityTrend {
                family: row.family.key(),
                direction: if falls { "fall" } else { "rise" },
                from_c: pair[0][0],
                from_ka_per_m: pair[0][1],
                to_c: pair[1][0],
                to_ka_per_m: pair[1][1],
            });
        }
    }
    let band = row.coercivity_coefficient_band_per_k.unwrap_or_default();
    for beta in row.coercivity_coefficient_per_k.into_iter().chain(band) {
        let holds = beta == 0.0 || (beta.abs() <= 0.02 && (beta < 0.0) == falls);
        require(
            found,
            holds,
            "coercivity_coefficient_per_k",
            beta,
            if falls {
                "-0.02 to 0 (a ratio, not percent)"
            } else {
                "0 to 0.02 (a ratio, not percent)"
            },
        );
    }
    coefficient_ends(row, found);
    if let Some(two) = row.hcj_two_term {
        require(
            found,
            two.quadratic_per_k2 >= 0.0,
            "quadratic_per_k2",
            two.quadratic_per_k2,
            "0 or more (convex)",
        );
        for t in two.range_c {
            let slope = two.linear_per_k + 2.0 * two.quadratic_per_k2 * (t - 20.0);
            require(
                found,
                (slope < 0.0) == falls,
                "hcj_two_term",
                slope,
                "a slope of the family's sign over its range",
            );
            let value = 1.0 + (t - 20.0) * (two.linear_per_k + two.quadratic_per_k2 * (t - 20.0));
            require(
                found,
                value > 0.0,
                "hcj_two_term",
                value,
                "HcJ above 0 over its range",
            );
        }
    }
}

/// Checks that no coefficient drives HcJ to zero within the temperatures that it will be used for.
fn coefficient_ends(row: &MagnetRow, found: &mut Vec<Violation>) {
    let printed = row.coefficient_range_c;
    let high = printed.map(|range| range[1]).or(row.temperature_max_c);
    let low = printed.map_or(COLD_LIMIT_C, |range| range[0].min(COLD_LIMIT_C));
    let band = row.coercivity_coefficient_band_per_k.unwrap_or_default();
    for beta in row.coercivity_coefficient_per_k.into_iter().chain(band) {
        // A falling HcJ is never extrapolated into the cold, where its coefficient would raise it.
        let end = if beta < 0.0 { high } else { Some(low) };
        let Some(end) = end else { continue };
        require(
            found,
            1.0 + beta * (end - REFERENCE_C) > 0.0,
            "coercivity_coefficient_per_k",
            beta,
            "HcJ above 0 to the end of its range",
        );
    }
}

/// The recoil line must not use up the polarisation before HcJ, where the curve ends without any.
fn recoil_within_polarisation(row: &MagnetRow, found: &mut Vec<Violation>) {
    let (Some(br), Some(hcj)) = (row.remanence_t, row.coercivity_hcj_ka_per_m) else {
        return;
    };
    let least_br = br.min.or(br.nominal).or(br.max);
    let greatest_hcj = hcj.max.or(hcj.nominal).or(hcj.min);
    if let (Some(br), Some(hcj)) = (least_br, greatest_hcj) {
        let mu = row.recoil_permeability;
        require(
            found,
            br.0 > MU_0 * (mu - 1.0) * hcj.0,
            "recoil_permeability",
            mu,
            "less than 1 + Br/(mu0 HcJ)",
        );
    }
}
