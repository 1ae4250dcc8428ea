//! What a network made of the test images.

use mnist::Dataset;

use super::messages::Inspection;
use crate::{
    nn::{Network, loss::softmax},
    train::{Evaluated, batches::Batch},
};

/// Images that are looked at again at once.
const BATCH: usize = 128;

/// Puts together what the `network` made of all `images`; none if it has diverged, so that there
/// are no answers.
pub fn inspection(
    network: &Network,
    images: &Dataset,
    evaluated: &Evaluated,
) -> Option<Inspection> {
    if !evaluated.log_odds.iter().all(|odds| odds.is_finite()) {
        return None;
    }
    let digits = images.digits();
    let classes: Vec<usize> = (0..images.len()).map(|i| images.class(i)).collect();
    let answers = || evaluated.answers.iter().map(|&answer| usize::from(answer));
    let mut confusion = vec![vec![0; digits.len()]; digits.len()];
    for (&class, answer) in classes.iter().zip(answers()) {
        confusion[class][answer] += 1;
    }
    let odds = evaluated.log_odds.iter();
    let mut probabilities: Vec<f32> = odds.map(|odds| 1.0 / (1.0 + libm::expf(-odds))).collect();
    // Those are of the right classes; of the others, the logits tell.
    let wrong = answers().enumerate().filter(|&(i, answer)| answer != classes[i]);
    let wrong: Vec<(usize, usize)> = wrong.collect();
    for batch in wrong.chunks(BATCH) {
        let images = Batch::new(images, batch.iter().map(|&(i, _)| i));
        let logits = network.logits(images.pixels);
        for (logits, &(i, answer)) in logits.chunks_exact(digits.len()).zip(batch) {
            probabilities[i] = softmax(logits)[answer];
        }
    }
    Some(Inspection {
        digits: digits.to_vec(),
        positions: (0..images.len()).map(|i| images.file_index(i)).collect(),
        labels: classes.iter().map(|&class| digits[class]).collect(),
        predictions: answers().map(|answer| digits[answer]).collect(),
        probabilities,
        confusion,
    })
}
