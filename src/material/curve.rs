//! Curves of a material as points, as a table of a spreadsheet and as a picture in text.

use serde::Serialize;

use crate::unit::{MU_0, round_significant};

use super::state::MagnetState;

/// Points on each straight part of a demagnetisation curve.
const POINTS_PER_PART: u32 = 10;
/// Width of a picture in characters.
const WIDTH: usize = 64;
/// Height of a picture in lines.
const HEIGHT: usize = 16;
/// One mark per curve, in order.
const MARKS: [char; 8] = ['1', '2', '3', '4', '5', '6', '7', '8'];

/// One point of a demagnetisation curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Field strength, negative in the second quadrant [A/m].
    pub field_strength_a_per_m: f64,
    /// Flux density B [T].
    pub flux_density_t: f64,
    /// Polarisation J = B − µ0 H [T].
    pub polarisation_t: f64,
}

/// The demagnetisation curve from H = 0 over the knee to −HcJ.
#[must_use]
pub fn demagnetisation_curve(state: &MagnetState) -> Vec<CurvePoint> {
    let (knee, end) = (state.knee_field_a_per_m, state.coercivity_hcj_a_per_m);
    let part = |from: f64, to: f64| {
        (0..POINTS_PER_PART)
            .map(move |i| from + (to - from) * f64::from(i) / f64::from(POINTS_PER_PART))
    };
    part(0.0, knee)
        .chain(part(knee, end))
        .chain(std::iter::once(end))
        .map(|opposing| {
            let flux_density = state.flux_density_t(opposing);
            let rounded = |value: f64| round_significant(value, 6);
            CurvePoint {
                field_strength_a_per_m: rounded(-opposing),
                flux_density_t: rounded(flux_density),
                // What is left at −HcJ is rounding of the difference.
                polarisation_t: rounded(clean(flux_density + MU_0 * opposing)),
            }
        })
        .collect()
}

/// Zero for what is only the rounding of a difference.
fn clean(value: f64) -> f64 {
    if value.abs() < 1e-12 { 0.0 } else { value }
}

/// Demagnetisation curves as comma-separated values, one line per point.
#[must_use]
pub fn demagnetisation_csv(states: &[MagnetState]) -> String {
    let mut text =
        String::from("temperature_c,field_strength_a_per_m,flux_density_t,polarisation_t\n");
    for state in states {
        for point in demagnetisation_curve(state) {
            text.push_str(&format!(
                "{},{},{},{}\n",
                state.temperature_c,
                point.field_strength_a_per_m,
                point.flux_density_t,
                point.polarisation_t
            ));
        }
    }
    text
}

/// One curve of a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What the legend says.
    pub label: String,
    /// Points in the units of the axes.
    pub points: Vec<(f64, f64)>,
}

/// A picture of curves in text. Points are joined by straight lines; where curves cross, the later one
/// is seen.
#[must_use]
pub fn plot(series: &[Series], x_name: &str, y_name: &str) -> String {
    let all = || series.iter().flat_map(|one| one.points.iter());
    let bounds = |value: fn(&(f64, f64)) -> f64| {
        all()
            .map(value)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
                (low.min(v), high.max(v))
            })
    };
    let ((x_low, x_high), (y_low, y_high)) = (bounds(|p| p.0), bounds(|p| p.1));
    if !(x_high > x_low && y_high > y_low) {
        return String::new();
    }
    let mut canvas = vec![vec![' '; WIDTH]; HEIGHT];
    for (one, mark) in series.iter().zip(MARKS) {
        for pair in one.points.windows(2) {
            for step in 0..=4 * WIDTH {
                let t = step as f64 / (4 * WIDTH) as f64;
                let x = pair[0].0 + (pair[1].0 - pair[0].0) * t;
                let y = pair[0].1 + (pair[1].1 - pair[0].1) * t;
                let column = cell((x - x_low) / (x_high - x_low), WIDTH);
                let line = cell((y_high - y) / (y_high - y_low), HEIGHT);
                canvas[line][column] = mark;
            }
        }
    }
    let mut text = format!("{y_name}\n");
    for (line, row) in canvas.iter().enumerate() {
        let y = y_high - (y_high - y_low) * line as f64 / (HEIGHT - 1) as f64;
        let drawn: String = row.iter().collect();
        text.push_str(&format!("{y:>8.3} |{}\n", drawn.trim_end()));
    }
    let rule = "-".repeat(WIDTH);
    text.push_str(&format!("{:>8} +{rule}\n", ""));
    let (left, right) = (format!("{x_low:.0}"), format!("{x_high:.0} {x_name}"));
    let gap = WIDTH.saturating_sub(left.len() + right.len());
    text.push_str(&format!("{:>9} {left}{}{right}\n", "", " ".repeat(gap)));
    for (one, mark) in series.iter().zip(MARKS) {
        text.push_str(&format!("{:>9} {mark} = {}\n", "", one.label));
    }
    text
}

/// The cell of a position between 0 and 1.
fn cell(position: f64, cells: usize) -> usize {
    let index = (position.clamp(0.0, 1.0) * (cells - 1) as f64).round();
    index as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::material::{Corner, Library};

    #[test]
    fn the_curve_starts_at_br_and_ends_without_polarisation() {
        let magnet = Library::builtin().magnet("N42UH").expect("N42UH");
        let state = magnet.state(Corner::Minimum, 120.0).expect("state");
        let curve = demagnetisation_curve(&state);
        assert!((curve[0].flux_density_t - state.remanence_t).abs() < 1e-5);
        let last = curve[curve.len() - 1];
        assert!(last.polarisation_t.abs() < 1e-9);
        assert!((last.field_strength_a_per_m + state.coercivity_hcj_a_per_m).abs() < 10.0);
        for pair in curve.windows(2) {
            assert!(pair[1].field_strength_a_per_m < pair[0].field_strength_a_per_m);
            assert!(pair[1].polarisation_t <= pair[0].polarisation_t);
        }
    }

    #[test]
    fn the_table_has_a_line_per_point() {
        let magnet = Library::builtin().magnet("N42UH").expect("N42UH");
        let states = [
            magnet.state(Corner::Minimum, 20.0).expect("state"),
            magnet.state(Corner::Minimum, 120.0).expect("state"),
        ];
        assert_eq!(demagnetisation_csv(&states).lines().count(), 1 + 2 * 21);
    }

    #[test]
    fn a_picture_has_axes_and_a_legend() {
        let line = Series {
            label: "line".into(),
            points: vec![(0.0, 0.0), (1.0, 1.0)],
        };
        let text = plot(&[line], "x", "y");
        assert_eq!(text.lines().count(), 1 + HEIGHT + 3);
        assert!(text.contains("1 = line"));
        assert!(plot(&[], "x", "y").is_empty());
    }
}
