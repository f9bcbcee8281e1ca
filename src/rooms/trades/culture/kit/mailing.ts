// An issue told by letter: whom the choice reaches, one letter an address and an issue, none to who asked for none.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { cancelLeft, linkMark, queueMessages } from "../../../foundations/messages/door.ts";
import type { IssueLine } from "./reads.ts";

export const leaveKind = "kit";
/** For how long a letter's link lets its reader leave, in days: letters are found again years later. */
const leaveDays = 1095;

/** What is kept of an address. The house is in it: the same address is told apart from house to house. */
const printOf = (tx: Tx, address: ReturnType<typeof sql>) =>
  sql`sha256(convert_to(${tx.scope.house}::text || ' ' || lower(btrim(${address})), 'UTF8'))`;

export type Choice = {
  /** Roles of structures, by their identifiers; empty: of any. */
  roles: readonly string[];
  commune: string;
};

const chosen = (tx: Tx, choice: Choice) => sql`
  SELECT DISTINCT ON (x.print) x.print, x.email FROM (
    SELECT ${printOf(tx, sql`e.email`)} AS print, btrim(e.email) AS email FROM partners.structures s
      CROSS JOIN LATERAL (
        SELECT s.email WHERE s.email IS NOT NULL
        UNION ALL
        SELECT c.email FROM partners.contacts c WHERE c.house_id = s.house_id AND c.structure_id = s.id AND c.email IS NOT NULL
           AND (c.from_day IS NULL OR c.from_day <= ${tx.today}) AND (c.to_day IS NULL OR c.to_day >= ${tx.today})
           AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = c.house_id AND w.row_id = c.id)) e
     WHERE s.house_id = ${tx.scope.house} AND s.merged_into IS NULL AND e.email LIKE '%_@_%'
       AND NOT EXISTS (SELECT 1 FROM partners.closures k WHERE k.house_id = s.house_id AND k.structure_id = s.id AND k.reopened_at IS NULL AND k.closed_on <= ${tx.today})
       AND (${choice.commune} = '' OR core.normalise(coalesce(s.commune_name, '')) = core.normalise(${choice.commune}))
       AND (${choice.roles.length} = 0 OR EXISTS (SELECT 1 FROM partners.roles r WHERE r.house_id = s.house_id AND r.structure_id = s.id AND r.term_id = ANY(${[...choice.roles]}::uuid[])
             AND (r.from_day IS NULL OR r.from_day <= ${tx.today}) AND (r.to_day IS NULL OR r.to_day >= ${tx.today})
             AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id)))) x
   ORDER BY x.print, x.email`;

export type Reach = { fresh: number; served: number; refused: number };

const told = (tx: Tx, issue: string) => sql<{ email: string; print: Buffer; served: boolean; refused: boolean }>`
  SELECT x.email, x.print,
         EXISTS (SELECT 1 FROM culture.kit_letters l WHERE l.house_id = ${tx.scope.house} AND l.issue_id = ${issue} AND l.print = x.print) AS served,
         EXISTS (SELECT 1 FROM culture.kit_refusals f WHERE f.house_id = ${tx.scope.house} AND f.print = x.print) AS refused`;

const reachOf = (rows: readonly { served: boolean; refused: boolean }[]): Reach => ({
  fresh: rows.filter(({ served, refused }) => !served && !refused).length,
  served: rows.filter(({ served, refused }) => served && !refused).length,
  refused: rows.filter(({ refused }) => refused).length,
});

/** Whom a mailing of an issue would reach, and whom not. */
export async function wouldReach(tx: Tx, issue: string, choice: Choice): Promise<Reach> {
  const { rows } = await sql<{ served: boolean; refused: boolean }>`
    ${told(tx, issue)} FROM (${chosen(tx, choice)}) x`.execute(tx.on());
  return reachOf(rows);
}

export type Mailing = { id: string; choice: Choice; words: string; page: string };

