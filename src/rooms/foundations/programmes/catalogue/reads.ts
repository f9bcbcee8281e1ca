// The catalogue, and a programme whole.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Definition } from "../definition/definition.ts";
import type { OutcomeWord } from "../definition/outcomes.ts";
import type { Condition } from "../eligibility/conditions.ts";
import type { FieldsTable, OutcomeWordsTable, ProgrammesTable, ProgrammesTables, StagesTable } from "../tables.ts";

export type ProgrammeLine = Pick<ProgrammesTable, "id" | "code" | "title" | "pole" | "ended_on"> & {
  funders: string[];
  takes: "persons" | "structures";
};

/** The catalogue, pole by pole. */
export const catalogue = (tx: Tx): Promise<ProgrammeLine[]> =>
  tx
    .often<ProgrammesTables>()
    .selectFrom("programmes.programmes")
    .select(["id", "code", "title", "pole", "funders", "takes", "ended_on"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("pole")
    .orderBy("title")
    .orderBy("code")
    .execute();

export type Programme = Omit<
  ProgrammesTable,
  "house_id" | "funders" | "takes" | "rate_over" | "cddi_as" | "chapter" | "version" | "created_at"
> & {
  funders: string[];
  takes: "persons" | "structures";
  rate_over: "followed" | "left";
  cddi_as: "insertion" | "common";
  chapter: string[] | null;
  version: number;
};

const columns = [
  "id",
  "code",
  "title",
  "pole",
  "funders",
  "about",
  "carrier",
  "ensemble",
  "referral_rule",
  "opened_on",
  "ended_on",
  "end_reason",
  "capacity",
  "takes",
  "rate_over",
  "cddi_as",
  "chapter",
  "version",
] as const;

/** A programme by its code or its identifier. */
export const programmeBy = async (tx: Tx, by: { code: string } | { id: string }): Promise<Programme | null> =>
  (await tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.programmes")
    .select(columns)
    .where("house_id", "=", tx.scope.house)
    .where("code" in by ? "code" : "id", "=", "code" in by ? by.code : by.id)
    .executeTakeFirst()) ?? null;

/** The conditions in force. */
export async function conditionsOf(tx: Tx, programme: string): Promise<Condition[]> {
  const found = await tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.eligibility")
    .select("conditions")
    .where("house_id", "=", tx.scope.house)
    .where("programme_id", "=", programme)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.conditions ?? [];
}

export type Stage = Pick<StagesTable, "id" | "label" | "to_day">;
export const stagesOf = (tx: Tx, programme: string): Promise<Stage[]> =>
  tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.stages")
    .select(["id", "label", "to_day"])
    .where("house_id", "=", tx.scope.house)
    .where("programme_id", "=", programme)
    .orderBy("position")
    .execute();

export type Word = Omit<
  OutcomeWordsTable,
  "house_id" | "programme_id" | "comparable" | "position" | "place" | "version"
> & {
  place: OutcomeWord["place"];
};
/** All words, those no longer offered too (`to_day`). */
export const wordsOf = (tx: Tx, programme: string): Promise<Word[]> =>
  tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.outcome_words")
    .select(["id", "label", "kind", "lasting", "law", "qualifying", "positive", "place", "from_day", "to_day"])
    .where("house_id", "=", tx.scope.house)
    .where("programme_id", "=", programme)
    .orderBy("position")
    .orderBy("label")
    .execute();

export type Field = Pick<FieldsTable, "id" | "label" | "kind" | "to_day"> & { options: string[]; required: boolean };
export const fieldsOf = (tx: Tx, programme: string): Promise<Field[]> =>
  tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.fields")
    .select(["id", "label", "kind", "options", "required", "to_day"])
    .where("house_id", "=", tx.scope.house)
    .where("programme_id", "=", programme)
    .orderBy("position")
    .execute();

export const siteCodesOf = async (tx: Tx, programme: string): Promise<string[]> =>
  (
    await sql<{ code: string }>`
      SELECT s.code FROM programmes.programme_sites p JOIN house.sites s ON s.house_id = p.house_id AND s.id = p.site_id
       WHERE p.house_id = ${tx.scope.house} AND p.programme_id = ${programme} ORDER BY s.position, s.name`.execute(
      tx.on(),
    )
  ).rows.map((row) => row.code);

/** What is still offered. */
export const offered = <T extends { to_day: string | null }>(all: readonly T[], today: string): T[] =>
  all.filter((one) => one.to_day === null || one.to_day >= today);

/** A programme as its definition says it today. */
export async function definitionOf(tx: Tx, one: Programme): Promise<Definition> {
  const house = tx.scope.house;
  const [conditions, stages, words, fields, sites] = await Promise.all([
    conditionsOf(tx, one.id),
    stagesOf(tx, one.id),
    wordsOf(tx, one.id),
    fieldsOf(tx, one.id),
    siteCodesOf(tx, one.id),
  ]);
  const { rows: readings } = await sql<{ word_id: string; funder: string; positive: boolean }>`
    SELECT r.word_id, r.funder, r.positive FROM programmes.outcome_readings r JOIN programmes.outcome_words w ON w.house_id = r.house_id AND w.id = r.word_id
     WHERE r.house_id = ${house} AND w.programme_id = ${one.id} ORDER BY r.funder`.execute(tx.on());
  const { rows: agreements } = await sql<{ funder: string; from: string; to: string; cents: string | null }>`
    SELECT funder, from_day AS "from", to_day AS "to", amount_cents AS cents FROM programmes.agreements
     WHERE house_id = ${house} AND programme_id = ${one.id} ORDER BY funder, from_day`.execute(tx.on());
  const { rows: targets } = await sql<{ year: number; number: number; figure: string; funder: string | null }>`
    SELECT t.year, t.number::float8 AS number, t.figure, a.funder FROM programmes.targets t LEFT JOIN programmes.agreements a ON a.house_id = t.house_id AND a.id = t.agreement_id
     WHERE t.house_id = ${house} AND t.programme_id = ${one.id} ORDER BY t.year, t.figure, a.funder NULLS FIRST`.execute(
    tx.on(),
  );
  return {
    code: one.code,
    title: one.title,
    pole: one.pole,
    funders: one.funders,
    about: one.about,
    carrier: one.carrier,
    ensemble: one.ensemble,
    referralRule: one.referral_rule,
    openedOn: one.opened_on,
    capacity: one.capacity,
    takes: one.takes,
    rateOver: one.rate_over,
    cddiAs: one.cddi_as,
    chapter: one.chapter,
    sites,
    conditions,
    stages: offered(stages, tx.today).map((stage) => stage.label),
    outcomes: offered(words, tx.today).map(({ id, label, kind, lasting, law, qualifying, positive, place }) => ({
      label,
      kind,
      lasting,
      law,
      qualifying,
      positive,
      place,
      readings: readings.filter((one) => one.word_id === id).map(({ funder, positive }) => ({ funder, positive })),
    })),
    fields: offered(fields, tx.today).map(({ label, kind, options, required }) => ({ label, kind, options, required })),
    agreements: agreements.map(({ cents, ...one }) => ({ ...one, cents: cents === null ? null : Number(cents) })),
    targets,
  };
}
