//! The device that everything is computed on.

use burn::tensor::Device;

/// burn's ndarray backend on the CPU, which is what runs in a browser without a GPU.
// The backend is deprecated in favour of burn's Flex; this project is built on burn-ndarray.
#[allow(deprecated)]
pub fn device() -> Device {
    Device::ndarray()
}
