// What the figures have in common.

/** Epochs, as many as in the notebook. */
export const WHOLE_RUN = 50;
export const NETWORKS = ["custom", "dense"];
export const AT_ONCE = `both at once, ${WHOLE_RUN} epochs, s`;
export const ONE_AFTER_THE_OTHER = `one after the other, ${WHOLE_RUN} epochs, s`;

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// Multiplications and additions that an epoch needs: forward 2 for each weight and image, backward
// as much again for the weights' gradients and for the layers' inputs but the first's; the cubic
// layer's x³ and the relus are left out. There are 13,841 images to train on.
const MATRICES = { custom: [784 * 150, 150 * 100, 2 * 100 * 50, 50 * 3], dense: [784 * 100, 100 * 50, 50 * 3] };
// Zeros count as well, which the networks here pass over: it is the work that is done, however.
const gflop = (network) => {
  const weights = MATRICES[network].reduce((sum, size) => sum + size, 0);
  return (13_841 * (6 * weights - 2 * MATRICES[network][0])) / 1e9;
};

/**
 * The figures of a network that trains alone.
 * @param {string} network
 * @param {number[]} epochs Seconds of each, with its validation.
 * @param {number[]} training Seconds of the training alone.
 */
export function aloneFigures(network, epochs, training) {
  const [whole, alone] = [median(epochs), median(training)];
  return {
    [`${network} alone, median epoch, s`]: whole,
    [`${network} alone, training in it, s`]: alone,
    [`${network} alone, training, GFLOP/s`]: gflop(network) / alone,
  };
}

/** What a program takes to get going. */
export const firstFigures = (network, [first, ...others]) => ({
  [`${network} alone, first epoch, s`]: first,
  [`${network} alone, first epoch / median epoch`]: first / median(others),
});
