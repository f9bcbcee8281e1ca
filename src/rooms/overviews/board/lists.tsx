// Mandates and meetings, as lists.
import { sql } from "kysely";
import { between, holds } from "../../../core/lists/conditions.ts";
import type { List } from "../../../core/lists/list.ts";
import { may } from "../../../core/rights.ts";
import { Link } from "../../../ui/link.tsx";
import { plural, shortDay } from "../../../ui/words.ts";
import { rights } from "./rights.ts";
import { type MemberKind, memberKindWords } from "./words.ts";

type Mandate = {
  id: string;
  name: string;
  college: string;
  structure: string;
  function: string;
  from: string | null;
  to: string | null;
  bureau: boolean;
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
    select: sql`m.id, trim(m.given_name || ' ' || m.family_name) AS name, m.college, m.structure, m.function, m.from_day AS "from", m.to_day AS "to", m.bureau`,
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
      render: (line) => <Link href={`/gouvernance/mandats/${line.id}`}>{line.name}</Link>,
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
    {
      key: "bureau",
      label: "Bureau",
      render: (line) => (line.bureau ? "oui" : ""),
      cell: (line) => (line.bureau ? "oui" : "non"),
    },
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
  action: (at) =>
    may(at.scope, rights["governance.write"])
      ? { href: "/gouvernance/mandats/nouveau", label: "Ajouter un mandat" }
      : null,
  links: () => (
    <>
      <a href="/gouvernance/reunions">Réunions des instances</a> · <a href="/gouvernance/membres">Membres</a>
    </>
  ),
  empty: () => <p>Aucun mandat. Ajoutez-les un par un, ou par un fichier d’administrateurs.</p>,
};

type Meeting = {
  id: string;
  day: string;
  body: string;
  subject: string;
  called: number | null;
  present: number | null;
  represented: number | null;
  quorum: number | null;
  decisions: string;
};
/** "12 présents, 3 représentés sur 30". */
const presence = ({ present, represented, called }: Meeting): string =>
  present === null
    ? ""
    : `${plural(present, "présent", "présents")}${represented ? `, ${plural(represented, "représenté", "représentés")}` : ""}${called === null ? "" : ` sur ${called}`}`;
const quorumWord = ({ present, represented, quorum }: Meeting): string =>
  present === null || quorum === null ? "" : present + (represented ?? 0) >= quorum ? "atteint" : "pas atteint";
export const meetingList: List<Meeting> = {
  name: "reunions",
  path: "/gouvernance/reunions",
  title: "Réunions des instances",
  words: ["réunion", "réunions"],
  right: rights["governance.see"],
  trace: { listed: "board-meeting.listed", exported: "board-meeting.exported" },
  query: (tx) => ({
    select: sql`m.id, m.on_day AS day, m.body, m.subject, m.called, m.present, m.represented, m.quorum, m.decisions`,
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
      render: (line) => <Link href={`/gouvernance/reunions/${line.id}`}>{shortDay(line.day)}</Link>,
      cell: (line) => ({ day: line.day }),
      sort: sql`m.on_day`,
    },
    { key: "instance", label: "Instance", render: (line) => line.body, cell: (line) => line.body, sort: sql`m.body` },
    { key: "objet", label: "Objet", render: (line) => line.subject, cell: (line) => line.subject },
    { key: "presence", label: "Présence", render: presence },
    { key: "quorum", label: "Quorum", render: quorumWord, cell: quorumWord },
    { key: "presents", label: "Présents", cell: (line) => line.present },
    { key: "representes", label: "Représentés", cell: (line) => line.represented },
    { key: "convoques", label: "Convoqués", cell: (line) => line.called },
    { key: "decisions", label: "Décisions", cell: (line) => line.decisions || null },
  ],
  action: (at) =>
    may(at.scope, rights["governance.write"])
      ? { href: "/gouvernance/reunions/nouvelle", label: "Ajouter une réunion" }
      : null,
  empty: () => <p>Aucune réunion dans ces jours.</p>,
};

type Member = { id: string; kind: MemberKind; name: string; college: string; from: string; to: string | null };
export const memberList: List<Member> = {
  name: "membres",
  path: "/gouvernance/membres",
  title: "Membres de l’association",
  words: ["membre", "membres"],
  right: rights["governance.see"],
  trace: { listed: "member.listed", exported: "member.exported" },
  query: (tx) => ({
    select: sql`m.id, m.kind, m.name, m.college, m.from_day AS "from", m.to_day AS "to"`,
    from: sql`board.members m`,
    where: [sql`m.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`m.college` }, { by: sql`m.name` }],
  tie: { by: sql`m.id` },
  filters: [
    { kind: "text", key: "nom", label: "Nom", where: (value) => holds(sql`m.name`, value) },
    { kind: "text", key: "college", label: "Collège", where: (value) => holds(sql`m.college`, value) },
    {
      kind: "choice",
      key: "etat",
      label: "Membres",
      all: "tous",
      options: () => [{ value: "en-cours", label: "à ce jour" }],
      where: (_, tx) => sql`m.from_day <= ${tx.today} AND (m.to_day IS NULL OR m.to_day >= ${tx.today})`,
    },
  ],
  columns: [
    {
      key: "nom",
      label: "Nom",
      header: true,
      render: (line) => <Link href={`/gouvernance/membres/${line.id}`}>{line.name}</Link>,
      cell: (line) => line.name,
      sort: sql`m.name`,
    },
    {
      key: "nature",
      label: "Nature",
      render: (line) => memberKindWords[line.kind],
      cell: (line) => memberKindWords[line.kind],
    },
    {
      key: "college",
      label: "Collège",
      render: (line) => line.college,
      cell: (line) => line.college,
      sort: sql`m.college`,
    },
    { key: "debut", label: "Depuis", render: (line) => shortDay(line.from), cell: (line) => day(line.from) },
    {
      key: "fin",
      label: "Jusqu’au",
      render: (line) => (line.to ? shortDay(line.to) : ""),
      cell: (line) => day(line.to),
    },
  ],
  action: (at) =>
    may(at.scope, rights["governance.write"])
      ? { href: "/gouvernance/membres/nouveau", label: "Ajouter un membre" }
      : null,
  links: () => <a href="/gouvernance">Administrateurs</a>,
  empty: () => <p>Aucun membre. Ajoutez les personnes et les organismes qui sont de l’association.</p>,
};
