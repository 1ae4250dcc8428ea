//! Training as pure jobs: the same network, seed, settings, images and state give the same
//! snapshots, to the last bit, in every browser and natively. In reading order:
//!
//! - [`mod@split`]: which images train and which validate; [`order`]: in what order; [`batches`];
//! - [`training`]: the training loop, and the [`snapshot`]s that it makes;
//! - [`evaluation`]: a pass over images, and what is known after it.
//!
//! A job runs in steps of a few milliseconds, so that the caller can do other work between them.

pub mod split;
pub mod order;
pub mod batches;
pub mod training;
pub mod snapshot;
pub mod evaluation;

pub use evaluation::{Evaluated, Evaluation};
pub use order::Order;
pub use snapshot::{Metrics, Score, Snapshot};
pub use split::split;
pub use training::{Snapshots, State, TrainConfig, Training};
