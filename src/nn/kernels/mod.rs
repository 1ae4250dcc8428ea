//! Matrix products for a batch's few rows, the only place of the project with `unsafe`.

mod matrix;
mod sparse;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use matrix::{Matrix, column_sums, product};
pub(crate) use rows::Rows;
pub(crate) use sparse::Sparse;
