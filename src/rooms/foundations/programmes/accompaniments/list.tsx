// The structures in programmes: filters that combine and are seen, as many rows in the files as on the pages.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { plural, shortDay } from "../../../../ui/words.ts";
import { catalogue } from "../catalogue/reads.ts";
import { siteFilter, withinSight } from "../enrolments/filters.ts";
import { rights } from "../rights.ts";
import { type Accompaniment, accompanimentColumns, accompanimentTables } from "./reads.ts";

const states = { present: "en cours", left: "sorties", all: "toutes" } as const;

export const accompanimentList: List<Accompaniment> = {
  name: "structures-accompagnees",
  path: "/structures-accompagnees",
  title: "Structures accompagnées",
  words: ["structure accompagnée", "structures accompagnées"],
  right: rights["enrolment.see"],
  exportRight: rights["enrolment.export"],
  trace: { listed: "accompaniment.listed", exported: "accompaniment.exported" },
  query: (tx, right) => ({
    select: accompanimentColumns,
    from: accompanimentTables,
    where: [sql`e.house_id = ${tx.scope.house}`, sql`e.withdrawn_at IS NULL`, ...withinSight(tx.scope, right)],
  }),
  tell: ({ count }, { values }) => {
    const state = values.etat === states.all ? "" : ` ${values.etat}`;
    return `${plural(count, "accompagnement", "accompagnements")} de structures${state}.`;
  },
  usual: [{ by: sql`e.entry_on`, down: true }, { by: sql`c.name` }],
  tie: { by: sql`e.id` },
  filters: [
    { kind: "text", key: "structure", label: "Structure", where: (value) => holds(sql`c.name`, value) },
    {
      kind: "choice",
      key: "dispositif",
      label: "Dispositif",
      all: "tous",
      options: async (tx) =>
        (await catalogue(tx))
          .filter((one) => one.takes === "structures")
          .map((one) => ({ value: one.code, label: one.title })),
      where: (value) => sql`g.code = ${value}`,
    },
    siteFilter,
    {
      kind: "choice",
      key: "etat",
      label: "État",
      usual: states.present,
      options: () => Object.values(states).map((one) => ({ value: one, label: one })),
      where: (value, tx) =>
        value === states.present
          ? sql`(e.exit_on IS NULL OR e.exit_on >= ${tx.today})`
          : value === states.left
            ? sql`e.exit_on < ${tx.today}`
            : null,
    },
  ],
  columns: [
    {
      key: "structure",
      label: "Structure",
      header: true,
      render: (line) => <a href={`/structures-accompagnees/${line.id}`}>{line.structureName}</a>,
      cell: (line) => line.structureName,
      sort: sql`c.name`,
    },
    {
      key: "dispositif",
      label: "Dispositif",
      render: (line) => line.programmeTitle,
      cell: (line) => line.programmeTitle,
      sort: sql`g.title`,
    },
    { key: "antenne", label: "Antenne", render: (line) => line.siteName, cell: (line) => line.siteName },
    {
      key: "entree",
      label: "Entrée",
      render: (line) => shortDay(line.entryOn),
      cell: (line) => ({ day: line.entryOn }),
      sort: sql`e.entry_on`,
    },
    {
      key: "sortie",
      label: "Sortie",
      render: (line) => (line.exitOn ? `${shortDay(line.exitOn)}${line.exitWord ? `, ${line.exitWord}` : ""}` : null),
      cell: (line) => (line.exitOn ? { day: line.exitOn } : null),
      sort: sql`e.exit_on`,
      nulls: "last",
    },
    { key: "motif", label: "Motif de sortie", cell: (line) => line.exitWord },
    { key: "effectif", label: "Effectif à l’entrée", cell: (line) => line.entry.workforce ?? null },
    { key: "malgre", label: "Entrée malgré les conditions", cell: (line) => line.inSpiteOf },
  ],
  empty: () => <p>Aucune structure ne correspond. Une structure entre dans un dispositif depuis sa fiche.</p>,
};
