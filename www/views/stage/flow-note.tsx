// Beneath the flow: what its squares are; in single steps, the digits of the batch in its place.

import { useEffect, useMemo, useRef } from "preact/hooks";
import { signal } from "@preact/signals";

import { FLOW_NOTE, batchText, batchTwin } from "../../words/flow.js";
import { Canvas } from "../canvas.js";
import { paintBatch, type ReadBatch } from "./batch.js";

interface FlowNoteProps {
  batch: ReadBatch | null;
  /** How many networks there are. */
  count: number;
}

export function FlowNote({ batch, count }: FlowNoteProps) {
  return (
    <div class="flow-note">
      {batch ? (
        <>
          <p>{batchText(batch)}</p>
          <Pictures batch={batch} count={count} />
        </>
      ) : (
        <p>{FLOW_NOTE}</p>
      )}
    </div>
  );
}

function Pictures({ batch, count }: { batch: ReadBatch; count: number }) {
  // The canvas follows signals.
  const shown = useRef(signal({ batch, count })).current;
  useEffect(() => {
    shown.value = { batch, count };
  }, [shown, batch, count]);
  const paint = useMemo(
    () => (canvas: HTMLCanvasElement) => {
      paintBatch(canvas, shown.value.batch, shown.value.count);
    },
    [shown],
  );
  return <Canvas class="batch" role="img" aria-label={batchTwin(batch)} paint={paint} />;
}
