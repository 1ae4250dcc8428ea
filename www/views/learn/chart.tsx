// One chart, which is also a slider: mouse, finger and keys read it, and move the playhead.

import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";

import { Canvas } from "../canvas.js";
import { colour, networkClass } from "../canvas-colours.js";
import type { Plan } from "./chart-plan.js";
import { valueAt } from "./curve.js";
import { frameOf, type Frame } from "./frame.js";
import { summaryOf } from "./lines.js";
import { keyTarget, nearest } from "./moments.js";
import { paintChart } from "./paint.js";
import { momentText } from "./reading.js";

/** In CSS pixels, as the style sheet has it. */
const HEIGHT = 280;
/** How far sideways a finger starts to move the playhead, not the page, in CSS pixels. */
const SLOP = 6;

interface ChartProps {
  plan: ReadonlySignal<Plan>;
  imagesInEpoch: number;
  /** The moment shown, and the one pointed at, in epochs. */
  shown: number | null;
  pointed: number | null;
  isHeld: boolean;
  onPoint: (moment: number | null, byKeys: boolean) => void;
  /** Holds the playhead at a moment; lets go of it. */
  onHold: (moment: number | "now") => void;
}

export function Chart(props: ChartProps) {
  const { plan, imagesInEpoch, shown, pointed } = props;
  const { measure, lines, overlays, moments } = plan.value;
  const root = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const paint = useCallback((canvas: HTMLCanvasElement) => paintOn(canvas, plan.value), [plan]);
  useLayoutEffect(() => {
    const box = root.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setWidth(box.clientWidth));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const frame = frameOf(plan.value, width, HEIGHT);
  const read = pointed ?? shown ?? moments.at(-1) ?? null;
  return (
    <div id={`${measure}-chart`} class="chart" ref={root}>
      <Canvas paint={paint} role="img" aria-label={summaryOf(measure, lines, overlays)} />
      {width > 0 && <Marks {...props} frame={frame} />}
      <div
        class="over"
        role="slider"
        tabIndex={0}
        aria-label={`Epoch to read in the chart of ${measure}`}
        aria-valuemin={moments[0] ?? 0}
        aria-valuemax={moments.at(-1) ?? 0}
        aria-valuenow={read ?? 0}
        aria-valuetext={read === null ? "Nothing yet" : momentText(read, imagesInEpoch)}
        {...useHands(props, frame)}
      />
    </div>
  );
}

function paintOn(canvas: HTMLCanvasElement, plan: Plan): void {
  const context = canvas.getContext("2d");
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0) return;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  context.scale(devicePixelRatio, devicePixelRatio);
  paintChart(context, width, height, plan, colour);
}

/** The playhead, the line that reads, and the values on it: over the picture, so that it need not be painted anew. */
function Marks({ plan, shown, pointed, isHeld, frame }: ChartProps & { frame: Frame }) {
  const { lines, x } = plan.value;
  const { left, top, width, height } = frame;
  const across = (moment: number) => Math.min(Math.max(frame.x(moment), left), left + width);
  const bottom = top + height;
  const read = pointed ?? shown;
  const dots = lines.filter(({ split, isReference }) => split === "validation" && !isReference);
  return (
    <svg class="marks" aria-hidden="true">
      {shown !== null && (
        <g class={isHeld ? "playhead held" : "playhead"}>
          <line x1={across(shown)} x2={across(shown)} y1={top} y2={bottom} />
          <path d={`M${across(shown) - 5} ${top - 8}h10v5l-5 5l-5 -5z`} />
        </g>
      )}
      {pointed !== null && (
        <line class="pointer" x1={across(pointed)} x2={across(pointed)} y1={top} y2={bottom} />
      )}
      {read !== null &&
        read >= (x.isLog ? 0 : x.min) &&
        dots.map(({ network, curve }) => {
          const value = valueAt(curve, read);
          const y = value === undefined ? NaN : frame.y(value);
          return y >= top && y <= bottom ? (
            <circle key={network} class={networkClass(network)} cx={across(read)} cy={y} r="4" />
          ) : null;
        })}
    </svg>
  );
}

type Handlers = Pick<
  JSX.IntrinsicElements["div"],
  | "onPointerDown"
  | "onPointerMove"
  | "onPointerUp"
  | "onPointerCancel"
  | "onPointerLeave"
  | "onBlur"
  | "onKeyDown"
>;

/** What mouse, finger and keys do. */
function useHands(
  { plan, shown, pointed, isHeld, onPoint, onHold }: ChartProps,
  frame: Frame,
): Handlers {
  /** The pointer that drags; a finger does so only once it has gone sideways. */
  const drag = useRef<{ id: number; from: number; isDragging: boolean } | null>(null);
  const { moments } = plan.value;
  const momentAt = ({ offsetX }: PointerEvent) => nearest(moments, offsetX, frame.x);
  const hold = (event: PointerEvent) => {
    const moment = momentAt(event);
    onPoint(null, false);
    if (moment !== null) onHold(moment);
  };
  return {
    onPointerDown(event) {
      if (!event.isPrimary || event.button !== 0) return;
      const isDragging = event.pointerType === "mouse";
      drag.current = { id: event.pointerId, from: event.offsetX, isDragging };
      event.currentTarget.setPointerCapture(event.pointerId);
      if (isDragging) hold(event);
    },
    onPointerMove(event) {
      const its = drag.current;
      if (its?.id !== event.pointerId) {
        if (event.pointerType !== "touch") onPoint(momentAt(event), false);
        return;
      }
      its.isDragging ||= Math.abs(event.offsetX - its.from) > SLOP;
      if (its.isDragging) hold(event);
    },
    onPointerUp(event) {
      // A tap.
      if (drag.current?.id === event.pointerId && !drag.current.isDragging) hold(event);
      drag.current = null;
    },
    // The browser scrolls.
    onPointerCancel() {
      drag.current = null;
    },
    onPointerLeave() {
      onPoint(null, false);
    },
    onBlur() {
      onPoint(null, false);
    },
    onKeyDown(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape" && (isHeld || pointed !== null)) {
        onPoint(null, false);
        onHold("now");
      } else if (event.key === "Enter" && pointed !== null) {
        onPoint(null, false);
        onHold(pointed);
      } else {
        const moment = keyTarget(event.key, pointed ?? shown, moments);
        if (moment === null) return;
        onPoint(moment, true);
      }
      event.preventDefault();
    },
  };
}
