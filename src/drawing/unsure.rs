//! When a network's answer to a drawing is called unsure.

/// The least probability, of the likeliest class, of an answer that is sure.
const SURE: f32 = 0.9;

/// Whether no class has a probability of 90 % or more. `probabilities` has one entry per class.
pub fn is_unsure(probabilities: &[f32]) -> bool {
    !probabilities.iter().any(|&p| p >= SURE)
}
