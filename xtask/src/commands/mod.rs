//! One file for each command.

mod bench;
mod build;
mod parity;
mod serve;
mod soak;
mod test;
mod train;

pub use self::{
    bench::bench,
    build::build,
    parity::parity,
    serve::serve,
    soak::soak,
    test::test,
    train::{runs, train},
};
