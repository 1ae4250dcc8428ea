//! What README, CONTRIBUTING and `docs/` say is so: links, paths, commands and figures; and so is
//! what the page repeats of the core.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::{collections::BTreeSet, fs, path::Path};

use mnist::Dataset;
use mnist_cubic::{
    network::notebook_and_control,
    report::{
        Criterion, Reference, Value,
        confidence_level::{LEAST_SEEDS, SIGNIFICANCE},
        criteria::LEARNED,
    },
    train::split::VALIDATION_SPLIT,
};

/// Each page with its text. Tests run at the top of the work tree.
fn pages() -> Vec<(String, String)> {
    let in_docs = fs::read_dir("docs").unwrap().map(|entry| entry.unwrap().path());
    let names = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(Into::into);
    let read =
        |path: std::path::PathBuf| (path.display().to_string(), fs::read_to_string(&path).unwrap());
    names.into_iter().chain(in_docs).map(read).collect()
}

fn readme() -> String {
    fs::read_to_string("README.md").unwrap()
}

/// What stands between `open` and `close`, wherever that is on one line.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines().flat_map(move |line| {
        line.split(open).skip(1).filter_map(move |rest| Some(rest.split_once(close)?.0))
    })
}

/// As hosts of repositories name a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

#[test]
fn links_lead_somewhere() {
    for (name, text) in pages() {
        for link in between(&text, "](", ")").filter(|link| !link.starts_with("http")) {
            let (path, place) = link.split_once('#').unwrap_or((link, ""));
            let from = Path::new(&name).parent().unwrap();
            let target = if path.is_empty() { name.clone().into() } else { from.join(path) };
            assert!(target.exists(), "{name}: {link}");
            if !place.is_empty() {
                let target = fs::read_to_string(&target).unwrap();
                let headings = target.lines().filter(|line| line.starts_with('#'));
                let mut anchors = headings.map(|h| anchor(h.trim_start_matches(['#', ' '])));
                assert!(anchors.any(|one| one == place), "{name}: {link}");
            }
        }
    }
}

#[test]
fn paths_exist() {
    let tops = ["src/", "www/", "tests/", "examples/", "xtask/", "mnist/", "docs/", ".github/"];
    for (name, text) in pages() {
        let mut quoted = text.split('`').skip(1).step_by(2);
        let is_path = |path: &&str| {
            tops.iter().any(|top| path.starts_with(top)) && !path.contains([' ', '<', '…', '\n'])
        };
        // Pages of words and views are named from `www` on, as their files name each other.
        let is_page = |path: &&str| {
            let places = ["state/", "views/", "words/", "worker/", "lib/", "styles/"];
            places.iter().any(|place| path.starts_with(place)) && path.contains('.')
        };
        for path in quoted.clone().filter(is_path) {
            assert!(Path::new(path).exists(), "{name}: {path}");
        }
        for path in quoted.by_ref().filter(is_page) {
            assert!(Path::new("www").join(path).exists(), "{name}: www/{path}");
        }
    }
}

#[test]
fn tests_that_are_named_exist() {
    for (name, text) in pages() {
        let commands = text.split('`').filter(|code| code.contains("cargo test "));
        for command in commands {
            let words: Vec<&str> = command.split_whitespace().collect();
            for pair in words.windows(2).filter(|pair| pair[0] == "--test") {
                let [file, folder] =
                    [".rs", "/main.rs"].map(|end| format!("tests/{}{end}", pair[1]));
                assert!(
                    Path::new(&file).exists() || Path::new(&folder).exists(),
                    "{name}: {command}"
                );
            }
        }
    }
}

#[test]
fn the_readme_lists_the_commands() {
    let usage = fs::read_to_string("xtask/src/main.rs").unwrap();
    let usage = usage.split_once("const USAGE").unwrap().1.split_once("\";").unwrap().0;
    let of_usage: BTreeSet<&str> = usage
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')))
        .map(|line| line.split_whitespace().next().unwrap())
        .collect();
    let readme = readme();
    let rows = readme.lines().filter(|line| line.starts_with("| `cargo xtask "));
    let of_readme: BTreeSet<&str> =
        rows.map(|row| row["| `cargo xtask ".len()..].split([' ', '`']).next().unwrap()).collect();
    assert_eq!(of_readme, of_usage);
}

#[test]
fn the_readme_draws_the_tree() {
    let readme = readme();
    let tree = readme.split("```").nth(5).unwrap();
    let mut top = "";
    for line in tree.lines().filter(|line| line.contains('/')) {
        let name = line.trim_start().split("  ").next().unwrap();
        if line.starts_with("  ") {
            // A line may name several, each with what it is.
            for part in line.split(" · ").filter_map(|part| part.trim().split(' ').next()) {
                assert!(Path::new(top).join(part).exists(), "{top}{part}");
            }
        } else {
            top = name;
            assert!(Path::new(top).exists(), "{top}");
        }
    }
}

#[test]
fn the_readme_is_short_and_so_is_the_core() {
    assert!(readme().lines().count() <= 150);
    let files = ["src/nn", "src/train"].map(|folder| fs::read_dir(folder).unwrap());
    let paths = files.into_iter().flatten().map(|entry| entry.unwrap().path());
    let texts = paths.filter(|path| path.is_file()).map(|path| fs::read_to_string(path).unwrap());
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
    let lines: usize = texts.map(|text| text.lines().filter(is_code).count()).sum();
    println!("{lines} lines");
    assert!((700..=850).contains(&lines), "the README says about 800; these are {lines}");
}

