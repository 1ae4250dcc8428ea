//! Runs as files to take away.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{History, ModelKind, ModelRun, Run, Settings};

/// The runs as a table: a line for each run, model and epoch. Numbers read back to the same f64;
/// `NaN` and `inf` stand for themselves, as pandas and R read them.
pub fn csv(runs: &[Run]) -> String {
    let mut table = "run,seed,model,epoch,loss,accuracy,val_loss,val_accuracy\n".to_owned();
    for (number, run) in (1..).zip(runs) {
        for (kind, model) in &run.models {
            let (seed, name, history) = (run.seed, kind.name(), &model.history);
            for (epoch, metrics) in (1..).map_while(|epoch| Some((epoch, history.epoch(epoch)?))) {
                table += &format!(
                    "{number},{seed},{name},{epoch},{},{},{},{}\n",
                    metrics.loss, metrics.accuracy, metrics.val_loss, metrics.val_accuracy
                );
            }
        }
    }
    table
}

/// The runs as Keras-style JSON. One run: `{"params": …, "custom": {"loss": […], …}, "dense": …}`,
/// with `test_loss` and `test_accuracy` beside the lists once they are known. Several:
/// `{"params": …, "runs": [{"seed": …, "custom": …, "dense": …}, …]}`. What is not a number or
/// infinite is `null`.
pub fn json(runs: &[Run], settings: &Settings) -> String {
    let file = match runs {
        [] => File { params: settings, runs: Vec::new(), models: BTreeMap::new() },
        [run] => File { params: settings, runs: Vec::new(), models: models(run) },
        runs => {
            let runs = runs.iter().map(|run| RunInFile { seed: run.seed, models: models(run) });
            File { params: settings, runs: runs.collect(), models: BTreeMap::new() }
        }
    };
    // Writing to memory cannot fail, nor can a key that is a name.
    let text = serde_json::to_string(&file).expect("names and numbers have a form in JSON");
    text + "\n"
}

#[derive(Serialize)]
struct File<'a> {
    params: &'a Settings,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    runs: Vec<RunInFile<'a>>,
    #[serde(flatten)]
    models: BTreeMap<ModelKind, ModelInFile<'a>>,
}

#[derive(Serialize)]
struct RunInFile<'a> {
    seed: u32,
    #[serde(flatten)]
    models: BTreeMap<ModelKind, ModelInFile<'a>>,
}

#[derive(Serialize)]
struct ModelInFile<'a> {
    #[serde(flatten)]
    history: &'a History,
    #[serde(skip_serializing_if = "Option::is_none")]
    test_loss: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test_accuracy: Option<f64>,
}

fn models(run: &Run) -> BTreeMap<ModelKind, ModelInFile<'_>> {
    let models = run.models.iter().map(|(&kind, ModelRun { history, test })| {
        let test_loss = test.map(|test| test.loss);
        let test_accuracy = test.map(|test| test.accuracy);
        (kind, ModelInFile { history, test_loss, test_accuracy })
    });
    models.collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, from_str};

    use super::*;
    use crate::{
        adapter::{
            ModelKind::{Custom, Dense},
            made_up::{any_runs, history, run},
        },
        train::Score,
    };

    fn example() -> Run {
        let mut run = run([
            (Dense, history(&[0.1 + 0.2, 1e-7], 0.5)),
            (Custom, history(&[f64::NAN, f64::INFINITY], 1.0)),
        ]);
        let test = Score { loss: f64::NAN, accuracy: 0.25 };
        run.models.entry(Custom).or_default().test = Some(test);
        run
    }

    #[test]
    fn csv_has_a_line_for_each_run_model_and_epoch() {
        let second = Run { seed: 7, ..run([(Dense, history(&[0.25], 0.75))]) };
        assert_eq!(
            csv(&[example(), second]),
            "run,seed,model,epoch,loss,accuracy,val_loss,val_accuracy\n\
             1,1,custom,1,1,0.9,NaN,1\n\
             1,1,custom,2,0.5,0.9,inf,1\n\
             1,1,dense,1,1,0.9,0.30000000000000004,0.5\n\
             1,1,dense,2,0.5,0.9,0.0000001,0.5\n\
             2,7,dense,1,1,0.9,0.25,0.75\n"
        );
        assert_eq!(csv(&[]).lines().count(), 1);
    }

    const PARAMS: &str = "\"params\":{\"digits\":[0,2,5],\"epochs\":50,\"batch_size\":32,\
                          \"learning_rate\":0.01,\"seed\":1,\"runs\":1,\"control\":false}";

    #[test]
    fn one_run_is_as_keras_has_it() {
        let expected = format!(
            "{{{PARAMS},\
             \"custom\":{{\"loss\":[1.0,0.5],\"accuracy\":[0.9,0.9],\"val_loss\":[null,null],\
             \"val_accuracy\":[1.0,1.0],\"test_loss\":null,\"test_accuracy\":0.25}},\
             \"dense\":{{\"loss\":[1.0,0.5],\"accuracy\":[0.9,0.9],\
             \"val_loss\":[0.30000000000000004,1e-7],\"val_accuracy\":[0.5,0.5]}}}}\n"
        );
        assert_eq!(json(&[example()], &Settings::default()), expected);
        assert_eq!(json(&[], &Settings::default()), format!("{{{PARAMS}}}\n"));
    }

    #[test]
    fn several_runs_are_a_list_of_such() {
        let settings = Settings { runs: 2, ..Settings::default() };
        let second = Run { seed: 2, ..example() };
        let text = json(&[example(), second], &settings);
        let several: Value = from_str(&text).expect("JSON");
        let text = json(&[example()], &settings);
        let one: Value = from_str(&text).expect("JSON");
        assert_eq!(several["params"]["runs"], 2);
        for (index, run) in [0, 1].map(|index| (index, &several["runs"][index])) {
            assert_eq!(run["seed"], index + 1);
            assert_eq!(run["custom"], one["custom"]);
            assert_eq!(run["dense"], one["dense"]);
        }
    }

    proptest! {
        #[test]
        fn any_runs_can_be_written(runs in any_runs()) {
            let value: Value = from_str(&json(&runs, &Settings::default())).expect("JSON");
            prop_assert!(value.is_object());
            for line in csv(&runs).lines() {
                prop_assert_eq!(line.split(',').count(), 8);
            }
        }
    }
}
