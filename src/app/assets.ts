// The browser's files: built once with their hash in the name, so that a browser keeps them for ever.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Hono } from "hono";
import { projectRoot } from "../core/root.ts";

const folder = join(projectRoot, "dist/assets");

type Manifest = { version: string; files: Record<string, string> };
const types: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  woff2: "font/woff2",
};

export type AssetUrls = { css: string; script(name: string): string; file(name: string): string };

let manifest: Manifest | null = null;

function read(): Manifest {
  if (!manifest) {
    const path = join(folder, "manifest.json");
    manifest = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Manifest) : { version: "0", files: {} };
  }
  return manifest;
}

const urlOf = (name: string): string => `/assets/${read().files[name] ?? name}`;

/** Addresses of the built files, by the name that the code knows: `script("ui")`, `css`. */
export const assetUrls: AssetUrls = {
  get css() {
    return urlOf("style.css");
  },
  script: (name) => urlOf(`${name}.js`),
  file: urlOf,
};

/** The text of a built file, by its known name. @throws when the build does not have it. */
export const assetText = (name: string): string => readFileSync(join(folder, read().files[name] ?? name), "utf8");

/** Serves `/assets/…`: only the names that the build made, already compressed. */
export function serveAssets(app: Hono): void {
  const kept = new Map<string, { plain: Buffer<ArrayBuffer>; brotli: Buffer<ArrayBuffer> | null; type: string }>();
  const known = new Set(Object.values(read().files));
  app.get("/assets/:file{[A-Za-z0-9._/-]+}", (context) => {
    const name = context.req.param("file");
    const type = types[name.slice(name.lastIndexOf(".") + 1)];
    const font = /^fonts\/[a-z0-9-]+\.woff2$/.test(name);
    if (!type || !(known.has(name) || font)) return context.notFound();
    let asset = kept.get(name);
    if (!asset) {
      const path = join(folder, name);
      if (!existsSync(path)) return context.notFound();
      asset = { plain: readFileSync(path), brotli: existsSync(`${path}.br`) ? readFileSync(`${path}.br`) : null, type };
      kept.set(name, asset);
    }
    const brotli = asset.brotli && /\bbr\b/.test(context.req.header("accept-encoding") ?? "");
    return new Response(brotli ? asset.brotli : asset.plain, {
      headers: {
        "content-type": asset.type,
        "cache-control": "public, max-age=31536000, immutable",
        vary: "accept-encoding",
        ...(brotli ? { "content-encoding": "br" } : {}),
      },
    });
  });
}
