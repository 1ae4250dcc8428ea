// Errors in words.

/**
 * What an error says.
 * @param {unknown} error
 */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * That a network's worker is gone, and what a click will do.
 * @param {string} kind
 * @param {string} reason
 * @param {boolean} training
 */
export function sentenceOfLoss(kind, reason, training) {
  const consequence = training
    ? "The others train on, and what is shown stays; a click starts this one’s run again."
    : "What is shown stays; a click starts it again.";
  return `The ${kind} network’s worker has stopped: ${reason.replace(/\.$/, "")}. ${consequence}`;
}
