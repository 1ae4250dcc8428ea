// WebKit says that a mouse which rests has moved, where the page has moved under it: then it would take from the keys
// what they have just pointed at.

/** Lets nobody hear of movements of the mouse that are none. */
export function ignoreStillMouse(): void {
  let last: readonly [number, number] | null = null;
  const look = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse") return;
    const { screenX, screenY, buttons } = event;
    const isStill = last !== null && last[0] === screenX && last[1] === screenY;
    last = [screenX, screenY];
    // With a button down, as in drawing, no movement is too small.
    if (isStill && buttons === 0 && event.type === "pointermove") event.stopImmediatePropagation();
  };
  for (const type of ["pointermove", "pointerdown", "pointerup"] as const)
    addEventListener(type, look, { capture: true });
}
