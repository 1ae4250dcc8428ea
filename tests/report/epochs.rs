//! Epochs, and the last one that all networks share.

use mnist_cubic::{
    report::{
        Epoch, Experiment, Mistakes, NetworkRun, TestScore, Value, Verdict, best_differences,
        differences,
    },
    train::{Evaluated, Score, Snapshot},
};

use crate::made_up::{EPOCH, TWO, diverged, experiment, found, losses, mistakes, one_run};

#[test]
fn an_epoch_is_made_of_a_snapshot_at_its_end() {
    let score = Score { loss: 0.1, accuracy: 0.98 };
    let mut snapshot = Snapshot {
        images_seen: 100,
        metrics: None,
        weights: vec![],
        validation: Evaluated {
            score,
            classes: vec![0, 1, 2, 2, 0],
            log_odds: [1.0, 3.0, 1.0, 7.0, 4.0].map(|odds: f32| odds.ln()).into(),
            answers: vec![1, 1, 0, 2, 0],
        },
    };
    assert_eq!(Epoch::of(&snapshot), None);
    snapshot.metrics = Some(EPOCH.metrics);
    let epoch = Epoch::of(&snapshot).expect("an epoch's end");
    assert_eq!(epoch.metrics, EPOCH.metrics);
    // Odds of o leave the right class a chance of o / (1 + o): 1/2 in both mistakes, and 3/4, 7/8
    // and 4/5 in the others.
    let Mistakes { count, truth, loss_share } = epoch.mistakes;
    assert_eq!(count, 2);
    assert!((truth.expect("mistakes") - 0.5).abs() < 1e-6);
    let losses = [0.5, 0.5, 0.75, 0.875, 0.8].map(|chance: f64| -chance.ln());
    let share = (losses[0] + losses[1]) / losses.iter().sum::<f64>();
    assert!((loss_share.expect("losses") - share).abs() < 1e-6);
}

#[test]
fn without_mistakes_there_is_no_chance_to_speak_of() {
    let mut evaluated = Evaluated {
        score: Score { loss: 0.1, accuracy: 1.0 },
        classes: vec![0, 1],
        log_odds: vec![2.0, 3.0],
        answers: vec![0, 1],
    };
    let none = Mistakes { count: 0, truth: None, loss_share: Some(0.0) };
    assert_eq!(Mistakes::of(&evaluated), none);
    // After a divergence nothing is a number.
    evaluated.log_odds = vec![f32::NAN; 2];
    assert_eq!(Mistakes::of(&evaluated).loss_share, None);
    // So sure of the wrong class that the right one has no chance in f32.
    evaluated = Evaluated { log_odds: vec![-200.0, 3.0], answers: vec![1, 1], ..evaluated };
    let sure = Mistakes::of(&evaluated);
    assert_eq!(sure.count, 1);
    assert!(sure.truth.is_some_and(|truth| (truth / (-200.0_f64).exp() - 1.0).abs() < 1e-9));
}

#[test]
fn the_common_epoch_does_not_wait_for_what_diverged() {
    let epoch = |a: &[Epoch], b: &[Epoch]| one_run(a.to_vec(), b.to_vec()).common_epoch();
    assert_eq!(epoch(&[EPOCH; 3], &[EPOCH; 2]), 2);
    assert_eq!(epoch(&[EPOCH; 3], &[]), 0);
    assert_eq!(epoch(&[EPOCH; 3], &[diverged()]), 3);
    assert_eq!(epoch(&[EPOCH, diverged()], &[diverged()]), 2);
    assert_eq!(Experiment::default().common_epoch(), 0);
    // In the first run nothing is left to compare, in the second there is.
    let both = experiment(
        TWO,
        vec![vec![vec![diverged()], vec![diverged()]], vec![vec![EPOCH; 5], vec![EPOCH; 4]]],
    );
    assert_eq!((both.common_epoch(), found(&both).runs), (4, 2));
}

