//! An operation of our own as a node of burn's autodiff graph.

use std::{fmt, marker::PhantomData};

use burn::{
    backend::{
        Autodiff,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
            grads::Gradients,
            ops::{Backward, NodeGuard, Ops, OpsKind},
        },
    },
    tensor::Tensor,
};

use super::tensor::{Backend, Inner, from_inner, inner, into_inner};

/// A tensor's node in burn's graph; `None` if it is not on the autodiff device.
pub(crate) type Place = Option<NodeGuard>;

/// A place at which a graph begins.
pub(crate) fn beginning() -> Place {
    let leaf = from_inner::<1>(inner(Vec::new(), [0])).autodiff().require_grad();
    open(leaf).1
}

/// Takes a tensor apart: what it holds, and its place.
pub(crate) fn open<const D: usize>(tensor: Tensor<D>) -> (Inner, Place) {
    if !tensor.device().is_autodiff() {
        return (into_inner(tensor), None);
    }
    // PANIC: the device says so.
    let recorded = tensor.try_into_primitive::<Autodiff<Backend>>();
    let (inner, place) = recorded.expect("a tensor on the autodiff device").into_parts();
    (inner, Some(place))
}

/// Makes `result` a child of `place` in burn's graph, if there is one. `backward` turns the
/// result's gradient into that of `place`, or `None` if that needs none.
pub(crate) fn operation<const D: usize>(
    place: Place,
    result: Inner,
    backward: impl FnOnce(Inner) -> Option<Inner> + Clone + Send + 'static,
) -> Tensor<D> {
    let Some(place) = place else {
        return from_inner(result);
    };
    let node = Node(PhantomData).prepare::<NoCheckpointing>([place]).compute_bound().stateful();
    Tensor::from_primitive::<Autodiff<Backend>>(match node {
        OpsKind::Tracked(node) => node.finish(BackwardPass(backward), result),
        OpsKind::UnTracked(node) => node.finish(result),
    })
}

/// A node of the graph, whose state is the backward pass.
struct Node<B>(PhantomData<fn() -> B>);

#[derive(Clone)]
struct BackwardPass<B>(B);

impl<B> Backward<Backend, 1> for Node<B>
where
    B: FnOnce(Inner) -> Option<Inner> + Clone + Send + 'static,
{
    type State = BackwardPass<B>;

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = (ops.state.0)(grads.consume::<Backend>(&ops.node));
        let [parent] = ops.parents;
        if let (Some(parent), Some(gradient)) = (parent, gradient) {
            grads.register::<Backend>(parent.id, gradient);
        }
    }
}

impl<B> fmt::Debug for Node<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Node")
    }
}

impl<B> fmt::Debug for BackwardPass<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackwardPass")
    }
}
