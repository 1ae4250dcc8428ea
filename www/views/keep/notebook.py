# %% [markdown]
# # Does a custom layer help?
#
# This notebook repeats, in Keras, an experiment made in the browser: {{title}}. Every network
# starts from the same weights, and sees the same images in the same order, as it did on the page
# ({{address}}).
#
# It needs `numpy`, `keras` and `tensorflow`. MNIST is read from the folder `MNIST_DIR`, if that is
# set, and otherwise downloaded by Keras. When all cells have run, `page_history` holds what the page
# measured and `keras_history` what Keras did: `{network: {metric: [a value an epoch]}}`.

# %%
import base64
import gzip
import json
import math
import os
import re

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np

settings = json.loads(r"""{{settings}}""")
digits = [int(digit) for digit in settings["digits"].split(",")]
batch_size = int(settings["batch"])
seed = int(settings["seed"])
validation_split = float("{{split}}")

METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"]
page_history = json.loads(r"""{{history}}""")
for metrics in page_history.values():
    for metric, values in metrics.items():
        metrics[metric] = [math.nan if value is None else value for value in values]

# %% [markdown]
# ## Images
#
# Only the chosen digits. The last {{split}} of them, in file order, are kept aside for validation.

# %%
def read_idx(name):
    """An array from one of MNIST's files, packed or not."""
    path = os.path.join(os.environ["MNIST_DIR"], name)
    opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz", "rb")
    with opened as file:
        data = file.read()
    shape = np.frombuffer(data, ">u4", data[3], offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)


if os.environ.get("MNIST_DIR"):
    images = read_idx("train-images-idx3-ubyte")
    labels = read_idx("train-labels-idx1-ubyte")
else:
    (images, labels), _ = keras.datasets.mnist.load_data()

chosen = np.isin(labels, digits)
x = images[chosen].reshape(-1, 784).astype("float32") / 255
y = np.searchsorted(digits, labels[chosen])  # class i is digits[i]
count = int(len(x) * (1 - validation_split))
x_train, y_train, validation = x[:count], y[:count], (x[count:], y[count:])
print(f"{count:,} images to train on, {len(x) - count:,} to validate")

# %% [markdown]
# ## The order of the images
#
# Each epoch has an order of its own: images are sorted by a hash of seed, epoch and place.

# %%
u = np.uint64


def mix(z):
    """SplitMix64."""
    z = z + u(0x9E3779B97F4A7C15)
    z = (z ^ (z >> u(30))) * u(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> u(27))) * u(0x94D049BB133111EB)
    return z ^ (z >> u(31))


def order(epoch):
    """The order in which an epoch, counted from 1, takes the training images."""
    keys = mix(mix(mix(np.array([seed], "u8")) + u(epoch)) + np.arange(count, dtype="u8"))
    return np.argsort(keys, kind="stable")


# %% [markdown]
# ## Networks
#
# A custom layer computes y = f(x)·V − x·W + b.

# %%
FUNCTIONS = {
    "{{functions}}": None,
}


class Custom(keras.layers.Layer):
    """f(x)·V − x·W + b."""

    def __init__(self, word, units):
        super().__init__()
        self.f = FUNCTIONS[word]
        self.units = units

    def build(self, shape):
        for name, size in [("v", (shape[-1], self.units)), ("w", (shape[-1], self.units)), ("b", (self.units,))]:
            setattr(self, name, self.add_weight(shape=size, initializer="zeros", name=name))

    def call(self, x):
        return keras.ops.matmul(self.f(x), self.v) - keras.ops.matmul(x, self.w) + self.b


def build(text):
    """The network of a text such as relu150,relu100,cubic50. It answers with logits, from which
    the loss is computed more exactly than from probabilities."""
    layers = [keras.Input((784,))]
    for word, units in re.findall(r"([a-z]+)(\d+)", text):
        is_custom = word in FUNCTIONS
        layers.append(Custom(word, int(units)) if is_custom else keras.layers.Dense(int(units), activation=word))
    return keras.Sequential([*layers, keras.layers.Dense(len(digits))])


def set_weights(network, values):
    """Takes the weights, one tensor after another, from one long list."""
    sizes = np.cumsum([math.prod(tensor.shape) for tensor in network.get_weights()])
    assert sizes[-1] == len(values)
    parts = np.split(values, sizes[:-1])
    network.set_weights([part.reshape(old.shape) for part, old in zip(parts, network.get_weights())])


# %% [markdown]
# ## First weights
#
# Those of the page, as base64 of little-endian float32.

# %% hidden
start = json.loads(r"""{{start}}""")

# %% [markdown]
# ## Training

# %%
keras_history = {}
for network in settings["networks"]:
    name = network["name"]
    rate = network["learning_rate"] or float(settings["lr"])
    epochs = len(page_history[name]["loss"]) or int(settings["epochs"])
    model = build(network["layers"])
    set_weights(model, np.frombuffer(base64.b64decode(start[name]), "<f4"))
    model.compile(
        optimizer=keras.optimizers.SGD(rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    keras_history[name] = {metric: [] for metric in METRICS}
    for epoch in range(1, epochs + 1):
        now = order(epoch)
        fitted = model.fit(
            x_train[now],
            y_train[now],
            batch_size=batch_size,
            shuffle=False,
            validation_data=validation,
            verbose=0,
        )
        for metric in METRICS:
            keras_history[name][metric].append(float(fitted.history[metric][0]))
        print(name, "epoch", epoch, {metric: round(keras_history[name][metric][-1], 4) for metric in METRICS})

# %% [markdown]
# ## Page and Keras
#
# Rounding differs from machine to machine, and training makes small differences larger: the first
# epochs agree closely, later ones less so.

# %%
for name, metrics in page_history.items():
    for metric in ["loss", "val_loss"]:
        pairs = list(zip(metrics[metric], keras_history[name][metric]))
        differences = [abs(page - there) for page, there in pairs]
        if differences:
            print(f"{name} {metric}: apart by {differences[0]:.1e} in epoch 1, at most {max(differences):.1e}")

# %%
try:
    import matplotlib.pyplot as plt
except ImportError:
    print("matplotlib is not installed: no plots.")
else:
    figure, charts = plt.subplots(1, 2, figsize=(12, 4))
    for chart, metric in zip(charts, ["loss", "accuracy"]):
        for place, name in enumerate(keras_history):
            for values, style, where in [(keras_history, "-", "Keras"), (page_history, ":", "page")]:
                curve = values[name]["val_" + metric]
                chart.plot(range(1, len(curve) + 1), curve, style, color=f"C{place}", label=f"{name}, {where}")
        chart.set_title("validation " + metric)
        chart.set_xlabel("epoch")
        chart.legend()
    plt.show()
