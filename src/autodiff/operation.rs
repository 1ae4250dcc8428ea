//! An operation of our own as one node of burn's autodiff graph.

use std::{fmt, marker::PhantomData};

use burn::{
    backend::{
        Autodiff,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
            grads::Gradients,
            ops::{Backward, Ops, OpsKind},
        },
        tensor::FloatTensor,
    },
    tensor::Tensor,
};

use super::tensor::{Backend, Inner, from_inner, into_inner};

/// A tensor that is recorded for differentiation.
type Recorded = FloatTensor<Autodiff<Backend>>;

/// A tensor that an operation reads, of any rank.
pub(crate) enum Input {
    Plain(Inner),
    Recorded(Recorded),
}

/// Hands a tensor to an operation.
pub(crate) fn input<const D: usize>(tensor: Tensor<D>) -> Input {
    if tensor.device().is_autodiff() {
        // PANIC: the device says so.
        let recorded = tensor.try_into_primitive::<Autodiff<Backend>>();
        Input::Recorded(recorded.expect("a tensor on the autodiff device"))
    } else {
        Input::Plain(into_inner(tensor))
    }
}

/// Computes `forward` of the inputs: the result, and the backward pass, which makes the gradients
/// of all inputs from that of the result; whose gradients are wanted it is told. If the inputs are
/// recorded, the operation becomes a node of the graph.
pub(crate) fn operation<const N: usize, const D: usize, B>(
    inputs: [Input; N],
    forward: impl FnOnce([Inner; N]) -> (Inner, B),
) -> Tensor<D>
where
    B: FnOnce(Inner, [bool; N]) -> [Option<Inner>; N] + Clone + Send + 'static,
{
    let mut nodes = Vec::with_capacity(N);
    let inputs = inputs.map(|input| match input {
        Input::Plain(tensor) => tensor,
        Input::Recorded(tensor) => {
            nodes.push(tensor.node());
            tensor.into_primitive()
        }
    });
    let (result, backward) = forward(inputs);
    let Ok(nodes) = nodes.try_into() else {
        return from_inner(result); // Not all are recorded: this is no training.
    };
    let prepared = Node(PhantomData).prepare::<NoCheckpointing>(nodes).compute_bound().stateful();
    Tensor::from_primitive::<Autodiff<Backend>>(match prepared {
        OpsKind::Tracked(prepared) => prepared.finish(BackwardPass(backward), result),
        OpsKind::UnTracked(prepared) => prepared.finish(result),
    })
}

/// A node of the graph, whose state is the backward pass.
struct Node<B>(PhantomData<fn() -> B>);

#[derive(Clone)]
struct BackwardPass<B>(B);

impl<const N: usize, B> Backward<Backend, N> for Node<B>
where
    B: FnOnce(Inner, [bool; N]) -> [Option<Inner>; N] + Clone + Send + 'static,
{
    type State = BackwardPass<B>;

    fn backward(self, ops: Ops<Self::State, N>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Backend>(&ops.node);
        let wanted = ops.parents.each_ref().map(Option::is_some);
        let gradients = (ops.state.0)(gradient, wanted);
        for (node, gradient) in ops.parents.into_iter().zip(gradients) {
            if let (Some(node), Some(gradient)) = (node, gradient) {
                grads.register::<Backend>(node.id, gradient);
            }
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
