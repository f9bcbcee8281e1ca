// The adviser of reference changes, for one person or a whole caseload, from a day; and it can be taken back while nothing came after.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

/**
 * Gives enrolments to another adviser from a day. Those that have no referent get one. Gives the hand-over and how many it moved; what
 * that adviser has already is left.
 */
export async function handOver(
  tx: Tx,
  wish: { key: string; enrolments: readonly string[]; from: string | null; to: string; day: string },
): Promise<{ id: string; moved: number }> {
  const house = tx.scope.house;
  const ids = [...wish.enrolments];
  const { rows: made } =
    await sql`INSERT INTO programmes.handovers (house_id, id, from_account, to_account, on_day, at, account_id)
    VALUES (${house}, ${wish.key}, ${wish.from}, ${wish.to}, ${wish.day}, ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING RETURNING id`.execute(
      tx.on(),
    );
  if (made.length === 0) return { id: wish.key, moved: 0 };
  const { rows } = await sql`
    WITH chosen AS (
      SELECT e.id, e.entry_on FROM programmes.enrolments e WHERE e.house_id = ${house} AND e.id = ANY(${ids}::uuid[]) AND (e.exit_on IS NULL OR e.exit_on >= ${wish.day})
         AND NOT EXISTS (SELECT 1 FROM programmes.referents r WHERE r.house_id = e.house_id AND r.enrolment_id = e.id AND r.to_day IS NULL AND (r.account_id = ${wish.to} OR r.from_day >= ${wish.day}))),
    closed AS (
      UPDATE programmes.referents r SET to_day = ${wish.day}::date - 1 FROM chosen c WHERE r.house_id = ${house} AND r.enrolment_id = c.id AND r.to_day IS NULL RETURNING r.enrolment_id)
    INSERT INTO programmes.referents (house_id, enrolment_id, from_day, account_id, handover_id)
      SELECT ${house}, c.id, greatest(${wish.day}::date, c.entry_on), ${wish.to}, ${wish.key} FROM chosen c WHERE (SELECT count(*) FROM closed) >= 0 RETURNING enrolment_id`.execute(
    tx.on(),
  );
  return { id: wish.key, moved: rows.length };
}

export type Handover = {
  id: string;
  day: string;
  at: Date;
  from: string | null;
  to: string;
  by: string | null;
  count: number;
  undone: boolean;
};
export const handovers = async (tx: Tx, most = 50): Promise<Handover[]> =>
  (
    await sql<Handover>`SELECT h.id, h.on_day AS day, h.at, f.name AS "from", t.name AS "to", b.name AS "by", h.undone_at IS NOT NULL AS undone,
        (SELECT count(*)::int FROM programmes.referents r WHERE r.house_id = h.house_id AND r.handover_id = h.id) AS count
      FROM programmes.handovers h JOIN house.accounts t ON t.house_id = h.house_id AND t.id = h.to_account
      LEFT JOIN house.accounts f ON f.house_id = h.house_id AND f.id = h.from_account LEFT JOIN house.accounts b ON b.house_id = h.house_id AND b.id = h.account_id
     WHERE h.house_id = ${tx.scope.house} ORDER BY h.at DESC LIMIT ${most}`.execute(tx.on())
  ).rows;

/** True when the house has that hand-over, taken back or not. */
export const isHandover = async (tx: Tx, id: string): Promise<boolean> =>
  (await sql`SELECT 1 FROM programmes.handovers WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on()))
    .rows.length > 0;

/** Puts the referents back as they were: those that were handed on again since stay where they are. Null: there is nothing to take back. */
export async function takeBack(tx: Tx, id: string): Promise<{ back: number; left: number } | null> {
  const house = tx.scope.house;
  const { rows } = await sql<{
    day: string;
  }>`UPDATE programmes.handovers SET undone_at = ${tx.clock.now()}, undone_by = ${tx.scope.account}
    WHERE house_id = ${house} AND id = ${id} AND undone_at IS NULL RETURNING on_day AS day`.execute(tx.on());
  if (!rows[0]) return null;
  const { rows: counted } = await sql<{
    count: number;
  }>`SELECT count(*)::int AS count FROM programmes.referents WHERE house_id = ${house} AND handover_id = ${id}`.execute(
    tx.on(),
  );
  const { rows: gone } = await sql<{
    enrolment_id: string;
    from_day: string;
  }>`DELETE FROM programmes.referents r WHERE r.house_id = ${house} AND r.handover_id = ${id} AND r.to_day IS NULL RETURNING enrolment_id, from_day`.execute(
    tx.on(),
  );
  await sql`UPDATE programmes.referents r SET to_day = NULL FROM unnest(${gone.map((row) => row.enrolment_id)}::uuid[], ${gone.map((row) => row.from_day)}::date[]) AS x(enrolment, day)
    WHERE r.house_id = ${house} AND r.enrolment_id = x.enrolment AND r.to_day = x.day - 1`.execute(tx.on());
  return { back: gone.length, left: (counted[0]?.count ?? 0) - gone.length };
}
