// Recording a visit without HTTP and without our code: PostgreSQL's own load generator, where it is installed, on the same statement.
import { spawn } from "node:child_process";
import { existsSync, globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rowId } from "./ground.ts";
import type { Measured } from "./load.ts";
import type { Recording } from "./recording.ts";

/** The path of pgbench, or null: the real program rather than Debian's wrapper, which looks for a cluster of its own. */
export function findPgbench(): string | null {
  const versioned = globSync("/usr/lib/postgresql/*/bin/pgbench").sort();
  return versioned.at(-1) ?? (existsSync("/usr/bin/pgbench") ? "/usr/bin/pgbench" : null);
}

/** The visit's statement as a script of pgbench: its values written in, a person of the given range and a fresh key each time. */
export function pgbenchScript(visit: Recording["visit"], range: { first: number; last: number }): string {
  const [statement] = visit.statements;
  if (!statement) throw new Error("no statement of a visit");
  const literal = (value: unknown): string => {
    if (value === visit.key) return "uuidv7()";
    if (value === visit.person) return rowId("p", ":i");
    if (value === null || value === undefined) return "NULL";
    return `'${(value instanceof Date ? value.toISOString() : String(value)).replaceAll("'", "''")}'`;
  };
  const text = statement.text.replace(/\$(\d+)/g, (_, number: string) => literal(statement.values[Number(number) - 1]));
  return `\\set i random(${range.first}, ${range.last})\n${text.replace(/\s+/g, " ").trim()};\n`;
}

/** Runs pgbench for some seconds. Null when it is not there; its own words when it fails. */
export async function runPgbench(wish: {
  folder: string;
  database: {
    host?: string | undefined;
    port?: number | undefined;
    user?: string | undefined;
    database?: string | undefined;
  };
  visit: Recording["visit"];
  range: { first: number; last: number };
  clients: number;
  seconds: number;
}): Promise<Measured | null> {
  const program = findPgbench();
  if (!program) return null;
  const script = join(wish.folder, "visit.sql");
  writeFileSync(script, pgbenchScript(wish.visit, wish.range));
  const { host = "", port = 5432, user = "", database = "" } = wish.database;
  const words = [
    "-n",
    "-M",
    wish.visit.statements[0]?.name ? "prepared" : "extended",
    "-c",
    String(wish.clients),
    "-j",
    "2",
  ];
  const args = [
    ...words,
    "-T",
    String(wish.seconds),
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
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
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
  return { requests: Math.round(perSecond * wish.seconds), perSecond, p50: average, p95: Number.NaN, spoiled: {} };
}
