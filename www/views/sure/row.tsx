// A network's row: a dot a digit, to be pointed at, pressed, and walked through by keys.

import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { imageText, rowTwin, stripLabel } from "../../words/sure.js";
import { Canvas } from "../canvas.js";
import { colour, networkClass } from "../canvas-colours.js";
import { dotAt, dotOf, paintRow, type Row as Dots } from "./dots.js";
import type { Look } from "./look.js";
import { byCost } from "./reading.js";
import { type Range, ticksOf } from "./scale.js";

/** In CSS pixels, as the style sheet has it. */
const HEIGHT = 64;
/** So many digits further with Page Up and Page Down. */
const PAGE = 20;

interface RowProps {
  readonly look: Look;
  readonly network: number;
  readonly range: Range;
  /** The image that is pointed at. */
  readonly pointed: number | null;
  readonly onPoint: (image: number | null) => void;
  /** Puts an image on the pad. */
  readonly onPress: (image: number) => void;
}

export function Row({ look, network, range, pointed, onPoint, onPress }: RowProps) {
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const name = look.names[network] ?? "";
  const read = look.reads[network] ?? null;
  const classes = look.images?.classes ?? NONE;
  const dots = useMemo(
    () => (read === null || read === "diverged" ? null : { reading: read, classes, range }),
    [read, classes, range],
  );
  const twin = useMemo(() => rowTwin(name, read, classes), [name, read, classes]);
  const paint = useCallback(
    (canvas: HTMLCanvasElement) => paintOn(canvas, dots, range, network),
    [dots, range, network],
  );
  const order = useOrder(dots);
  const rank = pointed === null ? -1 : order().indexOf(pointed);
  const at = pointed !== null && dots ? dotOf(dots, pointed, width, HEIGHT) : null;
  return (
    <div class={`sure-row ${networkClass(network)}`} ref={root}>
      <Canvas paint={paint} when="seen" role="img" aria-label={twin} />
      {at && (
        <svg class="pointed" aria-hidden="true">
          <circle cx={at.x} cy={at.y} r="7" />
        </svg>
      )}
      <div
        class="over"
        role="slider"
        tabIndex={0}
        aria-label={stripLabel(name)}
        aria-valuemin={dots ? 1 : 0}
        aria-valuemax={dots ? classes.length : 0}
        aria-valuenow={rank + 1}
        aria-valuetext={rank < 0 ? "None" : imageText(look, pointed ?? 0)}
        onPointerMove={({ offsetX, offsetY, pointerType }) => {
          if (!dots || pointerType === "touch") return;
          const image = dotAt(dots, offsetX, offsetY, width, HEIGHT);
          if (image !== null) onPoint(image);
        }}
        onClick={({ offsetX, offsetY }) => {
          const image = dots && dotAt(dots, offsetX, offsetY, width, HEIGHT);
          if (image !== null) onPress(image);
        }}
        onKeyDown={(event) => {
          if (event.altKey || event.ctrlKey || event.metaKey || !dots) return;
          if (event.key === "Escape" && pointed !== null) onPoint(null);
          else if ((event.key === "Enter" || event.key === " ") && pointed !== null)
            onPress(pointed);
          else {
            const to = keyTarget(event.key, rank, classes.length);
            if (to === null) return;
            onPoint(order()[to] ?? null);
          }
          event.preventDefault();
        }}
      />
    </div>
  );
}

const NONE = new Uint8Array();

/** The rank to which a key leads: to the right lies what costs less. */
function keyTarget(key: string, rank: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: PAGE,
    PageDown: -PAGE,
    Home: -Infinity,
    End: Infinity,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  return Math.min(count - 1, Math.max(0, rank + step));
}

/** The images by cost, sorted where somebody asks. */
function useOrder(dots: Dots | null): () => Uint32Array {
  return useMemo(() => {
    let sorted: Uint32Array | null = null;
    return () => (sorted ??= dots ? byCost(dots.reading) : new Uint32Array());
  }, [dots?.reading]);
}

function useWidth(ref: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setWidth(box.clientWidth));
    observer.observe(box);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}

function paintOn(
  canvas: HTMLCanvasElement,
  dots: Dots | null,
  range: Range,
  network: number,
): void {
  const context = canvas.getContext("2d");
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0) return;
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  if (dots) {
    const ink = { network: colour(networkClass(network)), background: colour("background") };
    paintRow(context, dots, width, height, scale, ink);
  }
  // Beneath the dots.
  context.globalCompositeOperation = "destination-over";
  for (const { place, label } of ticksOf(range)) {
    const isEven = label === "even";
    context.fillStyle = colour(isEven ? "control-border" : "rule");
    const thick = (isEven ? 2 : 1) * Math.max(1, Math.round(scale));
    context.fillRect(Math.round(place * canvas.width - thick / 2), 0, thick, canvas.height);
  }
}
