// Reads and writes of volunteers.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { VolunteersTable, VolunteerTables } from "./tables.ts";

export type VolunteerLine = Pick<VolunteersTable, "id" | "kind"> & {
  givenName: string;
  familyName: string;
  mission: string;
  fromDay: string;
  toDay: string;
  weeklyHours: number;
  tutorId: string;
  tutor: string;
  accountId: string | null;
  account: string | null;
  siteId: string;
  site: string;
  leftWhy: string | null;
  version: number;
};

export const volunteerColumns = sql`r.id, r.kind, r.given_name AS "givenName", r.family_name AS "familyName", r.mission, r.from_day AS "fromDay", r.to_day AS "toDay",
  r.weekly_hours AS "weeklyHours", r.tutor_id AS "tutorId", tutor.name AS tutor, r.account_id AS "accountId", own.name AS account, r.site_id AS "siteId", site.name AS site,
  r.left_why AS "leftWhy", r.version`;
export const volunteerTables = sql`culture.volunteers r
  JOIN house.accounts tutor ON tutor.house_id = r.house_id AND tutor.id = r.tutor_id
  JOIN house.sites site ON site.house_id = r.house_id AND site.id = r.site_id
  LEFT JOIN house.accounts own ON own.house_id = r.house_id AND own.id = r.account_id`;

export const volunteerName = (one: { givenName: string; familyName: string }): string =>
  `${one.givenName} ${one.familyName}`;

/** One volunteer; null when the house has none of that identifier. */
export async function volunteerById(tx: Tx, id: string): Promise<VolunteerLine | null> {
  const { rows } = await sql<VolunteerLine>`
    SELECT ${volunteerColumns} FROM ${volunteerTables} WHERE r.house_id = ${tx.scope.house} AND r.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** Those whose mission touches one of the days, by name. */
export async function volunteersBetween(tx: Tx, from: string, to: string): Promise<VolunteerLine[]> {
  const { rows } = await sql<VolunteerLine>`
    SELECT ${volunteerColumns} FROM ${volunteerTables} WHERE r.house_id = ${tx.scope.house} AND r.from_day <= ${to}::date AND r.to_day >= ${from}::date
     ORDER BY core.normalise(r.given_name), core.normalise(r.family_name), r.id`.execute(tx.on());
  return rows;
}

export type VolunteerWish = Pick<
  VolunteerLine,
  | "kind"
  | "givenName"
  | "familyName"
  | "mission"
  | "fromDay"
  | "toDay"
  | "weeklyHours"
  | "tutorId"
  | "accountId"
  | "siteId"
  | "leftWhy"
>;

const rowOf = (wish: VolunteerWish) => ({
  given_name: wish.givenName,
  family_name: wish.familyName,
  kind: wish.kind,
  mission: wish.mission,
  from_day: wish.fromDay,
  to_day: wish.toDay,
  weekly_hours: wish.weeklyHours,
  tutor_id: wish.tutorId,
  account_id: wish.accountId,
  site_id: wish.siteId,
  left_why: wish.leftWhy,
});

/** Notes a mission; false: it was noted already under that identifier. */
export async function noteVolunteer(tx: Tx, id: string, wish: VolunteerWish): Promise<boolean> {
  const made = await tx
    .on<VolunteerTables>()
    .insertInto("culture.volunteers")
    .values({
      house_id: tx.scope.house,
      id,
      ...rowOf(wish),
      created_at: tx.clock.now(),
      created_by: tx.scope.account,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

/** Changes a mission as it was looked at; false: it changed since. */
export async function changeVolunteer(tx: Tx, id: string, version: number, wish: VolunteerWish): Promise<boolean> {
  const changed = await tx
    .on<VolunteerTables>()
    .updateTable("culture.volunteers")
    .set({ ...rowOf(wish), version: version + 1 })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id)
    .where("version", "=", version)
    .returning("id")
    .executeTakeFirst();
  return changed !== undefined;
}
