// The team, for the direction: who is there, since when.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { holds } from "../../../../core/lists/conditions.ts";
import type { Choice, List } from "../../../../core/lists/list.ts";
import { number, plural, shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { listSites } from "../sites/reads.ts";
import { fullTime, type Member, memberColumns, memberTables, nameOf } from "./reads.ts";

const states = { presents: "présents aujourd’hui", partis: "partis", tous: "tous, partis aussi" } as const;

const poles = async (tx: Tx): Promise<Choice[]> =>
  (
    await sql<Choice>`SELECT DISTINCT s.pole AS value, s.pole AS label FROM house.staff s WHERE s.house_id = ${tx.scope.house} AND s.pole IS NOT NULL ORDER BY 1`.execute(
      tx.on(),
    )
  ).rows;

export const staffList: List<Member> = {
  name: "equipe",
  path: "/equipe",
  title: "Équipe",
  words: ["personne", "personnes"],
  right: rights["staff.see"],
  trace: { listed: "staff.listed", exported: "staff.exported" },
  query: (tx) => ({
    select: memberColumns,
    from: memberTables,
    where: [sql`s.house_id = ${tx.scope.house}`],
    tallies: { percent: { sum: sql`s.full_time_percent` } },
  }),
  usual: [{ by: sql`core.normalise(s.family_name)` }, { by: sql`core.normalise(s.given_name)` }],
  tie: { by: sql`s.id` },
  filters: [
    {
      kind: "choice",
      key: "qui",
      label: "Qui",
      usual: "presents",
      options: () => Object.entries(states).map(([value, label]) => ({ value, label })),
      where: (value, { today }) =>
        value === "presents"
          ? sql`s.from_day <= ${today} AND (s.to_day IS NULL OR s.to_day >= ${today})`
          : value === "partis"
            ? sql`s.to_day < ${today}`
            : null,
    },
    {
      kind: "text",
      personal: true,
      key: "nom",
      label: "Nom",
      where: (value) => holds(sql`s.given_name || ' ' || s.family_name`, value),
    },
    {
      kind: "choice",
      key: "pole",
      label: "Pôle",
      all: "tous",
      options: poles,
      where: (value) => sql`s.pole = ${value}`,
    },
    {
      kind: "choice",
      key: "lieu",
      label: "Lieu",
      all: "tous",
      options: async (tx) => (await listSites(tx)).map((one) => ({ value: one.id, label: one.name })),
      where: (value) => sql`s.site_id = ${value}::uuid`,
    },
  ],
  columns: [
    {
      key: "nom",
      label: "Nom",
      header: true,
      render: (member) => <a href={`/equipe/${member.id}`}>{nameOf(member)}</a>,
      cell: (member) => member.familyName,
      sort: [sql`core.normalise(s.family_name)`, sql`core.normalise(s.given_name)`],
    },
    { key: "prenom", label: "Prénom", cell: (member) => member.givenName },
    { key: "sexe", label: "Sexe", cell: (member) => member.sex },
    {
      key: "fonction",
      label: "Fonction",
      render: (member) => member.function,
      cell: (member) => member.function,
      sort: sql`s.function`,
      nulls: "last",
    },
    {
      key: "pole",
      label: "Pôle",
      render: (member) => member.pole,
      cell: (member) => member.pole,
      sort: sql`s.pole`,
      nulls: "last",
    },
    { key: "employeur", label: "Employeur", cell: (member) => member.employer },
    {
      key: "lieu",
      label: "Lieu",
      render: (member) => member.site,
      cell: (member) => member.site,
      sort: sql`site.name`,
      nulls: "last",
    },
    {
      key: "entree",
      label: "Entrée",
      render: (member) => shortDay(member.fromDay),
      cell: (member) => ({ day: member.fromDay }),
      sort: sql`s.from_day`,
    },
    {
      key: "sortie",
      label: "Sortie",
      render: (member) => (member.toDay ? shortDay(member.toDay) : ""),
      cell: (member) => (member.toDay ? { day: member.toDay } : null),
      sort: sql`s.to_day`,
      nulls: "last",
    },
    {
      key: "temps",
      label: "Part d’un temps plein",
      render: fullTime,
      cell: (member) => member.percent / 100,
      sort: sql`s.full_time_percent`,
      number: true,
    },
  ],
  tell: ({ count, tallies: { percent = 0 } }, { values }) => {
    const who = { presents: " aujourd’hui", partis: " parties", tous: " en tout" }[values.qui ?? ""] ?? "";
    return `${plural(count, "personne", "personnes")}${who}, ${number(percent / 100, 2)} équivalents temps plein.`;
  },
  action: () => ({ href: "/equipe/nouvelle", label: "Ajouter quelqu’un" }),
  empty: () => <p>Personne{"\u00a0"}: importez la liste de la maison (equipe.csv), ou changez de filtre.</p>,
};
