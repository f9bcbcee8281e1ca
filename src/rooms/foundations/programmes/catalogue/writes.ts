// A programme written as its definition says. Rules, stages and words that something of the past rests on are ended, not removed.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { addDays } from "../../../../core/time.ts";
import { listSites } from "../../house/door.ts";
import type { Definition } from "../definition/definition.ts";
import { plain } from "../definition/lines.ts";
import type { Condition } from "../eligibility/conditions.ts";
import { conditionsOf, type Programme, programmeBy } from "./reads.ts";

export type Saved = { ok: true; id: string } | { ok: false; sentence: string; field: string; stale?: true };

/** What keeps a definition from being written, beyond its own words: by the field's name in the file. */
async function refusalOf(
  tx: Tx,
  definition: Definition,
  self: string | null,
): Promise<{ field: string; sentence: string } | null> {
  const sites = new Set((await listSites(tx)).map((site) => site.code));
  const unknown = definition.sites.find((code) => !sites.has(code));
  if (unknown !== undefined)
    return { field: "lieux", sentence: `Le lieu «\u00a0${unknown}\u00a0» n’est pas un lieu de la maison.` };
  const { rows } = await sql<{ code: string; ensemble: string | null; id: string }>`
    SELECT code, ensemble, id FROM programmes.programmes WHERE house_id = ${tx.scope.house}`.execute(tx.on());
  const others = rows.filter((row) => row.id !== self);
  if (others.some((row) => row.code === definition.code))
    return { field: "code", sentence: `Le code «\u00a0${definition.code}\u00a0» est déjà celui d’un dispositif.` };
  // Codes of figures start with either: one name, one thing.
  if (others.some((row) => row.ensemble === definition.code))
    return {
      field: "code",
      sentence: `«\u00a0${definition.code}\u00a0» est déjà le nom d’un ensemble de dispositifs.`,
    };
  if (definition.ensemble !== null && [definition, ...others].some((row) => row.code === definition.ensemble))
    return { field: "ensemble", sentence: `«\u00a0${definition.ensemble}\u00a0» est déjà le code d’un dispositif.` };
  if (self !== null && (await takesOthers(tx, self, definition.takes)))
    return {
      field: "public",
      sentence: `Ce dispositif accompagne déjà des ${definition.takes === "persons" ? "structures" : "personnes"}\u00a0: créez-en un autre.`,
    };
  const funders = new Set(definition.agreements.map((one) => plain(one.funder)));
  const missing = definition.targets.find((one) => one.funder !== null && !funders.has(plain(one.funder)));
  if (missing)
    return {
      field: "objectifs",
      sentence: `L’objectif «\u00a0pour ${missing.funder}\u00a0» n’a pas de convention de ce financeur.`,
    };
  return null;
}

/** Whether those that are in a programme are not of the kind that its definition now says. */
async function takesOthers(tx: Tx, id: string, takes: Definition["takes"]): Promise<boolean> {
  const table = sql.table(takes === "persons" ? "programmes.accompaniments" : "programmes.enrolments");
  const { rows } =
    await sql`SELECT 1 FROM ${table} WHERE house_id = ${tx.scope.house} AND programme_id = ${id} LIMIT 1`.execute(
      tx.on(),
    );
  return rows.length > 0;
}

/**
 * Creates a programme under `key`, or changes one as it was at `version`. The words of a definition replace those of the one before;
 * what is no longer said is ended the day before, or removed when nothing rests on it.
 */
