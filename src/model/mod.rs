//! The networks: what they are made of, how they start, and their weights as files.

pub mod architecture;
pub mod contributions;
mod cubic;
mod dense;
mod device;
mod init;
mod kind;
mod network;
pub mod ops;
mod weights;

pub use cubic::Cubic;
pub use dense::Dense;
pub use device::device;
pub use init::initial_weights;
pub use kind::ModelKind;
pub use network::{Layer, Network, values};
pub use weights::Weights;
