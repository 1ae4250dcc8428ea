// Errors in words.

/**
 * What an error says.
 * @param {unknown} error
 */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * That networks' workers are gone, and what a click will do.
 * @param {{ kind: string, reason: string }[]} losses
 * @param {boolean} cutOff Whether a run was.
 * @param {boolean} othersTrain
 */
export function sentenceOfLoss(losses, cutOff, othersTrain) {
  const what = losses.map(
    ({ kind, reason }) => `The ${kind} network’s worker has stopped: ${reason.replace(/\.$/, "")}.`,
  );
  const stays = othersTrain ? "The others train on, and what is shown stays" : "What is shown stays";
  const it = losses.length > 1 ? "them" : "it";
  return `${what.join(" ")} ${stays}; a click starts ${it} again${cutOff ? " and goes on with the training" : ""}.`;
}
