// One function an act: somebody enters a programme, gets something on the way, leaves, comes back. The journal line is the route's.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { touchContact } from "../../people/door.ts";
import type { Programme } from "../catalogue/reads.ts";
import { conditionsOf } from "../catalogue/reads.ts";
import { checkEligibility, isEligible, type Verdict } from "../eligibility/checking.ts";
import { type Enrolment, enrolmentById, factsOn } from "./reads.ts";

export type Entry = {
  key: string;
  programme: Programme;
  person: string;
  site: string | null;
  day: string;
  followed: boolean;
  referent: string | null;
  said: Readonly<Record<string, boolean>>;
  values: ReadonlyMap<string, string>;
  /** Why somebody enters who does not fulfil the conditions; only with the right to do so. */
  inSpiteOf: string | null;
};
export type Entered =
  | { ok: true; id: string; made: boolean }
  | { ok: false; sentence: string; field: string; verdicts?: Verdict[] };

/** Enrols a person under `key`. Its programme's row is held meanwhile: places are never given twice. */
export async function enrol(tx: Tx, entry: Entry): Promise<Entered> {
  const { programme, person, day } = entry;
  const house = tx.scope.house;
  if (await enrolmentById(tx, entry.key)) return { ok: true, id: entry.key, made: false };
  await sql`SELECT 1 FROM programmes.programmes WHERE house_id = ${house} AND id = ${programme.id} FOR UPDATE`.execute(
    tx.on(),
  );
  if (programme.takes !== "persons")
    return { ok: false, field: "", sentence: "Ce dispositif accompagne des structures, pas des personnes." };
  if (programme.opened_on !== null && day < programme.opened_on)
    return { ok: false, field: "jour", sentence: "Ce dispositif n’a pas encore commencé ce jour-là." };
  if (programme.ended_on !== null && day > programme.ended_on)
    return { ok: false, field: "jour", sentence: "Ce dispositif est terminé ce jour-là." };
  const facts = await factsOn(tx, person, day);
  if (facts.programmes.includes(programme.code))
    return { ok: false, field: "", sentence: "Cette personne est déjà dans ce dispositif ce jour-là." };
  if (programme.capacity !== null) {
    const { rows } = await sql<{
      present: number;
    }>`SELECT count(*)::int AS present FROM programmes.enrolments e WHERE house_id = ${house} AND programme_id = ${programme.id} AND entry_on <= ${day}
        AND (exit_on IS NULL OR exit_on >= ${day}) AND NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id)`.execute(
      tx.on(),
    );
    if ((rows[0]?.present ?? 0) >= programme.capacity)
      return {
        ok: false,
        field: "",
        sentence: `Les ${programme.capacity} places de ce dispositif sont prises ce jour-là.`,
      };
  }
  const verdicts = checkEligibility(await conditionsOf(tx, programme.id), { day, said: entry.said, ...facts });
  const eligible = isEligible(verdicts);
  if (!eligible && entry.inSpiteOf === null)
    return {
      ok: false,
      field: "",
      verdicts,
      sentence: "Cette personne ne remplit pas toutes les conditions, ou il reste à les vérifier.",
    };
  await sql`INSERT INTO programmes.enrolments (house_id, id, programme_id, person_id, site_id, entry_on, followed, entry, eligibility_check, in_spite_of, recorded_at, recorded_by)
    VALUES (${house}, ${entry.key}, ${programme.id}, ${person}, ${entry.site}, ${day}, ${entry.followed}, ${JSON.stringify(facts.situation)}::jsonb, ${JSON.stringify(verdicts)}::jsonb,
      ${eligible ? null : entry.inSpiteOf}, ${tx.clock.now()}, ${tx.scope.account})`.execute(tx.on());
  if (entry.referent !== null) await writeReferent(tx, entry.key, entry.referent, day);
  await writeValues(tx, entry.key, entry.values);
  await touchContact(tx, person, day);
  return { ok: true, id: entry.key, made: true };
}

const writeReferent = (tx: Tx, enrolment: string, account: string, day: string) =>
  sql`INSERT INTO programmes.referents (house_id, enrolment_id, from_day, account_id) VALUES (${tx.scope.house}, ${enrolment}, ${day}, ${account})`.execute(
    tx.on(),
  );

