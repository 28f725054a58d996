//! Dense linear algebra by LAPACK, on one thread.
//!
//! A threaded OpenBLAS, such as Debian's, crashes when worker threads of ours call it at the same time.
//! Every way into LAPACK goes through this file, which sets one BLAS thread before the first call.

use ndarray::{Array1, Array2};
use ndarray_linalg::{Inverse, Solve};
use std::sync::Once;

#[link(name = "openblas")]
unsafe extern "C" {
    fn openblas_set_num_threads(threads: std::ffi::c_int);
}

static ONE_THREAD: Once = Once::new();

/// Sets OpenBLAS to one thread, once a process. Called before the first worker starts, and by every
/// function here.
pub fn use_one_thread() {
    // SAFETY: the function is part of OpenBLAS, which `ndarray-linalg` links; it takes an int by value
    // and may be called at any time outside a BLAS call. `Once` keeps other callers waiting.
    ONE_THREAD.call_once(|| unsafe { openblas_set_num_threads(1) });
}

/// A dense system that LAPACK refused: it is singular or not finite.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a dense system of {size} equations is singular")]
pub struct DenseError {
    /// Number of equations.
    pub size: usize,
}

/// Inverse of a square matrix (LU with partial pivoting, `getrf` and `getri`).
///
/// # Errors
/// When the matrix is singular.
pub fn inverse(matrix: &Array2<f64>) -> Result<Array2<f64>, DenseError> {
    use_one_thread();
    matrix.inv().map_err(|_| DenseError {
        size: matrix.nrows(),
    })
}

/// Solution of a square system (LU with partial pivoting, `gesv`).
///
/// # Errors
/// When the matrix is singular.
pub fn solve(matrix: &Array2<f64>, right: &Array1<f64>) -> Result<Array1<f64>, DenseError> {
    use_one_thread();
    matrix.solve(right).map_err(|_| DenseError {
        size: matrix.nrows(),
    })
}
