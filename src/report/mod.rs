//! What the runs say, as typed facts that the page puts into words, and the runs as files.
//!
//! In reading order:
//!
//! - [`mistakes`]: what a network reads wrongly, and what it costs;
//! - [`runs`]: what is known of an experiment;
//! - [`criteria`]: what networks are judged by;
//! - [`confidence_level`]: from when on a difference counts;
//! - [`statistics`]: intervals, the sign test, and how many seeds would tell;
//! - [`mod@reference`]: ten runs of the notebook's networks, for the spread over seeds;
//! - [`comparison`]: two networks by one criterion, and what can be said of them;
//! - [`diagnosis`]: what can go wrong with a single network;
//! - [`best`]: when it was best;
//! - [`mod@findings`]: all of it together;
//! - [`mod@differences`]: several runs, one by one;
//! - [`mcnemar`]: two networks, image by image;
//! - [`mod@csv`] and [`mod@json`]: the runs to take away;
//! - [`contributions`]: a single answer, taken apart;
//! - [`mod@tensors`]: where weights lie, and how large they are;
//! - [`mod@patches`]: what the first layer looks for, as pictures.

pub mod mistakes;
pub mod runs;
pub mod criteria;
pub mod confidence_level;
pub mod statistics;
pub mod reference;
pub mod comparison;
pub mod diagnosis;
pub mod best;
pub mod findings;
pub mod differences;
pub mod mcnemar;
pub mod csv;
pub mod json;
pub mod contributions;
pub mod tensors;
pub mod patches;

pub use comparison::{Comparison, Verdict};
pub use criteria::{ByCriterion, Criterion, Value};
pub use csv::csv;
pub use differences::{Differences, best_differences, differences};
pub use findings::{Findings, findings};
pub use json::json;
pub use mistakes::Mistakes;
pub use reference::Reference;
pub use runs::{Epoch, Experiment, NetworkRun, Run, TestScore};
