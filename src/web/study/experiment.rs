//! The experiment that is shown: what its jobs told, and what that says.

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::Study;
use crate::{
    Error, Result, ensure, error,
    report::{
        ByCriterion, Differences, Epoch, Experiment, Findings, NetworkRun, Reference, Run,
        TestScore, Value, best_differences, csv, differences, findings, json,
    },
    settings::Settings,
    train::{Metrics, Order, split, split::VALIDATION_SPLIT},
    web::{Counts, Doubles, JsResult, from_ts, job::Test, to_js, to_ts},
};

/// The experiment that is shown.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    experiment: Experiment,
    /// Whether it was stopped, and takes no more epochs.
    is_cut: bool,
}

/// A history to draw from: an entry an epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
pub struct HistoryColumns {
    /// As in [`Metrics`].
    pub loss: Doubles,
    /// As in [`Metrics`].
    pub accuracy: Doubles,
    /// As in [`Metrics`].
    pub val_loss: Doubles,
    /// As in [`Metrics`].
    pub val_accuracy: Doubles,
    /// Validation images read wrongly.
    pub mistakes: Counts,
}

/// What the ten runs say of some settings.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
pub struct ReferenceFindings {
    /// As if they were these settings' own.
    pub findings: Findings,
    /// Of each network, the value of each run.
    pub values: Vec<ByCriterion<Vec<Value>>>,
}

#[wasm_bindgen]
impl Study {
    /// How many of `images` images train; the others validate.
    pub fn training_images(&self, images: u32) -> u32 {
        split(images as usize).0.len() as u32
    }

    /// The part of the images that validates.
    pub fn validation_split(&self) -> f64 {
        VALIDATION_SPLIT
    }

    /// The order in which an epoch, counted from 1, of the run with `seed` takes `images` training
    /// images.
    pub fn order(&self, images: u32, seed: u32, epoch: u32) -> Vec<u32> {
        let order = Order::Shuffled.indices(images as usize, seed, epoch);
        order.into_iter().map(|index| index as u32).collect()
    }

    /// Begins an experiment; the one before is forgotten.
    ///
    /// # Errors
    /// If the hash is bad, or these are not the numbers into which images are split.
    pub fn begin(
        &mut self,
        hash: &str,
        training_images: u32,
        validation_images: u32,
    ) -> JsResult<()> {
        let settings = Settings::from_good_hash(hash)?;
        let images = training_images as usize + validation_images as usize;
        let expected = split(images).0.len();
        ensure!(
            training_images as usize == expected,
            "{training_images} of {images} images train, expected {expected}"
        );
        let networks = vec![NetworkRun::default(); settings.networks.len()];
        let run = |run| Run { seed: settings.run_seed(run), networks: networks.clone() };
        let runs = (0..settings.runs).map(run).collect();
        let experiment = Experiment { settings, validation_images, runs };
        self.shown = Some(Shown { experiment, is_cut: false });
        Ok(())
    }

    /// Forgets the experiment.
    pub fn reset(&mut self) {
        self.shown = None;
    }

    /// Records the results of epoch `number`, counted from 1; without a number, of the next one. An
    /// epoch that is known already, or comes after [`Study::cut`], is ignored.
    ///
    /// # Errors
    /// If there is no such network, or an earlier epoch is missing.
    pub fn record_epoch(
        &mut self,
        run: u32,
        network: usize,
        epoch: Ts<Epoch>,
        number: Option<u32>,
    ) -> JsResult<()> {
        let epoch = from_ts("an epoch", &epoch)?;
        let shown = self.shown_mut()?;
        let (is_cut, epochs) = (shown.is_cut, shown.experiment.settings.epochs);
        let Some(history) = shown.history_mut(run, network)?.filter(|_| !is_cut) else {
            return Ok(());
        };
        let next = history.done() + 1;
        let number = number.unwrap_or(next);
        let last = next.min(epochs);
        ensure!(
            (1..=last).contains(&number),
            "this is epoch {number} of network {network} in run {run}, expected {last}"
        );
        if number == next {
            history.epochs.push(epoch);
        }
        Ok(())
    }

