// The settings: a form that speaks in hashes, so that Rust reads form and address alike.

import { pointsToPart, rememberHash } from "../address.js";
import { byId, setText } from "./dom.js";
import { countText } from "./words.js";

/** @import { PageApp } from "../app.js" */

const TYPING_PAUSE = 300; // ms after the last key

/** @param {PageApp} app */
export function mountSettings(app) {
  const details = byId("settings");
  const form = /** @type {HTMLFormElement} */ (byId("settings-form"));
  const fields = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(".fields input:not([type])")]);
  const digits = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[name=digit]")]);
  const control = /** @type {HTMLInputElement} */ (byId("set-control"));
  /** Whether the form was typed in since its fields were filled. */
  let typed = false;

  /** What the fields say, be it good or bad. */
  function hash() {
    const chosen = digits.filter(({ checked }) => checked).map(({ value }) => value);
    const pairs = [
      `digits=${chosen}`,
      ...fields.map(({ name, value }) => `${name}=${encodeURIComponent(value.trim())}`),
    ];
    return pairs.concat(control.checked ? ["control=1"] : []).join("&");
  }

  /** @param {string} text */
  function read(text) {
    app.readSettings(text).catch((error) => showProblem("other", error.message));
  }

  function fill() {
    const values = new URLSearchParams(app.hash);
    for (const field of fields) field.value = values.get(field.name) ?? "";
    for (const digit of digits) digit.checked = app.settings.digits.includes(Number(digit.value));
    control.checked = app.settings.control;
  }

  function show() {
    // What a visitor has typed stays, with what is wrong beside it.
    if (!typed) fill();
    const named = [...fields.map(({ name }) => name), "digits", "control"];
    for (const key of named) {
      showProblem(
        key,
        app.problems
          .filter((problem) => problem.key === key)
          .map(({ message }) => message)
          .join(" "),
      );
    }
    showProblem(
      "other",
      app.problems
        .filter(({ key }) => !named.includes(key))
        .map(({ message }) => message)
        .join(" "),
    );
    setText(byId("problems-spoken"), app.problems.map(({ message }) => message).join(" "));
    if (app.problems.length > 0) details.toggleAttribute("open", true);
    setText(byId("settings-summary"), summary(app.settings));
    showNote();
  }

  /**
   * @param {string} key
   * @param {string} message
   */
  function showProblem(key, message) {
    const problem = byId(`set-${key}-problem`);
    setText(problem, message);
    problem.hidden = message === "";
    const input = document.getElementById(`set-${key}`);
    if (message) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }

  function showNote() {
    const trained = app.training.settings;
    byId("settings-note").hidden =
      !app.training.active || !trained || JSON.stringify(trained) === JSON.stringify(app.settings);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  form.addEventListener("input", (event) => {
    typed = true;
    clearTimeout(pause);
    const isText = fields.includes(/** @type {HTMLInputElement} */ (event.target));
    pause = setTimeout(() => read(hash()), isText ? TYPING_PAUSE : 0);
  });
  form.addEventListener("change", () => {
    clearTimeout(pause);
    typed = true;
    read(hash());
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) === app.hash) return;
    if (pointsToPart()) {
      rememberHash(app.hash);
      return;
    }
    typed = false;
    read(location.hash);
  });
  byId("defaults").addEventListener("click", () => {
    typed = false;
    read("");
  });
  byId("copy-link").addEventListener("click", async () => {
    const copied = byId("copied");
    try {
      await navigator.clipboard.writeText(location.href);
      copied.textContent = "The link is copied. Opened elsewhere, it gives the same run.";
    } catch {
      copied.textContent = `The browser would not copy it. The link is: ${location.href}`;
    }
  });

  app.addEventListener("settings", show);
  app.addEventListener("settings", () => app.wantImages());
  app.addEventListener("state", showNote);
  show();
}

/** @param {PageApp["settings"]} settings */
function summary({ digits, epochs, batch_size, learning_rate, seed, runs, control }) {
  return [
    `digits ${digits.join(", ")}`,
    countText(epochs, "epoch"),
    `batches of ${batch_size}`,
    `learning rate ${learning_rate}`,
    runs === 1 ? `seed ${seed}` : `${runs} runs from seed ${seed}`,
    ...(control ? ["with control"] : []),
  ].join(" · ");
}
