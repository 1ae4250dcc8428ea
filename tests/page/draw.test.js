// The pad: mouse, touch and pen; undo and clear; what is answered, and what is not.

import assert from "node:assert/strict";

import { noPointer } from "./harness/browsers.js";
import { DIGITS, PAD, draw, drawInOneTurn, findPad, ink, perform, strokeActions } from "./harness/pointer.js";
import { inEachBrowser, noMnist, test } from "./harness/suite.js";

/** Waits until both networks answer with this digit. */
const answered = (page, digit) => page.until(`both to answer ${digit}`, (wanted) => ["custom", "dense"].every((model) =>
  document.querySelector(`output#${model}-prediction`).textContent.startsWith(`${wanted} (`)), digit);

/** A digit that they do not know. */
const FOUR = [[[0.35, 0.18], [0.3, 0.52], [0.7, 0.52]], [[0.64, 0.2], [0.6, 0.85]]];

/** The pad's invitation, which names the digits that the networks know. */
const INVITATION = "^Draw a 0, 2 or 5\\.$";

/** Waits for words under the pad, and checks that no network answers. */
async function unanswered(page, words) {
  await page.until(`“${words}” under the pad`, (wanted) => new RegExp(wanted).test(document.querySelector(".pad-words").textContent), words);
  assert.deepEqual(await page.answers(), { custom: "", dense: "" });
}

/** Waits until the pad has other ink than before, and tells how much. */
async function inkAfter(page, before) {
  for (let looks = 0; looks < 100; looks++) {
    const now = await ink(page);
    if (now !== before) return now;
  }
  assert.fail(`the pad goes on showing ${before} pixels of ink`);
}

/** Presses a button in the way of this pointer. */
async function tap(page, kind, name) {
  const button = await page.control(name);
  const place = await page.run((element) => {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  }, button);
  await perform(page, [{ kind, actions: strokeActions([place]) }]);
}

