//! Made-up epochs, networks and runs.

use mnist_cubic::{
    network::parse_networks,
    report::{
        Epoch, Experiment, Findings, Mistakes, NetworkRun, Reference, Run, Verdict, findings,
    },
    settings::Settings,
    train::Metrics,
};

/// An epoch of a network that learns, with 98 % read rightly.
pub const EPOCH: Epoch = Epoch {
    metrics: Metrics { loss: 0.1, accuracy: 0.97, val_loss: 0.1, val_accuracy: 0.98 },
    mistakes: Mistakes { count: 20, truth: Some(0.125), loss_share: Some(0.5) },
};

pub fn mistakes(count: u32) -> Epoch {
    let mistakes = Mistakes { count, ..EPOCH.mistakes };
    Epoch { mistakes, ..EPOCH }
}

pub fn truth(truth: Option<f64>) -> Epoch {
    let mistakes = Mistakes { truth, ..EPOCH.mistakes };
    Epoch { mistakes, ..EPOCH }
}

pub fn losses(loss: f64, val_loss: f64) -> Epoch {
    let metrics = Metrics { loss, val_loss, ..EPOCH.metrics };
    Epoch { metrics, ..EPOCH }
}

pub fn val_accuracy(val_accuracy: f64) -> Epoch {
    let metrics = Metrics { val_accuracy, ..EPOCH.metrics };
    Epoch { metrics, ..EPOCH }
}

pub fn diverged() -> Epoch {
    losses(0.1, f64::NAN)
}

/// Epochs up to the 12th, of which the `first`-th is the first with 98 % right.
pub fn learned_in(first: u32) -> Vec<Epoch> {
    (1..=12).map(|epoch| val_accuracy(if epoch < first { 0.9799 } else { 0.98 })).collect()
}

pub fn network(epochs: &[Epoch]) -> NetworkRun {
    NetworkRun { epochs: epochs.to_vec(), test: None }
}

/// Runs of networks that are given by text: in each run, the epochs of each network.
pub fn experiment(networks: &str, runs: Vec<Vec<Vec<Epoch>>>) -> Experiment {
    let settings = Settings {
        networks: parse_networks(networks).expect("networks"),
        runs: runs.len() as u32,
        ..Settings::default()
    };
    let runs = (0..).zip(runs).map(|(index, networks)| Run {
        seed: settings.run_seed(index),
        networks: networks.iter().map(|epochs| network(epochs)).collect(),
    });
    Experiment { runs: runs.collect(), validation_images: 3461, settings }
}

pub const TWO: &str = "custom:relu150,relu100,cubic50;dense:relu100,relu50";

/// Runs of one epoch of the notebook's two networks.
pub fn runs(pairs: &[[Epoch; 2]]) -> Experiment {
    let runs = pairs.iter().map(|pair| pair.map(|epoch| vec![epoch]).into());
    experiment(TWO, runs.collect())
}

/// One run of the notebook's two networks.
pub fn one_run(custom: Vec<Epoch>, dense: Vec<Epoch>) -> Experiment {
    experiment(TWO, vec![vec![custom, dense]])
}

/// Ten runs of twelve epochs of the notebook's two networks. The mistakes have a standard deviation
/// of 3.028, the chances' logarithms one of 0.3028, the first epochs one of 0.5270.
pub fn ten_runs() -> Experiment {
    let run = |run: u32| {
        let network = |first| {
            let mut epochs = learned_in(first + run % 2);
            for epoch in &mut epochs {
                epoch.mistakes.count = 30 + run;
                epoch.mistakes.truth = Some(0.01 * (f64::from(run) / 10.0).exp());
            }
            epochs
        };
        vec![network(3), network(9)]
    };
    let mut ten = experiment(TWO, (0..10).map(run).collect());
    ten.settings.seed = 1001;
    ten.settings.epochs = 12;
    for (index, run) in (0..).zip(&mut ten.runs) {
        run.seed = ten.settings.run_seed(index);
    }
    ten
}

pub fn reference() -> Reference {
    Reference::new(ten_runs()).expect("complete runs")
}

/// What is found without knowing what seeds do.
pub fn found(experiment: &Experiment) -> Findings {
    findings(experiment, None)
}

pub const CUSTOM: Verdict = Verdict::Clear { leader: 0 };

pub const DENSE: Verdict = Verdict::Clear { leader: 1 };
