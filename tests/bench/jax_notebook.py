"""Times the notebook's networks in native JAX, for `cargo xtask bench --jax PYTHON`.

    jax_notebook.py MNIST NETWORK... [--one-thread] [--core N]

Trains these networks, custom or dense, one after the other for the notebook's 50 epochs; prints, as JSON, each
network's seconds: compiling, the whole run, each epoch with its validation, and the training alone of some more. An
epoch is one call of a compiled function, a scan over batches whose images lie on the device; the last batch is
smaller. `--one-thread` keeps each product to one thread, and `--core` the whole program to one core.
"""

import argparse
import json
import os
import time

parser = argparse.ArgumentParser()
parser.add_argument("mnist")
parser.add_argument("networks", nargs="+", choices=["custom", "dense"])
parser.add_argument("--one-thread", action="store_true")
parser.add_argument("--core", type=int)
options = parser.parse_args()
# Before JAX looks at the machine.
if options.core is not None:
    os.sched_setaffinity(0, {options.core})
if options.one_thread or options.core is not None:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from mnist import DIGITS, TRAINING_SHARE, read_training_images

EPOCHS = 50
TRAINING_EPOCHS = 10
BATCH = 32
RATE = 0.01
HIDDEN = {"custom": [150, 100], "dense": [100, 50]}


def start(name, rng):
    """A list of layers: (w, b) of a dense one, (v, w, b) of the cubic one."""
    sizes = [784, *HIDDEN[name]]
    layers = [start_dense(rng, *shape) for shape in zip(sizes, sizes[1:])]
    if name == "custom":
        layers.append(tuple(rng.normal(scale=0.05, size=shape).astype("float32") for shape in [(100, 50), (100, 50), 50]))
    return jax.device_put([*layers, start_dense(rng, 50, len(DIGITS))])


def start_dense(rng, inputs, units):
    limit = np.sqrt(6 / (inputs + units))
    return rng.uniform(-limit, limit, (inputs, units)).astype("float32"), np.zeros(units, "float32")


def logits(layers, x):
    for layer in layers[:-1]:
        if len(layer) == 2:
            w, b = layer
            x = jax.nn.relu(x @ w + b)
        else:
            v, w, b = layer
            x = (x * x * x) @ v - x @ w + b
    w, b = layers[-1]
    return x @ w + b


def score(layers, x, y):
    """The mean loss, and what a score sums up: the loss and how many are right."""
    z = logits(layers, x)
    losses = -(jax.nn.log_softmax(z) * y).sum(axis=1)  # quicker here than to pick the right classes
    right = (z.argmax(axis=1) == y.argmax(axis=1)).sum()
    return losses.mean(), jnp.array([losses.sum(), right])


def train(layers, x, y, order):
    """An epoch's training: the layers, and the mean loss and accuracy."""

    def step(carry, batch):
        layers, sums = carry
        gradients, more = jax.grad(score, has_aux=True)(layers, x[batch], y[batch])
        layers = jax.tree.map(lambda weights, gradient: weights - RATE * gradient, layers, gradients)
        return (layers, sums + more), None

    whole = len(order) // BATCH * BATCH
    carry, _ = lax.scan(step, (layers, jnp.zeros(2)), order[:whole].reshape(-1, BATCH))
    if whole < len(order):
        carry, _ = step(carry, order[whole:])
    layers, sums = carry
    return layers, sums / len(order)


def train_and_validate(layers, training, validation, order):
    layers, means = train(layers, *training, order)
    _, sums = score(layers, *validation)
    return layers, jnp.concatenate([means, sums / len(validation[0])])


def timed(compute):
    """What is computed, and seconds."""
    begin = time.perf_counter()
    result = jax.block_until_ready(compute())
    return result, time.perf_counter() - begin


def measure(name, training, validation):
    rng = np.random.default_rng(1)
    images = len(training[0])
    layers = start(name, rng)
    epoch = jax.jit(train_and_validate)
    _, compiling = timed(lambda: epoch(layers, training, validation, rng.permutation(images)))
    seconds = []
    begin = time.perf_counter()
    for _ in range(EPOCHS):
        (layers, means), taken = timed(lambda: epoch(layers, training, validation, rng.permutation(images)))
        seconds.append(taken)
    whole = time.perf_counter() - begin
    alone = jax.jit(train)
    alone(layers, *training, rng.permutation(images))
    training_seconds = [timed(lambda: alone(layers, *training, rng.permutation(images)))[1] for _ in range(TRAINING_EPOCHS)]
    metrics = dict(zip(["loss", "accuracy", "val_loss", "val_accuracy"], means.tolist()))
    return {"compiling": compiling, "seconds": whole, "epochs": seconds, "training": training_seconds, "metrics": metrics}


def main():
    x, classes = read_training_images(options.mnist)
    y = np.eye(len(DIGITS), dtype="float32")[classes]
    split = int(len(x) * TRAINING_SHARE)
    training = jax.device_put((x[:split], y[:split]))
    validation = jax.device_put((x[split:], y[split:]))
    print(json.dumps({name: measure(name, training, validation) for name in options.networks}))


main()
