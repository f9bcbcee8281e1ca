// The territories of the box office, and who has each today.
import { sql } from "kysely";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { territoryRights } from "./rights.ts";

type Line = { id: string; name: string; communes: string[]; delegate: string | null };

export const territoryList: List<Line> = {
  name: "territoires",
  path: "/culture/territoires",
  title: "Territoires",
  words: ["territoire", "territoires"],
  right: territoryRights["territory.see"],
  trace: { listed: "territory.listed", exported: "territory.exported" },
  query: (tx) => ({
    select: sql`t.id, t.name, t.communes, g.structure AS delegate`,
    from: sql`culture.territories t LEFT JOIN LATERAL (
      SELECT s.name AS structure FROM culture.delegations d JOIN partners.structures s ON s.house_id = d.house_id AND s.id = d.structure_id
       WHERE d.house_id = t.house_id AND d.territory_id = t.id AND d.from_day <= ${tx.today}::date AND (d.to_day IS NULL OR d.to_day >= ${tx.today}::date)
       ORDER BY d.from_day DESC LIMIT 1) g ON true`,
    where: [sql`t.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`t.name` }],
  tie: { by: sql`t.id` },
  filters: [
    {
      kind: "text",
      key: "q",
      label: "Nom ou commune",
      where: (value) =>
        sql`core.normalise(t.name || ' ' || array_to_string(t.communes, ' ')) LIKE '%' || core.normalise(${value}) || '%'`,
    },
    {
      kind: "yes-no",
      key: "confie",
      label: "Confié",
      all: "ou non",
      yes: "à une association",
      no: "tenu par la maison",
      where: (yes) => (yes ? sql`g.structure IS NOT NULL` : sql`g.structure IS NULL`),
    },
  ],
  columns: [
    {
      key: "nom",
      label: "Territoire",
      header: true,
      render: (line) => <a href={`/culture/territoires/${line.id}`}>{line.name}</a>,
      cell: (line) => line.name,
      sort: sql`t.name`,
    },
    {
      key: "communes",
      label: "Communes",
      render: (line) => line.communes.join(", "),
      cell: (line) => line.communes.join(";"),
    },
    {
      key: "confie",
      label: "Confié à",
      render: (line) => line.delegate ?? "la maison",
      cell: (line) => line.delegate,
      sort: sql`g.structure`,
      nulls: "last",
    },
  ],
  action: ({ scope }) =>
    may(scope, territoryRights["territory.write"])
      ? { href: "/culture/territoires/nouveau", label: "Ajouter un territoire" }
      : null,
  empty: () => <p>Aucun territoire{"\u00a0"}: la maison parle avec toutes les structures.</p>,
};
