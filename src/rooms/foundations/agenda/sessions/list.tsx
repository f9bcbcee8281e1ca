// The list of sessions.
import { sql } from "kysely";
import { between, holds, oneOf } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may, sitesFor } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { Link } from "../../../../ui/link.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { programmeFilter, siteFilter } from "../filters.ts";
import { momentOf } from "../interviews/one.ts";
import { optionsOf } from "../interviews/words.ts";
import { rights } from "../rights.ts";
import { modeWords } from "../words.ts";
import { placeOf, seatsOf, statusOf } from "./one.ts";
import { type SessionLine, sessionColumns, sessionTables } from "./reads.ts";
import { sessionStatusWords } from "./words.ts";

export const sessionList: List<SessionLine> = {
  name: "seances",
  path: "/seances",
  title: "Séances",
  words: ["séance", "séances"],
  right: rights["session.see"],
  trace: { listed: "session.listed", exported: "session.exported" },
  query: (tx, right) => ({
    select: sessionColumns,
    from: sessionTables,
    countFrom: sql`agenda.sessions s`,
    where: [sql`s.house_id = ${tx.scope.house}`, ...oneOf(sql`s.site_id`, sitesFor(tx.scope, right))],
  }),
  usual: [
    { by: sql`s.starts_on`, down: true },
    { by: sql`coalesce(s.starts_at, '00:00')`, down: true },
  ],
  tie: { by: sql`s.id`, down: true },
  filters: [
    {
      kind: "days",
      key: "de",
      label: "Jours",
      usual: (today) => ({ from: addDays(today, -30), to: addDays(today, 90) }),
      where: between(sql`s.starts_on`),
    },
    { kind: "text", key: "titre", label: "Intitulé", where: (value) => holds(sql`s.kind || ' ' || s.title`, value) },
    siteFilter(sql`s.site_id`),
    programmeFilter(sql`s.programme_id`),
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => optionsOf(sessionStatusWords),
      where: (value) => sql`s.status = ${value}`,
    },
  ],
  columns: [
    {
      key: "quand",
      label: "Quand",
      header: true,
      render: (line) => <Link href={`/seances/${line.id}`}>{momentOf(line)}</Link>,
      sort: [sql`s.starts_on`, sql`coalesce(s.starts_at, '00:00')`],
    },
    { key: "jour", label: "Jour", cell: (line) => ({ day: line.startsOn }) },
    { key: "heure", label: "Heure", cell: (line) => line.startsAt },
    { key: "duree", label: "Durée en heures", cell: (line) => (line.minutes === null ? null : line.minutes / 60) },
    { key: "type", label: "Type", cell: (line) => line.kind },
    {
      key: "titre",
      label: "Intitulé",
      render: (line) => line.title,
      cell: (line) => line.title,
      sort: sql`s.title`,
    },
    {
      key: "dispositif",
      label: "Dispositif",
      render: (line) => line.programme,
      cell: (line) => line.programme,
      sort: sql`g.title`,
    },
    { key: "antenne", label: "Antenne", cell: (line) => line.site },
    { key: "ou", label: "Où", render: placeOf, sort: sql`t.name` },
    { key: "salle", label: "Salle", cell: (line) => line.placeName },
    { key: "ailleurs", label: "Ailleurs", cell: (line) => line.placeText },
    { key: "mode", label: "Mode", cell: (line) => modeWords[line.mode] },
    { key: "par", label: "Animée par", cell: (line) => line.speakers },
    { key: "partenaires", label: "Partenaires", cell: (line) => line.partners.join(";") },
    {
      key: "places",
      label: "Places",
      render: (line) => (line.status === "held" ? plural(line.present, "présent", "présents") : seatsOf(line)),
      cell: (line) => line.capacity,
    },
    { key: "inscrits", label: "Inscrits", cell: (line) => line.registered },
    { key: "attente", label: "En attente", cell: (line) => line.waiting },
    { key: "presents", label: "Présents", cell: (line) => line.present },
    {
      key: "etat",
      label: "État",
      render: statusOf,
      cell: (line) => sessionStatusWords[line.status],
      sort: sql`s.status`,
    },
    { key: "motif", label: "Motif", cell: (line) => line.reason },
    { key: "identifiant", label: "Identifiant", cell: (line) => line.id },
  ],
  tell: ({ count }, { values }) =>
    `Du ${shortDay(values.de ?? "")} au ${shortDay(values.a ?? "")}\u00a0: ${plural(count, "séance", "séances")}.`,
  action: ({ scope }) =>
    may(scope, rights["session.record"]) ? { href: "/seances/nouvelle", label: "Programmer une séance" } : null,
  empty: () => <p>Aucune séance de cette sorte entre ces deux jours. Programmez-en une, ou une série entière.</p>,
};
