//! Specific loss of a steel in sinusoidal flux, from its published table or fit.

use crate::material::Steel;
use crate::material::steel::LossFit;

/// Where the specific loss comes from.
#[derive(Debug, Clone, PartialEq)]
enum Law {
    /// Frequency [Hz], then (flux density [T], loss [W/kg]), both rising.
    Table(Vec<(f64, Vec<(f64, f64)>)>),
    /// A published fit.
    Fit(LossFit),
}

/// Specific loss of a steel.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecificLoss {
    law: Law,
}

/// Frequency [Hz] from which a published fit is followed to rest. Its hysteresis goes with a power of frequency above one,
/// since it holds the excess loss too, so that it has no limit of its own there; tables begin at 50 Hz.
const FIT_FOOT: f64 = 50.0;

/// Least ratio of two tabulated frequencies from which a slope is taken to go on below the first: rows
/// of 50 and 60 Hz lie too close for it.
const LEAST_STEP: f64 = 1.5;

impl SpecificLoss {
    /// That of a steel; nothing where neither a table over frequency nor a fit is published.
    pub fn of(steel: &Steel) -> Option<Self> {
        let mut rows: Vec<(f64, Vec<(f64, f64)>)> = vec![];
        for p in &steel.loss {
            if p.loss_w_per_kg <= 0.0 || p.flux_density_t <= 0.0 || p.frequency_hz <= 0.0 {
                continue;
            }
            let point = (p.flux_density_t, p.loss_w_per_kg);
            match rows.iter_mut().find(|(f, _)| *f == p.frequency_hz) {
                Some((_, row)) => row.push(point),
                None => rows.push((p.frequency_hz, vec![point])),
            }
        }
        for (_, row) in &mut rows {
            row.sort_by(|a, b| a.0.total_cmp(&b.0));
            row.dedup_by(|a, b| a.0 == b.0);
        }
        rows.retain(|(_, row)| row.len() > 1);
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        if rows.len() > 1 {
            return Some(Self {
                law: Law::Table(rows),
            });
        }
        steel
            .loss_fit
            .clone()
            .map(|fit| Self { law: Law::Fit(fit) })
    }

    /// Part of [`Self::at`] that does not ask how fast: the energy of a loop that is run through slowly, so often a
    /// second. That energy is the limit of loss over frequency at rest (G. Bertotti, "General properties of power losses
    /// in soft ferromagnetic materials", IEEE Trans. Magn. 24(1), 1988), here on a line through the two lowest
    /// frequencies of the table, or along the tangent of a fit at 50 Hz; never more than the loss itself.
    pub fn hysteresis(&self, frequency: f64, flux_density: f64) -> (f64, bool) {
        let (whole, within) = self.at(frequency, flux_density);
        (self.slow(whole, frequency, flux_density), within)
    }

    fn slow(&self, whole: f64, frequency: f64, flux_density: f64) -> f64 {
        if whole <= 0.0 {
            return 0.0;
        }
        let energy = match &self.law {
            Law::Fit(fit) => {
                let tangent = (2.0 - fit.frequency_exponent).max(0.0);
                fit.hysteresis
                    * FIT_FOOT.powf(fit.frequency_exponent - 1.0)
                    * flux_density.powf(fit.flux_exponent)
                    * tangent
            }
            Law::Table(rows) => {
                let (low, high) = foot(rows);
                let per_cycle = |row: usize| along(rows, row, flux_density).0.exp() / rows[row].0;
                let (p, q) = (per_cycle(low), per_cycle(high));
                let (f, g) = (rows[low].0, rows[high].0);
                (p - f * (q - p) / (g - f)).max(0.0)
            }
        };
        whole.min(energy * frequency)
    }

    /// The rest of [`Self::at`]: what eddy currents lose, great and small.
    pub fn dynamic(&self, frequency: f64, flux_density: f64) -> (f64, bool) {
        let (whole, within) = self.at(frequency, flux_density);
        (whole - self.slow(whole, frequency, flux_density), within)
    }

    /// Loss [W/kg] in a sine of a peak flux density [T] at a frequency [Hz], and whether that lies within
    /// the published table.
    ///
    /// Between the points of a table ln p is linear in ln B and in ln f, so that each stretch is a power
    /// law of its own: two-term fits of such tables are off by up to a third. Beyond the last frequency and
    /// below the first flux density the last stretch goes on.
    pub fn at(&self, frequency: f64, flux_density: f64) -> (f64, bool) {
        if frequency <= 0.0 || flux_density <= 0.0 {
            return (0.0, true);
        }
        match &self.law {
            Law::Fit(fit) => {
                let hysteresis = fit.hysteresis
                    * frequency.powf(fit.frequency_exponent)
                    * flux_density.powf(fit.flux_exponent);
                let eddy = fit.eddy * (frequency * flux_density).powi(2);
                (hysteresis + eddy, true)
            }
            Law::Table(rows) => from_table(rows, frequency, flux_density),
        }
    }
}

