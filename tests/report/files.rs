//! How runs and findings are written: CSV, JSON, and what the page is given.

use mnist_cubic::{
    report::{Experiment, Run, TestScore, csv, json},
    train::Score,
};
use serde_json::{Value as Json, from_str};

use crate::made_up::{EPOCH, found, losses, mistakes, network, one_run, runs};

/// One run of two networks, one of which diverged and was tested.
fn example() -> Experiment {
    let mut example =
        one_run(vec![losses(0.1 + 0.2, 1e-7), losses(f64::NAN, f64::INFINITY)], vec![EPOCH]);
    example.runs[0].networks[0].test = Some(TestScore {
        epoch: 2,
        score: Score { loss: f64::NAN, accuracy: 0.25 },
        mistakes: EPOCH.mistakes,
    });
    example
}

#[test]
fn csv_has_a_line_for_each_run_network_and_epoch() {
    let mut example = example();
    example.runs.push(Run { seed: 7, networks: vec![network(&[]), network(&[EPOCH])] });
    assert_eq!(
        csv(&example),
        "run,seed,model,epoch,loss,accuracy,val_loss,val_accuracy\n\
         1,1,custom,1,0.30000000000000004,0.97,0.0000001,0.98\n\
         1,1,custom,2,NaN,0.97,inf,0.98\n\
         1,1,dense,1,0.1,0.97,0.1,0.98\n\
         2,7,dense,1,0.1,0.97,0.1,0.98\n"
    );
    assert_eq!(csv(&Experiment::default()).lines().count(), 1);
}

#[test]
fn json_of_one_run_is_as_keras_has_it() {
    let mut example = example();
    let params = serde_json::to_string(&example.settings).expect("JSON");
    let custom = "\"custom\":{\"loss\":[0.30000000000000004,null],\"accuracy\":[0.97,0.97],\
                  \"val_loss\":[1e-7,null],\"val_accuracy\":[0.98,0.98],\"test_loss\":null,\
                  \"test_accuracy\":0.25}";
    let dense = "\"dense\":{\"loss\":[0.1],\"accuracy\":[0.97],\"val_loss\":[0.1],\
                 \"val_accuracy\":[0.98]}";
    assert_eq!(json(&example), format!("{{\"params\":{params},{custom},{dense}}}\n"));
    // The networks come in the order of the settings.
    example.settings.networks.swap(0, 1);
    example.runs[0].networks.swap(0, 1);
    let params = serde_json::to_string(&example.settings).expect("JSON");
    assert_eq!(json(&example), format!("{{\"params\":{params},{dense},{custom}}}\n"));
}

#[test]
fn json_of_several_runs_is_a_list_of_such() {
    let mut several = example();
    several.settings.runs = 2;
    several.runs.push(Run { seed: 2, ..several.runs[0].clone() });
    let several: Json = from_str(&json(&several)).expect("JSON");
    let mut one: Json = from_str(&json(&example())).expect("JSON");
    assert_eq!(several["params"]["runs"], 2);
    assert_eq!(several["runs"][0], one);
    one["params"]["seed"] = 2.into();
    assert_eq!(several["runs"][1], one);
}

#[test]
fn findings_are_tagged_for_the_page() {
    let experiment = runs(&vec![[mistakes(30), mistakes(300)]; 5]);
    let found = serde_json::to_value(found(&experiment)).expect("JSON");
    let mistakes = &found["pairs"][0]["criteria"]["mistakes"];
    assert_eq!(mistakes["verdict"], serde_json::json!({"kind": "clear", "leader": 0}));
    assert_eq!(mistakes["values"][0], serde_json::json!({"kind": "measured", "value": 30.0}));
    assert_eq!(mistakes["seeds_needed"], serde_json::json!({"kind": "about", "seeds": 5}));
}