export async function saveProgramme(
  tx: Tx,
  definition: Definition,
  target: { key: string } | { programme: Programme; version: number },
): Promise<Saved> {
  const self = "programme" in target ? target.programme.id : null;
  const refused = await refusalOf(tx, definition, self);
  const again = "key" in target ? await programmeBy(tx, { id: target.key }) : null;
  if (again) return { ok: true, id: again.id };
  if (refused) return { ok: false, ...refused };
  const id = self ?? ("key" in target ? target.key : "");
  const row = {
    code: definition.code,
    title: definition.title,
    pole: definition.pole,
    funders: definition.funders,
    about: definition.about,
    carrier: definition.carrier,
    ensemble: definition.ensemble,
    referral: definition.referralRule,
    opened: definition.openedOn,
    capacity: definition.capacity,
  };
  if ("programme" in target) {
    const { rows } =
      await sql`UPDATE programmes.programmes SET code = ${row.code}, title = ${row.title}, pole = ${row.pole}, funders = ${row.funders}::text[], about = ${row.about},
        carrier = ${row.carrier}, ensemble = ${row.ensemble}, referral_rule = ${row.referral}, opened_on = ${row.opened}::date, capacity = ${row.capacity}::int,
        takes = ${definition.takes}, rate_over = ${definition.rateOver}, cddi_as = ${definition.cddiAs}, chapter = ${json(definition.chapter)}::jsonb, version = version + 1
      WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${target.version} RETURNING id`.execute(tx.on());
    if (rows.length === 0)
      return {
        ok: false,
        stale: true,
        field: "",
        sentence: "Ce dispositif a été modifié entre-temps : voici ce qu’il dit maintenant.",
      };
  } else
    await sql`INSERT INTO programmes.programmes (house_id, id, code, title, pole, funders, about, carrier, ensemble, referral_rule, opened_on, capacity, takes, rate_over, cddi_as, chapter, created_at)
      VALUES (${tx.scope.house}, ${id}, ${row.code}, ${row.title}, ${row.pole}, ${row.funders}::text[], ${row.about}, ${row.carrier}, ${row.ensemble}, ${row.referral}, ${row.opened}::date,
        ${row.capacity}::int, ${definition.takes}, ${definition.rateOver}, ${definition.cddiAs}, ${json(definition.chapter)}::jsonb, ${tx.clock.now()})`.execute(
      tx.on(),
    );
  await writeSites(tx, id, definition.sites);
  await writeConditions(tx, id, definition.conditions);
  await writeStages(tx, id, definition.stages);
  await writeWords(tx, id, definition);
  await writeFields(tx, id, definition);
  await writeAgreements(tx, id, definition);
  return { ok: true, id };
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

async function writeSites(tx: Tx, id: string, codes: readonly string[]): Promise<void> {
  const house = tx.scope.house;
  await sql`DELETE FROM programmes.programme_sites p USING house.sites s WHERE p.house_id = ${house} AND p.programme_id = ${id} AND s.house_id = p.house_id AND s.id = p.site_id AND s.code <> ALL(${[...codes]}::text[])`.execute(
    tx.on(),
  );
  await sql`INSERT INTO programmes.programme_sites (house_id, programme_id, site_id) SELECT ${house}, ${id}, s.id FROM house.sites s
    WHERE s.house_id = ${house} AND s.code = ANY(${[...codes]}::text[]) ON CONFLICT DO NOTHING`.execute(tx.on());
}

/** A change of the conditions is a row more, later than every one before it; past checks rest on what was in force that day. */
async function writeConditions(tx: Tx, id: string, conditions: readonly Condition[]): Promise<void> {
  const text = JSON.stringify(conditions);
  if (text === JSON.stringify(await conditionsOf(tx, id))) return;
  await sql`INSERT INTO programmes.eligibility (house_id, id, programme_id, at, account_id, conditions)
    SELECT ${tx.scope.house}, ${tx.ids.uuid()}, ${id}, greatest(${tx.clock.now()}::timestamptz, max(at) + interval '1 millisecond'), ${tx.scope.account}, ${text}::jsonb
    FROM programmes.eligibility WHERE house_id = ${tx.scope.house} AND programme_id = ${id}`.execute(tx.on());
}

/** Ends the lines of a list that are no longer said; those on which nothing rests go. `used`: SQL that says whether something does, of `x`. */
async function endOthers(
  tx: Tx,
  table: "stages" | "outcome_words" | "fields",
  id: string,
  labels: readonly string[],
  used: string,
): Promise<void> {
  const target = sql.table(`programmes.${table}`);
  const gone = sql`x.house_id = ${tx.scope.house} AND x.programme_id = ${id} AND x.comparable <> ALL (SELECT core.normalise(l) FROM unnest(${[...labels]}::text[]) l)`;
  if (table === "outcome_words")
    await sql`DELETE FROM programmes.outcome_readings r USING ${target} x WHERE r.house_id = x.house_id AND r.word_id = x.id AND ${gone} AND NOT (${sql.raw(used)})`.execute(
      tx.on(),
    );
  await sql`DELETE FROM ${target} x WHERE ${gone} AND NOT (${sql.raw(used)})`.execute(tx.on());
  await sql`UPDATE ${target} x SET to_day = greatest(x.from_day, ${addDays(tx.today, -1)}::date) WHERE ${gone} AND x.to_day IS NULL`.execute(
    tx.on(),
  );
}

const since = "2000-01-01";

async function writeStages(tx: Tx, id: string, labels: readonly string[]): Promise<void> {
  await endOthers(
    tx,
    "stages",
    id,
    labels,
    "EXISTS (SELECT 1 FROM programmes.stages_reached r WHERE r.house_id = x.house_id AND r.stage_id = x.id) OR EXISTS (SELECT 1 FROM programmes.accompaniment_stages r WHERE r.house_id = x.house_id AND r.stage_id = x.id)",
  );
  if (labels.length === 0) return;
  const rows = labels.map((label, at) => ({ id: tx.ids.uuid(), label, at: at + 1 }));
  await sql`INSERT INTO programmes.stages (house_id, id, programme_id, position, label, from_day)
    SELECT ${tx.scope.house}, id, ${id}, at, label, ${since}::date FROM ${rowset(rows, { id: "uuid", label: "text", at: "int" })}
    ON CONFLICT (house_id, programme_id, comparable) DO UPDATE SET position = excluded.position, label = excluded.label, to_day = NULL`.execute(
    tx.on(),
  );
}

async function writeWords(tx: Tx, id: string, { outcomes }: Definition): Promise<void> {
  const house = tx.scope.house;
  await endOthers(
    tx,
    "outcome_words",
    id,
    outcomes.map((one) => one.label),
    "EXISTS (SELECT 1 FROM programmes.outcomes o WHERE o.house_id = x.house_id AND o.word_id = x.id) OR EXISTS (SELECT 1 FROM programmes.enrolments e WHERE e.house_id = x.house_id AND e.exit_word_id = x.id) OR EXISTS (SELECT 1 FROM programmes.accompaniments e WHERE e.house_id = x.house_id AND e.exit_word_id = x.id)",
  );
  if (outcomes.length === 0) return;
  const yes = (value: boolean | null): string | null => (value === null ? null : String(value));
  const rows = outcomes.map(({ readings: _, ...one }, at) => ({
    ...one,
    id: tx.ids.uuid(),
    at: at + 1,
    lasting: yes(one.lasting),
    qualifying: yes(one.qualifying),
    positive: yes(one.positive),
  }));
  const { rows: written } = await sql<{
    id: string;
    label: string;
  }>`INSERT INTO programmes.outcome_words (house_id, id, programme_id, position, label, kind, lasting, law, qualifying, positive, place, from_day)
    SELECT ${house}, id, ${id}, at, label, kind, lasting, law, qualifying, positive, place, ${since}::date
      FROM ${rowset(rows, { id: "uuid", at: "int", label: "text", kind: "text", lasting: "boolean", law: "text", qualifying: "boolean", positive: "boolean", place: "text" })}
    ON CONFLICT (house_id, programme_id, comparable) DO UPDATE SET position = excluded.position, label = excluded.label, kind = excluded.kind, lasting = excluded.lasting, law = excluded.law,
      qualifying = excluded.qualifying, positive = excluded.positive, place = excluded.place, to_day = NULL, version = outcome_words.version + 1 RETURNING id, label`.execute(
    tx.on(),
  );
  const ids = new Map(written.map((row) => [row.label, row.id]));
  await sql`DELETE FROM programmes.outcome_readings WHERE house_id = ${house} AND word_id = ANY(${written.map((row) => row.id)}::uuid[])`.execute(
    tx.on(),
  );
  const readings = outcomes.flatMap((one) =>
    one.readings.map(({ funder, positive }) => ({
      word: ids.get(one.label) ?? null,
      funder,
      positive: String(positive),
    })),
  );
  if (readings.length > 0)
    await sql`INSERT INTO programmes.outcome_readings (house_id, word_id, funder, positive) SELECT ${house}, word, funder, positive FROM ${rowset(readings, { word: "uuid", funder: "text", positive: "boolean" })}`.execute(
      tx.on(),
    );
}

async function writeFields(tx: Tx, id: string, { fields }: Definition): Promise<void> {
  await endOthers(
    tx,
    "fields",
    id,
    fields.map((one) => one.label),
    "EXISTS (SELECT 1 FROM programmes.field_values v WHERE v.house_id = x.house_id AND v.field_id = x.id)",
  );
  for (const [at, one] of fields.entries())
    await sql`INSERT INTO programmes.fields (house_id, id, programme_id, position, label, kind, options, required, from_day)
      VALUES (${tx.scope.house}, ${tx.ids.uuid()}, ${id}, ${at + 1}, ${one.label}, ${one.kind}, ${one.options}::text[], ${one.required}, ${since}::date)
      ON CONFLICT (house_id, programme_id, comparable) DO UPDATE SET position = excluded.position, label = excluded.label, kind = excluded.kind, options = excluded.options,
        required = excluded.required, to_day = NULL`.execute(tx.on());
}

/** Agreements and targets as they are said now; the journal has what they were. An agreement keeps its address by its funder and first day. */
async function writeAgreements(tx: Tx, id: string, { agreements, targets }: Definition): Promise<void> {
  const house = tx.scope.house;
  const { rows: had } = await sql<{ id: string; funder: string; from: string }>`
    SELECT id, funder, from_day AS "from" FROM programmes.agreements WHERE house_id = ${house} AND programme_id = ${id}`.execute(
    tx.on(),
  );
  const nameOf = (one: { funder: string; from: string }): string => `${plain(one.funder)} ${one.from}`;
  const kept = new Map(had.map((one) => [nameOf(one), one.id]));
  await sql`DELETE FROM programmes.targets WHERE house_id = ${house} AND programme_id = ${id}`.execute(tx.on());
  await sql`DELETE FROM programmes.agreements WHERE house_id = ${house} AND programme_id = ${id}`.execute(tx.on());
  const rows = agreements.map((one) => ({ ...one, id: kept.get(nameOf(one)) ?? tx.ids.uuid() }));
  if (rows.length > 0)
    await sql`INSERT INTO programmes.agreements (house_id, id, programme_id, funder, from_day, to_day, amount_cents)
      SELECT ${house}, id, ${id}, funder, start, finish, cents FROM ${rowset(
        rows.map(({ from, to, ...one }) => ({ ...one, start: from, finish: to })),
        { id: "uuid", funder: "text", start: "date", finish: "date", cents: "bigint" },
      )}`.execute(tx.on());
  const of = (funder: string, year: number): string | null =>
    (
      rows.find(
        (one) =>
          plain(one.funder) === plain(funder) &&
          Number(one.from.slice(0, 4)) <= year &&
          Number(one.to.slice(0, 4)) >= year,
      ) ?? rows.find((one) => plain(one.funder) === plain(funder))
    )?.id ?? null;
  const wanted = targets.map((one) => ({
    id: tx.ids.uuid(),
    year: one.year,
    number: one.number,
    figure: one.figure,
    agreement: one.funder === null ? null : of(one.funder, one.year),
  }));
  if (wanted.length > 0)
    await sql`INSERT INTO programmes.targets (house_id, id, programme_id, agreement_id, year, figure, number)
      SELECT ${house}, id, ${id}, agreement, year, figure, number FROM ${rowset(wanted, { id: "uuid", agreement: "uuid", year: "int", figure: "text", number: "numeric" })}`.execute(
      tx.on(),
    );
}

/** Ends a programme, or opens it again (`day` null). A programme with enrolments is never deleted. */
export async function endProgramme(
  tx: Tx,
  programme: Programme,
  version: number,
  day: string | null,
  reason: string | null,
): Promise<boolean> {
  const { rows } =
    await sql`UPDATE programmes.programmes SET ended_on = ${day}::date, end_reason = ${reason}, version = version + 1
    WHERE house_id = ${tx.scope.house} AND id = ${programme.id} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Removes a programme that nothing rests on: false when something does, in whatever room. */
export async function deleteProgramme(tx: Tx, id: string): Promise<boolean> {
  const house = tx.scope.house;
  const tables = ["targets", "agreements", "outcome_words", "stages", "fields", "eligibility", "programme_sites"];
  await sql`SAVEPOINT before_removal`.execute(tx.on());
  try {
    await sql`DELETE FROM programmes.outcome_readings r USING programmes.outcome_words w
      WHERE r.house_id = ${house} AND w.house_id = r.house_id AND w.id = r.word_id AND w.programme_id = ${id}`.execute(
      tx.on(),
    );
    for (const table of tables)
      await sql`DELETE FROM ${sql.table(`programmes.${table}`)} WHERE house_id = ${house} AND programme_id = ${id}`.execute(
        tx.on(),
      );
    await sql`DELETE FROM programmes.programmes WHERE house_id = ${house} AND id = ${id}`.execute(tx.on());
    return true;
  } catch (error) {
    // 23503: a row of some room refers to it.
    if (!(error instanceof Error && "code" in error && error.code === "23503")) throw error;
    await sql`ROLLBACK TO SAVEPOINT before_removal`.execute(tx.on());
    return false;
  }
}
