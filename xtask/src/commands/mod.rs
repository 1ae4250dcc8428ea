//! One file for each command.

mod bench;
mod build;
mod parity;
mod serve;
mod test;
mod train;

pub use self::{
    bench::bench, build::build, parity::parity, serve::serve, test::test, train::train,
};
