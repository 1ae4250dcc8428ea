//! Images without their zeros, packed once, so that a batch's rows are quickly made.

use mnist::{Dataset, PIXELS};

use super::{SparseRows, sparse_rows::Entry};

/// The images of a data set and their classes; of each image, the pixels that are not zero.
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
        // At full capacity: WebAssembly keeps the memory that a growing vector leaves.
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

    /// The class of image `i`.
    pub(crate) fn class(&self, i: usize) -> usize {
        self.classes[i].into()
    }

    /// The images at `indices`: `[images, 784]`, values 0 to 1.
    pub(crate) fn rows(&self, indices: impl Iterator<Item = usize>) -> SparseRows {
        let inks_of = |i: usize| &self.inks[self.starts[i]..self.starts[i + 1]];
        // Gathered first, then converted, so that cache misses overlap: the images are scattered
        // over megabytes. 17 → 6 µs.
        let rows: Vec<&[Ink]> = indices.map(inks_of).collect();
        let inks = rows.concat();
        let entry =
            |ink: &Ink| Entry { column: ink.place.into(), value: SCALED[usize::from(ink.value)] };
        let entries = inks.iter().map(entry).collect();
        SparseRows::of_entries(entries, rows.iter().map(|row| row.len()), PIXELS)
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
