//! The training loop, a step at a time.

use std::{mem, ops::Range, rc::Rc};

use serde::{Deserialize, Serialize};

use crate::{
    Result, ensure,
    network::Architecture,
    nn::{Network, SparseImages, init::start, loss::cross_entropy},
    train::{
        Evaluated, Evaluation, Metrics, Order, Snapshot, batches::Batch, snapshot::RunningMeans,
        split,
    },
};

/// What a training depends on besides its images and its state.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainConfig {
    /// The network's layers.
    pub architecture: Architecture,
    /// Step size of stochastic gradient descent.
    pub learning_rate: f64,
    /// Images to a step; the last batch of an epoch may be smaller.
    pub batch_size: usize,
    /// Passes over the training images.
    pub epochs: u32,
    /// The run's seed, which gives each epoch its order.
    pub seed: u32,
    /// The order of an epoch.
    pub order: Order,
    /// When there are snapshots.
    pub snapshots: Snapshots,
}

/// When a training makes snapshots. Whichever is chosen changes no bit of the training.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Snapshots {
    /// At each epoch's end.
    Epochs,
    /// Before the first step, after 1, 2, 4, … batches of the first epoch, and at each epoch's end.
    Full,
}

/// The state of a training between two epochs: as SGD has no momentum, later epochs depend only on
/// the weights.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Epochs done.
    pub epoch: u32,
    /// The weights at their end, as [`Network::new`] takes them.
    pub weights: Vec<f32>,
}

impl State {
    /// The state before the first epoch of the run with `seed`.
    pub fn start(architecture: &Architecture, classes: usize, seed: u32) -> Self {
        Self { epoch: 0, weights: start(architecture, classes, seed) }
    }
}

/// Trains one network in one run.
#[derive(Debug)]
pub struct Training {
    config: TrainConfig,
    images: Rc<SparseImages>,
    network: Network,
    /// The images that validate.
    validation: Range<usize>,
    /// Epochs done.
    epoch: u32,
    /// The training images in the order of this epoch, of which `next` are done.
    order: Vec<usize>,
    next: usize,
    means: RunningMeans,
    phase: Phase,
    /// It rests when so many images have been seen.
    rest: Option<u64>,
}

#[derive(Debug)]
enum Phase {
    /// The next step takes a batch.
    Batches,
    /// A snapshot is being made; the next steps validate.
    Validating(Evaluation),
    /// All epochs are done, or the loss is no longer a finite number.
    Finished,
}

impl Training {
    /// A training on these images (for training and validation) that goes on from `state`.
    ///
    /// # Errors
    /// If there are too few images to train on some and validate on others, or the state is not of
    /// this network.
    pub fn new(config: TrainConfig, images: Rc<SparseImages>, state: State) -> Result<Self> {
        let (count, classes) = (images.len(), images.classes());
        ensure!(count >= 2, "{count} images to train on, expected at least 2");
        let (weights, expected) = (state.weights.len(), config.architecture.parameters(classes));
        ensure!(weights == expected, "the state has {weights} weights, expected {expected}");
        let mut training = Self {
            network: Network::new(&config.architecture, classes, &state.weights),
            validation: split(count).1,
            images,
            epoch: state.epoch,
            order: Vec::new(),
            next: 0,
            means: RunningMeans::default(),
            phase: Phase::Finished,
            rest: None,
            config,
        };
        training.begin_epoch();
        if training.epoch == 0 && training.config.snapshots == Snapshots::Full {
            training.validate();
        }
        Ok(training)
    }

    /// Takes the next step: a batch of training images, or some validation images for a snapshot.
    /// The step that completes a snapshot returns it. When all is done, or it rests, nothing happens.
    pub fn step(&mut self) -> Option<Snapshot> {
        if self.is_resting() {
            return None;
        }
        match &mut self.phase {
            Phase::Batches => {
                self.train_batch();
                if self.is_snapshot_due() {
                    self.validate();
                }
                None
            }
            Phase::Validating(evaluation) => {
                let validation = evaluation.step(&self.network)?;
                Some(self.snapshot(validation))
            }
            Phase::Finished => None,
        }
    }

