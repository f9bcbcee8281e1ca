// The list of interviews. Notes are in none of its files.
import { sql } from "kysely";
import { between, oneOf } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may, sitesFor } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { Link } from "../../../../ui/link.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { nameFilter } from "../../people/door.ts";
import { accountsThatMeet } from "../choices.ts";
import { programmeFilter, siteFilter } from "../filters.ts";
import { rights } from "../rights.ts";
import { modeWords } from "../words.ts";
import { momentOf, statusOf, whoOf } from "./one.ts";
import { type InterviewLine, interviewColumns, interviewTables } from "./reads.ts";
import { interviewStatusWords, optionsOf } from "./words.ts";

export const interviewList: List<InterviewLine> = {
  name: "entretiens",
  path: "/entretiens",
  title: "Entretiens",
  words: ["entretien", "entretiens"],
  right: rights["interview.see"],
  exportRight: rights["interview.export"],
  trace: { listed: "interview.listed", exported: "interview.exported" },
  query: (tx, right) => ({
    select: interviewColumns,
    from: interviewTables,
    where: [sql`i.house_id = ${tx.scope.house}`, ...oneOf(sql`i.site_id`, sitesFor(tx.scope, right))],
  }),
  usual: [
    { by: sql`i.starts_on`, down: true },
    { by: sql`coalesce(i.starts_at, '00:00')`, down: true },
  ],
  tie: { by: sql`i.id`, down: true },
  person: sql`i.person_id`,
  nameOf: whoOf,
  filters: [
    {
      kind: "days",
      key: "de",
      label: "Jours",
      usual: (today) => ({ from: addDays(today, -30), to: addDays(today, 30) }),
      where: between(sql`i.starts_on`),
    },
    nameFilter,
    siteFilter(sql`i.site_id`),
    programmeFilter(sql`i.programme_id`),
    {
      kind: "choice",
      key: "conseiller",
      label: "Avec",
      all: "tous",
      options: (tx) => accountsThatMeet(tx, rights["interview.record"]),
      where: (value) => sql`i.account_id = ${value}::uuid`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => optionsOf(interviewStatusWords),
      where: (value) => sql`i.status = ${value}`,
    },
  ],
  columns: [
    {
      key: "quand",
      label: "Quand",
      header: true,
      render: (line) => <Link href={`/entretiens/${line.id}`}>{momentOf(line)}</Link>,
      sort: [sql`i.starts_on`, sql`coalesce(i.starts_at, '00:00')`],
    },
    { key: "jour", label: "Jour", cell: (line) => ({ day: line.startsOn }) },
    { key: "heure", label: "Heure", cell: (line) => line.startsAt },
    { key: "duree", label: "Durée en minutes", cell: (line) => line.minutes },
    { key: "site", label: "Lieu", cell: (line) => line.site },
    { key: "dispositif-nom", label: "Dispositif", cell: (line) => line.programme },
    { key: "fiche", label: "Fiche", cell: (line) => line.personCode },
    { key: "famille", label: "Nom", cell: (line) => line.familyName },
    { key: "prenom", label: "Prénom", cell: (line) => line.givenName },
    {
      key: "personne",
      label: "Personne",
      render: (line) => <Link href={`/personnes/${line.personId}`}>{whoOf(line)}</Link>,
      sort: [sql`p.family_name`, sql`p.given_name`],
    },
    {
      key: "avec",
      label: "Avec",
      render: (line) => line.adviser,
      cell: (line) => line.adviser,
      sort: sql`a.name`,
      nulls: "last",
    },
    { key: "lieu", label: "Lieu", render: (line) => line.site, sort: sql`s.name` },
    {
      key: "dispositif",
      label: "Dispositif",
      render: (line) => line.programme,
      sort: sql`g.title`,
      nulls: "last",
    },
    { key: "mode", label: "Mode", cell: (line) => modeWords[line.mode] },
    { key: "salle", label: "Salle", cell: (line) => line.place },
    {
      key: "etat",
      label: "État",
      render: statusOf,
      cell: (line) => interviewStatusWords[line.status],
      sort: sql`i.status`,
    },
    { key: "motif", label: "Annulé parce que", cell: (line) => line.reason },
    { key: "identifiant", label: "Identifiant", cell: (line) => line.id },
  ],
  tell: ({ count }, { values }) =>
    `Du ${shortDay(values.de ?? "")} au ${shortDay(values.a ?? "")}\u00a0: ${plural(count, "entretien", "entretiens")}.`,
  action: ({ scope }) =>
    may(scope, rights["interview.record"]) ? { href: "/entretiens/nouveau", label: "Noter un entretien" } : null,
  links: ({ scope }) =>
    may(scope, rights["template.edit"]) ? <Link href="/entretiens/modeles">Modèles de note</Link> : null,
  empty: () => (
    <p>
      Aucun entretien de cette sorte entre ces deux jours. Un entretien se note depuis la fiche d’une personne, ou ici
      par son code.
    </p>
  ),
};
