// The accounting entries, for those who keep the accounts.
import { sql } from "kysely";
import { between, holds } from "../../../core/lists/conditions.ts";
import type { List } from "../../../core/lists/list.ts";
import { Link } from "../../../ui/link.tsx";
import { number, shortDay } from "../../../ui/words.ts";
import { rights } from "./rights.ts";
import { type Side, sideWords } from "./words.ts";

type Entry = {
  id: string;
  day: string;
  account: string;
  label: string;
  side: Side;
  amount: number;
  funder: string | null;
  programme: string | null;
};

export const entryList: List<Entry> = {
  name: "ecritures",
  path: "/finances/ecritures",
  title: "Écritures comptables",
  words: ["écriture", "écritures"],
  right: rights["entry.see"],
  trace: { listed: "entry.listed", exported: "entry.exported" },
  query: (tx) => ({
    select: sql`e.id, e.on_day AS day, e.account, e.label, e.side, e.amount, e.funder, g.code AS programme`,
    from: sql`money.entries e LEFT JOIN programmes.programmes g ON g.house_id = e.house_id AND g.id = e.programme_id`,
    where: [sql`e.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`e.on_day`, down: true }],
  tie: { by: sql`e.id` },
  filters: [
    {
      kind: "days",
      key: "de",
      label: "Jours",
      usual: () => null,
      where: between(sql`e.on_day`),
    },
    {
      kind: "text",
      key: "compte",
      label: "Compte",
      where: (value) => sql`e.account LIKE ${value.replace(/\D/g, "")} || '%'`,
    },
    {
      kind: "text",
      key: "libelle",
      label: "Libellé ou financeur",
      where: (value) => holds(sql`e.label || ' ' || coalesce(e.funder, '')`, value),
    },
    {
      kind: "choice",
      key: "reste",
      label: "À répartir",
      all: "toutes",
      options: () => [
        { value: "financeur", label: "produits sans financeur" },
        { value: "dispositif", label: "charges sans dispositif" },
      ],
      where: (value) =>
        value === "financeur"
          ? sql`e.account LIKE '7%' AND e.funder IS NULL`
          : sql`e.account LIKE '6%' AND e.programme_id IS NULL`,
    },
    {
      kind: "choice",
      key: "sens",
      label: "Sens",
      all: "débits et crédits",
      options: () => Object.entries(sideWords).map(([value, label]) => ({ value, label })),
      where: (value) => sql`e.side = ${value}`,
    },
  ],
  columns: [
    {
      key: "jour",
      label: "Jour",
      header: true,
      render: (line) => <Link href={`/finances/ecritures/${line.id}`}>{shortDay(line.day)}</Link>,
      cell: (line) => ({ day: line.day }),
      sort: sql`e.on_day`,
    },
    {
      key: "compte",
      label: "Compte",
      render: (line) => line.account,
      cell: (line) => line.account,
      sort: sql`e.account`,
    },
    { key: "libelle", label: "Libellé", render: (line) => line.label, cell: (line) => line.label, sort: sql`e.label` },
    { key: "sens", label: "Sens", render: (line) => sideWords[line.side], cell: (line) => sideWords[line.side] },
    {
      key: "montant",
      label: "Montant en euros",
      number: true,
      render: (line) => number(line.amount, 2),
      cell: (line) => line.amount,
      sort: sql`e.amount`,
    },
    { key: "financeur", label: "Financeur", render: (line) => line.funder, cell: (line) => line.funder },
    { key: "dispositif", label: "Dispositif", render: (line) => line.programme, cell: (line) => line.programme },
  ],
  links: () => (
    <>
      <a href="/finances/compte-de-resultat">Compte de résultat</a> · <a href="/finances/repartition">Répartition</a>
    </>
  ),
  empty: () => <p>Aucune écriture. Elles viennent d’un fichier du logiciel de comptabilité, par les imports.</p>,
};
