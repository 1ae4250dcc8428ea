//! Training: settings, one epoch at a time, and what came of it.

pub mod comparison;
pub mod evaluation;
pub mod history;
pub mod loss;
pub mod settings;
pub mod trainer;

pub use history::{History, Metrics, ModelRun, Run, Score};
pub use settings::Settings;
pub use trainer::{Options, Trainer};
