// Errors in words.

/**
 * What an error says.
 * @param {unknown} error
 */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * That networks' workers are gone, and what a click will do.
 * @param {{ kind: string, reason: string }[]} losses
 * @param {boolean} cutOff Whether their runs were.
 * @param {boolean} othersTrain
 */
export function sentenceOfLoss(losses, cutOff, othersTrain) {
  const what = losses.map(
    ({ kind, reason }) => `The ${kind} network’s worker has stopped: ${reason.replace(/\.$/, "")}.`,
  );
  const stays = othersTrain ? "The others train on, and what is shown stays" : "What is shown stays";
  const [it, run] = losses.length > 1 ? ["them", "their runs"] : ["it", "its run"];
  return `${what.join(" ")} ${stays}; a click starts ${it} again${cutOff ? `, and ${run} from the beginning` : ""}.`;
}
