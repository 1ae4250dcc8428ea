//! Several runs, compared seed by seed.

use mnist_cubic::report::{
    Criterion, Findings, Value, Verdict, differences, findings,
    statistics::{SeedsNeeded, median},
};

use crate::made_up::{
    CUSTOM, DENSE, TWO, experiment, found, learned_in, losses, mistakes, reference, runs, truth,
};

#[test]
fn the_median_of_an_even_number_is_the_mean_of_two() {
    assert_eq!(median(&mut []), None);
    assert_eq!(median(&mut [3.0, 1.0, 2.0]), Some(2.0));
    assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), Some(2.5));
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
