// What a handler answers: values that the server turns into HTTP. A refusal is a value too, and always carries a sentence.
import type { ComponentChildren } from "preact";

export type Notice = {
  kind: "success" | "info" | "warn" | "error";
  text: string;
  action?: { href: string; label: string };
};

export type Answer =
  | {
      kind: "page";
      status: number;
      title: string;
      body: ComponentChildren;
      notice?: Notice;
      crumbs?: Crumb[];
      scripts?: string[];
      bare?: boolean;
      /** Seconds after which the page is asked for again where scripts are off: work is going on. */
      refresh?: number;
      strangers?: ForStrangers;
    }
  | { kind: "fragment"; status: number; body: ComponentChildren }
  /** `said`: the sentence of the page that follows. `again`: the same form is posted there. */
  | { kind: "redirect"; to: string; said?: string; cookies?: string[]; again?: boolean }
  | { kind: "json"; status: number; data: unknown }
  | {
      kind: "file";
      stream: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string;
      name: string;
      type: string;
      inline?: boolean;
    }
  | { kind: "refusal"; status: RefusalStatus; sentence: string };

/**
 * A page that a house shows to strangers and to search engines. `home`: where the house's name leads. `facts`: what schema.org has words for,
 * as JSON-LD.
 */
export type ForStrangers = {
  house: string;
  home: string;
  description: string;
  canonical: string;
  facts?: Readonly<Record<string, unknown>>;
};

export type RefusalStatus = 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503;

export type Crumb = { href: string; label: string };

/** A form as it was typed: every field, every value. */
export type Typed = Record<string, string[]>;

type PageWish = Omit<Extract<Answer, { kind: "page" }>, "kind" | "status"> & { status?: number };

export const page = (wish: PageWish): Answer => ({ kind: "page", status: 200, ...wish });
export const fragment = (body: ComponentChildren, status = 200): Answer => ({ kind: "fragment", status, body });
export const redirect = (to: string, said?: string): Answer => ({ kind: "redirect", to, ...(said ? { said } : {}) });
export const json = (data: unknown, status = 200): Answer => ({ kind: "json", status, data });
/** The same form is sent again, there: the browser posts the same body to another address. */
export const sendOn = (to: string): Answer => ({ kind: "redirect", to, again: true });
export const refusal = (status: RefusalStatus, sentence: string): Answer => ({ kind: "refusal", status, sentence });
/** Out of scope, or not there: the two are not told apart. */
export const notFound = (what = "Cette page"): Answer =>
  refusal(404, `${what} n’existe pas, ou n’est pas dans ce que vous pouvez voir.`);
