// The list of people, by what is true of them today.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import { siteOptions } from "../site-options.ts";
import { tagWords } from "../tags/reads.ts";
import { sexWords, situationWords } from "../words.ts";
import { tagFilter } from "./filters.ts";

export type PersonRow = {
  id: string;
  code: string;
  familyName: string;
  givenName: string;
  sex: string | null;
  birthDate: string | null;
  commune: string | null;
  site: string | null;
  neighbourhood: string | null;
  createdOn: string;
  lastContactOn: string | null;
  archived: boolean;
  tags: string | null;
};

const states = { followed: "suivies", archived: "archivées", all: "toutes" } as const;
/** Days without a contact that can be asked for. */
const silences = [60, 180, 365] as const;
const dayOrNothing = (day: string | null) => (day === null ? null : { day });

export const peopleList: List<PersonRow> = {
  name: "personnes",
  path: "/personnes/liste",
  title: "Liste des personnes",
  words: ["personne", "personnes"],
  right: rights["person.list"],
  exportRight: rights["person.export"],
  trace: { listed: "person.listed", exported: "person.exported" },
  query: (tx) => ({
    select: sql`p.id, p.code, p.family_name AS "familyName", p.given_name AS "givenName", p.sex, p.birth_date AS "birthDate", p.commune_name AS commune, s.name AS site,
      quarter.value AS neighbourhood, p.created_on AS "createdOn", p.last_contact_on AS "lastContactOn", p.archived_at IS NOT NULL AS archived, ${tagWords(tx, sql`p.id`)} AS tags`,
    from: sql`people.persons p LEFT JOIN house.sites s ON s.house_id = p.house_id AND s.id = p.site_id
      LEFT JOIN LATERAL (SELECT n.value FROM people.situations n WHERE n.house_id = p.house_id AND n.person_id = p.id AND n.kind = 'neighbourhood' AND n.from_day <= ${tx.today}
        ORDER BY n.from_day DESC LIMIT 1) quarter ON true`,
    where: [sql`p.house_id = ${tx.scope.house}`, sql`p.merged_into IS NULL`, sql`p.anonymised_at IS NULL`],
  }),
  usual: [{ by: sql`p.family_name` }, { by: sql`p.given_name` }],
  tie: { by: sql`p.id` },
  person: sql`p.id`,
  nameOf: (person) => nameOf({ family_name: person.familyName, given_name: person.givenName }),
  filters: [
    {
      kind: "text",
      personal: true,
      key: "nom",
      label: "Nom",
      where: (value) => holds(sql`p.given_name || ' ' || p.family_name || ' ' || coalesce(p.birth_name, '')`, value),
    },
    {
      kind: "choice",
      key: "antenne",
      label: "Antenne",
      all: "toutes",
      options: siteOptions,
      where: (value) => sql`p.site_id = ${value}::uuid`,
    },
    {
      kind: "choice",
      key: "sexe",
      label: "Sexe",
      all: "tous",
      options: () => Object.entries(sexWords).map(([value, label]) => ({ value, label })),
      where: (value) => sql`p.sex = ${value}`,
    },
    {
      kind: "text",
      key: "commune",
      label: "Commune",
      where: (value) => holds(sql`coalesce(p.commune_name, '') || ' ' || coalesce(p.postal_code, '')`, value),
    },
    {
      kind: "yes-no",
      key: "qpv",
      label: "Quartier prioritaire",
      all: "tous",
      yes: "oui",
      no: "non ou inconnu",
      where: (yes) => (yes ? sql`quarter.value = 'qpv'` : sql`quarter.value IS DISTINCT FROM 'qpv'`),
    },
    tagFilter(sql`p.id`),
    {
      kind: "choice",
      key: "silence",
      label: "Sans contact",
      all: "peu importe",
      options: () => silences.map((days) => ({ value: String(days), label: `depuis ${days} jours` })),
      where: (value, tx) =>
        sql`(p.last_contact_on IS NULL OR p.last_contact_on < ${addDays(tx.today, -Number(value))}::date)`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "Fiches",
      usual: states.followed,
      options: () => Object.values(states).map((one) => ({ value: one, label: one })),
      where: (value) =>
        value === states.followed
          ? sql`p.archived_at IS NULL`
          : value === states.archived
            ? sql`p.archived_at IS NOT NULL`
            : null,
    },
  ],
  columns: [
    { key: "fiche", label: "Fiche", cell: (person) => person.code },
    {
      key: "personne",
      label: "Personne",
      header: true,
      render: (person) => (
        <a href={`/personnes/${person.id}`}>
          {nameOf({ family_name: person.familyName, given_name: person.givenName })}
        </a>
      ),
      sort: [sql`p.family_name`, sql`p.given_name`],
    },
    { key: "nom", label: "Nom", cell: (person) => person.familyName },
    { key: "prenom", label: "Prénom", cell: (person) => person.givenName },
    { key: "sexe", label: "Sexe", cell: (person) => (person.sex ? (sexWords[person.sex] ?? person.sex) : null) },
    {
      key: "naissance",
      label: "Naissance",
      render: (person) => (person.birthDate ? shortDay(person.birthDate) : null),
      cell: (person) => dayOrNothing(person.birthDate),
      sort: sql`p.birth_date`,
      nulls: "last",
    },
    {
      key: "commune",
      label: "Commune",
      render: (person) => person.commune,
      cell: (person) => person.commune,
      sort: sql`p.commune_name`,
      nulls: "last",
    },
    {
      key: "quartier",
      label: "Quartier",
      cell: (person) =>
        person.neighbourhood ? (situationWords.neighbourhood.values[person.neighbourhood] ?? null) : null,
    },
    {
      key: "antenne",
      label: "Antenne",
      render: (person) => person.site,
      cell: (person) => person.site,
      sort: sql`s.name`,
      nulls: "last",
    },
    { key: "creation", label: "Fiche créée le", cell: (person) => ({ day: person.createdOn }) },
    {
      key: "contact",
      label: "Dernier contact",
      render: (person) => (person.lastContactOn ? shortDay(person.lastContactOn) : "jamais"),
      cell: (person) => dayOrNothing(person.lastContactOn),
      sort: sql`p.last_contact_on`,
      nulls: "first",
    },
    { key: "etiquettes", label: "Étiquettes", render: (person) => person.tags, cell: (person) => person.tags },
    { key: "archivee", label: "Archivée", cell: (person) => person.archived },
  ],
  action: ({ scope }) =>
    may(scope, rights["person.write"]) ? { href: "/personnes/nouvelle", label: "Nouvelle fiche" } : null,
  empty: () => <p>Personne ne correspond à ces filtres.</p>,
};
