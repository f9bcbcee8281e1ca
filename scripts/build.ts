// Compiles the program into dist/: one file for the server, one for each worker, and the browser's assets with their hash in the name.

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "assets"), { recursive: true });

const workers = globSync("src/**/*.worker.ts", { cwd: root });
const commands = [
  "src/main.ts",
  ...(existsSync(join(root, "bench/bench.ts")) ? globSync("bench/{bench,floor,load}.ts", { cwd: root }) : []),
];
// Packages of many small modules go into the files: finding and reading each of them is half of a start.
const inside = ["@hono/node-server", "hono", "kysely", "preact", "preact-render-to-string", "zod"];
const packages = Object.keys(
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { dependencies: object }).dependencies,
);
await build({
  absWorkingDir: root,
  entryPoints: [...commands, ...workers].map((path) => ({ in: path, out: basename(path, ".ts") })),
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  external: packages.filter((name) => !inside.includes(name)),
  jsx: "automatic",
  jsxImportSource: "preact",
  sourcemap: "linked",
  logLevel: "warning",
});

const browserScripts = globSync("src/**/browser/*.ts", { cwd: root, exclude: ["**/*.test.ts"] });
const entries = browserScripts.filter((path) => basename(path) === "main.ts" || !path.startsWith("src/ui/"));
const browser = await build({
  absWorkingDir: root,
  entryPoints: [
    ...entries.map((path) => ({ in: path, out: basename(path, ".ts") === "main" ? "ui" : basename(path, ".ts") })),
    ...(existsSync(join(root, "src/ui/style/main.css")) ? [{ in: "src/ui/style/main.css", out: "style" }] : []),
  ],
  outdir: join(dist, "assets"),
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: ["es2021", "chrome92", "firefox90", "safari15"],
  external: ["/assets/*"],
  loader: { ".woff2": "file" },
  metafile: true,
  sourcemap: false,
  logLevel: "warning",
});

// Which name each asset has now: "ui.js" -> "ui-5XQ2.js".
const manifest: Record<string, string> = {};
for (const [path, output] of Object.entries(browser.metafile.outputs)) {
  const file = relative("dist/assets", path);
  if (output.entryPoint) manifest[file.replace(/-[A-Z0-9]+(\.[a-z]+)$/, "$1")] = file;
}
for (const font of globSync(
  "node_modules/@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-{400,700}-normal.woff2",
  { cwd: root },
)) {
  mkdirSync(join(dist, "assets/fonts"), { recursive: true });
  copyFileSync(join(root, font), join(dist, "assets/fonts", basename(font)));
}
// Templates of documents are read beside the program.
for (const template of globSync("src/**/*.typ", { cwd: root }))
  copyFileSync(join(root, template), join(dist, basename(template)));
// Compressed once here, so that no request pays for it.
for (const file of globSync("**/*.{js,css}", { cwd: join(dist, "assets") })) {
  const path = join(dist, "assets", file);
  writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
}
const version = createHash("sha256").update(JSON.stringify(manifest)).digest("hex").slice(0, 8);
writeFileSync(join(dist, "assets/manifest.json"), JSON.stringify({ version, files: manifest }, null, 1));
