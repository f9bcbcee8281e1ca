// A whole edition told: every chapter in pieces, every figure once for the annex, and what is not right beside its block. Two readings of
// its blocks: the first learns what is to be counted, the second says it.
import type { Tx } from "../../../../core/db/transaction.ts";
import { yearPeriod } from "../../../../core/figures/print.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { namesByRole } from "../../../foundations/partners/door.ts";
import { targetsOfYear } from "../../../foundations/programmes/door.ts";
import { type DeclaredLine, standingDeclared } from "../declared/reads.ts";
import { type Around, type Targets, tellBlock } from "./blocks.ts";
import { type Catalogue, readCatalogue } from "./catalogue.ts";
import type { Document, DocumentBlock, DocumentChapter, FigureLine, Warning } from "./document.ts";
import { stepped } from "./headings.ts";
import { countNumbers, type Numbers, outsideRegistry, type Wish } from "./numbers.ts";
import type { Block, Chapter, Edition } from "./reads.ts";
import { photoSizes } from "./reads.ts";

export type Told = { document: Document; warnings: Warning[]; catalogue: Catalogue };
export type ChapterBlocks = { chapter: Chapter; blocks: readonly Block[] };

/** What the first telling finds: no number anywhere, and every question noted. */
function collector(): { numbers: Numbers; wishes: Wish[] } {
  const wishes: Wish[] = [];
  return {
    wishes,
    numbers: {
      at(wish) {
        wishes.push(wish);
        return { value: 0, shown: "0", hidden: null };
      },
      valuesOf(wish) {
        wishes.push(wish);
        return [];
      },
    },
  };
}

/** Tells chapters of an edition; hidden blocks are left out. `outside`: as readers outside the team have it. */
export async function tellEdition(
  tx: Tx,
  whole: Registry,
  edition: Edition,
  parts: readonly ChapterBlocks[],
  outside: boolean,
): Promise<Told> {
  const registry = outside ? outsideRegistry(whole) : whole;
  const period = { from: edition.from, to: edition.to };
  const catalogue = await readCatalogue(tx, whole, period);
  const shown = parts.map(({ chapter, blocks }) => ({ chapter, blocks: blocks.filter((block) => !block.hidden) }));
  const contents = shown.flatMap(({ blocks }) => blocks.map((block) => block.written));
  const targets = await targetsOf(tx, edition);
  const photos = await photoSizes(tx, edition.id);
  const roles = contents.flatMap((one) => (one.kind === "partners" && one.content.role ? [one.content.role] : []));
  const partners = await namesByRole(tx, roles, period);
  const declaredCodes = new Set<string>();
  const first = collector();
  const around = {
    catalogue,
    edition: period,
    outside,
    targets,
    photos,
    partners,
    chapter: "",
    lines: new Map<string, FigureLine>(),
    warn: () => {},
  };
  const collecting: Around = {
    ...around,
    numbers: first.numbers,
    collecting: true,
    declared(code) {
      declaredCodes.add(code);
      return [];
    },
  };
  for (const written of contents) tellBlock(collecting, written);
  const numbers = await countNumbers(tx, registry, first.wishes, outside);
  const declared = Map.groupBy(await standingDeclared(tx, [...declaredCodes]), (line) => line.code);
  const none: readonly DeclaredLine[] = [];
  const lines = new Map<string, FigureLine>();
  const warnings: Warning[] = [];
  const chapters = shown.map(({ chapter, blocks }): DocumentChapter => {
    const told = blocks.flatMap((block): DocumentBlock[] => {
      const telling: Around = {
        ...around,
        numbers,
        lines,
        collecting: false,
        chapter: chapter.title,
        declared: (code) => declared.get(code) ?? none,
        warn: (sentence) => void warnings.push({ block: block.id, sentence }),
      };
      const pieces = tellBlock(telling, block.written);
      return pieces.length > 0 ? [{ id: block.id, pieces }] : [];
    });
    return {
      id: chapter.id,
      kind: chapter.kind,
      programme: chapter.programme,
      title: chapter.title,
      blocks: stepped(told),
    };
  });
  return {
    document: {
      house: tx.scope.houseName,
      title: edition.title,
      ...period,
      made: tx.today,
      outside,
      chapters,
      figures: [...lines.values()],
    },
    warnings,
    catalogue,
  };
}

/** What was promised, by the code of the figure, of an edition that is a whole year. */
async function targetsOf(tx: Tx, edition: Edition): Promise<Targets> {
  const year = Number(edition.from.slice(0, 4));
  const { from, to } = yearPeriod(year);
  if (from !== edition.from || to !== edition.to) return new Map();
  const all = await targetsOfYear(tx, year);
  return Map.groupBy(all, ({ programme, figure }) => `${programme}.${figure}`);
}
