//! Whatever the runs are, there are findings and files.

use mnist_cubic::{
    report::{
        Epoch, Experiment, Mistakes, NetworkRun, Run, TestScore, Verdict, csv, findings, json,
    },
    train::{Metrics, Score},
};
use proptest::prelude::*;
use serde_json::{Value as Json, from_str};

use crate::made_up::{EPOCH, TWO, experiment, reference};

fn any_experiment() -> impl Strategy<Value = Experiment> {
    let number =
        || prop_oneof![0.0..2.0, any::<f64>(), Just(f64::NAN), Just(f64::INFINITY), Just(0.0)];
    let finite = || prop_oneof![0.0..1.0, Just(0.98)];
    let epoch = prop_oneof![
        4 => ([finite(), finite(), finite(), finite()], 0..50_u32, [prop::option::of(finite()), prop::option::of(finite())]),
        1 => ([number().boxed(), number().boxed(), number().boxed(), number().boxed()], any::<u32>(), [prop::option::of(number()).boxed(), prop::option::of(number()).boxed()]),
    ];
    let epoch =
        epoch.prop_map(|([loss, accuracy, val_loss, val_accuracy], count, [truth, loss_share])| {
            Epoch {
                metrics: Metrics { loss, accuracy, val_loss, val_accuracy },
                mistakes: Mistakes { count, truth, loss_share },
            }
        });
    let test = prop::option::of((0..6_u32, number(), number())).prop_map(|test| {
        test.map(|(epoch, loss, accuracy)| TestScore {
            epoch,
            score: Score { loss, accuracy },
            mistakes: EPOCH.mistakes,
        })
    });
    let network = (prop::collection::vec(epoch, 0..6), test)
        .prop_map(|(epochs, test)| NetworkRun { epochs, test });
    let run = prop::collection::vec(network, 0..4).prop_map(|networks| Run { seed: 1, networks });
    prop::collection::vec(run, 0..8)
        .prop_map(|runs| Experiment { runs, ..experiment(&format!("{TWO};third:zero9"), vec![]) })
}

proptest! {
    #[test]
    fn any_runs_have_findings_and_files(mut experiment in any_experiment()) {
        let reference = reference();
        for reference in [None, Some(&reference)] {
            for pair in findings(&experiment, reference).pairs {
                for comparison in [pair.criteria.mistakes, pair.criteria.truth, pair.criteria.first_epoch] {
                    let [wins, losses] = comparison.wins;
                    prop_assert_eq!(wins + losses + comparison.ties, comparison.runs);
                    if let Verdict::Clear { leader } = comparison.verdict {
                        prop_assert!(pair.networks.contains(&leader));
                        prop_assert!(comparison.runs >= 5 || reference.is_some());
                    }
                }
            }
        }
        let file: Json = from_str(&json(&experiment)).expect("JSON");
        prop_assert!(file["params"].is_object());
        prop_assert!(csv(&experiment).lines().all(|line| line.split(',').count() == 8));

        let epoch = experiment.common_epoch();
        experiment.cut(None);
        for network in experiment.runs.iter().flat_map(|run| &run.networks) {
            prop_assert!(network.done() == epoch || network.diverged().is_some());
        }
        prop_assert_eq!(experiment.common_epoch(), epoch);
    }
}
