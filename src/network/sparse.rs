//! Sparse symmetric positive definite systems: the one place where the linear algebra is named.
//!
//! The pattern of a sector is the same for every rotor position and every iterate, so the symbolic
//! factorisation (fill-reducing order, elimination tree, supernodes) is made once and reused.

use faer::dyn_stack::{MemBuffer, MemStack, StackReq};
use faer::linalg::cholesky::llt::factor::LltRegularization;
use faer::perm::Perm;
use faer::sparse::linalg::SupernodalThreshold;
use faer::sparse::linalg::cholesky::{
    CholeskySymbolicParams, LltRef, SymbolicCholesky, SymmetricOrdering,
    factorize_symbolic_cholesky,
};
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use faer::{Conj, MatMut, Par, Side, Spec};

/// Why a system was not solved. Both mean a defect of the program or of the mesh, not of the input:
/// the Hessian of a convex energy is positive definite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SparseError {
    /// The symbolic factorisation failed.
    #[error("the sparsity pattern could not be analysed")]
    Pattern,
    /// A pivot was not positive.
    #[error("the reluctance matrix is not positive definite at unknown {index}")]
    NotPositiveDefinite {
        /// Unknown, in the order of elimination.
        index: usize,
    },
}

/// Pattern of the lower triangle, by columns, with its symbolic factorisation. A system may be several blocks of one
/// pattern along the diagonal, which have nothing to do with each other and are factorised one after the other in the
/// memory of one.
#[derive(Debug)]
pub struct Pattern {
    blocks: usize,
    column_start: Vec<usize>,
    row: Vec<usize>,
    symbolic: SymbolicCholesky<usize>,
    scratch: StackReq,
}

impl Pattern {
    /// Analyses the pattern of each of the `blocks`: `column_start` has one entry more than there are unknowns, `row` holds the
    /// rows of each column in ascending order, the diagonal first. `order` lists every unknown once as it is to
    /// be eliminated; without one it is found from the pattern (P. R. Amestoy, T. A. Davis, I. S. Duff, "An
    /// approximate minimum degree ordering algorithm", SIAM J. Matrix Anal. Appl. 17(4), 1996, 886-905).
    ///
    /// # Errors
    /// [`SparseError::Pattern`] when the analysis runs out of memory, or `order` is no order of the unknowns.
    pub fn new(
        blocks: usize,
        column_start: Vec<usize>,
        row: Vec<usize>,
        order: Option<Vec<usize>>,
    ) -> Result<Self, SparseError> {
        let n = column_start.len() - 1;
        let order = order.map(|order| permutation(order, n)).transpose()?;
        let symbolic = factorize_symbolic_cholesky(
            SymbolicSparseColMatRef::new_checked(n, n, &column_start, None, &row),
            Side::Lower,
            order.as_ref().map_or(SymmetricOrdering::Amd, |order| {
                SymmetricOrdering::Custom(order.as_ref())
            }),
            CholeskySymbolicParams {
                // Columns of like pattern together, in dense blocks: on our grids the library's own threshold
                // takes single columns, which take three times as long.
                supernodal_flop_ratio_threshold: SupernodalThreshold::FORCE_SUPERNODAL,
                ..CholeskySymbolicParams::default()
            },
        )
        .map_err(|_| SparseError::Pattern)?;
        let scratch = StackReq::any_of(&[
            symbolic.factorize_numeric_llt_scratch::<f64>(Par::Seq, Spec::default()),
            symbolic.solve_in_place_scratch::<f64>(1, Par::Seq),
        ]);
        Ok(Self {
            blocks,
            column_start,
            row,
            symbolic,
            scratch,
        })
    }

    /// Number of unknowns.
    pub fn unknowns(&self) -> usize {
        self.blocks * self.unknowns_of_block()
    }

    fn unknowns_of_block(&self) -> usize {
        self.column_start.len() - 1
    }

    /// Number of stored entries of the lower triangle.
    pub fn entries(&self) -> usize {
        self.blocks * self.row.len()
    }

    /// Position of entry (`row`, `column`), `row >= column`, in the value array.
    pub fn position(&self, row: usize, column: usize) -> Option<usize> {
        let n = self.unknowns_of_block();
        let block = column / n;
        let (row, column) = (row.checked_sub(block * n)?, column - block * n);
        let range = self.column_start[column]..self.column_start[column + 1];
        self.row[range.clone()]
            .binary_search(&row)
            .ok()
            .map(|k| block * self.row.len() + range.start + k)
    }

    /// Row and column of every entry of the lower triangle, in the order of the value array.
    pub fn lower(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let n = self.unknowns_of_block();
        (0..self.blocks).flat_map(move |block| {
            let columns = self.column_start.windows(2).enumerate();
            columns.flat_map(move |(column, range)| {
                let rows = self.row[range[0]..range[1]].iter();
                rows.map(move |row| (block * n + *row, block * n + column))
            })
        })
    }

    /// A reusable workspace for this pattern.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            factor: vec![0.0; self.symbolic.len_val()],
            memory: MemBuffer::new(self.scratch),
        }
    }

    /// Factorises the matrix with these lower-triangle `values` and overwrites `right` with the
    /// solution.
    ///
    /// # Errors
    /// [`SparseError::NotPositiveDefinite`] when a pivot is not positive.
    pub fn solve(
        &self,
        values: &[f64],
        right: &mut [f64],
        work: &mut Workspace,
    ) -> Result<(), SparseError> {
        let n = self.unknowns_of_block();
        let blocks = values.chunks_exact(self.row.len());
        for (block, (values, right)) in blocks.zip(right.chunks_exact_mut(n)).enumerate() {
            self.solve_block(block * n, values, right, work)?;
        }
        Ok(())
    }

    /// The block that begins at an unknown.
    fn solve_block(
        &self,
        first: usize,
        values: &[f64],
        right: &mut [f64],
        work: &mut Workspace,
    ) -> Result<(), SparseError> {
        let n = self.unknowns_of_block();
        let matrix = SparseColMatRef::new(
            SymbolicSparseColMatRef::new_checked(n, n, &self.column_start, None, &self.row),
            values,
        );
        self.symbolic
            .factorize_numeric_llt(
                &mut work.factor,
                matrix,
                Side::Lower,
                LltRegularization::default(),
                Par::Seq,
                MemStack::new(&mut work.memory),
                Spec::default(),
            )
            .map_err(|error| match error {
                faer::linalg::cholesky::llt::factor::LltError::NonPositivePivot { index } => {
                    let index = first + index;
                    SparseError::NotPositiveDefinite { index }
                }
            })?;
        LltRef::new(&self.symbolic, &work.factor).solve_in_place_with_conj(
            Conj::No,
            MatMut::from_column_major_slice_mut(right, n, 1),
            Par::Seq,
            MemStack::new(&mut work.memory),
        );
        Ok(())
    }
}

/// The permutation that brings the unknowns into an order.
fn permutation(order: Vec<usize>, n: usize) -> Result<Perm<usize>, SparseError> {
    let mut place = vec![usize::MAX; n];
    for (position, &unknown) in order.iter().enumerate() {
        match place.get_mut(unknown) {
            Some(free) if *free == usize::MAX => *free = position,
            _ => return Err(SparseError::Pattern),
        }
    }
    if order.len() != n {
        return Err(SparseError::Pattern);
    }
    Ok(Perm::new_checked(order.into(), place.into(), n))
}

/// Memory for one factorisation; one a thread.
pub struct Workspace {
    factor: Vec<f64>,
    memory: MemBuffer,
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace")
            .field("factor", &self.factor.len())
            .finish_non_exhaustive()
    }
}
