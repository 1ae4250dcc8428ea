//! All that page and worker say to each other. The page posts [`Request`]s, each with an id; the
//! worker answers each with a [`Reply`] or an error sentence under the same id, and posts
//! [`Event`]s while it trains. `www/messages.d.ts` is made from this file by its test.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{Run, Settings, comparison::Comparison};
use crate::{
    settings::Problem,
    train::{Metrics, Score},
};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod typescript;

/// What the page asks of a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Reads settings from an address's hash. Answered by [`Reply::Settings`].
    ReadSettings {
        /// As in `location.hash`, with or without `#`; empty gives the defaults.
        hash: String,
    },
    /// Hands over the images of one digit, once for each part and digit. Answered by
    /// [`Reply::Done`].
    AddDigit {
        /// Training or test images.
        part: Part,
        /// The digit that the images show.
        digit: u8,
        /// An IDX file: u8, `[n, 28, 28]`.
        #[cfg_attr(test, ts(type = "Uint8Array"))]
        images: ByteBuf,
        /// An IDX file: i32, `[n]`, the images' positions in MNIST's file, ascending.
        #[cfg_attr(test, ts(type = "Uint8Array"))]
        positions: ByteBuf,
    },
    /// Trains `settings.runs` runs. Answered by [`Reply::Done`] at once; [`Event`]s follow.
    Train {
        /// What to train, and how.
        settings: Settings,
        /// A safetensors file with the weights that every run starts from; without it each run
        /// draws its own from its seed.
        #[serde(default)]
        #[cfg_attr(test, ts(optional, type = "Uint8Array"))]
        start: Option<ByteBuf>,
        /// Whether each epoch takes the images in an order of its own.
        #[serde(default = "yes")]
        #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
        shuffle: bool,
    },
    /// Rests after the current batch. Answered by [`Reply::Done`].
    Pause,
    /// Goes on after [`Request::Pause`]. Answered by [`Reply::Done`].
    Resume,
    /// Ends training and keeps the weights as they are. Answered by [`Reply::Done`];
    /// [`Event::RunFinished`] and [`Event::Finished`] follow.
    Stop,
    /// Ends training and forgets the weights. Answered by [`Reply::Done`]; no event follows.
    Reset,
    /// Classifies. Answered by [`Reply::Prediction`].
    Predict {
        /// What to classify.
        input: Input,
    },
    /// Takes the custom network's answer apart. Answered by [`Reply::Contributions`].
    Explain {
        /// What to classify.
        input: Input,
    },
    /// Classifies every test image of the trained digits. Answered by [`Reply::Inspection`].
    Inspect,
    /// Asks for the cubic layer's V and W. Answered by [`Reply::CubicWeights`].
    ShowCubic,
    /// Asks for the weights as a file. Answered by [`Reply::File`].
    SaveWeights,
    /// Takes the weights from a file. Answered by [`Reply::Loaded`].
    LoadWeights {
        /// A safetensors file.
        #[cfg_attr(test, ts(type = "Uint8Array"))]
        file: ByteBuf,
    },
    /// Compares the models over runs. Answered by [`Reply::Comparison`].
    Compare {
        /// The runs so far, oldest first; the last may be unfinished.
        runs: Vec<Run>,
        /// The settings they were made with.
        settings: Settings,
    },
    /// Writes the runs as a file. Answered by [`Reply::Text`].
    Export {
        /// Which file.
        format: Format,
        /// The runs so far, oldest first.
        runs: Vec<Run>,
        /// The settings they were made with.
        settings: Settings,
    },
}

fn yes() -> bool {
    true
}

/// The two parts of MNIST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The 60,000 images for training and validation.
    Train,
    /// The 10,000 images for testing.
    Test,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Train => "training",
            Self::Test => "test",
        })
    }
}

/// Something to classify.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Input {
    /// A drawing.
    Strokes {
        /// Each stroke's points, `[x, y]` in units of the pad's side, y downwards.
        strokes: Vec<Vec<[f32; 2]>>,
    },
    /// A test image, taken as it is.
    TestImage {
        /// Its position in MNIST's test file.
        position: u32,
    },
}

/// A file of runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A line for each run, model and epoch.
    Csv,
    /// Keras-style histories.
    Json,
}

