import { expect, test, vi } from "vitest";

import { ignoreStillMouse } from "./still-mouse.js";

test("a mouse that rests is not heard to move", () => {
  const page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  ignoreStillMouse();
  vi.unstubAllGlobals();
  let moves = 0;
  page.addEventListener("pointermove", () => (moves += 1));
  const send = (type: string, screenX: number, pointerType = "mouse", buttons = 0) =>
    page.dispatchEvent(
      Object.assign(new Event(type), { screenX, screenY: 5, pointerType, buttons }),
    );
  send("pointermove", 1);
  send("pointermove", 1);
  send("pointermove", 2);
  send("pointerdown", 3);
  send("pointermove", 3);
  expect(moves).toBe(2);
  // A finger's place is its own.
  send("pointermove", 3, "touch");
  send("pointermove", 3, "touch");
  expect(moves).toBe(4);
  // Nor is a mouse at rest that draws.
  send("pointermove", 3, "mouse", 1);
  send("pointermove", 3, "mouse", 1);
  expect(moves).toBe(6);
});
