// One row per person and event, between two days: for those who count in a spreadsheet. Each room brings its own events.
import { sql } from "kysely";
import type { Tx } from "../../core/db/transaction.ts";
import { between } from "../../core/lists/conditions.ts";
import type { PersonEvents } from "../../core/lists/events.ts";
import type { List, Sql } from "../../core/lists/list.ts";
import { listRights } from "../../core/lists/rights.ts";
import { may } from "../../core/rights.ts";
import { listSites } from "../../rooms/foundations/house/door.ts";
import { peopleRights, sexWords } from "../../rooms/foundations/people/door.ts";
import { listProgrammes } from "../../rooms/foundations/programmes/door.ts";
import { number, plural, shortDay } from "../../ui/words.ts";

type EventRow = {
  id: string;
  person: string;
  code: string;
  familyName: string;
  givenName: string;
  sex: string | null;
  age: string;
  commune: string | null;
  district: string | null;
  site: string | null;
  programme: string | null;
  kind: string;
  day: string;
  what: string | null;
  hours: number | null;
};

/** Fine enough to be added up to the bands of every chapter: visits are told apart at 16, 26 and 50 years, enrolments at 26 and 45. */
const band = sql`CASE WHEN aged.years < 16 THEN 'moins de 16 ans' WHEN aged.years < 26 THEN '16 à 25 ans' WHEN aged.years < 45 THEN '26 à 44 ans' WHEN aged.years < 50 THEN '45 à 49 ans'
  WHEN aged.years >= 50 THEN '50 ans et plus' ELSE 'âge inconnu' END`;
const districts: Readonly<Record<string, string>> = { qpv: "oui", qva: "non (QVA)", none: "non" };

