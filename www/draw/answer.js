// One model's answer: the digit in words, a bar for each class, and where the weights come from.

import { make } from "../views/dom.js";
import { origin } from "./origin.js";
import { capital, likeliest, percent } from "./words.js";

/** @import { App, ModelInfo, ReplyOf } from "../types.d.ts" */
/** @import { ModelKind } from "../messages.d.ts" */

/**
 * @typedef {object} AnswerView
 * @property {HTMLElement} element
 * @property {(model: ModelInfo | null, reply: ReplyOf<"prediction"> | null) => void} show
 */

/**
 * @param {App} app
 * @param {ModelKind} kind
 * @returns {AnswerView}
 */
export function createAnswer(app, kind) {
  const heading = make("h3", { id: `${kind}-answer` });
  // A live region by nature; while one draws it would never be silent, so the voice speaks instead.
  const output = make("output", { id: `${kind}-prediction`, "aria-live": "off" });
  const unsure = make("span", { class: "unsure" }, "unsure");
  const bars = createBars();
  const source = make("p", { class: "quiet" });
  const view = make(
    "article",
    { class: `answer ${kind}`, "aria-labelledby": heading.id },
    heading,
    make("p", { class: "verdict" }, output, unsure),
    bars.element,
    source,
  );

  return {
    element: view,
    show(model, reply) {
      view.hidden = model === null;
      if (model === null) {
        output.textContent = "";
        return;
      }
      heading.replaceChildren(
        make("span", { class: `mark ${kind}`, "aria-hidden": "true" }),
        `${capital(kind)} network`,
      );
      source.textContent = origin(model, app);
      const outcome = reply?.outcome;
      if (outcome?.type === "answer") {
        const best = likeliest(outcome.probabilities);
        output.textContent = `${outcome.digits[best]} (${percent(outcome.probabilities[best] ?? 0)})`;
        bars.show(outcome.digits, outcome.probabilities);
      } else {
        output.textContent = "";
        bars.show(model.digits, null);
      }
      const doubtful = outcome?.type === "answer" && outcome.doubt !== null;
      unsure.hidden = !doubtful;
      view.classList.toggle("doubtful", doubtful);
    },
  };
}

/** A bar for each class; without probabilities, the empty scale. */
function createBars() {
  const bars = make("ul", { class: "bars" });
  let shown = "";

  /** @param {readonly number[]} digits */
  const lay = (digits) => {
    bars.replaceChildren(
      ...digits.map((digit) =>
        make(
          "li",
          {},
          make("span", { class: "digit" }, String(digit)),
          make("span", { class: "track", "aria-hidden": "true" }, make("span", { class: "bar" })),
          make("span", { class: "share" }),
        ),
      ),
    );
  };

  return {
    element: bars,
    /**
     * @param {readonly number[]} digits
     * @param {readonly number[] | null} probabilities
     */
    show(digits, probabilities) {
      if (digits.join() !== shown) {
        shown = digits.join();
        lay(digits);
      }
      for (const [at, item] of [...bars.children].entries()) {
        const probability = probabilities?.[at] ?? null;
        const share = item.querySelector(".share");
        if (share) share.textContent = probability === null ? "–" : percent(probability);
        const bar = /** @type {HTMLElement | null} */ (item.querySelector(".bar"));
        bar?.style.setProperty("width", `${(probability ?? 0) * 100}%`);
      }
    },
  };
}