/** The programme's own fields: an empty value takes the answer away. */
async function writeValues(tx: Tx, enrolment: string, values: ReadonlyMap<string, string>): Promise<void> {
  if (values.size === 0) return;
  const house = tx.scope.house;
  const rows = [...values].map(([field, value]) => ({ field, value }));
  await sql`DELETE FROM programmes.field_values WHERE house_id = ${house} AND enrolment_id = ${enrolment} AND field_id = ANY(${rows.map((row) => row.field)}::uuid[])`.execute(
    tx.on(),
  );
  const said = rows.filter((row) => row.value !== "");
  if (said.length > 0)
    await sql`INSERT INTO programmes.field_values (house_id, enrolment_id, field_id, value) SELECT ${house}, ${enrolment}, field, value FROM ${rowset(said, { field: "uuid", value: "text" })}`.execute(
      tx.on(),
    );
}

/** Raises an enrolment's version from what the form saw; false when somebody changed it since. */
async function advance(tx: Tx, id: string, version: number): Promise<boolean> {
  const { rows } =
    await sql`UPDATE programmes.enrolments SET version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} RETURNING id`.execute(
      tx.on(),
    );
  return rows.length > 0;
}

/** The same, on an enrolment that nobody changed since the form was opened. */
export async function writeValuesAt(
  tx: Tx,
  enrolment: string,
  version: number,
  values: ReadonlyMap<string, string>,
): Promise<boolean> {
  if (!(await advance(tx, enrolment, version))) return false;
  await writeValues(tx, enrolment, values);
  return true;
}

async function keepBefore(tx: Tx, enrolment: Enrolment, reason: string): Promise<void> {
  const { entryOn, exitOn, exitWord, exitNote, followed, site, leaving } = enrolment;
  await sql`INSERT INTO programmes.enrolment_corrections (house_id, id, enrolment_id, at, account_id, reason, before)
    VALUES (${tx.scope.house}, ${tx.ids.uuid()}, ${enrolment.id}, ${tx.clock.now()}, ${tx.scope.account}, ${reason}, ${JSON.stringify({ entryOn, exitOn, exitWord, exitNote, followed, site, leaving })}::jsonb)`.execute(
    tx.on(),
  );
}

export type Exit = { day: string; word: string; note: string | null; outcomeKey: string | null };

/** Somebody leaves: the situation of that day is kept. With `outcomeKey` the word is also something obtained, at the exit. */
export async function leave(tx: Tx, enrolment: Enrolment, version: number, exit: Exit): Promise<boolean> {
  const house = tx.scope.house;
  const { rows } =
    await sql`UPDATE programmes.enrolments SET exit_on = ${exit.day}, exit_word_id = ${exit.word}, exit_note = ${exit.note}, version = version + 1,
      leaving = people.situation_on(${house}, person_id, ${exit.day})
    WHERE house_id = ${house} AND id = ${enrolment.id} AND version = ${version} AND exit_on IS NULL RETURNING id`.execute(
      tx.on(),
    );
  if (rows.length === 0) return false;
  if (exit.outcomeKey !== null)
    await sql`INSERT INTO programmes.outcomes (house_id, id, enrolment_id, word_id, on_day, at_exit, recorded_at, recorded_by)
      VALUES (${house}, ${exit.outcomeKey}, ${enrolment.id}, ${exit.word}, ${exit.day}, true, ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING`.execute(
      tx.on(),
    );
  await sql`UPDATE programmes.referents SET to_day = greatest(from_day, ${exit.day}::date) WHERE house_id = ${house} AND enrolment_id = ${enrolment.id} AND to_day IS NULL`.execute(
    tx.on(),
  );
  await touchContact(tx, enrolment.person, exit.day);
  return true;
}

/** Takes an exit back: it was a mistake, or the person is still there. What it said is kept. */
export async function reopen(tx: Tx, enrolment: Enrolment, version: number, reason: string): Promise<boolean> {
  const house = tx.scope.house;
  if (!(await advance(tx, enrolment.id, version))) return false;
  await keepBefore(tx, enrolment, reason);
  await sql`UPDATE programmes.enrolments SET exit_on = NULL, exit_word_id = NULL, exit_note = NULL, leaving = NULL WHERE house_id = ${house} AND id = ${enrolment.id}`.execute(
    tx.on(),
  );
  await sql`INSERT INTO programmes.outcome_withdrawals (house_id, outcome_id, at, account_id, reason)
    SELECT house_id, id, ${tx.clock.now()}, ${tx.scope.account}, ${reason} FROM programmes.outcomes WHERE house_id = ${house} AND enrolment_id = ${enrolment.id} AND at_exit ON CONFLICT DO NOTHING`.execute(
    tx.on(),
  );
  // A withdrawn outcome of the exit must not keep the next one out.
  await sql`UPDATE programmes.outcomes SET at_exit = false WHERE house_id = ${house} AND enrolment_id = ${enrolment.id} AND at_exit`.execute(
    tx.on(),
  );
  await sql`UPDATE programmes.referents SET to_day = NULL WHERE house_id = ${house} AND enrolment_id = ${enrolment.id} AND to_day = ${enrolment.exitOn}
    AND from_day = (SELECT max(from_day) FROM programmes.referents x WHERE x.house_id = ${house} AND x.enrolment_id = ${enrolment.id})`.execute(
    tx.on(),
  );
  return true;
}

