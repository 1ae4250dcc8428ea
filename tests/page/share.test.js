// What is shared: a link, a picture, parts of the page on slides and in frames, and paper.

import assert from "node:assert/strict";

import { noPointer } from "./harness/browsers.js";
import { ACCENTS, pixels } from "./harness/colours.js";
import { download } from "./harness/downloads.js";
import { PARTS, partsOf } from "./harness/parts.js";
import { pagesOf } from "./harness/pdf.js";
import { DIGITS, PAD, draw, press } from "./harness/pointer.js";
import { inEachBrowser, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const DEFAULTS = "digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1";

/**
 * Opens an address of the page, with a query or without.
 * @param {Page} page
 * @param {string} rest
 */
async function visit(page, rest) {
  await page.driver.get("about:blank");
  await page.driver.get(page.url + rest);
  await page.reach("ready");
  await page.whole();
}

const hash = (page) => page.run(() => location.hash.slice(1));
const note = (page) => page.text("#takeaway-note");

/** Presses a button of Keep, and waits for what the page says to it. */
async function say(page, name, act = () => page.click(name)) {
  await page.run(() => (document.querySelector("#takeaway-note").dataset.old = document.querySelector("#takeaway-note").textContent));
  await act();
  return page.until("a word on it", () => {
    const { textContent, dataset } = document.querySelector("#takeaway-note");
    return textContent !== dataset.old && textContent;
  });
}

/** Browsers differ in whether a driver may use the clipboard. */
const watchClipboard = (page) => page.run(() => {
  navigator.clipboard.writeText = async (text) => void (document.body.dataset.copied = text);
});
const copied = (page) => page.run(() => document.body.dataset.copied);

/** A training to its end, as quick as it can be. */
async function train(page) {
  await page.click("Train");
  await page.reach("finished");
}

/**
 * The picture's size, and how many of its pixels are near each colour; `left` counts in its left third only.
 * @param {Page} page
 * @param {Buffer} png
 * @param {string[]} colours
 */
function look(page, png, colours) {
  return page.driver.executeAsyncScript(async (base64, wanted, done) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = document.createElement("canvas");
    const { width, height } = Object.assign(canvas, { width: picture.width, height: picture.height });
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const counts = wanted.map((colour) => {
      const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      const found = { all: 0, left: 0 };
      for (let at = 0; at < data.length; at += 4) {
        if (rgb.some((value, i) => Math.abs(value - data[at + i]) >= 12)) continue;
        found.all += 1;
        if ((at / 4) % width < width / 3.2) found.left += 1;
      }
      return found;
    });
    done({ width, height, counts });
  }, png.toString("base64"), colours);
}

inEachBrowser("Parts of the page", (bench) => {
  test("view= in the hash shows the parts that it names, and is no setting", async () => {
    const page = bench.small;
    await page.openNew("view=verdict,stage&epochs=2");
    assert.deepEqual(await partsOf(page), ["stage", "verdict"]);
    assert.equal(await hash(page), `${DEFAULTS.replace("=50", "=2")}&view=verdict,stage`);
    assert.equal(await page.run(() => document.querySelector("#view-problem")), null);
    assert.equal(await page.run(() => document.querySelectorAll("h1").length), 1, "the title is still read aloud");
    await train(page);
    await page.until("its verdict", () => /^After 2.epochs of your run/.test(document.querySelector("#verdict .moment").textContent));
  });

  test("each part can be shown alone, in the query as well", async () => {
    const page = bench.small;
    for (const part of PARTS) {
      await visit(page, `?from=slides&view=${part}#epochs=3`);
      assert.deepEqual(await partsOf(page), [part]);
      assert.equal(await hash(page), DEFAULTS.replace("=50", "=3"));
    }
  });

  test("names what is no part, and shows the whole page where nothing is left", async () => {
    const page = bench.small;
    await page.open("view=stage,pad");
    assert.deepEqual(await partsOf(page), ["stage"]);
    assert.match(await page.text("#view-problem"), /^“view=” names “pad”, which is no part of this page\. Its parts are title, stage, .* and about\. The others are shown\.$/);
    await page.open("view=chart");
    assert.deepEqual(await partsOf(page), PARTS);
    assert.match(await page.text("#view-problem"), /“chart”.*The whole page is shown\.$/);
    await page.open();
    assert.equal(await page.run(() => document.querySelector("#view-problem")), null);
  });

  test("follows the address, and leads to the whole page with the same settings", async () => {
    const page = bench.small;
    await visit(page, "?view=stage#epochs=4");
    const whole = await page.run(() => document.querySelector("#view-note a").href);
    assert.equal(whole, `${page.url}#${DEFAULTS.replace("=50", "=4")}`);
    await page.run(() => (location.hash = "view=learn&epochs=6"));
    await page.until("the curves", () => document.querySelector("#curves") && !document.querySelector("#draw"));
    assert.equal(await hash(page), `${DEFAULTS.replace("=50", "=6")}&view=learn`);
    await page.driver.get(whole);
    await page.until("the whole page", () => document.querySelector("#draw") && document.querySelector("#class"));
  });

  test("a slide shows everybody the same, and leaves nothing for the next visit", async () => {
    const page = bench.small;
    await page.open("epochs=7");
    await page.open("view=stage,settings");
    assert.equal(await hash(page), `${DEFAULTS}&view=stage,settings`, "not the last visit's");
    await page.run(() => document.querySelector("#settings").setAttribute("open", ""));
    const field = await page.control("Epochs", "#settings-form input");
    await field.clear();
    await field.sendKeys("9");
    await page.until("the hash", () => location.hash.endsWith("epochs=9&batch=32&lr=0.01&seed=1&runs=1&view=stage,settings"));
    await page.open();
    assert.equal(await hash(page), DEFAULTS.replace("=50", "=7"));
  });

  test("learns in a frame of another site", async () => {
    const { page, small } = bench;
    const { driver } = page;
    await driver.get(`${page.url}absent`);
    await page.run((address) => {
      const frame = document.createElement("iframe");
      Object.assign(frame, { src: address, width: 1000, height: 700 });
      frame.addEventListener("load", () => (frame.dataset.loaded = ""));
      document.body.replaceChildren(frame);
    }, `${small.url}#epochs=2&view=stage`);
    await page.until("the frame", () => document.querySelector("iframe[data-loaded]"));
    await driver.switchTo().frame(0);
    try {
      await small.reach("ready");
      assert.deepEqual(await partsOf(small), ["stage"]);
      await train(small);
    } finally {
      await driver.switchTo().defaultContent();
    }
  });
});

