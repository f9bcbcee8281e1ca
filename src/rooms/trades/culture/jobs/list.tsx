// Jobs in culture: what was foreseen, and what became of it.
import { sql } from "kysely";
import { between, holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { Link } from "../../../../ui/link.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { projectRights } from "../projects/rights.ts";
import { optionsOf, projectStateWords } from "../projects/words.ts";
import { type JobLine, jobColumns, jobTables } from "./reads.ts";
import { jobKindWords } from "./words.ts";

export const jobList: List<JobLine> = {
  name: "metiers-de-la-culture",
  path: "/culture/metiers",
  title: "Métiers de la culture",
  crumbs: [{ href: "/culture/projets", label: "Projets culturels collectifs" }],
  words: ["action", "actions"],
  right: projectRights["culture-job.see"],
  trace: { listed: "culture-job.listed", exported: "culture-job.exported" },
  query: (tx) => ({
    select: jobColumns,
    from: jobTables,
    where: [sql`r.house_id = ${tx.scope.house}`],
    tallies: {
      held: { sum: sql`CASE WHEN r.state = 'held' THEN 1 ELSE 0 END` },
      cancelled: { sum: sql`CASE WHEN r.state = 'cancelled' THEN 1 ELSE 0 END` },
    },
  }),
  usual: [{ by: sql`r.on_day`, down: true }],
  tie: { by: sql`r.id` },
  filters: [
    { kind: "days", key: "de", label: "Jours", usual: () => null, where: between(sql`r.on_day`) },
    {
      kind: "text",
      key: "titre",
      label: "Titre ou structure",
      where: (value) => holds(sql`r.title || ' ' || coalesce(s.name, '')`, value),
    },
    {
      kind: "choice",
      key: "genre",
      label: "Genre",
      all: "tous",
      options: () => optionsOf(jobKindWords),
      where: (value) => sql`r.kind = ${value}`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => optionsOf(projectStateWords),
      where: (value) => sql`r.state = ${value}`,
    },
  ],
  columns: [
    {
      key: "titre",
      label: "Action",
      header: true,
      render: (line) => <Link href={`/culture/metiers/${line.id}`}>{line.title}</Link>,
      cell: (line) => line.title,
      sort: sql`r.title`,
    },
    {
      key: "jour",
      label: "Jour",
      render: (line) => shortDay(line.day),
      cell: (line) => ({ day: line.day }),
      sort: sql`r.on_day`,
    },
    {
      key: "genre",
      label: "Genre",
      render: (line) => jobKindWords[line.kind],
      cell: (line) => jobKindWords[line.kind],
      sort: sql`r.kind`,
    },
    {
      key: "structure",
      label: "Acteur culturel",
      render: (line) => line.structure,
      cell: (line) => line.structure,
      sort: sql`s.name_key`,
      nulls: "last",
    },
    {
      key: "etat",
      label: "État",
      render: (line) =>
        line.reason ? `${projectStateWords[line.state]}\u00a0: ${line.reason}` : projectStateWords[line.state],
      cell: (line) => projectStateWords[line.state],
      sort: sql`r.state`,
    },
    { key: "motif", label: "Motif d’annulation", cell: (line) => line.reason },
    {
      key: "participants",
      label: "Participants",
      number: true,
      render: (line) => line.participants ?? "",
      cell: (line) => line.participants,
      sort: sql`r.participants`,
      nulls: "last",
    },
    { key: "note", label: "Note", cell: (line) => line.note },
  ],
  tell: ({ count, tallies }) => {
    const [held, cancelled] = [tallies.held ?? 0, tallies.cancelled ?? 0];
    return `${plural(count, "action", "actions")}, dont ${plural(held, "réalisée", "réalisées")} et ${plural(cancelled, "annulée", "annulées")}.`;
  },
  action: (at) =>
    may(at.scope, projectRights["culture-job.write"])
      ? { href: "/culture/metiers/nouvelle", label: "Noter une action" }
      : null,
  empty: () => <p>Aucune action ne correspond.</p>,
};