export type Correction = { site: string | null; day: string; followed: boolean; reason: string };

/** Corrects an entry; the situation kept with it is that of the corrected day. */
export async function correct(tx: Tx, enrolment: Enrolment, version: number, to: Correction): Promise<boolean> {
  if (!(await advance(tx, enrolment.id, version))) return false;
  await keepBefore(tx, enrolment, to.reason);
  await sql`UPDATE programmes.enrolments SET site_id = ${to.site}, followed = ${to.followed},
      entry = CASE WHEN entry_on = ${to.day} THEN entry ELSE people.situation_on(house_id, person_id, ${to.day}) END, entry_on = ${to.day}
    WHERE house_id = ${tx.scope.house} AND id = ${enrolment.id}`.execute(tx.on());
  await sql`UPDATE programmes.referents SET from_day = ${to.day} WHERE house_id = ${tx.scope.house} AND enrolment_id = ${enrolment.id} AND from_day = ${enrolment.entryOn}`.execute(
    tx.on(),
  );
  return true;
}

/** An enrolment noted by mistake: it stays readable, and counts no more. */
export async function withdraw(tx: Tx, enrolment: Enrolment, version: number, reason: string): Promise<boolean> {
  if (!(await advance(tx, enrolment.id, version))) return false;
  await sql`INSERT INTO programmes.enrolment_withdrawals (house_id, enrolment_id, at, account_id, reason)
    VALUES (${tx.scope.house}, ${enrolment.id}, ${tx.clock.now()}, ${tx.scope.account}, ${reason}) ON CONFLICT DO NOTHING`.execute(
    tx.on(),
  );
  return true;
}
export async function restore(tx: Tx, enrolment: Enrolment): Promise<void> {
  await sql`DELETE FROM programmes.enrolment_withdrawals WHERE house_id = ${tx.scope.house} AND enrolment_id = ${enrolment.id}`.execute(
    tx.on(),
  );
}

/** Something obtained on the way, under `key`: sent twice, it is noted once. */
export async function recordOutcome(
  tx: Tx,
  enrolment: Enrolment,
  outcome: {
    key: string;
    word: string;
    day: string;
    partTime: boolean | null;
    months: number | null;
    note: string | null;
  },
): Promise<boolean> {
  const { rows } =
    await sql`INSERT INTO programmes.outcomes (house_id, id, enrolment_id, word_id, on_day, at_exit, part_time, months, note, recorded_at, recorded_by)
    VALUES (${tx.scope.house}, ${outcome.key}, ${enrolment.id}, ${outcome.word}, ${outcome.day}, false, ${outcome.partTime}, ${outcome.months}, ${outcome.note}, ${tx.clock.now()}, ${tx.scope.account})
    ON CONFLICT (house_id, id) DO NOTHING RETURNING id`.execute(tx.on());
  if (rows.length > 0) await touchContact(tx, enrolment.person, outcome.day);
  return rows.length > 0;
}

/** False: no such outcome of this enrolment, or it is withdrawn already. */
export async function withdrawOutcome(tx: Tx, enrolment: string, outcome: string, reason: string): Promise<boolean> {
  const { rows } = await sql`INSERT INTO programmes.outcome_withdrawals (house_id, outcome_id, at, account_id, reason)
    SELECT house_id, id, ${tx.clock.now()}, ${tx.scope.account}, ${reason} FROM programmes.outcomes WHERE house_id = ${tx.scope.house} AND id = ${outcome} AND enrolment_id = ${enrolment}
    ON CONFLICT DO NOTHING RETURNING outcome_id`.execute(tx.on());
  return rows.length > 0;
}

export async function reachStage(tx: Tx, enrolment: string, stage: string, day: string | null): Promise<void> {
  const house = tx.scope.house;
  if (day === null)
    await sql`DELETE FROM programmes.stages_reached WHERE house_id = ${house} AND enrolment_id = ${enrolment} AND stage_id = ${stage}`.execute(
      tx.on(),
    );
  else
    await sql`INSERT INTO programmes.stages_reached (house_id, enrolment_id, stage_id, on_day, recorded_at, recorded_by)
      VALUES (${house}, ${enrolment}, ${stage}, ${day}, ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING`.execute(
      tx.on(),
    );
}
