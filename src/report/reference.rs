//! Ten runs of the notebook's networks, for the spread over seeds. `cargo xtask runs` writes them
//! to a file.

use serde::{Deserialize, Serialize};

use crate::{
    Result, ensure, error,
    report::{
        Criterion, Epoch, Experiment, NetworkRun, Run, Value, statistics::standard_deviation,
    },
    settings::Settings,
};

/// Complete runs in which nothing diverged.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    experiment: Experiment,
}

/// The spread of a criterion over seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The standard deviation over seeds; for probabilities, of their logarithms.
    pub deviation: f64,
    /// The runs it was measured with, less one.
    pub degrees_of_freedom: u32,
}

impl Reference {
    /// Takes runs as a reference.
    ///
    /// # Errors
    /// If they are fewer than two, or one of them is not complete.
    pub fn new(experiment: Experiment) -> Result<Self> {
        let &Settings { runs, epochs, ref networks, .. } = &experiment.settings;
        let (held, networks) = (experiment.runs.len(), networks.len());
        ensure!(
            runs >= 2 && held == runs as usize,
            "the ten runs' file holds {held} runs, expected {runs}, and at least 2"
        );
        for (index, run) in (0..).zip(&experiment.runs) {
            let seed = experiment.settings.run_seed(index);
            let mut all = run.networks.iter();
            ensure!(
                run.seed == seed
                    && run.networks.len() == networks
                    && all.all(|network| network.done() == epochs && network.diverged().is_none()),
                "run {} of the ten runs' file has seed {}, expected seed {seed} and {epochs} \
                 finite epochs of each of {networks} networks",
                index + 1,
                run.seed
            );
        }
        Ok(Self { experiment })
    }

    /// Reads a file that [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// If it is bad.
    pub fn from_json(text: &str) -> Result<Self> {
        let file: File = serde_json::from_str(text)
            .map_err(|e| error!("the ten runs' file cannot be read: {e}"))?;
        let File { settings, validation_images, runs } = file;
        let settings =
            Settings::from_good_hash(&settings).map_err(|e| e.of("the ten runs' file"))?;
        Self::new(Experiment { settings, validation_images, runs })
    }

    /// The file.
    pub fn to_json(&self) -> String {
        let file = File {
            settings: self.experiment.settings.to_hash(),
            validation_images: self.experiment.validation_images,
            runs: self.experiment.runs.clone(),
        };
        // PANIC: lists and numbers have a form in JSON, and memory takes what is written.
        serde_json::to_string(&file).expect("a form in JSON") + "\n"
    }

    /// The runs.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The value of each run, at the end of `epoch`, for the network at `index` of another
    /// experiment; `None` if the runs have no such network, or other settings. A first epoch does
    /// not depend on `epoch`.
    pub fn values(
        &self,
        of: &Experiment,
        index: usize,
        criterion: Criterion,
        epoch: u32,
    ) -> Option<Vec<Value>> {
        let place = self.place(of, index)?;
        let last = self.experiment.settings.epochs;
        let epoch = match criterion {
            _ if epoch > last => return None,
            Criterion::FirstEpoch => last,
            Criterion::Mistakes | Criterion::Truth | Criterion::Loss => epoch,
        };
        let runs = self.experiment.runs.iter();
        Some(runs.map(|run| criterion.value(&run.networks[place], epoch)).collect())
    }

    /// The spread of these values; none, too, if one of them is no number.
    pub fn spread(
        &self,
        of: &Experiment,
        index: usize,
        criterion: Criterion,
        epoch: u32,
    ) -> Option<Spread> {
        let values = self.values(of, index, criterion, epoch)?;
        let finite = |value| criterion.comparable(value).filter(|number| number.is_finite());
        let numbers: Vec<f64> = values.into_iter().map(finite).collect::<Option<_>>()?;
        Some(Spread {
            deviation: standard_deviation(&numbers, criterion.step())?,
            degrees_of_freedom: numbers.len() as u32 - 1,
        })
    }

    /// The epochs of each run, for the network at `index` of another experiment; none if the runs
    /// hold no such network, or under other settings.
    pub fn curves(&self, of: &Experiment, index: usize) -> Option<Vec<&[Epoch]>> {
        let place = self.place(of, index)?;
        Some(self.experiment.runs.iter().map(|run| &run.networks[place].epochs[..]).collect())
    }

    /// The runs of the networks of some settings, up to an epoch (at most their own last); none if
    /// the runs hold not all of them, or were made under other settings.
    pub fn runs_of(&self, settings: &Settings, epoch: u32) -> Option<Experiment> {
        let Experiment { settings: own, validation_images, runs } = &self.experiment;
        let settings = Settings { seed: own.seed, runs: own.runs, ..settings.clone() };
        let mut of = Experiment { settings, validation_images: *validation_images, runs: vec![] };
        let indices = 0..of.settings.networks.len();
        let places: Vec<usize> =
            indices.map(|index| self.place(&of, index)).collect::<Option<_>>()?;
        let cut = |network: &NetworkRun| {
            let mut network = network.clone();
            network.epochs.truncate(epoch as usize);
            network
        };
        of.runs = runs
            .iter()
            .map(|run| Run {
                seed: run.seed,
                networks: places.iter().map(|&place| cut(&run.networks[place])).collect(),
            })
            .collect();
        Some(of)
    }

    /// The index in the runs of a network with the same layers, rate, batch size, digits and number
    /// of images. Its name and the number of epochs do not matter.
    fn place(&self, of: &Experiment, index: usize) -> Option<usize> {
        let (own, other) = (&self.experiment.settings, &of.settings);
        let wanted = other.networks.get(index)?;
        let is_alike = own.digits == other.digits
            && own.batch_size == other.batch_size
            && self.experiment.validation_images == of.validation_images;
        let found = own.networks.iter().position(|network| {
            network.architecture == wanted.architecture
                && network.learning_rate_or(own.learning_rate)
                    == wanted.learning_rate_or(other.learning_rate)
        });
        found.filter(|_| is_alike)
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    /// As in the hash of an address.
    settings: String,
    validation_images: u32,
    runs: Vec<Run>,
}
