// The list of structures: one box and filters that combine.
import { sql } from "kysely";
import type { Choice, List, Sql } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { shortDay } from "../../../../ui/words.ts";
import {
  inForce,
  listTerms,
  type StructureLine,
  structureColumns,
  structureCommunes,
  structureTables,
  type Term,
} from "../reads.ts";
import { rights } from "../rights.ts";
import { legalNumberWords } from "../rules.ts";

const stateOf = (line: StructureLine): string => (line.closedOn ? `fermée le ${shortDay(line.closedOn)}` : "active");

/** The words of one list, those that are no longer offered too: structures keep them. */
const wordOf =
  (kind: Term["kind"]) =>
  (term: Term): Choice[] =>
    term.kind === kind ? [{ value: term.id, label: term.label }] : [];

const states: Readonly<Record<string, { label: string; where: Sql | null }>> = {
  actives: { label: "actives", where: sql`c.closed_on IS NULL` },
  fermees: { label: "fermées", where: sql`c.closed_on IS NOT NULL` },
  toutes: { label: "fermées ou non", where: null },
};

export const structureList: List<StructureLine> = {
  name: "structures",
  path: "/structures",
  title: "Structures",
  words: ["structure", "structures"],
  right: rights["structure.see"],
  trace: { listed: "structure.listed", exported: "structure.exported" },
  query: (tx, _, { q = "" }) => ({
    select: structureColumns(tx),
    from: structureTables(tx, q),
    where: [sql`s.house_id = ${tx.scope.house}`, sql`s.merged_into IS NULL`],
    nearest: q === "" ? null : { by: sql`f.closeness`, down: true },
  }),
  usual: [{ by: sql`s.name_key` }],
  tie: { by: sql`s.id` },
  filters: [
    // What is near to it is found by the tables themselves.
    { kind: "text", key: "q", label: "Nom, SIRET ou commune", where: () => null },
    {
      kind: "choice",
      key: "role",
      label: "Rôle",
      all: "tous",
      options: async (tx) => (await listTerms(tx)).flatMap(wordOf("role")),
      where: (value, tx) =>
        sql`EXISTS (SELECT 1 FROM partners.roles r WHERE ${inForce(tx)} AND r.term_id = ${value}::uuid)`,
    },
    {
      kind: "choice",
      key: "type",
      label: "Type",
      all: "tous",
      options: async (tx) => (await listTerms(tx)).flatMap(wordOf("type")),
      where: (value) => sql`s.type_id = ${value}::uuid`,
    },
    {
      kind: "choice",
      key: "commune",
      label: "Commune",
      all: "toutes",
      options: async (tx) => (await structureCommunes(tx)).map((name) => ({ value: name, label: name })),
      where: (value) => sql`s.commune_name = ${value}`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      usual: "actives",
      options: () => Object.entries(states).map(([value, { label }]) => ({ value, label })),
      where: (value) => states[value]?.where ?? null,
    },
  ],
  columns: [
    {
      key: "nom",
      label: "Nom",
      header: true,
      render: (line) => <a href={`/structures/${line.id}`}>{line.name}</a>,
      cell: (line) => line.name,
      sort: sql`s.name_key`,
    },
    { key: "alias", label: "Autres noms", cell: (line) => line.aliases.join(" ; ") },
    { key: "type", label: "Type", render: (line) => line.type, cell: (line) => line.type },
    { key: "roles", label: "Rôles", render: (line) => line.roles.join(", "), cell: (line) => line.roles.join(";") },
    { key: "siret-brut", label: "SIRET", cell: (line) => line.siret },
    { key: "siren", label: "SIREN", cell: (line) => line.siren },
    { key: "adresse", label: "Adresse", cell: (line) => line.address },
    { key: "code-postal", label: "Code postal", cell: (line) => line.postalCode },
    {
      key: "commune",
      label: "Commune",
      render: (line) => line.communeName,
      cell: (line) => line.communeName,
      sort: sql`s.commune_name`,
      nulls: "last",
    },
    { key: "siret", label: "SIRET", render: (line) => (line.siret ? legalNumberWords(line.siret) : "") },
    { key: "code-commune", label: "Code officiel de la commune", cell: (line) => line.communeCode },
    { key: "telephone", label: "Téléphone", cell: (line) => line.phone },
    { key: "courriel", label: "Courriel", cell: (line) => line.email },
    { key: "site", label: "Site web", cell: (line) => line.website },
    { key: "effectif", label: "Effectif", cell: (line) => line.workforce },
    { key: "secteur", label: "Secteur d’activité", cell: (line) => line.sector },
    { key: "mere", label: "Structure mère", cell: (line) => line.parent },
    { key: "etat", label: "État", render: stateOf, cell: stateOf, sort: sql`c.closed_on`, nulls: "last" },
    { key: "numeros", label: "Anciens numéros", cell: (line) => line.externalIds.join(";") },
    { key: "fiche", label: "Fiche", cell: (line) => line.id },
  ],
  action: ({ scope }) =>
    may(scope, rights["structure.write"]) ? { href: "/structures/nouvelle", label: "Nouvelle structure" } : null,
  links: ({ scope }, query) => (
    <>
      {may(scope, rights["structure.merge"]) ? (
        <>
          <a href="/structures/doublons">Doublons</a> ·{" "}
        </>
      ) : null}
      {may(scope, rights["convention.see"]) ? (
        <>
          <a href="/structures/conventions">Conventions</a> ·{" "}
        </>
      ) : null}
      {may(scope, rights["season.see"]) ? (
        <>
          <a href="/structures/saisons">Saisons</a> ·{" "}
        </>
      ) : null}
      {may(scope, rights["partner-account.manage"]) ? (
        <>
          <a href="/structures/comptes">Comptes des structures</a> ·{" "}
        </>
      ) : null}
      {may(scope, rights["structure.words"]) ? (
        <>
          <a href="/structures/listes">Listes de mots</a> ·{" "}
        </>
      ) : null}
      <a href={`/structures/data-inclusion.json${query}`}>Format data·inclusion (JSON)</a>
    </>
  ),
  empty: ({ scope }, asked) => {
    const named = asked.values.q;
    return Object.values(asked.typed).some((said) => said !== "") ? (
      <p>
        Aucune structure ne correspond.{" "}
        {named && may(scope, rights["structure.write"]) ? (
          <a href={`/structures/nouvelle?nom=${encodeURIComponent(named)}`}>L’ajouter</a>
        ) : null}
      </p>
    ) : (
      <p>Aucune structure{"\u00a0"}: ajoutez-en une, ou importez la liste de la maison (structures.csv).</p>
    );
  },
};
