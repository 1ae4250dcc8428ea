//! A network that answers: what it makes of an image, and why.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    Error, Result,
    data::{
        Dataset, DigitImages,
        novelty::{Doubt, Looks, doubt},
    },
    model::{
        Cubic, Layer, ModelKind, Network,
        contributions::contributions,
        ops::{into_values, softmax},
    },
    session::{
        inspection::inspection,
        messages::{Contributions, Inspection, Outcome, Reply},
    },
    training::evaluation::{Evaluation, scores},
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
    /// Classifies an image, 784 values from 0 to 1. It is compared with the `looks` of the digits,
    /// if they are known.
    pub fn classify(self, image: &[f32], looks: &BTreeMap<u8, Looks>) -> Outcome {
        let probabilities = softmax(&scores(&self.network, image.to_vec()));
        if probabilities.iter().any(|p| !p.is_finite()) {
            let reason = self.diverged();
            return Outcome::Nothing { reason };
        }
        let doubt = doubt(image, &self.digits, &probabilities, looks);
        Outcome::Answer {
            doubt: doubt.map(|doubt| self.sentence(doubt)),
            digits: self.digits,
            probabilities,
        }
    }

    fn sentence(&self, doubt: Doubt) -> String {
        match (doubt, &self.digits[..]) {
            (Doubt::Strange, [first, second]) => {
                format!("This looks like neither {first} nor {second}.")
            }
            (Doubt::Strange, digits) => format!("This looks like none of {}.", list(digits)),
            (Doubt::Unsure(first, second), digits) => format!(
                "The {} network is unsure between {} and {}.",
                self.model, digits[first], digits[second]
            ),
        }
    }

    /// Takes the scores of an image apart.
    ///
    /// # Errors
    /// If the network has no cubic layer.
    pub fn explain(self, image: &[f32]) -> Result<Contributions> {
        let parts = contributions(&self.network, image).ok_or_else(|| self.no_cubic_layer())?;
        Ok(Contributions {
            cubic: parts.cubic,
            linear: parts.linear,
            bias: parts.bias,
            scores: scores(&self.network, image.to_vec()),
            digits: self.digits,
        })
    }

    /// Classifies the test images of the network's digits.
    ///
    /// # Errors
    /// If they are not there, or the network has diverged.
    pub fn inspect(self, test: &BTreeMap<u8, Rc<DigitImages>>) -> Result<Inspection> {
        let images = Dataset::choose(&self.digits, test)?;
        let (_, answers) = Evaluation::new(0..images.len()).run(&self.network, &images);
        inspection(&self.digits, &images, &answers).ok_or_else(|| Error::new(self.diverged()))
    }

    /// The cubic layer's V and W.
    ///
    /// # Errors
    /// If the network has no cubic layer.
    pub fn show_cubic(&self) -> Result<Reply> {
        let cubic = self.network.layers.iter().find_map(|layer| match layer {
            Layer::Cubic(cubic) => Some(cubic),
            Layer::Relu(_) | Layer::Scores(_) => None,
        });
        let Cubic { v, w, .. } = cubic.ok_or_else(|| self.no_cubic_layer())?;
        let [inputs, units] = v.dims();
        Ok(Reply::CubicWeights {
            inputs: inputs as u32,
            units: units as u32,
            v: into_values(v.val()),
            w: into_values(w.val()),
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
