//! Training: settings, one epoch at a time, and what came of it.

pub mod comparison;
pub mod evaluation;
pub mod export;
pub mod history;
pub mod loss;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod made_up;
pub mod settings;
pub mod trainer;
mod verdict;

pub use history::{History, Metrics, ModelRun, Run, Score};
pub use settings::Settings;
pub use trainer::{Options, Trainer};
