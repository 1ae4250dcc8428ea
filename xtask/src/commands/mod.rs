//! One file for each command.

mod build;
mod parity;
mod serve;
mod test;
mod train;

pub use self::{build::build, parity::parity, serve::serve, test::test, train::train};
