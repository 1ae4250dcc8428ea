//! What several runs say: the paired interval decides.

use super::words::{epochs, in_runs, number, rounded, sentence, the};
use crate::adapter::{
    ModelKind, Run, Settings,
    comparison::{At, Difference, Metric, PAIRS, paired_values, statistics::mean},
};

/// Compares the models over the complete runs; empty if no two of these have a pair of sound
/// models.
pub fn comparison(runs: &[Run], settings: &Settings, differences: &[Difference]) -> Vec<String> {
    let find = |(model, other), at, metric| {
        differences.iter().find(|difference| {
            (difference.model, difference.other) == (model, other)
                && (difference.at, difference.metric) == (at, metric)
        })
    };
    let main = PAIRS.into_iter().find_map(|pair| find(pair, At::Last, Metric::ValLoss));
    let Some(main) = main else {
        return Vec::new();
    };
    let pair = (main.model, main.other);
    let control = find((ModelKind::Custom, ModelKind::Control), At::Last, Metric::ValLoss);

    let mut sentences = vec![levels(runs, settings, main), loss(main)];
    sentences.extend(find(pair, At::Last, Metric::ValAccuracy).map(accuracy));
    sentences.extend(find(pair, At::Best, Metric::ValLoss).map(at_best));
    match control {
        Some(control) => sentences.push(layer(control)),
        None if pair == (ModelKind::Custom, ModelKind::Dense) && less(main).is_some() => {
            sentences.push(
                "The two differ in width as well as in the cubic layer: training the control \
                 network too would tell which of these matters."
                    .to_owned(),
            );
        }
        None => {}
    }
    sentences
}

/// Which of two models a difference favours for certain: the one with less, if the interval is
/// below or above zero.
fn less(difference: &Difference) -> Option<ModelKind> {
    if difference.high < 0.0 {
        Some(difference.model)
    } else if difference.low > 0.0 {
        Some(difference.other)
    } else {
        None // The interval holds zero or is not finite.
    }
}

/// Both models' mean losses at the end.
fn levels(runs: &[Run], settings: &Settings, main: &Difference) -> String {
    let pair = (main.model, main.other);
    let values = paired_values(runs, settings, pair, At::Last, Metric::ValLoss);
    let (first, second): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    let epochs = epochs(settings.epochs as usize);
    let over = if main.runs < settings.runs {
        format!("{} of {} runs, each of {epochs},", main.runs, settings.runs)
    } else {
        format!("{} runs of {epochs}", main.runs)
    };
    format!(
        "Over {over} {}'s validation loss ends at {} on average, {}'s at {}.",
        the(main.model),
        number(mean(&first)),
        the(main.other),
        number(mean(&second))
    )
}

/// The deciding sentence.
fn loss(main: &Difference) -> String {
    let (amount, interval) = amount_and_interval(main);
    let Some(winner) = less(main) else {
        return format!(
            "The two cannot be told apart: {}'s loss differs by {amount} on average ({interval}), \
             and is lower {}.",
            the(main.model),
            in_runs(main.wins as usize, main.runs as usize)
        );
    };
    let wins = if winner == main.model { main.wins } else { main.runs - main.wins - main.ties };
    sentence(&format!(
        "{} does better: its loss is {amount} lower on average ({interval}), and lower {}",
        the(winner),
        in_runs(wins as usize, main.runs as usize)
    ))
}

fn accuracy(difference: &Difference) -> String {
    let runs = difference.runs;
    if difference.ties == runs {
        return format!("Accuracy is the same {}.", in_runs(runs as usize, runs as usize));
    }
    let (amount, interval) = amount_and_interval(difference);
    let (model, other) = (difference.model, difference.other);
    sentence(&match less(difference) {
        None => format!(
            "{}'s accuracy differs by {amount} on average ({interval}), which {runs} runs cannot \
             tell from chance",
            the(model)
        ),
        Some(lower) => {
            let higher = if lower == model { other } else { model };
            format!("{}'s accuracy is {amount} higher on average ({interval})", the(higher))
        }
    })
}

fn at_best(difference: &Difference) -> String {
    let (amount, interval) = amount_and_interval(difference);
    let finding = match less(difference) {
        Some(winner) => format!("{}'s loss is {amount} lower ({interval})", the(winner)),
        None => format!(
            "the two cannot be told apart: {}'s loss differs by {amount} ({interval})",
            the(difference.model)
        ),
    };
    format!("Each taken at its own best epoch, {finding}.")
}

/// What the control network says of the cubic layer itself.
fn layer(control: &Difference) -> String {
    let (amount, interval) = amount_and_interval(control);
    let without = "with a dense layer in its place (the control network)";
    match less(control) {
        Some(ModelKind::Custom) => format!(
            "The cubic layer itself lowers the loss: {without}, it ends {amount} higher \
             ({interval})."
        ),
        Some(_) => format!(
            "The cubic layer itself raises the loss: {without}, it ends {amount} lower \
             ({interval})."
        ),
        None => format!(
            "The cubic layer itself can be neither credited nor blamed: {without}, the loss \
             differs too little to tell (custom minus control {amount}, {interval})."
        ),
    }
}

/// The mean difference and its interval: without their sign where the interval holds no zero,
/// because the sentence then says which model has less.
fn amount_and_interval(difference: &Difference) -> (String, String) {
    let Difference { mean, low, high, .. } = *difference;
    let (mean, low, high) = match less(difference) {
        Some(winner) if winner == difference.model => (-mean, -high, -low),
        _ => (mean, low, high),
    };
    // The interval's width says how many decimals have a meaning.
    let text = |value| rounded(value, high - low);
    (text(mean), format!("95 % interval {} to {}", text(low), text(high)))
}
