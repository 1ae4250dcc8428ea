//! Which of the three networks.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::network::{NetworkConfig, notebook_and_control};

/// Which of the three networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ModelKind {
    /// 784 → Dense 150 relu → Dense 100 relu → cubic 50 → Dense softmax.
    Custom,
    /// 784 → Dense 100 relu → Dense 50 relu → Dense softmax.
    Dense,
    /// The custom network with its cubic layer replaced by Dense 50 relu.
    Control,
}

impl ModelKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Custom, Self::Dense, Self::Control];

    /// The name in files, messages and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Custom => "custom",
            Self::Dense => "dense",
            Self::Control => "control",
        }
    }

    /// The network.
    pub fn network(self) -> NetworkConfig {
        let mut networks = notebook_and_control().into_iter();
        let network = networks.find(|network| network.name == self.name());
        // PANIC: a network is called by each of the names above.
        network.expect("a network of this name")
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for ModelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
