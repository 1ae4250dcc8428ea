//! A network that answers: what it makes of an image, and why.

use std::{collections::BTreeMap, rc::Rc};

use mnist::{Dataset, DigitImages};

use super::{
    ModelKind,
    contributions::contributions,
    inspection::inspection,
    messages::{Contributions, Inspection, Outcome, Reply},
};
use crate::{
    Error, Result,
    autodiff::into_values,
    drawing::{DigitFeatures, Image, hog_features, is_unlike, is_unsure},
    nn::{Network, loss::softmax, network::Layer},
    train::Evaluation,
};

/// A network and what its classes mean.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Which of the networks it is.
    pub model: ModelKind,
    /// Its layers, not recorded for differentiation.
    pub network: Network,
    /// The digit of each class.
    pub digits: Vec<u8>,
}

impl Reader {
    /// Classifies an image. It is compared with the `features` of the digits, if they are known.
    pub fn classify(self, image: &Image, features: &BTreeMap<u8, DigitFeatures>) -> Outcome {
        let probabilities = softmax(&self.network.logits(image.to_vec()));
        if probabilities.iter().any(|p| !p.is_finite()) {
            let reason = self.diverged();
            return Outcome::Nothing { reason };
        }
        let of_digits = self.digits.iter().map(|digit| features.get(digit));
        let of_digits: Option<Vec<&DigitFeatures>> = of_digits.collect();
        let is_unlike = of_digits.is_some_and(|digits| is_unlike(&hog_features(image), &digits));
        let doubt = if is_unlike {
            Some(self.unlike())
        } else {
            is_unsure(&probabilities).then(|| self.unsure(&probabilities))
        };
        Outcome::Answer { doubt, digits: self.digits, probabilities }
    }

    fn unlike(&self) -> String {
        match &self.digits[..] {
            [first, second] => format!("This looks like neither {first} nor {second}."),
            digits => format!("This looks like none of {}.", list(digits)),
        }
    }

    fn unsure(&self, probabilities: &[f32]) -> String {
        let mut classes: Vec<usize> = (0..probabilities.len()).collect();
        classes.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]));
        format!(
            "The {} network is unsure between {} and {}.",
            self.model, self.digits[classes[0]], self.digits[classes[1]]
        )
    }

    /// Takes the scores of an image apart.
    ///
    /// # Errors
    /// If the network has no cubic layer.
    pub fn explain(self, image: &Image) -> Result<Contributions> {
        let parts = contributions(&self.network, image).ok_or_else(|| self.no_cubic_layer())?;
        Ok(Contributions {
            cubic: parts.function,
            linear: parts.linear,
            bias: parts.bias,
            scores: self.network.logits(image.to_vec()),
            digits: self.digits,
        })
    }

    /// Classifies the test images of the network's digits.
    ///
    /// # Errors
    /// If they are not there, or the network has diverged.
    pub fn inspect(self, test: &BTreeMap<u8, Rc<DigitImages>>) -> Result<Inspection> {
        let images = Rc::new(Dataset::choose(&self.digits, test)?);
        let evaluated = Evaluation::of_all(Rc::clone(&images)).run(&self.network);
        inspection(&self.network, &images, &evaluated).ok_or_else(|| Error::new(self.diverged()))
    }

    /// The cubic layer's V and W.
    ///
    /// # Errors
    /// If the network has no cubic layer.
    pub fn show_cubic(&self) -> Result<Reply> {
        let cubic = self.network.layers.iter().find_map(|layer| match layer {
            Layer::Custom(cubic) => Some(cubic),
            Layer::Dense(_) => None,
        });
        let cubic = cubic.ok_or_else(|| self.no_cubic_layer())?;
        let [inputs, units] = cubic.v.dims();
        Ok(Reply::CubicWeights {
            inputs: inputs as u32,
            units: units as u32,
            v: into_values(cubic.v.val()),
            w: into_values(cubic.w.val()),
        })
    }

    fn diverged(&self) -> String {
        format!("The {} network diverged: it has no answer.", self.model)
    }

    fn no_cubic_layer(&self) -> Error {
        Error::new(format!("the {} network has no cubic layer", self.model))
    }
}

/// "0, 2 and 5".
fn list(digits: &[u8]) -> String {
    let names: Vec<String> = digits.iter().map(u8::to_string).collect();
    match &names[..] {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        names => names.concat(),
    }
}
