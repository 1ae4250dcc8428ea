use proptest::prelude::*;

use super::{Problem, Settings};

const DEFAULT: &str = "digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1";

/// The settings that a hash gives, and what it complains about.
fn read(hash: &str) -> (Settings, Vec<String>) {
    let (settings, problems) = Settings::from_hash(hash);
    (
        settings,
        problems
            .into_iter()
            .map(|problem| problem.message)
            .collect(),
    )
}

#[test]
fn defaults_have_the_documented_hash() {
    assert_eq!(Settings::default().to_hash(), DEFAULT);
    for hash in ["", "#", DEFAULT, &format!("#{DEFAULT}"), "&&", "#epochs=50"] {
        assert_eq!(read(hash), (Settings::default(), vec![]), "{hash}");
    }
}

#[test]
fn every_setting_is_read_and_written() {
    let hash = "digits=1,7&epochs=3&batch=1024&lr=0.3&seed=4294967295&runs=20&control=1";
    let expected = Settings {
        digits: vec![1, 7],
        epochs: 3,
        batch_size: 1024,
        learning_rate: 0.3,
        seed: u32::MAX,
        runs: 20,
        control: true,
    };
    assert_eq!(read(hash), (expected.clone(), vec![]));
    assert_eq!(expected.to_hash(), hash);
    assert_eq!(expected.check(), Ok(()));
    assert_eq!(expected.run_seed(1), 0);
}

#[test]
fn digits_may_come_in_any_order_and_encoded() {
    let (settings, problems) = read("#digits=9%2C0%2c4&lr=1e-3");
    assert_eq!((settings.digits, problems), (vec![0, 4, 9], vec![]));
    assert_eq!(settings.learning_rate, 0.001);
}

#[test]
fn bad_values_are_named_and_replaced() {
    let digits = "the digits must be 2 to 10 different ones of 0 to 9, in ascending order and \
                  with commas between them. The default, 0,2,5, is used.";
    let epochs = "the number of epochs must be a whole number from 1 to 1000. The default, 50, \
                  is used.";
    let batch = "the batch size must be a whole number from 1 to 1024. The default, 32, is used.";
    let lr = "the learning rate must be a number above 0 and at most 10. The default, 0.01, is \
              used.";
    let seed = "the seed must be a whole number from 0 to 4294967295. The default, 1, is used.";
    let runs = "the number of runs must be a whole number from 1 to 20. The default, 1, is used.";
    let control = "the control network is either trained, 1, or not, 0. The default, 0, is used.";
    for (pair, rule) in [
        ("digits=", digits),
        ("digits=3", digits),
        ("digits=0,2,2", digits),
        ("digits=0,12", digits),
        ("digits=0,-1", digits),
        ("digits=0;2", digits),
        ("digits=0,1,2,3,4,5,6,7,8,9,0", digits),
        ("digits=0,1,", digits),
        ("epochs", epochs),
        ("epochs=", epochs),
        ("epochs=0", epochs),
        ("epochs=1001", epochs),
        ("epochs=+5", epochs),
        ("epochs=5.0", epochs),
        ("epochs=99999999999999999999", epochs),
        ("epochs=５", epochs),
        ("batch=0", batch),
        ("batch=1025", batch),
        ("lr=0", lr),
        ("lr=-0.1", lr),
        ("lr=10.1", lr),
        ("lr=NaN", lr),
        ("lr=inf", lr),
        ("lr=0,01", lr),
        ("seed=-1", seed),
        ("seed=4294967296", seed),
        ("runs=0", runs),
        ("runs=21", runs),
        ("control=2", control),
        ("control=true", control),
    ] {
        let expected = format!("“{pair}” cannot be used: {rule}");
        assert_eq!(read(pair), (Settings::default(), vec![expected]));
    }
}

