// One chart of epochs, drawn by uPlot, with a cursor for mouse, finger and keys.

import { useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";

import { colour, networkClass, onScheme } from "../colours.js";
import { rangeOf, summaryOf, type Line, type Measure } from "./lines.js";
import { DASHES, fontAt, paintOver, paintUnder } from "./paint.js";

const HEIGHT = 280;
const NARROW = 480;
/** Epochs to a press of a key. */
const STEPS: Partial<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

interface ChartProps {
  measure: Measure;
  lines: readonly Line[];
  /** Of the axis. */
  epochs: number;
  isLog: boolean;
  /** The epoch that is read, and where the playhead is held. */
  pointed: number | null;
  held: number | null;
  onPoint: (epoch: number | null, byKeys: boolean) => void;
  /** Holds the playhead at an epoch; lets go of it. */
  onHold: (epoch: number | "now") => void;
}

export function Chart(props: ChartProps) {
  const { measure, lines, epochs, isLog, held } = props;
  const root = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  // What hooks and listeners read is what was rendered last.
  const now = useRef(props);
  now.current = props;
  // uPlot knows neither another scale nor other series: it is made anew.
  const kind = `${isLog} ${lines.map(({ network, split }) => `${network}${split}`).join(" ")}`;

  useLayoutEffect(() => {
    const box = root.current;
    if (!box) return;
    const gone = new AbortController();
    const made = makePlot(box, now);
    plot.current = made;
    made.ctx.canvas.setAttribute("role", "img");
    listen(made, now, gone.signal);
    onScheme(() => made.redraw(false), gone.signal);
    const observer = new ResizeObserver(() => {
      const width = widthOf(box);
      if (made.width !== width) made.setSize({ width, height: HEIGHT });
    });
    observer.observe(box);
    return () => {
      observer.disconnect();
      gone.abort();
      made.destroy();
      plot.current = null;
    };
  }, [kind]);

  useLayoutEffect(() => {
    if (!plot.current) return;
    plot.current.setData(dataOf(now.current));
    plot.current.ctx.canvas.setAttribute("aria-label", summaryOf(measure, lines));
  }, [kind, measure, lines, epochs, held]);
  useLayoutEffect(() => {
    if (plot.current) showCursor(plot.current, now.current);
  });

  return <div id={`${measure}-chart`} class="chart" ref={root} />;
}

function widthOf(box: HTMLElement): number {
  return Math.max(200, box.clientWidth);
}

function dataOf({ lines, epochs, isLog }: ChartProps): uPlot.AlignedData {
  const axis = Array.from({ length: epochs }, (_, at) => at + 1);
  const columns = lines.map(({ values }) =>
    axis.map((epoch) => {
      const value = values[epoch - 1] ?? null;
      return isLog && value !== null && value <= 0 ? null : value;
    }),
  );
  return [axis, ...columns];
}

const deaf = () => null;

function makePlot(root: HTMLElement, now: { current: ChartProps }): uPlot {
  const isNarrow = () => widthOf(root) < NARROW;
  const axis = { stroke: () => colour("quiet"), font: fontAt(1), ticks: { show: false } };
  const { lines, isLog, measure } = now.current;
  return new uPlot(
    {
      width: widthOf(root),
      height: HEIGHT,
      padding: [12, () => (isNarrow() ? 100 : 132), 0, 0],
      legend: { show: false },
      // The cursor is moved from outside, for both charts at once.
      cursor: {
        y: false,
        points: { size: 7 },
        drag: { x: false, y: false, setScale: false },
        bind: { mousemove: deaf, mousedown: deaf, mouseleave: deaf, mouseenter: deaf },
      },
      scales: {
        x: { time: false, range: () => [1, Math.max(2, now.current.epochs)] },
        y: {
          // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- only its types have names
          distr: isLog ? 3 : 1,
          range: () => rangeOf(measure, isLog, now.current.lines).range,
        },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 28,
          label: "epoch",
          labelSize: 18,
          labelGap: 0,
          labelFont: fontAt(1),
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500],
        },
        {
          ...axis,
          grid: { stroke: () => colour("rule"), width: 1 },
          size: 52,
          values: (_, splits) => splits.map(axisText),
          // uPlot's own never end where the range does not begin at a power of ten.
          ...(isLog && {
            splits: (_: uPlot, __: number, min: number, max: number) => logSplits(min, max),
          }),
        },
      ],
      series: [
        {},
        ...lines.map(({ network, split }) => ({
          stroke: () => colour(networkClass(network)),
          width: split === "validation" ? 2 : 1.5,
          dash: DASHES[split],
          points: { show: false },
        })),
      ],
      hooks: {
        drawAxes: [(plot) => paintUnder(plot, now.current.lines, now.current.held)],
        draw: [(plot) => paintOver(plot, now.current.lines, isNarrow())],
      },
    },
    dataOf(now.current),
    root,
  );
}

