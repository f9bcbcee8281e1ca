// The floor: a bare Node HTTP server on `pg` that sends the same statements as the program for each gesture, and knows no session,
// right, policy or journal. It connects as the owner, whom no policy holds. Statements come from a recording of the program itself.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { makeIds } from "../src/core/ids.ts";
import { systemClock } from "../src/core/time.ts";
import type { Recording, Statement } from "./recording.ts";
import "../src/core/db/database.ts";

const recording = JSON.parse(readFileSync(process.env.FLOOR_RECORDING ?? "", "utf8")) as Recording;
const ids = makeIds(systemClock);
const pool = new pg.Pool({
  ...(JSON.parse(process.env.FLOOR_DATABASE ?? "{}") as pg.PoolConfig),
  // As many connections as the program has.
  max: 10,
  // The search asks which house it is in.
  options: `-c traboule.house=${recording.house}`,
});

async function replay(statements: readonly Statement[], replace: Record<string, string> = {}): Promise<number> {
  let rows = 0;
  for (const { name, text, values } of statements) {
    const filled = values.map((value) => (typeof value === "string" ? (replace[value] ?? value) : value));
    const result = await pool.query({ ...(name ? { name } : {}), text, values: filled });
    rows += result.rows.length;
  }
  return rows;
}

/** `/visit?person=ID`, `/booking?date=ID`, `/search?at=3`: which gesture, and of whom, when or which sample. */
function answer(url: string): Promise<number> {
  const [gesture = "", query = ""] = url.slice(1).split("?");
  const asked = query.slice(query.indexOf("=") + 1);
  const { visit, booking } = recording;
  if (gesture === "booking")
    return replay(booking.statements, {
      [booking.key]: ids.uuid(),
      [booking.code]: ids.shortCode(),
      [booking.date]: asked,
    });
  if (gesture === "visit") return replay(visit.statements, { [visit.key]: ids.uuid(), [visit.person]: asked });
  const samples = recording[gesture as "search" | "sheet" | "chapter"] ?? [];
  return replay(samples[Number(asked) % samples.length] ?? []);
}

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    answer(request.url ?? "/").then(
      (rows) => response.end(JSON.stringify({ rows })),
      (error: Error) => {
        response.statusCode = 500;
        response.end(error.message);
      },
    );
  });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
