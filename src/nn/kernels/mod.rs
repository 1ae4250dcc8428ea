//! Matrix products for a batch's few rows.
//!
//! At least half of a layer's inputs are zero: paper, or units that relu cut off. So the left
//! operand of a product is in CSR format ([`SparseRows`]), the right one in [`Panels`] as wide as
//! the processor has registers for sums, and [`products`] multiplies the two.
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
