//! The runs as a table for spreadsheets, pandas and R.

use std::fmt::Write;

use crate::report::Experiment;

/// A line for each run, network and epoch. Numbers read back to the same f64; `NaN` and `inf`
/// stand for themselves, as pandas and R read them.
pub fn csv(experiment: &Experiment) -> String {
    let mut table = "run,seed,model,epoch,loss,accuracy,val_loss,val_accuracy\n".to_owned();
    for (number, run) in (1..).zip(&experiment.runs) {
        for (config, network) in experiment.settings.networks.iter().zip(&run.networks) {
            for (epoch, metrics) in (1..).zip(network.epochs.iter().map(|epoch| epoch.metrics)) {
                // Writing to memory cannot fail.
                let _ = writeln!(
                    table,
                    "{number},{},{},{epoch},{},{},{},{}",
                    run.seed,
                    config.name,
                    metrics.loss,
                    metrics.accuracy,
                    metrics.val_loss,
                    metrics.val_accuracy
                );
            }
        }
    }
    table
}
