//! The plainest solver that suits a cyclic grid, to measure against.

use dualcert::network::sector::Sector;

/// Lower band Cholesky with the grid's columns folded, 0, N-1, 1, N-2, …, so that the first and the last
/// lie beside each other and the band holds the whole cycle.
///
/// A. George, J. W. H. Liu, "Computer Solution of Large Sparse Positive Definite Systems", Prentice-Hall
/// 1981, section 4.2; two columns are eliminated in one sweep.
pub struct Band {
    width: usize,
    unknowns: usize,
    /// Place in the band of each entry of the sparse matrix.
    place: Vec<usize>,
    /// Number of each unknown in the folded order.
    folded: Vec<usize>,
    /// Columns of the band, `width + 1` from the diagonal down.
    band: Vec<f64>,
    right: Vec<f64>,
}

impl Band {
    pub fn new(sector: &Sector) -> Self {
        let (columns, rows) = (sector.columns, sector.rows);
        let order = |column: usize| {
            if 2 * column < columns {
                2 * column
            } else {
                2 * (columns - 1 - column) + 1
            }
        };
        let folded: Vec<usize> = (0..columns * rows)
            .map(|u| order(u / rows) * rows + u % rows)
            .collect();
        let entries: Vec<(usize, usize)> = sector
            .pattern
            .lower()
            .map(|(row, column)| {
                let (a, b) = (folded[row], folded[column]);
                (a.max(b), a.min(b))
            })
            .collect();
        let width = entries.iter().map(|(r, c)| r - c).max().unwrap_or(0);
        let place = entries
            .iter()
            .map(|(r, c)| c * (width + 1) + r - c)
            .collect();
        let unknowns = columns * rows;
        Self {
            width,
            unknowns,
            place,
            folded,
            // Beyond the last column there is room, so that no sweep needs to look where it ends.
            band: vec![0.0; (unknowns + width + 2) * (width + 1)],
            right: vec![0.0; unknowns],
        }
    }

    pub fn half_bandwidth(&self) -> usize {
        self.width
    }

    /// Factorises and overwrites `right` with the solution.
    pub fn solve(&mut self, values: &[f64], right: &mut [f64]) {
        self.band.fill(0.0);
        for (place, value) in self.place.iter().zip(values) {
            self.band[*place] += value;
        }
        for (u, value) in self.folded.iter().zip(&*right) {
            self.right[*u] = *value;
        }
        self.factorise();
        self.substitute();
        for (u, value) in self.folded.iter().zip(right) {
            *value = self.right[*u];
        }
    }

    fn factorise(&mut self) {
        let (w, n) = (self.width, self.unknowns);
        let height = w + 1;
        let mut j = 0;
        while j < n {
            let (first, rest) = self.band[j * height..].split_at_mut(height);
            let (second, rest) = rest.split_at_mut(height);
            scale(first);
            if j + 1 == n {
                break;
            }
            let l = first[1];
            for i in 0..w {
                second[i] -= l * first[i + 1];
            }
            scale(second);
            // Column j + 2 + k: the first column reaches it below its entry k + 2, the second below k + 1.
            for (k, target) in rest.chunks_exact_mut(height).take(w).enumerate() {
                let a = if k + 2 <= w { first[k + 2] } else { 0.0 };
                let b = second[k + 1];
                let from_first = first.get(k + 2..).unwrap_or(&[]);
                let from_second = &second[k + 1..];
                let both = from_first.len();
                for ((t, x), y) in target.iter_mut().zip(from_first).zip(from_second) {
                    *t -= a * x + b * y;
                }
                for (t, y) in target[both..].iter_mut().zip(&from_second[both..]) {
                    *t -= b * y;
                }
            }
            j += 2;
        }
    }

    fn substitute(&mut self) {
        let (n, height) = (self.unknowns, self.width + 1);
        for j in 0..n {
            let column = &self.band[j * height..(j + 1) * height];
            let x = self.right[j] / column[0];
            self.right[j] = x;
            for (r, l) in self.right[j + 1..].iter_mut().zip(&column[1..]) {
                *r -= x * l;
            }
        }
        for j in (0..n).rev() {
            let column = &self.band[j * height..(j + 1) * height];
            let sum: f64 = self.right[j + 1..]
                .iter()
                .zip(&column[1..])
                .map(|(r, l)| r * l)
                .sum();
            self.right[j] = (self.right[j] - sum) / column[0];
        }
    }
}

/// Divides a column by the root of its diagonal.
fn scale(column: &mut [f64]) {
    let root = column[0].sqrt();
    assert!(root > 0.0, "the matrix is not positive definite");
    for x in column.iter_mut() {
        *x /= root;
    }
}