#[test]
fn other_slips_are_named_too() {
    for (hash, expected) in [
        ("epoch=5", "“epoch” is not a setting; it is ignored."),
        ("=5", "“” is not a setting; it is ignored."),
        (
            "Epochs=5&Epochs=6",
            "“Epochs” is not a setting; it is ignored.",
        ),
        (
            "epochs=5&lr=0.01&epochs=5&epochs=x",
            "“epochs” is given more than once. The default, 50, is used.",
        ),
        (
            "seed=%zz",
            "“seed=%zz” cannot be used: the seed must be a whole number from 0 to 4294967295. The \
             default, 1, is used.",
        ),
        ("%ff=1", "“%ff” is not a setting; it is ignored."),
        (
            "a%0A%E2%80%AEb=1",
            "“a\\n\\u{202e}b” is not a setting; it is ignored.",
        ),
    ] {
        assert_eq!(
            read(hash),
            (Settings::default(), vec![expected.to_owned()]),
            "{hash}"
        );
    }
}

#[test]
fn good_values_survive_bad_neighbours() {
    let (settings, problems) = Settings::from_hash("#epochs=7&batch=x&seed=9");
    assert_eq!(
        (settings.epochs, settings.batch_size, settings.seed),
        (7, 32, 9)
    );
    let keys: Vec<_> = problems
        .iter()
        .map(|Problem { key, .. }| key.as_str())
        .collect();
    assert_eq!(keys, ["batch"]);
}

#[test]
fn long_input_is_cut_short() {
    let value = format!("epochs={}", "9".repeat(900));
    let (settings, problems) = read(&value);
    assert_eq!(settings, Settings::default());
    assert!(problems[0].starts_with(&format!("“epochs={}…” cannot", "9".repeat(33))));

    let (settings, problems) = read(&"a&".repeat(1_000_000));
    assert_eq!(settings, Settings::default());
    let expected = "The address holds 2000000 bytes of settings, more than the 1000 that are \
                    read. The defaults are used.";
    assert_eq!(problems, [expected]);
}

#[test]
fn settings_from_a_message_are_checked() {
    let good = Settings::default();
    assert_eq!(good.check(), Ok(()));
    let unsorted = Settings {
        digits: vec![5, 2],
        ..good.clone()
    };
    let expected = "“digits=5,2” cannot be used: the digits must be 2 to 10 different ones of 0 \
                    to 9, in ascending order and with commas between them.";
    assert_eq!(unsorted.check(), Err(expected.to_owned()));
    let not_a_number = Settings {
        learning_rate: f64::NAN,
        ..good
    };
    let expected = "“lr=NaN” cannot be used: the learning rate must be a number above 0 and at \
                    most 10.";
    assert_eq!(not_a_number.check(), Err(expected.to_owned()));
}

/// All settings within their limits.
fn settings() -> impl Strategy<Value = Settings> {
    let digits = proptest::sample::subsequence((0..10).collect::<Vec<u8>>(), 2..=10);
    let learning_rate = prop_oneof![
        1e-6..=10.0,
        proptest::num::f64::POSITIVE | proptest::num::f64::SUBNORMAL,
    ]
    .prop_filter("at most 10", |&rate: &f64| rate > 0.0 && rate <= 10.0);
    (
        digits,
        1..=1000u32,
        1..=1024u32,
        learning_rate,
        any::<u32>(),
        1..=20u32,
        any::<bool>(),
    )
        .prop_map(
            |(digits, epochs, batch_size, learning_rate, seed, runs, control)| Settings {
                digits,
                epochs,
                batch_size,
                learning_rate,
                seed,
                runs,
                control,
            },
        )
}

proptest! {
    #[test]
    fn what_is_written_reads_back(settings in settings()) {
        prop_assert_eq!(settings.check(), Ok(()));
        prop_assert_eq!(read(&settings.to_hash()), (settings, vec![]));
    }

    #[test]
    fn anything_gives_valid_settings(hash in "[#&=,.%0-9a-z+-]{0,60}|\\PC{0,40}") {
        prop_assert_eq!(Settings::from_hash(&hash).0.check(), Ok(()));
    }

    #[test]
    fn any_value_gives_valid_settings(
        key in "digits|epochs|batch|lr|seed|runs|control",
        value in "[0-9,.e-]{0,12}",
    ) {
        let (settings, problems) = Settings::from_hash(&format!("{key}={value}"));
        prop_assert_eq!(settings.check(), Ok(()));
        prop_assert!(problems.iter().all(|problem| problem.key == key));
    }
}
