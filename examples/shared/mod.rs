//! What the commands share: training and testing one network, writing files, and exit codes.

use std::{env, fs, path::Path, process::ExitCode, rc::Rc};

use mnist::{Dataset, error, files::Mnist};
use mnist_cubic::{
    Result,
    nn::SparseImages,
    report::{Epoch, Mistakes, NetworkRun, TestScore},
    train::{Evaluation, State, TrainConfig, Training},
};

/// The images of the chosen digits, for training and validation, and for the test.
pub struct Images {
    pub train: Rc<SparseImages>,
    pub test: Rc<SparseImages>,
}

impl Images {
    /// Reads MNIST from the folder that `MNIST_DIR` names.
    pub fn read(digits: &[u8]) -> Result<Self> {
        let folder = env::var_os("MNIST_DIR");
        let folder = folder
            .ok_or_else(|| error!("MNIST_DIR is not set: it names the folder of MNIST's files"))?;
        let mnist = Mnist::read(Path::new(&folder))?;
        let choose = |part| Dataset::choose(digits, part).map(|d| Rc::new(SparseImages::new(&d)));
        Ok(Self { train: choose(&mnist.train)?, test: choose(&mnist.test)? })
    }
}

/// Trains a network from `start`, reports each epoch and tests it; also returns its final weights.
pub fn run(
    config: TrainConfig,
    start: Vec<f32>,
    images: &Images,
    mut tell: impl FnMut(u32, &Epoch),
) -> Result<(NetworkRun, Vec<f32>)> {
    let state = State { epoch: 0, weights: start };
    let mut training = Training::new(config, Rc::clone(&images.train), state)?;
    let mut epochs = Vec::new();
    while let Some(epoch) = training.epoch().as_ref().and_then(Epoch::of) {
        epochs.push(epoch);
        tell(epochs.len() as u32, &epoch);
    }
    let trained = training.network();
    let tested = Evaluation::of_all(Rc::clone(&images.test)).run(trained);
    let test = TestScore {
        epoch: epochs.len() as u32,
        score: tested.score,
        mistakes: Mistakes::of(&tested),
    };
    Ok((NetworkRun { epochs, test: Some(test) }, trained.weights()))
}

/// Writes a file, and says what cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|e| error!("{}: {e}", path.display()))
}

/// How a command ends; an error is told.
pub fn exit(result: Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
