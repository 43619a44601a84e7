import { lingui } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import publicBuild from "./vite.public.config.ts";

/** Public components are tested on preact/compat, as they ship; the dashboard's on React. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: publicBuild.resolve,
        oxc: publicBuild.oxc,
        test: {
          name: "public",
          include: ["src/public/**/*.test.{ts,tsx}", "src/shared/**/*.test.ts"],
          environment: "jsdom",
          setupFiles: "vitest.setup.ts",
          testTimeout: 30_000,
        },
      },
      {
        plugins: [react(), babel({ plugins: ["@lingui/babel-plugin-lingui-macro"] }), lingui()],
        test: {
          name: "dashboard",
          include: ["src/dashboard/**/*.test.{ts,tsx}"],
          environment: "jsdom",
          setupFiles: "vitest.setup.ts",
          testTimeout: 30_000,
        },
      },
    ],
  },
});
