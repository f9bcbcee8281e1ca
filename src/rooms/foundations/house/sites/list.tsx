// The places of the house, and the form that adds one for those who may.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { plural, shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { siteKindWords } from "../words.ts";
import { CreateSite } from "./pages.tsx";

type SiteRow = {
  id: string;
  code: string;
  name: string;
  kind: "antenne" | "other";
  postalCode: string | null;
  commune: string | null;
  openedOn: string | null;
  closedOn: string | null;
  aliases: string | null;
};

const stateOf = ({ closedOn }: SiteRow): string => (closedOn ? `fermé après le ${shortDay(closedOn)}` : "ouvert");

export const sitesList: List<SiteRow> = {
  name: "lieux",
  path: "/lieux",
  title: "Lieux",
  words: ["lieu", "lieux"],
  right: rights["site.see"],
  trace: { listed: { none: "a list of places" }, exported: "site.exported" },
  query: (tx) => ({
    select: sql`s.id, s.code, s.name, s.kind, s.postal_code AS "postalCode", s.commune_name AS commune, s.opened_on AS "openedOn", s.closed_on AS "closedOn",
      (SELECT string_agg(n.alias, ', ' ORDER BY n.alias) FROM house.site_aliases n WHERE n.house_id = s.house_id AND n.site_id = s.id) AS aliases`,
    from: sql`house.sites s`,
    where: [sql`s.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`s.position` }, { by: sql`s.name` }],
  tie: { by: sql`s.id` },
  filters: [
    {
      kind: "text",
      key: "nom",
      label: "Nom",
      where: (value) =>
        holds(
          sql`s.name || ' ' || coalesce((SELECT string_agg(n.alias, ' ') FROM house.site_aliases n WHERE n.house_id = s.house_id AND n.site_id = s.id), '')`,
          value,
        ),
    },
    {
      kind: "choice",
      key: "sorte",
      label: "Sorte",
      all: "toutes",
      options: () => Object.entries(siteKindWords).map(([value, label]) => ({ value, label })),
      where: (value) => sql`s.kind = ${value}`,
    },
    {
      kind: "yes-no",
      key: "ouvert",
      label: "État",
      all: "ouverts ou fermés",
      yes: "ouverts",
      no: "fermés",
      where: (yes) => (yes ? sql`s.closed_on IS NULL` : sql`s.closed_on IS NOT NULL`),
    },
  ],
  columns: [
    { key: "code", label: "Code", cell: (site) => site.code },
    {
      key: "nom",
      label: "Nom",
      header: true,
      render: (site, { scope }) =>
        may(scope, rights["site.edit"], { site: site.id }) ? <a href={`/lieux/${site.id}`}>{site.name}</a> : site.name,
      cell: (site) => site.name,
      sort: sql`s.name`,
    },
    { key: "autres", label: "Autres noms", render: (site) => site.aliases, cell: (site) => site.aliases },
    {
      key: "sorte",
      label: "Sorte",
      render: (site) => siteKindWords[site.kind],
      cell: (site) => siteKindWords[site.kind],
      sort: sql`s.kind`,
    },
    { key: "postal", label: "Code postal", cell: (site) => site.postalCode },
    {
      key: "commune",
      label: "Commune",
      render: (site) => [site.postalCode, site.commune].filter(Boolean).join(" "),
      cell: (site) => site.commune,
      sort: sql`s.commune_name`,
      nulls: "last",
    },
    { key: "ouvert", label: "Ouvert depuis le", cell: (site) => site.openedOn && { day: site.openedOn } },
    { key: "etat", label: "État", render: stateOf, cell: stateOf, sort: sql`s.closed_on`, nulls: "first" },
  ],
  tell: ({ count }) => `Les antennes et les autres lieux où la maison reçoit. ${plural(count, "lieu", "lieux")}.`,
  below: (at) => (may(at.scope, rights["site.create"]) ? <CreateSite itemKey={at.tx.ids.uuid()} /> : null),
  empty: () => <p>Aucun lieu ici. Ajoutez le premier ci-dessous, ou importez la liste des antennes.</p>,
};
