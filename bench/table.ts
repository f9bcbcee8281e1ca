// What was measured, as one Markdown table a size, and which limits were missed.

import type { BoxOffice } from "./box-office.ts";
import type { Size } from "./ground.ts";
import { deskPause, type Imported } from "./importing.ts";
import type { Measured } from "./load.ts";
import type { Overviews } from "./overviews.ts";
import type { Pathways } from "./pathways.ts";
import type { Compared } from "./rounds.ts";

export type Result = {
  size: Size;
  pathways: Pathways;
  boxOffice: BoxOffice;
  overviews: Overviews;
  compared: readonly Compared[];
  imported: Imported;
  memory: number | null;
};

/** From the issue that asked for speed; `p95` in milliseconds. */
export const limits = {
  ofFloor: 0.5,
  p95: { search: 50, visit: 50, chapter: 1000 } as Readonly<Record<string, number>>,
  importSeconds: 30,
  deskDuringImport: 2,
  memory: 300,
};

const round = (value: number): string =>
  Number.isNaN(value) ? "" : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function measuredCells({ perSecond, p50, p95 }: Measured): string[] {
  return [round(perSecond), round(p50), round(p95)];
}

/** Every limit that a result misses, each in a sentence. */
export function missesOf({ size, compared, imported, memory }: Result): string[] {
  const misses: string[] = [];
  const at = `${size.people.toLocaleString("en")} people`;
  for (const { gesture, program, floor } of compared) {
    const share = program.perSecond / floor.perSecond;
    if (share < limits.ofFloor)
      misses.push(`${gesture.label}: ${share.toFixed(2)} of the floor, at least ${limits.ofFloor} wanted (${at})`);
    const most = limits.p95[gesture.name];
    if (most !== undefined && program.p95 >= most)
      misses.push(`${gesture.label}: p95 ${round(program.p95)} ms, under ${most} wanted (${at})`);
  }
  if (imported.seconds >= limits.importSeconds)
    misses.push(
      `import: ${imported.seconds.toFixed(1)} s for ${imported.rows} rows, under ${limits.importSeconds} wanted (${at})`,
    );
  const slower = imported.meanwhile.p95 / imported.before.p95;
  if (slower >= limits.deskDuringImport)
    misses.push(
      `import: the desk's p95 becomes ${slower.toFixed(2)} times what it was, under ${limits.deskDuringImport} wanted (${at})`,
    );
  if (memory !== null && memory >= limits.memory)
    misses.push(`memory: ${memory} MB at its peak, under ${limits.memory} wanted (${at})`);
  return misses;
}

/** The table of one size. */
export function tableOf({ size, compared, imported, memory }: Result): string {
  const head = ["gesture", "who", "a second", "p50 ms", "p95 ms", "program / this", "limit"];
  const lines = [row(head), row(head.map((_, at) => (at < 2 ? "---" : "---:")))];
  for (const { gesture, program, floor, driver, pgbench } of compared) {
    const most = limits.p95[gesture.name];
    lines.push(row([`**${gesture.label}**`, "program", ...measuredCells(program), "", most ? `p95 < ${most} ms` : ""]));
    const others: [string, Measured | undefined][] = [
      ["floor", floor],
      ["bare driver", driver],
      ["pgbench", pgbench],
    ];
    for (const [who, measured] of others)
      if (measured)
        lines.push(
          row([
            "",
            who,
            ...measuredCells(measured),
            (program.perSecond / measured.perSecond).toFixed(2),
            who === "floor" ? `≥ ${limits.ofFloor}` : "",
          ]),
        );
  }
  const { rows, seconds, before, meanwhile } = imported;
  lines.push(
    row([
      `**import of ${rows.toLocaleString("en")} rows**, in ${seconds.toFixed(1)} s`,
      "program",
      round(rows / seconds),
      "",
      "",
      "",
      `< ${limits.importSeconds} s`,
    ]),
  );
  lines.push(
    row(["", `desk before, ${deskPause} ms between two requests of a person`, ...measuredCells(before), "", ""]),
  );
  lines.push(
    row([
      "",
      "desk meanwhile",
      ...measuredCells(meanwhile),
      `p95 × ${(meanwhile.p95 / before.p95).toFixed(2)}`,
      `< × ${limits.deskDuringImport}`,
    ]),
  );
  lines.push(
    row([
      "**memory of the program**",
      "peak",
      memory === null ? "not told by this system" : `${memory} MB`,
      "",
      "",
      "",
      `< ${limits.memory} MB`,
    ]),
  );
  return `### ${size.people.toLocaleString("en")} people, ${size.visits.toLocaleString("en")} visits, five sites\n\n${lines.join("\n")}\n`;
}
