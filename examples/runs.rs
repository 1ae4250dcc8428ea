//! Trains the notebook's networks and the control from ten seeds. Run by `cargo xtask runs`, which
//! says where MNIST is and where the results go: the ten runs' file, for the spread over seeds, and
//! the ready-made weights.

mod shared;

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use mnist::error;
use mnist_cubic::{
    Result,
    network::{
        notebook, notebook_and_control,
        safetensors::{self, Precision},
    },
    nn::init::start,
    report::{Experiment, NetworkRun, Reference, Run},
    settings::Settings,
    train::split,
};
use shared::{Images, exit, run};

fn main() -> ExitCode {
    exit(ten_runs())
}

fn ten_runs() -> Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| error!("the folder for the results is missing"))?;
    let settings =
        Settings { seed: 1001, runs: 10, networks: notebook_and_control(), ..Settings::default() };
    let trained = train_all(&settings)?;

    for network in notebook() {
        let place = settings.networks.iter().position(|other| *other == network);
        let of_first_run = &trained[place.unwrap_or_default()].1;
        let (layers, digits) = (&network.architecture, &settings.digits);
        let file = safetensors::write(layers, of_first_run, digits, Precision::Int8)?;
        write(&folder.join(format!("{}.safetensors", network.name)), &file)?;
    }
    let networks = settings.networks.len();
    let runs = trained.chunks(networks).zip(0..).map(|(networks, run)| Run {
        seed: settings.run_seed(run),
        networks: networks.iter().map(|(network, _)| network.clone()).collect(),
    });
    let experiment = Experiment {
        runs: runs.collect(),
        validation_images: split(Images::read(&settings.digits)?.train.len()).1.len() as u32,
        settings,
    };
    let reference = Reference::new(experiment)?;
    write(&folder.join("runs.json"), reference.to_json().as_bytes())
}

/// Every network in every run, run by run, trained on all cores; the last weights with each.
fn train_all(settings: &Settings) -> Result<Vec<(NetworkRun, Vec<f32>)>> {
    let networks = settings.networks.len();
    let jobs = networks * settings.runs as usize;
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || -> Result<()> {
        let images = Images::read(&settings.digits)?;
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            if job >= jobs {
                return Ok(());
            }
            let network = &settings.networks[job % networks];
            let config = settings.train_config(network, (job / networks) as u32);
            let seed = config.seed;
            let start = start(&network.architecture, settings.classes(), seed);
            let result = run(config, start, &images, |_, _| ())?;
            println!("{} of seed {seed} is trained", network.name);
            // PANIC: no thread panics while it holds the lock.
            done.lock().expect("a lock that no panic poisoned").push((job, result));
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let ended = threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(error!("a training panicked"))));
        ended.collect::<Result<()>>()
    })?;
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|&(job, _)| job);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    shared::write(path, bytes)?;
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}