/// What a worker answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Reply {
    /// Done; there is nothing to tell.
    Done,
    /// The settings that a hash gives.
    Settings {
        /// Valid settings: a default stands in for each bad value.
        settings: Settings,
        /// The hash that gives these settings, without `#`.
        hash: String,
        /// A sentence for each bad value.
        problems: Vec<Problem>,
    },
    /// A classification.
    Prediction {
        /// The 28×28 image that the model received, row by row, 0 to 1; empty without ink.
        image: Vec<f32>,
        /// The answer, or why there is none.
        outcome: Outcome,
    },
    /// What the custom network's cubic layer adds to each score.
    Contributions(Contributions),
    /// How the test images were classified.
    Inspection(Inspection),
    /// The cubic layer's weights, row by row.
    CubicWeights {
        /// Inputs of the layer: rows of V and W.
        inputs: u32,
        /// Units of the layer: columns of V and W.
        units: u32,
        /// V, of the cubed inputs.
        v: Vec<f32>,
        /// W, of the plain inputs.
        w: Vec<f32>,
    },
    /// A file.
    File {
        /// Its bytes.
        #[cfg_attr(test, ts(type = "Uint8Array"))]
        bytes: ByteBuf,
    },
    /// A text file.
    Text {
        /// Its text.
        text: String,
    },
    /// Weights were loaded.
    Loaded {
        /// The digits that the loaded model knows.
        digits: Vec<u8>,
    },
    /// How the models compare.
    Comparison(Comparison),
}

/// The answer to a drawing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Outcome {
    /// There is nothing to classify, or nothing to classify it with.
    Nothing {
        /// Why, as a sentence.
        reason: String,
    },
    /// An answer.
    Answer {
        /// The digit of each class.
        digits: Vec<u8>,
        /// The probability of each class.
        probabilities: Vec<f32>,
        /// Why the answer should not be trusted, as a sentence.
        doubt: Option<String>,
    },
}

/// The custom network's scores (logits), unit by unit of its cubic layer y = x³·V − x·W + b:
/// `scores[k] = Σ_j cubic[k][j] + Σ_j linear[k][j] + bias[k]`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Contributions {
    /// The digit of each class `k`.
    pub digits: Vec<u8>,
    /// What unit `j`'s x³·V adds to class `k`.
    pub cubic: Vec<Vec<f32>>,
    /// What unit `j`'s −x·W adds to class `k`.
    pub linear: Vec<Vec<f32>>,
    /// What both layers' biases add to class `k`.
    pub bias: Vec<f32>,
    /// The scores.
    pub scores: Vec<f32>,
}

/// A model's classification of the test images of its digits.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Inspection {
    /// The digit of each class.
    pub digits: Vec<u8>,
    /// Each image's position in MNIST's test file, ascending.
    pub positions: Vec<u32>,
    /// Each image's digit.
    pub labels: Vec<u8>,
    /// The digit that the model sees in each image.
    pub predictions: Vec<u8>,
    /// The probability that the model gives to that digit.
    pub probabilities: Vec<f32>,
    /// Images of class `row` that were taken for class `column`.
    pub confusion: Vec<Vec<u32>>,
}

/// What a worker tells while it trains.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A run begins.
    RunStarted {
        /// The run, from 0.
        run: u32,
        /// Its seed.
        seed: u32,
        /// Images that are trained on.
        training_images: u32,
        /// Images that validate.
        validation_images: u32,
    },
    /// Part of an epoch is done. Sent a few times a second at most.
    Progress {
        /// The run, from 0.
        run: u32,
        /// Finished epochs of the run, and the part done of the current one.
        epochs: f64,
    },
    /// An epoch is done.
    Epoch {
        /// The run, from 0.
        run: u32,
        /// The epoch, from 1.
        epoch: u32,
        /// Its metrics.
        metrics: Metrics,
        /// Its wall time, training and validation, pauses left out.
        seconds: f64,
        /// The part of it that was spent on training.
        training_seconds: f64,
    },
    /// The model's run is over.
    RunFinished {
        /// The run, from 0.
        run: u32,
        /// Its score on the test images.
        test: Score,
        /// The epoch, from 1, whose loss was not a number or infinite, and which ended the run.
        diverged: Option<u32>,
        /// How it classified the test images, unless it diverged.
        inspection: Option<Inspection>,
    },
    /// All runs are over.
    Finished,
}
