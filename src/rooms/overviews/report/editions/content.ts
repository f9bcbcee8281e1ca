// What a block holds, by its kind: stored as it was written, figures as references and never as numbers.
import { z } from "zod";
import { drawings, signatures } from "./words.ts";

const line = (most: number) => z.string().max(most).default("");

/** Between the marks that a text, a table or a chart leaves: a figure by its code, with what restricts it. */
export const contents = {
  text: z.object({ text: line(20_000) }),
  box: z.object({ title: line(120), text: line(8000) }),
  /** One reference a line, in the words of a text; `quiet`: a line whose number is zero is left out. */
  figures: z.object({ lines: line(20_000), quiet: z.boolean().default(false) }),
  table: z.object({
    title: line(200),
    /** References, one a line: a column each. */
    figures: line(2000),
    by: line(60),
    across: line(60),
  }),
  chart: z.object({
    title: line(200),
    figure: line(300),
    by: line(60),
    drawing: z.enum(drawings),
    text: line(1000),
  }),
  testimony: z.object({
    text: line(6000),
    author: line(120),
    signature: z.enum(signatures),
    /** The day on which its author agreed; empty: not yet, and it leaves the house nowhere. */
    agreed: line(10),
  }),
  photo: z.object({ photo: line(40), alternative: line(500), caption: line(300), credit: line(120) }),
  partners: z.object({ title: line(200), role: line(120), more: line(4000) }),
} as const;

export type Contents = { [K in keyof typeof contents]: z.infer<(typeof contents)[K]> };
export type Content = Contents[keyof Contents];
/** A block's kind and what it holds, together. */
export type Written = { [K in keyof Contents]: { kind: K; content: Contents[K] } }[keyof Contents];

/** What the database holds, as what it is. @throws when it is not: a block is written through its form only. */
export const writtenOf = (kind: keyof Contents, content: unknown): Written =>
  ({ kind, content: contents[kind].parse(content) }) as Written;
