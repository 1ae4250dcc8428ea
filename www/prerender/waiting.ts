// Controls that wait for hydration: prerendered with attributes that are then removed.

/** On each of them; it names those attributes. */
export const WAITING = "data-waiting";

/** Enables the controls in `part`, except those in `later`, whose code is loaded later. */
export function endWaiting(part: Element, later = ":not(*)"): void {
  for (const control of part.querySelectorAll(`[${WAITING}]:not(${later} *)`)) {
    const names = control.getAttribute(WAITING)?.split(" ") ?? [];
    for (const name of [...names, WAITING]) control.removeAttribute(name);
  }
}
