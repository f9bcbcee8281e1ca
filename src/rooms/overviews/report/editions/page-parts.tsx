// What the pages of editions share: who reads what, where things are, and small pieces of them.
import type { Registry } from "../../../../core/figures/registry.ts";
import type { Crumb } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may, type Scope } from "../../../../core/rights.ts";
import { figureHref } from "../href.ts";
import { seesExact } from "../masking.ts";
import type { FigureLine } from "./document.ts";
import type { Freeze } from "./freezing.ts";
import { type Chapter, chapterById, type Edition, editionById } from "./reads.ts";
import { editionRights } from "./rights.ts";

export const editionsCrumb: Crumb = { href: "/editions", label: "Éditions du rapport" };
export const editionHref = ({ id }: { id: string }, page = ""): string => `/editions/${id}${page}`;
export const chapterHref = (chapter: { edition: string; id: string }, page = ""): string =>
  `/editions/${chapter.edition}/chapitres/${chapter.id}${page}`;
export const blockHref = (edition: { id: string }, block: { id: string }, page = ""): string =>
  `/editions/${edition.id}/blocs/${block.id}${page}`;

/** Nobody writes in an edition that is frozen. */
export const isOpen = ({ state }: Pick<Edition, "state">): boolean => state === "draft" || state === "review";
export const closedSentence =
  "Cette édition est gelée\u00a0: ses textes et ses chiffres ne changent plus. La direction peut la rouvrir, avec une raison.";

export const writes = (scope: Scope): boolean => may(scope, editionRights["edition.write"]);
export const decides = (scope: Scope): boolean => may(scope, editionRights["edition.decide"]);

/**
 * Does this reader have exact numbers? Of a draft, which is told for them alone, the team has, without the figures that their role does not
 * know. What is frozen was told for all: it is for those who may know every figure; others have it as it leaves the house.
 */
export const readsWithin = (scope: Scope, all: Registry, edition: Pick<Edition, "state">): boolean =>
  seesExact(scope) && (isOpen(edition) || all.figures.every((figure) => !figure.right || may(scope, figure.right)));

/** The edition of the address, as this reader may see it: who does not write it sees it once it is frozen. */
export async function editionAt(at: At<unknown>, lock: "" | "decide" | "write" = ""): Promise<Edition | null> {
  const id = at.params.edition ?? "";
  const edition = isUuid(id) ? await editionById(at.tx, id, lock) : null;
  return edition && (writes(at.scope) || !isOpen(edition)) ? edition : null;
}

export async function chapterAt(
  at: At<unknown>,
  lock: "" | "write" = "",
): Promise<{ edition: Edition; chapter: Chapter } | null> {
  const edition = await editionAt(at, lock);
  const id = at.params.chapter ?? "";
  const chapter = edition && isUuid(id) ? await chapterById(at.tx, id) : null;
  return edition && chapter?.edition === edition.id ? { edition, chapter } : null;
}

/** The document of a freeze as this reader has it. */
export const frozenFor = (freeze: Freeze, within: boolean) => (within ? freeze.within : freeze.outside);

/** Where a figure of a document leads: its page, with its days and what restricts it. */
export function hrefsOf(figures: readonly FigureLine[]): (key: string) => string {
  const byKey = new Map(figures.map((line) => [line.key, line]));
  return (key) => {
    const line = byKey.get(key);
    if (!line) return "#";
    if (line.mark !== "computed") return `/rapport/declares?chiffre=${encodeURIComponent(line.code)}`;
    const [code] = JSON.parse(line.key) as [string];
    return figureHref(code, { from: line.from, to: line.to }, line.filters);
  };
}
