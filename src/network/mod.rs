//! A network as data: its layers, its text such as `custom:relu150,relu100,cubic50@0.1`, and its
//! weights as safetensors.

pub mod functions;
pub mod architecture;
pub(crate) mod limits;
pub mod text;
pub mod ablation;
mod default_networks;
pub mod safetensors;

pub use ablation::CustomPart;
pub use architecture::{Architecture, Kind, LayerConfig};
pub use default_networks::{notebook, notebook_and_control};
pub use text::{NetworkConfig, parse_layers, parse_networks, parse_unnamed, print_networks};
