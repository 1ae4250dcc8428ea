//! What is found in made-up runs, and how they are written.
#![cfg(not(target_arch = "wasm32"))]

use mnist_cubic::{
    network::parse_networks,
    report::{
        Criterion, Epoch, Experiment, Findings, Mistakes, NetworkRun, Reference, Run, TestScore,
        Value, Verdict, best_differences, csv, differences, findings, json,
        statistics::{SeedsNeeded, median},
    },
    settings::Settings,
    train::{Evaluated, Metrics, Score, Snapshot},
};
use proptest::prelude::*;
use serde_json::{Value as Json, from_str};

/// An epoch of a network that learns, with 98 % read rightly.
const EPOCH: Epoch = Epoch {
    metrics: Metrics { loss: 0.1, accuracy: 0.97, val_loss: 0.1, val_accuracy: 0.98 },
    mistakes: Mistakes { count: 20, truth: Some(0.125), loss_share: Some(0.5) },
};

fn mistakes(count: u32) -> Epoch {
    let mistakes = Mistakes { count, ..EPOCH.mistakes };
    Epoch { mistakes, ..EPOCH }
}

fn truth(truth: Option<f64>) -> Epoch {
    let mistakes = Mistakes { truth, ..EPOCH.mistakes };
    Epoch { mistakes, ..EPOCH }
}

fn losses(loss: f64, val_loss: f64) -> Epoch {
    let metrics = Metrics { loss, val_loss, ..EPOCH.metrics };
    Epoch { metrics, ..EPOCH }
}

fn val_accuracy(val_accuracy: f64) -> Epoch {
    let metrics = Metrics { val_accuracy, ..EPOCH.metrics };
    Epoch { metrics, ..EPOCH }
}

fn diverged() -> Epoch {
    losses(0.1, f64::NAN)
}

/// Epochs up to the 12th, of which the `first`-th is the first with 98 % right.
fn learned_in(first: u32) -> Vec<Epoch> {
    (1..=12).map(|epoch| val_accuracy(if epoch < first { 0.9799 } else { 0.98 })).collect()
}

fn network(epochs: &[Epoch]) -> NetworkRun {
    NetworkRun { epochs: epochs.to_vec(), test: None }
}

/// Runs of networks that are given by text: in each run, the epochs of each network.
fn experiment(networks: &str, runs: Vec<Vec<Vec<Epoch>>>) -> Experiment {
    let settings = Settings {
        networks: parse_networks(networks).expect("networks"),
        runs: runs.len() as u32,
        ..Settings::default()
    };
    let runs = (0..).zip(runs).map(|(index, networks)| Run {
        seed: settings.run_seed(index),
        networks: networks.iter().map(|epochs| network(epochs)).collect(),
    });
    Experiment { runs: runs.collect(), validation_images: 3461, settings }
}

const TWO: &str = "custom:relu150,relu100,cubic50;dense:relu100,relu50";

/// Runs of one epoch of the notebook's two networks.
fn runs(pairs: &[[Epoch; 2]]) -> Experiment {
    let runs = pairs.iter().map(|pair| pair.map(|epoch| vec![epoch]).into());
    experiment(TWO, runs.collect())
}

/// One run of the notebook's two networks.
fn one_run(custom: Vec<Epoch>, dense: Vec<Epoch>) -> Experiment {
    experiment(TWO, vec![vec![custom, dense]])
}

/// Ten runs of twelve epochs of the notebook's two networks. The mistakes have a standard deviation
/// of 3.028, the chances' logarithms one of 0.3028, the first epochs one of 0.5270.
fn ten_runs() -> Experiment {
    let run = |run: u32| {
        let network = |first| {
            let mut epochs = learned_in(first + run % 2);
            for epoch in &mut epochs {
                epoch.mistakes.count = 30 + run;
                epoch.mistakes.truth = Some(0.01 * (f64::from(run) / 10.0).exp());
            }
            epochs
        };
        vec![network(3), network(9)]
    };
    let mut ten = experiment(TWO, (0..10).map(run).collect());
    ten.settings.seed = 1001;
    ten.settings.epochs = 12;
    for (index, run) in (0..).zip(&mut ten.runs) {
        run.seed = ten.settings.run_seed(index);
    }
    ten
}

fn reference() -> Reference {
    Reference::new(ten_runs()).expect("complete runs")
}

/// What is found without knowing what seeds do.
fn found(experiment: &Experiment) -> Findings {
    findings(experiment, None)
}

