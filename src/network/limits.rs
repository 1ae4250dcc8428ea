//! The limits of networks, and how messages put them.

use std::ops::RangeInclusive;

/// The most networks that are trained side by side.
pub(crate) const MAX_NETWORKS: usize = 4;
/// What networks must be.
pub(crate) const NETWORKS_RULE: &str =
    "1 to 4, each a name, a colon and layers, such as dense:relu100,relu50";
/// The most hidden layers of a network.
pub(crate) const MAX_HIDDEN_LAYERS: usize = 6;
/// The most units of a hidden layer.
pub(crate) const MAX_UNITS: usize = 512;
/// The longest name.
pub(crate) const MAX_NAME: usize = 16;
/// The lowest and the highest learning rate. Training computes in f32, where anything lower is 0;
/// anything higher is a typo rather than an experiment.
pub(crate) const RATES: RangeInclusive<f64> = 1e-45..=10.0;
/// What a learning rate must be.
pub(crate) const RATE_RULE: &str = "a number from 1e-45 to 10";
