// The page stands still: on load, while the networks train, and at its first sight on a phone. And it is not too much
// of a page: words and buttons are counted.

import assert from "node:assert/strict";

import { inEachBrowser, test } from "./harness/suite.js";

const SIZES = [[1280, 900], [1920, 1080], [768, 1024], [375, 812]];
const [DESK, , , PHONE] = SIZES;

/** Cumulative layout shift on load; 0.1 is what is commonly called good. */
const MOST_SHIFT = { usual: 0.02, other: 0.1 };
/** How long the page is watched after all has answered or learned, in ms. */
const AFTERWARDS = 3000;
/** How far a heading may move, in CSS pixels. */
const MOST_MOVE = 4;
const MOST_WORDS = 1_100;
const MOST_BUTTONS = 45;

/** Runs in the page before its own scripts: keeps the elements that came with index.html. */
const KEEP = `() => document.addEventListener("readystatechange", () => {
  if (document.readyState === "interactive") globalThis.prerendered = [...document.querySelectorAll("#page *")];
})`;

/** Waits until every network has answered, without a press. */
const answered = (page) => page.until("an answer of every network", () => {
  const outputs = [...document.querySelectorAll("output[id$=-prediction]")];
  return outputs.length > 0 && outputs.every(({ textContent }) => textContent.trim() !== "");
});

