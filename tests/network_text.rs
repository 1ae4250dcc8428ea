//! Networks as text: read, written, and refused with the word that is wrong and what was expected.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use mnist_cubic::network::{
    Architecture, Kind, NetworkConfig, functions::CUSTOM_FUNCTIONS, notebook, notebook_and_control,
    parse_layers, parse_networks, print_networks,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

#[track_caller]
fn refused(text: &str, sentence: &str) {
    let refusal = parse_networks(text).unwrap_err().to_string();
    assert_eq!(refusal, sentence, "{text}");
}

#[test]
fn a_network_is_a_name_layers_and_perhaps_a_rate() {
    let networks = parse_networks("custom:relu150,cubic50;slow-2:tanh1@0.001").unwrap();
    let [custom, slow] = &networks[..] else { panic!("{networks:?}") };
    assert_eq!((&*custom.name, &*slow.name), ("custom", "slow-2"));
    assert_eq!((custom.learning_rate, slow.learning_rate), (None, Some(0.001)));
    assert_eq!(custom.learning_rate_or(0.5), 0.5);
    assert_eq!(slow.learning_rate_or(0.5), 0.001);
    let words = |network: &NetworkConfig| -> Vec<(&str, usize)> {
        let layers = network.architecture.0.iter();
        layers.map(|(kind, units)| (kind.word(), *units)).collect()
    };
    assert_eq!(words(custom), [("relu", 150), ("cubic", 50)]);
    assert_eq!(words(slow), [("tanh", 1)]);
}

#[test]
fn the_notebooks_networks_are_as_documented() {
    let two = "custom:relu150,relu100,cubic50;dense:relu100,relu50";
    assert_eq!(print_networks(&notebook()), two);
    assert_eq!(
        print_networks(&notebook_and_control()),
        format!("{two};control:relu150,relu100,relu50")
    );
}

#[test]
fn every_documented_word_is_a_kind_of_layer() {
    let words: Vec<_> = Kind::all().map(Kind::word).collect();
    for word in ["relu", "tanh", "linear", "cubic", "square", "sine", "softsign", "zero"] {
        assert!(words.contains(&word), "{word}");
    }
    assert!(CUSTOM_FUNCTIONS.iter().all(|f| f.at(0.0) == 0.0));
}

#[test]
fn text_is_written_in_one_form() {
    for (text, canonical) in [
        (" a : relu5 , cubic6 @ 0.10 ", "a:relu5,cubic6@0.1"),
        ("a:relu005", "a:relu5"),
        ("a:relu000000000000000000000000512", "a:relu512"),
        ("a:relu5@1e-2", "a:relu5@0.01"),
        ("a:relu5@1E-7", "a:relu5@1e-7"),
        ("a:relu5@10.0", "a:relu5@10"),
        ("a:relu5@1e-45", "a:relu5@1e-45"),
        ("Custom:relu5;b:zero5", "Custom:relu5;b:zero5"),
        ("a1234567890-bcde:relu1", "a1234567890-bcde:relu1"),
        ("a:relu1,relu2,relu3,relu4,relu5,relu6", "a:relu1,relu2,relu3,relu4,relu5,relu6"),
        ("a:relu1;b:relu1;c:relu1;d:relu1", "a:relu1;b:relu1;c:relu1;d:relu1"),
    ] {
        assert_eq!(print_networks(&parse_networks(text).unwrap()), canonical);
    }
}

#[test]
fn wrong_names_are_refused() {
    let rule = "cannot be a network's name, expected a letter and then letters, digits or hyphens, \
                at most 16 in all";
    for name in ["", "1st", "-a", "a b", "a_b", "é", "aé", "a1234567890-bcdef", "a\""] {
        refused(&format!("{name}:relu5"), &format!("“{name}” {rule}"));
    }
    refused("a\n\u{202e}b:relu5", &format!("“a\\n\\u{{202e}}b” {rule}"));
    refused(&format!("{}:relu5", "é".repeat(100)), &format!("“{}…” {rule}", "é".repeat(40)));
    for name in ["params", "Params", "PARAMS"] {
        let sentence =
            format!("a network cannot be called “{name}”: in files, params are the settings");
        refused(&format!("{name}:relu5"), &sentence);
    }
    refused(
        "a:relu5;dense:relu5;Dense:relu6",
        "two networks are called “dense”, expected a name of its own for each",
    );
}

