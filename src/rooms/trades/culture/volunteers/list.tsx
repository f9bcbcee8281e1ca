// The volunteers of the pole: who is on a mission, where, until when, looked after by whom.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { Link } from "../../../../ui/link.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { listSites } from "../../../foundations/house/door.ts";
import { optionsOf } from "../projects/words.ts";
import { type VolunteerLine, volunteerColumns, volunteerName, volunteerTables } from "./reads.ts";
import { volunteerRights as rights } from "./rights.ts";
import { volunteerKindWords } from "./words.ts";

const states = { presents: "en mission aujourd’hui", attendus: "à venir", partis: "finies", tous: "toutes" } as const;

export const volunteerList: List<VolunteerLine> = {
  name: "volontaires-culture",
  path: "/culture/volontaires",
  title: "Volontaires",
  words: ["mission", "missions"],
  right: rights["volunteer.see"],
  trace: { listed: "volunteer.listed", exported: "volunteer.exported" },
  query: (tx) => ({
    select: volunteerColumns,
    from: volunteerTables,
    where: [sql`r.house_id = ${tx.scope.house}`],
    tallies: { hours: { sum: sql`r.weekly_hours` } },
  }),
  usual: [{ by: sql`r.from_day`, down: true }, { by: sql`core.normalise(r.given_name)` }],
  tie: { by: sql`r.id` },
  filters: [
    {
      kind: "choice",
      key: "quand",
      label: "Missions",
      usual: "presents",
      options: () => optionsOf(states),
      where: (value, { today }) =>
        value === "presents"
          ? sql`r.from_day <= ${today} AND r.to_day >= ${today}`
          : value === "attendus"
            ? sql`r.from_day > ${today}`
            : value === "partis"
              ? sql`r.to_day < ${today}`
              : null,
    },
    {
      kind: "text",
      personal: true,
      key: "nom",
      label: "Nom",
      where: (value) => holds(sql`r.given_name || ' ' || r.family_name`, value),
    },
    {
      kind: "choice",
      key: "genre",
      label: "Genre",
      all: "tous",
      options: () => optionsOf(volunteerKindWords),
      where: (value) => sql`r.kind = ${value}`,
    },
    {
      kind: "choice",
      key: "lieu",
      label: "Lieu",
      all: "tous",
      options: async (tx) => (await listSites(tx)).map((one) => ({ value: one.id, label: one.name })),
      where: (value) => sql`r.site_id = ${value}::uuid`,
    },
  ],
  columns: [
    {
      key: "nom",
      label: "Volontaire",
      header: true,
      render: (line) => <Link href={`/culture/volontaires/${line.id}`}>{volunteerName(line)}</Link>,
      cell: volunteerName,
      sort: [sql`core.normalise(r.given_name)`, sql`core.normalise(r.family_name)`],
    },
    {
      key: "genre",
      label: "Genre",
      render: (line) => volunteerKindWords[line.kind],
      cell: (line) => volunteerKindWords[line.kind],
      sort: sql`r.kind`,
    },
    {
      key: "debut",
      label: "Du",
      render: (line) => shortDay(line.fromDay),
      cell: (line) => ({ day: line.fromDay }),
      sort: sql`r.from_day`,
    },
    {
      key: "fin",
      label: "Au",
      render: (line) => shortDay(line.toDay),
      cell: (line) => ({ day: line.toDay }),
      sort: sql`r.to_day`,
    },
    {
      key: "heures",
      label: "Heures par semaine",
      number: true,
      render: (line) => line.weeklyHours,
      cell: (line) => line.weeklyHours,
      sort: sql`r.weekly_hours`,
    },
    { key: "lieu", label: "Lieu", render: (line) => line.site, cell: (line) => line.site, sort: sql`site.name` },
    { key: "tuteur", label: "Tuteur", render: (line) => line.tutor, cell: (line) => line.tutor, sort: sql`tutor.name` },
    { key: "mission", label: "Mission", cell: (line) => line.mission },
    { key: "depart", label: "Partie avant la fin", cell: (line) => line.leftWhy },
  ],
  tell: ({ count, tallies }) =>
    `${plural(count, "mission", "missions")}, ${plural(tallies.hours ?? 0, "heure", "heures")} par semaine.`,
  action: (at) =>
    may(at.scope, rights["volunteer.write"])
      ? { href: "/culture/volontaires/nouveau", label: "Noter une mission" }
      : null,
  empty: () => <p>Aucune mission ne correspond.</p>,
};
