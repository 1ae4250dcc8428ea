//! Products of dense matrices.
//!
//! Libraries for large matrices first copy both into the order in which their kernels read them,
//! which pays where each value is read often. With 32 rows it is not; here the result is summed up
//! tile by tile from where the matrices lie.

use std::borrow::Cow;

/// The rows and columns of a tile: 4 × 8 sums and what they are made of fit into the 16 registers
/// of 4 values that processors have at least.
const ROWS: usize = 4;
const COLUMNS: usize = 8;

/// A matrix of f32 in memory: element (i, j) is `values[i * row + j * column]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matrix<'a> {
    values: &'a [f32],
    rows: usize,
    columns: usize,
    row: usize,
    column: usize,
}

impl<'a> Matrix<'a> {
    /// The matrix of `columns` columns whose rows stand one after another in `values`.
    pub(crate) fn new(values: &'a [f32], columns: usize) -> Self {
        let rows = values.len() / columns;
        assert_eq!(rows * columns, values.len(), "rows are whole");
        Self { values, rows, columns, row: columns, column: 1 }
    }

    /// The number of columns.
    pub(crate) fn columns(self) -> usize {
        self.columns
    }

    /// The values, as they lie in memory.
    pub(crate) fn values(self) -> &'a [f32] {
        self.values
    }

    /// The transposed matrix, of the same values in memory.
    pub(crate) fn t(self) -> Self {
        Self { rows: self.columns, columns: self.rows, row: self.column, column: self.row, ..self }
    }

    /// The values row by row, copied where they stand column by column.
    fn row_by_row(self) -> Cow<'a, [f32]> {
        if self.column == 1 {
            return Cow::Borrowed(self.values);
        }
        let mut values = vec![0.0; self.values.len()];
        for (j, column) in self.values.chunks_exact(self.rows).enumerate() {
            for (i, &value) in column.iter().enumerate() {
                values[i * self.columns + j] = value;
            }
        }
        Cow::Owned(values)
    }
}

/// a·b, row by row. Each value is summed up in the order of a's columns.
pub(crate) fn product(a: Matrix, b: Matrix) -> Vec<f32> {
    assert_eq!(a.columns, b.rows, "a has as many columns as b has rows");
    let b_values = b.row_by_row();
    let width = b.columns;
    let mut c = vec![0.0; a.rows * width];
    let tile = match (tile_size(a.rows, ROWS), tile_size(width, COLUMNS)) {
        (ROWS, COLUMNS) => tile::<ROWS, COLUMNS>,
        (ROWS, _) => tile::<ROWS, 1>,
        (_, COLUMNS) => tile::<1, COLUMNS>,
        _ => tile::<1, 1>,
    };
    for j in tiles(width, COLUMNS) {
        for i in tiles(a.rows, ROWS) {
            // SAFETY: `tile` has the size by which `tiles` goes, so a tile that begins at (i, j)
            // ends within a's rows and b's columns. `b_values` has `a.columns` rows of `width`
            // values, as was asserted, and `c` has `a.rows` of them.
            unsafe { tile(a, i, &b_values[j..], width, &mut c[i * width + j..]) };
        }
    }
    c
}

/// The size of tiles that cover `count`: `size`, or 1 where `count` is less.
fn tile_size(count: usize, size: usize) -> usize {
    if count < size { 1 } else { size }
}

/// Start indices of tiles of [`tile_size`] that cover `0..count`. The last tile may overlap the one
/// before it, so that all are whole.
pub(super) fn tiles(count: usize, size: usize) -> impl Iterator<Item = usize> {
    let size = tile_size(count, size);
    (0..count).step_by(size).map(move |at| at.min(count - size))
}

/// Computes `R` rows, from `i` on, and `C` columns of a product; the rows of `b` and `c` begin
/// `width` values apart.
///
/// A function of its own, so that compilers find registers for all sums.
///
/// # Safety
/// - `i + R <= a.rows`;
/// - `b` has at least `(a.columns - 1) * width + C` values, if `a` has columns.
#[inline(never)]
unsafe fn tile<const R: usize, const C: usize>(
    a: Matrix,
    i: usize,
    b: &[f32],
    width: usize,
    c: &mut [f32],
) {
    debug_assert!(i + R <= a.rows, "rows {i} to {} of {}", i + R, a.rows);
    debug_assert!(
        a.columns == 0 || (a.columns - 1) * width + C <= b.len(),
        "{} rows of b, {width} apart, in {} values",
        a.columns,
        b.len()
    );
    let a_values = a.values[i * a.row..].as_ptr();
    let mut sums = [[0.0; C]; R];
    for k in 0..a.columns {
        // SAFETY: k < a.columns, so the caller's promise about `b` covers these C values.
        let b: &[f32; C] = unsafe { &*b.as_ptr().add(k * width).cast() };
        for (i, sums) in sums.iter_mut().enumerate() {
            // SAFETY: this is a's element (i, k) counted from the tile's first row; the caller
            // promises that a has R rows from there on, and k < a.columns.
            let a = unsafe { *a_values.add(i * a.row + k * a.column) };
            for (sum, b) in sums.iter_mut().zip(b) {
                *sum += a * b;
            }
        }
    }
    for (i, sums) in sums.iter().enumerate() {
        c[i * width..][..C].copy_from_slice(sums);
    }
}

/// The sum of each column of a matrix whose rows stand one after another.
pub(crate) fn column_sums(a: Matrix) -> Vec<f32> {
    let mut sums = vec![0.0; a.columns];
    for row in a.row_by_row().chunks_exact(a.columns) {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
    }
    sums
}
