//! HcJ over temperature, as the ratio to its value at 20 °C or as tabulated.
//!
//! HcJ of a rare-earth magnet is a convex function of temperature. A data sheet that prints one
//! coefficient gives a chord, which lies above the curve between its ends: by 7.5 % at 60 °C, 15 % at
//! 100 °C and 18 % at 150 °C for the one EH grade whose table is at hand. So a table is used where
//! there is one, a parabola where there are sparse knees, and a single coefficient only after it has
//! been bent down as far as the tabulated grade bends ([`super::evidence::bend`]).

use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, STRAIGHT_BEND_RATIO, bend};
use super::interpolate::Interpolant;
use super::row::{Family, MagnetRow};

/// Temperature that magnet data are referred to [°C].
pub const REFERENCE_C: f64 = 20.0;

/// Ambient window of IEC 60404-5 (23 ± 5 °C, abstract read): where a grade without coefficients may be
/// used as printed [°C].
pub const REFERENCE_WINDOW_C: (f64, f64) = (18.0, 28.0);

/// How far below its data a magnet may be used [°C].
///
/// A rare-earth magnet gains HcJ as it cools, so the value of the coldest point is a lower bound;
/// Br by its linear coefficient is then an upper bound, as its slope flattens in the cold. Both are
/// safe sides. −50 °C is ten kelvin below what vehicles ask for and far above the spin reorientation
/// of Nd2Fe14B near −138 °C.
pub const COLD_LIMIT_C: f64 = -50.0;

/// Knees farther apart than this are not joined by interpolation alone [K].
const SPARSE_GAP_K: f64 = 100.0;

/// How HcJ over temperature is known; the word of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HcjBasis {
    /// Table.
    Tabulated,
    /// Parabola, given or through sparse knees.
    TwoTerm,
    /// One coefficient, derated.
    SingleCoefficient,
    /// At room temperature only.
    ReferenceOnly,
}

impl HcjBasis {
    /// The word of files and records.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            HcjBasis::Tabulated => "tabulated",
            HcjBasis::TwoTerm => "two_term",
            HcjBasis::SingleCoefficient => "single_coefficient",
            HcjBasis::ReferenceOnly => "reference_only",
        }
    }
}

/// HcJ over temperature.
#[derive(Debug, Clone, PartialEq)]
pub struct CoercivityLaw {
    /// How it is known.
    pub basis: HcjBasis,
    form: Form,
    falls: bool,
    /// Temperatures between which the data lie [°C].
    pub data_range_c: (f64, f64),
    /// Temperatures between which [`CoercivityLaw::shape`] answers [°C].
    pub usable_range_c: (f64, f64),
    /// HcJ that the table itself gives at 20 °C, where it is a table [A/m].
    pub table_reference_a_per_m: Option<f64>,
    /// What a reader should know before trusting it.
    pub warnings: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// Ratio to HcJ(20 °C) through points.
    Points(Interpolant),
    /// 1 + b (T − 20) + c (T − 20)².
    Parabola { b: f64, c: f64 },
    /// 1 + b (T − 20) − bend (T − 20) (T_end − T).
    Chord {
        b: f64,
        bend_per_k2: f64,
        end_c: f64,
    },
    /// Coefficients on either side of 20 °C, each the worse end of a printed band.
    Band { cold: f64, hot: f64 },
    /// One.
    Constant,
}

impl CoercivityLaw {
    /// The law of a row whose least or nominal HcJ at 20 °C is `reference_a_per_m`.
    pub(super) fn from_row(row: &MagnetRow, reference_a_per_m: f64, evidence: &Evidence) -> Self {
        if let Some(two) = row.hcj_two_term {
            let form = Form::Parabola {
                b: two.linear_per_k,
                c: two.quadratic_per_k2,
            };
            return law(
                HcjBasis::TwoTerm,
                form,
                row,
                (two.range_c[0], two.range_c[1]),
            );
        }
        if row.hcj_table_c_ka_per_m.len() > 2 {
            return tabulated(row, reference_a_per_m, evidence);
        }
        single(row, evidence)
    }

