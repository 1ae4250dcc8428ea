//! A worker's jobs: a training, an evaluation, or a digit's features. Each is pure: nothing outside
//! changes its result. Jobs run in slices, so that the worker can take messages between them.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use mnist::{Dataset, DigitImages};
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::{
    Result,
    drawing::FeatureJob,
    ensure, error,
    network::{NetworkConfig, parse_layers},
    nn::{Network, SparseImages},
    report::{Epoch, Mistakes},
    settings::Settings,
    train::{Evaluation, Order, Score, Snapshot, Snapshots, State, TrainConfig, Training},
    web::{Bytes, Floats, JsResult, from_ts, network, now, to_ts},
};

/// After so many milliseconds without another output, a training tells how far it is.
const PROGRESS: f64 = 250.0;

/// MNIST's two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Its 60,000 images, for training and validation.
    Train,
    /// Its 10,000 images that take no part in any choice.
    Test,
}

/// The images that a worker has.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Images {
    /// Of each part, by digit.
    parts: [BTreeMap<u8, Rc<DigitImages>>; 2],
    /// A cache: of each part, the digits last chosen, as jobs read them.
    chosen: RefCell<[Option<Chosen>; 2]>,
}

type Chosen = (Vec<u8>, Rc<SparseImages>);

#[wasm_bindgen]
impl Images {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        console_error_panic_hook::set_once();
        Self::default()
    }

    /// Takes a digit's images as two IDX files.
    ///
    /// # Errors
    /// If they are bad.
    pub fn add(
        &mut self,
        part: Ts<Part>,
        digit: u8,
        images: &[u8],
        file_indices: &[u8],
    ) -> JsResult<()> {
        let part: Part = from_ts("a part of MNIST", &part)?;
        ensure!(digit <= 9, "the digit is {digit}, expected 0 to 9");
        let read = DigitImages::read(images, file_indices)
            .map_err(|e| e.of(format!("the images of digit {digit}")))?;
        self.parts[part as usize].insert(digit, Rc::new(read));
        self.chosen.get_mut()[part as usize] = None;
        Ok(())
    }

    /// Whether a digit's images are there.
    ///
    /// # Errors
    /// If there is no such part.
    pub fn has(&self, part: Ts<Part>, digit: u8) -> JsResult<bool> {
        let part: Part = from_ts("a part of MNIST", &part)?;
        Ok(self.of(part).contains_key(&digit))
    }
}

impl Images {
    fn of(&self, part: Part) -> &BTreeMap<u8, Rc<DigitImages>> {
        &self.parts[part as usize]
    }

    /// The images of these digits.
    fn choose(&self, part: Part, digits: &[u8]) -> Result<Rc<SparseImages>> {
        let chosen = &mut self.chosen.borrow_mut()[part as usize];
        if let Some((_, images)) = chosen.as_ref().filter(|(of, _)| of == digits) {
            return Ok(Rc::clone(images));
        }
        let images = Rc::new(SparseImages::new(&Dataset::choose(digits, self.of(part))?));
        *chosen = Some((digits.to_vec(), Rc::clone(&images)));
        Ok(images)
    }
}

/// How one network is trained in one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
pub struct TrainJob {
    /// The digits to tell apart, ascending.
    pub digits: Vec<u8>,
    /// The network's layers, as text.
    pub layers: String,
    /// Step size of stochastic gradient descent.
    pub learning_rate: f64,
    /// Images to a step.
    pub batch_size: u32,
    /// Passes over the training images.
    pub epochs: u32,
    /// The run's seed.
    pub seed: u32,
    /// The order of an epoch.
    pub order: Order,
    /// What is reported: all of each snapshot, or only each epoch's metrics and weights, from which
    /// the job can be resumed elsewhere.
    pub detail: Snapshots,
}

/// What is evaluated: a network's layers, and the digits that it tells apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
pub struct EvaluateJob {
    /// The digits, ascending.
    pub digits: Vec<u8>,
    /// The network's layers, as text.
    pub layers: String,
}

