// The list of enrolments: filters that combine and are seen, as many rows in the files as on the pages.
import { sql } from "kysely";
import type { List } from "../../../../core/lists/list.ts";
import { plural, shortDay } from "../../../../ui/words.ts";
import { accountsWith } from "../../house/door.ts";
import { nameFilter, tagFilter } from "../../people/door.ts";
import { catalogue } from "../catalogue/reads.ts";
import { rights } from "../rights.ts";
import { siteFilter, withinSight } from "./filters.ts";
import { referentRoles } from "./new-routes.tsx";
import { type Enrolment, enrolmentColumns, enrolmentTables } from "./reads.ts";

const states = { present: "en cours", left: "sortis", all: "tous" } as const;

export const enrolmentList: List<Enrolment> = {
  name: "parcours",
  path: "/parcours",
  title: "Parcours",
  words: ["parcours", "parcours"],
  right: rights["enrolment.see"],
  exportRight: rights["enrolment.export"],
  trace: { listed: "enrolment.listed", exported: "enrolment.exported" },
  query: (tx, right) => ({
    select: enrolmentColumns,
    from: enrolmentTables(tx.today),
    where: [sql`e.house_id = ${tx.scope.house}`, sql`gone.reason IS NULL`, ...withinSight(tx.scope, right)],
  }),
  tell: ({ count }, { values }) => {
    const state = values.etat === states.all ? "" : ` ${values.etat}`;
    return `${plural(count, "parcours", "parcours")}${state}.`;
  },
  usual: [{ by: sql`e.entry_on`, down: true }],
  tie: { by: sql`e.id`, down: true },
  person: sql`e.person_id`,
  enrolment: sql`e.id`,
  nameOf: (line) => line.personName,
  filters: [
    nameFilter,
    {
      kind: "choice",
      key: "dispositif",
      label: "Dispositif",
      all: "tous",
      options: async (tx) => (await catalogue(tx)).map((one) => ({ value: one.code, label: one.title })),
      where: (value) => sql`g.code = ${value}`,
    },
    siteFilter,
    {
      kind: "choice",
      key: "referent",
      label: "Référent",
      all: "tous",
      options: async (tx) => (await accountsWith(tx, referentRoles)).map((one) => ({ value: one.id, label: one.name })),
      where: (value) => sql`r.account_id = ${value}::uuid`,
    },
    tagFilter(sql`e.person_id`),
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
    // A file may bring them; a page refuses them.
    {
      kind: "yes-no",
      key: "dates",
      label: "Dates",
      all: "toutes",
      yes: "sortie avant l’entrée",
      no: "dans l’ordre",
      where: (yes) => (yes ? sql`e.exit_on < e.entry_on` : sql`(e.exit_on IS NULL OR e.exit_on >= e.entry_on)`),
    },
  ],
  columns: [
    { key: "fiche", label: "Fiche", cell: (line) => line.personCode },
    {
      key: "personne",
      label: "Personne",
      header: true,
      render: (line) => <a href={`/parcours/${line.id}`}>{line.personName}</a>,
      cell: (line) => line.personName,
      sort: [sql`p.family_name`, sql`p.given_name`],
    },
    {
      key: "dispositif",
      label: "Dispositif",
      render: (line) => line.programmeTitle,
      cell: (line) => line.programmeTitle,
      sort: sql`g.title`,
    },
    {
      key: "antenne",
      label: "Antenne",
      render: (line) => line.siteName,
      cell: (line) => line.siteName,
      sort: sql`s.name`,
      nulls: "last",
    },
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
    { key: "accompagnee", label: "Accompagnée", cell: (line) => line.followed },
    {
      key: "referent",
      label: "Référent",
      render: (line) => line.referentName,
      cell: (line) => line.referentName,
      sort: sql`a.name`,
      nulls: "last",
    },
  ],
  empty: () => <p>Aucun parcours ne correspond. Une personne entre dans un dispositif depuis sa fiche.</p>,
};
