//! Validation and testing: a network's answers to images, a batch at a time.

use std::{mem, ops::Range, rc::Rc};

use crate::{
    nn::{
        Network, SparseImages,
        loss::{likeliest, log_odds},
    },
    train::{Score, batches::Batch, snapshot::RunningMeans},
};

/// Images to a step; more at once would be no faster, but keep others waiting.
const BATCH: usize = 128;

/// A pass over some images of a data set.
#[derive(Clone, Debug)]
pub struct Evaluation {
    images: Rc<SparseImages>,
    rest: Range<usize>,
    means: RunningMeans,
    /// Of the images so far, without the score.
    found: Evaluated,
}

/// What is known of a network after a pass over some images.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluated {
    /// Its loss and accuracy on them.
    pub score: Score,
    /// For each image, the right class.
    pub classes: Vec<u8>,
    /// For each image, the log-odds of the right class, from the logits.
    pub log_odds: Vec<f32>,
    /// For each image, the class that is likeliest to the network.
    pub answers: Vec<u8>,
}

impl Evaluation {
    /// A pass over the images in `range`.
    pub fn new(images: Rc<SparseImages>, range: Range<usize>) -> Self {
        let (means, found) = (RunningMeans::default(), Evaluated::default());
        Self { images, rest: range, means, found }
    }

    /// A pass over all images.
    pub fn of_all(images: Rc<SparseImages>) -> Self {
        let all = 0..images.len();
        Self::new(images, all)
    }

    /// Takes the next step, with a network without autodiff; the last one returns the result.
    pub fn step(&mut self, network: &Network) -> Option<Evaluated> {
        let end = (self.rest.start + BATCH).min(self.rest.end);
        let batch = Batch::new(&self.images, self.rest.start..end);
        self.rest.start = end;
        let logits = network.forward(batch.images).values();
        self.means.add(&logits, &batch.classes);
        let classes = self.images.classes();
        for (logits, &class) in logits.chunks_exact(classes).zip(&batch.classes) {
            self.found.classes.push(class as u8);
            self.found.log_odds.push(log_odds(logits, class));
            self.found.answers.push(likeliest(logits) as u8);
        }
        self.rest
            .is_empty()
            .then(|| Evaluated { score: self.means.score(), ..mem::take(&mut self.found) })
    }

    /// Takes all steps at once.
    pub fn run(mut self, network: &Network) -> Evaluated {
        loop {
            if let Some(evaluated) = self.step(network) {
                return evaluated;
            }
        }
    }
}
