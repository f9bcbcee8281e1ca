// Reads of seasons: the rule of a season, what a structure is in each, and whether it may book on a day.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PartnerSide } from "../accounts/reads.ts";
import { closureOf } from "../reads.ts";
import { type BookingRight, bookingRight, type Membership, type SeasonRule, seasonOf } from "./rules.ts";
import type { MembershipsTable } from "./tables.ts";

/** The rules of a season, or of all, the latest first. */
export async function seasonRules(tx: Tx, season?: number): Promise<SeasonRule[]> {
  const { rows } = await sql<SeasonRule>`
    SELECT season, side, dues_cents AS "duesCents", pay_by AS "payBy", convention_by AS "conventionBy", source, version
      FROM partners.season_rules WHERE house_id = ${tx.scope.house} ${season === undefined ? sql`` : sql`AND season = ${season}`}
     ORDER BY season DESC, side`.execute(tx.on());
  return rows;
}

export type MembershipRow = Omit<MembershipsTable, "house_id" | "version" | "created_at" | "created_by"> & {
  version: number;
  convention_title: string | null;
  convention_from: string | null;
  convention_to: string | null;
  /** The convention stands: it was not taken away since. */
  convention_stands: boolean;
};

/** What a structure is in each season, the latest first; or one row by its identifier. */
export async function membershipsOf(tx: Tx, of: { structure: string } | { id: string }): Promise<MembershipRow[]> {
  const { rows } = await sql<MembershipRow>`
    SELECT m.id, m.structure_id, m.side, m.season, m.from_day, m.convention_id, m.dues_cents, m.dues, m.settled_on, m.waived_why, m.ended_on, m.ended_why, m.version,
           c.title AS convention_title, c.from_day AS convention_from, c.to_day AS convention_to, c.id IS NOT NULL AND w.row_id IS NULL AS convention_stands
      FROM partners.memberships m
      LEFT JOIN partners.conventions c ON c.house_id = m.house_id AND c.id = m.convention_id
      LEFT JOIN partners.withdrawals w ON w.house_id = m.house_id AND w.row_id = m.convention_id
     WHERE m.house_id = ${tx.scope.house} AND ${"id" in of ? sql`m.id = ${of.id}` : sql`m.structure_id = ${of.structure}`}
     ORDER BY m.season DESC, m.side`.execute(tx.on());
  return rows;
}

const asMembership = (row: MembershipRow | undefined): Membership | null =>
  row
    ? {
        season: row.season,
        fromDay: row.from_day,
        endedOn: row.ended_on,
        dues: row.dues,
        convention: row.convention_stands ? { from_day: row.convention_from, to_day: row.convention_to } : null,
      }
    : null;

/** Whether a structure may book (or give places, on the cultural side) on a day, and the rule that says so; null: no rule was set. */
export async function bookingRightOf(
  tx: Tx,
  structure: string,
  side: PartnerSide,
  day: string,
): Promise<{ right: BookingRight; rule: SeasonRule | null }> {
  const season = seasonOf(day);
  const [rules, rows, closure] = await Promise.all([
    seasonRules(tx, season),
    membershipsOf(tx, { structure }),
    closureOf(tx, structure),
  ]);
  const rule = rules.find((one) => one.side === side) ?? null;
  const of = (year: number): Membership | null =>
    asMembership(rows.find((row) => row.side === side && row.season === year));
  const closed = closure !== null && closure.closed_on <= day;
  return { right: bookingRight({ day, closed, rule, now: of(season), before: of(season - 1) }), rule };
}

/** The conventions of a structure that stand: what a membership may go with. */
export async function standingConventions(tx: Tx, structure: string): Promise<{ id: string; title: string }[]> {
  const { rows } = await sql<{ id: string; title: string }>`
    SELECT c.id, c.title FROM partners.conventions c WHERE c.house_id = ${tx.scope.house} AND c.structure_id = ${structure}
       AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = c.house_id AND w.row_id = c.id)
     ORDER BY c.from_day DESC NULLS LAST, c.title`.execute(tx.on());
  return rows;
}
