//! Settings: read from an address, written into one, and named where they are wrong.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use mnist_cubic::{
    network::{NetworkConfig, notebook, notebook_and_control, parse_networks, print_networks},
    settings::{Input, Problem, SETTINGS, Setting, Settings},
};
use proptest::prelude::*;

const DEFAULT: &str = "digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1";

/// The settings that a hash gives, and what it complains about.
fn read(hash: &str) -> (Settings, Vec<String>) {
    let (settings, problems) = Settings::from_hash(hash);
    (settings, problems.into_iter().map(|problem| problem.message).collect())
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
    let hash = "digits=1,7&epochs=3&batch=1024&lr=0.3&seed=4294967295&runs=20\
                &networks=a:relu5,cubic6;b-2:tanh7@0.1";
    let expected = Settings {
        digits: vec![1, 7],
        epochs: 3,
        batch_size: 1024,
        learning_rate: 0.3,
        seed: u32::MAX,
        runs: 20,
        networks: parse_networks("a:relu5,cubic6;b-2:tanh7@0.1").unwrap(),
    };
    assert_eq!(read(hash), (expected.clone(), vec![]));
    assert_eq!(expected.to_hash(), hash);
    assert_eq!(expected.check(), Ok(()));
    assert_eq!((expected.run_seed(0), expected.run_seed(1)), (u32::MAX, 0));
    assert_eq!(expected.classes(), 2);
}

#[test]
fn control_is_short_for_the_notebooks_networks_and_one_more() {
    let with_control = Settings { networks: notebook_and_control(), ..Settings::default() };
    let hash = format!("{DEFAULT}&control=1");
    assert_eq!(with_control.to_hash(), hash);
    assert_eq!(with_control.check(), Ok(()));
    assert_eq!(read(&hash), (with_control.clone(), vec![]));
    assert_eq!(read("control=1").0, with_control);
    assert_eq!(read("control=0"), (Settings::default(), vec![]));
    // Networks that go without saying are not written.
    let said = "networks=custom:relu150,relu100,cubic50;dense:relu100,relu50";
    assert_eq!(read(said), (Settings::default(), vec![]));
    let said = format!("{said};control:relu150,relu100,relu50");
    assert_eq!(read(&said), (with_control, vec![]));
}

#[test]
fn control_goes_only_where_networks_is_left_out() {
    let refusal = "“control=1” cannot be used: control must be 0, or 1 where networks is left out. \
                   The default, 0, is used.";
    for (networks, others) in [
        ("a:relu5", 0),
        ("custom:relu150,relu100,cubic50;dense:relu100,relu50", 0),
        ("nonsense", 1),
    ] {
        for hash in
            [format!("networks={networks}&control=1"), format!("control=1&networks={networks}")]
        {
            let (settings, problems) = read(&hash);
            let expected = parse_networks(networks).unwrap_or_else(|_| notebook());
            assert_eq!(settings.networks, expected, "{hash}");
            assert_eq!(problems.len(), others + 1, "{hash}");
            assert_eq!(problems[others], refusal, "{hash}");
        }
    }
    let (settings, problems) = read("networks=a:relu5&control=0");
    assert_eq!((settings.networks, problems), (parse_networks("a:relu5").unwrap(), vec![]));
}

#[test]
fn the_control_can_be_ticked_and_unticked() {
    let two = Settings::default();
    let three = Settings { networks: notebook_and_control(), ..Settings::default() };
    for settings in [&two, &three] {
        assert_eq!(settings.with_value("control", "1"), Ok(three.clone()));
        assert_eq!(settings.with_value("control", "0"), Ok(two.clone()));
    }
    let others = three.with_value("networks", "a:relu5").unwrap();
    assert_eq!(others.networks, parse_networks("a:relu5").unwrap());
    assert_eq!(others.with_value("control", "0"), Ok(others.clone()));
    let refusal = others.with_value("control", "1").unwrap_err().to_string();
    assert_eq!(refusal, "control must be 0, or 1 where networks is left out");
    let refusal = two.with_value("speed", "9").unwrap_err().to_string();
    assert_eq!(refusal, "“speed” is not a setting");
    // Beside networks that are given, 0 says nothing.
    let said = format!("networks={}&control=0", print_networks(&three.networks));
    assert_eq!(read(&said), (three, vec![]));
}

