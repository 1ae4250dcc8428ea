//! McNemar's test: compares two networks by the images that only one of them classifies correctly.

use serde::Serialize;

use crate::report::{confidence_level::bonferroni, statistics::sign_test};

/// Two networks on the same images.
///
/// This is about these two trained networks; it says nothing about other seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct McNemar {
    /// How many images only the first reads rightly, and only the second.
    pub only: [u32; 2],
    /// How many both read wrongly.
    pub neither: u32,
    /// The exact test's two-sided p-value: the chance of counts at least this uneven if both
    /// networks are equally likely to be the one that is right.
    pub p: f64,
    /// Whether `p` is significant, corrected for all comparisons (Bonferroni).
    pub is_clear: bool,
}

impl McNemar {
    /// Compares the classes that two networks answered with the right ones, as one of so many
    /// `comparisons`.
    pub fn of(classes: &[u8], first: &[u8], second: &[u8], comparisons: u32) -> Self {
        let (mut only, mut neither) = ([0, 0], 0);
        for ((class, first), second) in classes.iter().zip(first).zip(second) {
            match (first == class, second == class) {
                (true, false) => only[0] += 1,
                (false, true) => only[1] += 1,
                (false, false) => neither += 1,
                (true, true) => {}
            }
        }
        let p = sign_test(only[0], only[1]);
        Self { only, neither, p, is_clear: p <= bonferroni(comparisons as usize) }
    }
}
