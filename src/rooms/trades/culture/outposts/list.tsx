// What the pole does with people, seen from its own page: permanences, culture cafés, workshops, awareness events, training interventions.
// They are sessions of the agenda, and stay there: who came is noted once, and counted once.
import { sql } from "kysely";
import { between, holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { Link } from "../../../../ui/link.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { Also } from "../also.tsx";
import { projectRights } from "../projects/rights.ts";
import { optionsOf } from "../projects/words.ts";
import { volunteerRights } from "../volunteers/rights.ts";
import { statusWords } from "./action-routes.tsx";
import type { Action } from "./reads.ts";
import { outpostRights } from "./rights.ts";

type ActionLine = {
  id: string;
  programme: string;
  kind: string;
  title: string;
  day: string;
  at: string | null;
  place: string;
  status: Action["status"];
  reason: string | null;
  hosts: string | null;
  volunteers: string | null;
  met: number | null;
  counted: number | null;
};

export const actionList: List<ActionLine> = {
  name: "actions-culturelles",
  path: "/culture/actions",
  title: "Permanences et actions culturelles",
  crumbs: [{ href: "/culture/projets", label: "Projets culturels collectifs" }],
  words: ["action", "actions"],
  right: projectRights["culture-action.see"],
  trace: { listed: "culture-action.listed", exported: "culture-action.exported" },
  query: (tx) => ({
    select: sql`s.id, g.title AS programme, s.kind, s.title, s.starts_on AS day, to_char(s.starts_at, 'HH24:MI') AS at, coalesce(s.place_text, l.name, t.name) AS place,
      s.status, s.status_reason AS reason, h.hosts, k.volunteers, c.met, m.counted`,
    from: sql`agenda.sessions s
      JOIN programmes.programmes g ON g.house_id = s.house_id AND g.id = s.programme_id
      JOIN house.sites t ON t.house_id = s.house_id AND t.id = s.site_id
      LEFT JOIN agenda.places l ON l.house_id = s.house_id AND l.id = s.place_id
      LEFT JOIN LATERAL (SELECT string_agg(p.name, ', ' ORDER BY p.name) AS hosts FROM partners.structures p
        WHERE p.house_id = s.house_id AND (EXISTS (SELECT 1 FROM partners.external_ids e WHERE e.house_id = p.house_id AND e.structure_id = p.id AND e.external_id = ANY(s.partners))
           OR EXISTS (SELECT 1 FROM culture.outposts o WHERE o.house_id = p.house_id AND o.host_id = p.id AND o.session_id = s.id))) h ON true
      LEFT JOIN LATERAL (SELECT string_agg(coalesce(a.name, k.name), ', ' ORDER BY coalesce(a.name, k.name)) AS volunteers FROM agenda.session_speakers k
        LEFT JOIN house.accounts a ON a.house_id = k.house_id AND a.id = k.account_id WHERE k.house_id = s.house_id AND k.session_id = s.id) k ON true
      LEFT JOIN LATERAL (SELECT sum(coalesce(c.heads, 1))::int AS met FROM agenda.attendances c WHERE c.house_id = s.house_id AND c.session_id = s.id AND c.state = 'present') c ON true
      LEFT JOIN LATERAL (SELECT sum(m.heads)::int AS counted FROM culture.people_met m WHERE m.house_id = s.house_id AND m.session_id = s.id AND m.settled_at IS NULL) m ON true`,
    where: [sql`s.house_id = ${tx.scope.house}`, sql`g.pole = 'culture'`],
    tallies: { met: { sum: sql`CASE WHEN s.status = 'held' THEN coalesce(c.met, 0) ELSE 0 END` } },
  }),
  usual: [
    { by: sql`s.starts_on`, down: true },
    { by: sql`coalesce(s.starts_at, '00:00')`, down: true },
  ],
  tie: { by: sql`s.id` },
  filters: [
    { kind: "days", key: "de", label: "Jours", usual: () => null, where: between(sql`s.starts_on`) },
    {
      kind: "text",
      key: "titre",
      label: "Type ou intitulé",
      where: (value) => holds(sql`s.kind || ' ' || s.title`, value),
    },
    {
      kind: "choice",
      key: "dispositif",
      label: "Dispositif",
      all: "tous",
      async options(tx) {
        const { rows } = await sql<{ value: string; label: string }>`
          SELECT id::text AS value, title AS label FROM programmes.programmes WHERE house_id = ${tx.scope.house} AND pole = 'culture' ORDER BY title`.execute(
          tx.on(),
        );
        return rows;
      },
      where: (value) => sql`s.programme_id::text = ${value}`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => optionsOf(statusWords),
      where: (value) => sql`s.status = ${value}`,
    },
  ],
  columns: [
    {
      key: "quand",
      label: "Quand",
      header: true,
      render: (line) => (
        <Link href={`/culture/actions/${line.id}`}>
          {shortDay(line.day)}
          {line.at ? ` à ${hour(line.at)}` : ""}
        </Link>
      ),
      sort: [sql`s.starts_on`, sql`coalesce(s.starts_at, '00:00')`],
    },
    { key: "jour", label: "Jour", cell: (line) => ({ day: line.day }) },
    { key: "heure", label: "Heure", cell: (line) => line.at },
    { key: "type", label: "Type", render: (line) => line.kind, cell: (line) => line.kind, sort: sql`s.kind` },
    { key: "titre", label: "Intitulé", render: (line) => line.title, cell: (line) => line.title, sort: sql`s.title` },
    {
      key: "dispositif",
      label: "Dispositif",
      render: (line) => line.programme,
      cell: (line) => line.programme,
      sort: sql`g.title`,
    },
    { key: "lieu", label: "Lieu", render: (line) => line.place, cell: (line) => line.place },
    { key: "accueil", label: "Structures", render: (line) => line.hosts, cell: (line) => line.hosts },
    { key: "avec", label: "Avec", cell: (line) => line.volunteers },
    {
      key: "etat",
      label: "État",
      render: (line) => (line.reason ? `${statusWords[line.status]}\u00a0: ${line.reason}` : statusWords[line.status]),
      cell: (line) => statusWords[line.status],
      sort: sql`s.status`,
    },
    { key: "motif", label: "Motif", cell: (line) => line.reason },
    {
      key: "venues",
      label: "Personnes venues",
      number: true,
      render: (line) => (line.counted ? `${line.met ?? 0} (${line.counted} à noter)` : (line.met ?? "")),
      cell: (line) => line.met,
    },
    { key: "comptees", label: "Comptées sur place, à mettre dans les présences", cell: (line) => line.counted },
  ],
  tell: ({ count, tallies }) =>
    `${plural(count, "action", "actions")}, ${plural(tallies.met ?? 0, "venue", "venues")} à celles qui ont eu lieu. Ce sont des séances de l’agenda, comptées une seule fois.`,
  action: (at) =>
    may(at.scope, outpostRights["outpost.plan"]) ? { href: "/culture/actions/nouvelle", label: "Programmer" } : null,
  above: (at) => (
    <Also
      scope={at.scope}
      links={[{ href: "/culture/volontaires", label: "Volontaires", right: volunteerRights["volunteer.see"] }]}
    />
  ),
  empty: () => <p>Aucune action des dispositifs du pôle culture ne correspond.</p>,
};
