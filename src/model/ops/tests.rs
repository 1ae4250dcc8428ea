//! The products against ndarray's, in all shapes that have edges of their own.

use ndarray::Array2;

use super::{
    matrix::{Matrix, product},
    sparse::Sparse,
};

/// Values without a pattern that products could hide behind.
fn made_up(rows: usize, columns: usize) -> Array2<f32> {
    Array2::from_shape_fn([rows, columns], |(i, j)| ((7 * i + 13 * j) as f32).sin())
}

/// Row by row.
fn values(array: &Array2<f32>) -> Vec<f32> {
    array.iter().copied().collect()
}

fn transposed(array: &Array2<f32>) -> Array2<f32> {
    array.t().to_owned()
}

#[track_caller]
fn expect_equal(ours: &[f32], theirs: &Array2<f32>, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < 1e-4, "{what}: {ours}, not {theirs}");
    }
}

#[test]
fn products_of_matrices_are_right() {
    for rows in [1, 3, 4, 5, 8, 32] {
        for depth in [1, 2, 50] {
            for columns in [1, 3, 7, 8, 9, 16, 50] {
                let (a, b) = (made_up(rows, depth), made_up(depth, columns));
                let theirs = a.dot(&b);
                let (in_rows, in_columns) = (values(&a), values(&transposed(&a)));
                let lefts = [
                    Matrix::new(&in_rows, depth),
                    Matrix::new(&in_columns, rows).t(),
                ];
                let (in_rows, in_columns) = (values(&b), values(&transposed(&b)));
                let rights = [
                    Matrix::new(&in_rows, columns),
                    Matrix::new(&in_columns, depth).t(),
                ];
                let what = format!("{rows} × {depth} · {depth} × {columns}");
                for left in lefts {
                    for right in rights {
                        expect_equal(&product(left, right), &theirs, &what);
                    }
                }
            }
        }
    }
}

#[test]
fn products_of_sparse_matrices_are_right() {
    let depth = 40;
    for rows in [1, 2, 32] {
        // A row and a column of zeros, and one value in five elsewhere.
        let a = Array2::from_shape_fn([rows, depth], |(i, j)| {
            let kept = (i + 3 * j) % 5 == 0 && i != 1 && j != 7;
            if kept { ((i + j) as f32).cos() } else { 0.0 }
        });
        for width in [52, 53, 103, 104, 150] {
            let sparse = Sparse::new(&values(&a), depth, width).expect("mostly zeros");
            let what = format!("{rows} rows, {width} columns");
            let (b, start) = (made_up(depth, width), made_up(1, width));
            let ours = sparse.product(&values(&b), &values(&start));
            expect_equal(&ours, &(a.dot(&b) + &start), &what);
            let g = made_up(rows, width);
            let ours = sparse.t().product(&values(&g), &vec![0.0; width]);
            expect_equal(&ours, &a.t().dot(&g), &what);
        }
    }
}

#[test]
fn full_or_narrow_matrices_are_not_sparse() {
    let full = vec![1.0; 40];
    assert!(Sparse::new(&full, 20, 150).is_none());
    let zeros = vec![0.0; 40];
    assert!(Sparse::new(&zeros, 20, 150).is_some());
    assert!(Sparse::new(&zeros, 20, 10).is_none());
}
