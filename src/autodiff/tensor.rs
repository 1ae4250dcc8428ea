//! Between burn's tensors and slices of f32. Only here the backend is named.

// burn-ndarray is deprecated in favour of burn's Flex; this project is built on it.
#![allow(deprecated)]

use burn::{module::Param, tensor::Tensor};
use burn_ndarray::{NdArray, NdArrayTensor};
use ndarray::{ArcArray, IxDyn};

/// What computes.
pub(crate) type Backend = NdArray;
/// A tensor of the backend.
pub(crate) type Inner = NdArrayTensor;

/// A new matrix of these values, row by row; rows are of `columns` values.
pub(crate) fn matrix(values: Vec<f32>, columns: usize) -> Inner {
    let rows = values.len() / columns;
    shaped(values, &[rows, columns])
}

/// A new vector of these values.
pub(crate) fn vector(values: Vec<f32>) -> Inner {
    let count = values.len();
    shaped(values, &[count])
}

fn shaped(values: Vec<f32>, shape: &[usize]) -> Inner {
    // PANIC: layers make whole rows, and weights are counted before they come here.
    let array = ArcArray::from_shape_vec(IxDyn(shape), values).expect("as many values as places");
    array.into()
}

/// A new tensor of these values in row-major order, on the plain device.
///
/// burn's `Tensor::from_data` converts from any type to any; this moves the values, and spares the
/// download those conversions.
pub fn from_values<const D: usize>(values: Vec<f32>, shape: [usize; D]) -> Tensor<D> {
    from_inner(shaped(values, &shape))
}

/// The next values of `weights` as a parameter of this shape; they are taken from its front.
///
/// # Panics
/// If there are fewer values.
pub(crate) fn parameter<const D: usize>(
    weights: &mut &[f32],
    shape: [usize; D],
) -> Param<Tensor<D>> {
    let (values, rest) = weights.split_at(shape.iter().product());
    *weights = rest;
    Param::from_tensor(from_values(values.to_vec(), shape))
}

/// The values of a tensor on the plain device, in row-major order.
pub fn into_values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    values(&into_inner(tensor)).to_vec()
}

/// The tensor's values in row-major order.
pub(crate) fn values(tensor: &Inner) -> &[f32] {
    let NdArrayTensor::F32(storage) = tensor else { unreachable!("every tensor here is of f32") };
    // PANIC: tensors here are made from whole vectors and never transposed or sliced.
    storage.view().to_slice().expect("every tensor here is contiguous")
}

/// The tensor's values in row-major order, to be changed in place; they are copied first if
/// somebody else holds the tensor.
pub(crate) fn values_mut(tensor: &mut Inner) -> &mut [f32] {
    let NdArrayTensor::F32(storage) = tensor else { unreachable!("every tensor here is of f32") };
    // PANIC: as for `values`; `ensure_owned` gives an array of its own in standard layout.
    storage.ensure_owned().as_slice_mut().expect("every tensor here is contiguous")
}

/// Takes a tensor of the plain device apart.
pub(crate) fn into_inner<const D: usize>(tensor: Tensor<D>) -> Inner {
    // PANIC: tensors begin on the plain device, in `from_values`; the recorded ones of training are
    // told apart by `input`, and burn takes the record off before its optimiser.
    tensor.try_into_primitive::<Backend>().expect("tensors are on the plain device")
}

/// The inverse of [`into_inner`].
pub(crate) fn from_inner<const D: usize>(tensor: Inner) -> Tensor<D> {
    Tensor::from_primitive::<Backend>(tensor)
}
