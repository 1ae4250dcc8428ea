// The one unit of the cubic layer that all its pictures mark and spell out.

import { make } from "../views/dom.js";

/** The chosen unit. Tells of each change by the event `change`. */
export class UnitChoice extends EventTarget {
  /** From 0. */
  unit = 0;

  constructor() {
    super();
    this.slider = make("input", { type: "range", id: "unit", min: "1", max: "1", value: "1" });
    this.slider.addEventListener("input", () => this.choose(Number(this.slider.value) - 1));
    // A live region by nature; training would never let it be silent, so the slider says the words.
    this.words = make("output", { for: this.slider.id, "aria-live": "off" });
    this.element = make(
      "div",
      { class: "unit-choice" },
      make("label", { for: this.slider.id }, "Unit"),
      this.slider,
      this.words,
    );
  }

  /**
   * Says what the chosen unit does.
   * @param {string} words
   */
  tell(words) {
    this.words.textContent = words;
    this.slider.setAttribute("aria-valuetext", words);
  }

  /** @param {number} count */
  offer(count) {
    this.slider.max = String(count);
  }

  /** @param {number} unit From 0. */
  choose(unit) {
    if (unit === this.unit) return;
    this.unit = unit;
    this.slider.value = String(unit + 1);
    this.dispatchEvent(new Event("change"));
  }
}

export const createUnitChoice = () => new UnitChoice();