inEachBrowser("Share", (bench) => {
  test("the link is to the settings, then to the run that is shown", async () => {
    const page = bench.small;
    await page.openNew("epochs=2&seed=5");
    await watchClipboard(page);
    assert.match(await say(page, "Copy the experiment’s link"), /with these settings/);
    const link = `${page.url}#${DEFAULTS.replace("=50", "=2").replace("seed=1", "seed=5")}`;
    assert.equal(await copied(page), link);
    await train(page);
    await page.run(() => (location.hash = "epochs=9"));
    await page.until("the settings", () => location.hash.includes("seed=1&"));
    assert.match(await say(page, "Copy the experiment’s link"), /this run again/);
    assert.equal(await copied(page), link);
  });

  test("where Stop was pressed, it asks for as many epochs, and gives the same numbers", async () => {
    const page = bench.small;
    await visit(page, "?view=stage,learn,keep#epochs=1000");
    await watchClipboard(page);
    await page.click("Train");
    await page.epochs(2);
    await page.click("Stop");
    await page.reach("finished");
    const history = await page.history();
    assert.match(await say(page, "Copy the experiment’s link"), new RegExp(`the ${history.length}.epochs that this run has`));
    const link = await copied(page);
    assert.equal(link, `${page.url}#${DEFAULTS.replace("=50", `=${history.length}`)}`, "to the whole page");
    await page.driver.get("about:blank");
    await page.driver.get(link);
    await page.reach("ready");
    await page.whole();
    await train(page);
    assert.deepEqual(await page.history(), history);
  });

  test("a refused clipboard is no dead end", async () => {
    const page = bench.small;
    await page.open("epochs=2");
    await page.run(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
    });
    assert.equal(
      await say(page, "Copy the experiment’s link"),
      `The browser would not copy it. The link is: ${page.url}#${DEFAULTS.replace("=50", "=2")}`,
    );
  });

  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    test(`the picture has drawing, answers and verdict, on white in the ${scheme} scheme too`, async () => {
      const page = bench.small;
      await bench.browser.setScheme(scheme);
      await page.open("epochs=2");
      const picture = () => download(bench.browser, "answer.png", () => page.click("Picture of the answer"));
      const colours = ["#ffffff", "#1b1b1b", ACCENTS.light.custom, ACCENTS.light.dense];
      await page.clearDemonstration();
      const empty = await look(page, await picture(), colours);
      await draw(page, DIGITS[5]);
      await train(page);
      const full = await look(page, await picture(), colours);
      await bench.browser.setScheme("light");
      assert.deepEqual([full.width, full.height], [2400, 1260]);
      const [paper, ink, custom, dense] = full.counts;
      assert.ok(paper.all > 0.7 * 2400 * 1260, "white paper");
      assert.ok(ink.left > empty.counts[1].left + 10_000, `${ink.left} pixels of ink for the drawing`);
      // The marks beside the numbers are there without an answer; the large digits are not.
      assert.ok(custom.all > empty.counts[2].all + 1_000, `${custom.all} pixels of custom's colour`);
      assert.ok(dense.all > empty.counts[3].all + 1_000, `${dense.all} pixels of dense's colour`);
    });
  }

  const kinds = /** @type {const} */ (["mouse", "touch"]).filter((kind) => !noPointer(bench.name, kind));
  test(`is handed to other programs where the browser can, by ${kinds.join(", ")}`, async () => {
    const page = bench.small;
    await page.open("epochs=2");
    assert.equal(await page.run(() => [...document.querySelectorAll("button")].some((one) => one.textContent === "Share the answer")), await page.run(() =>
      navigator.canShare?.({ files: [new File([], "a.png", { type: "image/png" })] }) ?? false));
    const undo = await bench.browser.remote.preload(`() => {
      navigator.canShare = ({ files }) => files?.[0]?.type === "image/png";
      navigator.share = async ({ files, title, text, url }) => {
        if (window.refusal) throw window.refusal;
        window.shared = { name: files[0].name, type: files[0].type, size: files[0].size, title, text, url };
      };
    }`);
    try {
      await page.open("epochs=2");
      await train(page);
      await page.until("the end of the replay", () => /^After 2.epochs of your run/.test(document.querySelector("#verdict .moment").textContent));
      const button = await page.control("Share the answer");
      for (const kind of kinds) {
        await page.run(() => delete window.shared);
        await press(page, kind, button);
        const shared = await page.until("what is shared", () => window.shared);
        assert.deepEqual([shared.name, shared.type], ["answer.png", "image/png"]);
        assert.ok(shared.size > 10_000, `${shared.size} bytes`);
        assert.equal(shared.title, await page.text("h1"));
        assert.equal(shared.url, `${page.url}#${DEFAULTS.replace("=50", "=2")}`);
        const values = await page.run(() => [...document.querySelectorAll(".criterion dl > div")].map((row) =>
          `${row.dataset.model} ${row.querySelector("dd").textContent}`));
        assert.equal(values.length, 6);
        for (const value of values) assert.ok(shared.text.includes(value), `${value} in: ${shared.text}`);
      }
      await page.run(() => (window.refusal = new DOMException("later", "AbortError")));
      await page.click("Share the answer");
      await page.until("no word", () => document.querySelector("#takeaway-note").textContent === "");
      await page.run(() => (window.refusal = new DOMException("This program takes no pictures.", "DataError")));
      assert.equal(await say(page, "Share the answer"), "This program takes no pictures.");
    } finally {
      await undo();
    }
  });
});