inEachBrowser("Pad", (bench) => {
  test("a digit draws itself, and is answered, until the visitor does something", async () => {
    const page = bench.small;
    await page.openNew();
    await page.until("its answer", () => document.querySelector(".pad-words").textContent === "Both read a\u00a05.");
    assert.equal(await page.run(() => document.querySelector(".invitation").checkVisibility()), true);
    const spoken = () => page.run(() => document.querySelector("#draw [aria-live=polite]").textContent);
    await page.pass(700); // what is drawn is spoken after half a second
    assert.equal(await spoken(), "", "it is nobody's news");
    assert.equal(await (await page.control("Undo")).isEnabled(), false);
    await draw(page, [DIGITS[5][1]]);
    const line = await ink(page);
    assert.equal(await page.run(() => document.querySelector(".invitation").checkVisibility()), false);
    await page.click("Undo");
    assert.equal(await inkAfter(page, line), 0, "the first stroke has taken its place");
    assert.equal(await (await page.control("Undo")).isEnabled(), false);
    await unanswered(page, INVITATION);
  });

  test("is answered on a first visit, before any training", async () => {
    const page = bench.small;
    await page.openNew();
    await page.clearDemonstration();
    await unanswered(page, INVITATION);
    for (const [digit, strokes] of Object.entries(DIGITS)) {
      await draw(page, strokes);
      await answered(page, digit);
      await page.click("Clear");
      await unanswered(page, INVITATION);
    }
    const origins = await page.run(() => [...document.querySelectorAll(".answer")].map((answer) => answer.textContent));
    assert.equal(origins.length, 2);
    for (const text of origins) assert.match(text, /Trained before you came\./);
  });

  for (const kind of ["mouse", "touch", "pen"]) {
    test(`takes strokes, undo and clear by ${kind}`, { skip: noPointer(bench.name, kind) }, async () => {
      const page = bench.small;
      if (bench.browser.name === "chromium") await bench.browser.emulateTouch(kind === "touch");
      await page.open();
      await draw(page, DIGITS[5], kind);
      await answered(page, 5);
      const both = await ink(page);
      const picture = await page.run(() => document.querySelector(".received canvas").getAttribute("aria-label"));
      assert.match(picture, /ink \d+\spixels wide and (19|20|21) high in a picture of 28 by 28/);
      await tap(page, kind, "Undo");
      const one = await inkAfter(page, both);
      assert.ok(one > 0 && one < both, `the last stroke goes: ${both}, then ${one}`);
      await tap(page, kind, "Clear");
      assert.equal(await inkAfter(page, one), 0);
      await unanswered(page, INVITATION);
      await tap(page, kind, "Undo");
      assert.equal(await inkAfter(page, 0), one, "clearing can be undone");
      await tap(page, kind, "Undo");
      assert.equal(await inkAfter(page, one), 0);
      assert.equal(await (await page.control("Undo")).isEnabled(), false);
    });
  }

  test("undoes by Ctrl+Z", async () => {
    const page = bench.small;
    await page.open();
    await draw(page, DIGITS[5]);
    const both = await ink(page);
    await page.find("body").sendKeys(page.key("control", "z"));
    const one = await inkAfter(page, both);
    assert.ok(one > 0 && one < both);
    await page.find("body").sendKeys(page.key("control", "z"));
    assert.equal(await inkAfter(page, one), 0);
  });

  test("a stroke that is taken back while it is drawn goes, and leaves the one before as it was", async () => {
    const page = bench.small;
    await page.open();
    const place = await findPad(page);
    await draw(page, [[[0.3, 0.2], [0.3, 0.8]]]);
    const first = await ink(page);
    const actions = strokeActions([[0.6, 0.2], [0.6, 0.5], [0.9, 0.5], [0.9, 0.9]].map(place));
    await perform(page, [{ kind: "mouse", actions: actions.slice(0, 3) }]);
    await inkAfter(page, first);
    await page.run((keys) => document.body.dispatchEvent(new KeyboardEvent("keydown", keys)),
      { key: "z", ctrlKey: true, bubbles: true, cancelable: true });
    await perform(page, [{ kind: "mouse", actions: actions.slice(3) }]);
    assert.equal(await ink(page), first);
    await page.click("Clear");
  });

  test("answers while one draws", async () => {
    const page = bench.small;
    const place = await findPad(page);
    const [stroke] = DIGITS[2];
    const actions = strokeActions(stroke.map(place));
    await perform(page, [{ kind: "mouse", actions: actions.slice(0, -1) }]);
    await answered(page, 2);
    await perform(page, [{ kind: "mouse", actions: actions.slice(-1) }]);
    await page.click("Clear");
  });

  test("keeps a stroke that leaves the pad and comes back", async () => {
    const page = bench.small;
    const place = await findPad(page);
    await perform(page, [{ kind: "mouse", actions: strokeActions([[0.5, 0.3], [0.5, 0.6], [1.3, 0.6], [1.3, 0.8], [0.5, 0.8]].map(place)) }]);
    const drawn = await ink(page);
    await perform(page, [{ kind: "mouse", actions: [{ type: "pointerMove", ...place([0.2, 0.2]) }] }]);
    assert.equal(await ink(page), drawn, "it ends where the button is released");
    const right = await page.run((selector) => {
      const pad = document.querySelector(selector);
      const { data } = pad.getContext("2d").getImageData(pad.width - 3, Math.round(0.7 * pad.height), 1, 1);
      return data[3];
    }, PAD);
    assert.ok(right > 0, "outside, it goes along the edge");
    await page.click("Undo");
    assert.equal(await ink(page), 0, "it is one stroke");
  });

  test("ignores a second finger", { skip: noPointer(bench.name, "touch") }, async () => {
    const page = bench.small;
    await page.open();
    const place = await findPad(page);
    const first = strokeActions(DIGITS[2][0].map(place));
    const second = strokeActions([[0.1, 0.1], [0.1, 0.9], [0.9, 0.9]].map(place));
    // It comes after the first and goes before it.
    const late = [{ type: "pause" }, { type: "pause" }, { type: "pause" }, ...second];
    await perform(page, [{ kind: "touch", actions: first }, { kind: "touch", actions: late }]);
    await answered(page, 2);
    const both = await ink(page);
    await page.click("Clear");
    await draw(page, DIGITS[2], "touch");
    // The same stroke may lie a fraction of a pixel elsewhere; the finger's has thousands.
    const alone = await ink(page);
    assert.ok(Math.abs(alone - both) < 100, `of the second finger is drawn: ${both - alone} pixels`);
    await page.click("Clear");
  });

  test("keeps what was drawn when the pointer is cancelled", async () => {
    const page = bench.small;
    const place = await findPad(page);
    await page.run((selector) => {
      document.querySelector(selector).addEventListener("pointerdown", ({ pointerId }) => (window.lastPointer = pointerId), { once: true });
    }, PAD);
    const actions = strokeActions(DIGITS[2][0].map(place));
    await perform(page, [{ kind: "mouse", actions: actions.slice(0, 15) }]);
    const before = await ink(page);
    // Drivers cannot take a pointer away, as a system gesture does.
    await page.run((selector) => {
      document.querySelector(selector).dispatchEvent(new PointerEvent("pointercancel", { pointerId: window.lastPointer }));
    }, PAD);
    await perform(page, [{ kind: "mouse", actions: actions.slice(15) }]);
    assert.ok(before > 0);
    assert.equal(await ink(page), before);
    await draw(page, [DIGITS[2][0].slice(13)]);
    await answered(page, 2);
    await page.click("Clear");
  });

  test("says why a dot or a filled pad has no answer", async () => {
    const page = bench.small;
    await unanswered(page, INVITATION);
    await draw(page, [[[0.5, 0.5]]]);
    await unanswered(page, "dot isn’t a digit");
    await page.click("Clear");
    const rows = Array.from({ length: 24 }, (_, row) => 0.02 + (0.96 * row) / 23);
    await draw(page, [rows.flatMap((y, row) => (row % 2 === 0 ? [[0.02, y], [0.98, y]] : [[0.98, y], [0.02, y]]))]);
    await unanswered(page, "pad is full");
    await page.click("Clear");
  });

  test("is not disturbed by training, and answers after each epoch", async () => {
    const page = bench.small;
    await page.open("epochs=1000");
    await page.click("Train");
    await draw(page, DIGITS[0], noPointer(bench.name, "touch") ? "mouse" : "touch");
    const first = await page.until("an answer", () => document.querySelector("#dense-prediction").textContent &&
      /After epoch (\d+)\./.exec(document.querySelector(".answer[data-model=dense]").textContent)?.[1]);
    await page.until("an answer of a later epoch", (before) => {
      const now = /After epoch (\d+)\./.exec(document.querySelector(".answer[data-model=dense]").textContent)?.[1];
      return Number(now) > Number(before);
    }, first);
    assert.ok((await page.answers()).dense);
  });

  test("is answered in the pointer event's own turn, while both networks train", async () => {
    const page = bench.small;
    assert.equal(await page.state(), "training");
    await page.click("Clear");
    await page.until("no answer", () => document.querySelector("#custom-prediction").textContent === "");
    const answers = await drawInOneTurn(page, DIGITS[2][0]);
    // The first is a dot, which has no answer.
    assert.deepEqual(answers[0], ["", ""]);
    for (const [place, both] of answers.slice(5).entries()) {
      for (const answer of both) assert.match(answer, /^\d \(\d+\.\d\s%\)$/, `after ${place + 5} points`);
    }
    // With the browser's own events, too: there when the next listener hears of them.
    await page.click("Clear");
    await page.run((selector) => {
      window.heard = [];
      document.querySelector(selector).addEventListener("pointermove", ({ buttons }) => {
        if (buttons === 1) window.heard.push(document.querySelector(".received canvas").getAttribute("aria-label"),
          document.querySelector("#custom-prediction").textContent, document.querySelector("#dense-prediction").textContent);
      });
    }, PAD);
    await draw(page, [DIGITS[2][0]]);
    const heard = await page.run(() => window.heard);
    assert.ok(heard.length >= 6, `${heard.length}`);
    assert.match(heard.at(-3), /ink \d+\spixels wide/);
    for (const answer of heard.slice(-2)) assert.match(answer, /^\d \(/);
    assert.equal(await page.state(), "training");
    await page.click("Reset");
    await page.reach("ready");
    assert.ok((await ink(page)) > 0, "the drawing stays");
    await page.click("Clear");
  });

  test("doubts what is like none of the digits that the networks know", { skip: noMnist }, async () => {
    const { page } = bench;
    await page.open();
    const isDoubted = () => page.run(() => document.querySelector(".pad-doubt .tag").checkVisibility({ visibilityProperty: true }));
    assert.equal(await isDoubted(), false);
    await draw(page, FOUR);
    // What is like the digits is known a little later than the images.
    await page.until("the doubt", () => document.querySelector(".pad-doubt .tag").checkVisibility({ visibilityProperty: true }));
    assert.equal(await page.text(".pad-doubt"), "unlike its training digits");
    assert.match(await page.text(".pad-words"), /seen anything like this/);
    for (const [digit, strokes] of Object.entries(DIGITS)) {
      await page.click("Clear");
      assert.equal(await isDoubted(), false);
      await draw(page, strokes);
      assert.equal(await isDoubted(), false);
      assert.match(await page.text(".pad-words"), new RegExp(`^Both read a\\s${digit}\\.`));
    }
    await page.click("Clear");
  });

  test("is forgotten and learned again, at a pace that an eye can follow", { skip: noMnist }, async () => {
    const { page } = bench;
    await page.openNew("epochs=2");
    await draw(page, DIGITS[2]);
    await answered(page, 2);
    await page.run(() => {
      const texts = () => [...document.querySelectorAll(".answer")].map((answer) =>
        [...answer.querySelectorAll("output, .bar-share")].map(({ textContent }) => textContent).join(" "));
      const shown = () => document.querySelector("#shown").textContent;
      window.shownAnswers = [{ when: shown(), answers: texts() }];
      const note = () => window.shownAnswers.push({ when: shown(), answers: texts() });
      new MutationObserver(note).observe(document.querySelector("#stage, main"), { subtree: true, childList: true, characterData: true });
    });
    await page.click("Train");
    await page.until("the second epoch", () => window.shownAnswers.some(({ when }) => /after epoch 2/.test(when)));
    const shown = await page.run(() => window.shownAnswers);
    const first = shown.slice(0, shown.findIndex(({ when }) => /after epoch 1$/.test(when)) + 1);
    assert.ok(first.length > 1, JSON.stringify(shown.at(-1)));
    for (const network of [0, 1]) {
      const texts = first.map(({ answers }) => answers[network]);
      const changes = texts.filter((text, at) => at > 0 && text !== texts[at - 1]);
      assert.ok(changes.length >= 8, `${changes.length} changes:\n${changes.join("\n")}`);
    }
    await page.click("Reset");
    await page.click("Clear");
  });

  test("is unsure below nine in ten", async () => {
    const page = bench.small;
    await page.open();
    await page.clearDemonstration();
    /** Of each network: its certainty in percent, and whether the page calls it unsure. */
    const doubts = () => page.run(() => [...document.querySelectorAll(".answer")].map((answer) => [
      Number.parseFloat(/\(([\d.]+)/.exec(answer.querySelector("output").textContent)?.[1] ?? "NaN"),
      answer.querySelector(".tag").checkVisibility({ visibilityProperty: true }),
    ]));
    assert.deepEqual((await doubts()).map(([, isUnsure]) => isUnsure), [false, false], "of an empty pad there is no doubt");
    const seen = [];
    // A circle passes through doubt on its way to be a 0.
    for (let points = 4; points <= DIGITS[0][0].length; points += 2) {
      await draw(page, [DIGITS[0][0].slice(0, points)]);
      seen.push(...(await doubts()));
      await page.click("Clear");
    }
    for (const [certainty, isUnsure] of seen) {
      // As shown, it is rounded to a tenth.
      if (Math.abs(certainty - 90) > 0.05) assert.equal(isUnsure, certainty < 90, `at ${certainty} %`);
    }
    assert.ok(seen.some(([, isUnsure]) => isUnsure) && seen.some(([, isUnsure]) => !isUnsure), `${seen}`);
  });

  test("shows MNIST's own test digits, which have a label", { skip: noMnist }, async () => {
    const { page } = bench;
    await page.open();
    const choice = await page.control("Test digit", "select");
    await page.until("the images", () => [...document.querySelectorAll("button")].some((button) => button.textContent.trim() === "Next image" && !button.disabled));
    await choice.sendKeys("2");
    for (let images = 0; images < 5; images++) {
      await page.click("Next image");
      assert.match(await page.text(".pad-words"), /^(A\s2: both get it right\.|✗ It’s a\s2\.)/);
      assert.ok((await page.answers()).custom);
      assert.ok((await ink(page)) > 0);
    }
    // A stroke begins a drawing of one's own.
    await draw(page, DIGITS[0]);
    await answered(page, 0);
    await page.click("Clear");
  });
});

inEachBrowser("Pad on a telephone", (bench) => {
  test("draws, and does not scroll", async (context) => {
    const { browser, small: page } = bench;
    if (browser.name !== "chromium") return context.skip("only Chromium can be made a telephone");
    await browser.emulateTouch(true);
    await browser.setViewport(375, 700);
    await page.openNew();
    const swipe = [[0.5, 0.9], [0.5, 0.7], [0.5, 0.5], [0.5, 0.3], [0.5, 0.1]];
    const place = await findPad(page);
    const top = () => page.run((selector) => document.querySelector(selector).getBoundingClientRect().top, PAD);
    const before = await top();
    await perform(page, [{ kind: "touch", actions: strokeActions(swipe.map(place)) }]);
    assert.ok((await ink(page)) > 0);
    assert.ok(Math.abs((await top()) - before) < 2, "the pad stays where it is");

    // The same movement beside the pad does scroll: the test can tell.
    const words = await page.run(() => {
      const heading = document.querySelector("#verdict h2");
      heading.scrollIntoView({ block: "end", behavior: "instant" });
      return heading.getBoundingClientRect().top;
    });
    const there = await page.run(() => scrollY);
    const slow = [0, 60, 120, 180, 240].map((up) => ({ x: 180, y: Math.round(words) - up }));
    const actions = strokeActions(slow).flatMap((action) => [action, { type: "pause", duration: 20 }]);
    await perform(page, [{ kind: "touch", actions }]);
    await page.until("the page to scroll", (from) => scrollY !== from, there);
  });
});
