//! Histories for tests, made up.

use proptest::prelude::*;

use super::{History, ModelKind, ModelRun, Run};
use crate::train::{Metrics, Score};

/// A history of these validation losses and a training loss that halves from epoch to epoch.
pub fn history(val_losses: &[f64], val_accuracy: f64) -> History {
    let mut history = History::default();
    for (index, &val_loss) in val_losses.iter().enumerate() {
        history.push(Metrics {
            loss: 0.5_f64.powi(index as i32),
            accuracy: 0.9,
            val_loss,
            val_accuracy,
        });
    }
    history
}

/// A run of 3,461 validation images, as many as the notebook's digits have.
pub fn run<const N: usize>(models: [(ModelKind, History); N]) -> Run {
    let models = models.map(|(kind, history)| (kind, ModelRun { history, test: None }));
    Run { seed: 1, validation_images: Some(3461), models: models.into() }
}

/// Any runs at all of up to five epochs: of any models, of any values, of any lengths.
pub fn any_runs() -> impl Strategy<Value = Vec<Run>> {
    let value = prop_oneof![0.0..2.0, any::<f64>(), Just(f64::NAN), Just(f64::INFINITY), Just(0.0)];
    prop::collection::vec(any_run(value.boxed(), 0..=5), 0..5)
}

/// Runs as training gives them: all metrics have a value for each epoch, and it is finite.
pub fn sound_runs() -> impl Strategy<Value = Vec<Run>> {
    (0..=5_usize).prop_flat_map(|epochs| {
        let value = prop_oneof![0.0..1.0, 0.04..0.05];
        prop::collection::vec(any_run(value.boxed(), epochs..=epochs), 0..5)
    })
}

fn any_run(
    value: BoxedStrategy<f64>,
    epochs: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = Run> {
    let metric = prop::collection::vec(value.clone(), epochs);
    let history = [metric.clone(), metric.clone(), metric.clone(), metric];
    let history = history.prop_map(|[loss, accuracy, val_loss, val_accuracy]| History {
        loss,
        accuracy,
        val_loss,
        val_accuracy,
    });
    let test = prop::option::of(
        (value.clone(), value).prop_map(|(loss, accuracy)| Score { loss, accuracy }),
    );
    let model = (history, test).prop_map(|(history, test)| ModelRun { history, test });
    let kind = prop::sample::select(ModelKind::ALL.to_vec());
    let models = prop::collection::btree_map(kind, model, 0..=3);
    (any::<u32>(), any::<Option<u32>>(), models).prop_map(|(seed, validation_images, models)| Run {
        seed,
        validation_images,
        models,
    })
}
