//! Matrix products for a batch's few rows.
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
pub struct Matrix<'a> {
    values: &'a [f32],
    rows: usize,
    columns: usize,
    row: usize,
    column: usize,
}

impl<'a> Matrix<'a> {
    /// The matrix of `columns` columns whose rows stand one after another in `values`.
    pub fn new(values: &'a [f32], columns: usize) -> Self {
        let rows = values.len() / columns;
        assert_eq!(rows * columns, values.len(), "rows are whole");
        Self {
            values,
            rows,
            columns,
            row: columns,
            column: 1,
        }
    }

    /// The number of rows.
    pub fn rows(self) -> usize {
        self.rows
    }

    /// The transposed matrix, of the same values in memory.
    pub fn t(self) -> Self {
        Self {
            rows: self.columns,
            columns: self.rows,
            row: self.column,
            column: self.row,
            ..self
        }
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
pub fn product(a: Matrix, b: Matrix) -> Vec<f32> {
    assert_eq!(a.columns, b.rows, "a has as many columns as b has rows");
    let b_values = b.row_by_row();
    let mut c = vec![0.0; a.rows * b.columns];
    let tile = match (a.rows >= ROWS, b.columns >= COLUMNS) {
        (true, true) => tile::<ROWS, COLUMNS>,
        (true, false) => tile::<ROWS, 1>,
        (false, true) => tile::<1, COLUMNS>,
        (false, false) => tile::<1, 1>,
    };
    for j in tiles(b.columns, COLUMNS) {
        for i in tiles(a.rows, ROWS) {
            let at = i * b.columns + j;
            // SAFETY: `tiles` keeps tiles within a's rows and b's columns, and c has all of these.
            unsafe { tile(a, i, &b_values[j..], b.columns, &mut c[at..]) };
        }
    }
    c
}

/// Where tiles of `size` begin that cover `count`: the last one covers some of the one before it
/// again, so that all are whole. Where `count` is less, tiles are of one.
pub fn tiles(count: usize, size: usize) -> impl Iterator<Item = usize> {
    let size = if count < size { 1 } else { size };
    (0..count).step_by(size).map(move |at| at.min(count - size))
}

/// Computes `R` rows, from `i` on, and `C` columns of a product; the rows of `b` and `c` begin
/// `width` values apart.
///
/// A function of its own, so that compilers find registers for all sums.
///
/// # Safety
/// From row `i` on, `a` has `R` rows. There are `C` values where each row of `b`, of as many as `a`
/// has columns, and each of `R` rows of `c` begins.
#[inline(never)]
unsafe fn tile<const R: usize, const C: usize>(
    a: Matrix,
    i: usize,
    b: &[f32],
    width: usize,
    c: &mut [f32],
) {
    let a_values = a.values[i * a.row..].as_ptr();
    let mut sums = [[0.0; C]; R];
    for k in 0..a.columns {
        // SAFETY: as above.
        let b: &[f32; C] = unsafe { &*b.as_ptr().add(k * width).cast() };
        for (i, sums) in sums.iter_mut().enumerate() {
            // SAFETY: as above.
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

/// The sum of each column.
pub fn column_sums(values: &[f32], columns: usize) -> Vec<f32> {
    let mut sums = vec![0.0; columns];
    for row in values.chunks_exact(columns) {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
    }
    sums
}