#[test]
fn wrong_networks_are_named_and_replaced() {
    let default = "The default, custom:relu150,relu100,cubic50;dense:relu100,relu50, is used.";
    for (text, what) in [
        ("", "“” has no colon, expected a name, a colon and layers, such as dense:relu100,relu50"),
        ("a:relu5;A:relu5", "two networks are called “a”, expected a name of its own for each"),
        (
            "a:relu513",
            "a: “relu513” has no right number of units, expected relu and a whole number from 1 \
             to 512",
        ),
        ("a:relu5@1e-46", "a: “1e-46” is not a learning rate, expected a number from 1e-45 to 10"),
    ] {
        let pair = format!("networks={text}");
        let expected = format!("“{pair}” cannot be used: {what}. {default}");
        assert_eq!(read(&pair), (Settings::default(), vec![expected]));
    }
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
    let lr = "the learning rate must be a number from 1e-45 to 10. The default, 0.01, is used.";
    let seed = "the seed must be a whole number from 0 to 4294967295. The default, 1, is used.";
    let runs = "the number of runs must be a whole number from 1 to 20. The default, 1, is used.";
    let control = "control must be 0, or 1 where networks is left out. The default, 0, is used.";
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
        ("lr=1e-46", lr),
        ("lr=", lr),
        ("lr=1e-400", lr),
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
        ("control=", control),
        ("control", control),
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
        ("Epochs=5&Epochs=6", "“Epochs” is not a setting; it is ignored."),
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
        ("a%0A%E2%80%AEb=1", "“a\\n\\u{202e}b” is not a setting; it is ignored."),
    ] {
        assert_eq!(read(hash), (Settings::default(), vec![expected.to_owned()]), "{hash}");
    }
}

#[test]
fn good_values_survive_bad_neighbours() {
    let (settings, problems) = Settings::from_hash("#epochs=7&batch=x&seed=9");
    assert_eq!((settings.epochs, settings.batch_size, settings.seed), (7, 32, 9));
    let keys: Vec<_> = problems.iter().map(|Problem { key, .. }| key.as_str()).collect();
    assert_eq!(keys, ["batch"]);
}

#[test]
fn long_input_is_cut_short() {
    let value = format!("epochs={}", "9".repeat(900));
    let (settings, problems) = read(&value);
    assert_eq!(settings, Settings::default());
    assert!(problems[0].starts_with(&format!("“epochs={}…” cannot", "9".repeat(33))));

    let expected = "The address holds 2000000 bytes of settings, more than the 2000 that are \
                    read. The defaults are used.";
    let much = "a&".repeat(1_000_000);
    assert_eq!(read(&much), (Settings::default(), vec![expected.to_owned()]));
    // As much as is read.
    let much = format!("epochs=7{}", "&".repeat(1992));
    assert_eq!((much.len(), read(&much).0.epochs), (2000, 7));
}

/// The longest networks that there can be leave room for slips in what is read.
#[test]
fn the_longest_hash_is_read() {
    let networks: Vec<String> = (0..4)
        .map(|place| {
            let layers = ["softsign512"; 6].join(",");
            format!("a23456789-12345{place}:{layers}@1.2345678901234567e-30")
        })
        .collect();
    let longest = Settings {
        digits: (0..10).collect(),
        epochs: 1000,
        batch_size: 1024,
        learning_rate: 1.234_567_890_123_456_7e-30,
        seed: u32::MAX,
        runs: 20,
        networks: parse_networks(&networks.join(";")).unwrap(),
    };
    let hash = longest.to_hash();
    assert!(hash.len() < 600, "{}", hash.len());
    assert_eq!(read(&hash), (longest, vec![]));
}

/// As `JSON.stringify` would find them.
#[test]
fn settings_are_written_as_json_with_networks_as_text() {
    let json = serde_json::to_value(Settings::default()).unwrap();
    let expected = serde_json::json!({
        "digits": [0, 2, 5], "epochs": 50, "batch_size": 32, "learning_rate": 0.01, "seed": 1,
        "runs": 1, "networks": "custom:relu150,relu100,cubic50;dense:relu100,relu50",
    });
    assert_eq!(json, expected);
}

