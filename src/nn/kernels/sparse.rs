//! Products with matrices that are mostly zeros. Images are: four of five pixels are paper.

use super::matrix::tiles;

/// Values of the result that are computed at once: as many as stay in registers.
const BLOCK: usize = 52;

/// A matrix of f32 in compressed sparse rows (CSR): only non-zeros are kept, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Sparse {
    columns: usize,
    /// Where each row begins in `entries`; the last one is where all end.
    row_starts: Vec<usize>,
    /// Every column is less than `columns`.
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    column: usize,
    value: f32,
}

impl Sparse {
    /// The matrix of `columns` columns whose rows stand one after another in `values`, if so few
    /// of them are not zero that [`Sparse::product`] with a matrix of `width` columns is quicker
    /// than the product of all.
    pub(crate) fn new(values: &[f32], columns: usize, width: usize) -> Option<Self> {
        if width < BLOCK {
            return None;
        }
        let count = values.iter().filter(|&&value| value != 0.0).count();
        if 3 * count > values.len() {
            return None;
        }
        // Without a branch: write every value, and advance only past non-zeros; hence a spare slot.
        let mut entries = vec![Entry::default(); count + 1];
        let mut row_starts = vec![0];
        let mut kept = 0;
        for row in values.chunks_exact(columns) {
            for (column, &value) in row.iter().enumerate() {
                entries[kept] = Entry { column, value };
                kept += usize::from(value != 0.0);
            }
            row_starts.push(kept);
        }
        entries.truncate(count);
        Some(Self { columns, row_starts, entries })
    }

    /// The number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.row_starts.len() - 1
    }

    fn row(&self, row: usize) -> &[Entry] {
        &self.entries[self.row_starts[row]..self.row_starts[row + 1]]
    }

    /// The transposed matrix.
    pub(crate) fn t(&self) -> Self {
        let mut row_starts = vec![0; self.columns + 1];
        for entry in &self.entries {
            row_starts[entry.column + 1] += 1;
        }
        for row in 0..self.columns {
            row_starts[row + 1] += row_starts[row];
        }
        let mut next = row_starts.clone();
        let mut entries = vec![Entry::default(); self.entries.len()];
        for row in 0..self.rows() {
            for &Entry { column, value } in self.row(row) {
                entries[next[column]] = Entry { column: row, value };
                next[column] += 1;
            }
        }
        Self { columns: self.rows(), row_starts, entries }
    }

    /// Row by row, `start` plus this matrix's row times `b`, whose rows are as long as `start`.
    pub(crate) fn product(&self, b: &[f32], start: &[f32]) -> Vec<f32> {
        let width = start.len();
        assert_eq!(b.len(), self.columns * width, "b has a row for each column");
        let mut product = vec![0.0; self.rows() * width];
        for (row, product) in product.chunks_exact_mut(width).enumerate() {
            let entries = self.row(row);
            for at in tiles(width, BLOCK) {
                let (start, product) = (&start[at..at + BLOCK], &mut product[at..at + BLOCK]);
                // SAFETY: every entry's column is less than `columns`, so `b` has a row of `width`
                // values for it, as was asserted. at + BLOCK is at most `width`, or the slices of
                // `start` and `product` just above would have panicked.
                unsafe { sum_products(start, entries, &b[at..], width, product) };
            }
        }
        product
    }
}

/// `sums` ← `start` + Σ value · `b[column]`, where the rows of `b` begin `width` values apart.
///
/// A function of its own, so that compilers find registers for all sums.
///
/// # Safety
/// `b` has at least `column * width + BLOCK` values, for each column of `entries`.
#[inline(never)]
unsafe fn sum_products(
    start: &[f32],
    entries: &[Entry],
    b: &[f32],
    width: usize,
    sums: &mut [f32],
) {
    let mut block = [0.0; BLOCK];
    block.copy_from_slice(start);
    for &Entry { column, value } in entries {
        debug_assert!(column * width + BLOCK <= b.len(), "column {column}");
        // SAFETY: the caller promises that `b` has these values.
        let b: &[f32; BLOCK] = unsafe { &*b.as_ptr().add(column * width).cast() };
        for (sum, b) in block.iter_mut().zip(b) {
            *sum += value * b;
        }
    }
    sums.copy_from_slice(&block);
}
