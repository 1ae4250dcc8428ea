//! The runs as JSON, in the form of Keras's `History.history`.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    report::{Experiment, NetworkRun, Run},
    settings::Settings,
    train::Metrics,
};

/// One run: `{"params": …, "custom": {"loss": […], …}, "dense": …}`, with `test_loss` and
/// `test_accuracy` beside the lists once they are known. Several: `{"params": …, "runs": […]}`,
/// each as one run's file. What is not a number or infinite is `null`.
pub fn json(experiment: &Experiment) -> String {
    let settings = &experiment.settings;
    let text = match experiment.runs.as_slice() {
        [run] => serde_json::to_string(&OneRun { settings, run }),
        runs => serde_json::to_string(&SeveralRuns {
            params: settings,
            runs: runs.iter().map(|run| OneRun { settings, run }).collect(),
        }),
    };
    // PANIC: names and numbers have a form in JSON, and memory takes what is written.
    text.expect("a form in JSON") + "\n"
}

#[derive(Serialize)]
struct SeveralRuns<'a> {
    params: &'a Settings,
    runs: Vec<OneRun<'a>>,
}

/// A run, its networks in the order of the settings, written with settings of its own.
struct OneRun<'a> {
    settings: &'a Settings,
    run: &'a Run,
}

impl Serialize for OneRun<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let params = Settings { seed: self.run.seed, runs: 1, ..self.settings.clone() };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("params", &params)?;
        for (config, network) in self.settings.networks.iter().zip(&self.run.networks) {
            map.serialize_entry(&config.name, &Columns::new(network))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct Columns {
    loss: Vec<f64>,
    accuracy: Vec<f64>,
    val_loss: Vec<f64>,
    val_accuracy: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test_loss: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test_accuracy: Option<f64>,
}

impl Columns {
    fn new(network: &NetworkRun) -> Self {
        let column = |metric: fn(&Metrics) -> f64| {
            network.epochs.iter().map(|epoch| metric(&epoch.metrics)).collect()
        };
        Self {
            loss: column(|metrics| metrics.loss),
            accuracy: column(|metrics| metrics.accuracy),
            val_loss: column(|metrics| metrics.val_loss),
            val_accuracy: column(|metrics| metrics.val_accuracy),
            test_loss: network.test.map(|test| test.score.loss),
            test_accuracy: network.test.map(|test| test.score.accuracy),
        }
    }
}
