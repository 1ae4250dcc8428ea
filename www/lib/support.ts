// What the page needs of a browser. Nothing newer than modules is used here: this file must run where the rest cannot.

/** Each with the first versions that have it. */
export const FEATURES = [
  {
    name: "WebAssembly",
    versions:
      "Chrome 57, Edge 16, Firefox 52 and Safari 11 have it; some hardened modes switch it off",
    isThere: () => typeof WebAssembly === "object" && typeof WebAssembly.validate === "function",
  },
  {
    name: "WebAssembly SIMD",
    versions: "Chrome and Edge 91, Firefox 89 and Safari 16.4 have it",
    isThere: () => WebAssembly.validate(SIMD),
  },
  {
    name: "WebAssembly reference types",
    versions: "Chrome and Edge 96, Firefox 79 and Safari 15.1 have them",
    isThere: () => WebAssembly.validate(REFERENCE_TYPES),
  },
  {
    name: "workers made of modules",
    versions: "Chrome and Edge 80, Firefox 114 and Safari 15 have them",
    isThere: hasModuleWorkers,
  },
  {
    name: "DecompressionStream",
    versions: "Chrome and Edge 80, Firefox 113 and Safari 16.4 have it",
    isThere: () => typeof DecompressionStream === "function",
  },
];

/** A module with one function that makes a v128: (func (result v128) i32.const 0 i8x16.splat). */
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15,
  11,
]);
/** A module with a function type that takes an externref: (type (func (param externref))). */
const REFERENCE_TYPES = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0]);

/** A sentence about the first feature that this browser lacks. */
export function missingFeature(): string | null {
  const missing = FEATURES.find(({ isThere }) => {
    try {
      return !isThere();
    } catch {
      return true;
    }
  });
  if (!missing) return null;
  return `This browser lacks ${missing.name}, which training in the page needs. ${missing.versions}. Please open the page in a newer browser.`;
}

/**
 * A browser with module workers reads `type`, and refuses a type that is none before it looks at the address; one
 * without starts a classic worker, which is ended at once.
 */
function hasModuleWorkers(): boolean {
  let isAsked = false;
  const options = {
    get type() {
      isAsked = true;
      return "none" as WorkerType;
    },
  };
  try {
    new Worker(document.baseURI, options).terminate();
  } catch {
    // As it should be.
  }
  return isAsked;
}
