// Measures speed, memory, sizes and a first visit in headless Chromium and Firefox, and beside them the speed of native
// JAX and Keras; prints tables and writes JSON. Run by `cargo xtask bench`. It passes or fails on nothing: figures of one
// run compare with one another. `PARTS=race,growth` leaves the other parts out, `ROUNDS` says how long the race is.

import { spawnSync } from "node:child_process";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { BROWSERS } from "../page/harness/browsers.js";
import { serve } from "../page/harness/server.js";
import { measure } from "./browser.mjs";
import { firstVisits } from "./first-visit.mjs";
import { computeSchedules, measureGrowth } from "./growth.mjs";
import { tellMemory } from "./memory.js";
import { hasKeras, figuresOfKeras } from "./natives.mjs";
import { race } from "./race.mjs";
import { addRatios } from "./ratios.mjs";
import { figureTable, table } from "./table.mjs";

const { SITE, JSON_FILE, PARTS: wanted } = process.env;

/** What is measured, by column and figure. @type {Record<string, Record<string, number | null>>} */
const results = {};
const add = (more) => Object.entries(more).forEach(([column, figures]) => Object.assign((results[column] ??= {}), figures));
const report = { results };

const here = import.meta.dirname;
const server = await serve({
  site: SITE,
  beside: { "tests/bench/": here, "tests/": join(here, "../page"), "pkg/": join(here, "../../www/pkg") },
});
tellMemory(server);

const PARTS = {
  sizes() {
    // What it makes is what visits are sent.
    spawnSync("node", [join(here, "../../xtask/compress.mjs"), SITE], { stdio: "inherit" });
  },
  async browsers() {
    for (const name of BROWSERS) add({ [name]: { ...(await measure(name, server.url)), ...sizes() } });
  },
  async keras() {
    if (hasKeras) add({ keras: await figuresOfKeras() });
  },
  async race() {
    const { figures, rounds } = await race(server.url);
    add(figures);
    report.rounds = rounds;
  },
  async growth() {
    report.growth = await measureGrowth(server.url);
  },
  async visits() {
    report.visits = await firstVisits(SITE);
  },
};
for (const part of wanted?.split(",") ?? Object.keys(PARTS)) {
  console.error(`Measuring: ${part}`);
  await PARTS[part]();
}
await server.close();
addRatios(results);
if (results.chromium?.["dense alone, median epoch, s"]) report.schedules = computeSchedules(results.chromium);

if (Object.keys(results).length > 0) console.log(figureTable(results));
for (const rows of [report.growth, report.schedules, report.visits]) if (rows) console.log(`\n${table(rows)}`);
if (JSON_FILE) writeFileSync(JSON_FILE, JSON.stringify(report, null, 1));

/** Sizes of the networks' program. */
function sizes() {
  const assets = join(SITE, "assets");
  const wasm = readdirSync(assets).find((name) => name.endsWith(".wasm"));
  const kilobytes = (name) => statSync(join(assets, name)).size / 1000;
  return { "wasm, kB": kilobytes(wasm), "wasm in brotli, kB": kilobytes(`${wasm}.br`) };
}
