//! The networks: what they are made of, how they start, and their weights as files.

pub mod architecture;
pub mod contributions;
mod cubic;
mod dense;
mod init;
mod kind;
mod network;
pub mod ops;
mod weights;

pub use cubic::Cubic;
pub use dense::Dense;
pub use init::initial_weights;
pub use kind::ModelKind;
pub use network::{Layer, Network};
pub use weights::Weights;
