// Acts on several lines that were done: each with the way to take it back.
import { sql } from "kysely";
import type { GroupAct } from "../../core/lists/acts.ts";
import { between } from "../../core/lists/conditions.ts";
import type { AnyList, List } from "../../core/lists/list.ts";
import { listRights } from "../../core/lists/rights.ts";
import { may } from "../../core/rights.ts";
import { addDays, dayIn } from "../../core/time.ts";
import { shortDay } from "../../ui/words.ts";
import { type ActRecord, actColumns, actTables } from "./acts-writes.ts";

const stateOf = (act: ActRecord, zone: string): string =>
  act.undoneAt ? `annulé le ${shortDay(dayIn(zone, act.undoneAt))}` : "";

export function makeActsList(facts: {
  lists: () => readonly AnyList[];
  acts: () => readonly GroupAct[];
}): List<ActRecord> {
  const titleOf = (act: ActRecord): string => facts.acts().find((one) => one.key === act.act)?.label ?? act.act;
  const listOf = (act: ActRecord): string => facts.lists().find((one) => one.name === act.list)?.title ?? act.list;
  const right = listRights["group.act"];
  return {
    name: "actes-groupes",
    path: "/groupes",
    title: "Actes groupés",
    words: ["acte", "actes"],
    right,
    trace: { listed: "group.listed", exported: "group.exported" },
    query: (tx) => ({
      select: actColumns,
      from: actTables,
      where: [
        sql`g.house_id = ${tx.scope.house}`,
        // Those of others are for whoever holds the right for the whole house.
        may(tx.scope, right, { site: null }) ? sql`true` : sql`g.account_id = ${tx.scope.account}::uuid`,
      ],
    }),
    usual: [{ by: sql`g.at`, down: true }],
    tie: { by: sql`g.id`, down: true },
    filters: [
      {
        kind: "days",
        key: "de",
        label: "Jours",
        usual: (today, to) => ({ from: addDays(to ?? today, -90), to: today }),
        where: (from, to, tx) => between(sql`(g.at AT TIME ZONE ${tx.scope.zone})::date`)(from, to),
      },
      {
        kind: "choice",
        key: "acte",
        label: "Acte",
        all: "tous",
        options: () => facts.acts().map(({ key, label }) => ({ value: key, label })),
        where: (value) => sql`g.act = ${value}`,
      },
    ],
    columns: [
      {
        key: "acte",
        label: "Acte",
        header: true,
        render: (act) => <a href={`/groupes/${act.id}`}>{titleOf(act)}</a>,
        cell: titleOf,
      },
      {
        key: "jour",
        label: "Le",
        render: (act, { scope }) => shortDay(dayIn(scope.zone, act.at)),
        cell: (act, { scope }) => ({ day: dayIn(scope.zone, act.at) }),
        sort: sql`g.at`,
      },
      { key: "par", label: "Par", render: (act) => act.by, cell: (act) => act.by, sort: sql`a.name`, nulls: "last" },
      { key: "liste", label: "Liste", cell: listOf },
      { key: "dit", label: "Ce qui a été fait", render: (act) => act.said, cell: (act) => act.said },
      { key: "choisies", label: "Personnes choisies", cell: (act) => act.chosen },
      { key: "faits", label: "Changements", render: (act) => String(act.done), cell: (act) => act.done },
      {
        key: "etat",
        label: "État",
        render: (act, { scope }) => stateOf(act, scope.zone),
        cell: (act, { scope }) => stateOf(act, scope.zone) || null,
      },
    ],
    empty: () => <p>Aucun acte groupé ces jours-là. On agit sur plusieurs lignes depuis une liste, en les cochant.</p>,
  };
}
