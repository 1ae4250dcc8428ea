//! Matrix products, for matrices of a batch's rows.
//!
//! Libraries for large matrices first copy both into the order in which they are read; with a
//! batch's 32 rows, that takes as long as the product. Here tiles of the result are summed up in
//! registers, straight from where the matrices lie.

use std::borrow::Cow;

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

    /// The values, row by row; copied where they stand in another order.
    fn in_rows(self) -> Cow<'a, [f32]> {
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

/// The rows and columns of a tile: 4 × 8 sums, and what they are made of, fit into 16 registers
/// of 4 values.
const ROWS: usize = 4;
const COLUMNS: usize = 8;

/// a·b, row by row.
pub fn product(a: Matrix, b: Matrix) -> Vec<f32> {
    assert_eq!(a.columns, b.rows, "a has as many columns as b has rows");
    let mut c = vec![0.0; a.rows * b.columns];
    let values = b.in_rows();
    for j in tiles(b.columns, COLUMNS) {
        for i in tiles(a.rows, ROWS) {
            let tile = match (a.rows >= ROWS, b.columns >= COLUMNS) {
                (true, true) => if a.column == 1 {tile::<ROWS, COLUMNS, true>} else {tile::<ROWS, COLUMNS, false>},
                (true, false) => tile::<ROWS, 1, false>,
                (false, true) => tile::<1, COLUMNS, false>,
                (false, false) => tile::<1, 1, false>,
            };
            unsafe {
                tile(
                    a.values.as_ptr().add(i * a.row),
                    a.row,
                    a.column,
                    a.columns,
                    values.as_ptr().add(j),
                    c.as_mut_ptr().add(i * b.columns + j),
                    b.columns,
                )
            }
        }
    }
    c
}

/// Where tiles of this size begin that cover `count`: the last one covers some of the one before it
/// again, so that all are whole. Of one each, where not even one is whole.
fn tiles(count: usize, size: usize) -> impl Iterator<Item = usize> {
    let size = if count < size { 1 } else { size };
    (0..count).step_by(size).map(move |at| at.min(count - size))
}

/// One tile of a·b, written to `c`.
#[inline(never)]
unsafe fn tile<const R: usize, const C: usize, const IN_ROWS: bool>(
    a: *const f32,
    row: usize,
    column: usize,
    depth: usize,
    b: *const f32,
    c: *mut f32,
    width: usize,
) {
    let (row, column) = if IN_ROWS { (row, 1) } else if R > 1 && C > 1 { (1, column) } else {(row, column)};
    let mut sums = [[0.0f32; C]; R];
    for k in 0..depth {
        let b: &[f32; C] = unsafe { &*b.add(k * width).cast() };
        for (i, sums) in sums.iter_mut().enumerate() {
            let a = unsafe { *a.add(i * row + k * column) };
            for (sum, b) in sums.iter_mut().zip(b) {
                *sum += a * b;
            }
        }
    }
    for (i, sums) in sums.iter().enumerate() {
        unsafe { *c.add(i * width).cast::<[f32; C]>() = *sums };
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