const CUSTOM: Verdict = Verdict::Clear { leader: 0 };
const DENSE: Verdict = Verdict::Clear { leader: 1 };

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
fn the_median_of_an_even_number_is_the_mean_of_two() {
    assert_eq!(median(&mut []), None);
    assert_eq!(median(&mut [3.0, 1.0, 2.0]), Some(2.0));
    assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), Some(2.5));
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
fn one_run_cannot_tell_where_it_is_not_known_what_seeds_do() {
    let run = one_run(vec![mistakes(3)], vec![mistakes(300)]);
    let comparison = found(&run).pairs.remove(0).criteria.mistakes;
    assert_eq!(comparison.verdict, Verdict::OneRunCantTell);
    assert_eq!((comparison.interval, comparison.seeds_needed), (None, None));
    assert_eq!((comparison.wins, comparison.ties, comparison.runs), ([1, 0], 0, 1));
    let equal = found(&one_run(vec![mistakes(3)], vec![mistakes(3)]));
    assert_eq!(equal.pairs[0].criteria.mistakes.verdict, Verdict::Tied);
}

/// Two single runs differ with a standard deviation of √2 · 3.028, which seeds exceed by
/// `t.ppf(1 - 0.05 / 6, 9)` = 2.933 only once in sixty times: by 12.56.
#[test]
fn one_run_tells_what_is_beyond_what_seeds_do() {
    let verdict = |custom, dense| {
        let run = one_run(vec![mistakes(custom)], vec![mistakes(dense)]);
        let found = findings(&run, Some(&reference()));
        found.pairs[0].criteria.mistakes.clone()
    };
    assert_eq!(verdict(30, 43).verdict, CUSTOM);
    assert_eq!(verdict(43, 30).verdict, DENSE);
    assert_eq!(verdict(30, 42).verdict, Verdict::WithinSpread);
    let interval = verdict(30, 43).interval.expect("an interval");
    assert!((interval.high + 13.0 - 12.5597).abs() < 1e-4, "{interval:?}");
    // ceil(TTestPower().solve_power(effect_size=13 / 4.28174, alpha=0.05 / 3, power=0.8)) is 5.
    assert_eq!(verdict(30, 43).seeds_needed, Some(SeedsNeeded::About(5)));
    assert_eq!(verdict(30, 30).seeds_needed, Some(SeedsNeeded::Over(1000)));
}

/// By the same reckoning, chances must differ by a factor of exp(1.256) = 3.51.
#[test]
fn chances_are_compared_by_their_ratio() {
    let verdict = |custom, dense| {
        let run = one_run(vec![truth(Some(custom))], vec![truth(Some(dense))]);
        let found = findings(&run, Some(&reference()));
        found.pairs[0].criteria.truth.verdict
    };
    assert_eq!(verdict(0.001, 0.0036), DENSE);
    assert_eq!(verdict(0.1, 0.36), DENSE);
    assert_eq!(verdict(0.36, 0.1), CUSTOM);
    assert_eq!(verdict(0.1, 0.34), Verdict::WithinSpread);
    assert_eq!(verdict(0.0, 0.34), DENSE, "a chance that was rounded to 0");
}

/// By the same reckoning, first epochs must differ by 2.19.
#[test]
fn what_is_not_reached_yet_comes_later() {
    let at = |epoch: usize| {
        let [custom, dense] = [4, 12].map(|first| learned_in(first)[..epoch].to_vec());
        let found = findings(&one_run(custom, dense), Some(&reference()));
        found.pairs[0].criteria.first_epoch.clone()
    };
    let neither = at(3);
    assert_eq!(neither.values, [Value::NotReached; 2]);
    assert_eq!(neither.verdict, Verdict::Tied);
    // After five epochs the other one may still reach it in the sixth, two later.
    assert_eq!(at(5).values, [Value::Measured(4.0), Value::NotReached]);
    assert_eq!(at(5).verdict, Verdict::WithinSpread);
    assert_eq!((at(6).verdict, at(6).interval), (CUSTOM, None));
    assert_eq!(at(12).interval.expect("both reached it").mean, -8.0);
}

