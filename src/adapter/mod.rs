//! What the first version's page, which `www` still is, needs of the core: one network's life in a
//! worker, requests in, replies and events out, and the comparison of runs with its verdict in
//! words. It knows no browser: `web` hands it the messages and the time.
//!
//! It goes when the page is rebuilt. Until then it alone knows of [kinds](ModelKind) of networks.

pub mod comparison;
mod contributions;
pub mod export;
mod history;
mod inspection;
mod job;
mod kind;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod made_up;
pub mod messages;
mod reader;
mod settings;
mod verdict;

pub use history::{History, ModelRun, Run};
pub use kind::ModelKind;
pub use settings::Settings;

use std::{collections::BTreeMap, rc::Rc};

use mnist::{Dataset, DigitImages};

use self::{
    comparison::{Comparison, compare},
    job::Job,
    messages::{Event, Format, Input, Outcome, Part, Reply, Request},
    reader::Reader,
};
use crate::{
    Error, Result,
    drawing::{Blank, DigitFeatures, FeatureJob, Image, image_of_strokes},
    network::safetensors::{self, Precision},
    nn::Network,
    train::batches::scaled,
};

/// Compares the models over runs, with the verdict.
fn judge(runs: &[Run], settings: &Settings) -> Comparison {
    let comparison = compare(runs, settings);
    let verdict = verdict::verdict(runs, settings, &comparison.differences);
    Comparison { verdict, ..comparison }
}

/// Milliseconds of work in a [`Session::step`], so that requests are answered at once.
const SLICE_MS: f64 = 10.0;

/// One model's life in a worker.
#[derive(Debug)]
pub struct Session {
    model: ModelKind,
    train: BTreeMap<u8, Rc<DigitImages>>,
    test: BTreeMap<u8, Rc<DigitImages>>,
    /// Of the digits whose training images are there.
    features: BTreeMap<u8, DigitFeatures>,
    job: Option<Job>,
    paused: bool,
    /// The network that answers when no job has one.
    loaded: Option<Reader>,
}

impl Session {
    /// A session of the network of kind `model`, without data or weights.
    pub fn new(model: ModelKind) -> Self {
        Self {
            model,
            train: BTreeMap::new(),
            test: BTreeMap::new(),
            features: BTreeMap::new(),
            job: None,
            paused: false,
            loaded: None,
        }
    }

    /// Whether [`Session::step`] has work to do.
    pub fn is_busy(&self) -> bool {
        self.is_training() && !self.paused
    }

