import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["node_modules/", "pkg/", "uPlot.esm.js"] },
  js.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    files: ["worker.js", "sw.js"],
    languageOptions: { globals: { ...globals.worker, ...globals.serviceworker } },
  },
  {
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-implicit-globals": "error",
      "no-shadow": "error",
    },
  },
];