/**
 * Writes the letters of a mailing, all or none: one an address that had none of this issue and did not refuse. `made` false: that mailing
 * was sent already. Two mailings at once wait for one another: an address of both is written to once.
 */
export async function sendIssue(tx: Tx, issue: IssueLine, wish: Mailing): Promise<Reach & { made: boolean }> {
  const { house } = tx.scope;
  await sql`SELECT 1 FROM culture.kit_issues WHERE house_id = ${house} AND id = ${issue.id} FOR UPDATE`.execute(
    tx.on(),
  );
  const { rows: before } = await sql<Reach>`
    SELECT letters AS fresh, served, refused FROM culture.kit_mailings WHERE house_id = ${house} AND id = ${wish.id}`.execute(
    tx.on(),
  );
  if (before[0]) return { ...before[0], made: false };
  const { rows } = await sql<{ email: string; print: Buffer; served: boolean; refused: boolean }>`
    ${told(tx, issue.id)} FROM (${chosen(tx, wish.choice)}) x ORDER BY x.email`.execute(tx.on());
  const reach = reachOf(rows);
  await sql`INSERT INTO culture.kit_mailings (house_id, id, issue_id, at, account_id, chosen, letters, served, refused)
    VALUES (${house}, ${wish.id}, ${issue.id}, ${tx.clock.now()}, ${tx.scope.account}, ${wish.words}, ${reach.fresh}, ${reach.served}, ${reach.refused})`.execute(
    tx.on(),
  );
  const letters = rows
    .filter(({ served, refused }) => !served && !refused)
    .map(({ email, print }) => ({ id: tx.ids.uuid(), email, print: print.toString("hex") }));
  if (letters.length === 0) return { ...reach, made: true };
  await sql`INSERT INTO culture.kit_letters (house_id, id, mailing_id, issue_id, print)
    SELECT ${house}, id, ${wish.id}, ${issue.id}, decode(print, 'hex') FROM ${rowset(
      letters.map(({ id, print }) => ({ id, print })),
      { id: "uuid", print: "text" },
    )}`.execute(tx.on());
  await queueMessages(
    tx,
    letters.map(({ id, email, print }) => ({
      key: `kit/${print}/${issue.id}`,
      purpose: "kit",
      channel: "mail",
      person: null,
      personal: true,
      recipient: email,
      subject: issue.title,
      body: `Bonjour,\n\n${[issue.introduction, `Lire le numéro : ${wish.page}`].filter(Boolean).join("\n\n")}\n\n${tx.scope.houseName}\n\nNe plus recevoir ce courrier : ${linkMark}\n`,
      link: { kind: leaveKind, record: id, days: leaveDays, leaves: true },
    })),
  );
  return { ...reach, made: true };
}

/** Never again: by the letter that somebody holds. What waits for that address no longer leaves. Null: there is no such letter. */
export async function leaveKit(tx: Tx, letter: string): Promise<{ first: boolean } | null> {
  const { rows } = await sql<{ print: Buffer; issue: string }>`
    SELECT print, issue_id AS issue FROM culture.kit_letters WHERE house_id = ${tx.scope.house} AND id = ${letter}`.execute(
    tx.on(),
  );
  return rows[0] ? { first: await refuse(tx, rows[0].print, rows[0].issue) } : null;
}

/** Never again: said to the team, of an address. False: it was said already. */
export async function takeOff(tx: Tx, address: string): Promise<boolean> {
  const { rows } = await sql<{ print: Buffer }>`SELECT ${printOf(tx, sql`${address}::text`)} AS print`.execute(tx.on());
  return rows[0] ? refuse(tx, rows[0].print, null) : false;
}

async function refuse(tx: Tx, print: Buffer, issue: string | null): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO culture.kit_refusals (house_id, print, at, issue_id) VALUES (${tx.scope.house}, ${print}, ${tx.clock.now()}, ${issue})
    ON CONFLICT DO NOTHING RETURNING print`.execute(tx.on());
  await cancelLeft(tx, `kit/${print.toString("hex")}/`);
  return rows.length > 0;
}
