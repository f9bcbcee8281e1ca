// Lets Node run .ts and .tsx sources directly in tests: each file is compiled by esbuild as it is loaded.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith("file:") || !/\.tsx?$/.test(url) || url.includes("/node_modules/"))
      return nextLoad(url, context);
    const path = fileURLToPath(url);
    const { code } = transformSync(readFileSync(path, "utf8"), {
      loader: path.endsWith("x") ? "tsx" : "ts",
      format: "esm",
      target: "node24",
      sourcemap: "inline",
      sourcefile: path,
      jsx: "automatic",
      jsxImportSource: "preact",
    });
    return { format: "module", source: code, shortCircuit: true };
  },
});