#[test]
fn wrong_layers_are_refused() {
    let words: Vec<&str> = Kind::all().map(Kind::word).collect();
    assert!(words.starts_with(&["relu", "tanh", "linear", "cubic", "square", "sine"]));
    let [first @ .., last] = &words[..] else { panic!("there are kinds") };
    let kinds = format!("is not a kind of layer, expected {} or {last}", first.join(", "));
    for (layers, word) in [
        ("gelu5", "gelu"),
        ("relu5,Cubic5", "Cubic"),
        ("relux5", "relux"),
        ("5", "5"),
        ("relu5,١٢", "١٢"),
        ("рelu5", "рelu5"),
    ] {
        refused(&format!("a:{layers}"), &format!("a: “{word}” {kinds}"));
    }
    for (layer, word) in [
        ("relu", "relu"),
        ("relu0", "relu"),
        ("cubic513", "cubic"),
        ("relu-5", "relu"),
        ("relu+5", "relu"),
        ("relu5.0", "relu"),
        ("relu 5", "relu"),
        ("relu5 6", "relu"),
        ("relu５", "relu"),
        ("relu5:6", "relu"),
        ("relu99999999999999999999999", "relu"),
    ] {
        let sentence = format!(
            "a: “{layer}” has no right number of units, expected {word} and a whole number from 1 \
             to 512"
        );
        refused(&format!("a:{layer}"), &sentence);
    }
    for layers in ["", " ", "relu5,", ",relu5", "relu5,,relu6"] {
        let sentence = "a: a layer is missing, expected a word and a number of units, such as \
                        relu100";
        refused(&format!("a:{layers}"), sentence);
    }
    refused(
        "a:relu1,relu1,relu1,relu1,relu1,relu1,relu1",
        "a: there are 7 hidden layers, expected 1 to 6",
    );
}

#[test]
fn wrong_rates_are_refused() {
    // 1e-46 is 0 to f32, which trains nothing.
    for rate in [
        "", "0", "1e-46", "-0.1", "10.1", "11", "NaN", "nan", "inf", "1e999", "0,1", "0.1@0.2",
        "x", "1_0", "0x1",
    ] {
        let sentence =
            format!("a: “{rate}” is not a learning rate, expected a number from 1e-45 to 10");
        refused(&format!("a:relu5@{rate}"), &sentence);
    }
}

#[test]
fn wrong_lists_are_refused() {
    for text in ["", "relu5", "a;b:relu5"] {
        let first = text.split(';').next().unwrap();
        let sentence = format!(
            "“{first}” has no colon, expected a name, a colon and layers, such as \
             dense:relu100,relu50"
        );
        refused(text, &sentence);
    }
    refused(
        "a:relu1;b:relu1;",
        "“” has no colon, expected a name, a colon and layers, such as dense:relu100,relu50",
    );
    refused("a:relu1;b:relu1;c:relu1;d:relu1;e:relu1", "there are 5 networks, expected at most 4");
}

#[test]
fn layers_have_text_of_their_own() {
    let architecture = parse_layers(" relu150,cubic50 ").unwrap();
    assert_eq!(architecture.to_string(), "relu150,cubic50");
    let refusal = parse_layers("custom:relu5").unwrap_err().to_string();
    assert!(refusal.starts_with("“custom” is not a kind of layer, expected relu, tanh"));
}

/// Networks as they can be.
fn networks() -> impl Strategy<Value = Vec<NetworkConfig>> {
    let kinds: Vec<Kind> = Kind::all().collect();
    let layers = vec((select(kinds), 1..=512_usize), 1..=6).prop_map(Architecture);
    let rate = prop_oneof![1e-6..=10.0_f64, (-44.0..1.0_f64).prop_map(|e| 10_f64.powf(e))];
    let network = ("[a-zA-Z][a-zA-Z0-9-]{0,14}", layers, option::of(rate)).prop_map(
        |(name, architecture, learning_rate)| NetworkConfig { name, architecture, learning_rate },
    );
    vec(network, 1..=4).prop_map(|mut networks| {
        // A name of its own for each, and none that is taken.
        for (place, network) in networks.iter_mut().enumerate() {
            network.name.push_str(&place.to_string());
        }
        networks
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(networks in networks()) {
        prop_assert_eq!(parse_networks(&print_networks(&networks)), Ok(networks));
    }
}
