// The three routes of a declared list: its page, and its rows as CSV and as a workbook.
import { shortDay } from "../../ui/words.ts";
import { type ListFormat, listFile } from "../exporting/list.ts";
import { type Answer, refusal } from "../http/answer.ts";
import type { At, Routes } from "../http/route.ts";
import { may } from "../rights.ts";
import { chipsOf, readAsked, tellListed } from "./asked.ts";
import type { List } from "./list.ts";
import { listPage } from "./page.tsx";
import { allRows, countRows } from "./rows.ts";

async function exported<Row extends { id: string }>(
  at: At<unknown>,
  list: List<Row>,
  format: ListFormat,
): Promise<Answer> {
  const { tx } = at;
  const right = list.exportRight ?? list.right;
  const asked = await readAsked(tx, list, at.query, right);
  if (Object.keys(asked.mistakes).length > 0) return refusal(422, Object.values(asked.mistakes).join(" "));
  const { count } = await countRows(tx, list, asked, right);
  tellListed(at, list, asked, count);
  const filters = chipsOf(list, asked).map((chip) => chip.label);
  const readMe = [
    list.title,
    `Lignes\u00a0: ${count}`,
    ...(filters.length > 0 ? filters : ["Sans filtre choisi"]),
    `Tiré le ${shortDay(tx.today)}`,
  ];
  return listFile(
    format,
    { name: `${list.name}-${tx.today}`, sheet: list.title, readMe },
    list.columns.flatMap(({ label, cell, right: needed }) =>
      cell && (!needed || may(tx.scope, needed)) ? [{ label, cell: (row: Row) => cell(row, tx) }] : [],
    ),
    allRows(tx, list, asked, right),
  );
}

/** Declares `PATH`, `PATH/export.csv` and `PATH/export.xlsx`. */
export function declareList<Row extends { id: string }>(routes: Routes, list: List<Row>): void {
  const right = list.exportRight ?? list.right;
  for (const format of ["csv", "xlsx"] as const)
    routes.get(`${list.path}/export.${format}`, { right, trace: list.trace.exported }, (at) =>
      exported(at, list, format),
    );
  routes.get(list.path, { right: list.right, trace: list.trace.listed }, (at) => listPage(at, list));
}
