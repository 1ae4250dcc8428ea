//! The images of several digits together.

use std::{collections::BTreeMap, rc::Rc};

use crate::{DigitImages, PIXELS, Result, ensure, error};

/// The images of the chosen digits, in the order of MNIST's file. There is at least one.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// The digit of each class.
    digits: Vec<u8>,
    /// The images of each class.
    sources: Vec<Rc<DigitImages>>,
    /// One entry an image, in file order.
    entries: Vec<Entry>,
}

/// One image of a [`Dataset`].
#[derive(Clone, Copy, Debug)]
struct Entry {
    file_index: u32,
    class: u8,
    /// Its index among the images of its class.
    index: u32,
}

#[expect(clippy::len_without_is_empty, reason = "a data set is never empty")]
impl Dataset {
    /// The images of `digits`; class `i` is `digits[i]`. Pixels are shared, not copied.
    ///
    /// # Errors
    /// If a digit is not in `available`, no digit has an image, or two have one with the same file
    /// index.
    pub fn choose(digits: &[u8], available: &BTreeMap<u8, Rc<DigitImages>>) -> Result<Self> {
        let mut sources = Vec::new();
        let mut entries = Vec::new();
        for (class, digit) in (0..).zip(digits) {
            let source = available
                .get(digit)
                .ok_or_else(|| error!("the images of digit {digit} are not there"))?;
            entries.extend((0..).zip(&source.file_indices).map(|(index, &file_index)| Entry {
                file_index,
                class,
                index,
            }));
            sources.push(Rc::clone(source));
        }
        ensure!(!entries.is_empty(), "there are no images of the digits {digits:?}");
        entries.sort_unstable_by_key(|entry| entry.file_index);
        for [first, second] in entries.array_windows() {
            ensure!(
                first.file_index != second.file_index,
                "digits {} and {} both have an image at position {}",
                digits[usize::from(first.class)],
                digits[usize::from(second.class)],
                first.file_index
            );
        }
        Ok(Self { digits: digits.to_vec(), sources, entries })
    }

    /// The digit of each class.
    pub fn digits(&self) -> &[u8] {
        &self.digits
    }

    /// The number of images.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The pixels of image `i`: `[784]`, 0 is paper, 255 is ink.
    ///
    /// # Panics
    /// If there is no image `i`; so does [`class`](Self::class).
    pub fn pixels(&self, i: usize) -> &[u8] {
        let entry = self.entries[i];
        let start = entry.index as usize * PIXELS;
        &self.sources[usize::from(entry.class)].pixels[start..start + PIXELS]
    }

    /// The class of image `i`.
    pub fn class(&self, i: usize) -> usize {
        usize::from(self.entries[i].class)
    }
}
