import { expect, test, vi } from "vitest";

import { ignoreStillMouse } from "./still-mouse.js";

test("a mouse that rests is not heard to move", () => {
  const page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  ignoreStillMouse();
  vi.unstubAllGlobals();
  let moves = 0;
  page.addEventListener("pointermove", () => (moves += 1));
  const send = (type: string, screenX: number, pointerType = "mouse") =>
    page.dispatchEvent(Object.assign(new Event(type), { screenX, screenY: 5, pointerType }));
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
});
