// Collective projects, filtered, counted, given as a file.
import { sql } from "kysely";
import { between, holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { Link } from "../../../../ui/link.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { Also } from "../also.tsx";
import { barriers, barrierWords } from "./barriers.ts";
import { type ProjectLine, projectColumns, projectTables } from "./reads.ts";
import { projectRights } from "./rights.ts";
import { optionsOf, projectKindWords, projectStateWords } from "./words.ts";

const stateOf = (line: ProjectLine): string =>
  line.reason ? `${projectStateWords[line.state]}\u00a0: ${line.reason}` : projectStateWords[line.state];
const dayCell = (day: string | null) => (day ? { day } : null);

export const projectList: List<ProjectLine> = {
  name: "projets-culturels",
  path: "/culture/projets",
  title: "Projets culturels collectifs",
  words: ["projet", "projets"],
  right: projectRights["project.see"],
  trace: { listed: "project.listed", exported: "project.exported" },
  query: (tx) => ({
    select: projectColumns,
    from: projectTables,
    where: [sql`r.house_id = ${tx.scope.house}`],
    tallies: { participants: { sum: sql`CASE WHEN r.state = 'held' THEN coalesce(r.participants, 0) ELSE 0 END` } },
  }),
  usual: [{ by: sql`r.on_day`, down: true }],
  tie: { by: sql`r.id` },
  filters: [
    { kind: "days", key: "de", label: "Jours", usual: () => null, where: between(sql`r.on_day`) },
    { kind: "text", key: "titre", label: "Titre", where: (value) => holds(sql`r.title`, value) },
    {
      kind: "text",
      key: "structure",
      label: "Structure",
      where: (value) => holds(sql`coalesce(a.name, '') || ' ' || coalesce(h.name, '')`, value),
    },
    {
      kind: "choice",
      key: "genre",
      label: "Genre",
      all: "tous",
      options: () => optionsOf(projectKindWords),
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
    {
      kind: "choice",
      key: "frein",
      label: "Frein",
      all: "tous",
      options: () => barriers.map(({ key, label }) => ({ value: key, label })),
      where: (value) => sql`${value} = ANY(r.barriers)`,
    },
    {
      kind: "yes-no",
      key: "bilan",
      label: "Participants",
      all: "notés ou non",
      yes: "notés",
      no: "non renseignés",
      where: (yes) => (yes ? sql`r.participants IS NOT NULL` : sql`r.participants IS NULL`),
    },
  ],
  columns: [
    {
      key: "titre",
      label: "Projet",
      header: true,
      render: (line) => <Link href={`/culture/projets/${line.id}`}>{line.title}</Link>,
      cell: (line) => line.title,
      sort: sql`r.title`,
    },
    {
      key: "jour",
      label: "Jour",
      render: (line) => shortDay(line.day),
      cell: (line) => dayCell(line.day),
      sort: sql`r.on_day`,
    },
    { key: "fin", label: "Dernier jour", cell: (line) => dayCell(line.toDay) },
    {
      key: "genre",
      label: "Genre",
      render: (line) => projectKindWords[line.kind],
      cell: (line) => projectKindWords[line.kind],
      sort: sql`r.kind`,
    },
    {
      key: "demandeur",
      label: "Demandé par",
      render: (line) => line.asker,
      cell: (line) => line.asker,
      sort: sql`a.name_key`,
      nulls: "last",
    },
    {
      key: "accueil",
      label: "Accueilli par",
      render: (line) => line.host,
      cell: (line) => line.host,
      sort: sql`h.name_key`,
      nulls: "last",
    },
    { key: "etat", label: "État", render: stateOf, cell: (line) => projectStateWords[line.state], sort: sql`r.state` },
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
    { key: "mediations", label: "Médiations réservées", cell: (line) => line.mediations },
    { key: "accord", label: "Accord signé le", cell: (line) => dayCell(line.agreedOn) },
    { key: "freins", label: "Freins", cell: (line) => barrierWords(line.barriers) },
    { key: "besoin", label: "Besoin", cell: (line) => line.need },
    { key: "bilan", label: "Bilan", cell: (line) => line.balance },
  ],
  tell: ({ count, tallies }) =>
    `${plural(count, "projet", "projets")}, ${plural(tallies.participants ?? 0, "participant", "participants")} à ceux qui ont eu lieu.`,
  action: (at) =>
    may(at.scope, projectRights["project.write"])
      ? { href: "/culture/projets/nouveau", label: "Noter un projet" }
      : null,
  above: (at) => (
    <Also
      scope={at.scope}
      links={[
        { href: "/culture/projets/objectifs", label: "Objectifs de l’année", right: projectRights["project.see"] },
        { href: "/culture/actions", label: "Permanences et actions", right: projectRights["culture-action.see"] },
        { href: "/culture/metiers", label: "Métiers de la culture", right: projectRights["culture-job.see"] },
      ]}
    />
  ),
  empty: () => <p>Aucun projet ne correspond.</p>,
};
