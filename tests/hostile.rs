//! Whatever comes in, nothing panics: hashes, networks and weights made of noise, and good ones with
//! damage. `PROPTEST_CASES=1000000 cargo test --test hostile` tries more than the usual 256 of each;
//! what fails is kept in `tests/hostile.proptest-regressions` and tried first from then on.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use mnist_cubic::{
    network::{
        parse_layers, parse_networks, print_networks,
        safetensors::{Precision, read, read_start, write},
    },
    nn::init::start,
    settings::Settings,
};
use proptest::{collection::vec, prelude::*, sample::select};

/// A good file with some bytes changed and its end cut off or grown; most of the changes are in the
/// header, where they do most.
fn damaged(file: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = file.len();
    let place = prop_oneof![4 => 0..1000.min(length), 1 => 0..length];
    let changes = vec((place, any::<u8>()), 0..4);
    let end = prop_oneof![4 => Just(length), 1 => 0..=length + 8];
    (changes, end).prop_map(move |(changes, end)| {
        let mut file = file.clone();
        for (at, byte) in changes {
            file[at] = byte;
        }
        file.resize(end, 0);
        file
    })
}

const NETWORKS: [&str; 3] = ["relu4,cubic3", "cubic2,cubic2", "tanh3"];

fn weight_file() -> impl Strategy<Value = Vec<u8>> {
    let good = |text: &str, precision| {
        let architecture = common::layers(text);
        write(&architecture, &start(&architecture, 2, 1), &[3, 4], precision).unwrap()
    };
    prop_oneof![
        1 => vec(any::<u8>(), 0..100),
        2 => damaged(good(NETWORKS[0], Precision::Single)),
        2 => damaged(good(NETWORKS[1], Precision::Int8)),
        1 => damaged(good(NETWORKS[2], Precision::Single)),
    ]
}

/// Text that is nearly networks, and text that is not.
const NETWORK_LIKE: &str = "([a-z]{1,7}:?((relu|tanh|linear|cubic|square|sine|softsign|zero|[a-z]{0,5})[0-9]{0,4},?){0,7}\
     (@[0-9.e-]{0,6})?;?){0,5}|[-a-z0-9:;,@. ]{0,40}|\\PC{0,40}";

proptest! {
    #[test]
    fn weight_files(file in weight_file(), text in select(NETWORKS.to_vec()), classes in 2..4_usize) {
        let architecture = common::layers(text);
        if let Ok((weights, digits)) = read(&architecture, &file) {
            prop_assert!(weights.iter().all(|weight| weight.is_finite()));
            let classes = digits.map_or(2, |digits| digits.len());
            prop_assert_eq!(weights.len(), architecture.parameters(classes));
        }
        if let Ok(weights) = read_start(&architecture, &file, classes) {
            prop_assert_eq!(weights.len(), architecture.parameters(classes));
        }
    }

    #[test]
    fn networks(text in NETWORK_LIKE) {
        if let Ok(networks) = parse_networks(&text) {
            prop_assert!((1..=4).contains(&networks.len()));
            let printed = print_networks(&networks);
            prop_assert_eq!(parse_networks(&printed), Ok(networks));
        }
        if let Ok(architecture) = parse_layers(&text) {
            prop_assert!((1..=6).contains(&architecture.0.len()));
        }
    }

    #[test]
    fn hashes(
        hash in "#?((digits|epochs|batch|lr|seed|runs|control|[a-z]{0,5})=?[-+0-9,.e%A-F]{0,12}&?){0,8}|\\PC{0,40}",
        networks in NETWORK_LIKE,
    ) {
        for hash in [hash.clone(), format!("{hash}&networks={networks}"), format!("networks={networks}&control=1")] {
            let (settings, _) = Settings::from_hash(&hash);
            prop_assert_eq!(settings.check(), Ok(()));
            prop_assert_eq!(Settings::from_hash(&settings.to_hash()), (settings, vec![]));
        }
    }
}
