"""Times the notebook's networks in native Keras, for `cargo xtask bench --keras PYTHON`.

Reads MNIST from the folder named by the first argument; prints, as JSON, each network's seconds per
epoch: training, and training with validation, first to last.
"""

import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
from keras import layers

from mnist import DIGITS, TRAINING_SHARE, read_training_images

EPOCHS = 6


class Cubic(layers.Layer):
    """y = x³·V − x·W + b, as in the notebook."""

    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        def weight(*shape):
            return self.add_weight(shape=shape, initializer=keras.initializers.RandomNormal(stddev=0.05))

        self.w = weight(shape[-1], self.units)
        self.v = weight(shape[-1], self.units)
        self.b = weight(self.units)

    def call(self, x):
        return keras.ops.matmul(x**3, self.v) - keras.ops.matmul(x, self.w) + self.b


NETWORKS = {
    "custom": lambda: [layers.Dense(150, activation="relu"), layers.Dense(100, activation="relu"), Cubic(50)],
    "dense": lambda: [layers.Dense(100, activation="relu"), layers.Dense(50, activation="relu")],
}


class Clock(keras.callbacks.Callback):
    """Takes the time of each epoch, and of the training in it."""

    def __init__(self):
        super().__init__()
        self.epochs, self.training = [], []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_test_begin(self, logs=None):
        self.training.append(time.perf_counter() - self.start)

    def on_epoch_end(self, epoch, logs=None):
        self.epochs.append(time.perf_counter() - self.start)


def main():
    x, classes = read_training_images(sys.argv[1])
    y = keras.utils.to_categorical(classes, len(DIGITS))
    times = {}
    for name, hidden in NETWORKS.items():
        model = keras.Sequential([keras.Input((784,)), *hidden(), layers.Dense(len(DIGITS), activation="softmax")])
        model.compile(optimizer=keras.optimizers.SGD(0.01), loss="categorical_crossentropy", metrics=["accuracy"])
        clock = Clock()
        model.fit(x, y, batch_size=32, epochs=EPOCHS, validation_split=1 - TRAINING_SHARE, verbose=0, callbacks=[clock])
        times[name] = {"epochs": clock.epochs, "training": clock.training}
    print(json.dumps(times))


main()
