// One request, one transaction: the scope that row-level security reads, the work, and the journal line of it go together or not at all.
import { type Kysely, sql } from "kysely";
import type pg from "pg";
import type { Ids } from "../ids.ts";
import type { Scope } from "../rights.ts";
import type { Clock } from "../time.ts";
import { type Database, nameOf, onClient, sendTogether } from "./database.ts";

/** A journal line: the act's word, the record it touched, and facts without personal data. */
export type JournalLine = {
  act: string;
  subject?: { kind: string; id: string } | undefined;
  details?: Record<string, unknown> | undefined;
};

export type Tx = {
  readonly scope: Scope;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Today in the house's zone, "2020-12-31". */
  readonly today: string;
  /** The query builder, typed by the tables of the room that asks: `tx.on<PeopleTables>()`. */
  on<Tables>(): Kysely<Tables>;
  /**
   * The same for a statement that is asked all day long with the same text and whose plan does not hang on its values: it is prepared
   * once a connection. Not for a range, a pattern or a list of changing length.
   */
  often<Tables>(): Kysely<Tables>;
  /** Writes a line in the journal, in this transaction. */
  journal(line: JournalLine): void;
  /** Runs when this transaction is committed, and only then: work that goes on by itself starts from what is written. */
  afterCommit(work: () => void): void;
  /**
   * Carries out an act that is one statement, with its journal line and COMMIT behind it in the same sending: the transaction is over. When
   * it made nothing, nothing was written, and the work runs again with `atOnce` null: it then says why, the long way.
   */
  readonly atOnce: ((act: AtOnce) => Promise<void>) | null;
};

/**
 * `text`: the statement's CTEs from WITH on, without a comma behind the last; one of them is `made`, with a row when the act happened.
 * `values`: of its parameters $1 to $n.
 */
export type AtOnce = { text: string; values: readonly unknown[]; line: JournalLine };

export type Deps = { database: Database; clock: Clock; ids: Ids };

/** Thrown to give up a transaction whose answer is already known: nothing is written. */
export class GiveUp<T> extends Error {
  readonly answer: T;
  constructor(answer: T) {
    super("transaction given up");
    this.answer = answer;
  }
}

/**
 * What opening a transaction gave. `stands`: the scope is the one that this session had a moment ago, and the database has not confirmed
 * it yet; false when it is no longer so.
 */
export type Opening = { scope: Scope; today: string; stands?: Promise<boolean> } | null;

/** `fresh`: the database's word is awaited. */
type Open = (client: pg.PoolClient, fresh: boolean) => Promise<Opening>;

/** Work inside a transaction. Whatever leaves the program before the work's end waits for `confirm`. */
type Work<R> = (tx: Tx, confirm: () => Promise<void>) => Promise<R>;

/** The scope under which the work ran was no longer true: nothing of it is kept or told. */
class Stale extends Error {}
/** An act at once made nothing: the work is to run the long way. */
class MadeNothing extends Error {}
const uniqueViolation = "23505";

/**
 * Opens a transaction, sets its scope by `open` (which leaves with BEGIN in one sending), runs the work, writes its journal lines
 * and commits. A refused opening gives null. `readOnly` work waits for no disk: losing a journal line of reading to a power cut
 * is accepted, losing an act is not. Work under a scope that the database then denies is rolled back, and runs again under the true
 * one: it must be such that nobody notices a first run that was rolled back.
 */
export async function openTransaction<R>(
  deps: Deps,
  open: Open,
  work: Work<R>,
  options: { readOnly?: boolean } = {},
): Promise<R | null> {
  return deps.database.withClient(async (client) => {
    let [fresh, longWay] = [false, false];
    while (true) {
      try {
        return await runOnce(deps, client, (one) => open(one, fresh), work, { ...options, longWay });
      } catch (error) {
        if (error instanceof Stale && !fresh) fresh = true;
        else if (error instanceof MadeNothing && !longWay) longWay = true;
        else throw error;
      }
    }
  });
}