#[test]
fn the_reference_holds_only_for_its_own_settings() {
    let run = || one_run(vec![mistakes(30)], vec![mistakes(300)]);
    let verdict = |change: fn(&mut Experiment)| {
        let mut run = run();
        change(&mut run);
        findings(&run, Some(&reference())).pairs[0].criteria.mistakes.verdict
    };
    for same in [
        (|_| ()) as fn(&mut Experiment),
        |e| e.settings.epochs = 3,
        |e| e.settings.seed = 7,
        |e| e.settings.networks[0].name = "another".to_owned(),
        |e| e.settings.networks[0].learning_rate = Some(0.01),
        |e| e.settings.networks.swap(0, 1),
    ] {
        assert_eq!(verdict(same), CUSTOM);
    }
    for other in [
        (|e| e.settings.digits = vec![0, 2, 6]) as fn(&mut Experiment),
        |e| e.settings.batch_size = 31,
        |e| e.settings.learning_rate = 0.02,
        |e| e.settings.networks[1].learning_rate = Some(0.02),
        |e| e.settings.networks[1].architecture.0[0].1 = 99,
        |e| e.validation_images = 3460,
        // The reference ends with the twelfth epoch.
        |e| e.runs[0].networks.iter_mut().for_each(|n| n.epochs = vec![EPOCH; 13]),
    ] {
        let verdict = verdict(other);
        assert!(matches!(verdict, Verdict::OneRunCantTell | Verdict::Tied), "{verdict:?}");
    }
}

#[test]
fn fewer_than_five_seeds_have_no_leader() {
    let verdicts = |count| {
        let pairs = vec![[mistakes(30), mistakes(300)]; count];
        let found = findings(&runs(&pairs), Some(&reference()));
        found.pairs[0].criteria.mistakes.verdict
    };
    assert_eq!([2, 4].map(verdicts), [Verdict::TooFewSeeds; 2]);
    assert_eq!(verdicts(5), CUSTOM);
}

/// The numbers of `ttest_rel` and `TTestPower` of scipy 1.17 and statsmodels 0.15:
/// `ttest_rel(x, y).confidence_interval(1 - 0.05 / 3)`, and
/// `TTestPower().solve_power(3.0 / std(x - y, ddof=1), alpha=0.05 / 3, power=0.8)`.
#[test]
fn several_runs_are_compared_by_the_paired_interval() {
    let pairs = [(30, 35), (33, 35), (31, 36), (36, 37), (32, 34)];
    let pairs = pairs.map(|(custom, dense)| [custom, dense].map(mistakes));
    let comparison = found(&runs(&pairs)).pairs.remove(0).criteria.mistakes;
    let interval = comparison.interval.expect("an interval");
    assert_eq!(comparison.values, [Value::Measured(32.4), Value::Measured(35.4)]);
    assert!((interval.mean + 3.0).abs() < 1e-12);
    assert!((interval.low + 6.313831723770303).abs() < 1e-9, "{interval:?}");
    assert!((interval.high - 0.31383172377030943).abs() < 1e-9, "{interval:?}");
    assert_eq!(comparison.verdict, Verdict::WithinSpread);
    assert_eq!((comparison.wins, comparison.ties), ([5, 0], 0));
    assert_eq!(comparison.seeds_needed, Some(SeedsNeeded::About(8)));

    // Each of two more pairs shows less by itself, but the interval narrows.
    let more = [pairs.as_slice(), &[[mistakes(31), mistakes(34)]; 2]].concat();
    assert_eq!(found(&runs(&more)).pairs[0].criteria.mistakes.verdict, CUSTOM);
}

/// With the standard deviation of 3.5^½ of the same five pairs, and Student's t of four degrees of
/// freedom from a table.
#[test]
fn several_runs_are_told_one_by_one() {
    let pairs = [(30, 35), (33, 35), (31, 36), (36, 37), (32, 34)];
    let pairs = pairs.map(|(custom, dense)| [custom, dense].map(mistakes));
    let experiment = runs(&pairs);
    let told = differences(&experiment, None);
    assert_eq!((told.epoch, told.runs, told.pairs.len()), (1, 5, 1));
    let measures = &told.pairs[0].measures;
    assert_eq!(
        measures.iter().map(|one| one.measure).collect::<Vec<_>>(),
        [Criterion::Loss, Criterion::Mistakes, Criterion::Truth, Criterion::FirstEpoch]
    );
    let mistakes = &measures[1];
    assert_eq!(mistakes.of_runs, [-5.0, -2.0, -5.0, -1.0, -2.0]);
    let alone = mistakes.alone.expect("an interval");
    let margin = 2.776_445_105_197_798_7 * (3.5_f64 / 5.0).sqrt();
    assert!((alone.low + 3.0 + margin).abs() < 1e-9, "{alone:?}");
    assert!((alone.high + 3.0 - margin).abs() < 1e-9, "{alone:?}");
    // Beside others it is the answer's.
    assert_eq!(mistakes.comparison, found(&experiment).pairs[0].criteria.mistakes);
    // First epochs have no mean: what was not reached has no number.
    assert_eq!((measures[3].alone, measures[3].of_runs.as_slice()), (None, [0.0; 5].as_slice()));
}

