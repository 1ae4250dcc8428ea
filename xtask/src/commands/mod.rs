//! One file for each command.

mod build;
mod serve;
mod train;

pub use self::{build::build, serve::serve, train::train};
