//! What a network reads wrongly, and what it costs.

use serde::{Deserialize, Serialize};

use crate::{report::statistics::median, train::Evaluated};

/// The images that a network reads wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Mistakes {
    /// How many.
    pub count: u32,
    /// The median, over them, of the probability that the network left for the right class.
    pub truth: Option<f64>,
    /// Their share of the sum of all images' losses.
    pub loss_share: Option<f64>,
}

impl Mistakes {
    /// Those among the images that were looked at.
    pub fn of(evaluated: &Evaluated) -> Self {
        let mut truths = Vec::new();
        let (mut all, mut wrong) = (0.0, 0.0);
        let images = evaluated.classes.iter().zip(&evaluated.answers).zip(&evaluated.log_odds);
        for ((class, answer), &log_odds) in images {
            let log_odds = f64::from(log_odds);
            let loss = softplus(-log_odds);
            all += loss;
            if class != answer {
                wrong += loss;
                truths.push(1.0 / (1.0 + libm::exp(-log_odds)));
            }
        }
        Self {
            count: truths.len() as u32,
            truth: median(&mut truths),
            loss_share: Some(wrong / all).filter(|share| share.is_finite()),
        }
    }
}

/// ln(1 + eˣ): the loss −ln p of an image whose log-odds are −x.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}