/** `events`: of all rooms, asked at each request. */
export function makeEventsList(events: () => readonly PersonEvents[]): List<EventRow> {
  const known = (tx: Tx): PersonEvents[] => events().filter((one) => may(tx.scope, one.right));

  function unionOf(tx: Tx, values: Readonly<Record<string, string>>): Sql {
    const days = { from: values.de || tx.today, to: values.a || tx.today };
    const shown = known(tx).filter((one) => !values.sorte || one.key === values.sorte);
    const none = sql`SELECT NULL::text, NULL::text, NULL::uuid, NULL::date, NULL::uuid, NULL::uuid, NULL::text, NULL::numeric, NULL::int WHERE false`;
    const all = shown.map(
      (one) =>
        sql`SELECT ${one.label}::text, k.id::text, k.person_id, k.on_day, k.site_id, k.programme_id, k.what, k.hours, k.age FROM (${one.rows(tx, days)}) k(id, person_id, on_day, site_id, programme_id, what, hours, age)`,
    );
    return sql`(${sql.join([none, ...all], sql` UNION ALL `)}) ev(kind, id, person_id, on_day, site_id, programme_id, what, hours, age)`;
  }

  return {
    name: "personnes-evenements",
    path: "/export/personnes-evenements",
    title: "Personnes et événements",
    words: ["ligne", "lignes"],
    right: listRights["event.export"],
    trace: { listed: "event.listed", exported: "event.exported" },
    query(tx, _, values) {
      const { house } = tx.scope;
      const person = sql`${unionOf(tx, values)} JOIN people.persons p ON p.house_id = ${house} AND p.id = ev.person_id`;
      return {
        select: sql`ev.id || ':' || ev.person_id || ':' || ev.kind AS id, p.id AS person, p.code, p.family_name AS "familyName", p.given_name AS "givenName", p.sex, ${band} AS age,
          p.commune_name AS commune, district.value AS district, s.name AS site, g.title AS programme, ev.kind, ev.on_day AS day, ev.what, ev.hours::float8 AS hours`,
        from: sql`${person}
          CROSS JOIN LATERAL (SELECT coalesce(ev.age, date_part('year', age(ev.on_day::timestamp, p.birth_date::timestamp))::int) AS years) aged
          LEFT JOIN LATERAL (SELECT n.value FROM people.situations n WHERE n.house_id = p.house_id AND n.person_id = p.id AND n.kind = 'neighbourhood' AND n.from_day <= ev.on_day
            ORDER BY n.from_day DESC LIMIT 1) district ON true
          LEFT JOIN house.sites s ON s.house_id = ${house} AND s.id = ev.site_id
          LEFT JOIN programmes.programmes g ON g.house_id = ${house} AND g.id = ev.programme_id`,
        countFrom: person,
        where: [sql`p.house_id = ${house}`],
        tallies: { people: sql`count(DISTINCT ev.person_id)::int`, hours: sql`coalesce(sum(ev.hours), 0)::float8` },
      };
    },
    usual: [{ by: sql`ev.on_day` }, { by: sql`p.code` }],
    tie: { by: sql`ev.id || ':' || ev.person_id || ':' || ev.kind` },
    filters: [
      {
        kind: "days",
        key: "de",
        label: "Jours",
        usual: (today, to) => ({ from: `${(to ?? today).slice(0, 4)}-01-01`, to: today }),
        where: between(sql`ev.on_day`),
      },
      {
        kind: "choice",
        key: "sorte",
        label: "Événement",
        all: "tous",
        options: (tx) => known(tx).map(({ key, label }) => ({ value: key, label })),
        // Only that kind is read.
        where: () => null,
      },
      {
        kind: "choice",
        key: "antenne",
        label: "Antenne",
        all: "toutes",
        options: async (tx) => (await listSites(tx)).map((one) => ({ value: one.id, label: one.name })),
        where: (value) => sql`ev.site_id = ${value}::uuid`,
      },
      {
        kind: "choice",
        key: "dispositif",
        label: "Dispositif",
        all: "tous",
        options: async (tx) => (await listProgrammes(tx)).map((one) => ({ value: one.id, label: one.label })),
        where: (value) => sql`ev.programme_id = ${value}::uuid`,
      },
    ],
    columns: [
      {
        key: "jour",
        label: "Jour",
        header: true,
        render: (row) => shortDay(row.day),
        cell: (row) => ({ day: row.day }),
        sort: sql`ev.on_day`,
      },
      { key: "evenement", label: "Événement", render: (row) => row.kind, cell: (row) => row.kind, sort: sql`ev.kind` },
      { key: "quoi", label: "Quoi", render: (row) => row.what, cell: (row) => row.what },
      { key: "identifiant", label: "Personne (identifiant)", cell: (row) => row.person },
      { key: "fiche", label: "Fiche", cell: (row) => row.code, right: peopleRights["person.list"] },
      {
        key: "nom",
        label: "Nom",
        render: (row) => <a href={`/personnes/${row.person}`}>{row.familyName}</a>,
        cell: (row) => row.familyName,
        right: peopleRights["person.list"],
      },
      {
        key: "prenom",
        label: "Prénom",
        render: (row) => row.givenName,
        cell: (row) => row.givenName,
        right: peopleRights["person.list"],
      },
      {
        key: "sexe",
        label: "Sexe",
        render: (row) => (row.sex ? (sexWords[row.sex] ?? row.sex) : null),
        cell: (row) => (row.sex ? (sexWords[row.sex] ?? row.sex) : null),
      },
      { key: "age", label: "Âge ce jour-là", render: (row) => row.age, cell: (row) => row.age },
      { key: "commune", label: "Commune", cell: (row) => row.commune },
      { key: "qpv", label: "QPV ce jour-là", cell: (row) => districts[row.district ?? ""] ?? "inconnu" },
      { key: "antenne", label: "Antenne", render: (row) => row.site, cell: (row) => row.site },
      { key: "dispositif", label: "Dispositif", render: (row) => row.programme, cell: (row) => row.programme },
      {
        key: "heures",
        label: "Heures",
        render: (row) => (row.hours === null ? null : number(row.hours, 2)),
        cell: (row) => row.hours,
      },
    ],
    tell({ count, tallies: { people = 0 } }, { values }) {
      const days = `Du ${shortDay(values.de ?? "")} au ${shortDay(values.a ?? "")}`;
      return `${days}\u00a0: ${plural(count, "événement", "événements")} de ${plural(people, "personne", "personnes")}. Une ligne par personne et par événement, sans aucune note.`;
    },
    empty: () => <p>Aucun événement de cette sorte entre ces deux jours.</p>,
  };
}
