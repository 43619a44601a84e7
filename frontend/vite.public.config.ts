import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/**
 * Public pages: ordinary React components on preact/compat (about 13 KB instead of 75).
 * No React chunk may enter this build; tools/check-budgets.mjs looks.
 */
export default defineConfig({
  base: "/static/public/",
  resolve: {
    alias: {
      "react/jsx-runtime": "preact/jsx-runtime",
      "react/jsx-dev-runtime": "preact/jsx-dev-runtime",
      "react-dom": "preact/compat",
      react: "preact/compat",
    },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "react" } },
  build: {
    outDir: "dist/public",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // The first versions with oklch(): its fallbacks would double the inlined CSS.
    cssTarget: ["chrome111", "safari16.4", "firefox113"],
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { public: fileURLToPath(new URL("src/public/main.tsx", import.meta.url)) },
    },
  },
});
