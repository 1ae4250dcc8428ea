//! IDX, the format of MNIST's files: a magic number that names type and rank, the dimensions, the
//! values; all big-endian.

/// Type u8, rank 1.
const LABELS: u32 = 0x0801;
/// Type u8, rank 3.
const IMAGES: u32 = 0x0803;
/// Type i32, rank 1.
const POSITIONS: u32 = 0x0C01;

/// The height and width of an image.
const SIDE: usize = 28;
/// The pixels of an image.
pub const PIXELS: usize = SIDE * SIDE;

/// The images of a file, if it is one of 28×28 images.
pub fn read_images(file: &[u8]) -> Option<Vec<&[u8]>> {
    let header = file.get(..16)?;
    let pixels = &file[16..];
    let count = pixels.len() / PIXELS;
    let right = header == image_header(count) && pixels.len().is_multiple_of(PIXELS);
    right.then(|| pixels.chunks_exact(PIXELS).collect())
}

/// The labels of a file, if it is one of labels.
pub fn read_labels(file: &[u8]) -> Option<&[u8]> {
    let header = file.get(..8)?;
    let labels = &file[8..];
    (header == label_header(labels.len())).then_some(labels)
}

/// A file of images.
pub fn write_images(images: &[&[u8]]) -> Vec<u8> {
    let mut file = image_header(images.len());
    for image in images {
        file.extend_from_slice(image);
    }
    file
}

/// A file of positions.
pub fn write_positions(positions: &[u32]) -> Vec<u8> {
    let mut file = words(&[POSITIONS, positions.len() as u32]);
    file.extend(words(positions));
    file
}

fn image_header(count: usize) -> Vec<u8> {
    words(&[IMAGES, count as u32, SIDE as u32, SIDE as u32])
}

fn label_header(count: usize) -> Vec<u8> {
    words(&[LABELS, count as u32])
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}