    /// HcJ at `temperature_c` over HcJ at 20 °C; `None` outside [`CoercivityLaw::usable_range_c`].
    #[must_use]
    pub fn shape(&self, temperature_c: f64) -> Option<f64> {
        let (low, high) = self.usable_range_c;
        if !(low..=high).contains(&temperature_c) {
            return None;
        }
        // Where HcJ rises in the cold, the coldest data point is held: a lower bound.
        let t = if self.falls {
            temperature_c.max(self.data_range_c.0)
        } else {
            temperature_c
        };
        let dt = t - REFERENCE_C;
        Some(match &self.form {
            Form::Points(curve) => curve.at(t),
            Form::Parabola { b, c } => 1.0 + dt * (b + c * dt),
            Form::Chord {
                b,
                bend_per_k2,
                end_c,
            } => 1.0 + b * dt - bend_per_k2 * dt * (end_c - t),
            Form::Band { cold, hot } => 1.0 + dt * if dt < 0.0 { cold } else { hot },
            Form::Constant => 1.0,
        })
    }

    /// Whether the value at `temperature_c` is held at, or carried past, the end of the data.
    #[must_use]
    pub fn is_extended(&self, temperature_c: f64) -> bool {
        temperature_c < self.data_range_c.0 || temperature_c > self.data_range_c.1
    }
}

/// A law with the usable range that its family allows.
fn law(basis: HcjBasis, form: Form, row: &MagnetRow, data_range_c: (f64, f64)) -> CoercivityLaw {
    let falls = row.family.coercivity_falls_with_temperature();
    let banded = matches!(form, Form::Band { .. });
    let low = if basis != HcjBasis::ReferenceOnly && (falls || banded) {
        data_range_c.0.min(COLD_LIMIT_C)
    } else {
        data_range_c.0
    };
    CoercivityLaw {
        basis,
        form,
        falls,
        data_range_c,
        usable_range_c: (low, data_range_c.1),
        table_reference_a_per_m: None,
        warnings: Vec::new(),
    }
}

/// The law through a table, joined to HcJ at 20 °C where the table starts warmer, and bent down in
/// gaps that are too wide to join.
fn tabulated(row: &MagnetRow, reference_a_per_m: f64, evidence: &Evidence) -> CoercivityLaw {
    let mut points: Vec<(f64, f64)> = row
        .hcj_table_c_ka_per_m
        .iter()
        .map(|p| (p[0], p[1] * 1e3))
        .collect();
    let mut warnings = Vec::new();
    let joined = points[0].0 > REFERENCE_C;
    if joined {
        points.insert(0, (REFERENCE_C, reference_a_per_m));
        warnings.push(format!(
            "the table starts at {} C and is joined to the published HcJ at 20 C",
            points[1].0
        ));
    }
    let range = (points[0].0, points[points.len() - 1].0);
    let falls = row.family.coercivity_falls_with_temperature();
    let sparse = falls && fill_gaps(&mut points, reference_a_per_m, evidence);
    let Some(curve) = Interpolant::new(points) else {
        // The gate refuses tables whose temperatures do not increase.
        return single(row, evidence);
    };
    let reference = curve.at(REFERENCE_C);
    let normalised = curve
        .points()
        .iter()
        .map(|p| (p.0, p.1 / reference))
        .collect();
    let basis = if sparse {
        warnings.push(format!(
            "knees more than {SPARSE_GAP_K} K apart: a parabola with the bend of {} between them",
            evidence.bend_grade
        ));
        HcjBasis::TwoTerm
    } else {
        HcjBasis::Tabulated
    };
    if falls && bend(&row.hcj_table_c_ka_per_m, range.1).is_some_and(|g| g < STRAIGHT_BEND_RATIO) {
        warnings.push(
            "the table is a straight line: it repeats one coefficient, and the true curve may bend below it"
                .to_owned(),
        );
    }
    let form = Interpolant::new(normalised).map_or(Form::Constant, Form::Points);
    let mut found = law(basis, form, row, range);
    found.table_reference_a_per_m = Some(reference);
    found.warnings = warnings;
    found
}

