import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import babel from "@rolldown/plugin-babel";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The organizer's dashboard: React 19, react-aria-components, Tailwind, Lingui macros. */
export default defineConfig({
  base: "/static/dashboard/",
  plugins: [
    react(),
    babel({ plugins: ["@lingui/babel-plugin-lingui-macro"] }),
    lingui(),
    tailwindcss(),
    { ...optimizeLocales.vite({ locales: ["en-US", "en-GB", "de-DE", "ar-AE"] }), enforce: "pre" },
  ],
  build: {
    outDir: "dist/dashboard",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { dashboard: fileURLToPath(new URL("src/dashboard/main.tsx", import.meta.url)) },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000", "/_allauth": "http://127.0.0.1:8000" } },
});
