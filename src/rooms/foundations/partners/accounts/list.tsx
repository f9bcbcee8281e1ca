// Who signs in for which structure: the list for the team.
import { sql } from "kysely";
import type { List } from "../../../../core/lists/list.ts";
import { shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import type { PartnerAccount } from "./reads.ts";
import { shortSideWords } from "./words.ts";

type Line = Omit<PartnerAccount, "grant" | "hasPassword"> & { structure: string; structureId: string };

export const partnerAccountList: List<Line> = {
  name: "comptes-des-structures",
  path: "/structures/comptes",
  title: "Comptes des structures",
  words: ["compte", "comptes"],
  right: rights["partner-account.manage"],
  trace: { listed: "partner-account.listed", exported: "partner-account.exported" },
  query: (tx) => ({
    select: sql`g.id, a.name, a.email, CASE g.role WHEN 'social-partner' THEN 'social' ELSE 'cultural' END AS side, g.from_day AS "fromDay", g.to_day AS "toDay",
      s.name AS structure, s.id AS "structureId",
      (SELECT max(x.last_seen_at) FROM house.sessions x WHERE x.house_id = a.house_id AND x.account_id = a.id) AS "lastSeenAt"`,
    from: sql`house.grants g JOIN house.accounts a ON a.house_id = g.house_id AND a.id = g.account_id
      JOIN partners.structures s ON s.house_id = g.house_id AND s.id = g.structure_id`,
    where: [
      sql`g.house_id = ${tx.scope.house}`,
      sql`a.closed_at IS NULL`,
      sql`(g.to_day IS NULL OR g.to_day >= g.from_day)`,
    ],
  }),
  usual: [{ by: sql`s.name_key` }, { by: sql`a.name` }],
  tie: { by: sql`g.id` },
  filters: [
    {
      kind: "text",
      key: "q",
      label: "Structure, nom ou adresse",
      personal: true,
      where: (value) =>
        sql`core.normalise(s.name || ' ' || a.name || ' ' || a.email) LIKE '%' || core.normalise(${value}) || '%'`,
    },
    {
      kind: "choice",
      key: "cote",
      label: "Côté",
      all: "les deux",
      options: () => Object.entries(shortSideWords).map(([value, label]) => ({ value, label })),
      where: (value) => sql`g.role = ${value === "social" ? "social-partner" : "cultural-partner"}`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      usual: "en-cours",
      options: () => [
        { value: "en-cours", label: "en cours" },
        { value: "finis", label: "terminés" },
        { value: "tous", label: "en cours ou non" },
      ],
      where: (value, tx) =>
        value === "tous"
          ? null
          : value === "finis"
            ? sql`g.to_day < ${tx.today}::date`
            : sql`(g.to_day IS NULL OR g.to_day >= ${tx.today}::date)`,
    },
  ],
  columns: [
    {
      key: "structure",
      label: "Structure",
      header: true,
      render: (line) => <a href={`/structures/${line.structureId}/comptes`}>{line.structure}</a>,
      cell: (line) => line.structure,
      sort: sql`s.name_key`,
    },
    { key: "nom", label: "Nom", render: (line) => line.name, cell: (line) => line.name, sort: sql`a.name` },
    { key: "adresse", label: "Adresse", render: (line) => line.email, cell: (line) => line.email },
    {
      key: "cote",
      label: "Côté",
      render: (line) => shortSideWords[line.side],
      cell: (line) => shortSideWords[line.side],
    },
    {
      key: "du",
      label: "Du",
      render: (line) => shortDay(line.fromDay),
      cell: (line) => ({ day: line.fromDay }),
      sort: sql`g.from_day`,
    },
    {
      key: "au",
      label: "Au",
      render: (line) => (line.toDay ? shortDay(line.toDay) : ""),
      cell: (line) => (line.toDay ? { day: line.toDay } : null),
      sort: sql`g.to_day`,
      nulls: "last",
    },
  ],
  empty: () => <p>Aucun compte{"\u00a0"}: ouvrez-en un depuis la fiche d’une structure.</p>,
};
