// One function an act: a structure enters a programme, passes a stage, leaves, comes back, was noted by mistake. The journal line is the route's.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { structureSituation } from "../../partners/door.ts";
import { conditionsOf, type Programme } from "../catalogue/reads.ts";
import { checkEligibility, isEligible } from "../eligibility/checking.ts";
import type { Entered } from "../enrolments/writes.ts";
import { type Accompaniment, accompanimentById, structureFactsOn } from "./reads.ts";

export type StructureEntry = {
  key: string;
  programme: Programme;
  structure: string;
  site: string | null;
  day: string;
  said: Readonly<Record<string, boolean>>;
  /** Why it enters though it does not fulfil the conditions; only with the right to do so. */
  inSpiteOf: string | null;
};

/** Under `key`: sent twice, it enters once. The programme's row is held meanwhile: places are never given twice. */
export async function accompany(tx: Tx, entry: StructureEntry): Promise<Entered> {
  const { programme, structure, day } = entry;
  const house = tx.scope.house;
  const refuse = (sentence: string, field = "") => ({ ok: false as const, field, sentence });
  if (await accompanimentById(tx, entry.key)) return { ok: true, id: entry.key, made: false };
  await sql`SELECT 1 FROM programmes.programmes WHERE house_id = ${house} AND id = ${programme.id} FOR UPDATE`.execute(
    tx.on(),
  );
  if (programme.takes !== "structures") return refuse("Ce dispositif accompagne des personnes.");
  if (programme.opened_on !== null && day < programme.opened_on)
    return refuse("Ce dispositif n’a pas encore commencé ce jour-là.", "jour");
  if (programme.ended_on !== null && day > programme.ended_on)
    return refuse("Ce dispositif est terminé ce jour-là.", "jour");
  const facts = await structureFactsOn(tx, structure, day);
  if (facts.programmes.includes(programme.code))
    return refuse("Cette structure est déjà dans ce dispositif ce jour-là.");
  if (programme.capacity !== null) {
    const { rows } = await sql<{ present: number }>`
      SELECT count(*)::int AS present FROM programmes.accompaniments WHERE house_id = ${house} AND programme_id = ${programme.id} AND withdrawn_at IS NULL
         AND entry_on <= ${day} AND (exit_on IS NULL OR exit_on >= ${day})`.execute(tx.on());
    if ((rows[0]?.present ?? 0) >= programme.capacity)
      return refuse(`Les ${programme.capacity} places de ce dispositif sont prises ce jour-là.`);
  }
  const verdicts = checkEligibility(await conditionsOf(tx, programme.id), { day, said: entry.said, ...facts });
  const eligible = isEligible(verdicts);
  if (!eligible && entry.inSpiteOf === null)
    return {
      ...refuse("Cette structure ne remplit pas toutes les conditions, ou il reste à les vérifier."),
      verdicts,
    };
  await sql`INSERT INTO programmes.accompaniments (house_id, id, programme_id, structure_id, site_id, entry_on, entry, eligibility_check, in_spite_of, recorded_at, recorded_by)
    VALUES (${house}, ${entry.key}, ${programme.id}, ${structure}, ${entry.site}, ${day}, ${JSON.stringify(facts.structure)}::jsonb, ${JSON.stringify(verdicts)}::jsonb,
      ${eligible ? null : entry.inSpiteOf}, ${tx.clock.now()}, ${tx.scope.account})`.execute(tx.on());
  return { ok: true, id: entry.key, made: true };
}

export async function passStage(tx: Tx, accompaniment: string, stage: string, day: string | null): Promise<void> {
  const house = tx.scope.house;
  if (day === null)
    await sql`DELETE FROM programmes.accompaniment_stages WHERE house_id = ${house} AND accompaniment_id = ${accompaniment} AND stage_id = ${stage}`.execute(
      tx.on(),
    );
  else
    await sql`INSERT INTO programmes.accompaniment_stages (house_id, accompaniment_id, stage_id, on_day, recorded_at, recorded_by)
      VALUES (${house}, ${accompaniment}, ${stage}, ${day}, ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING`.execute(
      tx.on(),
    );
}

/** False, here and below: somebody changed it since the form was opened. */
export async function endAccompaniment(
  tx: Tx,
  one: Accompaniment,
  version: number,
  exit: { day: string; word: string; note: string | null },
): Promise<boolean> {
  const leaving = await structureSituation(tx, one.structure, exit.day);
  const { rows } = await sql`
    UPDATE programmes.accompaniments SET exit_on = ${exit.day}, exit_word_id = ${exit.word}, exit_note = ${exit.note}, leaving = ${JSON.stringify(leaving)}::jsonb, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${one.id} AND version = ${version} AND exit_on IS NULL RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Takes the exit back; the journal has what it said. */
export async function resumeAccompaniment(tx: Tx, id: string, version: number): Promise<boolean> {
  const { rows } = await sql`
    UPDATE programmes.accompaniments SET exit_on = NULL, exit_word_id = NULL, exit_note = NULL, leaving = NULL, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} AND exit_on IS NOT NULL RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** With a reason: noted by mistake, it counts no more. Without: it counts again. */
export async function withdrawAccompaniment(
  tx: Tx,
  id: string,
  version: number,
  reason: string | null,
): Promise<boolean> {
  const [at, by] = reason === null ? [null, null] : [tx.clock.now(), tx.scope.account];
  const { rows } = await sql`
    UPDATE programmes.accompaniments SET withdrawn_at = ${at}, withdrawn_by = ${by}, withdrawn_reason = ${reason}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} AND (withdrawn_at IS NULL) = ${reason !== null} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}