    /// Works for at most 10 ms by `clock`, which tells milliseconds from any origin.
    ///
    /// # Errors
    /// If training cannot go on; it has ended then.
    pub fn step(&mut self, clock: impl Fn() -> f64) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        let mut now = clock();
        let end = now + SLICE_MS;
        while self.is_busy() && now < end {
            let Some(job) = &mut self.job else { break };
            if let Err(error) = job.step(now, &mut events) {
                self.job = None;
                return Err(error);
            }
            now = clock();
        }
        Ok(events)
    }

    /// Answers a request.
    ///
    /// # Errors
    /// If the request cannot be fulfilled; the session is then as it was.
    pub fn handle(&mut self, request: Request) -> Result<Reply> {
        match request {
            Request::ReadSettings { hash } => {
                let (settings, problems) = Settings::from_hash(&hash);
                return Ok(Reply::Settings { hash: settings.to_hash(), settings, problems });
            }
            Request::AddDigit { part, digit, images, positions } => {
                self.add_digit(part, digit, &images, &positions)?;
            }
            Request::Train { settings, start, shuffle } => {
                self.train(settings, start.as_deref().map(|file| &file[..]), shuffle)?;
            }
            Request::Pause => {
                self.paused = true;
                if let Some(job) = &mut self.job {
                    job.rest();
                }
            }
            Request::Resume => self.paused = false,
            Request::Stop => {
                self.paused = false;
                if let Some(job) = &mut self.job {
                    job.stop();
                }
            }
            Request::Reset => {
                self.paused = false;
                self.job = None;
                self.loaded = None;
            }
            Request::Predict { input } => return self.predict(&input),
            Request::Explain { input } => return self.explain(&input),
            Request::Inspect => {
                return Ok(Reply::Inspection(self.reader()?.inspect(&self.test)?));
            }
            Request::ShowCubic => return self.reader()?.show_cubic(),
            Request::SaveWeights => return self.save_weights(),
            Request::LoadWeights { file } => return self.load_weights(&file),
            Request::Compare { runs, settings } => {
                return Ok(Reply::Comparison(judge(&runs, &settings)));
            }
            Request::Export { format, runs, settings } => {
                let text = match format {
                    Format::Csv => export::csv(&runs),
                    Format::Json => export::json(&runs, &settings),
                };
                return Ok(Reply::Text { text });
            }
        }
        Ok(Reply::Done)
    }

    fn add_digit(&mut self, part: Part, digit: u8, images: &[u8], positions: &[u8]) -> Result<()> {
        if digit > 9 {
            return Err(Error::new(format!("the digit is {digit}, expected 0 to 9")));
        }
        let images = DigitImages::read(images, positions)
            .map_err(|e| e.of(format!("the {part} images of digit {digit}")))?;
        let images = Rc::new(images);
        if part == Part::Train {
            self.features.remove(&digit);
            if let Some(mut job) = FeatureJob::new(digit, &images) {
                let features = std::iter::repeat_with(|| job.step()).flatten().next();
                self.features.extend(features.map(|features| (digit, features)));
            }
        }
        self.digits_mut(part).insert(digit, images);
        Ok(())
    }

    fn digits_mut(&mut self, part: Part) -> &mut BTreeMap<u8, Rc<DigitImages>> {
        match part {
            Part::Train => &mut self.train,
            Part::Test => &mut self.test,
        }
    }

    fn is_training(&self) -> bool {
        self.job.as_ref().is_some_and(|job| !job.is_finished())
    }

    fn train(&mut self, settings: Settings, start: Option<&[u8]>, shuffle: bool) -> Result<()> {
        if self.is_training() {
            return Err(Error::new("training is already going on: stop it first"));
        }
        let settings = crate::settings::Settings::from(settings);
        settings.check()?;
        let architecture = self.model.network().architecture;
        let start = start
            .map(|file| safetensors::read_start(&architecture, file, settings.classes()))
            .transpose()?;
        let images = Rc::new(Dataset::choose(&settings.digits, &self.train)?);
        let test = Rc::new(Dataset::choose(&settings.digits, &self.test)?);
        self.job = Some(Job::new(self.model, settings, start, shuffle, images, test));
        self.paused = false;
        Ok(())
    }

    /// The network that answers.
    fn reader(&self) -> Result<Reader> {
        let trained = self.job.as_ref().and_then(|job| {
            Some(Reader {
                model: self.model,
                network: job.network()?,
                digits: job.digits().to_vec(),
            })
        });
        trained
            .or_else(|| self.loaded.clone())
            .ok_or_else(|| Error::new(format!("The {} network is not trained yet.", self.model)))
    }

    fn save_weights(&self) -> Result<Reply> {
        let Reader { network, digits, .. } = self.reader()?;
        let architecture = self.model.network().architecture;
        let weights = network.weights();
        let file = safetensors::write(&architecture, &weights, &digits, Precision::Single);
        let file = file.map_err(|e| {
            let refused = "network diverged: its weights cannot be saved";
            e.of(format!("The {} {refused}", self.model))
        })?;
        Ok(Reply::File { bytes: file.into() })
    }

    fn load_weights(&mut self, file: &[u8]) -> Result<Reply> {
        if self.is_training() {
            return Err(Error::new("training is going on: stop it before loading weights"));
        }
        let architecture = self.model.network().architecture;
        let (weights, digits) = safetensors::read(&architecture, file)?;
        let digits = match digits {
            Some(digits) => digits,
            // A file from Keras does not tell; the notebook's digits are the likely ones.
            None if weights.len() == architecture.parameters(3) => Settings::default().digits,
            None => {
                return Err(Error::new(
                    "the file does not tell which digits its classes are: its metadata has no \
                     entry “digits”",
                ));
            }
        };
        let network = Network::new(&architecture, digits.len(), &weights);
        self.job = None;
        self.loaded = Some(Reader { model: self.model, network, digits: digits.clone() });
        Ok(Reply::Loaded { digits })
    }

    fn predict(&self, input: &Input) -> Result<Reply> {
        let nothing = |reason: String| Outcome::Nothing { reason };
        let (image, outcome) = match self.image(input)? {
            Err(blank) => (Vec::new(), nothing(blank.to_string())),
            Ok(image) => {
                let outcome = match self.reader() {
                    Ok(reader) => reader.classify(&image, &self.features),
                    Err(untrained) => nothing(untrained.to_string()),
                };
                (image.to_vec(), outcome)
            }
        };
        Ok(Reply::Prediction { image, outcome })
    }

    fn explain(&self, input: &Input) -> Result<Reply> {
        let image = self.image(input)?.map_err(|blank| Error::new(blank.to_string()))?;
        Ok(Reply::Contributions(self.reader()?.explain(&image)?))
    }

    /// The 784 values, 0 to 1, that a network reads, or why there is nothing to read.
    fn image(&self, input: &Input) -> Result<std::result::Result<Image, Blank>> {
        match input {
            Input::Strokes { strokes } => Ok(image_of_strokes(strokes)),
            Input::TestImage { position } => {
                let pixels = self.test.values().find_map(|digit| digit.find(*position));
                let pixels = pixels.ok_or_else(|| {
                    Error::new(format!("there is no test image at position {position}"))
                })?;
                Ok(Ok(std::array::from_fn(|i| scaled(pixels[i]))))
            }
        }
    }
}
