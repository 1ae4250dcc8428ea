//! Between burn's tensors and slices of f32. Only here the backend is named.

// burn-ndarray is deprecated in favour of burn's Flex; this project is built on it.
#![allow(deprecated)]

use burn::{module::Param, tensor::Tensor};
use burn_ndarray::{NdArray, NdArrayTensor};
use ndarray::{ArcArray, IxDyn};

/// burn's backend.
pub(crate) type Backend = NdArray;
/// A tensor of the backend.
pub(crate) type Inner = NdArrayTensor;

/// A new tensor of these values in row-major order.
///
/// burn's `Tensor::from_data` converts from any type to any; this moves the values, and spares the
/// download those conversions.
pub(crate) fn inner<const D: usize>(values: Vec<f32>, shape: [usize; D]) -> Inner {
    // PANIC: layers make whole rows, and weights are counted before they come here.
    let array = ArcArray::from_shape_vec(IxDyn(&shape), values).expect("as many values as places");
    array.into()
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

/// The parameter with its values changed; in place, if nobody else holds them.
pub(crate) fn change<const D: usize>(
    parameter: Param<Tensor<D>>,
    change: impl FnOnce(&mut [f32]),
) -> Param<Tensor<D>> {
    let (id, tensor, mapper) = parameter.consume();
    let mut tensor = into_inner(tensor);
    change(values_mut(&mut tensor));
    Param::from_mapped_value(id, from_inner(tensor), mapper)
}

/// Unwraps a tensor without autodiff.
pub(crate) fn into_inner<const D: usize>(tensor: Tensor<D>) -> Inner {
    // PANIC: weights are never on the autodiff device; `open` is for outputs.
    tensor.try_into_primitive::<Backend>().expect("tensors are on the plain device")
}

/// The inverse of [`into_inner`].
pub(crate) fn from_inner<const D: usize>(tensor: Inner) -> Tensor<D> {
    Tensor::from_primitive::<Backend>(tensor)
}
