// One function an act. What an interview said before each change is kept; its notes stand apart.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { touchContact } from "../../people/door.ts";
import { retractReminders } from "../reminders/reminding.ts";
import { type InterviewLine, interviewById } from "./reads.ts";
import type { InterviewWish } from "./rules.ts";
import type { InterviewStatus, InterviewTables, NoteReader } from "./tables.ts";

export type Recorded = { ok: true; made: boolean } | { ok: false; field: string; sentence: string };

/** Why the parts of a wish do not go together, by field; null when they do. A site or a room that the interview had already may stay. */
async function refusalOf(
  tx: Tx,
  wish: InterviewWish,
  had: { siteId: string; placeId: string | null; accountId: string | null } | null,
): Promise<{ field: string; sentence: string } | null> {
  const { rows } = await sql<{ site: boolean; place: boolean; account: boolean; programme: boolean }>`
    SELECT EXISTS (SELECT 1 FROM house.sites s WHERE s.house_id = ${tx.scope.house} AND s.id = ${wish.siteId} AND (s.closed_on IS NULL OR s.closed_on >= ${wish.startsOn}::date OR s.id = ${had?.siteId ?? null}::uuid)) AS site,
           ${wish.placeId}::uuid IS NULL OR EXISTS (SELECT 1 FROM agenda.places l WHERE l.house_id = ${tx.scope.house} AND l.id = ${wish.placeId}::uuid AND l.site_id = ${wish.siteId}
             AND (l.closed_on IS NULL OR l.closed_on >= ${wish.startsOn}::date OR l.id = ${had?.placeId ?? null}::uuid)) AS place,
           ${wish.accountId}::uuid IS NULL OR EXISTS (SELECT 1 FROM house.accounts a WHERE a.house_id = ${tx.scope.house} AND a.id = ${wish.accountId}::uuid AND (a.closed_at IS NULL OR a.id = ${had?.accountId ?? null}::uuid)) AS account,
           ${wish.programmeId}::uuid IS NULL OR EXISTS (SELECT 1 FROM programmes.programmes g WHERE g.house_id = ${tx.scope.house} AND g.id = ${wish.programmeId}::uuid) AS programme`.execute(
    tx.on(),
  );
  const [found] = rows;
  if (!found?.site) return { field: "lieu", sentence: "Ce lieu n’existe pas, ou il est fermé ce jour-là." };
  if (!found.place) return { field: "salle", sentence: "Cette salle n’est pas de ce lieu, ou n’est plus utilisée." };
  if (!found.account) return { field: "conseiller", sentence: "Ce compte n’existe pas, ou il est fermé." };
  if (!found.programme) return { field: "dispositif", sentence: "Ce dispositif n’existe pas." };
  return null;
}

/** Records an interview whose identifier is the form's key: sent twice, it is made once. */
export async function recordInterview(
  tx: Tx,
  id: string,
  person: string,
  wish: InterviewWish,
  status: InterviewStatus,
): Promise<Recorded> {
  const refused = await refusalOf(tx, wish, null);
  if (refused) return { ok: false, ...refused };
  // The person's row is held, as the foreign key will hold it: a merge under way is waited for.
  const { rows } = await sql<{ known: boolean; made: boolean }>`
    WITH p AS (SELECT p.id FROM people.persons p WHERE p.house_id = ${tx.scope.house} AND p.id = ${person} AND p.merged_into IS NULL AND p.anonymised_at IS NULL FOR KEY SHARE),
    made AS (
      INSERT INTO agenda.interviews (house_id, id, programme_id, person_id, site_id, account_id, starts_on, starts_at, minutes, mode, place_id, status, recorded_at, recorded_by)
      SELECT ${tx.scope.house}, ${id}::uuid, ${wish.programmeId}::uuid, p.id, ${wish.siteId}::uuid, ${wish.accountId}::uuid, ${wish.startsOn}::date, ${wish.startsAt}::time, ${wish.minutes}::smallint,
             ${wish.mode}, ${wish.placeId}::uuid, ${status}, ${tx.clock.now()}::timestamptz, ${tx.scope.account}::uuid FROM p
      ON CONFLICT (house_id, id) DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM p) AS known, EXISTS (SELECT 1 FROM made) AS made`.execute(tx.on());
  if (!rows[0]?.known)
    return {
      ok: false,
      field: "code",
      sentence: "Cette fiche n’existe pas ou plus : cherchez de nouveau la personne.",
    };
  if (rows[0].made && status === "held") await touchContact(tx, person, wish.startsOn);
  return { ok: true, made: rows[0].made };
}

const keepBefore = (tx: Tx, interview: string, reason: string | null, before: Record<string, unknown>) =>
  tx
    .on<InterviewTables>()
    .insertInto("agenda.interview_changes")
    .values({
      house_id: tx.scope.house,
      id: tx.ids.uuid(),
      interview_id: interview,
      at: tx.clock.now(),
      account_id: tx.scope.account,
      reason,
      before: JSON.stringify(before),
    })
    .execute();

