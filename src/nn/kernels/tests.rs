//! The products against ndarray's, and to the last bit against safe twins that add in the same
//! order, in all shapes that have edges of their own.

use ndarray::{Array2, ArrayView2};

use super::{
    matrix::{Matrix, column_sums, product},
    sparse::Sparse,
};

/// Values without a pattern that products could hide behind.
fn made_up(rows: usize, columns: usize) -> Array2<f32> {
    Array2::from_shape_fn([rows, columns], |(i, j)| ((7 * i + 13 * j) as f32).sin())
}

/// A row and a column of zeros, and one value in five elsewhere.
fn mostly_zeros(rows: usize, columns: usize) -> Array2<f32> {
    Array2::from_shape_fn([rows, columns], |(i, j)| {
        let is_kept = (i + 3 * j) % 5 == 0 && i != 1 && j != 7;
        if is_kept { ((i + j) as f32).cos() } else { 0.0 }
    })
}

/// Row by row.
fn values(array: ArrayView2<f32>) -> Vec<f32> {
    array.iter().copied().collect()
}

/// The safe twin of both products: each value of `start` + a·b, summed up in the order of a's
/// columns, zeros of a passed over.
fn twin(start: &[f32], a: ArrayView2<f32>, b: ArrayView2<f32>) -> Vec<f32> {
    let mut product = Vec::new();
    for row in a.rows() {
        for (&start, column) in start.iter().zip(b.columns()) {
            let mut sum = start;
            for (a, b) in row.iter().zip(column).filter(|&(&a, _)| a != 0.0) {
                sum += a * b;
            }
            product.push(sum);
        }
    }
    product
}

#[track_caller]
fn expect_close(ours: &[f32], theirs: &Array2<f32>, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < 1e-4, "{what}: {ours}, not {theirs}");
    }
}

#[track_caller]
fn expect_same_bits(ours: &[f32], twin: &[f32], what: &str) {
    let bits = |values: &[f32]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(ours), bits(twin), "{what}");
}

/// Tiles are 4 × 8: one less, as many, one more, and several of each.
#[test]
fn products_of_matrices_are_right() {
    for rows in [1, 2, 3, 4, 5, 7, 8, 9, 32] {
        for depth in [1, 2, 50] {
            for columns in [1, 3, 7, 8, 9, 15, 16, 17, 50] {
                let (a, b) = (made_up(rows, depth), made_up(depth, columns));
                let theirs = a.dot(&b);
                let twin = twin(&vec![0.0; columns], a.view(), b.view());
                let (in_rows, in_columns) = (values(a.view()), values(a.t()));
                let lefts = [Matrix::new(&in_rows, depth), Matrix::new(&in_columns, rows).t()];
                let (in_rows, in_columns) = (values(b.view()), values(b.t()));
                let rights = [Matrix::new(&in_rows, columns), Matrix::new(&in_columns, depth).t()];
                let what = format!("{rows} × {depth} · {depth} × {columns}");
                for left in lefts {
                    for right in rights {
                        let ours = product(left, right);
                        expect_close(&ours, &theirs, &what);
                        expect_same_bits(&ours, &twin, &what);
                    }
                }
            }
        }
    }
}

#[test]
#[should_panic(expected = "a has as many columns as b has rows")]
fn matrices_that_do_not_fit_have_no_product() {
    product(Matrix::new(&[1.0; 6], 3), Matrix::new(&[1.0; 6], 3));
}

/// Blocks are 52 wide; narrower matrices are not taken as sparse.
#[test]
fn products_of_sparse_matrices_are_right() {
    let depth = 40;
    for rows in [1, 2, 32] {
        let a = mostly_zeros(rows, depth);
        for width in [52, 53, 103, 104, 105, 150] {
            let sparse = Sparse::new(&values(a.view()), depth, width).expect("mostly zeros");
            let what = format!("{rows} rows, {width} columns");
            let (b, start) = (made_up(depth, width), made_up(1, width));
            let (start_values, zeros) = (values(start.view()), vec![0.0; width]);
            let ours = sparse.product(&values(b.view()), &start_values);
            expect_close(&ours, &(a.dot(&b) + &start), &what);
            expect_same_bits(&ours, &twin(&start_values, a.view(), b.view()), &what);

            let g = made_up(rows, width);
            let ours = sparse.t().product(&values(g.view()), &zeros);
            expect_close(&ours, &a.t().dot(&g), &what);
            expect_same_bits(&ours, &twin(&zeros, a.t(), g.view()), &what);
        }
    }
}

#[test]
#[should_panic(expected = "b has a row for each column")]
fn sparse_matrices_that_do_not_fit_have_no_product() {
    let sparse = Sparse::new(&[0.0; 40], 20, 52).expect("zeros");
    sparse.product(&[0.0; 19 * 52], &[0.0; 52]);
}

#[test]
fn full_or_narrow_matrices_are_not_sparse() {
    let full = vec![1.0; 40];
    assert!(Sparse::new(&full, 20, 150).is_none());
    let zeros = vec![0.0; 40];
    assert!(Sparse::new(&zeros, 20, 150).is_some());
    assert!(Sparse::new(&zeros, 20, 51).is_none());
}

#[test]
fn sums_of_columns_are_right() {
    for [rows, columns] in [[1, 1], [5, 9], [32, 50]] {
        let a = made_up(rows, columns);
        let theirs = a.sum_axis(ndarray::Axis(0));
        let theirs = theirs.insert_axis(ndarray::Axis(0));
        let what = format!("{rows} × {columns}");
        expect_close(&column_sums(Matrix::new(&values(a.view()), columns)), &theirs, &what);
        expect_close(&column_sums(Matrix::new(&values(a.t()), rows).t()), &theirs, &what);
    }
}
