// The networks as lists of layers.

import assert from "node:assert/strict";

import { noPointer } from "./harness/browsers.js";
import { press } from "./harness/pointer.js";
import { inEachBrowser, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const DEFAULTS = "#digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1";

/** @param {Page} page @param {string} networks As in the hash. */
const until = (page, networks) => page.until(networks, (wanted) => decodeURIComponent(location.hash).endsWith(wanted), networks);

/**
 * A layer's button.
 * @param {Page} page
 * @param {number} network
 * @param {number} at
 */
const layer = (page, network, at) => page.find(`.network-list > li:nth-child(${network + 1}) .layer:nth-child(${at + 1})`);

/** Pastes into a field of the editor, in place of what is there: what is typed on the way may do as well. */
async function fill(page, name, text) {
  await page.run((field, pasted) => {
    field.focus();
    field.select();
    document.execCommand("insertText", false, pasted);
  }, await page.control(name, "#networks input"), text);
}

/** Chooses a kind of layer. */
const choose = (page, word) => page.run((wanted) => {
  const kinds = document.querySelector("#networks select");
  kinds.value = wanted;
  kinds.dispatchEvent(new Event("change", { bubbles: true }));
}, word);

/** What is said to be wrong. */
const problem = (page, selector) => page.until("a sentence", (css) => document.querySelector(css)?.textContent, selector);

inEachBrowser("Networks", (bench) => {
  test("a layer is pressed, and its kind and units change", async () => {
    const page = bench.small;
    await page.openNew();
    await press(page, "mouse", await layer(page, 0, 2));
    assert.match(await page.text(".network-list > li .layer:nth-child(3)"), /^cubic: x³·V − x·W \+ b 50$/);
    await choose(page, "sine");
    await until(page, "networks=custom:relu150,relu100,sine50;dense:relu100,relu50");
    assert.match(await page.text("h1"), /sine layer/, "the page follows");
    await fill(page, "Units", "40");
    await until(page, "networks=custom:relu150,relu100,sine40;dense:relu100,relu50");
    // 784·150 + 150, 150·100 + 100, two matrices of 100·40 and 40, and 40·3 + 3.
    assert.match(await page.text(".network-list > li .size"), /^141,013 weights · rate 0\.01$/);
    await fill(page, "Units", "513");
    assert.match(await problem(page, "#set-network-0-units-problem"), /“sine513” has no right number of units, expected sine and a whole number from 1 to 512/);
    await until(page, ",sine40;dense:relu100,relu50");
    await page.click("Done");
    assert.equal(await page.run(() => document.querySelector("#networks select")), null);
    assert.ok(await page.run(() => document.activeElement.classList.contains("layer")), "the keyboard is at the layer again");
  });

  test("layers are added, moved and removed, and what cannot be is said", async () => {
    const page = bench.small;
    await page.openNew("networks=a:relu9,cubic4");
    await (await layer(page, 0, 1)).click();
    await page.click("Add a layer");
    await until(page, "networks=a:relu9,cubic4,relu4");
    await page.click("Earlier");
    await until(page, "networks=a:relu9,relu4,cubic4");
    await page.click("Earlier");
    await until(page, "networks=a:relu4,relu9,cubic4");
    await page.click("Later");
    await until(page, "networks=a:relu9,relu4,cubic4");
    await page.click("Remove the layer");
    await until(page, "networks=a:relu9,cubic4");
    await page.click("Remove the layer");
    await until(page, "networks=a:cubic4");
    await page.click("Remove the layer");
    assert.match(await problem(page, "#set-networks-problem"), /a layer is missing/);
    for (let count = 2; count <= 6; count++) await page.click("Add a layer");
    await until(page, "networks=a:cubic4,relu4,relu4,relu4,relu4,relu4");
    await page.click("Add a layer");
    assert.match(await problem(page, "#set-networks-problem"), /7 hidden layers, expected 1 to 6/);
    await until(page, "networks=a:cubic4,relu4,relu4,relu4,relu4,relu4");
  });

  test("a network has a name and a rate of its own", async () => {
    const page = bench.small;
    await page.openNew("networks=a:relu9;b:relu8");
    await (await layer(page, 1, 0)).click();
    await fill(page, "Name", "quick");
    await until(page, "networks=a:relu9;quick:relu8");
    await fill(page, "Rate of its own", "0.1");
    await until(page, "networks=a:relu9;quick:relu8@0.1");
    assert.match(await page.text(".network-list > li:nth-child(2) .size"), /rate 0\.1$/);
    await fill(page, "Name", "a");
    assert.match(await problem(page, "#set-network-1-name-problem"), /two networks are called “a”/);
    await fill(page, "Name", ":relu3;y");
    await page.until("another sentence", () => /“relu3 y” cannot be a network's name/.test(document.querySelector("#set-network-1-name-problem").textContent));
    await fill(page, "Rate of its own", "fast");
    assert.match(await problem(page, "#set-network-1-rate-problem"), /“fast” is not a learning rate/);
    await until(page, "networks=a:relu9;quick:relu8@0.1");
  });

  test("networks are added and removed, the control among them", async () => {
    const page = bench.small;
    await page.openNew();
    await page.click("Add a network");
    await page.click("As custom, with plain layers");
    await until(page, `${DEFAULTS}&control=1`);
    assert.ok(await page.run(() => document.querySelector(".network-list > li:nth-child(3)").contains(document.activeElement)), "the keyboard goes along");
    await page.click("Copy control");
    await until(page, ";control-2:relu150,relu100,relu50");
    await page.click("Add a network");
    await page.click("One plain layer");
    assert.match(await problem(page, "#set-networks-problem"), /5 networks, expected at most 4/);
    await page.click("Remove control-2");
    await until(page, `${DEFAULTS}&control=1`);
    await (await layer(page, 1, 0)).click();
    await page.click("Remove dense");
    await page.until("two networks", () => document.querySelectorAll(".network-list > li").length === 2);
    await (await layer(page, 1, 0)).click();
    await page.click("Remove control");
    await until(page, "networks=custom:relu150,relu100,cubic50");
    await (await layer(page, 0, 0)).click();
    assert.ok(await page.run((button) => button.disabled, await page.control("Remove custom")), "one stays");
    await page.click("Add a network");
    await page.click("One plain layer");
    await until(page, "networks=custom:relu150,relu100,cubic50;plain:relu50");
  });

  const kind = noPointer(bench.name, "touch") ? "mouse" : "touch";
  test(`works by ${kind} and by keys, and what was made is trained`, async () => {
    const page = bench.small;
    const keys = async (...names) => (await page.driver.switchTo().activeElement()).sendKeys(page.key(...names));
    await page.openNew("networks=a:relu9,relu8&epochs=2");
    await press(page, kind, await layer(page, 0, 0));
    await page.control("Units", "#networks input");
    await page.run((one) => one.focus(), await layer(page, 0, 1));
    await keys("enter");
    await page.until("the second layer", () => document.querySelector(".editor").ariaLabel === "Layer 2 of a");
    await keys("tab");
    assert.equal(await page.run(() => document.activeElement.localName), "select", "the editor follows its layers");
    await keys("c");
    await until(page, "networks=a:relu9,cubic8");
    await keys("tab");
    await keys("control", "a");
    await keys("7");
    await until(page, "networks=a:relu9,cubic7");
    await keys("tab");
    await keys("enter"); // Earlier
    await until(page, "networks=a:cubic7,relu9");
    assert.ok(await page.run(() => document.querySelector(".editor").contains(document.activeElement)), "the keyboard stays in the editor");
    await keys("escape");
    await page.until("no editor", () => !document.querySelector(".editor"));
    await page.click("Train");
    await page.reach("finished");
    await page.epochs(2, ["a"]);
  });
});
