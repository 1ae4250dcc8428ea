// Workers that fail in the middle of a training. The page knows nothing of it: the test's host puts lines before the
// worker's own, or the browser runs some in the page before its own scripts.

/** Epochs of a training that come through. */
const EPOCHS = 5;

/**
 * The worker's file, changed to do `deed` instead of going on once a training of these layers has ended a few epochs;
 * of any layers by default.
 * @param {string} deed
 * @param {string} [layers]
 * @returns {(text: string) => string}
 */
const after = (deed, layers = "") => (text) => `{
  const post = postMessage.bind(globalThis);
  const ended = new Map();
  addEventListener("message", ({ data }) => {
    const { type, config, epoch } = data.job ?? {};
    if (data.type === "begin" && type === "train" && config.layers.includes("${layers}")) ended.set(data.id, epoch);
  });
  globalThis.postMessage = (report, ...others) => {
    const epochs = ended.get(report.id);
    if (report.type === "outputs" && epochs >= ${EPOCHS}) { ${deed} }
    if (report.type === "outputs" && epochs !== undefined)
      ended.set(report.id, epochs + report.outputs.filter(({ epoch }) => epoch).length);
    post(report, ...others);
  };
}
${text}`;

/**
 * It traps, as it does on a panic.
 * @param {string} [layers]
 */
export const trapping = (layers) => after('throw new WebAssembly.RuntimeError("unreachable executed");', layers);

/**
 * Throws an error outside the core.
 * @param {string} [layers]
 */
export const throwing = (layers) => after('setTimeout(() => { throw new Error("sabotage"); }); return;', layers);

/**
 * The worker is gone without a word.
 * @param {string} [layers]
 */
export const ending = (layers) => after("close(); return;", layers);

/** The workers' file on the host. */
export const WORKER = /assets\/worker-[^/]*\.js$/;

/* Runs in the page before its own scripts: keeps the workers at hand, and what passes to and from them. */
const WATCH = `() => {
  const all = (globalThis.watchedWorkers = []);
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      // One that has its options read, and no more: the page looks what the browser can do.
      if (!String(args[0]).includes("worker-")) return;
      this.requests = [];
      this.reports = 0;
      this.epochs = 0;
      this.isGone = false;
      all.push(this);
      this.addEventListener("message", ({ data }) => {
        this.reports += 1;
        this.epochs += (data.outputs ?? []).filter(({ epoch }) => epoch).length;
      });
    }
    postMessage(request, ...others) {
      this.requests?.push({ type: request.type, part: request.part, digit: request.digit, job: request.job?.type });
      super.postMessage(request, ...others);
    }
    terminate() {
      this.isGone = true;
      super.terminate();
    }
  };
}`;

/**
 * Keeps the workers of pages that are opened from now on at hand, as \`watchedWorkers\`.
 * @param {import("./browsers.js").Browser} browser
 * @returns {Promise<() => Promise<void>>} Ends that.
 */
export function watchWorkers({ remote }) {
  return remote.preload(WATCH);
}

/**
 * Ends workers that train, one after another, each at a random moment.
 * @param {import("./page.js").Page} page
 * @param {number} kills
 * @param {number} silent How many of them without a word to the page, which then waits for one.
 */
export function killWorkers(page, kills, silent) {
  return page.driver.executeAsyncScript(`(${kill})(...arguments)`, kills, silent);
}

/* Runs in the page. */
async function kill(kills, silent, done) {
  const pass = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const state = () => document.body.dataset.state;
  const moments = [];
  const end = Date.now() + 600_000;
  while (moments.length < kills && state() === "training" && Date.now() < end) {
    // A job without progress is restarted only twice: spares workers that haven't ended an epoch.
    const alive = globalThis.watchedWorkers.filter(({ isGone, epochs }) => !isGone && epochs > 0);
    const victim = alive[Math.floor(Math.random() * alive.length)];
    if (!victim) {
      await pass(5);
      continue;
    }
    const before = victim.reports;
    const wanted = Math.floor(Math.random() * 8);
    while (victim.reports < before + wanted && state() === "training" && Date.now() < end) await pass(0);
    await pass(Math.random() * 20);
    if (state() !== "training") break;
    victim.terminate();
    moments.push(victim.epochs);
    if (moments.length > kills - silent) continue;
    victim.dispatchEvent(new ErrorEvent("error", { message: "killed", cancelable: true }));
  }
  done(moments);
}
