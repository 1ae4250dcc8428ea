"""The notebook's images, for the programs that train its networks natively."""

import gzip
import pathlib
import struct

import numpy as np

DIGITS = (0, 2, 5)
TRAINING_SHARE = 0.8


def read_training_images(folder):
    """Pixels from 0 to 1, `[image, 784]`, and classes, from the folder with MNIST's files."""
    labels = read_idx(folder, "train-labels-idx1-ubyte")
    chosen = np.isin(labels, DIGITS)
    pixels = read_idx(folder, "train-images-idx3-ubyte")[chosen].reshape(-1, 784)
    return pixels.astype("float32") / 255, np.searchsorted(DIGITS, labels[chosen])


def read_idx(folder, name):
    plain, packed = pathlib.Path(folder, name), pathlib.Path(folder, f"{name}.gz")
    contents = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
    dimensions = contents[3]
    shape = struct.unpack(f">{dimensions}I", contents[4 : 4 + 4 * dimensions])
    return np.frombuffer(contents, np.uint8, offset=4 + 4 * dimensions).reshape(shape)
