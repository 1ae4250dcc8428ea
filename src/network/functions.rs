//! The functions that layers apply element by element, a row each: what a dense layer applies to
//! x·W + b, and the f of the custom layer y = f(x)·V − x·W + b.

use std::fmt;

/// A function of single values: its word and formula, and what it does forward and backward.
pub struct Function {
    /// The word in a network's text.
    pub word: &'static str,
    /// The formula, for people.
    pub formula: &'static str,
    /// f of each value, in place.
    pub(crate) forward: fn(&mut [f32]),
    /// Multiplies gradients, in place, by f′: for f of a custom layer from its inputs x, for an
    /// activation from its outputs y.
    pub(crate) backward: fn(&[f32], &mut [f32]),
}

/// A row: `|x| f(x)`, and `|x, g| g · f′(x)` or `|y, g| g · f′(x)` where y = f(x).
macro_rules! function {
    ($word:literal, $formula:literal, $forward:expr, $backward:expr) => {
        Function {
            word: $word,
            formula: $formula,
            forward: |values| {
                let forward: fn(f32) -> f32 = $forward;
                values.iter_mut().for_each(|value| *value = forward(*value));
            },
            backward: |at, gradient| {
                let backward: fn(f32, f32) -> f32 = $backward;
                gradient.iter_mut().zip(at).for_each(|(g, &at)| *g = backward(at, *g));
            },
        }
    };
}

/// The activations of dense layers, named as in Keras; their gradients are from the output y.
pub static ACTIVATIONS: [Function; 3] = [
    // Not `max`, which would turn NaN into a number and hide that training diverged.
    function!("relu", "max(0, x)", |x| if x < 0.0 { 0.0 } else { x }, |y, g| if y <= 0.0 {
        0.0
    } else {
        g
    }),
    function!("tanh", "tanh x", libm::tanhf, |y, g| (1.0 - y * y) * g),
    function!("linear", "x", |x| x, |_, g| g),
];

/// The functions f of custom layers. To add one, add its row here, and its f in f64 to
/// `tests/common/reference.rs`, whose finite differences `tests/gradients.rs` compares with.
///
/// f(0) = 0 for all of them, so that zeros may be passed over.
pub static CUSTOM_FUNCTIONS: [Function; 5] = [
    function!("cubic", "x³", |x| x * x * x, |x, g| 3.0 * x * x * g),
    function!("square", "x²", |x| x * x, |x, g| 2.0 * x * g),
    function!("sine", "sin x", libm::sinf, |x, g| libm::cosf(x) * g),
    function!("softsign", "x / (1 + |x|)", |x| x / (1.0 + x.abs()), |x, g| g
        / ((1.0 + x.abs()) * (1.0 + x.abs()))),
    function!("zero", "0", |_| 0.0, |_, _| 0.0),
];

impl Function {
    /// f of one value.
    pub fn at(&self, x: f32) -> f32 {
        let mut value = [x];
        (self.forward)(&mut value);
        value[0]
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Function {}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word)
    }
}
