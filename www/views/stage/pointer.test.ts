import { expect, test } from "vitest";

import { followPointer } from "./pointer.js";

/** What of a canvas the pointer needs: one of 100 by 100 px at (10, 20). */
class FakeCanvas extends EventTarget {
  captured = new Set<number>();
  getBoundingClientRect() {
    return { left: 10, top: 20, width: 100, height: 100 };
  }
  setPointerCapture(id: number) {
    this.captured.add(id);
  }
  hasPointerCapture(id: number) {
    return this.captured.has(id);
  }
}

/** A pad, a pointer for it, and what was drawn. */
function pad() {
  const canvas = new FakeCanvas();
  const drawn: string[] = [];
  const show = ([x, y]: readonly [number, number]) => `${x.toFixed(2)},${y.toFixed(2)}`;
  const abort = new AbortController();
  followPointer(
    canvas as unknown as HTMLCanvasElement,
    {
      begin: (point) => drawn.push(`begin ${show(point)}`),
      extend: (points) => drawn.push(`extend ${points.map(show).join(" ")}`),
      end: () => drawn.push("end"),
    },
    abort.signal,
  );
  const send = (type: string, x: number, y: number, pointer = {}) => {
    const event = new Event(type, { cancelable: true });
    const properties = {
      clientX: x,
      clientY: y,
      pointerId: 1,
      isPrimary: true,
      button: 0,
      getCoalescedEvents: () => [],
      ...pointer,
    };
    canvas.dispatchEvent(Object.assign(event, properties));
  };
  return { abort, drawn, send };
}

test("a stroke goes from where the pointer comes down to where it is lifted", () => {
  const { drawn, send } = pad();
  send("pointermove", 30, 30);
  send("pointerdown", 60, 70);
  send("pointermove", 110, 70);
  send("pointerup", 110, 120);
  send("pointermove", 60, 60);
  expect(drawn).toEqual(["begin 0.50,0.50", "extend 1.00,0.50", "extend 1.00,1.00", "end"]);
});

test("where a browser tells of no movements in between, the last will do", () => {
  const { drawn, send } = pad();
  send("pointerdown", 60, 70);
  send("pointermove", 110, 70, { getCoalescedEvents: undefined });
  expect(drawn).toEqual(["begin 0.50,0.50", "extend 1.00,0.50"]);
});

test("outside the pad it goes on along the edge", () => {
  const { drawn, send } = pad();
  send("pointerdown", 60, 70);
  send("pointermove", 500, -9);
  expect(drawn.at(-1)).toBe("extend 1.00,0.00");
});

test("a second finger and other buttons are ignored", () => {
  const { drawn, send } = pad();
  send("pointerdown", 60, 70, { button: 2 });
  expect(drawn).toEqual([]);
  send("pointerdown", 60, 70);
  send("pointerdown", 20, 30, { pointerId: 2, isPrimary: false });
  send("pointermove", 25, 35, { pointerId: 2, isPrimary: false });
  send("pointerup", 25, 35, { pointerId: 2, isPrimary: false });
  expect(drawn).toEqual(["begin 0.50,0.50"]);
});

test("a pointer that is cancelled ends the stroke and leaves it", () => {
  const { drawn, send } = pad();
  send("pointerdown", 60, 70);
  send("pointercancel", 0, 0);
  send("lostpointercapture", 0, 0);
  send("pointermove", 80, 80);
  expect(drawn).toEqual(["begin 0.50,0.50", "end"]);
  send("pointerdown", 60, 70);
  expect(drawn.at(-1)).toBe("begin 0.50,0.50");
});

test("nothing is drawn once the signal has aborted", () => {
  const { abort, drawn, send } = pad();
  abort.abort();
  send("pointerdown", 60, 70);
  expect(drawn).toEqual([]);
});