async function runOnce<R>(
  deps: Deps,
  client: pg.PoolClient,
  open: (client: pg.PoolClient) => Promise<Opening>,
  work: Work<R>,
  options: { readOnly?: boolean; longWay: boolean },
): Promise<R | null> {
  let [ended, committed] = [false, false];
  let stands: Promise<boolean> | undefined;
  try {
    sendTogether(client);
    const begun = client.query(options.readOnly ? "BEGIN; SET LOCAL synchronous_commit TO off" : "BEGIN");
    begun.catch(() => {});
    const opened = await open(client);
    stands = opened?.stands;
    if (!stands) await begun;
    if (!opened) {
      await client.query("ROLLBACK");
      return null;
    }
    // Kept until the end, so that they leave with COMMIT in one sending.
    const lines: pg.QueryConfig[] = [];
    const later: (() => void)[] = [];
    const builders = onClient(client);
    const tx: Tx = {
      scope: opened.scope,
      clock: deps.clock,
      ids: deps.ids,
      today: opened.today,
      on<Tables>() {
        if (ended) throw new Error("this transaction has ended");
        return builders.once as Kysely<Tables>;
      },
      often<Tables>() {
        if (ended) throw new Error("this transaction has ended");
        return builders.often as Kysely<Tables>;
      },
      journal(line) {
        if (ended) throw new Error("this transaction has ended");
        lines.push(lineOf(deps, opened.scope, line));
      },
      afterCommit: (start) => void later.push(start),
      atOnce: options.longWay
        ? null
        : async (act) => {
            if (ended) throw new Error("this transaction has ended");
            ended = true;
            sendTogether(client);
            const made = client.query<{ made: boolean }>(statementOf(deps, opened.scope, act));
            const [{ rows }, result] = await Promise.all([made, client.query("COMMIT")]).catch((error: unknown) => {
              // Somebody else wrote the same meanwhile (a form sent twice at the same moment): all of it is rolled back.
              if ((error as { code?: string }).code === uniqueViolation) throw new MadeNothing();
              throw error;
            });
            if (result.command !== "COMMIT") throw new Error("the transaction was rolled back by the database");
            if (!rows[0]?.made) throw new MadeNothing();
            committed = true;
          },
    };
    const confirm = async (): Promise<void> => {
      if (stands && !(await stands)) throw new Stale();
    };
    const answer = await work(tx, confirm);
    await confirm();
    if (!committed) {
      sendTogether(client);
      const sent = [...lines.map((line) => client.query(line)), client.query("COMMIT")];
      // The first fault is the one that tells: COMMIT after it would only say that nothing was kept.
      const result = (await Promise.all(sent)).at(-1);
      // A COMMIT after a failed statement is answered ROLLBACK: nothing was kept, so nothing may be said to be.
      if (result?.command !== "COMMIT") throw new Error("the transaction was rolled back by the database");
    }
    for (const start of later) start();
    return answer;
  } catch (error) {
    const stale = stands && (await stands.catch(() => true)) === false;
    await client.query("ROLLBACK").catch(() => {});
    if (stale) throw new Stale();
    if (error instanceof GiveUp) return error.answer as R;
    throw error;
  } finally {
    ended = true;
  }
}

const journalColumns = "house_id, id, at, account_id, act, subject_kind, subject_id, ip, details";
const journalSql = `INSERT INTO core.journal (${journalColumns}) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`;
const journalTypes = ["uuid", "uuid", "timestamptz", "uuid", "text", "text", "uuid", "text", "jsonb"];

const valuesOf = (deps: Deps, scope: Scope, line: JournalLine): unknown[] => [
  scope.house,
  deps.ids.uuid(),
  deps.clock.now(),
  scope.account,
  line.act,
  line.subject?.kind ?? null,
  line.subject?.id ?? null,
  scope.ip,
  line.details ? JSON.stringify(line.details) : null,
];

const lineOf = (deps: Deps, scope: Scope, line: JournalLine): pg.QueryConfig => ({
  name: "journal",
  text: journalSql,
  values: valuesOf(deps, scope, line),
});

/** Statements of acts at once by the text that the room gives, which never changes. */
const wholes = new Map<string, { name: string; text: string }>();

/** The act and its journal line as one statement; `made`: whether it happened, and so has its line. */
function statementOf(deps: Deps, scope: Scope, { text, values, line }: AtOnce): pg.QueryConfig {
  let whole = wholes.get(text);
  if (!whole) {
    const places = journalTypes.map((type, at) => `$${values.length + at + 1}::${type}`);
    const full = `${text}, told AS (INSERT INTO core.journal (${journalColumns}) SELECT ${places.join(",")} FROM made) SELECT EXISTS (SELECT 1 FROM made) AS made`;
    whole = { name: nameOf(full), text: full };
    wholes.set(text, whole);
  }
  return { ...whole, values: [...values, ...valuesOf(deps, scope, line)] };
}

/** A transaction of a scope already minted: the command line, jobs, tests. */
export async function inTransaction<R>(
  deps: Deps,
  scope: Scope,
  today: string,
  work: (tx: Tx) => Promise<R>,
): Promise<R> {
  const answer = await openTransaction(
    deps,
    async (client) => {
      await client.query({
        name: "scope",
        text: "SELECT set_config('traboule.house', $1, true), set_config('traboule.account', $2, true)",
        values: [scope.house, scope.account ?? ""],
      });
      return { scope, today };
    },
    work,
  );
  return answer as R;
}

/** Reads a query by batches through a server-side cursor: bounded memory for exports. The query is a Kysely expression. */
export async function* readInBatches<Row>(
  tx: Tx,
  query: { compile(): { sql: string; parameters: readonly unknown[] } },
  size = 1000,
): AsyncGenerator<Row[]> {
  const { sql: text, parameters } = query.compile();
  const name = `batch_${tx.ids.uuid().replaceAll("-", "")}`;
  await sql`${sql.raw(`DECLARE ${name} NO SCROLL CURSOR FOR `)}${rawWith(text, parameters)}`.execute(tx.on());
  while (true) {
    const { rows } = await sql<Row>`FETCH ${sql.raw(String(size))} FROM ${sql.raw(name)}`.execute(tx.on());
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`CLOSE ${sql.raw(name)}`.execute(tx.on());
}

function rawWith(text: string, parameters: readonly unknown[]) {
  const parts = text.split(/\$\d+/);
  const indexes = [...text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]) - 1);
  return parts.reduce(
    (built, part, at) =>
      at === 0 ? sql`${sql.raw(part)}` : sql`${built}${parameters[indexes[at - 1] ?? 0]}${sql.raw(part)}`,
    sql``,
  );
}
