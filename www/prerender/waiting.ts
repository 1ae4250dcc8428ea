// Controls that wait for the program: they are prerendered with attributes that they are to lose when it runs.

/** On each of them; it names those attributes. */
export const WAITING = "data-waiting";

/** Lets those that lie in a part of the page be used, but for those of the part named, whose program comes later. */
export function endWaiting(part: Element, later = ":not(*)"): void {
  for (const control of part.querySelectorAll(`[${WAITING}]:not(${later} *)`)) {
    const names = control.getAttribute(WAITING)?.split(" ") ?? [];
    for (const name of [...names, WAITING]) control.removeAttribute(name);
  }
}
