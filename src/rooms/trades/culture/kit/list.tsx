// The issues of the kit, the latest first.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { Link } from "../../../../ui/link.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { optionsOf } from "../projects/words.ts";
import { type IssueLine, issueColumns } from "./reads.ts";
import { kitRights as rights } from "./rights.ts";

const states = { publies: "publiés", brouillons: "en préparation" } as const;
const stateOf = (line: IssueLine): string => (line.publishedOn ? "publié" : "en préparation");

export const kitList: List<IssueLine> = {
  name: "kit",
  path: "/culture/kit",
  title: "Kit de survie culturelle",
  crumbs: [{ href: "/culture/tribune", label: "Tribune d’expression" }],
  words: ["numéro", "numéros"],
  right: rights["kit.see"],
  trace: { listed: "kit.listed", exported: "kit.exported" },
  query: (tx) => ({
    select: issueColumns,
    from: sql`culture.kit_issues r`,
    where: [sql`r.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`r.created_at`, down: true }],
  tie: { by: sql`r.id` },
  filters: [
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => optionsOf(states),
      where: (value) => (value === "publies" ? sql`r.published_on IS NOT NULL` : sql`r.published_on IS NULL`),
    },
    {
      kind: "text",
      key: "mots",
      label: "Mots",
      where: (value) => holds(sql`r.title || ' ' || r.introduction`, value),
    },
  ],
  columns: [
    {
      key: "titre",
      label: "Numéro",
      header: true,
      render: (line) => <Link href={`/culture/kit/${line.id}`}>{line.title}</Link>,
      cell: (line) => line.title,
      sort: sql`core.normalise(r.title)`,
    },
    { key: "etat", label: "État", render: stateOf, cell: stateOf },
    {
      key: "publie",
      label: "Publié le",
      render: (line) => (line.publishedOn ? shortDay(line.publishedOn) : ""),
      cell: (line) => (line.publishedOn ? { day: line.publishedOn } : null),
      sort: sql`r.published_on`,
      nulls: "last",
    },
    {
      key: "articles",
      label: "Articles",
      number: true,
      render: (line) => line.articles,
      cell: (line) => line.articles,
    },
    {
      key: "courriels",
      label: "Courriels",
      number: true,
      render: (line) => line.letters,
      cell: (line) => line.letters,
    },
    {
      key: "desabonnements",
      label: "Désabonnements",
      number: true,
      render: (line) => line.left,
      cell: (line) => line.left,
    },
  ],
  tell: ({ count }) => `${plural(count, "numéro", "numéros")}.`,
  action: (at) =>
    may(at.scope, rights["kit.write"]) ? { href: "/culture/kit/nouveau", label: "Commencer un numéro" } : null,
  empty: () => <p>Aucun numéro.</p>,
};