    /// Records a network's test score after an epoch; after one that was cut off, it is ignored.
    ///
    /// # Errors
    /// If there is no such network.
    pub fn record_test(
        &mut self,
        run: u32,
        network: usize,
        after_epoch: u32,
        test: Ts<Test>,
    ) -> JsResult<()> {
        let Test { score, mistakes } = from_ts("a test score", &test)?;
        let history = self.shown_mut()?.history_mut(run, network)?;
        if let Some(history) = history.filter(|history| after_epoch <= history.done()) {
            history.test = Some(TestScore { epoch: after_epoch, score, mistakes });
        }
        Ok(())
    }

    /// Stops the experiment at the last epoch that all networks of the shown run have done, or at
    /// `at_most` if that is earlier, and returns it. Runs that have not come to it drop out.
    pub fn cut(&mut self, at_most: Option<u32>) -> u32 {
        let Some(shown) = &mut self.shown else { return 0 };
        shown.is_cut = true;
        shown.experiment.cut(at_most);
        shown.experiment.common_epoch()
    }

    /// A network's epochs in a run so far.
    pub fn history(&self, run: u32, network: usize) -> JsResult<Vec<Ts<Epoch>>> {
        self.epochs(run, network).iter().map(to_ts).collect()
    }

    /// The same as columns.
    pub fn history_columns(&self, run: u32, network: usize) -> JsResult<Ts<HistoryColumns>> {
        to_ts(&HistoryColumns::of(self.epochs(run, network)))
    }

    /// What the experiment says.
    pub fn findings(&self) -> JsResult<Ts<Findings>> {
        to_ts(&findings(self.experiment()?, self.reference.as_ref()))
    }

    /// How far each pair of networks is apart in each run after `epoch`, or else the last that all
    /// have done.
    pub fn differences(&self, epoch: Option<u32>) -> JsResult<Ts<Differences>> {
        to_ts(&differences(self.experiment()?, epoch))
    }

    /// The same with each network after its own best epoch.
    pub fn best_differences(&self) -> JsResult<Ts<Differences>> {
        to_ts(&best_differences(self.experiment()?))
    }

    /// How far the networks of the ten runs are apart; `null` if the runs were made with other
    /// settings than these.
    ///
    /// # Errors
    /// If the hash is bad.
    #[wasm_bindgen(unchecked_return_type = "Differences | null")]
    pub fn reference_differences(&self, hash: &str) -> JsResult<JsValue> {
        let settings = Settings::from_good_hash(hash)?;
        let runs = self.reference.as_ref().and_then(|it| it.runs_of(&settings, settings.epochs));
        to_js(&runs.map(|runs| differences(&runs, None)))
    }

    /// Takes the ten runs' file.
    ///
    /// # Errors
    /// If it is bad.
    pub fn set_reference(&mut self, json: &str) -> JsResult<()> {
        self.reference = Some(Reference::from_json(json)?);
        Ok(())
    }

    /// The epochs of each of the ten runs, for a network of the experiment; `null` where they were
    /// made with other settings.
    #[wasm_bindgen(unchecked_return_type = "HistoryColumns[] | null")]
    pub fn reference_curves(&self, network: usize) -> JsResult<JsValue> {
        let experiment = self.shown.as_ref().map(|shown| &shown.experiment);
        let curves = experiment.zip(self.reference.as_ref()).and_then(|(experiment, reference)| {
            let runs = reference.curves(experiment, network)?;
            Some(runs.into_iter().map(HistoryColumns::of).collect::<Vec<_>>())
        });
        to_js(&curves)
    }

