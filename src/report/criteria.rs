//! What networks are judged by.

use serde::Serialize;

use crate::report::{
    Epoch, NetworkRun,
    statistics::{mean, median},
};

/// The validation accuracy that a network must reach to count as having learned.
pub const LEARNED: f64 = 0.98;

/// What networks are judged by, on the validation images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Criterion {
    /// How many images are misclassified: the fewer, the better.
    Mistakes,
    /// The median, over these images, of the right class's probability: the higher, the better.
    /// Probabilities are compared by their ratio.
    Truth,
    /// The first epoch with 98 % accuracy: the earlier, the better. Not reaching it is a value too,
    /// worse than any number, so networks are compared by wins.
    FirstEpoch,
    /// The loss: the lower, the better. It is made up of mistakes and their probabilities, so it is
    /// not in [`Criterion::ALL`]; several runs are compared by it too.
    Loss,
}

/// Something for each criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ByCriterion<T> {
    /// Of [`Criterion::Mistakes`].
    pub mistakes: T,
    /// Of [`Criterion::Truth`].
    pub truth: T,
    /// Of [`Criterion::FirstEpoch`].
    pub first_epoch: T,
}

/// A network's value by a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Value {
    /// A number: of mistakes, a probability, or an epoch. Over several runs it is the mean, the
    /// geometric mean, or the median.
    Measured(f64),
    /// There are no mistakes to take the median of.
    NoMistakes,
    /// No epoch has reached 98 % accuracy.
    NotReached,
    /// The network has diverged.
    Diverged,
    /// The network has not got this far.
    NotYet,
}

impl Criterion {
    /// Those that the answer is about.
    pub const ALL: [Self; 3] = [Self::Mistakes, Self::Truth, Self::FirstEpoch];

    /// A network's value at the end of `epoch`.
    pub fn value(self, network: &NetworkRun, epoch: u32) -> Value {
        let has_diverged = network.diverged().is_some_and(|first| first <= epoch);
        match (self, network.epoch(epoch)) {
            (Self::FirstEpoch, at) if has_diverged || at.is_some() => first_epoch(network, epoch),
            _ if has_diverged => Value::Diverged,
            (Self::Mistakes, Some(at)) => Value::Measured(f64::from(at.mistakes.count)),
            (Self::Truth, Some(at)) => match at.mistakes.truth {
                None => Value::NoMistakes,
                Some(truth) if truth.is_finite() => Value::Measured(truth),
                Some(_) => Value::Diverged,
            },
            (Self::Loss, Some(at)) => Value::Measured(at.metrics.val_loss),
            _ => Value::NotYet,
        }
    }

    /// One value for several runs. Runs without a number count only for [`Criterion::FirstEpoch`],
    /// unless none has one.
    pub fn typical(self, values: &[Value]) -> Value {
        let mut measured: Vec<f64> =
            values.iter().filter_map(|&value| self.comparable(value)).collect();
        let typical = match self {
            Self::Mistakes | Self::Loss => mean(measured),
            Self::Truth => mean(measured).map(f64::exp),
            Self::FirstEpoch => median(&mut measured),
        };
        match typical {
            Some(number) if number.is_finite() => Value::Measured(number),
            Some(_) => Value::NotReached,
            None => *values.first().unwrap_or(&Value::NotYet),
        }
    }

    /// A value on the scale on which differences are taken: chances by their logarithm, epochs with
    /// infinity for what was not reached.
    pub(crate) fn comparable(self, value: Value) -> Option<f64> {
        match (self, value) {
            // The least number keeps the logarithm of a chance that was rounded to 0 finite.
            (Self::Truth, Value::Measured(truth)) => Some(truth.max(f64::MIN_POSITIVE).ln()),
            (_, Value::Measured(number)) => Some(number),
            (Self::FirstEpoch, Value::NotReached) => Some(f64::INFINITY),
            _ => None,
        }
    }

    /// The resolution of the values; 0 if they are continuous.
    pub(crate) fn step(self) -> f64 {
        match self {
            Self::Mistakes | Self::FirstEpoch => 1.0,
            Self::Truth | Self::Loss => 0.0,
        }
    }

    /// Whether a difference, on the scale of [`Self::comparable`], favours the first network.
    pub(crate) fn favours_first(self, difference: f64) -> bool {
        match self {
            Self::Mistakes | Self::FirstEpoch | Self::Loss => difference < 0.0,
            Self::Truth => difference > 0.0,
        }
    }
}

impl<T> ByCriterion<T> {
    /// Makes one for each criterion.
    pub fn new(mut make: impl FnMut(Criterion) -> T) -> Self {
        Self {
            mistakes: make(Criterion::Mistakes),
            truth: make(Criterion::Truth),
            first_epoch: make(Criterion::FirstEpoch),
        }
    }
}

/// The first epoch, up to `last`, with 98 % of the validation images read rightly.
fn first_epoch(network: &NetworkRun, last: u32) -> Value {
    let mut epochs = network.epochs.iter().take(last as usize);
    let first = epochs
        .position(|Epoch { metrics, .. }| metrics.is_finite() && metrics.val_accuracy >= LEARNED);
    first.map_or(Value::NotReached, |index| Value::Measured(index as f64 + 1.0))
}
