//! Trains one network natively. Run by `cargo xtask train`, which says where MNIST is.

mod shared;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use lexopt::prelude::*;
use mnist::{ensure, error};
use mnist_cubic::{
    Result,
    network::{
        NetworkConfig, notebook_and_control, parse_unnamed,
        safetensors::{self, Precision},
    },
    nn::init::start,
    report::{Epoch, Experiment, Run, TestScore, json},
    settings::{Input, SETTINGS, Setting, Settings},
    train::{Metrics, Order, TrainConfig, split},
};
use shared::{Images, exit, run, write};

fn main() -> ExitCode {
    let hint = "`cargo xtask train --help` lists the options";
    exit(match Arguments::parse() {
        Ok(Some(arguments)) => train(&arguments),
        Ok(None) => {
            print!("{}", usage());
            Ok(())
        }
        Err(e) => Err(error!("{e}\n{hint}")),
    })
}

/// The settings that this command has options for: those of one network in one run.
fn options() -> impl Iterator<Item = &'static Setting> {
    let is_here = |setting: &&Setting| {
        setting.key != "runs" && !matches!(setting.input, Input::Networks | Input::Flag)
    };
    SETTINGS.iter().filter(is_here)
}

fn usage() -> String {
    let mut usage = "\
Usage: cargo xtask train --network TEXT | --model NAME [OPTIONS]

  --network TEXT        the hidden layers, such as relu150,relu100,cubic50; a rate of its own may
                        follow, as in relu100,relu50@0.1
  --model NAME          custom, dense or control
"
    .to_owned();
    for setting in options() {
        let (option, default) = (setting.option, setting.default_text());
        let (subject, expected) = (setting.subject, setting.expected);
        usage += &format!("  --{option:<20}{subject}: {expected} ({default})\n");
    }
    usage
        + "  \
  --init FILE           starts from the weights in this safetensors file
  --no-shuffle          takes the images in file order
  --history FILE        writes the history as JSON, in Keras's form
  --save FILE           writes the weights as safetensors
"
}

/// What the command line asks for.
struct Arguments {
    /// The network; its name is the key of its history.
    network: NetworkConfig,
    settings: Settings,
    order: Order,
    init: Option<PathBuf>,
    history: Option<PathBuf>,
    save: Option<PathBuf>,
}

impl Arguments {
    /// Reads the command line; none if it asks for help.
    fn parse() -> std::result::Result<Option<Self>, lexopt::Error> {
        let mut network = None;
        let mut settings = Settings::default();
        let (mut order, mut init, mut history, mut save) = (Order::Shuffled, None, None, None);
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("help") | Short('h') => return Ok(None),
                Long("network") => network = Some(by_text(&parser.value()?.string()?)?),
                Long("model") => network = Some(by_name(&parser.value()?.string()?)?),
                Long("no-shuffle") => order = Order::AsInFile,
                Long("init") => init = Some(parser.value()?.into()),
                Long("history") => history = Some(parser.value()?.into()),
                Long("save") => save = Some(parser.value()?.into()),
                Long(option) => {
                    let Some(setting) = options().find(|s| s.option == option) else {
                        return Err(argument.unexpected());
                    };
                    let text = parser.value()?.string()?;
                    let read = setting.read(&mut settings, &text);
                    read.map_err(|e| format!("--{} is “{text}”: {e}", setting.option))?;
                }
                other => return Err(other.unexpected()),
            }
        }
        let network = network.ok_or("--network or --model is missing")?;
        Ok(Some(Self { network, settings, order, init, history, save }))
    }
}

/// The network with these hidden layers, called by its text.
fn by_text(text: &str) -> std::result::Result<NetworkConfig, String> {
    let (architecture, learning_rate) =
        parse_unnamed(text).map_err(|e| format!("--network: {e}"))?;
    Ok(NetworkConfig { name: text.to_owned(), architecture, learning_rate })
}

/// The notebook's network, or the control, with this name.
fn by_name(name: &str) -> std::result::Result<NetworkConfig, String> {
    let network = notebook_and_control().into_iter().find(|n| n.name == name);
    network.ok_or_else(|| format!("--model is “{name}”, expected custom, dense or control"))
}

fn train(arguments: &Arguments) -> Result<()> {
    let Arguments { network, settings, .. } = arguments;
    for path in [&arguments.history, &arguments.save].into_iter().flatten() {
        check_folder(path)?; // now, not when the training is done
    }
    let images = Images::read(&settings.digits)?;
    let start = match &arguments.init {
        None => start(&network.architecture, settings.classes(), settings.seed),
        Some(path) => {
            let file = fs::read(path).map_err(|e| error!("{}: {e}", path.display()))?;
            safetensors::read_start(&network.architecture, &file, settings.classes())
                .map_err(|e| e.of(path.display()))?
        }
    };
    let tell = |epoch, Epoch { metrics, .. }: &Epoch| {
        let Metrics { loss, accuracy, val_loss, val_accuracy } = metrics;
        println!(
            "epoch {epoch}/{}: loss {loss:.6}, accuracy {accuracy:.4}, val_loss {val_loss:.6}, \
             val_accuracy {val_accuracy:.4}",
            settings.epochs
        );
    };
    let config = TrainConfig { order: arguments.order, ..settings.train_config(network, 0) };
    let (run, weights) = run(config, start, &images, tell)?;
    if let Some(TestScore { score, .. }) = run.test {
        println!("test: loss {:.6}, accuracy {:.4}", score.loss, score.accuracy);
    }
    if let Some(path) = &arguments.history {
        let experiment = Experiment {
            settings: Settings { networks: vec![network.clone()], ..settings.clone() },
            validation_images: split(images.train.len()).1.len() as u32,
            runs: vec![Run { seed: settings.seed, networks: vec![run] }],
        };
        write(path, json(&experiment).as_bytes())?;
    }
    if let Some(path) = &arguments.save {
        let (layers, digits) = (&network.architecture, &settings.digits);
        let file = safetensors::write(layers, &weights, digits, Precision::Single);
        write(path, &file.map_err(|e| e.of(path.display()))?)?;
    }
    Ok(())
}

/// Whether there is a folder for the file at `path`.
fn check_folder(path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    let is_there = folder == Path::new("") || folder.is_dir();
    ensure!(is_there, "{}: there is no folder {}", path.display(), folder.display());
    Ok(())
}
