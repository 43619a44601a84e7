import { defineConfig } from "@lingui/cli";

export default defineConfig({
  sourceLocale: "en",
  locales: ["en"],
  catalogs: [{ path: "src/dashboard/locales/{locale}", include: ["src/dashboard"] }],
});
