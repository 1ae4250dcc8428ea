//! Validation and testing: a network's answers to images, a batch at a time.

use std::ops::Range;

use crate::{
    data::{Batch, Dataset, PIXELS},
    model::{
        Network,
        ops::{from_values, into_values, softmax},
    },
    training::{
        Score,
        loss::{Tally, likeliest},
    },
};

/// Images to a step; more at once would be no faster, but keep others waiting.
const BATCH: usize = 128;

/// A pass over some images.
#[derive(Clone, Debug)]
pub struct Evaluation {
    rest: Range<usize>,
    tally: Tally,
    answers: Vec<Answer>,
}

/// What a network says of an image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The likeliest class.
    pub class: usize,
    /// Its probability.
    pub probability: f32,
}

impl Evaluation {
    /// A pass over the images in `range`.
    pub fn new(range: Range<usize>) -> Self {
        Self {
            answers: Vec::with_capacity(range.len()),
            rest: range,
            tally: Tally::default(),
        }
    }

    /// Takes the next step; the last one returns the score.
    pub fn step(&mut self, network: &Network, images: &Dataset) -> Option<Score> {
        let end = (self.rest.start + BATCH).min(self.rest.end);
        let batch = Batch::new(images, self.rest.start..end);
        self.rest.start = end;
        let scores = scores(network, batch.pixels);
        self.tally.add(&scores, &batch.classes);
        self.answers
            .extend(
                scores
                    .chunks_exact(scores.len() / batch.classes.len())
                    .map(|scores| {
                        let class = likeliest(scores);
                        Answer {
                            class,
                            probability: softmax(scores)[class],
                        }
                    }),
            );
        self.rest.is_empty().then(|| self.tally.score())
    }

    /// Takes all steps at once.
    pub fn run(mut self, network: &Network, images: &Dataset) -> (Score, Vec<Answer>) {
        loop {
            if let Some(score) = self.step(network, images) {
                return (score, self.answers);
            }
        }
    }

    /// The answers so far, in the order of the images.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }
}

/// The scores of images, `[batch, classes]` in row-major order, for pixels `[batch, 784]`. The
/// network must not record for differentiation: see [`Network::new`].
pub fn scores(network: &Network, pixels: Vec<f32>) -> Vec<f32> {
    let batch = pixels.len() / PIXELS;
    into_values(network.forward(from_values(pixels, [batch, PIXELS])))
}