/// What a job tells.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
#[serde(tag = "type", rename_all = "snake_case")]
#[tsify(missing_as_null)]
pub enum JobOutput {
    /// A network at a moment of its training.
    Snapshot {
        /// How many images it has been trained on, counted anew each time one is seen.
        images_seen: u64,
        /// What is known of an epoch, at the end of one.
        epoch: Option<Epoch>,
        /// Its weights.
        weights: Option<Floats>,
        /// For each validation image, the log-odds of the right class.
        log_odds: Option<Floats>,
        /// For each validation image, the class answered.
        answers: Option<Bytes>,
    },
    /// How far a training is.
    Progress {
        /// As in a snapshot.
        images_seen: u64,
    },
    /// What a network makes of the test images.
    Evaluated {
        /// In sum.
        test: Test,
        /// For each image, the log-odds of the right class.
        log_odds: Floats,
        /// For each image, the class answered.
        answers: Bytes,
    },
    /// A digit's features.
    Features {
        /// Whose.
        digit: u8,
        /// None if the digit has too few images.
        features: Option<Bytes>,
    },
}

/// How a network does on the test images.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Tsify)]
pub struct Test {
    /// Its loss and accuracy.
    #[serde(flatten)]
    pub score: Score,
    /// Those that it reads wrongly.
    pub mistakes: Mistakes,
}

impl TrainJob {
    /// How a network of these settings is trained in a run, counted from 0. The first one is shown,
    /// and tells all.
    pub(super) fn new(settings: &Settings, network: &NetworkConfig, run: u32) -> Self {
        let config = settings.train_config(network, run);
        Self {
            digits: settings.digits.clone(),
            layers: config.architecture.to_string(),
            learning_rate: config.learning_rate,
            batch_size: settings.batch_size,
            epochs: config.epochs,
            seed: config.seed,
            order: config.order,
            detail: if run == 0 { Snapshots::Full } else { Snapshots::Epochs },
        }
    }

    fn check(&self) -> Result<TrainConfig> {
        let &Self { learning_rate, batch_size, epochs, seed, order, detail, .. } = self;
        let architecture = parse_layers(&self.layers)?;
        let digits = self.digits.clone();
        Settings { digits, epochs, batch_size, learning_rate, seed, ..Settings::default() }
            .check()?;
        let batch_size = batch_size as usize;
        let snapshots = detail;
        Ok(TrainConfig { architecture, learning_rate, batch_size, epochs, seed, order, snapshots })
    }
}

/// A job.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Job {
    work: Work,
    /// When it last told something.
    told: f64,
}

#[derive(Debug)]
enum Work {
    Training { training: Box<Training>, detail: Snapshots },
    Evaluation { evaluation: Evaluation, network: Network },
    Features { digit: u8, job: Option<FeatureJob> },
    Done,
}

#[wasm_bindgen]
impl Job {
    /// Trains a network from the state after `epoch` epochs; without weights, from the seed's
    /// start.
    ///
    /// # Errors
    /// If the job is bad, or its images or weights are missing.
    pub fn train(
        images: &Images,
        config: Ts<TrainJob>,
        epoch: u32,
        weights: Option<Vec<f32>>,
    ) -> JsResult<Self> {
        let job: TrainJob = from_ts("a training", &config)?;
        let config = job.check()?;
        let images = images.choose(Part::Train, &job.digits)?;
        ensure!(epoch <= config.epochs, "epoch {epoch} is none of {}", config.epochs);
        ensure!(epoch == 0 || weights.is_some(), "the weights after epoch {epoch} are not there");
        let state = match weights {
            Some(weights) => State { epoch, weights },
            None => State::start(&config.architecture, job.digits.len(), config.seed),
        };
        let training = Box::new(Training::new(config, images, state)?);
        Ok(Work::Training { training, detail: job.detail }.into())
    }

