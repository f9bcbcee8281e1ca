// What other rooms and the application may use of programmes.
import type { Tx } from "../../../core/db/transaction.ts";
import { may } from "../../../core/rights.ts";
import { definitionOf, programmeBy } from "./catalogue/reads.ts";
import { isIndicator } from "./definition/agreements.ts";
import { fundingRights } from "./funding/rights.ts";
import { todo, todoFor } from "./funding/todo.ts";
import type { ProgrammesTables } from "./tables.ts";

export { loadDefinitions } from "./definition/loading.ts";
export { ensembleDimension, programmeDimension, sexDimension, siteDimension } from "./figure-sources.ts";
export { type Agreement, agreementsOf, type FundAgreement, underFund } from "./funding/agreements.ts";
export type { Truth } from "./funding/facts.ts";
export {
  type IndicatorLine,
  type Operation,
  operationOf,
  type Participant,
  type Sex,
} from "./funding/operation.ts";
export { fundingRights } from "./funding/rights.ts";
export { seenBy } from "./rights.ts";
export { chapterBlocks } from "./words.ts";

/** The programmes of the house, for which a role may be held. */
export const listProgrammes = (tx: Tx): Promise<{ id: string; label: string }[]> =>
  tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.programmes")
    .select(["id", "title as label"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("title")
    .execute();

export type ChapterFacts = {
  code: string;
  title: string;
  about: string | null;
  /** Blocks in order; null: all that the programme has. */
  chapter: string[] | null;
  rateOver: "followed" | "left";
  targets: { year: number; number: number; figure: string; funder: string | null }[];
};

/** What the chapter of a programme starts from; null when the house has no such programme. */
export async function chapterFacts(tx: Tx, code: string): Promise<ChapterFacts | null> {
  const programme = await programmeBy(tx, { code });
  if (!programme) return null;
  const { title, about, chapter, rate_over: rateOver } = programme;
  const { targets } = await definitionOf(tx, programme);
  // A fund's indicators are told on the page of its agreement.
  return { code, title, about, chapter, rateOver, targets: targets.filter(({ figure }) => !isIndicator(figure)) };
}

/** Code and title of each programme, by title. */
export const programmeTitles = async (tx: Tx): Promise<{ code: string; title: string }[]> =>
  tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.programmes")
    .select(["code", "title"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("title")
    .execute();

/** How many paths funders ask something of, of the reader's own or of all that they see; null for who does not follow funding. */
export async function fundingTodo(tx: Tx, mine: boolean): Promise<{ due: number; late: number } | null> {
  if (!may(tx.scope, fundingRights["funding.follow"])) return null;
  const lines = await todo(tx, { ...todoFor(tx.scope, mine), programme: null, kind: null });
  const due = lines.filter(({ task }) => task.state !== "ahead");
  return { due: due.length, late: due.filter(({ task }) => task.state === "late").length };
}

/** What was promised of an agreement: a number a year of one of the programme's figures. */
export const targetsOfAgreement = async (
  tx: Tx,
  agreement: string,
): Promise<{ year: number; number: number; figure: string }[]> =>
  tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.targets")
    .select(["year", "number", "figure"])
    .where("house_id", "=", tx.scope.house)
    .where("agreement_id", "=", agreement)
    .orderBy("year")
    .orderBy("figure")
    .execute();

/** What was promised of a year, over all programmes; a fund's indicators are told on the page of its agreement. */
export const targetsOfYear = async (
  tx: Tx,
  year: number,
): Promise<{ programme: string; title: string; figure: string; number: number; funder: string | null }[]> => {
  const rows = await tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.targets as t")
    .innerJoin("programmes.programmes as p", (join) =>
      join.onRef("p.house_id", "=", "t.house_id").onRef("p.id", "=", "t.programme_id"),
    )
    .leftJoin("programmes.agreements as a", (join) =>
      join.onRef("a.house_id", "=", "t.house_id").onRef("a.id", "=", "t.agreement_id"),
    )
    .select(["p.code as programme", "p.title", "t.figure", "t.number", "a.funder"])
    .where("t.house_id", "=", tx.scope.house)
    .where("t.year", "=", year)
    .orderBy("p.code")
    .orderBy("t.figure")
    .execute();
  return rows.filter(({ figure }) => !isIndicator(figure));
};

export type ChapterPlan = {
  code: string;
  title: string;
  about: string | null;
  pole: string | null;
  chapter: string[] | null;
};

/** What a report starts from: every programme of the house with what it shows, pole by pole. */
export const chapterPlans = async (tx: Tx): Promise<ChapterPlan[]> =>
  tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.programmes")
    .select(["code", "title", "about", "pole", "chapter"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("pole")
    .orderBy("title")
    .execute();

/** A word for an exit, and whether it counts as positive: for the house, and for one funder, who may count otherwise. */
export type FunderWord = { label: string; positive: boolean; positiveForHouse: boolean };

/** The words of a programme as one of its funders reads them. */
export async function funderWords(tx: Tx, programme: string, funder: string): Promise<FunderWord[]> {
  return tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.outcome_words as w")
    .innerJoin("programmes.programmes as p", (join) =>
      join.onRef("p.house_id", "=", "w.house_id").onRef("p.id", "=", "w.programme_id"),
    )
    .leftJoin("programmes.outcome_readings as r", (join) =>
      join.onRef("r.house_id", "=", "w.house_id").onRef("r.word_id", "=", "w.id").on("r.funder", "=", funder),
    )
    .select((one) => [
      "w.label",
      "w.positive as positiveForHouse",
      one.fn.coalesce("r.positive", "w.positive").as("positive"),
    ])
    .where("w.house_id", "=", tx.scope.house)
    .where("p.code", "=", programme)
    .orderBy("w.label")
    .execute();
}
