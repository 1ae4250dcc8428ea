//! Ten runs of the notebook's networks, which show what seeds do. `cargo xtask runs` writes them
//! to a file.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    report::{
        Criterion, Epoch, Experiment, Mistakes, NetworkRun, Run, TestScore, Value,
        statistics::standard_deviation,
    },
    settings::Settings,
    train::Metrics,
};

/// Complete runs in which nothing diverged.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    experiment: Experiment,
}

/// What seeds do to a network by a criterion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The standard deviation over seeds, of the logarithm in the case of chances.
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
        let Settings { networks, runs, .. } = &experiment.settings;
        if *runs < 2 || experiment.runs.len() != *runs as usize {
            return Err(Error::new(format!(
                "the ten runs' file holds {} runs, expected {runs}, and at least 2",
                experiment.runs.len(),
            )));
        }
        for (index, run) in (0..).zip(&experiment.runs) {
            let seed = experiment.settings.run_seed(index);
            let epochs = experiment.settings.epochs;
            let is_complete = run.networks.len() == networks.len()
                && run
                    .networks
                    .iter()
                    .all(|network| network.done() == epochs && network.diverged().is_none());
            if run.seed != seed || !is_complete {
                return Err(Error::new(format!(
                    "run {} of the ten runs' file has seed {}, expected seed {seed} and {epochs} \
                     finite epochs of each of {} networks",
                    index + 1,
                    run.seed,
                    networks.len()
                )));
            }
        }
        Ok(Self { experiment })
    }

    /// Reads a file that [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// If it is none.
    pub fn from_json(text: &str) -> Result<Self> {
        let file: File = serde_json::from_str(text)
            .map_err(|e| Error::new(format!("the ten runs' file cannot be read: {e}")))?;
        let (settings, problems) = Settings::from_hash(&file.settings);
        if let Some(problem) = problems.first() {
            return Err(Error::new(&problem.message).of("the ten runs' file"));
        }
        Self::new(Experiment {
            settings,
            validation_images: file.validation_images,
            runs: file.runs.into_iter().map(RunInFile::into).collect(),
        })
    }

    /// The file: numbers have six digits, which is more than seeds have in common.
    pub fn to_json(&self) -> String {
        let file = File {
            settings: self.experiment.settings.to_hash(),
            validation_images: self.experiment.validation_images,
            runs: self.experiment.runs.iter().map(RunInFile::from).collect(),
        };
        // PANIC: lists and numbers have a form in JSON, and memory takes what is written.
        serde_json::to_string(&file).expect("a form in JSON") + "\n"
    }

    /// The runs.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The value of each run, at the end of `epoch`, for the network at `index` of another
    /// experiment; none if the runs hold no such network, or under other settings. What a first
    /// epoch is does not depend on `epoch`.
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
            Criterion::Mistakes | Criterion::Truth => epoch,
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
        let numbers =
            values.into_iter().map(|value| criterion.comparable(value).filter(|n| n.is_finite()));
        let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
        Some(Spread {
            deviation: standard_deviation(&numbers, criterion.step())?,
            degrees_of_freedom: numbers.len() as u32 - 1,
        })
    }

    /// Where the runs hold a network with the same layers and rate, trained on as many images of
    /// the same digits in the same batches. Its name and the number of epochs play no part.
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
    runs: Vec<RunInFile>,
}

#[derive(Serialize, Deserialize)]
struct RunInFile {
    seed: u32,
    networks: Vec<NetworkInFile>,
}

#[derive(Serialize, Deserialize)]
struct NetworkInFile {
    epochs: Vec<Row>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    test: Option<TestScore>,
}

/// An epoch: loss, accuracy, `val_loss` and `val_accuracy`; mistakes; the chance left for the truth
/// and the mistakes' share of the loss.
type Row = ([f64; 4], u32, [Option<f64>; 2]);

impl From<&Run> for RunInFile {
    fn from(run: &Run) -> Self {
        let networks = run.networks.iter().map(|network| NetworkInFile {
            epochs: network.epochs.iter().map(row).collect(),
            test: network.test,
        });
        Self { seed: run.seed, networks: networks.collect() }
    }
}

impl From<RunInFile> for Run {
    fn from(run: RunInFile) -> Self {
        let networks = run.networks.into_iter().map(|network| NetworkRun {
            epochs: network.epochs.into_iter().map(epoch).collect(),
            test: network.test,
        });
        Self { seed: run.seed, networks: networks.collect() }
    }
}

fn row(Epoch { metrics, mistakes }: &Epoch) -> Row {
    let Metrics { loss, accuracy, .. } = *metrics;
    let chances = [mistakes.truth, mistakes.loss_share];
    (
        [loss, accuracy, metrics.val_loss, metrics.val_accuracy].map(six_digits),
        mistakes.count,
        chances.map(|chance| chance.map(six_digits)),
    )
}

fn epoch(([loss, accuracy, val_loss, val_accuracy], count, [truth, loss_share]): Row) -> Epoch {
    let metrics = Metrics { loss, accuracy, val_loss, val_accuracy };
    let mistakes = Mistakes { count, truth, loss_share };
    Epoch { metrics, mistakes }
}

/// A number rounded to six digits.
fn six_digits(number: f64) -> f64 {
    // PANIC: what is written so is a number.
    format!("{number:.5e}").parse().expect("a number")
}
