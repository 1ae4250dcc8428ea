//! Which images train and which validate, in what order an epoch takes them, and batches of them.

use std::ops::Range;

use mnist::{Dataset, PIXELS};
use serde::{Deserialize, Serialize};

use crate::nn::{SparseRows, kernels::Entry};

/// The part of the images that validates.
const VALIDATION_SPLIT: f64 = 0.2;

/// Where Keras's `validation_split=0.2` cuts `images` images: the first part trains, the rest
/// validates. Keras computes `int(n * (1 - 0.2))` in f64, and so does this.
pub fn split(images: usize) -> (Range<usize>, Range<usize>) {
    let training = (images as f64 * (1.0 - VALIDATION_SPLIT)) as usize;
    (0..training, training..images)
}

/// The order in which an epoch takes the training images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Order {
    /// Each epoch in an order of its own: Keras's `shuffle=True`.
    Shuffled,
    /// As the file has them: Keras's `shuffle=False`.
    AsInFile,
}

impl Order {
    /// The indices of `images` training images in the order in which `epoch` (from 1) of the run
    /// with `seed` takes them. All networks of a run take them in the same order.
    pub fn indices(self, images: usize, seed: u32, epoch: u32) -> Vec<usize> {
        let mut order: Vec<usize> = (0..images).collect();
        if self == Self::Shuffled {
            order.sort_by_cached_key(|&index| key(seed, epoch, index)); // a stable sort
        }
        order
    }
}

/// The key that an image is sorted by: splitmix64 of splitmix64 of splitmix64(seed) + epoch, plus
/// index, modulo 2⁶⁴. In numpy, with `u = np.uint64`:
///
/// ```python
/// def mix(z):
///     z = z + u(0x9E3779B97F4A7C15)
///     z = (z ^ (z >> u(30))) * u(0xBF58476D1CE4E5B9)
///     z = (z ^ (z >> u(27))) * u(0x94D049BB133111EB)
///     return z ^ (z >> u(31))
/// keys = mix(mix(mix(np.array([seed], "u8")) + u(epoch)) + np.arange(images, dtype="u8"))
/// order = np.argsort(keys, kind="stable")
/// ```
fn key(seed: u32, epoch: u32, index: usize) -> u64 {
    let of_seed = splitmix64(seed.into());
    let of_epoch = splitmix64(of_seed.wrapping_add(epoch.into()));
    splitmix64(of_epoch.wrapping_add(index as u64))
}

/// The first output of SplitMix64 from the state `z`: Steele, Lea and Flood 2014,
/// <https://doi.org/10.1145/2714064.2660195>.
pub fn splitmix64(z: u64) -> u64 {
    let z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Some images and their classes.
#[derive(Clone, Debug)]
pub struct Batch {
    /// `[batch, 784]`, values 0 to 1.
    pub images: SparseRows,
    /// The class of each image.
    pub classes: Vec<usize>,
}

/// The images of a data set without their paper, from which batches are quickly made.
#[derive(Debug)]
pub struct SparseImages {
    /// Where each image begins in `inks`; the last one is where all end.
    starts: Vec<usize>,
    inks: Vec<Ink>,
    /// The class of each image.
    classes: Vec<u8>,
    /// How many classes there are.
    count: usize,
}

/// A pixel that is not paper.
#[derive(Clone, Copy, Debug)]
struct Ink {
    /// Its place in the image.
    place: u16,
    /// 1 to 255.
    value: u8,
}

impl SparseImages {
    /// The images of `dataset`.
    pub fn new(dataset: &Dataset) -> Self {
        let all = (0..dataset.len()).flat_map(|i| dataset.pixels(i));
        // Made as long as it gets: memory that it would outgrow stays with WebAssembly.
        let mut inks = Vec::with_capacity(all.filter(|&&value| value != 0).count());
        let mut starts = vec![0];
        for i in 0..dataset.len() {
            let (blocks, _) = dataset.pixels(i).as_chunks::<16>();
            for (place, block) in (0..).step_by(16).zip(blocks) {
                if *block == [0; 16] {
                    continue; // Two of three are: the quickest way past them.
                }
                let inked = (place..).zip(block).filter(|&(_, &value)| value != 0);
                inks.extend(inked.map(|(place, &value)| Ink { place, value }));
            }
            starts.push(inks.len());
        }
        let classes = (0..dataset.len()).map(|i| dataset.class(i) as u8).collect();
        Self { starts, inks, classes, count: dataset.digits().len() }
    }

    /// The number of images; there is at least one.
    #[expect(clippy::len_without_is_empty, reason = "a data set is never empty")]
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.count
    }

    /// The images at `indices`.
    pub fn batch(&self, indices: impl Iterator<Item = usize> + Clone) -> Batch {
        let inks_of = |i: usize| &self.inks[self.starts[i]..self.starts[i + 1]];
        // First all are fetched, then worked at, so that the processor waits for many at a time:
        // they lie anywhere in megabytes. 17 → 6 µs.
        let rows: Vec<&[Ink]> = indices.clone().map(inks_of).collect();
        let inks = rows.concat();
        let entry =
            |ink: &Ink| Entry { column: ink.place.into(), value: SCALED[usize::from(ink.value)] };
        let entries = inks.iter().map(entry).collect();
        let counts = rows.iter().map(|row| row.len());
        Batch {
            images: SparseRows::of_entries(entries, counts, PIXELS),
            classes: indices.map(|i| usize::from(self.classes[i])).collect(),
        }
    }
}

/// A pixel as the networks read it: 0 to 1.
pub const fn scaled(pixel: u8) -> f32 {
    pixel as f32 / 255.0
}

/// Every pixel scaled, as divisions are slow.
static SCALED: [f32; 256] = {
    let mut scaled_pixels = [0.0; 256];
    let mut pixel = 0;
    while pixel < 256 {
        scaled_pixels[pixel] = scaled(pixel as u8);
        pixel += 1;
    }
    scaled_pixels
};