    /// The same for a network of these settings, before there is an experiment.
    ///
    /// # Errors
    /// If the hash is bad.
    #[wasm_bindgen(unchecked_return_type = "HistoryColumns[] | null")]
    pub fn reference_curves_of(&self, hash: &str, network: usize) -> JsResult<JsValue> {
        let settings = Settings::from_good_hash(hash)?;
        let curves = self.reference.as_ref().and_then(|reference| {
            let validation_images = reference.experiment().validation_images;
            let of = Experiment { settings, validation_images, runs: vec![] };
            let runs = reference.curves(&of, network)?;
            Some(runs.into_iter().map(HistoryColumns::of).collect::<Vec<_>>())
        });
        to_js(&curves)
    }

    /// What the ten runs say of these settings after `epoch`, or their own last epoch; `null` where
    /// they were made with other settings.
    ///
    /// # Errors
    /// If the hash is bad.
    #[wasm_bindgen(unchecked_return_type = "ReferenceFindings | null")]
    pub fn reference_findings(&self, hash: &str, epoch: Option<u32>) -> JsResult<JsValue> {
        let settings = Settings::from_good_hash(hash)?;
        let epoch = epoch.unwrap_or(settings.epochs);
        let Some(reference) = &self.reference else { return Ok(JsValue::NULL) };
        let found = reference.runs_of(&settings, epoch).map(|runs| {
            let values = |network| {
                ByCriterion::new(|criterion| {
                    reference.values(&runs, network, criterion, epoch).unwrap_or_default()
                })
            };
            let values = (0..settings.networks.len()).map(values).collect();
            ReferenceFindings { findings: findings(&runs, None), values }
        });
        to_js(&found)
    }

    /// The runs as a table.
    pub fn csv(&self) -> JsResult<String> {
        Ok(csv(self.experiment()?))
    }

    /// The runs as JSON, in Keras's form.
    pub fn json(&self) -> JsResult<String> {
        Ok(json(self.experiment()?))
    }
}

impl Study {
    fn experiment(&self) -> Result<&Experiment> {
        Ok(&self.shown.as_ref().ok_or_else(not_begun)?.experiment)
    }

    fn shown_mut(&mut self) -> Result<&mut Shown> {
        self.shown.as_mut().ok_or_else(not_begun)
    }

    fn epochs(&self, run: u32, network: usize) -> &[Epoch] {
        let history = self.shown.as_ref().and_then(|shown| {
            let Experiment { settings, runs, .. } = &shown.experiment;
            let run = runs.iter().find(|known| known.seed == settings.run_seed(run))?;
            run.networks.get(network)
        });
        history.map_or(&[], |history| &history.epochs)
    }
}

impl HistoryColumns {
    fn of(epochs: &[Epoch]) -> Self {
        let column = |metric: fn(&Metrics) -> f64| {
            Doubles(epochs.iter().map(|epoch| metric(&epoch.metrics)).collect())
        };
        Self {
            loss: column(|metrics| metrics.loss),
            accuracy: column(|metrics| metrics.accuracy),
            val_loss: column(|metrics| metrics.val_loss),
            val_accuracy: column(|metrics| metrics.val_accuracy),
            mistakes: Counts(epochs.iter().map(|epoch| epoch.mistakes.count).collect()),
        }
    }
}

impl Shown {
    /// How a network fares in a run, counted from 0 as in the plan; none if the run has dropped
    /// out.
    fn history_mut(&mut self, run: u32, network: usize) -> Result<Option<&mut NetworkRun>> {
        let Experiment { settings, runs, .. } = &mut self.experiment;
        ensure!(
            run < settings.runs && network < settings.networks.len(),
            "there is no network {network} in run {run}"
        );
        let seed = settings.run_seed(run);
        let run = runs.iter_mut().find(|run| run.seed == seed);
        Ok(run.and_then(|run| run.networks.get_mut(network)))
    }
}

fn not_begun() -> Error {
    error!("no training has begun")
}
