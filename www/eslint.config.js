import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig(
  { ignores: ["node_modules/", "pkg/", "public/", "dist/", "eslint.config.js"] },
  js.configs.recommended,
  typescript.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          "tsconfig.json",
          "tsconfig.worker.json",
          "tsconfig.offline.json",
          "tsconfig.tools.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: "error",
      "no-shadow": "error",
      // TypeScript knows better which names there are.
      "no-undef": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Reading a signal is what makes an effect follow it.
      "@typescript-eslint/no-meaningless-void-operator": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
);
