// Lets Node run .ts and .tsx sources directly in tests: each file is compiled by esbuild as it is loaded, and what came out is kept beside
// the packages until the file changes. Compiled code is kept too, and packages of hundreds of modules are made one file: most of a test
// file's start would be spent on the same modules again.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire, enableCompileCache, registerHooks } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..");
const kept = join(root, "node_modules/.cache/traboule");
const require = createRequire(import.meta.url);
const esbuildVersion = (require("esbuild/package.json") as { version: string }).version;
const options = { format: "esm", target: "node24", jsx: "automatic", jsxImportSource: "preact" } as const;

mkdirSync(join(kept, "sources"), { recursive: true });
enableCompileCache(join(kept, "code"));
// For the threads and programs that a test starts.
process.env.NODE_COMPILE_CACHE ??= join(kept, "code");

/** The text of a source as Node runs it. */
function compiled(path: string): string {
  const text = readFileSync(path, "utf8");
  const key = createHash("sha256")
    .update(JSON.stringify([esbuildVersion, options, path, text]))
    .digest("hex");
  const file = join(kept, "sources", `${relative(root, path).replace(/[^\w.-]/g, "_")}.js`);
  const first = `// ${key}\n`;
  try {
    const found = readFileSync(file, "utf8");
    if (found.startsWith(first)) return found;
  } catch {
    // It was never loaded.
  }
  const { transformSync } = require("esbuild") as typeof import("esbuild");
  const { code } = transformSync(text, {
    ...options,
    loader: path.endsWith("x") ? "tsx" : "ts",
    sourcemap: "inline",
    sourcefile: path,
    banner: first.trimEnd(),
  });
  // Written aside: tests that run at once load the same files.
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, code);
  renameSync(aside, file);
  return code;
}

/** Packages of which each small module would be found, read and linked anew: half of a test file's start. */
const inOne = new Set(["kysely", "zod"]);

/** Such a package as one file, made the first time. */
function whole(name: string): string {
  const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as {
    version: string;
  };
  const file = join(kept, "sources", `${name}-${version}.mjs`);
  if (existsSync(file)) return file;
  const { buildSync } = require("esbuild") as typeof import("esbuild");
  const aside = `${file}.${process.pid}`;
  buildSync({
    stdin: { contents: `export * from ${JSON.stringify(name)};`, resolveDir: root },
    outfile: aside,
    bundle: true,
    format: "esm",
    platform: "node",
  });
  renameSync(aside, file);
  return file;
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!inOne.has(specifier)) return nextResolve(specifier, context);
    return { url: pathToFileURL(whole(specifier)).href, format: "module", shortCircuit: true };
  },
  load(url, context, nextLoad) {
    if (!url.startsWith("file:") || !/\.tsx?$/.test(url) || url.includes("/node_modules/"))
      return nextLoad(url, context);
    return { format: "module", source: compiled(fileURLToPath(url)), shortCircuit: true };
  },
});
