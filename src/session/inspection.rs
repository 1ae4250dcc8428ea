//! What a network made of the test images.

use crate::{data::Dataset, session::messages::Inspection, training::evaluation::Answer};

/// Puts the `answers` to all `images` of these `digits` together; none if the network has diverged,
/// so that there are no answers.
pub fn inspection(digits: &[u8], images: &Dataset, answers: &[Answer]) -> Option<Inspection> {
    if answers.iter().any(|answer| !answer.probability.is_finite()) {
        return None;
    }
    let classes = digits.len();
    let mut confusion = vec![vec![0; classes]; classes];
    for (i, answer) in answers.iter().enumerate() {
        confusion[images.class(i)][answer.class] += 1;
    }
    let digit = |class: usize| digits[class];
    Some(Inspection {
        digits: digits.to_vec(),
        positions: (0..images.len()).map(|i| images.file_index(i)).collect(),
        labels: (0..images.len()).map(|i| digit(images.class(i))).collect(),
        predictions: answers.iter().map(|answer| digit(answer.class)).collect(),
        probabilities: answers.iter().map(|answer| answer.probability).collect(),
        confusion,
    })
}
