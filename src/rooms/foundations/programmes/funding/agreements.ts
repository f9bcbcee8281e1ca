// The agreements whose funder asks for participants' indicators, as the catalogue says them.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Regime, regimeOf } from "./regimes.ts";

export type Agreement = {
  id: string;
  programme: string;
  programmeCode: string;
  programmeTitle: string;
  funder: string;
  title: string | null;
  from: string;
  to: string;
  cents: number | null;
  /** Null: the funder asks for no participants' indicators. */
  regime: Regime | null;
};
/** An agreement under the European Social Fund. */
export type FundAgreement = Agreement & { regime: Regime };

/** All agreements of the house, those that end last first. `of`: one programme, or one agreement. */
export async function agreementsOf(tx: Tx, of: { programme?: string; id?: string } = {}): Promise<Agreement[]> {
  const { rows } = await sql<Omit<Agreement, "cents" | "regime"> & { cents: string | null }>`
    SELECT a.id, a.programme_id AS programme, g.code AS "programmeCode", g.title AS "programmeTitle", a.funder, a.title, a.from_day AS "from", a.to_day AS "to", a.amount_cents AS cents
      FROM programmes.agreements a JOIN programmes.programmes g ON g.house_id = a.house_id AND g.id = a.programme_id
     WHERE a.house_id = ${tx.scope.house} ${of.programme ? sql`AND a.programme_id = ${of.programme}` : sql``} ${of.id ? sql`AND a.id = ${of.id}` : sql``}
     ORDER BY a.to_day DESC, g.title, a.funder, a.id`.execute(tx.often());
  return rows.map(({ cents, ...one }) => ({
    ...one,
    cents: cents === null ? null : Number(cents),
    regime: regimeOf(one.funder),
  }));
}

export const underFund = (all: readonly Agreement[]): FundAgreement[] =>
  all.flatMap((one) => (one.regime ? [{ ...one, regime: one.regime }] : []));
