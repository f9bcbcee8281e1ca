// XML of a workbook, read tag by tag. No entity but XML's own five is known, no document type is accepted, and nothing is nested deeper
// than a workbook is.
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { ImportRefusal } from "./refusal.ts";

const malformed = "Ce classeur est abîmé : une de ses parties est mal formée.";
const deepest = 60;

export type Tag = { name: string; attributes: Record<string, string> };
type Hearing = { open?: (tag: Tag) => void; text?: (text: string) => void; close?: (name: string) => void };

/** A parser that tells names without their prefix. `write` throws an ImportRefusal for what is no XML of a workbook. */
export function xmlParser(hearing: Hearing): { write(text: string): void; end(): void } {
  const parser = new SaxesParser();
  let depth = 0;
  const bare = (tag: SaxesTagPlain): string => tag.name.slice(tag.name.indexOf(":") + 1);
  parser.on("doctype", () => {
    throw new ImportRefusal(
      "Ce classeur contient une déclaration de type (DOCTYPE), qu’aucun tableur n’écrit : il est refusé.",
    );
  });
  parser.on("error", () => {
    throw new ImportRefusal(malformed);
  });
  parser.on("opentag", (tag) => {
    if (++depth > deepest) throw new ImportRefusal(malformed);
    hearing.open?.({ name: bare(tag), attributes: tag.attributes });
  });
  parser.on("closetag", (tag) => {
    depth--;
    hearing.close?.(bare(tag));
  });
  if (hearing.text) parser.on("text", hearing.text);
  return {
    write: (text) => void parser.write(text),
    end: () => void parser.close(),
  };
}

/** The attributes of every element of that name, in order. */
export function attributesOf(xml: string, name: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  if (!xml) return found;
  const parser = xmlParser({
    open(tag) {
      if (tag.name === name) found.push(tag.attributes);
    },
  });
  parser.write(xml);
  parser.end();
  return found;
}
