//! Matrices in panels: the layout of weights and of layers' outputs.

use std::array;

use super::vectors::turn;

/// Columns of a panel: 13 vectors of 4 sums, which with a factor and an operand fit in 16 vector
/// registers, the fewest that processors have. It is a multiple of 4.
pub(crate) const WIDTH: usize = 52;

/// A row of a panel.
pub(crate) type Row = [f32; WIDTH];
/// The same, by fours.
type Squares = [[f32; 4]; WIDTH / 4];

/// A matrix in panels of 52 columns, one after another, each in row-major order. The last panel is
/// padded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Panels<'a> {
    rows: &'a [Row],
    height: usize,
    columns: usize,
}

impl<'a> Panels<'a> {
    /// The matrix of `columns` columns in `values`.
    pub(crate) fn new(values: &'a [f32], columns: usize) -> Self {
        let (rows, rest) = values.as_chunks();
        let panels = columns.div_ceil(WIDTH);
        assert!(rest.is_empty() && rows.len().is_multiple_of(panels), "panels are whole");
        Self { rows, height: rows.len() / panels, columns }
    }

    /// The number of columns.
    pub(crate) fn columns(self) -> usize {
        self.columns
    }

    /// The number of values of a row in all panels, padding included.
    pub(crate) fn row_values(self) -> usize {
        self.columns.next_multiple_of(WIDTH)
    }

    /// The number of rows.
    pub(crate) fn height(self) -> usize {
        self.height
    }

    /// Panel by panel, its rows.
    pub(crate) fn panels(self) -> impl Iterator<Item = &'a [Row]> {
        self.rows.chunks_exact(self.height)
    }

    /// Row `i` of the matrix, in pieces: one from each panel, without padding.
    pub(crate) fn row(self, i: usize) -> impl Iterator<Item = &'a [f32]> {
        let widths = (0..self.columns).step_by(WIDTH).map(move |at| WIDTH.min(self.columns - at));
        self.panels().zip(widths).map(move |(panel, width)| &panel[i][..width])
    }

    /// For each row, whether any of its values is not zero.
    pub(crate) fn rows_with_values(self) -> Vec<bool> {
        let has_values = |i| self.row(i).flatten().any(|&value| value != 0.0);
        (0..self.height).map(has_values).collect()
    }

    /// The values in row-major order.
    pub(crate) fn row_major(self) -> Vec<f32> {
        let mut values = Vec::with_capacity(self.height * self.columns);
        for i in 0..self.height {
            self.row(i).for_each(|piece| values.extend_from_slice(piece));
        }
        values
    }

    /// The transposed matrix, in panels.
    ///
    /// In squares of 4 × 4, so that nothing is stored value by value.
    pub(crate) fn transposed(self) -> Vec<f32> {
        let mut transposed = vec![Squares::default(); self.height.div_ceil(WIDTH) * self.columns];
        let panels = transposed.chunks_exact_mut(self.columns);
        for (to, first) in panels.zip((0..self.height).step_by(WIDTH)) {
            for (to, from) in to.chunks_mut(WIDTH).zip(self.panels()) {
                let from = &from[first..self.height.min(first + WIDTH)];
                for (i, rows) in from.chunks(4).enumerate() {
                    turn_rows(rows, to, i);
                }
            }
        }
        transposed.into_flattened().into_flattened()
    }
}

/// Transposes four rows into the four columns from `4 * i` on; missing rows are zero.
fn turn_rows(rows: &[Row], to: &mut [Squares], i: usize) {
    let row = |k| rows.get(k).unwrap_or(&[0.0; WIDTH]).as_chunks().0;
    let rows: [&[[f32; 4]]; 4] = array::from_fn(row);
    for (j, to) in to.chunks_mut(4).enumerate() {
        let square = rows.map(|row| &row[j]);
        if let [a, b, c, d] = to {
            turn(square, [&mut a[i], &mut b[i], &mut c[i], &mut d[i]]);
        } else {
            let columns = (0..).zip(to);
            columns.for_each(|(k, to): (usize, _)| to[i] = square.map(|row| row[k]));
        }
    }
}

/// Puts a row-major matrix of `columns` columns into panels, the last padded with zeros.
pub(crate) fn into_panels(values: &[f32], columns: usize) -> Vec<f32> {
    let mut panels = Vec::with_capacity(values.len());
    for at in (0..columns).step_by(WIDTH) {
        let width = WIDTH.min(columns - at);
        for row in values.chunks_exact(columns) {
            let mut padded = [0.0; WIDTH];
            padded[..width].copy_from_slice(&row[at..at + width]);
            panels.extend(padded);
        }
    }
    panels
}