inEachBrowser("Print", (bench) => {
  /** In millimetres. @type {[number, number]} */
  const A4 = [210, 297];
  /** @type {[number, number]} */
  const LETTER = [215.9, 279.4];

  test("takes two sheets, before and after training, from a desk and from a phone", async () => {
    const page = bench.small;
    const { browser } = page;
    const { print } = browser.remote;
    await page.open("epochs=3");
    await page.until("the ten runs", () => document.querySelector("#verdict dd.number"));
    for (const sheet of [A4, LETTER]) assert.equal(pagesOf(await print(...sheet)), 2, "before");
    await train(page);
    await page.unfold();
    assert.equal(pagesOf(await print(...A4)), 2, "after");
    await browser.setViewport(375, 812);
    assert.equal(pagesOf(await print(...A4)), 2, "from a phone");
    await browser.setViewport(1280, 900);
  });

  test("leaves out what cannot be pressed on paper", async (context) => {
    const page = bench.small;
    if (bench.browser.name !== "chromium") return context.skip("only Chromium can show a page as paper");
    await page.driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { media: "print" });
    const seen = await page.run(() => ({
      controls: [...document.querySelectorAll("button, input, select, textarea, progress, summary, [role=slider]")]
        .filter((one) => one.checkVisibility())
        .map((one) => one.outerHTML),
      link: document.querySelector(".printed").innerText,
    }));
    const parts = await partsOf(page);
    await page.driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { media: "" });
    assert.deepEqual(seen.controls, []);
    assert.deepEqual(parts, ["title", "stage", "verdict", "learn", "about"]);
    assert.ok(seen.link.includes(`${page.url}#${DEFAULTS.replace("=50", "=3")}`), seen.link);
  });

  test("is dark on white, in the dark scheme too", async () => {
    const page = bench.small;
    await bench.browser.setScheme("dark");
    await page.open("epochs=3");
    await draw(page, DIGITS[2]);
    const inks = () => pixels(page, PAD, ["#1b1b1b", "#e8e8e6"]);
    const print = (event) => page.run((type) => void dispatchEvent(new Event(type)), event);
    const before = await inks();
    assert.ok(before[0] === 0 && before[1] > 1000, `light ink: ${before}`);
    await print("beforeprint");
    const during = await inks();
    assert.ok(during[1] === 0 && during[0] > 1000, `dark ink: ${during}`);
    await print("afterprint");
    assert.deepEqual(await inks(), before);
    await bench.browser.setScheme("light");
  });

  test("a button asks for it", async () => {
    const page = bench.small;
    await page.run(() => {
      window.prints = 0;
      window.print = () => (window.prints += 1);
    });
    await page.click("Print");
    assert.equal(await page.run(() => window.prints), 1);
  });
});
