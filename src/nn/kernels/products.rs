//! The products: what training spends its time in.

use super::{Panels, Row, SparseRows, sparse_rows::Entry};

/// a·b, in panels.
pub(crate) fn product(a: &SparseRows, b: Panels) -> Vec<f32> {
    let zeros = vec![0.0; b.row_values()];
    product_from(Panels::new(&zeros, b.columns()), a, b)
}

/// a·b, in panels; each row's sums begin with `start`, a row of as many columns as b.
pub(crate) fn product_from(start: Panels, a: &SparseRows, b: Panels) -> Vec<f32> {
    assert_eq!(a.columns(), b.height(), "a has as many columns as b has rows");
    let mut product: Vec<Row> = vec![[0.0; _]; b.panels().count() * a.height()];
    let panels = product.chunks_exact_mut(a.height()).zip(b.panels());
    for ((product, b), start) in panels.zip(start.panels()) {
        for (product, entries) in product.iter_mut().zip(a.rows()) {
            product_row(product, &start[0], entries, b);
        }
    }
    product.into_flattened()
}

/// a·bᵀ, in panels.
pub(crate) fn product_transposed(a: &SparseRows, b: Panels) -> Vec<f32> {
    let transposed = b.transposed();
    product(a, Panels::new(&transposed, b.height()))
}

/// w ← w − rate · aᵀ·g, where `transposed` is aᵀ; its empty rows are skipped.
///
/// The gradient is never stored: a whole training step takes 1.13 times as long if it is.
pub(crate) fn descend(w: &mut [f32], transposed: &SparseRows, g: Panels, rate: f32) {
    let (w, _) = w.as_chunks_mut();
    assert_eq!(w.len(), g.panels().count() * transposed.height(), "w is as large as its gradient");
    for (w, g) in w.chunks_exact_mut(transposed.height()).zip(g.panels()) {
        for (w, entries) in w.iter_mut().zip(transposed.rows()) {
            if !entries.is_empty() {
                descend_row(w, entries, g, rate);
            }
        }
    }
}

/// Not inlined, so that compilers keep all sums in registers.
#[inline(never)]
fn product_row(product: &mut Row, start: &Row, entries: &[Entry], b: &[Row]) {
    *product = sums(start, entries, b);
}

/// Not inlined, as [`product_row`].
#[inline(never)]
fn descend_row(w: &mut Row, entries: &[Entry], g: &[Row], rate: f32) {
    for (w, gradient) in w.iter_mut().zip(sums(&[0.0; _], entries, g)) {
        *w -= rate * gradient;
    }
}

/// start + Σ value · b[column].
#[inline(always)]
fn sums(start: &Row, entries: &[Entry], b: &[Row]) -> Row {
    let mut sums = *start;
    for entry in entries {
        for (sum, b) in sums.iter_mut().zip(&b[entry.column as usize]) {
            *sum += entry.value * b;
        }
    }
    sums
}

/// The sum of each column, in panels.
pub(crate) fn column_sums(a: Panels) -> Vec<f32> {
    let panels = a.panels().map(|panel| {
        let mut sums: Row = [0.0; _];
        for row in panel {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        sums
    });
    panels.collect::<Vec<Row>>().into_flattened()
}
