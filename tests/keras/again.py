"""Trains in Keras again from the starts that are kept here, and says how far it comes from the figures that are kept.

    pip install keras tensorflow-cpu safetensors
    python tests/keras/again.py FOLDER_WITH_MNIST

Fails where a loss is away by more than TOLERANCE of its size.
"""

import json
import os
import pathlib
import re
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # With these kernels Keras repeats itself less well.

import keras
from keras import layers, ops
from safetensors.numpy import load_file

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "bench"))

from mnist import DIGITS, TRAINING_SHARE, read_training_images

TOLERANCE = 1e-5
NOTEBOOK = {"custom": "relu150,relu100,cubic50", "dense": "relu100,relu50"}
FUNCTIONS = {"cubic": lambda x: x**3, "square": lambda x: x**2, "softsign": ops.softsign}


class Custom(layers.Layer):
    """y = f(x)·V − x·W + b, the notebook's layer for f = x³."""

    def __init__(self, function, units):
        super().__init__()
        self.function, self.units = function, units

    def build(self, shape):
        self.v = self.add_weight(shape=(shape[-1], self.units))
        self.w = self.add_weight(shape=(shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,))

    def call(self, x):
        return ops.matmul(self.function(x), self.v) - ops.matmul(x, self.w) + self.b


def build(text, weights):
    """The network that a text such as `relu150,cubic50` names, with its first weights."""
    model = keras.Sequential([keras.Input((784,))])
    for place, layer in enumerate(text.split(","), 1):
        kind, units = re.fullmatch(r"(\D+)(\d+)", layer).groups()
        if kind in FUNCTIONS:
            model.add(Custom(FUNCTIONS[kind], int(units)))
            model.layers[-1].set_weights([weights[f"{kind}.{name}"] for name in "vwb"])
        else:
            model.add(layers.Dense(int(units), activation=kind))
            model.layers[-1].set_weights([weights[f"dense{place}.{name}"] for name in ("weight", "bias")])
    model.add(layers.Dense(len(DIGITS), activation="softmax"))
    model.layers[-1].set_weights([weights[f"output.{name}"] for name in ("weight", "bias")])
    return model


def train(model, x, y, epochs):
    """Keras's history of an unshuffled training with the notebook's settings."""
    model.compile(optimizer=keras.optimizers.SGD(0.01), loss="categorical_crossentropy", metrics=["accuracy"])
    fit = {"batch_size": 32, "validation_split": 1 - TRAINING_SHARE, "shuffle": False, "verbose": 0}
    return model.fit(x, y, epochs=epochs, **fit).history


def starts():
    """Of each start that is kept: its name, the network's text, its file, and the figures."""
    for folder in sorted(HERE.glob("*/")):
        kept = json.loads((folder / "golden.json").read_text())
        if "network" in kept:
            yield folder.name, kept["network"], folder / "init.safetensors", kept
            continue
        for name, text in NOTEBOOK.items():
            yield f"{folder.name}, {name}", text, folder / f"init-{name}.safetensors", kept[name]


def main():
    x, classes = read_training_images(sys.argv[1])
    y = keras.utils.to_categorical(classes, len(DIGITS))
    furthest = 0
    for name, text, file, kept in starts():
        history = train(build(text, load_file(file)), x, y, len(kept["loss"]))
        for metric in ("loss", "val_loss", "accuracy", "val_accuracy"):
            away = [abs(now / then - 1) for now, then in zip(history[metric], kept[metric])]
            print(f"{name:25} {metric:13} epoch by epoch, away by", *(f"{share:.1e}" for share in away))
            if metric.endswith("loss"):
                furthest = max(furthest, *away)
    if furthest > TOLERANCE:
        sys.exit(f"A loss is away by {furthest:.1e} of its size, more than {TOLERANCE}.")


main()
