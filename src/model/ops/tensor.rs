//! Between burn's tensors and slices of f32.

use burn::{
    backend::{Autodiff, tensor::FloatTensor},
    tensor::Tensor,
};
use burn_ndarray::{NdArray, NdArrayTensor};
use ndarray::{ArcArray, IxDyn};

/// A tensor of the ndarray backend.
pub type Inner = NdArrayTensor;
/// The same, recorded for differentiation.
pub type Recorded = FloatTensor<Autodiff<NdArray>>;

/// A new tensor of these values in row-major order.
pub fn inner<const D: usize>(values: Vec<f32>, shape: [usize; D]) -> Inner {
    // PANIC: the operations below make as many values as their shapes say.
    let array = ArcArray::from_shape_vec(IxDyn(&shape), values).expect("as many values as places");
    array.into()
}

/// A new tensor of these values in row-major order, on the plain device.
///
/// burn's `Tensor::from_data` converts from any type to any; this moves the values, and spares the
/// download those conversions.
pub fn from_values<const D: usize>(values: Vec<f32>, shape: [usize; D]) -> Tensor<D> {
    from_inner(inner(values, shape))
}

/// The values of a tensor on the plain device, in row-major order.
pub fn into_values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    values(&into_inner(tensor)).to_vec()
}

/// The tensor's values in row-major order.
pub fn values(tensor: &Inner) -> &[f32] {
    let NdArrayTensor::F32(storage) = tensor else {
        unreachable!("every tensor here is of f32")
    };
    // PANIC: tensors here are made from whole vectors and never transposed or sliced.
    storage
        .view()
        .to_slice()
        .expect("every tensor here is contiguous")
}

/// The tensor's values in row-major order, to be changed in place; they are copied first if
/// somebody else holds the tensor.
pub fn values_mut(tensor: &mut Inner) -> &mut [f32] {
    let NdArrayTensor::F32(storage) = tensor else {
        unreachable!("every tensor here is of f32")
    };
    // PANIC: as for `values`; `ensure_owned` gives an array of its own in standard layout.
    storage
        .ensure_owned()
        .as_slice_mut()
        .expect("every tensor here is contiguous")
}

/// Whether `tensor` is recorded for differentiation.
pub fn is_recorded<const D: usize>(tensor: &Tensor<D>) -> bool {
    tensor.device().is_autodiff()
}

/// Takes a tensor of the plain device apart.
pub fn into_inner<const D: usize>(tensor: Tensor<D>) -> Inner {
    // PANIC: tensors begin on the plain device, in `from_values`; the recorded ones of training are
    // told apart by `is_recorded`, and burn takes the record off before its optimiser.
    tensor
        .try_into_primitive::<NdArray>()
        .expect("tensors are on the plain device")
}

/// Takes a tensor of the autodiff device apart.
pub fn into_recorded<const D: usize>(tensor: Tensor<D>) -> Recorded {
    // PANIC: as for `into_inner`; a training network and its batch are recorded together.
    tensor
        .try_into_primitive::<Autodiff<NdArray>>()
        .expect("tensors are on the autodiff device")
}

/// The inverse of [`into_inner`].
pub fn from_inner<const D: usize>(tensor: Inner) -> Tensor<D> {
    Tensor::from_primitive::<NdArray>(tensor)
}

/// The inverse of [`into_recorded`].
pub fn from_recorded<const D: usize>(tensor: Recorded) -> Tensor<D> {
    Tensor::from_primitive::<Autodiff<NdArray>>(tensor)
}
