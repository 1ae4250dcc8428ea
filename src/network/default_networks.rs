//! The notebook's two networks, and the control that it lacks.

use crate::network::{NetworkConfig, parse_networks};

/// The custom network and the dense one, as the notebook has them.
const NOTEBOOK: &str = "custom:relu150,relu100,cubic50;dense:relu100,relu50";
/// As wide as the custom network, with a dense layer in place of the cubic one.
const CONTROL: &str = "control:relu150,relu100,relu50";

/// The notebook's networks.
pub fn notebook() -> Vec<NetworkConfig> {
    constant(NOTEBOOK)
}

/// The notebook's networks, and the control.
pub fn notebook_and_control() -> Vec<NetworkConfig> {
    let mut networks = notebook();
    networks.extend(constant(CONTROL));
    networks
}

fn constant(text: &str) -> Vec<NetworkConfig> {
    // PANIC: the constants above can be read; tests/settings.rs reads them.
    parse_networks(text).expect("a constant that can be read")
}
