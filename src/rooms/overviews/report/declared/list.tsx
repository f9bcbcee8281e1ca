// Declared and quoted figures, as a list.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { Link } from "../../../../ui/link.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { readStay, stayText } from "../period.ts";
import { type DeclaredLine, declaredColumns, stayOf } from "./reads.ts";
import { declaredRights } from "./rights.ts";
import { valueText } from "./value.ts";
import { declaredKindWords } from "./words.ts";

const kindOptions = Object.entries(declaredKindWords).map(([value, label]) => ({ value, label }));

export const declaredList: List<DeclaredLine> = {
  name: "chiffres-declares",
  path: "/rapport/declares",
  title: "Chiffres déclarés et cités",
  words: ["chiffre", "chiffres"],
  right: declaredRights["declared.see"],
  trace: { listed: "declared-figure.listed", exported: "declared-figure.exported" },
  query: (tx) => ({
    select: declaredColumns,
    from: sql`report.declared_figures r`,
    where: [sql`r.house_id = ${tx.scope.house}`],
    tallies: { quoted: { sum: sql`CASE WHEN r.kind = 'quoted' THEN 1 ELSE 0 END` } },
  }),
  usual: [{ by: sql`r.code` }],
  tie: { by: sql`r.id` },
  filters: [
    {
      kind: "text",
      key: "chiffre",
      label: "Chiffre",
      where: (value) => holds(sql`r.label || ' ' || r.code`, value),
    },
    {
      kind: "text",
      key: "periode",
      label: "Période",
      where(value) {
        const stay = readStay(value);
        // What is no period holds no figure.
        if (!stay.ok) return sql`false`;
        return stay.value
          ? sql`r.from_day <= ${stay.value.to}::date AND r.to_day >= ${stay.value.from}::date`
          : sql`r.from_day IS NULL`;
      },
    },
    {
      kind: "choice",
      key: "nature",
      label: "Nature",
      all: "toutes",
      options: () => kindOptions,
      where: (value) => sql`r.kind = ${value}`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      usual: "standing",
      options: () => [
        { value: "standing", label: "qui valent" },
        { value: "withdrawn", label: "retirés" },
        { value: "all", label: "tous" },
      ],
      where: (value) =>
        value === "all" ? null : value === "withdrawn" ? sql`r.withdrawn_at IS NOT NULL` : sql`r.withdrawn_at IS NULL`,
    },
  ],
  columns: [
    {
      key: "libelle",
      label: "Chiffre",
      header: true,
      render: (line) => <Link href={`/rapport/declares/${line.id}`}>{line.label}</Link>,
      cell: (line) => line.label,
      sort: sql`r.label`,
    },
    {
      key: "valeur",
      label: "Valeur",
      number: true,
      render: (line) => valueText(line.value, line.unit),
      cell: (line) => line.value,
      sort: sql`r.value`,
    },
    { key: "unite", label: "Unité", cell: (line) => line.unit },
    {
      key: "nature",
      label: "Nature",
      render: (line) => declaredKindWords[line.kind],
      cell: (line) => declaredKindWords[line.kind],
      sort: sql`r.kind`,
    },
    {
      key: "periode",
      label: "Période",
      render: (line) => stayText(stayOf(line)),
      cell: (line) => stayText(stayOf(line)),
      sort: sql`r.from_day`,
      nulls: "first",
    },
    { key: "par", label: "Dit par", render: (line) => line.saidBy, cell: (line) => line.saidBy },
    { key: "preuve", label: "Preuve", render: (line) => line.evidence, cell: (line) => line.evidence },
    {
      key: "dit",
      label: "Dit le",
      render: (line) => shortDay(line.saidOn),
      cell: (line) => ({ day: line.saidOn }),
      sort: sql`r.said_on`,
    },
    { key: "code", label: "Code", cell: (line) => line.code },
    { key: "retire", label: "Retiré", cell: (line) => line.withdrawnWhy },
  ],
  tell: ({ count, tallies }) =>
    `${plural(count, "chiffre", "chiffres")} qu’aucune fiche de la maison ne donne, dont ${plural(tallies.quoted ?? 0, "cité", "cités")}.`,
  action: (at) =>
    may(at.scope, declaredRights["declared.write"])
      ? { href: "/rapport/declares/nouveau", label: "Déclarer un chiffre" }
      : null,
  empty: () => <p>Aucun chiffre déclaré ne correspond.</p>,
};
