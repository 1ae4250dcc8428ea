//! The training loop, a batch at a time.

use std::{fmt, mem, ops::Range, rc::Rc};

use burn::{
    module::Module,
    optim::{GradientsParams, ModuleOptimizer},
};

use crate::{
    Error, Result,
    data::{
        Batch, Dataset, PIXELS,
        split::{shuffled, split},
    },
    model::{
        ModelKind, Network, Weights,
        ops::{Sgd, cross_entropy, from_values, into_values},
    },
    training::{Metrics, Settings, evaluation::Evaluation, loss::Tally},
};

/// What a run depends on besides its images and its start.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Images to a training step.
    pub batch_size: usize,
    /// Step size of stochastic gradient descent.
    pub learning_rate: f64,
    /// The run's seed: it gives each epoch its order.
    pub seed: u32,
    /// Whether an epoch takes the images in an order of its own, or as they come.
    pub shuffle: bool,
}

impl Options {
    /// The options of the run of `settings` that has `seed`.
    pub fn new(settings: &Settings, seed: u32, shuffle: bool) -> Self {
        Self {
            batch_size: settings.batch_size as usize,
            learning_rate: settings.learning_rate,
            seed,
            shuffle,
        }
    }
}

/// Trains one network in one run.
pub struct Trainer {
    network: Network,
    optimizer: ModuleOptimizer,
    images: Rc<Dataset>,
    training: Range<usize>,
    validation: Range<usize>,
    options: Options,
    epoch: u32,
    /// The training images in the order of this epoch, of which `next` are done.
    order: Vec<usize>,
    next: usize,
    trained: Tally,
    validated: Evaluation,
}

impl Trainer {
    /// A run of the `model` network on `images` (for training and validation), from `start`.
    ///
    /// # Errors
    /// If there are too few images to train on some and validate on others.
    pub fn new(
        model: ModelKind,
        images: Rc<Dataset>,
        start: &Weights,
        options: Options,
    ) -> Result<Self> {
        if images.len() < 2 {
            return Err(Error::new(format!(
                "{} images to train on, expected at least 2",
                images.len()
            )));
        }
        let (training, validation) = split(images.len());
        let mut trainer = Self {
            network: Network::new(model, images.digits().len(), start).train(),
            optimizer: Sgd.into(),
            images,
            training,
            validated: Evaluation::new(validation.clone()),
            validation,
            options,
            epoch: 0,
            order: Vec::new(),
            next: 0,
            trained: Tally::default(),
        };
        trainer.begin_epoch();
        Ok(trainer)
    }

    /// Trains for one epoch and validates.
    pub fn epoch(&mut self) -> Metrics {
        loop {
            if let Some(metrics) = self.step() {
                return metrics;
            }
        }
    }

    /// Whether the epoch's next step is one of validation.
    pub fn is_validating(&self) -> bool {
        self.next == self.order.len()
    }

    /// Takes the epoch's next step, on one batch of training or validation images. The last step
    /// returns the epoch's metrics.
    pub fn step(&mut self) -> Option<Metrics> {
        if !self.is_validating() {
            self.train();
            return None;
        }
        let validated = self.validated.step(&self.network.valid(), &self.images)?;
        let trained = self.trained.score();
        self.begin_epoch();
        Some(Metrics {
            loss: trained.loss,
            accuracy: trained.accuracy,
            val_loss: validated.loss,
            val_accuracy: validated.accuracy,
        })
    }

    fn begin_epoch(&mut self) {
        self.epoch += 1;
        self.order = if self.options.shuffle {
            shuffled(self.training.clone(), self.options.seed, self.epoch)
        } else {
            self.training.clone().collect()
        };
        self.next = 0;
        self.trained = Tally::default();
        self.validated = Evaluation::new(self.validation.clone());
    }

    /// One step of gradient descent: scores, loss, gradients, new weights.
    fn train(&mut self) {
        let end = (self.next + self.options.batch_size).min(self.order.len());
        let batch = Batch::new(&self.images, self.order[self.next..end].iter().copied());
        self.next = end;

        let pixels = from_values(batch.pixels, [batch.classes.len(), PIXELS]).autodiff();
        let scores = self.network.forward(pixels); // [batch, classes]
        self.trained
            .add(&into_values(scores.clone().inner()), &batch.classes);
        let loss = cross_entropy(scores, &batch.classes);
        let gradients = GradientsParams::from_grads(loss.backward(), &self.network);
        // Taken, not cloned: the optimiser updates weights in place that nobody else holds.
        let network = mem::replace(&mut self.network, Network { layers: Vec::new() });
        self.network = self
            .optimizer
            .step(self.options.learning_rate, network, gradients);
    }

    /// The network as it stands, for classifying.
    pub fn network(&self) -> Network {
        self.network.valid()
    }

    /// Epochs done, and the part done of the current one.
    pub fn progress(&self) -> f64 {
        let done = self.next + self.validated.answers().len();
        f64::from(self.epoch - 1) + done as f64 / self.images.len() as f64
    }

    /// The numbers of training and of validation images.
    pub fn counts(&self) -> (usize, usize) {
        (self.training.len(), self.validation.len())
    }
}

impl fmt::Debug for Trainer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trainer")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