    /// Trains to the end of an epoch; none if all are done.
    pub fn epoch(&mut self) -> Option<Snapshot> {
        while !self.is_finished() {
            if let Some(snapshot) = self.step().filter(|snapshot| snapshot.metrics.is_some()) {
                return Some(snapshot);
            }
        }
        None
    }

    /// Makes it rest, with a snapshot, after the batch by which this many images have been seen.
    /// `None` lets it continue.
    pub fn rest_at(&mut self, images_seen: Option<u64>) {
        self.rest = images_seen;
    }

    /// Whether it rests.
    pub fn is_resting(&self) -> bool {
        matches!(self.phase, Phase::Batches) && self.is_rest_reached()
    }

    fn is_rest_reached(&self) -> bool {
        self.rest.is_some_and(|images| images <= self.images_seen())
    }

    /// Whether all epochs are done, or the loss is no longer a finite number.
    pub fn is_finished(&self) -> bool {
        matches!(self.phase, Phase::Finished)
    }

    /// How many images the network has been trained on, counted anew each time one is seen.
    pub fn images_seen(&self) -> u64 {
        u64::from(self.epoch) * self.validation.start as u64 + self.next as u64
    }

    /// The network as it stands.
    pub fn network(&self) -> &Network {
        &self.network
    }

    fn begin_epoch(&mut self) {
        self.next = 0;
        self.means = RunningMeans::default();
        if self.epoch < self.config.epochs {
            let TrainConfig { order, seed, .. } = self.config;
            self.order = order.indices(self.validation.start, seed, self.epoch + 1);
            self.phase = Phase::Batches;
        } else {
            self.phase = Phase::Finished;
        }
    }

    /// One step of gradient descent: logits, loss, gradients, new weights.
    fn train_batch(&mut self) {
        let end = (self.next + self.config.batch_size).min(self.order.len());
        let batch = Batch::new(&self.images, self.order[self.next..end].iter().copied());
        self.next = end;

        let logits = self.network.forward_recorded(batch.images); // [batch, classes]
        self.means.add(&logits.values(), &batch.classes);
        cross_entropy(logits, &batch.classes).backward();
        // Taken, not cloned: weights that nobody else holds are changed in place.
        let network = mem::replace(&mut self.network, Network { layers: Vec::new() });
        self.network = network.descend(self.config.learning_rate);
    }

    fn is_epoch_done(&self) -> bool {
        self.next == self.order.len()
    }

    fn is_snapshot_due(&self) -> bool {
        let batches = self.next.div_ceil(self.config.batch_size);
        let doubles = self.config.snapshots == Snapshots::Full && self.epoch == 0;
        let is_double = doubles && batches.is_power_of_two();
        self.is_rest_reached() || is_double || self.is_epoch_done()
    }

    fn validate(&mut self) {
        let evaluation = Evaluation::new(Rc::clone(&self.images), self.validation.clone());
        self.phase = Phase::Validating(evaluation);
    }

    fn snapshot(&mut self, validation: Evaluated) -> Snapshot {
        let (trained, validated) = (self.means.score(), validation.score);
        let metrics = self.is_epoch_done().then_some(Metrics {
            loss: trained.loss,
            accuracy: trained.accuracy,
            val_loss: validated.loss,
            val_accuracy: validated.accuracy,
        });
        let (images_seen, weights) = (self.images_seen(), self.network.weights());
        self.phase = Phase::Batches;
        if let Some(metrics) = metrics {
            self.epoch += 1;
            self.begin_epoch();
            if !metrics.is_finite() {
                self.phase = Phase::Finished;
            }
        }
        Snapshot { images_seen, metrics, weights, validation }
    }
}
