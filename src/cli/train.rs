//! Trains one network natively. Run by `cargo xtask train`, which says where MNIST is.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    rc::Rc,
};

use lexopt::{Arg::Long, Parser, ValueExt};
use mnist::files::Mnist;
use mnist_cubic::{
    Error, Result,
    data::Dataset,
    model::{ModelKind, Weights, initial_weights},
    training::{
        History, ModelRun, Options, Run, Settings, Trainer, evaluation::Evaluation, export,
    },
};

const USAGE: &str = include_str!("train.txt");

fn main() -> ExitCode {
    match arguments().and_then(|arguments| train(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What the command line asks for.
struct Arguments {
    model: ModelKind,
    settings: Settings,
    init: Option<PathBuf>,
    shuffle: bool,
    history: Option<PathBuf>,
    save: Option<PathBuf>,
    half: bool,
}

fn arguments() -> Result<Arguments> {
    let mut model = None;
    let mut arguments = Arguments {
        model: ModelKind::Custom,
        settings: Settings::default(),
        init: None,
        shuffle: true,
        history: None,
        save: None,
        half: false,
    };
    let mut parser = Parser::from_env();
    let mut parse = || -> std::result::Result<(), lexopt::Error> {
        while let Some(argument) = parser.next()? {
            match argument {
                Long("model") => {
                    let name = parser.value()?.string()?;
                    model = Some(ModelKind::from_name(&name).ok_or_else(|| {
                        format!("--model is {name:?}, expected custom, dense or control")
                    })?);
                }
                Long("epochs") => arguments.settings.epochs = number(&mut parser, "--epochs")?,
                Long("seed") => arguments.settings.seed = number(&mut parser, "--seed")?,
                Long("init") => arguments.init = Some(parser.value()?.into()),
                Long("no-shuffle") => arguments.shuffle = false,
                Long("history") => arguments.history = Some(parser.value()?.into()),
                Long("save") => arguments.save = Some(parser.value()?.into()),
                Long("half") => arguments.half = true,
                other => return Err(other.unexpected()),
            }
        }
        Ok(())
    };
    parse().map_err(|e| Error::new(format!("{e}\n{USAGE}")))?;
    arguments.settings.check().map_err(Error::new)?;
    arguments.model = model.ok_or_else(|| Error::new(format!("--model is missing\n{USAGE}")))?;
    Ok(arguments)
}

/// The whole number that follows `option`.
fn number(parser: &mut Parser, option: &str) -> std::result::Result<u32, lexopt::Error> {
    let text = parser.value()?.string()?;
    text.parse()
        .map_err(|_| format!("{option} is {text:?}, expected a whole number from 0").into())
}

fn train(arguments: &Arguments) -> Result<()> {
    let Arguments {
        model,
        ref settings,
        shuffle,
        ..
    } = *arguments;
    let folder = env::var_os("MNIST_DIR")
        .ok_or_else(|| Error::new("MNIST_DIR is not set: it names the folder of MNIST's files"))?;
    let mnist = Mnist::read(&PathBuf::from(folder))?;
    for path in [&arguments.history, &arguments.save].into_iter().flatten() {
        check_folder(path)?; // now, not when the training is done
    }
    let images = Rc::new(Dataset::choose(&settings.digits, &mnist.train)?);
    let start = match &arguments.init {
        Some(path) => {
            let file =
                fs::read(path).map_err(|e| Error::new(format!("{}: {e}", path.display())))?;
            Weights::start(&file, model, settings.digits.len()).map_err(|e| e.of(path.display()))?
        }
        None => initial_weights(model, settings.digits.len(), settings.seed),
    };
    let options = Options::new(settings, settings.seed, shuffle);
    let mut trainer = Trainer::new(model, images, &start, options)?;
    let mut history = History::default();
    for epoch in 1..=settings.epochs {
        let metrics = trainer.epoch();
        println!(
            "epoch {epoch}/{}: loss {:.6}, accuracy {:.4}, val_loss {:.6}, val_accuracy {:.4}",
            settings.epochs, metrics.loss, metrics.accuracy, metrics.val_loss, metrics.val_accuracy
        );
        history.push(metrics);
    }
    let test = Dataset::choose(&settings.digits, &mnist.test)?;
    let (score, _) = Evaluation::new(0..test.len()).run(&trainer.network(), &test);
    println!(
        "test: loss {:.6}, accuracy {:.4}",
        score.loss, score.accuracy
    );

    if let Some(path) = &arguments.history {
        let run = Run {
            seed: settings.seed,
            validation_images: Some(trainer.counts().1 as u32),
            models: [(
                model,
                ModelRun {
                    history,
                    test: Some(score),
                },
            )]
            .into(),
        };
        write(path, export::json(&[run], settings).as_bytes())?;
    }
    if let Some(path) = &arguments.save {
        let weights = trainer.network().weights(model, settings.digits.len());
        let file = if arguments.half {
            weights.to_safetensors_f16(&settings.digits)
        } else {
            weights.to_safetensors(&settings.digits)
        };
        write(path, &file.map_err(|e| e.of(path.display()))?)?;
    }
    Ok(())
}

/// Whether there is a folder for the file at `path`.
fn check_folder(path: &Path) -> Result<()> {
    match path.parent() {
        Some(folder) if folder != Path::new("") && !folder.is_dir() => Err(Error::new(format!(
            "{}: there is no folder {}",
            path.display(),
            folder.display()
        ))),
        _ => Ok(()),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|e| Error::new(format!("{}: {e}", path.display())))
}
