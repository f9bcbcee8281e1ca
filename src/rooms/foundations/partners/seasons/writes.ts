// One function an act on seasons: the rule, a structure's part in a season, its end.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PartnerSide } from "../accounts/reads.ts";
import type { MembershipRow } from "./reads.ts";
import { type SeasonRule, seasonDays } from "./rules.ts";
import type { Dues } from "./tables.ts";

/** Sets the rule of a season for one side. `version`: of the rule that was looked at, 0 where there was none; false: it changed since. */
export async function setSeasonRule(tx: Tx, wish: Omit<SeasonRule, "version">, version: number): Promise<boolean> {
  const { season, side, duesCents, payBy, conventionBy, source } = wish;
  const { rows } = await sql`
    INSERT INTO partners.season_rules AS r (house_id, season, side, dues_cents, pay_by, convention_by, source)
    VALUES (${tx.scope.house}, ${season}, ${side}, ${duesCents}, ${payBy}, ${conventionBy}, ${source})
    ON CONFLICT (house_id, season, side) DO UPDATE SET dues_cents = excluded.dues_cents, pay_by = excluded.pay_by,
      convention_by = excluded.convention_by, source = excluded.source, version = r.version + 1
     WHERE r.version = ${version} RETURNING version`.execute(tx.on());
  return rows.length > 0;
}

export type NewMembership = {
  id: string;
  structure: string;
  side: PartnerSide;
  season: number;
  convention: string | null;
  duesCents: number;
};

/** Registers a structure for a season: from its first day, or from today once it has begun. False: it is registered already. */
export async function openMembership(tx: Tx, wish: NewMembership): Promise<boolean> {
  const { from, to } = seasonDays(wish.season);
  const first = tx.today > from && tx.today <= to ? tx.today : from;
  const { rows } = await sql`
    INSERT INTO partners.memberships (house_id, id, structure_id, side, season, from_day, convention_id, dues_cents, dues, created_at, created_by)
    VALUES (${tx.scope.house}, ${wish.id}, ${wish.structure}, ${wish.side}, ${wish.season}, ${first}, ${wish.convention}, ${wish.duesCents}, 'due',
            ${tx.clock.now()}, ${tx.scope.account})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

export type MembershipChange = {
  convention: string | null;
  duesCents: number;
  dues: Dues;
  settledOn: string | null;
  waivedWhy: string | null;
};

/** Changes what a structure signed, owes, paid or was spared in a season; false: it changed since it was looked at. */
export async function changeMembership(
  tx: Tx,
  row: MembershipRow,
  version: number,
  wish: MembershipChange,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE partners.memberships SET convention_id = ${wish.convention}, dues_cents = ${wish.duesCents}, dues = ${wish.dues},
           settled_on = ${wish.dues === "due" ? null : (wish.settledOn ?? tx.today)}, waived_why = ${wish.dues === "waived" ? wish.waivedWhy : null}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${row.id} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Ends a structure's part in a season: from that day on it takes part no more. Null day: it takes part again. */
export async function endMembership(
  tx: Tx,
  row: MembershipRow,
  version: number,
  end: { day: string; why: string } | null,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE partners.memberships SET ended_on = ${end?.day ?? null}, ended_why = ${end?.why ?? null}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${row.id} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}
