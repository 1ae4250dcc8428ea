//! Training: settings, one epoch at a time, and what came of it.

pub mod comparison;
pub mod history;
pub mod settings;

pub use history::{History, Metrics, ModelRun, Run, Score};
pub use settings::Settings;