#[test]
fn the_page_repeats_the_cores_constants() {
    let page = fs::read_to_string("www/state/core-constants.ts").unwrap();
    let told = |name: &str| -> f64 {
        between(&page, &format!("export const {name} = "), ";").next().unwrap().parse().unwrap()
    };
    assert_eq!(told("LEARNED"), LEARNED);
    assert_eq!(told("LEAST_SEEDS"), f64::from(LEAST_SEEDS));
    assert_eq!(told("CONFIDENCE"), 1.0 - SIGNIFICANCE);
    assert_eq!(page.matches("export const").count(), 3);
    // In words.
    for (path, words) in [
        ("www/words/classroom.ts", "A fifth of the digits is kept aside."),
        ("www/views/footer.tsx", "The last fifth of the training digits is kept"),
    ] {
        assert!(fs::read_to_string(path).unwrap().contains(words), "{path}: {words}");
    }
    assert_eq!(VALIDATION_SPLIT, 1.0 / 5.0);
}

#[test]
fn the_networks_have_as_many_parameters_as_the_readme_says() {
    let readme = readme();
    for network in notebook_and_control() {
        let parameters = network.architecture.parameters(3);
        let parameters = format!("{},{:03}", parameters / 1000, parameters % 1000);
        let row = format!("| {} | 784 → ", network.name);
        let row = readme.lines().find(|line| line.starts_with(&row)).unwrap();
        assert!(row.ends_with(&format!("| {parameters} |")), "{row}: {parameters}");
    }
}

#[test]
fn the_ten_runs_give_the_figures_of_the_readme() {
    let runs = fs::read_to_string("www/ready-made/runs.json").unwrap();
    let reference = Reference::from_json(&runs).unwrap();
    let experiment = reference.experiment();
    let loss = |network: usize, epoch| {
        let values = reference.values(experiment, network, Criterion::Loss, epoch).unwrap();
        let measured = values.iter().map(|value| match value {
            Value::Measured(loss) => *loss,
            other => panic!("{other:?}"),
        });
        measured.sum::<f64>() / values.len() as f64
    };
    assert_eq!(experiment.settings.networks[0].name, "custom");
    assert_eq!(experiment.settings.networks[1].name, "dense");
    let least = (1..=50).min_by(|&a, &b| loss(0, a).total_cmp(&loss(0, b))).unwrap();
    let told = format!(
        "rises from {:.3} after epoch {least} to {:.3} after epoch 50",
        loss(0, least),
        loss(0, 50)
    );
    assert!(readme().contains(&told), "{told}");
    let (fewer, wins) = differences(&reference, [0, 1], 5);
    let told = format!(
        "after epoch 5 it makes {fewer:.1} fewer mistakes on the 3,461 validation images than the \
         dense network, in {wins} of 10 runs"
    );
    assert!(readme().contains(&told), "{told}");
    let (fewer, _) = differences(&reference, [1, 0], 50);
    let told = format!("it makes {fewer:.1} more on average");
    assert!(readme().contains(&told), "{told}");
    let (fewer, wins) = differences(&reference, [2, 0], 50);
    let told = format!(
        "the custom network makes {fewer:.1} more mistakes than the control, in {wins} of 10 runs"
    );
    assert!(readme().contains(&told), "{told}");
    assert_eq!(experiment.validation_images, 3461);
    let ratio = loss(0, 50) / loss(1, 50);
    assert!((3.5..4.5).contains(&ratio), "about four times: {ratio}");
}

/// How many fewer mistakes the first network makes after an epoch than the second, the mean over
/// the ten runs, and in how many of them it makes fewer.
fn differences(reference: &Reference, networks: [usize; 2], epoch: u32) -> (f64, usize) {
    let [first, second] = networks.map(|network| {
        reference.values(reference.experiment(), network, Criterion::Mistakes, epoch).unwrap()
    });
    let fewer = first.iter().zip(second).map(|pair| match pair {
        (Value::Measured(first), Value::Measured(second)) => second - first,
        other => panic!("{other:?}"),
    });
    let fewer: Vec<f64> = fewer.collect();
    let wins = fewer.iter().filter(|&&fewer| fewer > 0.0).count();
    (fewer.iter().sum::<f64>() / fewer.len() as f64, wins)
}

#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn there_are_as_many_training_images_as_the_readme_says() {
    let images = Dataset::choose(&common::DIGITS, &common::mnist().train).unwrap();
    let count = format!("the {},{:03} training images", images.len() / 1000, images.len() % 1000);
    assert!(readme().contains(&count), "{count}");
}

#[test]
fn the_budgets_are_those_of_the_build() {
    let build = fs::read_to_string("xtask/compress.mjs").unwrap();
    let hosting = fs::read_to_string("docs/hosting.md").unwrap();
    let budgets = build.split_once("const BUDGET = [").unwrap().1.split_once("];").unwrap().0;
    let told: Vec<u64> = hosting
        .lines()
        .skip_while(|line| !line.contains("| budget"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|row| {
            let last = row.trim_end_matches([' ', '|']).rsplit('|').next().unwrap().trim();
            last.split(' ').next().unwrap().replace(',', "").parse().unwrap()
        })
        .collect();
    let set: Vec<u64> = budgets
        .lines()
        .filter_map(|line| {
            line.rsplit_once(", ")?.1.strip_suffix("],")?.replace('_', "").parse().ok()
        })
        .map(|bytes: u64| bytes / 1000)
        .collect();
    assert_eq!(told, set);
}