/// What forms and command lines build on.
#[test]
fn the_table_reads_and_writes_each_setting() {
    let keys = SETTINGS.iter().map(|setting| setting.key);
    let documented = ["digits", "epochs", "batch", "lr", "seed", "runs", "networks", "control"];
    assert_eq!(keys.collect::<Vec<_>>(), documented);
    assert!(Setting::find("rate").is_none());
    for setting in &SETTINGS {
        let mut settings = Settings::default();
        setting.read(&mut settings, &setting.default_text()).unwrap();
        assert_eq!(settings, Settings::default(), "{}", setting.key);

        let refusal = setting.read(&mut settings, "nonsense").unwrap_err();
        assert_eq!(settings, Settings::default(), "{}", setting.key);
        if setting.input != Input::Networks {
            let rule = format!("{} must be {}", setting.subject, setting.expected);
            assert_eq!(refusal.to_string(), rule);
        }
        if let Input::Whole { least, most } = setting.input {
            for number in [least, most] {
                setting.read(&mut settings, &number.to_string()).unwrap();
                assert_eq!(setting.write(&settings), Some(number.to_string()));
            }
            let beyond = (u64::from(most) + 1).to_string();
            assert_eq!(setting.read(&mut settings, &beyond), Err(refusal));
        }
    }
}

#[test]
fn settings_that_were_not_read_are_checked() {
    let refusal = |change: fn(&mut Settings)| {
        let mut settings = Settings::default();
        assert_eq!(settings.check(), Ok(()));
        change(&mut settings);
        settings.check().unwrap_err().to_string()
    };
    assert_eq!(
        refusal(|settings| settings.digits = vec![5, 2]),
        "“digits=5,2” cannot be used: the digits must be 2 to 10 different ones of 0 to 9, in \
         ascending order and with commas between them."
    );
    assert_eq!(
        refusal(|settings| settings.learning_rate = f64::NAN),
        "“lr=NaN” cannot be used: the learning rate must be a number from 1e-45 to 10."
    );
    assert_eq!(
        refusal(|settings| settings.epochs = 0),
        "“epochs=0” cannot be used: the number of epochs must be a whole number from 1 to 1000."
    );
    assert_eq!(
        refusal(|settings| settings.networks.clear()),
        "“networks=” cannot be used: “” has no colon, expected a name, a colon and layers, such as \
         dense:relu100,relu50."
    );
    assert_eq!(
        refusal(|settings| settings.networks[1].name = "custom".to_owned()),
        "“networks=custom:relu150,relu100,cubic50;custom:re…” cannot be used: two networks are called \
         “custom”, expected a name of its own for each."
    );
    assert_eq!(
        refusal(|settings| settings.networks[0].learning_rate = Some(0.0)),
        "“networks=custom:relu150,relu100,cubic50@0;dense:r…” cannot be used: custom: “0” is not a \
         learning rate, expected a number from 1e-45 to 10."
    );
}

/// All settings within their limits.
fn settings() -> impl Strategy<Value = Settings> {
    let digits = proptest::sample::subsequence((0..10).collect::<Vec<u8>>(), 2..=10);
    // f32 takes no number from 1e-45 on for 0.
    let learning_rate = prop_oneof![1e-6..=10.0, (-44.0..1.0_f64).prop_map(|e| 10_f64.powf(e))];
    (digits, 1..=1000u32, 1..=1024u32, learning_rate, any::<u32>(), 1..=20u32, networks()).prop_map(
        |(digits, epochs, batch_size, learning_rate, seed, runs, networks)| Settings {
            digits,
            epochs,
            batch_size,
            learning_rate,
            seed,
            runs,
            networks,
        },
    )
}

/// Some networks; `tests/network_text.rs` tries all.
fn networks() -> impl Strategy<Value = Vec<NetworkConfig>> {
    prop_oneof![
        Just(notebook()),
        Just(notebook_and_control()),
        (1..=512_u32, 1e-9..10.0).prop_map(|(units, rate)| {
            parse_networks(&format!("a:sine{units}@{rate};b:relu{units}")).unwrap()
        }),
    ]
}

proptest! {
    #[test]
    fn what_is_written_reads_back(settings in settings()) {
        prop_assert_eq!(settings.check(), Ok(()));
        prop_assert_eq!(read(&settings.to_hash()), (settings, vec![]));
    }

    #[test]
    fn any_value_gives_valid_settings(
        key in "digits|epochs|batch|lr|seed|runs|networks|control",
        value in "[0-9,.e-]{0,12}|a:relu[0-9]{0,4}(@[0-9.e-]{0,6})?",
    ) {
        let (settings, problems) = Settings::from_hash(&format!("{key}={value}"));
        prop_assert_eq!(settings.check(), Ok(()));
        prop_assert!(problems.iter().all(|problem| problem.key == key));
    }
}