export type Changed =
  | { ok: true }
  | { ok: false; stale: InterviewLine }
  | { ok: false; field: string; sentence: string };

const staleOf = async (tx: Tx, interview: InterviewLine): Promise<Changed> => ({
  ok: false,
  stale: (await interviewById(tx, interview.id)) ?? interview,
});

/** Changes when, where and with whom. Stale: somebody changed it since `version`. */
export async function changeInterview(
  tx: Tx,
  interview: InterviewLine,
  version: number,
  wish: InterviewWish,
  status: InterviewStatus,
): Promise<Changed> {
  if (interview.version !== version) return staleOf(tx, interview);
  const refused = await refusalOf(tx, wish, interview);
  if (refused) return { ok: false, ...refused };
  const { rows } = await sql`
    UPDATE agenda.interviews SET programme_id = ${wish.programmeId}::uuid, site_id = ${wish.siteId}::uuid, account_id = ${wish.accountId}::uuid, starts_on = ${wish.startsOn}::date, starts_at = ${wish.startsAt}::time,
           minutes = ${wish.minutes}::smallint, mode = ${wish.mode}, place_id = ${wish.placeId}::uuid, status = ${status}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${interview.id} AND version = ${version} RETURNING id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return staleOf(tx, interview);
  await retractReminders(tx, interview.id);
  const { programmeId, siteId, accountId, startsOn, startsAt, minutes, mode, placeId } = interview;
  await keepBefore(tx, interview.id, null, {
    programmeId,
    siteId,
    accountId,
    startsOn,
    startsAt,
    minutes,
    mode,
    placeId,
    status: interview.status,
  });
  if (status === "held") await touchContact(tx, interview.personId, wish.startsOn);
  return { ok: true };
}

/** Says what an interview became; what it was is kept, so that it can be put back. */
export async function changeStatus(
  tx: Tx,
  interview: InterviewLine,
  version: number,
  to: InterviewStatus,
  reason: string | null,
): Promise<Changed> {
  if (interview.version !== version) return staleOf(tx, interview);
  const { rows } = await sql`
    UPDATE agenda.interviews SET status = ${to}, status_reason = ${reason}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${interview.id} AND version = ${version} RETURNING id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return staleOf(tx, interview);
  await retractReminders(tx, interview.id);
  await keepBefore(tx, interview.id, reason, { status: interview.status, reason: interview.reason });
  if (to === "held") await touchContact(tx, interview.personId, interview.startsOn);
  return { ok: true };
}

/** Writes a note; false when it is there already (the form was sent twice). */
export async function writeNote(
  tx: Tx,
  note: { id: string; interview: string; text: string; reader: NoteReader },
): Promise<boolean> {
  if (!tx.scope.account) return false;
  const done = await tx
    .on<InterviewTables>()
    .insertInto("agenda.interview_notes")
    .values({
      house_id: tx.scope.house,
      id: note.id,
      interview_id: note.interview,
      author_id: tx.scope.account,
      reader: note.reader,
      text: note.text,
      written_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(["house_id", "id"]).doNothing())
    .returning("id")
    .execute();
  return done.length > 0;
}

/** Takes away one's own note, for good. False: there is no such note of this account. */
export async function withdrawNote(tx: Tx, interview: string, note: string): Promise<boolean> {
  const done = await tx
    .on<InterviewTables>()
    .deleteFrom("agenda.interview_notes")
    .where("house_id", "=", tx.scope.house)
    .where("interview_id", "=", interview)
    .where("id", "=", note)
    .where("author_id", "=", tx.scope.account)
    .returning("id")
    .execute();
  return done.length > 0;
}

/** Before a person is made anonymous: what was written about them goes, that they were met stays. */
export async function forgetWritten(tx: Tx, persons: readonly string[]): Promise<void> {
  const theirs = sql`SELECT i.id FROM agenda.interviews i WHERE i.house_id = ${tx.scope.house} AND i.person_id = ANY(${[...persons]}::uuid[])`;
  await sql`DELETE FROM agenda.interview_notes WHERE house_id = ${tx.scope.house} AND interview_id IN (${theirs})`.execute(
    tx.on(),
  );
  await sql`UPDATE agenda.interview_changes SET reason = NULL, before = before - 'reason' WHERE house_id = ${tx.scope.house} AND interview_id IN (${theirs})`.execute(
    tx.on(),
  );
  await sql`UPDATE agenda.interviews SET status_reason = NULL WHERE house_id = ${tx.scope.house} AND id IN (${theirs}) AND status_reason IS NOT NULL`.execute(
    tx.on(),
  );
}
