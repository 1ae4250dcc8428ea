//! One run, and what may be said of it by the ten runs of the page.

use mnist_cubic::report::{
    Criterion, Experiment, Reference, Value, Verdict, findings, statistics::SeedsNeeded,
};

use crate::made_up::{
    CUSTOM, DENSE, EPOCH, diverged, found, learned_in, mistakes, one_run, reference, ten_runs,
    truth,
};

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
