//! Matrices without their zeros.

use std::iter;

use bytemuck::{Pod, Zeroable};

use super::{Panels, vectors::keep};

/// A matrix in compressed sparse rows (CSR): row by row, what is not zero.
#[derive(Clone, Debug)]
pub struct SparseRows {
    columns: usize,
    /// CSR's row pointers: the start of each row, and the end of the last.
    starts: Vec<usize>,
    /// Ordered by row, then by column.
    entries: Vec<Entry>,
}

/// A value that is not zero, and its column.
#[derive(Clone, Copy, Debug, Default, Zeroable, Pod)]
#[repr(C, align(8))]
pub(crate) struct Entry {
    pub(crate) value: f32,
    pub(crate) column: u32,
}

impl SparseRows {
    /// The matrix of `columns` columns whose values stand row by row.
    pub fn new(values: &[f32], columns: usize) -> Self {
        let rows = values.chunks_exact(columns).map(iter::once);
        Self::of(rows, columns, values.len())
    }

    /// A matrix in panels.
    pub(crate) fn of_panels(matrix: Panels) -> Self {
        let rows = (0..matrix.height()).map(|i| matrix.row(i));
        Self::of(rows, matrix.columns(), matrix.height() * matrix.columns())
    }

    /// Rows in pieces, of so many values in all.
    fn of<'a>(
        rows: impl Iterator<Item = impl Iterator<Item = &'a [f32]>>,
        columns: usize,
        values: usize,
    ) -> Self {
        // With room for what `keep` writes behind them.
        let mut entries = vec![Entry::default(); values + 4];
        let (mut starts, mut kept) = (vec![0], 0);
        for row in rows {
            let mut column = 0;
            for piece in row {
                let (fours, rest) = piece.as_chunks();
                let mut last = [0.0; 4];
                last[..rest.len()].copy_from_slice(rest);
                for (column, four) in (column..).step_by(4).zip(fours.iter().chain([&last])) {
                    kept += keep(four, column, &mut entries[kept..]);
                }
                column += piece.len() as u32;
            }
            starts.push(kept);
        }
        entries.truncate(kept);
        Self { columns, starts, entries }
    }

    /// The matrix of these entries, by row and column, with `counts` in each row.
    pub(crate) fn of_entries(
        entries: Vec<Entry>,
        counts: impl Iterator<Item = usize>,
        columns: usize,
    ) -> Self {
        let mut end = 0;
        let ends = counts.map(|count| {
            end += count;
            end
        });
        Self { columns, starts: iter::once(0).chain(ends).collect(), entries }
    }

    /// The number of rows.
    pub fn height(&self) -> usize {
        self.starts.len() - 1
    }

    /// The number of columns.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// How many values are not zero.
    pub(crate) fn count(&self) -> usize {
        self.entries.len()
    }

    /// Row by row, its entries.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[Entry]> {
        self.starts.windows(2).map(|ends| &self.entries[ends[0]..ends[1]])
    }

    /// f of each value; f(0) must be 0, as zeros are not stored.
    pub(crate) fn map(&self, f: impl FnOnce(&mut [f32])) -> Self {
        let mut values: Vec<f32> = self.entries.iter().map(|entry| entry.value).collect();
        f(&mut values);
        let entries = values.into_iter().zip(&self.entries);
        let entries = entries.map(|(value, entry)| Entry { value, ..*entry }).collect();
        Self { columns: self.columns, starts: self.starts.clone(), entries }
    }

    /// The transpose; this matrix's rows that are not `wanted` count as zero.
    pub(crate) fn transposed(&self, wanted: &[bool]) -> Self {
        let wanted = || (0..).zip(self.rows()).filter(|&(row, _): &(u32, _)| wanted[row as usize]);
        let mut starts = vec![0; self.columns + 1];
        for (_, entries) in wanted() {
            for entry in entries {
                starts[entry.column as usize + 1] += 1;
            }
        }
        for column in 0..self.columns {
            starts[column + 1] += starts[column];
        }
        let mut next = starts.clone();
        let mut transposed = vec![Entry::default(); starts[self.columns]];
        for (row, entries) in wanted() {
            for &Entry { value, column } in entries {
                let next = &mut next[column as usize];
                transposed[*next] = Entry { value, column: row };
                *next += 1;
            }
        }
        Self { columns: self.height(), starts, entries: transposed }
    }
}
