// Who or what is taken: two meetings of one adviser, or in one room, at the same time. It is a warning, asked inside the transaction
// that writes: two forms sent at once for one room wait for each other, and the second is warned.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { hour } from "../../../ui/words.ts";

export type Occupation = {
  day: string;
  /** Null: at no hour, in nobody's way. */
  at: string | null;
  minutes: number | null;
  accounts: readonly string[];
  place: string | null;
  /** The meeting itself, when it is changed. */
  except?: string;
};

/** What a meeting of unknown length is taken to last, in minutes. */
const usual = 60;

/** Sentences for what is taken; none: nothing is. Holds the adviser's and the room's day until the transaction ends. */
export async function conflictsOf(tx: Tx, wish: Occupation): Promise<string[]> {
  if (wish.at === null || (wish.accounts.length === 0 && wish.place === null)) return [];
  const held = [...wish.accounts, ...(wish.place ? [wish.place] : [])].sort();
  for (const one of held)
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`traboule agenda ${tx.scope.house} ${one} ${wish.day}`}, 0))`.execute(
      tx.on(),
    );
  const house = tx.scope.house;
  const starts = sql`${wish.at}::time`;
  const meets = (alias: string, id: string) =>
    sql`${sql.ref(`${alias}.house_id`)} = ${house} AND ${sql.ref(`${alias}.starts_on`)} = ${wish.day}::date AND ${sql.ref(`${alias}.status`)} IN ('planned', 'held')
      AND ${sql.ref(`${alias}.id`)} IS DISTINCT FROM ${id}::uuid
      AND ${sql.ref(`${alias}.starts_at`)} - ${starts} < make_interval(mins => ${wish.minutes ?? usual}::int)
      AND ${starts} - ${sql.ref(`${alias}.starts_at`)} < make_interval(mins => coalesce(${sql.ref(`${alias}.minutes`)}, ${usual})::int)`;
  const except = wish.except ?? "00000000-0000-0000-0000-000000000000";
  const accounts = sql`${[...wish.accounts]}::uuid[]`;
  const { rows } = await sql<{ who: string | null; place: string | null; what: string; at: string }>`
    SELECT DISTINCT * FROM (
      SELECT a.name AS who, NULL AS place, 'un entretien' AS what, i.starts_at AS at FROM agenda.interviews i JOIN house.accounts a ON a.house_id = i.house_id AND a.id = i.account_id
       WHERE ${meets("i", except)} AND i.account_id = ANY(${accounts})
      UNION ALL
      SELECT a.name, NULL, 'une séance', s.starts_at FROM agenda.sessions s JOIN agenda.session_speakers k ON k.house_id = s.house_id AND k.session_id = s.id
        JOIN house.accounts a ON a.house_id = k.house_id AND a.id = k.account_id WHERE ${meets("s", except)} AND k.account_id = ANY(${accounts})
      UNION ALL
      SELECT NULL, l.name, 'un entretien', i.starts_at FROM agenda.interviews i JOIN agenda.places l ON l.house_id = i.house_id AND l.id = i.place_id
       WHERE ${meets("i", except)} AND i.place_id = ${wish.place}::uuid
      UNION ALL
      SELECT NULL, l.name, 'une séance', s.starts_at FROM agenda.sessions s JOIN agenda.places l ON l.house_id = s.house_id AND l.id = s.place_id
       WHERE ${meets("s", except)} AND s.place_id = ${wish.place}::uuid) taken ORDER BY at, who`.execute(tx.on());
  return rows.map((row) =>
    row.who
      ? `${row.who} a déjà ${row.what} à ${hour(row.at)} ce jour-là.`
      : `La salle « ${row.place ?? ""} » est déjà prise par ${row.what} à ${hour(row.at)} ce jour-là.`,
  );
}
