//! What one run says, and what one run cannot tell.

use super::{
    ailments::sound,
    words::{accuracy, epochs, number, sentence, the},
};
use crate::{
    adapter::{
        ModelKind, Run, Settings,
        comparison::{PAIRS, common_epoch},
    },
    train::Metrics,
};

/// Compares the models of a run, which has a number, from 0, if there are others.
pub fn comparison(run: &Run, index: Option<usize>, settings: &Settings) -> Vec<String> {
    let epoch = common_epoch(run);
    if epoch == 0 {
        return vec!["The first epoch is not finished yet.".to_owned()];
    }
    let models: Vec<_> =
        sound(run).filter_map(|(kind, history)| Some((kind, history.epoch(epoch)?))).collect();
    let get = |wanted| models.iter().find(|(kind, _)| *kind == wanted).map(|(_, metrics)| *metrics);
    let when = when(epoch, index, settings);

    let pair = PAIRS.into_iter().find_map(|(a, b)| Some(((a, get(a)?), (b, get(b)?))));
    let Some(((a, first), (b, second))) = pair else {
        return models
            .first()
            .map(|&(kind, metrics)| alone(&when, kind, metrics, run))
            .into_iter()
            .collect();
    };
    let mut sentences = vec![
        sentence(&format!(
            "{when} {}'s validation loss is {}, {}'s {}; {}",
            the(a),
            number(first.val_loss),
            the(b),
            number(second.val_loss),
            accuracy_clause(first.val_accuracy, second.val_accuracy, run.validation_images)
        )),
        if is_close((a, first.val_loss), (b, second.val_loss)) {
            "The two losses are too close for one run to tell the networks apart.".to_owned()
        } else {
            let winner = the(if first.val_loss < second.val_loss { a } else { b });
            format!(
                "In this run {winner} does better; whether it would from other seeds, one run \
                 cannot tell."
            )
        },
    ];
    if let (Some(custom), Some(control)) = (get(ModelKind::Custom), get(ModelKind::Control)) {
        sentences.push(control_sentence(custom.val_loss, control.val_loss));
    }
    sentences
}

/// "After 12 of 50 epochs".
fn when(epoch: usize, index: Option<usize>, settings: &Settings) -> String {
    let all = settings.epochs as usize;
    let after = if epoch < all {
        format!("after {epoch} of {}", epochs(all))
    } else {
        format!("after {}", epochs(epoch))
    };
    match index {
        None => after,
        Some(index) => format!("in run {}, {after},", index + 1),
    }
}

/// What is to be said of a model that has no other beside it.
fn alone(when: &str, kind: ModelKind, metrics: Metrics, run: &Run) -> String {
    let others =
        if run.models.len() > 1 { "" } else { "; there is no other network to compare it with" };
    sentence(&format!(
        "{when} {}'s validation loss is {} and its accuracy {}{others}",
        the(kind),
        number(metrics.val_loss),
        accuracy(metrics.val_accuracy)
    ))
}

/// What may be said of the cubic layer itself: the control network differs in nothing else.
fn control_sentence(custom: f64, control: f64) -> String {
    let finding = if is_close((ModelKind::Custom, custom), (ModelKind::Control, control)) {
        "too close to the custom network's for one run to credit or blame the cubic layer"
    } else if custom < control {
        "in this run the cubic layer itself lowers the loss"
    } else {
        "in this run the cubic layer itself raises the loss"
    };
    let loss = number(control);
    format!(
        "The control network, which has a dense layer in place of the cubic one, is at {loss}: \
         {finding}."
    )
}

/// Whether the seeds alone may explain the difference of two validation losses: so far apart, or
/// less, they would lie nineteen times out of twenty.
fn is_close((a, one): (ModelKind, f64), (b, other): (ModelKind, f64)) -> bool {
    let deviation = (spread(a) * one).hypot(spread(b) * other);
    (one - other).abs() <= 1.96 * deviation
}

/// The standard deviation of a network's final validation loss from seed to seed, as a part of the
/// mean: over ten seeds of the notebook's settings in Keras.
pub(super) fn spread(kind: ModelKind) -> f64 {
    match kind {
        ModelKind::Custom => 0.2,
        ModelKind::Dense | ModelKind::Control => 0.045,
    }
}

/// Weighs a difference in accuracy.
fn accuracy_clause(first: f64, second: f64, images: Option<u32>) -> String {
    let difference = (first - second).abs();
    if difference == 0.0 {
        return "their accuracies are equal".to_owned();
    }
    let shown = accuracy(difference);
    let Some(images) = images else {
        return format!(
            "accuracy differs by {shown}, and how much of that is chance, one run cannot tell"
        );
    };
    // Both networks see the same images, so only those count that one of them has wrong: at most
    // the errors of both. If each fell to either by the toss of a coin, the difference would be
    // within 1.96 standard deviations nineteen times out of twenty (McNemar's test).
    let images = f64::from(images);
    let (errors, of) = (difference * images, (2.0 - first - second) * images);
    if errors > 1.96 * of.sqrt() {
        format!("accuracy differs by {shown}, more than the choice of validation images explains")
    } else {
        format!("accuracy differs by {shown}, which one run cannot tell from chance")
    }
}