#[test]
fn losses_are_compared_run_by_run() {
    let run = |custom, dense| [losses(0.1, custom), losses(0.1, dense)];
    let pairs =
        [run(0.15, 0.04), run(0.16, 0.03), run(0.13, 0.05), run(0.14, 0.04), run(0.15, 0.04)];
    let told = differences(&runs(&pairs), None);
    let loss = &told.pairs[0].measures[0].comparison;
    assert_eq!((loss.verdict, loss.wins), (DENSE, [0, 5]));
    assert!((loss.interval.expect("an interval").mean - 0.106).abs() < 1e-12);

    let broken = [run(f64::NAN, 0.04), run(0.16, 0.03)];
    let told = differences(&runs(&broken), None);
    assert_eq!(told.pairs[0].measures[0].of_runs.len(), 1, "what diverged is not compared");
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

#[test]
fn more_networks_make_intervals_wider() {
    let run = vec![vec![mistakes(30)], vec![mistakes(33)], vec![mistakes(36)]];
    let two = experiment(TWO, vec![run[..2].to_vec(); 5]);
    let three = format!("{TWO};control:relu150,relu100,relu50");
    let three = experiment(&three, vec![run; 5]);
    let high = |found: &Findings| found.pairs[0].criteria.mistakes.interval.expect("one").high;
    let (two, three) = (found(&two), found(&three));
    assert_eq!((two.significance, three.significance), (0.05 / 3.0, 0.05 / 9.0));
    // t.ppf(1 - 0.05 / 6, 4) and t.ppf(1 - 0.05 / 18, 4) of scipy 1.17.
    let ratio = (high(&three) + 3.0) / (high(&two) + 3.0);
    assert!((ratio - 5.436591556004173 / 3.9607864827701835).abs() < 1e-9);
    let places: Vec<_> = three.pairs.iter().map(|pair| pair.networks).collect();
    assert_eq!(places, [[0, 1], [0, 2], [1, 2]]);
    let leader = three.pairs[2].criteria.mistakes.verdict;
    assert_eq!(leader, Verdict::Clear { leader: 1 });
}

#[test]
fn first_epochs_over_several_runs_are_compared_by_wins() {
    let comparison = |firsts: &[(u32, u32)]| {
        let run = |&(custom, dense)| vec![learned_in(custom), learned_in(dense)];
        let runs = firsts.iter().map(run).collect();
        found(&experiment(TWO, runs)).pairs.remove(0).criteria.first_epoch
    };
    // 13 is beyond the last epoch: not reached.
    let clear = comparison(&[(4, 9), (5, 13), (3, 13), (4, 10), (6, 7), (4, 13), (4, 13), (4, 4)]);
    assert_eq!(clear.values, [Value::Measured(4.0), Value::NotReached]);
    assert_eq!((clear.wins, clear.ties), ([7, 0], 1));
    assert_eq!((clear.verdict, clear.interval), (CUSTOM, None));
    // Seven wins would do, but one run in eight is a tie.
    assert_eq!(clear.seeds_needed, Some(SeedsNeeded::About(8)));

    // binomtest(6, 6).pvalue is 0.03, above 0.05 / 3.
    let unclear = comparison(&[(13, 9); 6]);
    assert_eq!(unclear.verdict, Verdict::WithinSpread);
    assert_eq!(unclear.seeds_needed, Some(SeedsNeeded::About(7)));
    assert_eq!(comparison(&[(13, 9); 7]).verdict, DENSE);
    assert_eq!(comparison(&[(13, 13); 7]).verdict, Verdict::Tied);
}

#[test]
fn no_mistakes_leave_nothing_to_compare() {
    let none = [truth(None), truth(Some(0.1))];
    let one = found(&runs(&[none]));
    let comparison = &one.pairs[0].criteria.truth;
    assert_eq!(comparison.verdict, Verdict::NoMistakes);
    assert_eq!(comparison.values[0], Value::NoMistakes);
    assert!(matches!(comparison.values[1], Value::Measured(chance) if (chance - 0.1).abs() < 1e-9));
    // Runs with mistakes on both sides are compared.
    let some = [truth(Some(0.001)), truth(Some(0.1))];
    let found = found(&runs(&[none, some, some, some, some, some]));
    let comparison = &found.pairs[0].criteria.truth;
    assert_eq!((comparison.runs, comparison.verdict), (5, DENSE));
    assert_eq!(comparison.wins, [0, 5]);
}

#[test]
fn what_diverged_is_not_compared_but_named() {
    let sound = [mistakes(30), mistakes(36)];
    let found = found(&runs(&[sound, [diverged(), mistakes(36)]]));
    let divergence = found.networks[0].divergence.expect("a divergence");
    assert_eq!((divergence.runs, divergence.epoch), (1, 1));
    assert_eq!(found.networks[1].divergence, None);
    assert_eq!(found.pairs[0].criteria.mistakes.runs, 1);
    assert_eq!(found.pairs[0].criteria.mistakes.verdict, Verdict::TooFewSeeds);

    let later = one_run(vec![EPOCH, diverged()], vec![EPOCH; 3]);
    let later = findings(&later, Some(&reference()));
    assert_eq!(later.networks[0].divergence.expect("a divergence").epoch, 2);
    let criteria = &later.pairs[0].criteria;
    assert_eq!(criteria.mistakes.verdict, Verdict::Diverged);
    assert_eq!(criteria.mistakes.values, [Value::Diverged, Value::Measured(20.0)]);
    assert_eq!(criteria.first_epoch.values, [Value::Measured(1.0); 2]);
}

#[test]
fn the_mistakes_share_of_the_loss_is_given() {
    let with =
        |share| Epoch { mistakes: Mistakes { loss_share: share, ..EPOCH.mistakes }, ..EPOCH };
    let found = found(&runs(&[[with(Some(0.9)), with(None)], [with(Some(0.7)), with(None)]]));
    assert!((found.networks[0].loss_share.expect("a share") - 0.8).abs() < 1e-12);
    assert_eq!(found.networks[1].loss_share, None);
}

#[test]
fn overfitting_is_a_lasting_rise_while_training_loss_falls() {
    let overfitting = |val_losses: &[f64], training: fn(f64) -> f64| {
        let epochs = (1..).zip(val_losses);
        let epochs: Vec<_> =
            epochs.map(|(epoch, &val_loss)| losses(training(f64::from(epoch)), val_loss)).collect();
        found(&one_run(epochs.clone(), epochs)).networks[0].overfitting
    };
    let falling = |epoch| 1.0 / epoch;
    let found = overfitting(&[0.2, 0.1, 0.12, 0.14, 0.16], falling).expect("overfitting");
    assert_eq!((found.runs, found.since, found.least, found.now), (1, 2, 0.1, 0.16));
    assert_eq!((found.training_then, found.training_now), (0.5, 0.2));
    assert_eq!(overfitting(&[0.2, 0.1, 0.12, 0.14], falling), None, "two epochs");
    assert_eq!(overfitting(&[0.2, 0.1, 0.12, 0.14, 0.109], falling), None, "back");
    assert_eq!(overfitting(&[0.2, 0.1, 0.12, 0.14, 0.16], |_| 1.0), None, "not learning");
    assert_eq!(overfitting(&[0.2, 0.1, 0.12, 0.14, f64::NAN], falling), None, "diverged");

    // Over three runs: since the middle one's epoch, from and to the means.
    let run = |least: usize| -> Vec<_> {
        let val_loss = |epoch: usize| if epoch == least { 0.1 } else { 0.2 };
        (1..=9).map(|epoch| losses(1.0 / epoch as f64, val_loss(epoch))).collect()
    };
    let several = [2, 5, 3, 8].map(|least| vec![run(least), run(8)]);
    let several = findings(&experiment(TWO, several.into()), None);
    let found = several.networks[0].overfitting.expect("overfitting");
    assert_eq!((found.runs, found.since), (3, 3));
    assert!((found.now - 0.2).abs() < 1e-12 && (found.least - 0.1).abs() < 1e-12);
    assert_eq!(several.networks[1].overfitting, None, "one epoch after the least");
}

#[test]
fn guessing_is_the_loss_and_accuracy_of_chance() {
    let guessing = |val_loss, accuracy| {
        let mut epoch = val_accuracy(accuracy);
        epoch.metrics.val_loss = val_loss;
        found(&one_run(vec![epoch], vec![EPOCH])).networks[0].guessing
    };
    let found = guessing(1.0986, 0.34).expect("guessing");
    assert_eq!((found.runs, found.val_accuracy), (1, 0.34));
    assert_eq!(guessing(1.0, 0.34), None, "0.95 · ln 3 is 1.044");
    assert_eq!(guessing(1.0986, 0.47), None, "1/3 + 0.2 · 2/3 is 0.467");
}

#[test]
fn the_layer_is_credited_only_where_nothing_else_differs() {
    let one_layer =
        |networks: &str| found(&experiment(networks, vec![])).pairs[0].differ_in_one_layer;
    let found = one_layer("a:relu150,relu100,cubic50;b:relu150,relu100,relu50").expect("a layer");
    assert_eq!((found.place, found.kinds), (2, ["cubic", "relu"]));
    let rate = one_layer("a:cubic9@0.01;b:sine9").expect("the rate is everybody's");
    assert_eq!((rate.place, rate.kinds), (0, ["cubic", "sine"]));
    for networks in [
        TWO,
        "a:relu9;b:relu9",
        "a:cubic9;b:relu8",
        "a:cubic9,cubic9;b:relu9,relu9",
        "a:cubic9,relu9;b:relu9,cubic9",
        "a:relu9,cubic9;b:relu9",
        "a:cubic9@0.1;b:relu9",
    ] {
        assert_eq!(one_layer(networks), None, "{networks}");
    }
}

#[test]
fn test_scores_stand_apart() {
    let mut experiment = runs(&[[EPOCH; 2]; 3]);
    let test = |epoch, loss, truth| {
        Some(TestScore {
            epoch,
            score: Score { loss, accuracy: 1.0 - loss },
            mistakes: Mistakes { count: (100.0 * loss) as u32, truth, loss_share: None },
        })
    };
    let without = found(&experiment);
    experiment.runs[0].networks[0].test = test(1, 0.25, Some(0.01));
    experiment.runs[1].networks[0].test = test(1, 0.75, Some(0.0001));
    experiment.runs[2].networks[0].test = test(2, 0.9, None);
    experiment.runs[0].networks[1].test = test(1, f64::NAN, None);
    let mut with = found(&experiment);
    let tested = with.tests[0].expect("a score");
    assert_eq!((tested.runs, tested.mistakes), (2, 50.0));
    assert_eq!((tested.score.loss, tested.score.accuracy), (0.5, 0.5));
    assert!((tested.truth.expect("a chance") - 0.001).abs() < 1e-12);
    assert_eq!(with.tests[1], None, "not finite");
    with.tests = without.tests.clone();
    assert_eq!(with, without, "they take no part in anything else");
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

#[test]
fn the_ten_runs_are_read_back() {
    let mut ten = ten_runs();
    ten.runs[3].networks[1].epochs[2].metrics.val_loss = 0.123456789;
    let written = Reference::new(ten).expect("complete").to_json();
    let read = Reference::from_json(&written).expect("what was written");
    let epoch = &read.experiment().runs[3].networks[1].epochs[2];
    assert_eq!(epoch.metrics.val_loss, 0.123457);
    assert_eq!(read.to_json(), written);

    let of = one_run(vec![EPOCH], vec![EPOCH]);
    let values = |index, criterion| read.values(&of, index, criterion, 1).expect("the ten");
    assert_eq!(values(1, Criterion::Mistakes)[9], Value::Measured(39.0));
    assert_eq!(values(1, Criterion::FirstEpoch)[..2], [9.0, 10.0].map(Value::Measured));
}

#[test]
fn a_wrong_file_of_ten_runs_is_refused_with_a_sentence() {
    let text = reference().to_json();
    let refused = |text: &str| {
        let error = Reference::from_json(text).expect_err("a refusal").to_string();
        assert!(error.contains("the ten runs' file"), "{error}");
        error
    };
    assert!(refused("").contains("cannot be read"));
    assert!(refused(&text[..text.len() / 2]).contains("cannot be read"));
    assert!(refused(&text.replace("digits=0", "digits=x")).contains("the digits must be"));
    assert!(refused(&text.replace("runs=10", "runs=9")).contains("holds 10 runs, expected 9"));
    assert!(refused(&text.replace("epochs=12", "epochs=13")).contains("13 finite epochs"));
    assert!(refused(&text.replace("\"seed\":1004", "\"seed\":5")).contains("expected seed 1004"));
    let mut diverges = ten_runs();
    diverges.runs[0].networks[0].epochs[11] = diverged();
    Reference::new(diverges).expect_err("a network diverged");
}

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
