//! The notebook's custom network in plain burn: read this first. The library trains the same with
//! operations of its own; `tests/plain.rs` holds the two to the same history.
//! To run it: `MNIST_DIR=folder cargo run --example plain --features cli`.

use burn::{
    module::{ModuleMapper, Param},
    optim::{GradientsParams, SgdConfig},
    prelude::*,
    tensor::activation::relu,
};
use mnist::{Dataset, Result, error, files::Mnist};
use mnist_cubic::{
    network::parse_layers,
    nn::{init::start, scaled},
    train::{Metrics, Order, split},
};

#[derive(Module, Debug)]
struct Model {
    dense1: nn::Linear,
    dense2: nn::Linear,
    cubic: Cubic,
    output: nn::Linear,
}

impl Model {
    /// The network with burn's first weights, which [`Start`] replaces.
    fn init(device: &Device) -> Self {
        Self {
            dense1: nn::LinearConfig::new(784, 150).init(device),
            dense2: nn::LinearConfig::new(150, 100).init(device),
            cubic: Cubic {
                v: nn::Initializer::Zeros.init([100, 50], device),
                w: nn::Initializer::Zeros.init([100, 50], device),
                b: nn::Initializer::Zeros.init([50], device),
            },
            output: nn::LinearConfig::new(50, 3).init(device),
        }
    }

    fn forward(&self, images: Tensor<2>) -> Tensor<2> {
        let x = relu(self.dense1.forward(images)); // [batch, 150]
        let x = relu(self.dense2.forward(x)); // [batch, 100]
        let x = self.cubic.forward(x); // [batch, 50]
        self.output.forward(x) // [batch, classes]
    }

    /// The mean loss of a batch, and the fraction classified rightly.
    fn score(&self, images: &Dataset, indices: &[usize]) -> (Tensor<1>, Tensor<1>) {
        let device = self.output.weight.device();
        let pixels = indices.iter().flat_map(|&i| images.pixels(i)).map(|&pixel| scaled(pixel));
        let pixels = TensorData::new(pixels.collect(), [indices.len(), 784]);
        let classes: Vec<usize> = indices.iter().map(|&i| images.class(i)).collect();
        let classes = Tensor::from_ints(&classes[..], &device); // [batch]
        let logits = self.forward(Tensor::from_data(pixels, &device)); // [batch, classes]
        let answers = logits.clone().argmax(1).squeeze_dim(1); // [batch]
        let right = answers.equal(classes.clone()).float().mean(); // [1]
        let loss = nn::loss::CrossEntropyLossConfig::new().init(&device);
        (loss.forward(logits, classes), right)
    }
}

/// y = x³·V − x·W + b.
#[derive(Module, Debug)]
struct Cubic {
    v: Param<Tensor<2>>,
    w: Param<Tensor<2>>,
    b: Param<Tensor<1>>,
}

impl Cubic {
    fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let cubes = x.clone().powi_scalar(3); // [batch, inputs]
        cubes.matmul(self.v.val()) - x.matmul(self.w.val()) + self.b.val().unsqueeze()
    }
}

/// Gives the parameters of a module these values, first to last.
struct Start(Vec<f32>);

impl ModuleMapper for Start {
    fn map_float<const D: usize>(&mut self, parameter: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let shape = parameter.shape();
        let values: Vec<f32> = self.0.drain(..shape.num_elements()).collect();
        Param::from_data(TensorData::new(values, shape), &parameter.device())
    }
}

/// Trains with the initial weights and order of the library's run with `seed`.
pub fn train(dataset: &Dataset, seed: u32, epochs: u32) -> Result<Vec<Metrics>> {
    let weights = start(&parse_layers("relu150,relu100,cubic50")?, 3, seed);
    let device = Device::default().autodiff();
    let mut model = Model::init(&device).map(&mut Start(weights));
    let mut optimizer = SgdConfig::new().init();
    let (training, validation) = split(dataset.len());
    let mut history = Vec::new();
    for epoch in 1..=epochs {
        let order = Order::Shuffled.indices(training.len(), seed, epoch);
        let (mut loss, mut accuracy) = (0.0, 0.0);
        for indices in order.chunks(32) {
            let (mean, right) = model.score(dataset, indices);
            let share = indices.len() as f64 / order.len() as f64; // The last batch is smaller.
            loss += share * mean.clone().into_scalar::<f64>();
            accuracy += share * right.into_scalar::<f64>();
            let gradients = GradientsParams::from_grads(mean.backward(), &model);
            model = optimizer.step(0.01, model, gradients);
        }
        let (mean, right) = model.valid().score(dataset, &validation.clone().collect::<Vec<_>>());
        let metrics = Metrics {
            loss,
            accuracy,
            val_loss: mean.into_scalar(),
            val_accuracy: right.into_scalar(),
        };
        println!("epoch {epoch}: {metrics:?}");
        history.push(metrics);
    }
    Ok(history)
}

fn main() -> Result<()> {
    let folder = std::env::var_os("MNIST_DIR").ok_or_else(|| error!("MNIST_DIR is not set"))?;
    let mnist = Mnist::read(folder.as_ref())?;
    train(&Dataset::choose(&[0, 2, 5], &mnist.train)?, 1, 2).map(drop)
}
