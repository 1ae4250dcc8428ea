// Controls that wait for the program: they are prerendered with attributes that they are to lose when it runs.

/** On each of them; it names those attributes. */
export const WAITING = "data-waiting";

/** Lets the controls in it be used. */
export function endWaiting(page: Element): void {
  for (const control of page.querySelectorAll(`[${WAITING}]`)) {
    const names = control.getAttribute(WAITING)?.split(" ") ?? [];
    for (const name of [...names, WAITING]) control.removeAttribute(name);
  }
}
