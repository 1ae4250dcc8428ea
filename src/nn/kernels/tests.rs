//! Compares the kernels with ndarray, and to the last bit with plain twins that add in the same
//! order, for shapes around the block sizes: panels are 52 wide, squares 4 × 4.

use ndarray::{Array2, ArrayView2, Axis};

use super::{Panels, SparseRows, column_sums, descend, into_panels, product, product_from};

const SHAPES: [[usize; 3]; 9] = [
    [1, 1, 1],
    [2, 3, 51],
    [5, 784, 52],
    [32, 50, 3],
    [32, 100, 50],
    [31, 52, 53],
    [33, 53, 104],
    [128, 4, 105],
    [7, 150, 100],
];

/// Values without a pattern that products could hide behind; every third is zero, and all of row 1.
fn made_up(rows: usize, columns: usize) -> Array2<f32> {
    Array2::from_shape_fn([rows, columns], |(i, j)| {
        let is_zero = (i + 2 * j) % 3 == 0 || i == 1;
        if is_zero { 0.0 } else { ((7 * i + 13 * j) as f32).sin() }
    })
}

fn in_panels(array: ArrayView2<f32>) -> Vec<f32> {
    let values: Vec<f32> = array.iter().copied().collect();
    into_panels(&values, array.ncols())
}

fn sparse(array: ArrayView2<f32>) -> SparseRows {
    let values: Vec<f32> = array.iter().copied().collect();
    SparseRows::new(&values, array.ncols())
}

/// The plain twin: each value of `start` + a·b, summed up in the order of a's columns.
fn twin(start: ArrayView2<f32>, a: ArrayView2<f32>, b: ArrayView2<f32>) -> Array2<f32> {
    Array2::from_shape_fn([a.nrows(), b.ncols()], |(i, j)| {
        let products = a.row(i).into_iter().zip(b.column(j)).map(|(a, b)| a * b);
        products.fold(start[[0, j]], |sum, product| sum + product)
    })
}

#[track_caller]
fn expect_close(ours: &[f32], theirs: &Array2<f32>, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < 1e-4, "{what}: {ours}, not {theirs}");
    }
}

#[track_caller]
fn expect_same_bits(ours: &[f32], twin: &Array2<f32>, what: &str) {
    let ours: Vec<u32> = ours.iter().map(|value| value.to_bits()).collect();
    let twin: Vec<u32> = twin.iter().map(|value| value.to_bits()).collect();
    assert_eq!(ours, twin, "{what}");
}

#[test]
fn products_are_right() {
    for [rows, depth, columns] in SHAPES {
        let what = format!("{rows} × {depth} · {depth} × {columns}");
        let (a, b, start) = (made_up(rows, depth), made_up(depth, columns), made_up(1, columns));
        let (b_panels, start_panels) = (in_panels(b.view()), in_panels(start.view()));
        let b_panels = Panels::new(&b_panels, columns);

        let ours = product(&sparse(a.view()), b_panels);
        let ours = Panels::new(&ours, columns).row_major();
        expect_close(&ours, &a.dot(&b), &what);
        let zeros = Array2::zeros([1, columns]);
        expect_same_bits(&ours, &twin(zeros.view(), a.view(), b.view()), &what);

        let start_panels = Panels::new(&start_panels, columns);
        let ours = product_from(start_panels, &sparse(a.view()), b_panels);
        let ours = Panels::new(&ours, columns).row_major();
        expect_close(&ours, &(a.dot(&b) + &start), &what);
        expect_same_bits(&ours, &twin(start.view(), a.view(), b.view()), &what);
    }
}

#[test]
fn descent_is_right() {
    let rate = 0.3;
    for [batch, inputs, units] in SHAPES {
        let what = format!("{batch} × {inputs} and {batch} × {units}");
        let (x, g, w) = (made_up(batch, inputs), made_up(batch, units), made_up(inputs, units));
        let (mut ours, g_panels) = (in_panels(w.view()), in_panels(g.view()));
        let g_panels = Panels::new(&g_panels, units);
        // Row 1 of g is zero.
        let transposed = sparse(x.view()).transposed(&g_panels.rows_with_values());
        descend(&mut ours, &transposed, g_panels, rate);
        let ours = Panels::new(&ours, units).row_major();
        expect_close(&ours, &(&w - rate * x.t().dot(&g)), &what);
        let zeros = Array2::zeros([1, units]);
        let gradient = twin(zeros.view(), x.t(), g.view());
        expect_same_bits(&ours, &(&w - gradient.mapv(|value| rate * value)), &what);
    }
}

#[test]
fn sums_of_columns_are_right() {
    for [rows, _, columns] in SHAPES {
        let (a, what) = (made_up(rows, columns), format!("{rows} × {columns}"));
        let panels = in_panels(a.view());
        let ours = column_sums(Panels::new(&panels, columns));
        let ours = Panels::new(&ours, columns).row_major();
        expect_close(&ours, &a.sum_axis(Axis(0)).insert_axis(Axis(0)), &what);
    }
}

#[test]
fn a_matrix_comes_back_from_panels_and_transposed() {
    for [_, rows, columns] in SHAPES {
        let (a, what) = (made_up(rows, columns), format!("{rows} × {columns}"));
        let panels = in_panels(a.view());
        let panels = Panels::new(&panels, columns);
        expect_same_bits(&panels.row_major(), &a, &what);
        let transposed = panels.transposed();
        let expected = a.t().as_standard_layout().into_owned();
        assert_eq!(transposed, in_panels(expected.view()), "{what}, filled up with zeros");
        expect_same_bits(&Panels::new(&transposed, rows).row_major(), &expected, &what);
    }
}

#[test]
fn sparse_rows_hold_what_is_not_zero() {
    let a = made_up(7, 60);
    let panels = in_panels(a.view());
    let (of_values, of_panels) =
        (sparse(a.view()), SparseRows::of_panels(Panels::new(&panels, 60)));
    for sparse in [&of_values, &of_panels] {
        assert_eq!([sparse.height(), sparse.columns()], [7, 60]);
        assert_eq!(sparse.count(), a.iter().filter(|&&value| value != 0.0).count());
        for (row, entries) in a.rows().into_iter().zip(sparse.rows()) {
            let kept = entries.iter().map(|entry| (entry.column as usize, entry.value));
            let expected = row.into_iter().copied().enumerate().filter(|&(_, value)| value != 0.0);
            assert!(kept.eq(expected));
        }
    }
}

/// NaN is not zero: a network that has diverged shows it.
#[test]
fn nan_is_kept() {
    assert_eq!(SparseRows::new(&[0.0, f32::NAN], 2).count(), 1);
}

#[test]
#[should_panic(expected = "a has as many columns as b has rows")]
fn matrices_that_do_not_fit_have_no_product() {
    let b = into_panels(&[1.0; 6], 3);
    product(&SparseRows::new(&[1.0; 6], 3), Panels::new(&b, 3));
}
