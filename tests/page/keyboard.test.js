// Everything without a mouse.

import assert from "node:assert/strict";

import { inEachBrowser, test } from "./harness/suite.js";

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

/**
 * Types a text where the keyboard is.
 * @param {Page} page
 * @param {string} text
 */
async function type(page, text) {
  await (await page.driver.switchTo().activeElement()).sendKeys(text);
}

/** What has the keyboard: its name, and whether one sees that it does. */
const focused = (page) => page.run(() => {
  const element = document.activeElement;
  // Not by `labels`, as in harness/page.js.
  const labelled = element.closest("label") ?? (element.id && document.querySelector(`label[for="${element.id}"]`));
  const label = element.getAttribute("aria-label") ?? (labelled || element).textContent;
  // A digit's box is marked on the label's part beside it, a card all around.
  const marked = [element, element.nextElementSibling].filter(Boolean)
    .flatMap((one) => [getComputedStyle(one), getComputedStyle(one, "::after")]);
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

/** The picture on the pad. @param {Page} page */
const pad = (page) => page.run(() => document.querySelector('canvas[aria-label="Drawing pad"]').toDataURL());

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
    assert.equal((await focused(page)).name, "Skip to the pad");
    await press(page, "enter");
    assert.match(await page.run(() => location.hash), /^#digits=0,2,5&epochs=1000&/);
    assert.equal(await page.run(() => document.querySelector("#set-other-problem").hidden), true);
    await press(page, "tab");
    assert.equal(await page.run(() => document.querySelector("#draw").contains(document.activeElement)), true);
  });

  test("trains, pauses, goes on, stops and resets", async () => {
    const page = bench.small;
    await toTop(page);
    await tabTo(page, /^Train\b/);
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
    assert.match((await focused(page)).name, /^Train\b/, "nor with Stop");
    await tabTo(page, "Reset");
    await press(page, "space");
    await page.reach("ready");
    assert.match((await focused(page)).name, /^Train\b/, "nor with Reset");
  });

  test("sets everything", async () => {
    const page = bench.small;
    await toTop(page);
    await tabTo(page, "The same as text");
    await press(page, "enter");
    await tabTo(page, "Networks");
    await press(page, "control", "a");
    await type(page, "custom:relu9;dense:tanh40");
    await page.until("the networks", () => location.hash.endsWith("networks=custom:relu9;dense:tanh40"));
    await press(page, "control", "a");
    await type(page, "custom:relu150,relu100,cubic50;dense:relu100,relu50");
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
    await page.until("the hash", () => location.hash === "#digits=0,5,7&epochs=3&batch=32&lr=0.01&seed=1&runs=2");
    await tabTo(page, "Notebook settings");
    await press(page, "enter");
    await page.until("the defaults", () => location.hash.includes("digits=0,2,5&epochs=50"));
  });

  test("picks test digits, and takes them off the pad again", async () => {
    const page = bench.small;
    await page.open();
    await page.until("the images", () => [...document.querySelectorAll("button")].some((button) => button.textContent.trim() === "Next image" && !button.disabled));
    await toTop(page);
    await tabTo(page, "Test digit");
    await press(page, "5");
    await page.until("its answers", () => /^(A\s5: |✗ It’s a\s5\.)/.test(document.querySelector(".pad-words").textContent));
    await tabTo(page, "Next image");
    const first = await pad(page);
    await press(page, "enter");
    await page.until("another image", (before) => document.querySelector('canvas[aria-label="Drawing pad"]').toDataURL() !== before, first);
    await toTop(page);
    await tabTo(page, "Undo");
    await press(page, "enter");
    await page.until("the image before", (before) => document.querySelector('canvas[aria-label="Drawing pad"]').toDataURL() === before, first);
    assert.equal((await focused(page)).name, "Undo");
    await press(page, "enter");
    await page.until("an empty pad", () => document.querySelector("#custom-prediction").textContent === "");
    assert.notEqual((await focused(page)).name, "Undo", "what cannot be pressed any more has not the keyboard");
    assert.ok(await page.run(() => document.querySelector("#draw").contains(document.activeElement)), "which is not lost, either");
  });

  test("comes from the top to a test digit's answer in six keys", async () => {
    const page = bench.small;
    await page.open();
    await page.until("the images", () => [...document.querySelectorAll("button")].some((button) => button.textContent.trim() === "Next image" && !button.disabled));
    await page.until("the page's own digit", () => document.querySelector("#custom-prediction").textContent);
    await toTop(page);
    await press(page, "tab");
    await press(page, "enter");
    let keys = 2;
    for (; (await focused(page)).name !== "Next image"; keys++) await press(page, "tab");
    await press(page, "enter");
    await page.until("its answer", () => /^(A.\d: |✗)/.test(document.querySelector(".pad-words").textContent));
    assert.ok(keys + 1 <= 6, `${keys + 1} keys`);
  });

  test("comes to every control in order, and shows where it is", async () => {
    const page = bench.small;
    await page.unfold();
    await page.until("the matrices, which come with the test images", () =>
      document.querySelectorAll(".matrix .cell[tabindex='0']").length === document.querySelectorAll(".answer").length);
    const wanted = await page.run(() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
      .filter((element) => !element.disabled && element.checkVisibility() && element.type !== "file")
      .filter((element) => element.type !== "radio" || element.checked) // a group is one stop
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