/// Puts points on a bent-down parabola into gaps wider than [`SPARSE_GAP_K`]; whether there were any.
fn fill_gaps(points: &mut Vec<(f64, f64)>, reference_a_per_m: f64, evidence: &Evidence) -> bool {
    let mut filled = Vec::with_capacity(points.len());
    let mut sparse = false;
    for pair in points.windows(2) {
        let ((t0, h0), (t1, h1)) = (pair[0], pair[1]);
        filled.push(pair[0]);
        if t1 - t0 <= SPARSE_GAP_K {
            continue;
        }
        sparse = true;
        let slope = (h1 - h0) / (t1 - t0);
        let bend_per_k2 = evidence.bend_ratio * (slope / reference_a_per_m).powi(2);
        let parts = ((t1 - t0) / 20.0).ceil();
        let mut part = 1.0;
        while part < parts {
            let t = t0 + (t1 - t0) * part / parts;
            let chord = h0 + slope * (t - t0);
            filled.push((
                t,
                chord - bend_per_k2 * reference_a_per_m * (t - t0) * (t1 - t),
            ));
            part += 1.0;
        }
    }
    filled.push(points[points.len() - 1]);
    *points = filled;
    sparse
}

/// The law from one coefficient, or from two knees.
fn single(row: &MagnetRow, evidence: &Evidence) -> CoercivityLaw {
    let mut warnings = Vec::new();
    let knees = match row.hcj_table_c_ka_per_m.as_slice() {
        [first, second] if first[0] == REFERENCE_C => {
            let b = (second[1] / first[1] - 1.0) / (second[0] - first[0]);
            Some((b, (first[0], second[0])))
        }
        _ => None,
    };
    let printed = row.coefficient_range_c.map(|range| (range[0], range[1]));
    let stated = row.temperature_max_c.map(|high| (REFERENCE_C, high));
    let range = printed.or(stated);
    let (coefficient, range) = match (knees, row.coercivity_coefficient_per_k, range) {
        (Some((b, range)), _, _) => (b, range),
        (None, Some(b), Some(range)) => {
            if printed.is_none() {
                warnings.push(
                    "the range of the coefficient is not printed: 20 C to the vendor's highest temperature is taken"
                        .to_owned(),
                );
            }
            (b, range)
        }
        _ => return reference_only(row),
    };
    let mut found = match row.coercivity_coefficient_band_per_k {
        Some([least, greatest]) if row.family == Family::Ferrite => {
            warnings.push(format!(
                "the source prints a band of coefficients: {least} per K is used above 20 C and {greatest} per K below, down to {COLD_LIMIT_C} C"
            ));
            let form = Form::Band {
                cold: greatest,
                hot: least,
            };
            law(HcjBasis::SingleCoefficient, form, row, range)
        }
        _ => chord(row, coefficient, range, evidence, &mut warnings),
    };
    found.warnings = warnings;
    found
}

/// One coefficient, bent down between 20 °C and the end of its range where the family's HcJ falls.
fn chord(
    row: &MagnetRow,
    b: f64,
    range: (f64, f64),
    evidence: &Evidence,
    warnings: &mut Vec<String>,
) -> CoercivityLaw {
    let falls = row.family.coercivity_falls_with_temperature();
    let bend_per_k2 = if falls {
        evidence.bend_ratio * b * b
    } else {
        0.0
    };
    // Below 20 °C the chord of a falling HcJ would rise; the value at 20 °C is held instead.
    let range = if falls { (REFERENCE_C, range.1) } else { range };
    warnings.push(if falls {
        format!(
            "single coefficient, derated by the bend of the tabulated grade {}",
            evidence.bend_grade
        )
    } else {
        "single coefficient".to_owned()
    });
    let form = Form::Chord {
        b,
        bend_per_k2,
        end_c: range.1,
    };
    law(HcjBasis::SingleCoefficient, form, row, range)
}

/// A row that says nothing about temperature.
fn reference_only(row: &MagnetRow) -> CoercivityLaw {
    let mut found = law(
        HcjBasis::ReferenceOnly,
        Form::Constant,
        row,
        REFERENCE_WINDOW_C,
    );
    found.warnings = vec!["HcJ is published at room temperature only".to_owned()];
    found
}
