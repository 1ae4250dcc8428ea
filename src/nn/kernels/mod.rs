//! Products of matrices for a batch's few rows.
//!
//! Half and more of what a layer reads is zero: paper, or what relu let not through. So the left
//! side of a product is kept without its zeros ([`SparseRows`]), the right side in [`Panels`] as
//! wide as the processor has registers to sum up in, and [`products`] multiplies the two.
//! Skipping zeros changes no bit of a sum.

mod panels;
mod products;
mod sparse_rows;
mod sparse_images;
mod vectors;
#[cfg(test)]
mod tests;

pub(crate) use panels::{Panels, Row, WIDTH, into_panels};
pub(crate) use products::{column_sums, descend, product, product_from, product_transposed};
pub use sparse_images::{SparseImages, scaled};
pub use sparse_rows::SparseRows;