fn from_table(rows: &[(f64, Vec<(f64, f64)>)], frequency: f64, b: f64) -> (f64, bool) {
    let above = rows.partition_point(|(f, _)| *f < frequency);
    if rows.get(above).is_some_and(|(f, _)| *f == frequency) {
        let (p, within) = along(rows, above, b);
        return (p.exp(), within);
    }
    let (low, high) = if above == 0 {
        foot(rows)
    } else {
        let high = above.min(rows.len() - 1);
        (high - 1, high)
    };
    let (p, q) = (along(rows, low, b), along(rows, high, b));
    let (f, g) = (rows[low].0.ln(), rows[high].0.ln());
    let t = (frequency.ln() - f) / (g - f);
    let within = above < rows.len() && p.1 && q.1;
    ((p.0 + t * (q.0 - p.0)).exp(), within)
}

/// The two rows that tell how the loss goes on below the first.
fn foot(rows: &[(f64, Vec<(f64, f64)>)]) -> (usize, usize) {
    let far = |(f, _): &(f64, Vec<(f64, f64)>)| *f >= LEAST_STEP * rows[0].0;
    (0, rows.iter().position(far).unwrap_or(1))
}

/// ln p at a flux density [T] of one tabulated frequency, and whether its row reaches that far. Beyond its
/// end the row goes on as that of the next lower frequency does: the rows of high frequencies end early,
/// and continued by themselves they would fall below those of low ones.
fn along(rows: &[(f64, Vec<(f64, f64)>)], index: usize, b: f64) -> (f64, bool) {
    let row = &rows[index].1;
    let (last, end) = row[row.len() - 1];
    if b > last && index > 0 {
        let below = |b| along(rows, index - 1, b).0;
        return (end.ln() + below(b) - below(last), false);
    }
    let high = row.partition_point(|(x, _)| *x < b).clamp(1, row.len() - 1);
    let ((x, p), (y, q)) = (row[high - 1], row[high]);
    let t = (b.ln() - x.ln()) / (y.ln() - x.ln());
    (p.ln() + t * (q.ln() - p.ln()), b <= last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::material::Library;

    fn law(grade: &str) -> SpecificLoss {
        SpecificLoss::of(Library::builtin().steel(grade).expect("known")).expect("published")
    }

    #[test]
    fn the_published_points_are_met_exactly() {
        let steel = Library::builtin().steel("M19_29G").expect("known");
        let law = law("M19_29G");
        for p in &steel.loss {
            let (found, within) = law.at(p.frequency_hz, p.flux_density_t);
            assert!(
                (found / p.loss_w_per_kg - 1.0).abs() < 1e-9,
                "{p:?}: {found}"
            );
            assert!(within || p.frequency_hz > 600.0, "{p:?}");
        }
    }

    #[test]
    fn loss_rises_with_frequency_and_flux_and_is_zero_at_rest() {
        for grade in ["M19_29G", "M400-50A", "M235-35A", "M330-50A", "M800-50A"] {
            let law = law(grade);
            assert_eq!(law.at(0.0, 1.5), (0.0, true));
            assert_eq!(law.at(400.0, 0.0), (0.0, true));
            for f in [5.0, 50.0, 120.0, 700.0, 3000.0] {
                for b in [0.1, 0.2, 0.77, 1.3, 1.9] {
                    let here = law.at(f, b).0;
                    assert!(here > 0.0 && here.is_finite());
                    assert!(law.at(1.1 * f, b).0 > here, "{grade} {f} {b}");
                    assert!(law.at(f, 1.1 * b).0 > here, "{grade} {f} {b}");
                }
            }
        }
    }

    #[test]
    fn a_sine_loses_what_is_published_and_hysteresis_is_a_part_of_it() {
        for grade in ["M19_29G", "M400-50A", "M235-35A", "M250-35A", "M530-65A"] {
            let law = law(grade);
            for f in [5.0, 50.0, 120.0, 700.0, 3000.0] {
                for b in [0.1, 0.77, 1.3, 1.9] {
                    let (whole, slow) = (law.at(f, b).0, law.hysteresis(f, b).0);
                    assert!(slow >= 0.0 && slow <= whole, "{grade} {f} {b}: {slow}");
                    let sum = slow + law.dynamic(f, b).0;
                    assert!((sum / whole - 1.0).abs() < 1e-12);
                    // The energy of a loop does not rise with frequency.
                    let faster = law.hysteresis(2.0 * f, b).0;
                    assert!(faster <= 2.0 * slow * (1.0 + 1e-12) || slow == whole);
                }
            }
            // At 50 Hz and 1 T most of the loss of a sheet is hysteresis, and not all.
            let share = law.hysteresis(50.0, 1.0).0 / law.at(50.0, 1.0).0;
            assert!((0.4..0.95).contains(&share), "{grade}: {share}");
        }
        // A fit of two terms says itself what is hysteresis.
        let two = law("M530-65A");
        let expected = 0.0271926 * 200.0 * 1.2_f64.powf(1.93769);
        assert!((two.hysteresis(200.0, 1.2).0 / expected - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_lies_beyond_the_table_says_so() {
        let law = law("M19_29G");
        assert!(law.at(400.0, 1.4).1);
        assert!(!law.at(400.0, 1.9).1);
        assert!(!law.at(5000.0, 0.1).1);
    }

    #[test]
    fn a_steel_without_published_loss_has_none() {
        let steel = Library::builtin().steel("1010").expect("known");
        assert_eq!(SpecificLoss::of(steel), None);
    }
}
