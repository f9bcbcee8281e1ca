// The same statements without HTTP and without our code: PostgreSQL's own load generator, where it is installed.
import { spawn } from "node:child_process";
import { existsSync, globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rowId } from "./ground.ts";
import type { Measured } from "./load.ts";
import type { Recording, Statement } from "./recording.ts";

/** The path of pgbench, or null: the real program rather than Debian's wrapper, which looks for a cluster of its own. */
export function findPgbench(): string | null {
  const versioned = globSync("/usr/lib/postgresql/*/bin/pgbench").sort();
  return versioned.at(-1) ?? (existsSync("/usr/bin/pgbench") ? "/usr/bin/pgbench" : null);
}

/** A statement in one line, its values written in. `own` gives what differs each time; null: the value as it is. */
function written({ text, values }: Statement, own: (value: unknown) => string | null): string {
  const literal = (value: unknown): string => {
    const fresh = own(value);
    if (fresh !== null) return fresh;
    if (value === null || value === undefined) return "NULL";
    if (Array.isArray(value)) return `'{${value.join(",")}}'`;
    return `'${(value instanceof Date ? value.toISOString() : String(value)).replaceAll("'", "''")}'`;
  };
  const filled = text.replace(/\$(\d+)/g, (_, number: string) => literal(values[Number(number) - 1]));
  return `${withoutColons(filled).replace(/\s+/g, " ").trim()};\n`;
}

/** A colon before a word is a variable of pgbench, also inside quotes: hours and moments are written without, other texts in two pieces. */
const withoutColons = (text: string): string =>
  text.replace(/'(?:[^']|'')*'/g, (quoted) => {
    if (!/:\w/.test(quoted)) return quoted;
    if (/^'\d\d:\d\d'$/.test(quoted)) return quoted.replace(/:(\d\d)/, "$100");
    if (/^'\d{4}-\d\d-\d\dT[\d:.]+Z'$/.test(quoted)) return quoted.replace(/[:-]/g, "");
    return `(${quoted.replaceAll(":", "' || chr(58) || '")})`;
  });

/** The visit's statement as a script of pgbench: a person of the given range and a fresh key each time. */
export function visitScript(visit: Recording["visit"], range: { first: number; last: number }): string {
  const [statement] = visit.statements;
  if (!statement) throw new Error("no statement of a visit");
  const own = (value: unknown): string | null =>
    value === visit.key ? "uuidv7()" : value === visit.person ? rowId("p", ":i") : null;
  return `\\set i random(${range.first}, ${range.last})\n${written(statement, own)}`;
}

/** Statements as one transaction: a fresh key and a fresh short code each time, and other `values` put in the place of those recorded. */
export function transactionScript(
  statements: readonly Statement[],
  fresh: { key: string; code: string; values: Readonly<Record<string, string>> },
): string {
  const own = (value: unknown): string | null => {
    if (value === fresh.key) return "uuidv7()";
    if (value === fresh.code) return "substr(md5(random()::text), 1, 12)";
    const other = typeof value === "string" ? fresh.values[value] : undefined;
    return other === undefined ? null : `'${other}'`;
  };
  return `BEGIN;\n${statements.map((statement) => written(statement, own)).join("")}END;\n`;
}

/** Runs pgbench. Null when it is not there; its own words when it fails. */
export async function runPgbench(wish: {
  folder: string;
  database: {
    host?: string | undefined;
    port?: number | undefined;
    user?: string | undefined;
    database?: string | undefined;
    options?: string | undefined;
  };
  script: string;
  prepared: boolean;
  clients: number;
  /** One of the two: how long, or how many transactions a client. */
  seconds?: number;
  transactions?: number;
}): Promise<Measured | null> {
  const program = findPgbench();
  if (!program) return null;
  const script = join(wish.folder, "pgbench.sql");
  writeFileSync(script, wish.script);
  const { host = "", port = 5432, user = "", database = "", options = "" } = wish.database;
  const words = ["-n", "-M", wish.prepared ? "prepared" : "extended", "-c", String(wish.clients), "-j", "2"];
  const args = [
    ...words,
    ...(wish.transactions === undefined ? ["-T", String(wish.seconds)] : ["-t", String(wish.transactions)]),
    "-f",
    script,
    "-h",
    host,
    "-p",
    String(port),
    "-U",
    user,
    database,
  ];
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(options ? { PGOPTIONS: options } : {}) },
  });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const code = await new Promise<number | null>((done, failed) => {
    child.once("error", failed);
    child.once("close", done);
  });
  const perSecond = Number(/tps = ([\d.]+)/.exec(said)?.[1]);
  const average = Number(/latency average = ([\d.]+) ms/.exec(said)?.[1]);
  if (code !== 0 || !(perSecond > 0)) throw new Error(`pgbench failed: ${said.slice(0, 500)}`);
  const requests = wish.transactions === undefined ? perSecond * (wish.seconds ?? 0) : wish.transactions * wish.clients;
  return { requests: Math.round(requests), perSecond, p50: average, p95: Number.NaN, p99: Number.NaN, spoiled: {} };
}
