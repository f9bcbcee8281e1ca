// Who takes part in a season: the list for the team, with what each owes.
import { sql } from "kysely";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { shortDay } from "../../../../ui/words.ts";
import { shortSideWords } from "../accounts/words.ts";
import { euros } from "../fields.tsx";
import { rights } from "../rights.ts";
import { seasonOf, seasonWords } from "./rules.ts";
import type { MembershipsTable } from "./tables.ts";
import { duesWords } from "./words.ts";

type Line = Pick<MembershipsTable, "id" | "side" | "season" | "dues"> & {
  structure: string;
  structureId: string;
  fromDay: string;
  duesCents: number;
  settledOn: string | null;
  endedOn: string | null;
  convention: string | null;
};

export const membershipList: List<Line> = {
  name: "participations",
  path: "/structures/saisons",
  title: "Participations aux saisons",
  words: ["participation", "participations"],
  right: rights["season.see"],
  trace: { listed: "season.listed", exported: "season.exported" },
  query: (tx) => ({
    select: sql`m.id, m.side, m.season, m.dues, s.name AS structure, s.id AS "structureId", m.from_day AS "fromDay", m.dues_cents AS "duesCents",
      m.settled_on AS "settledOn", m.ended_on AS "endedOn", c.title AS convention`,
    from: sql`partners.memberships m JOIN partners.structures s ON s.house_id = m.house_id AND s.id = m.structure_id
      LEFT JOIN (partners.conventions c LEFT JOIN partners.withdrawals w ON w.house_id = c.house_id AND w.row_id = c.id)
        ON c.house_id = m.house_id AND c.id = m.convention_id AND w.row_id IS NULL`,
    where: [sql`m.house_id = ${tx.scope.house}`],
    tallies: {
      paid: { sum: sql`CASE WHEN m.dues = 'paid' THEN m.dues_cents ELSE 0 END` },
      due: { sum: sql`CASE WHEN m.dues = 'due' AND m.ended_on IS NULL THEN m.dues_cents ELSE 0 END` },
    },
  }),
  usual: [{ by: sql`m.season`, down: true }, { by: sql`s.name_key` }],
  tie: { by: sql`m.id` },
  tell: ({ tallies }) =>
    `Cotisations réglées\u00a0: ${euros(tallies.paid ?? 0)}\u00a0€\u00a0; à régler\u00a0: ${euros(tallies.due ?? 0)}\u00a0€.`,
  filters: [
    {
      kind: "text",
      key: "q",
      label: "Structure",
      where: (value) => sql`s.name_key LIKE '%' || core.normalise(${value}) || '%'`,
    },
    {
      kind: "choice",
      key: "saison",
      label: "Saison",
      all: "toutes",
      options: (tx) => {
        const now = seasonOf(tx.today);
        return Array.from({ length: 8 }, (_, back) => now + 1 - back).map((season) => ({
          value: String(season),
          label: seasonWords(season),
        }));
      },
      where: (value) => sql`m.season = ${Number(value)}`,
    },
    {
      kind: "choice",
      key: "cote",
      label: "Côté",
      all: "les deux",
      options: () => Object.entries(shortSideWords).map(([value, label]) => ({ value, label })),
      where: (value) => sql`m.side = ${value}`,
    },
    {
      kind: "choice",
      key: "cotisation",
      label: "Cotisation",
      all: "toutes",
      options: () => Object.entries(duesWords).map(([value, label]) => ({ value, label })),
      where: (value) => sql`m.dues = ${value}`,
    },
    {
      kind: "yes-no",
      key: "convention",
      label: "Convention",
      all: "avec ou sans",
      yes: "avec convention",
      no: "sans convention",
      where: (yes) => (yes ? sql`c.id IS NOT NULL` : sql`c.id IS NULL`),
    },
  ],
  columns: [
    {
      key: "structure",
      label: "Structure",
      header: true,
      render: (line) => <a href={`/structures/${line.structureId}/saisons`}>{line.structure}</a>,
      cell: (line) => line.structure,
      sort: sql`s.name_key`,
    },
    {
      key: "saison",
      label: "Saison",
      render: (line) => seasonWords(line.season),
      cell: (line) => seasonWords(line.season),
      sort: sql`m.season`,
    },
    {
      key: "cote",
      label: "Côté",
      render: (line) => shortSideWords[line.side],
      cell: (line) => shortSideWords[line.side],
    },
    {
      key: "du",
      label: "Depuis",
      render: (line) => shortDay(line.fromDay),
      cell: (line) => ({ day: line.fromDay }),
      sort: sql`m.from_day`,
    },
    {
      key: "fin",
      label: "Fin",
      render: (line) => (line.endedOn ? shortDay(line.endedOn) : ""),
      cell: (line) => (line.endedOn ? { day: line.endedOn } : null),
    },
    {
      key: "convention",
      label: "Convention",
      render: (line) => line.convention ?? "aucune",
      cell: (line) => line.convention,
    },
    {
      key: "cotisation",
      label: "Cotisation",
      render: (line) => `${euros(line.duesCents)}\u00a0€, ${duesWords[line.dues]}`,
      cell: (line) => duesWords[line.dues],
      sort: sql`m.dues_cents`,
    },
    { key: "montant", label: "Montant en euros", cell: (line) => line.duesCents / 100 },
    {
      key: "reglee",
      label: "Réglée ou dispensée le",
      cell: (line) => (line.settledOn ? { day: line.settledOn } : null),
    },
  ],
  action: ({ scope }) =>
    may(scope, rights["season.write"]) ? { href: "/structures/saisons/campagnes", label: "Campagnes" } : null,
  links: ({ scope }) =>
    may(scope, rights["season.rule"]) ? <a href="/structures/saisons/regles">Règles des saisons</a> : null,
  empty: () => <p>Aucune participation{"\u00a0"}: inscrivez une structure depuis sa fiche, ou lancez une campagne.</p>,
};
