//! Matrix products.

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
}

/// c ← α·a·b + β·c, with the rows of c one after another.
pub fn gemm(alpha: f32, a: Matrix, b: Matrix, beta: f32, c: &mut [f32]) {
    assert_eq!(a.columns, b.rows, "a has as many columns as b has rows");
    assert_eq!(
        c.len(),
        a.rows * b.columns,
        "c has a's rows and b's columns"
    );
    // SAFETY: a `Matrix` covers its slice exactly, in either orientation, and c covers its own, as
    // asserted; c is borrowed mutably and so overlaps neither.
    unsafe {
        matrixmultiply::sgemm(
            a.rows,
            a.columns,
            b.columns,
            alpha,
            a.values.as_ptr(),
            a.row as isize,
            a.column as isize,
            b.values.as_ptr(),
            b.row as isize,
            b.column as isize,
            beta,
            c.as_mut_ptr(),
            b.columns as isize,
            1,
        );
    }
}

/// a·b, row by row.
pub fn product(a: Matrix, b: Matrix) -> Vec<f32> {
    let mut c = vec![0.0; a.rows * b.columns];
    gemm(1.0, a, b, 0.0, &mut c);
    c
}

/// `count` rows, each a copy of `row`.
pub fn repeat_row(row: &[f32], count: usize) -> Vec<f32> {
    let mut rows = Vec::with_capacity(row.len() * count);
    for _ in 0..count {
        rows.extend_from_slice(row);
    }
    rows
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
