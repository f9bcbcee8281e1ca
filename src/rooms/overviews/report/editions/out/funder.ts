// One chapter for one funder: the chapter as it leaves the house, and its exits counted in that funder's own words, which may not be the
// house's.
import { askFigures } from "../../../../../core/figures/ask.ts";
import { maskedCells } from "../../../../../core/figures/mask.ts";
import type { Registry } from "../../../../../core/figures/registry.ts";
import type { At } from "../../../../../core/http/route.ts";
import { number, percent, shortDay } from "../../../../../ui/words.ts";
import {
  type Agreement,
  agreementsOf,
  type FunderWord,
  funderWords,
  targetsOfAgreement,
} from "../../../../foundations/programmes/door.ts";
import { inWords } from "../../masking.ts";
import { head } from "../../programme-year.ts";
import type { Document, DocumentBlock, Piece } from "../document.ts";
import type { Chapter, Edition } from "../reads.ts";
import { takenDocument } from "./taken.ts";

const exits = `${head}.sorties`;

/** Null: the house has no such agreement. "other": it is another programme's. */
export async function funderDocument(
  at: At,
  registries: { readable: Registry; all: Registry },
  edition: Edition,
  chapter: Chapter,
  id: string,
): Promise<{ document: Document; note: string } | "other" | null> {
  const [agreement] = await agreementsOf(at.tx, { id });
  if (!agreement) return null;
  if (agreement.programmeCode !== chapter.programme) return "other";
  const taken = await takenDocument(at, registries, edition, { within: false, chapter: chapter.id });
  const told = taken?.document.chapters[0];
  if (!taken || !told) return null;
  const block: DocumentBlock = { id: agreement.id, pieces: await funderPieces(at, registries.all, edition, agreement) };
  return {
    document: { ...taken.document, chapters: [{ ...told, blocks: [...told.blocks, block] }] },
    note: `Chapitre établi pour ${agreement.funder}, convention du ${shortDay(agreement.from)} au ${shortDay(agreement.to)}.`,
  };
}

async function funderPieces(at: At, registry: Registry, edition: Edition, agreement: Agreement): Promise<Piece[]> {
  const { funder, programmeCode } = agreement;
  const words = await funderWords(at.tx, programmeCode, funder);
  const table = await askFigures(at.tx, registry, {
    codes: [exits],
    period: { from: edition.from, to: edition.to },
    by: [[], ["motif"]],
    filters: { [head]: programmeCode },
  });
  const counted = words
    .map((word) => ({ ...word, count: table.at(exits, ["motif"], [word.label]) }))
    .filter((word) => word.count > 0);
  const targets = (await targetsOfAgreement(at.tx, agreement.id)).filter(
    ({ year }) => edition.from <= `${year}-12-31` && edition.to >= `${year}-01-01`,
  );
  return [
    { is: "heading", level: 2, spans: [{ is: "text", text: `Dans les mots de ${funder}` }] },
    ...exitPieces(counted, table.at(exits), funder),
    ...(targets.length > 0
      ? [
          {
            is: "table" as const,
            title: `Ce qui est promis à ${funder}`,
            head: [
              { label: "Chiffre", number: false },
              { label: "Année", number: true },
              { label: "Objectif", number: true },
            ],
            rows: targets.map(({ figure, year, number: promised }) => [
              registry.figure(`${head}.${figure}`)?.label ?? figure,
              String(year),
              number(promised),
            ]),
            foot: null,
            notes: [],
          },
        ]
      : []),
  ];
}

type CountedWord = FunderWord & { count: number };

/** Exits by their words, and how many of them the funder counts; small numbers masked with all that would tell them. */
export function exitPieces(words: readonly CountedWord[], all: number, funder: string): Piece[] {
  if (words.length === 0)
    return [{ is: "paragraph", spans: [{ is: "text", text: "Aucune sortie n’est notée dans la période." }] }];
  const positive = words.filter((word) => word.positive);
  const ofHouse = words.filter((word) => word.positiveForHouse);
  const totalOf = (list: readonly CountedWord[]): number => list.reduce((sum, word) => sum + word.count, 0);
  const [told, house] = [totalOf(positive), totalOf(ofHouse)];
  const cells = new Map<string, number>([
    ["all", all],
    ["positive", told],
    ["other", all - told],
    ["house", house],
    ["house-other", all - house],
    ...words.map((word) => [`w ${word.label}`, word.count] as const),
  ]);
  const parts = (list: readonly CountedWord[]): string[] => list.map((word) => `w ${word.label}`);
  const unnamed = all - totalOf(words);
  if (unnamed > 0) cells.set("unnamed", unnamed);
  const rest = unnamed > 0 ? ["unnamed"] : [];
  const masked = maskedCells(cells, [
    { total: "all", parts: [...parts(words), ...rest] },
    { total: "all", parts: ["positive", "other"] },
    { total: "all", parts: ["house", "house-other"] },
    { total: "positive", parts: parts(positive) },
    { total: "house", parts: parts(ofHouse) },
  ]);
  // The chapter says how many exits there are, and how many the house counts: where they would have to be hidden here, words are.
  const hideAll = masked.has("all") || masked.has("house");
  const shown = (id: string, value: number): string => (hideAll || masked.has(id) ? "masqué" : inWords(value));
  const share = hideAll || masked.has("positive") || all === 0 ? null : percent(Math.round((told / all) * 100));
  return [
    {
      is: "table",
      title: `Sorties, comme ${funder} les compte`,
      head: [
        { label: "Sortie", number: false },
        { label: "Nombre", number: true },
        { label: `Positive pour ${funder}`, number: false },
      ],
      rows: words.map((word) => [word.label, shown(`w ${word.label}`, word.count), word.positive ? "oui" : "non"]),
      foot: [
        "Positives",
        shown("positive", told),
        share ? `${share} des sorties${all < 10 ? " (sur moins de dix)" : ""}` : "",
      ],
      notes: [],
    },
  ];
}