/** The layout shifts since the page was asked for: their sum, and what moved most. */
function shifts(page) {
  return page.driver.executeAsyncScript(`(${(done) => {
    const describe = ({ node, previousRect, currentRect }) => {
      const element = node?.nodeType === 1 ? node : node?.parentElement;
      const name = element ? [element.localName, element.id && `#${element.id}`, ...[...element.classList].map((one) => `.${one}`)].join("") : "gone";
      return `${name} from ${previousRect.top} (${previousRect.height} high) to ${currentRect.top} (${currentRect.height})`;
    };
    new PerformanceObserver((list, observer) => {
      observer.disconnect();
      const entries = list.getEntries().filter((entry) => !entry.hadRecentInput);
      done({
        sum: entries.reduce((all, { value }) => all + (value ?? 0), 0),
        moved: entries.flatMap(({ value, sources }) => (sources ?? []).map((source) => `${value.toFixed(4)}: ${describe(source)}`)),
      });
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done({ sum: 0, moved: [] }), 300); // nothing is told of no shift
  }})(...arguments)`);
}

async function expectStill(page, most) {
  const { sum, moved } = await shifts(page);
  assert.ok(sum <= most, `layout shifts of ${sum.toFixed(4)}:\n${moved.join("\n")}`);
}

/** Notes in each frame where the headings are in the document, from now on. */
const watchHeadings = (page) => page.run(() => {
  const first = new Map();
  const moves = (globalThis.moves = new Map());
  const look = () => {
    for (const heading of document.querySelectorAll("h1, h2, h3")) {
      if (!heading.checkVisibility()) continue;
      const top = heading.getBoundingClientRect().top + scrollY;
      if (!first.has(heading)) first.set(heading, top);
      const move = Math.abs(top - first.get(heading));
      if (move > (moves.get(heading)?.move ?? 0)) moves.set(heading, { move, epoch: document.querySelectorAll("table#history tr[data-epoch]").length });
    }
    requestAnimationFrame(look);
  };
  look();
});

/** Trains to the end, with all answers there before it, and fails where a heading moved. */
async function trainStill(page, hash) {
  await page.open(hash);
  await answered(page);
  await watchHeadings(page);
  await train(page);
  await page.reach("finished");
  await page.pass(AFTERWARDS); // the replay goes on
  assert.deepEqual(await moved(page), []);
}

/** Those that moved too far. */
const moved = (page) => page.run((most) => [...globalThis.moves]
  .filter(([, { move }]) => move > most)
  .map(([heading, { move, epoch }]) => `“${heading.textContent}” by ${Math.round(move)} px, at most after epoch ${epoch}`), MOST_MOVE);

/** Presses Train, where it is: nothing is scrolled to it. */
const train = async (page) => page.run((button) => button.click(), await page.control("Train"));

// In Chromium only: no other browser tells its layout shifts, and the rest is about the page, not about a browser.
inEachBrowser("Stillness", (bench) => {
  for (const size of SIZES) {
    const at = size.join(" × ");

    test(`nothing moves on load, and every network answers without a press, at ${at}`, async () => {
      const { page, browser } = bench;
      await browser.setViewport(...size);
      await page.openNew();
      await answered(page);
      await page.pass(AFTERWARDS);
      await expectStill(page, MOST_SHIFT.usual);
    });

    test(`no heading moves while networks train, at ${at}`, async () => {
      const { small: page, browser } = bench;
      await browser.setViewport(...size);
      await trainStill(page, "epochs=30");
    });
  }

  for (const size of [DESK, PHONE]) {
    test(`nor on all images, at ${size.join(" × ")}`, async () => {
      const { page, browser } = bench;
      await browser.setViewport(...size);
      await trainStill(page, "epochs=3");
    });
  }

  test("nor beneath matrices that are open, when training ends", async () => {
    const { small: page, browser } = bench;
    await browser.setViewport(...DESK);
    await page.open("epochs=3&control=1"); // three pairs to compare
    await page.run(() => document.querySelector("#matrices summary").click());
    await train(page);
    await page.until("three matrices", () => document.querySelectorAll(".matrix").length === 3);
    await watchHeadings(page);
    await page.until("McNemar's test", () => document.querySelector("#mcnemar").textContent.match(/\bOnly|same test digits/g)?.length === 3);
    assert.deepEqual(await moved(page), []);
  });

  test("pad, answers and Train are in a phone's first screen", async () => {
    const { page, browser } = bench;
    await browser.setViewport(...PHONE);
    await page.open();
    await answered(page);
    const outside = await page.run((button) => {
      const parts = [...document.querySelectorAll("canvas[aria-label='Drawing pad'], output[id$=-prediction]"), button];
      return parts.flatMap((part) => {
        const { top, bottom, left, right } = part.getBoundingClientRect();
        const { clientWidth, clientHeight } = document.documentElement; // without scroll bars
        const isInside = scrollY === 0 && top >= 0 && bottom <= clientHeight && left >= 0 && right <= clientWidth && bottom > top;
        return isInside ? [] : [`${part.id || part.ariaLabel || part.textContent}: ${Math.round(top)} to ${Math.round(bottom)}`];
      });
    }, await page.control("Train"));
    assert.deepEqual(outside, []);
  });

  test("few words and buttons are there before training", async () => {
    const { page, browser } = bench;
    await browser.setViewport(...DESK);
    await page.openNew();
    await answered(page);
    const { words, buttons } = await page.run(() => {
      const isSeen = (element) => {
        const { width, height } = element.getBoundingClientRect();
        return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1;
      };
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const read = [];
      while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        if (parentElement.closest(".spoken, table, option, script, noscript") || !isSeen(parentElement)) continue;
        read.push(...data.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)));
      }
      const pressable = [...document.querySelectorAll("button, [role=button], input[type=button]")].filter(isSeen);
      return { words: read.length, buttons: pressable.map((button) => button.ariaLabel ?? button.textContent) };
    });
    assert.ok(words <= MOST_WORDS, `${words} words`);
    assert.ok(buttons.length <= MOST_BUTTONS, `${buttons.length} buttons: ${buttons.join(", ")}`);
  });

  test("the page that came with index.html is taken over as it is", async () => {
    const { page, browser } = bench;
    const undo = await browser.remote.preload(KEEP);
    await page.openNew();
    const { count, lost } = await page.run(() => ({
      count: globalThis.prerendered.length,
      lost: globalThis.prerendered.filter((element) => !element.isConnected).map(({ outerHTML }) => outerHTML),
    }));
    await undo();
    assert.ok(count > 100, `${count} elements`);
    assert.deepEqual(lost, []);
    assert.equal(await page.run(() => document.querySelectorAll("#page [style], [data-waiting]").length), 0);
  });

  for (const [hash, question] of [
    ["networks=wave:relu100,sine50;dense:relu100,relu50", "Does a sine layer help?"],
    ["networks=a:cubic9;b:square9;c:relu9;d:relu8&digits=0,1,2,3,4,5,6,7,8,9", "Does a custom layer help?"],
    ["networks=wide:relu100;deep:relu20,relu20", "Which network learns better?"],
  ]) {
    test(`an address of its own is as still: ${question}`, async () => {
      const { page, browser } = bench;
      for (const size of [DESK, PHONE]) {
        await browser.setViewport(...size);
        await page.openNew(hash);
        assert.equal(await page.text("h1"), question);
        await page.pass(AFTERWARDS);
        await expectStill(page, MOST_SHIFT.other);
      }
    });
  }
}, { only: ["chromium"] });
