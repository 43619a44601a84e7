/**
 * Byte budgets of the built pages, read from the two Vite manifests (run after `npm run build`).
 * Exit status 1 when a page is over its budget or when React itself reaches a public page.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const KB = 1024;
const BUDGETS = {
  publicScript: 30 * KB,
  publicStyle: 5 * KB,
  dashboardShell: 130 * KB,
  dashboardRoute: 110 * KB,
};
/** Strings that only the real React runtime contains. */
const REACT_MARKS = ["react.transitional.element", "__CLIENT_INTERNALS_DO_NOT_USE"];

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");

/** @param {string} build */
function openBuild(build) {
  const folder = join(dist, build);
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const read = (/** @type {string} */ file) => readFileSync(join(folder, file));
  return {
    manifest,
    size: (/** @type {string} */ file) => gzipSync(read(file), { level: 9 }).length,
    read,
  };
}

/**
 * Every script and stylesheet that loading `key` fetches at once (static imports only).
 * @param {Record<string, {file: string, imports?: string[], css?: string[]}>} manifest
 * @param {string} key
 */
function closure(manifest, key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return { scripts: new Set(), styles: new Set() };
  seen.add(key);
  const scripts = new Set(chunk.file.endsWith(".css") ? [] : [chunk.file]);
  const styles = new Set([
    ...(chunk.css ?? []),
    ...(chunk.file.endsWith(".css") ? [chunk.file] : []),
  ]);
  for (const imported of chunk.imports ?? []) {
    const inner = closure(manifest, imported, seen);
    for (const file of inner.scripts) scripts.add(file);
    for (const file of inner.styles) styles.add(file);
  }
  return { scripts, styles };
}

const failures = [];

/** @param {string} label @param {number} bytes @param {number} budget */
function gate(label, bytes, budget) {
  const line = `${label}: ${(bytes / KB).toFixed(1)} KB gz (budget ${budget / KB} KB)`;
  console.log(line);
  if (bytes > budget) failures.push(line);
}

/** @param {Iterable<string>} files @param {(file: string) => number} size */
const total = (files, size) => [...files].reduce((sum, file) => sum + size(file), 0);

const pub = openBuild("public");
for (const [key, chunk] of Object.entries(pub.manifest)) {
  if (!chunk.isEntry) continue;
  const { scripts, styles } = closure(pub.manifest, key);
  gate(`public ${key} scripts`, total(scripts, pub.size), BUDGETS.publicScript);
  gate(`public ${key} styles`, total(styles, pub.size), BUDGETS.publicStyle);
  for (const file of scripts) {
    const source = pub.read(file).toString("utf8");
    if (REACT_MARKS.some((mark) => source.includes(mark))) {
      failures.push(`public ${key}: ${file} contains the React runtime`);
    }
  }
}

const dash = openBuild("dashboard");
for (const [key, chunk] of Object.entries(dash.manifest)) {
  if (!chunk.isEntry) continue;
  const shell = closure(dash.manifest, key);
  gate(`dashboard shell ${key}`, total(shell.scripts, dash.size), BUDGETS.dashboardShell);
  for (const route of chunk.dynamicImports ?? []) {
    const extra = [...closure(dash.manifest, route).scripts].filter(
      (file) => !shell.scripts.has(file),
    );
    gate(`dashboard route ${route}`, total(extra, dash.size), BUDGETS.dashboardRoute);
  }
}

if (failures.length > 0) {
  console.error(`\nOver budget:\n${failures.map((line) => `  ${line}`).join("\n")}`);
  process.exit(1);
}
