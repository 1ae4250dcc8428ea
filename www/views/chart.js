// One chart of epochs, drawn by uPlot, with a cursor for mouse and keyboard.

import uPlot from "../uPlot.esm.js";
import { KINDS } from "../kinds.js";
import { DASHES, FONT, colour, paintOver, paintUnder, penOf } from "./paint.js";
import { rangeOf } from "./lines.js";
import { metricText } from "./words.js";

/** @import { Line, Measure, Split } from "./lines.js" */

const HEIGHT = 280;
const NARROW = 480;
const PAGE = 10; // epochs to a press of Page Up or Page Down

/** @type {{ kind: typeof KINDS[number], split: Split }[]} */
const SERIES = KINDS.flatMap((kind) => [
  { kind, split: "validation" },
  { kind, split: "training" },
]);

/** The chart of one measure. */
export class EpochChart {
  /** Whether the axis leaves something out. */
  cut = false;
  /** @type {Line[]} */
  #lines = [];
  #epochs = 1;
  #log = false;
  /** @type {[number, number]} */
  #range = [0, 1];
  #root;
  #measure;
  #onEpoch;
  #plot;

  /**
   * @param {HTMLElement} root
   * @param {Measure} measure
   * @param {(epoch: number | null) => void} onEpoch Told where the cursor stands.
   */
  constructor(root, measure, onEpoch) {
    this.#root = root;
    this.#measure = measure;
    this.#onEpoch = onEpoch;
    this.#plot = this.#make();
    new ResizeObserver(() => this.#resize()).observe(root);
  }

  get canvas() {
    return this.#plot.ctx.canvas;
  }

  /**
   * @param {Line[]} lines
   * @param {number} epochs Of the axis.
   * @param {boolean} log
   */
  update(lines, epochs, log) {
    this.#lines = lines;
    this.#epochs = epochs;
    ({ range: this.#range, cut: this.cut } = rangeOf(this.#measure, log, lines));
    if (log !== this.#log) {
      this.#log = log;
      this.#plot.destroy();
      this.#plot = this.#make();
    }
    this.#plot.setData(this.#data());
    this.canvas.setAttribute("aria-label", this.#summary());
    this.#plot.over.setAttribute("aria-valuemax", String(epochs));
  }

  redraw() {
    this.#plot.redraw(false);
  }

  /**
   * Puts the cursor on an epoch.
   * @param {number | null} epoch
   */
  point(epoch) {
    const left = epoch === null ? -10 : this.#plot.valToPos(epoch, "x");
    // Without the hook: the other chart tells, this one follows.
    this.#plot.setCursor({ left, top: epoch === null ? -10 : 0 }, false);
    if (epoch === null) return;
    this.#plot.over.setAttribute("aria-valuenow", String(epoch));
    this.#plot.over.setAttribute("aria-valuetext", `Epoch ${epoch}`);
  }

  /** Whether the keyboard moves this chart's cursor. */
  get focused() {
    return document.activeElement === this.#plot.over;
  }

  /** @returns {uPlot.AlignedData} */
  #data() {
    const epochs = Array.from({ length: this.#epochs }, (_, index) => index + 1);
    const columns = SERIES.map(({ kind, split }) => {
      const line = this.#lines.find((one) => one.kind === kind && one.split === split);
      return epochs.map((epoch) => {
        const value = line?.values[epoch - 1] ?? null;
        return this.#log && value !== null && value <= 0 ? null : value;
      });
    });
    return [epochs, ...columns];
  }

  #make() {
    const axis = { stroke: () => colour("quiet"), font: FONT, ticks: { show: false } };
    const plot = new uPlot(
      {
        width: this.#width(),
        height: HEIGHT,
        padding: [12, () => (this.#narrow() ? 100 : 132), 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false, setScale: false }, y: false, points: { size: 7 } },
        scales: {
          x: { time: false, range: () => [1, Math.max(2, this.#epochs)] },
          y: { distr: this.#log ? 3 : 1, range: () => this.#range },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 28,
            label: "epoch",
            labelSize: 18,
            labelGap: 0,
            labelFont: FONT,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500],
          },
          {
            ...axis,
            grid: { stroke: () => colour("rule"), width: 1 },
            size: 52,
            values: (_, splits) => splits.map(axisText),
          },
        ],
        series: [
          {},
          ...SERIES.map(({ kind, split }) => ({
            stroke: () => colour(kind),
            width: split === "validation" ? 2 : 1.5,
            dash: DASHES[split],
            points: { show: false },
          })),
        ],
        hooks: {
          drawAxes: [(self) => paintUnder(penOf(self, this.#range), this.#lines)],
          draw: [(self) => paintOver(penOf(self, this.#range), this.#lines, this.#narrow())],
          setCursor: [
            (self) =>
              this.#onEpoch(
                typeof self.cursor.idx === "number" && (self.cursor.left ?? -1) >= 0
                  ? self.cursor.idx + 1
                  : null,
              ),
          ],
        },
      },
      this.#data(),
      this.#root,
    );
    plot.ctx.canvas.setAttribute("role", "img");
    this.#makeSurface(plot.over);
    return plot;
  }

  /** @param {HTMLElement} over What lies over the plot and takes the mouse. */
  #makeSurface(over) {
    over.tabIndex = 0;
    over.setAttribute("role", "slider");
    over.setAttribute("aria-label", `Epoch to read in the chart of ${this.#measure}`);
    over.setAttribute("aria-valuemin", "1");
    over.setAttribute("aria-valuenow", "1");
    over.setAttribute("aria-valuetext", "No epoch");
    over.addEventListener("keydown", (event) => {
      const now = this.#plot.cursor.idx;
      const last = Math.max(
        1,
        ...this.#lines.map(({ values, reference }) => (reference?.mean ?? values).length),
      );
      const epoch = target(
        event.key,
        typeof now === "number" && (this.#plot.cursor.left ?? -1) >= 0 ? now + 1 : null,
        last,
      );
      if (epoch === null || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.point(epoch);
      this.#onEpoch(epoch);
    });
    over.addEventListener("blur", () => {
      this.point(null);
      this.#onEpoch(null);
    });
  }

  #width() {
    return Math.max(200, this.#root.clientWidth);
  }

  #narrow() {
    return this.#width() < NARROW;
  }

  #resize() {
    if (this.#plot.width !== this.#width()) this.#plot.setSize({ width: this.#width(), height: HEIGHT });
  }

  /** The result in words, for those who do not see the chart. */
  #summary() {
    const lines = this.#lines.map(({ kind, split, values, best, diverged }) => {
      const last = values.findLastIndex((value) => value !== null);
      if (last < 0) return `${kind}, ${split}: nothing yet`;
      const turn =
        best === null || this.#measure !== "loss"
          ? ""
          : `, least ${metricText(this.#measure, values[best - 1])} at epoch ${best}`;
      return `${kind}, ${split}: ${metricText(this.#measure, values[0])} at first${turn}, ${metricText(this.#measure, values[last])} after epoch ${last + 1}${diverged ? ", then it diverged" : ""}`;
    });
    const name = this.#measure === "loss" ? "Loss" : "Accuracy";
    return lines.length > 0
      ? `${name} by epoch. ${lines.join("; ")}.`
      : `${name} by epoch: empty until training begins.`;
  }
}

/**
 * The epoch that a key moves to; `null` for keys that do not move.
 * @param {string} key
 * @param {number | null} from
 * @param {number} last
 */
function target(key, from, last) {
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: PAGE, PageDown: -PAGE };
  if (key === "Home") return 1;
  if (key === "End") return last;
  if (!(key in steps)) return null;
  return from === null ? 1 : Math.min(Math.max(from + steps[key], 1), last);
}

/** @param {number | null} value */
function axisText(value) {
  if (value === null) return "";
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e5))
    return value.toExponential(0).replace("-", "−");
  return String(Number(value.toPrecision(6)));
}
