// Mandates and meetings, as lists.
import { sql } from "kysely";
import { between, holds } from "../../../core/lists/conditions.ts";
import type { List } from "../../../core/lists/list.ts";
import { shortDay } from "../../../ui/words.ts";
import { rights } from "./rights.ts";

type Mandate = {
  id: string;
  name: string;
  college: string;
  structure: string;
  function: string;
  from: string | null;
  to: string | null;
};
const day = (text: string | null) => (text ? { day: text } : null);

export const mandateList: List<Mandate> = {
  name: "mandats",
  path: "/gouvernance",
  title: "Administrateurs",
  words: ["mandat", "mandats"],
  right: rights["governance.see"],
  trace: { listed: "mandate.listed", exported: "mandate.exported" },
  query: (tx) => ({
    select: sql`m.id, trim(m.given_name || ' ' || m.family_name) AS name, m.college, m.structure, m.function, m.from_day AS "from", m.to_day AS "to"`,
    from: sql`board.mandates m`,
    where: [sql`m.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`m.college` }, { by: sql`m.family_name` }],
  tie: { by: sql`m.id` },
  filters: [
    {
      kind: "text",
      key: "nom",
      label: "Nom",
      where: (value) => holds(sql`m.given_name || ' ' || m.family_name`, value),
    },
    { kind: "text", key: "college", label: "Collège", where: (value) => holds(sql`m.college`, value) },
    {
      kind: "choice",
      key: "etat",
      label: "Mandats",
      all: "tous",
      options: () => [{ value: "en-cours", label: "en cours aujourd’hui" }],
      where: (_, tx) =>
        sql`(m.from_day IS NULL OR m.from_day <= ${tx.today}) AND (m.to_day IS NULL OR m.to_day >= ${tx.today})`,
    },
  ],
  columns: [
    {
      key: "nom",
      label: "Nom",
      header: true,
      render: (line) => line.name,
      cell: (line) => line.name,
      sort: sql`m.family_name`,
    },
    {
      key: "college",
      label: "Collège",
      render: (line) => line.college,
      cell: (line) => line.college,
      sort: sql`m.college`,
    },
    { key: "fonction", label: "Fonction", render: (line) => line.function, cell: (line) => line.function },
    { key: "structure", label: "Structure", render: (line) => line.structure, cell: (line) => line.structure },
    {
      key: "debut",
      label: "Depuis",
      render: (line) => (line.from ? shortDay(line.from) : ""),
      cell: (line) => day(line.from),
    },
    {
      key: "fin",
      label: "Jusqu’au",
      render: (line) => (line.to ? shortDay(line.to) : ""),
      cell: (line) => day(line.to),
    },
  ],
  links: () => <a href="/gouvernance/reunions">Réunions des instances</a>,
  empty: () => <p>Aucun mandat. Ils viennent d’un fichier, par les imports.</p>,
};

type Meeting = { id: string; day: string; body: string; subject: string };
export const meetingList: List<Meeting> = {
  name: "reunions",
  path: "/gouvernance/reunions",
  title: "Réunions des instances",
  words: ["réunion", "réunions"],
  right: rights["governance.see"],
  trace: { listed: "board-meeting.listed", exported: "board-meeting.exported" },
  query: (tx) => ({
    select: sql`m.id, m.on_day AS day, m.body, m.subject`,
    from: sql`board.meetings m`,
    where: [sql`m.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`m.on_day`, down: true }],
  tie: { by: sql`m.id` },
  filters: [
    { kind: "days", key: "de", label: "Jours", usual: () => null, where: between(sql`m.on_day`) },
    { kind: "text", key: "instance", label: "Instance", where: (value) => holds(sql`m.body`, value) },
  ],
  columns: [
    {
      key: "jour",
      label: "Jour",
      header: true,
      render: (line) => shortDay(line.day),
      cell: (line) => ({ day: line.day }),
      sort: sql`m.on_day`,
    },
    { key: "instance", label: "Instance", render: (line) => line.body, cell: (line) => line.body, sort: sql`m.body` },
    { key: "objet", label: "Objet", render: (line) => line.subject, cell: (line) => line.subject },
  ],
  empty: () => <p>Aucune réunion dans ces jours.</p>,
};
