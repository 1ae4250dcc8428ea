//! What the first layer looks for, as pictures.

use mnist::PIXELS;

use crate::nn::{Network, network::Layer};

/// What each pixel, at its full value 1, adds to the first units of the first layer: 784 values a
/// unit. For a dense layer, its weights; for a custom one, f(1)·V − W.
pub fn patches(network: &Network, most_units: usize) -> Vec<f32> {
    let Some(first) = network.layers.first() else {
        return Vec::new();
    };
    let (values, units) = match first {
        Layer::Dense(dense) => (dense.weight.values(), dense.weight.shape()[1]),
        Layer::Custom(custom) => {
            let full = custom.function.at(1.0);
            let mut values = custom.v.values();
            let linear = custom.w.values();
            values.iter_mut().zip(linear).for_each(|(v, w)| *v = full * *v - w);
            (values, custom.v.shape()[1])
        }
    }; // [784, units]
    let of_unit = |unit| (0..PIXELS).map(move |pixel| pixel * units + unit);
    let places = (0..units.min(most_units)).flat_map(of_unit);
    places.map(|place| values[place]).collect()
}
