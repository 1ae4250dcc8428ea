//! One file for each command.

mod build;
mod serve;
mod test;
mod train;

pub use self::{build::build, serve::serve, test::test, train::train};
