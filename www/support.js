// What the page needs of a browser. Plain old JavaScript: this file must run where the rest cannot.

/** Each feature, the first versions that have it, and how to tell. */
const FEATURES = [
  {
    name: "WebAssembly",
    versions: "Chrome 57, Edge 16, Firefox 52 and Safari 11 have it; some hardened modes switch it off",
    there: () => typeof WebAssembly === "object" && typeof WebAssembly.validate === "function",
  },
  {
    name: "WebAssembly SIMD",
    versions: "Chrome and Edge 91, Firefox 89 and Safari 16.4 have it",
    there: () => WebAssembly.validate(SIMD),
  },
  {
    name: "workers made of modules",
    versions: "Chrome and Edge 80, Firefox 114 and Safari 15 have them",
    there: hasModuleWorkers,
  },
  {
    name: "DecompressionStream",
    versions: "Chrome and Edge 80, Firefox 113 and Safari 16.4 have it",
    there: () => typeof DecompressionStream === "function",
  },
];

// A module with one function that makes a v128: (func (result v128) i32.const 0 i8x16.splat).
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
]);

/**
 * A sentence about the first feature that this browser lacks.
 * @returns {string | null}
 */
export function missingFeature() {
  const missing = FEATURES.find((feature) => !safely(feature.there));
  return missing
    ? `This browser lacks ${missing.name}, which training in the page needs. ${missing.versions}. Please open the page in a newer browser.`
    : null;
}

/**
 * A browser with module workers reads `type`, and refuses a type that is none before it looks at
 * the address; one without starts a classic worker, which is ended at once.
 */
function hasModuleWorkers() {
  let asked = false;
  const options = {
    get type() {
      asked = true;
      return "none";
    },
  };
  try {
    new Worker(new URL("worker.js", import.meta.url), /** @type {any} */ (options)).terminate();
  } catch {
    // As it should be.
  }
  return asked;
}

/** @param {() => boolean} test */
function safely(test) {
  try {
    return test();
  } catch {
    return false;
  }
}