/** 1, 2 and 5 times the powers of ten in a range; the powers alone where those are many. */
function logSplits(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(min));
  const count = Math.ceil(Math.log10(max)) - first + 1;
  const steps = count > 4 ? [1] : [1, 2, 5];
  const exponents = Array.from({ length: count }, (_, at) => first + at);
  const splits = exponents.flatMap((exponent) =>
    steps.map((step) => Number(`${step}e${exponent}`)),
  );
  return splits.filter((split) => split >= min && split <= max);
}

/** What lies over the plot takes mouse, finger and keys, as a slider of epochs. */
function listen(plot: uPlot, now: { current: ChartProps }, signal: AbortSignal): void {
  const { over } = plot;
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    act: (event: HTMLElementEventMap[K]) => void,
  ) => over.addEventListener(type, act, { signal });
  over.tabIndex = 0;
  over.setAttribute("role", "slider");
  over.setAttribute("aria-label", `Epoch to read in the chart of ${now.current.measure}`);
  over.setAttribute("aria-valuemin", "1");
  const epochAt = ({ clientX }: PointerEvent) => {
    const epoch = Math.round(plot.posToVal(clientX - over.getBoundingClientRect().left, "x"));
    return Math.min(Math.max(epoch, 1), now.current.epochs);
  };
  let dragging: number | null = null;
  on("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    dragging = event.pointerId;
    over.setPointerCapture(event.pointerId);
    now.current.onPoint(epochAt(event), false);
  });
  on("pointermove", (event) => {
    const epoch = epochAt(event);
    now.current.onPoint(epoch, false);
    if (event.pointerId === dragging) now.current.onHold(epoch);
  });
  for (const type of ["pointerup", "pointercancel"] as const) on(type, () => (dragging = null));
  on("pointerleave", ({ pointerType }) => {
    // A finger that is lifted leaves the values to be read.
    if (pointerType === "mouse") now.current.onPoint(null, false);
  });
  on("blur", () => now.current.onPoint(null, false));
  on("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { pointed, held, onHold, onPoint, lines } = now.current;
    if (event.key === "Escape" && held !== null) onHold("now");
    else if (event.key === "Enter" && pointed !== null) onHold(pointed);
    else {
      const epoch = keyTarget(event.key, pointed, lastOf(lines));
      if (epoch === null) return;
      onPoint(epoch, true);
    }
    event.preventDefault();
  });
}

/** The last epoch that a line has. */
function lastOf(lines: readonly Line[]): number {
  return Math.max(1, ...lines.map(({ values }) => values.length));
}

/** The epoch that a key moves to; null for keys that do not move. */
export function keyTarget(key: string, from: number | null, last: number): number | null {
  if (key === "Home") return 1;
  if (key === "End") return last;
  const step = STEPS[key];
  // The values read before are those of the last epoch.
  return step === undefined ? null : Math.min(Math.max((from ?? last) + step, 1), last);
}

function showCursor(plot: uPlot, { pointed, epochs, lines }: ChartProps): void {
  const left = pointed === null ? -10 : plot.valToPos(pointed, "x");
  plot.setCursor({ left, top: pointed === null ? -10 : 0 }, false);
  const said = pointed === null ? "The last epoch" : `Epoch ${pointed}`;
  plot.over.setAttribute("aria-valuemax", String(epochs));
  plot.over.setAttribute("aria-valuenow", String(pointed ?? Math.min(lastOf(lines), epochs)));
  plot.over.setAttribute("aria-valuetext", said);
}

function axisText(value: number | null): string {
  if (value === null) return "";
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e5))
    return value.toExponential(0).replace("-", "−");
  return String(Number(value.toPrecision(6)));
}