#[test]
fn stopping_cuts_all_at_the_common_epoch() {
    let tested = |epoch| {
        Some(TestScore {
            epoch,
            score: Score { loss: 0.1, accuracy: 0.98 },
            mistakes: EPOCH.mistakes,
        })
    };
    let mut stopped = experiment(
        TWO,
        vec![
            vec![vec![EPOCH; 5], vec![EPOCH; 3]],
            vec![vec![EPOCH; 4], vec![EPOCH; 2]],
            vec![vec![EPOCH; 3], vec![diverged()]],
        ],
    );
    stopped.runs[0].networks[0].test = tested(5);
    stopped.runs[0].networks[1].test = tested(3);
    stopped.cut(None);
    let left: Vec<_> = stopped
        .runs
        .iter()
        .map(|run| (run.seed, run.networks.iter().map(NetworkRun::done).collect()))
        .collect();
    assert_eq!(left, [(1, vec![3, 3]), (3, vec![3, 1])]);
    assert_eq!(stopped.runs[0].networks[0].test, None, "of later weights");
    assert_eq!(stopped.runs[0].networks[1].test, tested(3));
    for (at_most, left) in [(7, 3), (2, 2)] {
        stopped.cut(Some(at_most));
        assert_eq!(stopped.common_epoch(), left);
    }
    assert_eq!(stopped.runs[0].networks[1].test, None);
}

#[test]
fn before_the_first_epoch_there_is_nothing_to_say() {
    for nothing in [experiment(TWO, vec![]), one_run(vec![], vec![]), one_run(vec![EPOCH], vec![])]
    {
        let found = found(&nothing);
        assert_eq!((found.epoch, found.networks.len(), found.tests), (0, 2, vec![None, None]));
        let mistakes = &found.pairs[0].criteria.mistakes;
        assert_eq!(mistakes.verdict, Verdict::NotYet);
        assert_eq!(mistakes.values, [Value::NotYet; 2]);
        assert_eq!(found.networks[0].overfitting, None);
        assert_eq!(found.networks[0].guessing, None);
    }
}

#[test]
fn networks_are_compared_after_the_same_number_of_images() {
    let ahead = vec![mistakes(40), mistakes(30), mistakes(20)];
    let found = found(&one_run(ahead, vec![mistakes(50), mistakes(35)]));
    assert_eq!(found.epoch, 2);
    let values = found.pairs[0].criteria.mistakes.values;
    assert_eq!(values, [Value::Measured(30.0), Value::Measured(35.0)]);
    assert_eq!(found.networks[0].values.mistakes, Value::Measured(30.0));
}

#[test]
fn each_network_is_taken_at_its_own_best_epoch() {
    let custom = |least: f64| {
        [(0.2, 40), (least, 30), (0.3, 50)].map(|(loss, count)| Epoch {
            mistakes: Mistakes { count, ..EPOCH.mistakes },
            ..losses(0.1, loss)
        })
    };
    let dense = [0.3, 0.2, 0.1].map(|loss| losses(0.1, loss));
    let run = |least| vec![custom(least).to_vec(), dense.to_vec()];
    let experiment = experiment(TWO, vec![run(0.05), run(0.07)]);
    let best = best_differences(&experiment);
    assert_eq!(best.pairs[0].measures.len(), 3, "when it got there is no matter of the moment");
    let of_runs = |at: usize| best.pairs[0].measures[at].of_runs.clone();
    assert!(of_runs(0).iter().zip([-0.05, -0.03]).all(|(a, b)| (a - b).abs() < 1e-12));
    assert_eq!(of_runs(1), [10.0, 10.0], "30 less the 20 of the last epoch");

    let [custom, dense] = [0, 1].map(|at| found(&experiment).networks[at].best.expect("a best"));
    assert_eq!((custom.epoch, dense.epoch), (2, 3));
    assert!((custom.val_loss - 0.06).abs() < 1e-12 && (dense.val_loss - 0.1).abs() < 1e-12);
    // After the first epoch, that is the best.
    let first = differences(&experiment, Some(1));
    assert_eq!(
        (first.epoch, first.pairs[0].measures[1].of_runs.as_slice()),
        (1, [20.0; 2].as_slice())
    );
}

#[test]
fn what_diverged_has_no_best_epoch() {
    let broken = vec![EPOCH, diverged()];
    let found = found(&one_run(broken.clone(), broken));
    assert_eq!(found.networks[0].best, None);
}
