// The floor: a bare Node HTTP server on `pg` that sends the same statements as the program for each gesture, and knows no session,
// right, policy or journal. It connects as the owner, whom no policy holds. Statements come from a recording of the program itself.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import pg from "pg";
import type { Recording, Statement } from "./recording.ts";
import "../src/core/db/database.ts";

const recording = JSON.parse(readFileSync(process.env.FLOOR_RECORDING ?? "", "utf8")) as Recording;
const pool = new pg.Pool({ ...(JSON.parse(process.env.FLOOR_DATABASE ?? "{}") as pg.PoolConfig), max: 10 });
const house = `SELECT set_config('traboule.house', '${recording.house}', false)`;
pool.on("connect", (client) => void client.query(house));

let turn = 0;
const pick = <T>(list: readonly T[]): T => list[turn++ % list.length] as T;

async function replay(statements: readonly Statement[], replace: Record<string, string> = {}): Promise<number> {
  let rows = 0;
  for (const { text, values } of statements) {
    const result = await pool.query(
      text,
      values.map((value) => (typeof value === "string" ? (replace[value] ?? value) : value)),
    );
    rows += Array.isArray(result) ? result.length : result.rows.length;
  }
  return rows;
}

const server = createServer((request, response) => {
  const gesture = (request.url ?? "/").slice(1).split("?")[0] ?? "";
  request.resume();
  request.on("end", () => {
    const done =
      gesture === "visit"
        ? replay(recording.visit.statements, {
            [recording.visit.key]: randomUUID(),
            [recording.visit.person]: pick(recording.persons),
          })
        : replay(pick(recording[gesture as "search" | "person" | "chapter"] ?? []));
    done.then(
      (rows) => response.end(JSON.stringify({ rows })),
      (error: Error) => {
        response.statusCode = 500;
        response.end(error.message);
      },
    );
  });
});
server.listen(Number(process.env.FLOOR_PORT), "127.0.0.1", () => process.send?.("ready"));
