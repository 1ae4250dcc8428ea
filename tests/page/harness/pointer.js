// Mouse, fingers and pen, moved over the pad by the browser itself.

/** @typedef {import("./page.js").Page} Page */
/** @typedef {[number, number]} Point In units of the pad's side. */
/** @typedef {"mouse" | "touch" | "pen"} Kind */

export const PAD = 'canvas[aria-label="Drawing pad"]';

/** How people write the notebook's digits: each digit's strokes. @type {Record<number, Point[][]>} */
export const DIGITS = {
  0: [arc([0.5, 0.5], [0.24, 0.34], -100, -460)],
  2: [[...arc([0.5, 0.34], [0.22, 0.19], -160, 40), [0.28, 0.82], [0.78, 0.82]]],
  5: [
    [[0.4, 0.18], [0.36, 0.46], ...arc([0.47, 0.63], [0.22, 0.2], -120, 130)],
    [[0.4, 0.18], [0.72, 0.17]],
  ],
};

/**
 * @param {Point} centre
 * @param {Point} radii
 * @param {number} from Degrees, clockwise from the right.
 * @param {number} to
 * @returns {Point[]}
 */
function arc([x, y], [width, height], from, to) {
  const steps = 24;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return [x + width * Math.cos(angle), y + height * Math.sin(angle)];
  });
}

/**
 * Brings the pad into sight, and tells where it lies.
 * @param {Page} page
 * @returns {Promise<(point: Point) => { x: number, y: number }>}
 */
export async function findPad(page) {
  const box = await page.run((selector) => {
    const pad = document.querySelector(selector);
    pad.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = pad.getBoundingClientRect();
    return { left, top, width, height };
  }, PAD);
  return ([x, y]) => ({ x: Math.round(box.left + x * box.width), y: Math.round(box.top + y * box.height) });
}

/**
 * Lets several pointers act at the same time, step by step.
 * @param {Page} page
 * @param {{ kind: Kind, actions: object[] }[]} pointers As WebDriver writes them.
 */
export async function perform(page, pointers) {
  await page.browser.remote.perform(pointers.map(({ kind, actions }, index) => ({
    type: "pointer",
    id: `${kind} ${index}`,
    parameters: { pointerType: kind },
    actions,
  })));
}

/**
 * The actions of one stroke.
 * @param {{ x: number, y: number }[]} places
 */
export function strokeActions([first, ...rest]) {
  return [
    { type: "pointerMove", ...first },
    { type: "pointerDown", button: 0 },
    ...rest.map((place) => ({ type: "pointerMove", ...place })),
    { type: "pointerUp", button: 0 },
  ];
}

/**
 * Draws strokes on the pad.
 * @param {Page} page
 * @param {Point[][]} strokes
 * @param {Kind} [kind]
 */
export async function draw(page, strokes, kind = "mouse") {
  const place = await findPad(page);
  await perform(page, [{ kind, actions: strokes.flatMap((stroke) => strokeActions(stroke.map(place))) }]);
}

/**
 * Draws a stroke from within the page, in one task: no driver event, timer or message comes in between.
 * @param {Page} page
 * @param {Point[]} stroke
 * @returns {Promise<string[][]>} What the networks answered at each event.
 */
export function drawInOneTurn(page, stroke) {
  return page.driver.executeAsyncScript(`(${strokeInOneTurn})(...arguments)`, PAD, stroke);
}

/* Runs in the page. */
async function strokeInOneTurn(selector, stroke, done) {
  const pad = document.querySelector(selector);
  pad.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = pad.getBoundingClientRect();
  const answers = [];
  // Whatever waits for another turn comes after this.
  let isSameTurn = true;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (isSameTurn = false);
  port2.postMessage(null);
  for (const [place, [x, y]] of stroke.entries()) {
    pad.dispatchEvent(new PointerEvent(place === 0 ? "pointerdown" : "pointermove", {
      pointerId: 77, pointerType: "mouse", isPrimary: true, bubbles: true, cancelable: true,
      button: place === 0 ? 0 : -1, buttons: 1, clientX: left + x * width, clientY: top + y * height,
    }));
    // A browser empties the queue of microtasks when its listeners have run; a script must give way.
    for (let microtasks = 0; microtasks < 20; microtasks++) await null;
    const outputs = [...document.querySelectorAll("output[id$=prediction]")];
    answers.push(isSameTurn ? outputs.map(({ textContent }) => textContent) : ["another turn has begun"]);
  }
  pad.dispatchEvent(new PointerEvent("pointerup", { pointerId: 77, isPrimary: true, bubbles: true }));
  done(answers);
}

/**
 * How many of the pad's pixels hold ink.
 * @param {Page} page
 */
export function ink(page) {
  return page.run((selector) => new Promise((resolve) => {
    // A canvas may be painted with its frame.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const canvas = document.querySelector(selector);
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      resolve(data.filter((value, index) => index % 4 === 3 && value > 0).length);
    }));
  }), PAD);
}

/**
 * Presses an element with this kind of pointer.
 * @param {Page} page
 * @param {Kind} kind
 * @param {import("./page.js").WebElement} element
 */
export async function press(page, kind, element) {
  const place = await page.run((one) => {
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = one.getClientRects()[0];
    return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  }, element);
  await perform(page, [{ kind, actions: strokeActions([place]) }]);
}
