// Everything without a mouse.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inEachBrowser } from "./harness/suite.js";

const MANY = 200; // more stops than the page has

/** @typedef {import("./harness/page.js").Page} Page */

/**
 * Presses keys where the keyboard is.
 * @param {Page} page
 * @param {...string} keys
 */
async function press(page, ...keys) {
  await (await page.driver.switchTo().activeElement()).sendKeys(page.key(...keys));
}

/** What has the keyboard: its name, and whether one sees that it does. */
const focused = (page) => page.run(() => {
  const element = document.activeElement;
  const label = element.getAttribute("aria-label") ?? (element.labels?.[0] ?? element).textContent;
  // A digit's box is marked on the label's part beside it.
  const marked = [element, element.nextElementSibling].filter(Boolean).map((one) => getComputedStyle(one));
  return {
    name: label.replace(/\s+/g, " ").trim().slice(0, 80),
    seen: marked.some(({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none"),
    inSight: element.checkVisibility(),
  };
});

/**
 * Tabs on until the control with this name has the keyboard. What lies before is not reached: past
 * the page's end, the keyboard goes to the browser.
 * @param {Page} page
 * @param {string | RegExp} name
 */
async function tabTo(page, name) {
  const passed = [];
  for (let stops = 0; stops < MANY; stops++) {
    const { name: here } = await focused(page);
    if (typeof name === "string" ? here === name : name.test(here)) return;
    passed.push(here);
    await press(page, "tab");
  }
  assert.fail(`Tab does not come to ${name}, only to: ${passed.slice(0, 100).join("; ")}`);
}

/** Puts the keyboard back to the top of the page. */
const toTop = (page) => page.run(() => {
  document.activeElement.blur();
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
});

inEachBrowser("Keyboard", (bench) => {
  test("skips to the pad, and leaves the settings alone", async () => {
    const page = bench.small;
    await page.openNew("epochs=1000");
    await press(page, "tab");
    assert.equal((await focused(page)).name, "Skip to the drawing pad");
    await press(page, "enter");
    assert.match(await page.run(() => location.hash), /^#digits=0,2,5&epochs=1000&/);
    assert.equal(await page.run(() => document.querySelector("#set-other-problem").hidden), true);
    await press(page, "tab");
    assert.equal(await page.run(() => document.querySelector("#draw-root").contains(document.activeElement)), true);
  });

  test("trains, pauses, goes on, stops and resets", async () => {
    const page = bench.small;
    await toTop(page);
    await tabTo(page, "Train");
    await press(page, "enter");
    await page.reach("training");
    await page.epochs(1);
    assert.equal((await focused(page)).name, "Pause", "the keyboard is not lost with the button");
    await press(page, "space");
    await page.reach("paused");
    assert.equal((await focused(page)).name, "Resume");
    await press(page, "enter");
    await page.reach("training");
    await tabTo(page, "Stop");
    await press(page, "enter");
    await page.reach("finished");
    assert.equal((await focused(page)).name, "Train", "nor with Stop");
    await tabTo(page, "Reset");
    await press(page, "space");
    await page.reach("ready");
    assert.equal((await focused(page)).name, "Train", "nor with Reset");
  });

  test("sets everything", async () => {
    const page = bench.small;
    await toTop(page);
    await tabTo(page, /^Settings:/);
    await press(page, "enter");
    await tabTo(page, "2");
    await press(page, "space");
    await tabTo(page, "7");
    await press(page, "space");
    await tabTo(page, "Epochs");
    await press(page, "control", "a");
    await press(page, "3");
    await tabTo(page, "Runs");
    await press(page, "control", "a");
    await press(page, "2");
    await tabTo(page, "Control network");
    await press(page, "space");
    await page.until("the hash", () =>
      location.hash === "#digits=0,5,7&epochs=3&batch=32&lr=0.01&seed=1&runs=2&control=1");
    await tabTo(page, "Notebook settings");
    await press(page, "enter");
    await page.until("the defaults", () => location.hash.includes("digits=0,2,5&epochs=50"));
  });

  test("picks test digits, looks at mistakes, and moves through units", async () => {
    const page = bench.small;
    await page.open("epochs=2");
    await toTop(page);
    await tabTo(page, "Train");
    await press(page, "enter");
    await page.reach("finished");
    await tabTo(page, "Digit");
    await press(page, "5");
    await page.until("an answer", () => document.querySelector("#custom-prediction").textContent);
    assert.match(await page.text(".pad-words"), /a 5, as it is/);
    await tabTo(page, "Next image");
    const before = await page.text(".pad-words");
    await press(page, "enter");
    await page.until("another image", (words) => document.querySelector(".pad-words").textContent !== words, before);
    await toTop(page);
    await tabTo(page, "Undo");
    await press(page, "enter");
    await page.until("an empty pad", () => document.querySelector("#custom-prediction").textContent === "");

    await page.until("the matrices", () => document.querySelectorAll("table.confusion button").length > 3);
    await tabTo(page, /seen as \d by the custom network$/);
    await press(page, "enter");
    assert.equal(await page.run(() => document.activeElement.getAttribute("aria-pressed")), "true");
    await tabTo(page, /^a \d/);
    await press(page, "enter");
    await page.until("the image on the pad", () => document.querySelector("#dense-prediction").textContent);
    await page.until("the units", () => document.querySelector(".unit-choice")?.checkVisibility());
    await tabTo(page, "Unit");
    await press(page, "arrow_right");
    assert.match(await page.text(".unit-choice output"), /^Unit 2 adds/);
  });

  test("comes to every control in order, and shows where it is", async () => {
    const page = bench.small;
    await page.run(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    const wanted = await page.run(() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
      .filter((element) => !element.disabled && element.checkVisibility() && element.type !== "file")
      .map((element, index) => (element.dataset.stop = String(index))));
    await toTop(page);
    for (const stop of wanted) {
      await press(page, "tab");
      const { name, seen, inSight } = await focused(page);
      assert.equal(await page.run(() => document.activeElement.dataset.stop), stop, `not the next stop: ${name}`);
      assert.ok(inSight, `${name} is hidden`);
      assert.ok(seen, `one does not see that the keyboard is at ${name}`);
    }
  });
});
