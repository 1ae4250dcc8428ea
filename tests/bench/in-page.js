// Measures within the page itself, which the site has built.

/** A two, in units of the pad's side. @type {[number, number][]} */
const TWO = [[0.3, 0.3], [0.5, 0.2], [0.7, 0.3], [0.6, 0.5], [0.3, 0.8], [0.7, 0.8]];
const ANSWERS = 200;
/** ms between two drawings: a hand moves on. */
const DRAWING_PAUSE = 25;
/** So many follow on an event before another turn, at most. */
const MICROTASKS = 100;

/** The button of this name; “Train” may go on. @param {string} name */
const button = (name) => {
  const found = [...document.querySelectorAll("button")].find(({ textContent }) => `${textContent?.trim()} `.startsWith(`${name} `));
  if (!found) throw new Error(`there is no button ${name}`);
  return found;
};
const pause = () => new Promise((resolve) => setTimeout(resolve, DRAWING_PAUSE));

/** Seconds from pressing Train until all is done. */
export function trainingSeconds() {
  return new Promise((resolve) => {
    const start = performance.now();
    new MutationObserver((_, observer) => {
      if (document.body.dataset.state !== "finished") return;
      observer.disconnect();
      resolve((performance.now() - start) / 1000);
    }).observe(document.body, { attributes: true });
    button("Train").click();
  });
}

/** Milliseconds from a pointer event, which makes a dot a two, to both networks' answers; many times. */
export async function answerTimes() {
  const times = [];
  for (let i = 0; i < ANSWERS; i += 1) {
    button("Clear").click();
    point("pointerdown", TWO.slice(0, 1));
    await pause();
    times.push(await answerTime());
    point("pointerup", TWO.slice(-1));
    await pause();
  }
  return times;
}

async function answerTime() {
  // Whatever waits for another turn comes after this.
  let isSameTurn = true;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (isSameTurn = false);
  port2.postMessage(null);

  const outputs = [...document.querySelectorAll("output[id$=prediction]")];
  if (outputs.some(({ textContent }) => textContent)) throw new Error("a dot is answered");
  const start = performance.now();
  point("pointermove", TWO.slice(1));
  for (let left = MICROTASKS; left > 0 && !outputs.every(({ textContent }) => textContent); left -= 1) await null;
  const time = performance.now() - start;
  if (!isSameTurn || !outputs.every(({ textContent }) => textContent)) throw new Error("not answered in the same turn");
  port1.close();
  return time;
}

/**
 * Lets a mouse come to the last place by the others, in one event.
 * @param {string} type
 * @param {[number, number][]} places
 */
function point(type, places) {
  const pad = /** @type {Element} */ (document.querySelector('canvas[aria-label="Drawing pad"]'));
  const { left, top, width, height } = pad.getBoundingClientRect();
  const events = places.map(([x, y]) => ({
    pointerId: 77, pointerType: "mouse", isPrimary: true, bubbles: true, cancelable: true,
    button: type === "pointermove" ? -1 : 0, buttons: type === "pointerup" ? 0 : 1,
    clientX: left + x * width, clientY: top + y * height,
  }));
  const coalescedEvents = type === "pointermove" ? events.map((event) => new PointerEvent(type, event)) : [];
  pad.dispatchEvent(new PointerEvent(type, { ...events.at(-1), coalescedEvents }));
}
