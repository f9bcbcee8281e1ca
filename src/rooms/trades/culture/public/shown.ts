// One public page of a house, for strangers: shown when the house has opened it.
import type { ComponentChildren } from "preact";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, page, refusal } from "../../../../core/http/answer.ts";
import type { OpenAt } from "../../../../core/http/route.ts";
import { byPage, type PublicPage, publicPage } from "./reads.ts";

export const silent = { none: "a public page, no record of a person" };
export const gone = (): Answer => refusal(404, "Cette page n’existe pas, ou n’est pas ouverte au public.");
export const base = "/culture-pour-tous";

type Shown = { tx: Tx; told: PublicPage; home: string };
type Part = {
  title: string;
  description?: string;
  path?: string;
  facts?: Record<string, unknown>;
  status?: number;
  body: ComponentChildren;
};

/** One public page of the house whose code the address bears. */
export async function shown(
  at: OpenAt<unknown>,
  work: (facts: Shown) => Promise<Part | Extract<Answer, { kind: "refusal" }>>,
): Promise<Answer> {
  const found = await byPage(at.services, at.params.house ?? "", async (tx) => {
    const told = await publicPage(tx);
    if (!told?.open) return null;
    const home = `${base}/${tx.scope.houseCode}`;
    const part = await work({ tx, told, home });
    if ("kind" in part) return part;
    return page({
      title: part.title,
      status: part.status ?? 200,
      strangers: {
        house: tx.scope.houseName,
        home,
        description: part.description ?? firstSentence(told.about),
        canonical: `${at.services.config.publicUrl}${home}${part.path ?? ""}`,
        ...(part.facts ? { facts: part.facts } : {}),
      },
      body: part.body,
    });
  });
  return found ?? gone();
}

/** What a search engine shows under the title: the beginning, ended at a word. */
export function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 160 ? line : `${line.slice(0, 159).replace(/\s+\S*$/, "")}…`;
}
