// For a class: ten words to open, where they stand and in a list, and six links for 45 minutes.

import assert from "node:assert/strict";

import { noPointer } from "./harness/browsers.js";
import { partsOf } from "./harness/parts.js";
import { press } from "./harness/pointer.js";
import { inEachBrowser, test } from "./harness/suite.js";
import { LONG } from "./harness/timeouts.js";

const DEFAULTS = "digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1";

/** The ways to press something that a browser has. @param {import("./harness/suite.js").Bench} bench */
const waysOf = ({ name }) => /** @type {const} */ (["mouse", "touch", "keys"]).filter((way) => !noPointer(name, way));

/**
 * @param {import("./harness/page.js").Page} page
 * @param {"mouse" | "touch" | "keys"} way
 * @param {import("./harness/page.js").WebElement} element
 */
async function activate(page, way, element) {
  if (way !== "keys") return press(page, way, element);
  await page.run((one) => one.focus(), element);
  return element.sendKeys(page.key("enter"));
}

/** The explanation that is seen: its words and what its picture shows. */
const explanations = (page, within) => page.run((css) => [...document.querySelectorAll(`${css} .explanation`)]
  .filter((one) => one.checkVisibility())
  .map((one) => ({ text: one.textContent, picture: one.querySelector("svg").getAttribute("aria-label") })), within);

inEachBrowser("Ten words", (bench) => {
  const ways = waysOf(bench);

  test(`each opens to two sentences and a small picture, by ${ways.join(", ")}`, async () => {
    const page = bench.small;
    await page.openNew("epochs=3");
    const summaries = await page.driver.findElements({ css: "#class .ten-words summary" });
    assert.equal(summaries.length, 10);
    assert.deepEqual(await explanations(page, "#class"), [], "all are closed at first");
    const seen = new Set();
    for (const [at, summary] of summaries.entries()) {
      await activate(page, ways[at % ways.length], summary);
      const [shown, ...others] = await page.until("an explanation", () => {
        const open = [...document.querySelectorAll("#class details[open] .explanation")];
        return open.length > 0 && open.map((one) => ({ text: one.textContent, picture: one.querySelector("svg").getAttribute("aria-label") }));
      });
      assert.deepEqual(others, []);
      assert.equal(shown.text.match(/[.](?= |$)/g)?.length, 2, shown.text);
      assert.ok(shown.picture.length > 3);
      const height = await page.run(() => document.querySelector("#class details[open] svg").getBoundingClientRect().height);
      assert.ok(height > 40, `a picture ${height} pixels high`);
      seen.add(shown.text);
      await activate(page, ways[at % ways.length], summary);
      await page.until("it is closed", () => !document.querySelector("#class .ten-words details[open]"));
    }
    assert.equal(seen.size, 10);
  });

  test("open where they stand in a sentence, and give the keyboard back", async () => {
    const page = bench.small;
    const words = await page.driver.findElements({ css: "#curves a.word" });
    assert.ok(words.length >= 3);
    const before = await page.run(() => location.hash);
    for (const [at, word] of words.entries()) {
      const way = ways[at % ways.length];
      await activate(page, way, word);
      await page.until("the explanation", () => document.querySelector("dialog[open] .explanation"));
      const { title, inList } = await page.run(() => {
        const dialog = document.querySelector("dialog[open]");
        const text = dialog.querySelector(".explanation").textContent;
        const entry = [...document.querySelectorAll("#class .ten-words details")].find((one) => one.querySelector(".explanation").textContent === text);
        return { title: dialog.querySelector("h2").textContent, inList: entry?.querySelector("summary").textContent };
      });
      assert.equal(title, inList, "it says what the list says");
      if (way === "keys") await (await page.driver.switchTo().activeElement()).sendKeys(page.key("escape"));
      else await activate(page, way, await page.control("Close"));
      await page.until("it is closed", () => !document.querySelector("dialog"));
      assert.equal(await page.run((one) => document.activeElement === one, word), true, `the keyboard, by ${way}`);
    }
    assert.equal(await page.run(() => location.hash), before, "the settings stay in the address");
  });
});

inEachBrowser("45 minutes", (bench) => {
  /** @type {{ href: string, target: string }[]} */
  let links = [];

  test("six links, each with a question and something to notice", async () => {
    const page = bench.small;
    await page.open("epochs=7");
    await (await page.find("#lessons summary")).click();
    const lessons = await page.run(() => [...document.querySelectorAll("#lessons li")].map((one) => ({
      href: one.querySelector("a").href,
      target: one.querySelector("a").target,
      minutes: Number(/(\d+).minutes/.exec(one.textContent)[1]),
      text: one.textContent,
    })));
    assert.equal(lessons.length, 6);
    assert.equal(lessons.reduce((sum, { minutes }) => sum + minutes, 0), 45);
    for (const { text, target } of lessons) {
      assert.match(text, /\?.*Notice: ./s);
      assert.equal(target, "_blank");
    }
    links = lessons;
  });

  test("are copied all at once", async () => {
    const page = bench.small;
    await page.run(() => {
      navigator.clipboard.writeText = async (text) => void (document.body.dataset.copied = text);
    });
    await page.click("Copy all six");
    const text = await page.until("a copy", () => document.body.dataset.copied);
    assert.deepEqual(text.split("\n").filter((line) => line.startsWith("http")), links.map(({ href }) => href));
  });

  test("each opens the parts that it needs, with the notebook's settings where it has no others", async () => {
    const page = bench.small;
    for (const { href } of links) {
      await page.driver.get("about:blank");
      await page.driver.get(href);
      await page.reach("ready");
      await page.whole();
      const [, own, view] = /#(?:(.*)&)?view=(.*)$/.exec(href);
      assert.deepEqual(await partsOf(page), view.split(","));
      assert.equal(await page.run(() => location.hash.slice(1)), `${[DEFAULTS, own].filter(Boolean).join("&")}&view=${view}`);
      assert.equal(await page.run(() => document.querySelector("#view-problem")), null);
    }
  });

  test("opens in a new tab, and leaves this page as it was", async () => {
    const page = bench.small;
    await page.open("epochs=7");
    await (await page.find("#lessons summary")).click();
    const { driver } = page;
    const here = await driver.getWindowHandle();
    await (await page.find("#lessons li a")).click();
    const there = await driver.wait(async () => (await driver.getAllWindowHandles()).find((handle) => handle !== here), LONG);
    try {
      await driver.switchTo().window(there);
      // Firefox has it empty first.
      await driver.wait(() => page.run(() => location.href !== "about:blank" && document.readyState === "complete").catch(() => false), LONG);
      await page.reach("ready");
      assert.match(await page.run(() => location.hash), /&view=title,stage,verdict$/);
      await driver.close();
    } finally {
      await driver.switchTo().window(here);
    }
    assert.match(await page.run(() => location.hash), /epochs=7&.*runs=1$/);
  });
});
