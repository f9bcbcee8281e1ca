// The people whom the house employs.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { isUuid } from "../../../../core/ids.ts";
import { number } from "../../../../ui/words.ts";

export type Member = {
  id: string;
  sex: string | null;
  familyName: string;
  givenName: string;
  function: string | null;
  pole: string | null;
  site: string | null;
  fromDay: string;
  toDay: string | null;
  percent: number;
  /** Null: the house itself. */
  employer: string | null;
  version: number;
};

/** Of the staff `s`, with their place `site`. */
export const memberColumns = sql`s.id, s.sex, s.family_name AS "familyName", s.given_name AS "givenName", s.function, s.pole, site.name AS site, s.from_day AS "fromDay",
  s.to_day AS "toDay", s.full_time_percent AS percent, s.employer, s.version`;
export const memberTables = sql`house.staff s LEFT JOIN house.sites site ON site.house_id = s.house_id AND site.id = s.site_id`;

/** One of them, or null. */
export async function memberById(tx: Tx, id: string): Promise<Member | null> {
  if (!isUuid(id)) return null;
  const { rows } = await sql<Member>`
    SELECT ${memberColumns} FROM ${memberTables} WHERE s.house_id = ${tx.scope.house} AND s.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

export const nameOf = (member: Member): string =>
  `${member.familyName.toLocaleUpperCase("fr")} ${member.givenName}`.trim();
export const fullTime = ({ percent }: Member): string => number(percent / 100, percent % 100 === 0 ? 0 : 2);
