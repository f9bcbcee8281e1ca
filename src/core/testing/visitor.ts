// Somebody with a browser whose scripts are off: pages, forms, a cookie. No socket.
import type { Hono } from "hono";

export type Fields = Record<string, string | readonly string[]>;
export type Upload = { field: string; name: string; text: string | Buffer<ArrayBuffer> };
export type Wish = {
  cookie?: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  form?: Fields;
  file?: Upload;
  json?: unknown;
};
export type Got = { status: number; type: string; location: string; headers: Headers; text: string };
export type Server = Pick<Hono, "request">;

/** One request, as a browser that stands on a page of `publicUrl` would send it. */
export async function ask(
  server: Server,
  publicUrl: string,
  verb: string,
  path: string,
  wish: Wish = {},
): Promise<Got> {
  const query = wish.query && Object.keys(wish.query).length > 0 ? `?${new URLSearchParams(wish.query)}` : "";
  const headers = new Headers(wish.headers);
  if (wish.cookie) headers.set("cookie", wish.cookie);
  const init: RequestInit = { method: verb, headers };
  if (verb === "POST") {
    if (!headers.has("origin")) headers.set("origin", publicUrl);
    const [type, body] = await bodyOf(wish);
    if (!headers.has("content-type")) headers.set("content-type", type);
    headers.set("content-length", String(typeof body === "string" ? Buffer.byteLength(body) : body.byteLength));
    init.body = body;
  }
  const answer = await server.request(path + query, init);
  return {
    status: answer.status,
    type: answer.headers.get("content-type") ?? "",
    location: answer.headers.get("location") ?? "",
    headers: answer.headers,
    text: await answer.text(),
  };
}

async function bodyOf(wish: Wish): Promise<[type: string, body: string | ArrayBuffer]> {
  if (wish.json !== undefined) return ["application/json", JSON.stringify(wish.json)];
  if (wish.file) {
    const form = new FormData();
    form.append(wish.file.field, new File([wish.file.text], wish.file.name));
    const whole = new Response(form);
    return [whole.headers.get("content-type") ?? "", await whole.arrayBuffer()];
  }
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(wish.form ?? {}))
    for (const one of typeof value === "string" ? [value] : value) fields.append(name, one);
  return ["application/x-www-form-urlencoded", fields.toString()];
}

/** The part of a page that a pattern finds, with the signs that markup escapes given back. */
export const inPage = (text: string, pattern: RegExp): string =>
  (pattern.exec(text)?.[1] ?? "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** The value of a hidden field. */
export const fieldOf = (text: string, name: string): string =>
  inPage(text, new RegExp(`name="${name}" value="([^"]*)"`));

export type Visitor = {
  /** The session's cookie, kept from answer to answer. */
  cookie: string;
  get(path: string, wish?: Omit<Wish, "cookie">): Promise<Got>;
  post(path: string, form?: Fields, wish?: Omit<Wish, "cookie" | "form">): Promise<Got>;
};

export function makeVisitor(server: Server, publicUrl: string, cookie = ""): Visitor {
  const visitor: Visitor = {
    cookie,
    get: (path, wish) => go("GET", path, wish ?? {}),
    post: (path, form = {}, wish = {}) => go("POST", path, { ...wish, form }),
  };
  const go = async (verb: string, path: string, wish: Wish): Promise<Got> => {
    const got = await ask(server, publicUrl, verb, path, {
      ...wish,
      ...(visitor.cookie ? { cookie: visitor.cookie } : {}),
    });
    for (const set of got.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      visitor.cookie = pair.endsWith("=") ? "" : pair;
    }
    return got;
  };
  return visitor;
}
