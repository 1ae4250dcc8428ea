//! Products with matrices that are mostly zeros. Images are: four of five pixels are paper.

use super::matrix::tiles;

/// Values of the result that are computed at once: as many as stay in registers.
const BLOCK: usize = 52;

/// A matrix of f32 of which only the values that are not zero are kept, row by row.
#[derive(Clone, Debug)]
pub struct Sparse {
    columns: usize,
    /// Where each row begins in `entries`; the last one is where all end.
    starts: Vec<usize>,
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
    pub fn new(values: &[f32], columns: usize, width: usize) -> Option<Self> {
        if width < BLOCK {
            return None;
        }
        let count = values.iter().filter(|&&value| value != 0.0).count();
        if 3 * count > values.len() {
            return None;
        }
        // One more, as each value is written, and then kept or written over: quicker than asking.
        let mut entries = vec![Entry::default(); count + 1];
        let mut starts = vec![0];
        let mut kept = 0;
        for row in values.chunks_exact(columns) {
            for (column, &value) in row.iter().enumerate() {
                entries[kept] = Entry { column, value };
                kept += usize::from(value != 0.0);
            }
            starts.push(kept);
        }
        entries.truncate(count);
        Some(Self {
            columns,
            starts,
            entries,
        })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    fn row(&self, row: usize) -> &[Entry] {
        &self.entries[self.starts[row]..self.starts[row + 1]]
    }

    /// The transposed matrix.
    pub fn t(&self) -> Self {
        let mut starts = vec![0; self.columns + 1];
        for entry in &self.entries {
            starts[entry.column + 1] += 1;
        }
        for row in 0..self.columns {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut entries = vec![Entry::default(); self.entries.len()];
        for row in 0..self.rows() {
            for &Entry { column, value } in self.row(row) {
                entries[next[column]] = Entry { column: row, value };
                next[column] += 1;
            }
        }
        Self {
            columns: self.rows(),
            starts,
            entries,
        }
    }

    /// Row by row, `start` plus this matrix's row times `b`, whose rows are as long as `start`.
    pub fn product(&self, b: &[f32], start: &[f32]) -> Vec<f32> {
        let width = start.len();
        assert_eq!(b.len(), self.columns * width, "b has a row for each column");
        let mut product = vec![0.0; self.rows() * width];
        for (row, product) in product.chunks_exact_mut(width).enumerate() {
            let entries = self.row(row);
            for at in tiles(width, BLOCK) {
                let (start, product) = (&start[at..at + BLOCK], &mut product[at..at + BLOCK]);
                // SAFETY: columns are less than `columns`, for each of which `b` has `width` values,
                // as asserted; and at + BLOCK is at most `width`.
                unsafe { sum_products(start, entries, b[at..].as_ptr(), width, product) };
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
/// From `b` on there are `column * width + BLOCK` values, for each column of `entries`.
#[inline(never)]
unsafe fn sum_products(
    start: &[f32],
    entries: &[Entry],
    b: *const f32,
    width: usize,
    sums: &mut [f32],
) {
    let mut block = [0.0; BLOCK];
    block.copy_from_slice(start);
    for &Entry { column, value } in entries {
        // SAFETY: as above.
        let b: &[f32; BLOCK] = unsafe { &*b.add(column * width).cast() };
        for (sum, b) in block.iter_mut().zip(b) {
            *sum += value * b;
        }
    }
    sums.copy_from_slice(&block);
}
