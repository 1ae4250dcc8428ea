// WebKit reports a resting mouse as moved when the page moves under it, which would override what the keyboard has just
// pointed at.

/** Stops spurious pointermove events of the mouse. */
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
