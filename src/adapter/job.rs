//! Training as a job: run after run, epoch after epoch, in small steps.

use std::{mem, rc::Rc};

use mnist::Dataset;

use super::{ModelKind, inspection::inspection, messages::Event};
use crate::{
    Result,
    nn::Network,
    settings::Settings,
    train::{Evaluation, Order, State, TrainConfig, Training, batches::split},
};

/// Milliseconds between two [`Event::Progress`].
const PROGRESS_MS: f64 = 250.0;

/// The training that a [`Request::Train`](super::messages::Request::Train) asks for.
#[derive(Debug)]
pub struct Job {
    model: ModelKind,
    settings: Settings,
    start: Option<Vec<f32>>,
    shuffle: bool,
    images: Rc<Dataset>,
    test: Rc<Dataset>,
    run: u32,
    phase: Phase,
    stopped: bool,
    /// When the last step ended, unless the job has rested since.
    last: Option<f64>,
    epoch_ms: f64,
    /// Of these, how many were spent on training, once validation has begun.
    training_ms: Option<f64>,
    progress_ms: f64,
}

#[derive(Debug)]
enum Phase {
    /// Before a run, with the network of the one before.
    Starting { before: Option<Network> },
    /// Training, after `epochs` epochs.
    Training { training: Box<Training>, epochs: u32 },
    /// The test that ends a run.
    Testing { network: Network, evaluation: Evaluation, diverged: Option<u32> },
    /// All runs are over; there is no network if there was none.
    Finished { network: Option<Network> },
}

impl Job {
    /// A job for `settings` on `images` (training and validation) and `test`. Each run starts from
    /// `start`, or else from weights of its own.
    pub fn new(
        model: ModelKind,
        settings: Settings,
        start: Option<Vec<f32>>,
        shuffle: bool,
        images: Rc<Dataset>,
        test: Rc<Dataset>,
    ) -> Self {
        Self {
            model,
            settings,
            start,
            shuffle,
            images,
            test,
            run: 0,
            phase: Phase::Starting { before: None },
            stopped: false,
            last: None,
            epoch_ms: 0.0,
            training_ms: None,
            progress_ms: 0.0,
        }
    }

    /// Takes the next step at time `now`, in milliseconds from any origin.
    ///
    /// # Errors
    /// If a run cannot start.
    pub fn step(&mut self, now: f64, events: &mut Vec<Event>) -> Result<()> {
        let elapsed = self.last.replace(now).map_or(0.0, |last| now - last);
        self.epoch_ms += elapsed;
        self.progress_ms += elapsed;
        match &mut self.phase {
            Phase::Starting { before } if self.stopped => {
                events.push(Event::Finished);
                self.phase = Phase::Finished { network: before.take() };
                Ok(())
            }
            Phase::Starting { .. } => self.start_run(events),
            Phase::Training { .. } => {
                self.train(events);
                Ok(())
            }
            Phase::Testing { .. } => {
                self.test(events);
                Ok(())
            }
            Phase::Finished { .. } => Ok(()),
        }
    }

    /// Lets time pass without counting it.
    pub fn rest(&mut self) {
        self.last = None;
    }

    /// Ends training: the current run goes on to its test, and no other begins.
    pub fn stop(&mut self) {
        self.stopped = true;
        if let Phase::Training { training, .. } = &self.phase {
            self.phase = self.testing(training.network(), None);
        }
    }

    /// Whether all runs are over.
    pub fn is_finished(&self) -> bool {
        matches!(self.phase, Phase::Finished { .. })
    }

    /// The network as it stands, or that of the run before; none before the first run has started.
    pub fn network(&self) -> Option<Network> {
        match &self.phase {
            Phase::Starting { before: network } | Phase::Finished { network } => network.clone(),
            Phase::Training { training, .. } => Some(training.network()),
            Phase::Testing { network, .. } => Some(network.clone()),
        }
    }

    /// The digits that are trained, one for each class.
    pub fn digits(&self) -> &[u8] {
        &self.settings.digits
    }

    fn start_run(&mut self, events: &mut Vec<Event>) -> Result<()> {
        let seed = self.settings.run_seed(self.run);
        let network = self.model.network();
        let mut state = State::start(&network.architecture, self.settings.classes(), seed);
        if let Some(start) = &self.start {
            state.weights.clone_from(start);
        }
        let order = if self.shuffle { Order::Shuffled } else { Order::AsInFile };
        let config = TrainConfig { order, ..self.settings.train_config(&network, self.run) };
        let training = Training::new(config, Rc::clone(&self.images), state)?;
        let (train, validation) = split(self.images.len());
        events.push(Event::RunStarted {
            run: self.run,
            seed,
            training_images: train.len() as u32,
            validation_images: validation.len() as u32,
        });
        self.epoch_ms = 0.0;
        self.training_ms = None;
        self.phase = Phase::Training { training: Box::new(training), epochs: 0 };
        Ok(())
    }

    fn train(&mut self, events: &mut Vec<Event>) {
        let Phase::Training { training, epochs } = &mut self.phase else {
            return;
        };
        let (train, _) = split(self.images.len());
        let progress = training.images_seen() as f64 / train.len() as f64;
        if progress == f64::from(*epochs + 1) {
            // All that is left of the epoch is to validate.
            self.training_ms.get_or_insert(self.epoch_ms);
        }
        let Some(metrics) = training.step().and_then(|snapshot| snapshot.metrics) else {
            if self.progress_ms >= PROGRESS_MS {
                self.progress_ms = 0.0;
                events.push(Event::Progress { run: self.run, epochs: progress });
            }
            return;
        };
        *epochs += 1;
        let epoch = *epochs;
        let seconds = mem::take(&mut self.epoch_ms) / 1000.0;
        let training_seconds = self.training_ms.take().unwrap_or_default() / 1000.0;
        self.progress_ms = 0.0;
        events.push(Event::Epoch { run: self.run, epoch, metrics, seconds, training_seconds });
        if training.is_finished() {
            let network = training.network();
            self.phase = self.testing(network, (!metrics.is_finite()).then_some(epoch));
        }
    }

    fn testing(&self, network: Network, diverged: Option<u32>) -> Phase {
        Phase::Testing { network, evaluation: Evaluation::of_all(Rc::clone(&self.test)), diverged }
    }

    fn test(&mut self, events: &mut Vec<Event>) {
        let Phase::Testing { network, evaluation, diverged } = &mut self.phase else {
            return;
        };
        let Some(tested) = evaluation.step(network) else {
            return;
        };
        events.push(Event::RunFinished {
            run: self.run,
            test: tested.score,
            diverged: *diverged,
            inspection: inspection(network, &self.test, &tested),
        });
        let network = Some(network.clone());
        if self.stopped || self.run + 1 == self.settings.runs {
            events.push(Event::Finished);
            self.phase = Phase::Finished { network };
        } else {
            self.run += 1;
            self.phase = Phase::Starting { before: network };
        }
    }
}
