//! What the published rows teach about the rows that publish less.
//!
//! Three things are missing from many data sheets: the tolerance of Br, the gap between typical and
//! guaranteed HcJ, and the bend of HcJ over temperature. Each is taken from the built-in rows that do
//! print it, by a rule that errs to the safe side, and the result says that it is derived.

use super::coercivity::REFERENCE_C;
use super::row::{Family, MagnetRow};

/// Bends below this, in units of the squared mean coefficient, are a table that was computed from
/// one coefficient and teaches nothing [1].
pub const STRAIGHT_BEND_RATIO: f64 = 0.02;

/// What the built-in rows teach.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Greatest half width of a printed Br band by family [T].
    remanence_tolerance_t: Vec<(Family, f64)>,
    /// Greatest relative gap between typical and guaranteed HcJ that a row prints [1].
    pub coercivity_gap_ratio: f64,
    /// Greatest bend of a tabulated, curved HcJ; see [`bend`] [1].
    pub bend_ratio: f64,
    /// The row that the bend comes from.
    pub bend_grade: String,
}

impl Evidence {
    /// Reads the built-in rows.
    #[must_use]
    pub fn from_rows(rows: &[MagnetRow]) -> Evidence {
        let mut evidence = Evidence {
            remanence_tolerance_t: Vec::new(),
            coercivity_gap_ratio: 0.0,
            bend_ratio: 0.0,
            bend_grade: String::new(),
        };
        for row in rows {
            if let Some(half) = half_width_t(row) {
                evidence.widen(row.family, half);
            }
            if let Some(band) = row.coercivity_hcj_ka_per_m
                && let (Some(min), Some(nominal)) = (band.min, band.nominal)
            {
                let gap = 1.0 - min.0 / nominal.0;
                evidence.coercivity_gap_ratio = evidence.coercivity_gap_ratio.max(gap);
            }
            if let Some(bend) = bend(&row.hcj_table_c_ka_per_m, range_end_c(row))
                && row.family == Family::Ndfeb
                && bend > evidence.bend_ratio
            {
                evidence.bend_ratio = bend;
                evidence.bend_grade.clone_from(&row.grade);
            }
        }
        evidence
    }

    /// Keeps the greatest half width of the family.
    fn widen(&mut self, family: Family, half_t: f64) {
        match self
            .remanence_tolerance_t
            .iter_mut()
            .find(|known| known.0 == family)
        {
            Some(known) => known.1 = known.1.max(half_t),
            None => self.remanence_tolerance_t.push((family, half_t)),
        }
    }

    /// Tolerance of Br for a row that prints none: the greatest half width of the printed bands of
    /// its family [T]. `None` where no row of the family prints a band.
    #[must_use]
    pub fn remanence_tolerance_t(&self, family: Family) -> Option<f64> {
        self.remanence_tolerance_t
            .iter()
            .find(|known| known.0 == family)
            .map(|known| known.1)
    }
}

/// Half the printed band of Br; nominal less minimum where no maximum is printed [T].
fn half_width_t(row: &MagnetRow) -> Option<f64> {
    let band = row.remanence_t?;
    let whole = band
        .min
        .zip(band.max)
        .map(|(min, max)| (max.0 - min.0) / 2.0);
    let lower = band
        .min
        .zip(band.nominal)
        .map(|(min, nominal)| nominal.0 - min.0);
    whole.or(lower)
}

/// End of the range that the coefficient of a row is printed for, or no end [°C].
fn range_end_c(row: &MagnetRow) -> f64 {
    row.coefficient_range_c
        .map_or(f64::INFINITY, |range| range[1])
}

/// Bend of a tabulated HcJ: the greatest γ in
/// `HcJ(T) = chord − γ b² HcJ(20) (T − 20) (T_end − T)`, with b the mean coefficient from 20 °C to
/// the last point at or below `end_c`. γ is ½ for an exponential and 0 for a straight line. `None` unless
/// the table has a point at 20 °C and two more between it and its end.
///
/// Written against b² it carries from one class of HcJ to another: the lower class has the steeper
/// coefficient and, by the same γ, the stronger bend, as measured curves do.
#[must_use]
pub fn bend(table: &[[f64; 2]], end_c: f64) -> Option<f64> {
    let start = table.iter().position(|point| point[0] == REFERENCE_C)?;
    let end = table.iter().rposition(|point| point[0] <= end_c)?;
    let warm = table.get(start..=end)?;
    if warm.len() < 4 {
        return None;
    }
    let (h20, [end_c, end_h]) = (warm[0][1], warm[warm.len() - 1]);
    let mean = (end_h / h20 - 1.0) / (end_c - REFERENCE_C);
    let greatest = warm[1..warm.len() - 1]
        .iter()
        .map(|[t, h]| {
            let chord = 1.0 + mean * (t - REFERENCE_C);
            (chord - h / h20) / ((t - REFERENCE_C) * (end_c - t) * mean * mean)
        })
        .fold(f64::NEG_INFINITY, f64::max);
    Some(greatest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_gives_its_own_bend() {
        // b = -0.005 over 20..200 and c = 0.4 b² exactly.
        let c: f64 = 0.4 * 0.005 * 0.005;
        let table: Vec<[f64; 2]> = [20.0, 60.0, 100.0, 150.0, 200.0]
            .iter()
            .map(|t| {
                let shape = 1.0 - 0.005 * (t - 20.0) - c * (t - 20.0) * (200.0 - t);
                [*t, 2000.0 * shape]
            })
            .collect();
        let found = bend(&table, 200.0).expect("a bend");
        assert!((found - 0.4).abs() < 1e-9, "{found}");
    }

    #[test]
    fn a_straight_or_short_table_bends_not() {
        let straight = [
            [20.0, 2000.0],
            [60.0, 1600.0],
            [100.0, 1200.0],
            [150.0, 700.0],
        ];
        assert!(bend(&straight, f64::INFINITY).expect("a bend").abs() < 1e-9);
        assert!(bend(&straight[..3], f64::INFINITY).is_none());
        assert!(bend(&straight[1..], f64::INFINITY).is_none());
    }
}
