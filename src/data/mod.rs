//! From MNIST's files, or a drawing, to what a network reads.