    /// Evaluates weights on the test images.
    ///
    /// # Errors
    /// If the job is bad, or its images are missing.
    pub fn evaluate(images: &Images, config: Ts<EvaluateJob>, weights: &[f32]) -> JsResult<Self> {
        let EvaluateJob { digits, layers } = from_ts("an evaluation", &config)?;
        let network = network(&layers, &digits, weights)?;
        let evaluation = Evaluation::of_all(images.choose(Part::Test, &digits)?);
        Ok(Work::Evaluation { evaluation, network }.into())
    }

    /// Makes the features of a digit's training images.
    ///
    /// # Errors
    /// If they are not there.
    pub fn features(images: &Images, digit: u8) -> JsResult<Self> {
        let images = images.of(Part::Train).get(&digit);
        let images = images.ok_or_else(|| error!("the images of digit {digit} are not there"))?;
        Ok(Work::Features { digit, job: FeatureJob::new(images) }.into())
    }

    /// Works for about this many milliseconds, and returns its outputs.
    pub fn step(&mut self, milliseconds: f64) -> JsResult<Vec<Ts<JobOutput>>> {
        let mut time = now();
        let end = time + milliseconds;
        let mut outputs = Vec::new();
        while !self.finished() && !self.resting() {
            outputs.extend(self.work.step());
            time = now();
            if time >= end {
                break;
            }
        }
        if let Work::Training { training, .. } = &self.work
            && outputs.is_empty()
            && time - self.told >= PROGRESS
        {
            outputs.push(JobOutput::Progress { images_seen: training.images_seen() });
        }
        if !outputs.is_empty() {
            self.told = time;
        }
        outputs.iter().map(to_ts).collect()
    }

    /// Makes a training rest, with a snapshot, after the batch by which this many images have been
    /// seen. `None` lets it continue.
    pub fn rest_at(&mut self, images_seen: Option<f64>) {
        if let Work::Training { training, .. } = &mut self.work {
            training.rest_at(images_seen.map(|images| images as u64));
        }
    }

    /// Whether it is a training that rests.
    #[wasm_bindgen(getter)]
    pub fn resting(&self) -> bool {
        matches!(&self.work, Work::Training { training, .. } if training.is_resting())
    }

    /// Whether all is done. Training also ends when the loss is no longer a finite number.
    #[wasm_bindgen(getter)]
    pub fn finished(&self) -> bool {
        match &self.work {
            Work::Training { training, .. } => training.is_finished(),
            Work::Evaluation { .. } | Work::Features { .. } => false,
            Work::Done => true,
        }
    }
}

impl From<Work> for Job {
    fn from(work: Work) -> Self {
        Self { work, told: now() }
    }
}

impl Work {
    /// Works for some milliseconds at most.
    fn step(&mut self) -> Option<JobOutput> {
        let output = match self {
            Self::Training { training, detail } => {
                return training.step().map(|snapshot| of_snapshot(snapshot, *detail));
            }
            Self::Evaluation { evaluation, network } => {
                let told = evaluation.step(network)?;
                JobOutput::Evaluated {
                    test: Test { score: told.score, mistakes: Mistakes::of(&told) },
                    log_odds: Floats(told.log_odds),
                    answers: Bytes(told.answers),
                }
            }
            Self::Features { digit, job } => {
                let features = match job {
                    Some(job) => Some(Bytes(job.step()?)),
                    None => None,
                };
                JobOutput::Features { digit: *digit, features }
            }
            Self::Done => return None,
        };
        *self = Self::Done;
        Some(output)
    }
}

fn of_snapshot(snapshot: Snapshot, detail: Snapshots) -> JobOutput {
    let is_full = detail == Snapshots::Full;
    JobOutput::Snapshot {
        images_seen: snapshot.images_seen,
        epoch: Epoch::of(&snapshot),
        weights: Some(Floats(snapshot.weights)),
        log_odds: is_full.then_some(Floats(snapshot.validation.log_odds)),
        answers: is_full.then_some(Bytes(snapshot.validation.answers)),
    }
}
