// Answers become HTTP, whole at once: status, every header, the packed body. Nothing touches them afterwards, because a response that is
// opened again to add a header costs more than the rest of a small request.
import { promisify } from "node:util";
import { gzip, gzipSync } from "node:zlib";
import type { Answer } from "./answer.ts";
import { problem } from "./api.ts";
import { withSaid } from "./said.ts";
import type { Around, Chrome } from "./server.ts";

const policy = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "worker-src": "'self'",
  "manifest-src": "'self'",
  "form-action": "'self'",
  "frame-ancestors": "'none'",
  "base-uri": "'none'",
};

/** Headers of every answer, whoever gives it. */
export const guards: Readonly<Record<string, string>> = {
  "content-security-policy": Object.entries(policy)
    .map(([what, from]) => `${what} ${from}`)
    .join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  // `no-referrer` would make browsers send `Origin: null` on plain form posts.
  "referrer-policy": "same-origin",
  "strict-transport-security": "max-age=15552000; includeSubDomains",
  "x-content-type-options": "nosniff",
  // For browsers older than `frame-ancestors`. What only Flash, Silverlight's time or a withdrawn filter knew is not said.
  "x-frame-options": "DENY",
};

/** Below this many signs a body travels in the same few packets, packed or not. */
const worthPacking = 6000;
/** Up to this many signs packing here takes less time than handing it over to another thread and hearing of it. */
const quicklyPacked = 100_000;
const packAside = promisify(gzip);
const packing = { level: 4, memLevel: 9 };

const guarded = new WeakSet<Response>();

/** True for a response that has its headers and its packing already. */
export const isGuarded = (response: Response): boolean => guarded.has(response);

/** `gzip`: the reader can unpack. `api`: refusals are problem details. */
export type Reader = { gzip: boolean; api: boolean };

/** Reads from the request's `Accept-Encoding` whether gzip may be sent. */
export const takesGzip = (accepted: string | null): boolean =>
  accepted !== null && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted);

export async function respond(
  answer: Answer,
  around: Around,
  facts: { chrome: Chrome; secret: string },
  reader: Reader,
): Promise<Response> {
  const html = "text/html; charset=utf-8";
  switch (answer.kind) {
    case "page":
      return whole(facts.chrome.page(answer, around), answer.status, html, reader);
    case "fragment":
      return whole(facts.chrome.fragment(answer), answer.status, html, reader);
    case "json": {
      const type = answer.status >= 400 ? "application/problem+json" : "application/json";
      return whole(JSON.stringify(answer.data), answer.status, type, reader);
    }
    case "refusal": {
      if (!reader.api) return whole(facts.chrome.refusal(answer, around), answer.status, html, reader);
      return respond(problem(answer.status, answer.sentence), around, facts, reader);
    }
    case "redirect": {
      const location = answer.said ? withSaid(facts.secret, answer.to, answer.said) : answer.to;
      const plain = { ...guards, location, "cache-control": "no-store" };
      const headers = answer.cookies ? new Headers(plain) : plain;
      for (const cookie of answer.cookies ?? []) (headers as Headers).append("set-cookie", cookie);
      return sealed(new Response(null, { status: answer.again ? 307 : 303, headers }));
    }
    case "file":
      // Its rows are read as it goes: it is packed as it goes too, by what stands around the routes.
      return new Response(answer.stream, {
        headers: {
          "content-type": answer.type,
          "content-disposition": `${answer.inline ? "inline" : "attachment"}; filename="${answer.name.replace(/[^A-Za-z0-9._-]+/g, "-")}"`,
          "cache-control": "no-store",
        },
      });
  }
}

async function whole(text: string, status: number, type: string, reader: Reader): Promise<Response> {
  const headers = { ...guards, "content-type": type, "cache-control": "no-store", vary: "accept-encoding" };
  if (!reader.gzip || text.length < worthPacking) return sealed(new Response(text, { status, headers }));
  const packed = text.length < quicklyPacked ? gzipSync(text, packing) : await packAside(text, packing);
  return sealed(new Response(packed, { status, headers: { ...headers, "content-encoding": "gzip" } }));
}

function sealed(response: Response): Response {
  guarded.add(response);
  return response;
}
