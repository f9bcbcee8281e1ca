// The list of enrolments: filters that combine and are seen, as many rows in the files as on the pages.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List, Sql } from "../../../../core/lists/list.ts";
import type { Right, Scope } from "../../../../core/rights.ts";
import { plural, shortDay } from "../../../../ui/words.ts";
import { accountsWith, listSites } from "../../house/door.ts";
import { bears, tagChoices } from "../../people/door.ts";
import { catalogue } from "../catalogue/reads.ts";
import { rights, seenBy } from "../rights.ts";
import { referentRoles } from "./new-routes.tsx";
import { type Enrolment, enrolmentColumns, enrolmentTables } from "./reads.ts";

/** Only programmes and sites that the reader's role is held for. */
export const withinSight = (scope: Scope, right: Right): Sql[] => {
  const within = seenBy(scope, right);
  return within === null
    ? []
    : [sql`(e.site_id = ANY(${within.sites}::uuid[]) OR e.programme_id = ANY(${within.programmes}::uuid[]))`];
};

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
  usual: sql`e.entry_on DESC`,
  tie: sql`e.id`,
  person: sql`e.person_id`,
  enrolment: sql`e.id`,
  nameOf: (line) => line.personName,
  filters: [
    {
      kind: "text",
      personal: true,
      key: "nom",
      label: "Nom",
      where: (value) => holds(sql`p.given_name || ' ' || p.family_name`, value),
    },
    {
      kind: "choice",
      key: "dispositif",
      label: "Dispositif",
      all: "tous",
      options: async (tx) => (await catalogue(tx)).map((one) => ({ value: one.code, label: one.title })),
      where: (value) => sql`g.code = ${value}`,
    },
    {
      kind: "choice",
      key: "antenne",
      label: "Antenne",
      all: "toutes",
      options: async (tx) => (await listSites(tx)).map((one) => ({ value: one.id, label: one.name })),
      where: (value) => sql`e.site_id = ${value}::uuid`,
    },
    {
      kind: "choice",
      key: "referent",
      label: "Référent",
      all: "tous",
      options: async (tx) => (await accountsWith(tx, referentRoles)).map((one) => ({ value: one.id, label: one.name })),
      where: (value) => sql`r.account_id = ${value}::uuid`,
    },
    {
      kind: "choice",
      key: "etiquette",
      label: "Étiquette",
      all: "peu importe",
      hiddenBelow: 1,
      options: tagChoices,
      where: (value, tx) => bears(tx, sql`e.person_id`, value),
    },
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
    { key: "fiche", label: "Fiche", cell: (line) => line.personCode },
    {
      key: "personne",
      label: "Personne",
      header: true,
      render: (line) => <a href={`/parcours/${line.id}`}>{line.personName}</a>,
      cell: (line) => line.personName,
      sort: sql`p.family_name, p.given_name`,
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
