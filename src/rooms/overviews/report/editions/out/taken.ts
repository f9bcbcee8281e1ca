// The document that a file is made of: for the house with every number, or as it leaves the house; whole, or one chapter.
import type { Registry } from "../../../../../core/figures/registry.ts";
import type { At } from "../../../../../core/http/route.ts";
import type { Document } from "../document.ts";
import { tellEdition } from "../edition.ts";
import { latestFreeze, partsOf } from "../freezing.ts";
import { frozenFor, isOpen, readsWithin } from "../page-parts.tsx";
import type { Edition } from "../reads.ts";

export type Taken = { document: Document; alone: boolean };

/** `within`: with every number, for who may know them; others have it as it leaves the house. */
export async function takenDocument(
  at: Pick<At<unknown>, "tx" | "scope">,
  registries: { readable: Registry; all: Registry },
  edition: Edition,
  { within, chapter }: { within: boolean; chapter: string | null },
): Promise<Taken | null> {
  const inside = within && readsWithin(at.scope, registries.all, edition);
  const whole = await documentOf(at, registries, edition, inside);
  if (chapter === null) return { document: whole, alone: false };
  const document = oneChapter(whole, chapter);
  return document && { document, alone: true };
}

async function documentOf(
  { tx }: Pick<At<unknown>, "tx">,
  { readable, all }: { readable: Registry; all: Registry },
  edition: Edition,
  inside: boolean,
): Promise<Document> {
  if (isOpen(edition))
    return (await tellEdition(tx, inside ? readable : all, edition, await partsOf(tx, edition.id), !inside)).document;
  const freeze = await latestFreeze(tx, edition.id);
  if (!freeze) throw new Error(`${edition.id} is frozen and has no freeze`);
  return frozenFor(freeze, inside);
}

/** The document of one chapter, with its own figures; null when it has none of that identifier. */
export function oneChapter(whole: Document, id: string): Document | null {
  const chapter = whole.chapters.find((one) => one.id === id);
  if (!chapter) return null;
  return {
    ...whole,
    title: `${chapter.title}, ${whole.title}`,
    chapters: [chapter],
    figures: whole.figures.filter((line) => line.chapters.includes(chapter.title)),
  };
}
