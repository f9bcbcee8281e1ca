// The file of structures, "structures": name, type, roles in one cell, SIRET, commune, with the old tool's identifier.
import { sql } from "kysely";
import { rowset } from "../../../core/db/rowset.ts";
import type { Tx } from "../../../core/db/transaction.ts";
import { type KeyedReader, type Known, keyedKind, type Reading } from "../../../core/importing/keyed.ts";
import type { ImportColumn, ImportKind, ImportRow } from "../../../core/importing/kind.ts";
import {
  comparable,
  oneLine,
  type Read,
  readEmail,
  readPhone,
  readPostalCode,
  readYesNo,
} from "../../../core/importing/values.ts";
import { communeCode } from "../people/door.ts";
import {
  changeStructures,
  createStructures,
  currentStructures,
  removeStructures,
  rolesSince,
} from "./importing/records.ts";
import { readLegalNumber, readWebsite, readWorkforce } from "./rules.ts";
import type { TermKind } from "./tables.ts";
import { findTwinsAgain, findTwinsOf } from "./twins/finding.ts";

const column = (key: string, label: string, aliases: readonly string[] = [], required = false): ImportColumn => ({
  key,
  label,
  aliases,
  required,
});
const columns: readonly ImportColumn[] = [
  column("id", "Identifiant", ["identifiant", "id structure", "numéro", "n°", "code"], true),
  column("nom", "Nom", ["raison sociale", "structure", "nom de la structure", "organisme"], true),
  column("type", "Type", ["catégorie", "nature"]),
  column("roles", "Rôles", ["rôle", "relation"], true),
  column("siret", "SIRET", ["siren", "numéro siret"]),
  column("adresse", "Adresse", ["rue", "voie"]),
  column("commune", "Commune", ["ville"]),
  column("code_postal", "Code postal", ["cp"]),
  column("telephone", "Téléphone", ["tél", "tel"]),
  column("courriel", "Courriel", ["e-mail", "email", "mail"]),
  column("site_web", "Site web", ["site internet", "url"]),
  column("effectif", "Effectif", ["nombre de salariés", "salariés"]),
  column("secteur", "Secteur d’activité", ["secteur", "activité"]),
  column("actif", "Active", ["actif", "en activité"]),
];
const fields = [
  { key: "name", label: "le nom" },
  { key: "type_id", label: "le type" },
  { key: "siret", label: "le SIRET" },
  { key: "siren", label: "le SIREN" },
  { key: "siret_to_check", label: "le SIRET à vérifier" },
  { key: "address", label: "l’adresse" },
  { key: "postal_code", label: "le code postal" },
  { key: "commune_name", label: "la commune" },
  { key: "commune_code", label: "le code de la commune" },
  { key: "phone", label: "le téléphone" },
  { key: "email", label: "le courriel" },
  { key: "website", label: "le site web" },
  { key: "workforce", label: "l’effectif" },
  { key: "sector", label: "le secteur" },
  { key: "roles", label: "les rôles" },
  { key: "active", label: "l’activité" },
];

type Fresh = { id: string; kind: TermKind; label: string; line: number };
type TermOf = (kind: TermKind, text: string, line: number) => string;

function readStructure(row: ImportRow, term: TermOf): Reading {
  const cell = (key: string): string => oneLine(row.cells[key] ?? "");
  const key = cell("id");
  if (!key) return { refused: "L’identifiant manque." };
  const name = cell("nom");
  if (!name) return { refused: "Le nom de la structure manque." };
  if (name.length > 200) return { refused: "Le nom dépasse 200 signes." };
  const doubts: string[] = [];
  /** A value that the structure can do without: left out with a sentence when it cannot be read. */
  const optional = <T>(column: string, reader: (text: string) => Read<T>): T | null => {
    const text = cell(column);
    if (text === "") return null;
    const found = reader(text);
    if (found.ok) return found.value;
    doubts.push(found.reason);
    return null;
  };
  const number = optional("siret", readLegalNumber);
  const postalCode = optional("code_postal", readPostalCode) ?? "";
  const active = optional("actif", readYesNo);
  const roles = cell("roles")
    .split(/[;|]/)
    .map((word) => word.trim())
    .filter(Boolean)
    .map((word) => term("role", word, row.line));
  const values: Record<string, string> = {
    name,
    type_id: cell("type") ? term("type", cell("type"), row.line) : "",
    siret: number?.siret ?? "",
    siren: number && !number.siret ? (number.siren ?? "") : "",
    // What was said is kept beside, so that somebody may ask the structure.
    siret_to_check: number ? "" : cell("siret").slice(0, 60),
    address: cell("adresse").slice(0, 300),
    postal_code: postalCode,
    commune_name: cell("commune").slice(0, 120),
    commune_code: communeCode(postalCode, cell("commune")) ?? "",
    phone: optional("telephone", readPhone) ?? "",
    email: optional("courriel", readEmail) ?? "",
    website: optional("site_web", readWebsite) ?? "",
    workforce: optional("effectif", readWorkforce)?.toString() ?? "",
    sector: cell("secteur").slice(0, 120),
    roles: [...new Set(roles)].sort().join(";"),
    active: active === false ? "no" : "",
  };
  return { key, values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")), doubts };
}

async function open(tx: Tx): Promise<KeyedReader> {
  const house = tx.scope.house;
  const { rows: known } = await sql<{ kind: TermKind; comparable: string; id: string }>`
    SELECT kind, comparable, id FROM partners.terms WHERE house_id = ${house}`.execute(tx.on());
  const terms = new Map(known.map((term) => [`${term.kind}:${term.comparable}`, term.id]));
  let fresh: Fresh[] = [];
  const term: TermOf = (kind, text, line) => {
    const key = `${kind}:${comparable(text).replaceAll("_", " ")}`;
    const there = terms.get(key);
    if (there) return there;
    const made = { id: tx.ids.uuid(), kind, label: text.slice(0, 80), line };
    terms.set(key, made.id);
    fresh.push(made);
    return made.id;
  };
  return {
    read: (row) => readStructure(row, term),
    async known(keys) {
      const { rows } = await sql<{ external_id: string; id: string; merged: boolean }>`
        SELECT e.external_id, s.id, s.merged_into IS NOT NULL OR EXISTS (SELECT 1 FROM partners.merges m WHERE m.house_id = s.house_id AND m.kept_id = s.id AND m.undone_at IS NULL) AS merged
          FROM partners.external_ids e JOIN partners.structures s ON s.house_id = e.house_id AND s.id = e.structure_id
         WHERE e.house_id = ${house} AND e.system = 'import' AND e.external_id = ANY(${keys}::text[])`.execute(tx.on());
      return new Map(
        rows.map((row): [string, Known] => [
          row.external_id,
          {
            id: row.id,
            ...(row.merged
              ? { untouchable: "Cette structure a été fusionnée avec une autre : rien n’est changé." }
              : {}),
          },
        ]),
      );
    },
    current: (ids) => currentStructures(tx, ids),
    create: (records) => createStructures(tx, records),
    also(apply) {
      const words = { role: "rôle", type: "type" };
      const made = fresh;
      fresh = [];
      return {
        notes: made.map(
          ({ label, kind }) => `Un mot nouveau dans les listes des structures : « ${label} » (${words[kind]}).`,
        ),
        changes: made.map(({ id, line }) => ({
          line,
          target: "partners.terms",
          recordId: id,
          before: null,
          afterVersion: 1,
        })),
        ...(apply && made.length > 0 ? { written: createTerms(tx, made) } : {}),
      };
    },
    async finish(importId) {
      await findTwinsOf(tx, { importId });
    },
  };
}

const createTerms = (tx: Tx, terms: readonly Fresh[]) =>
  sql`INSERT INTO partners.terms (house_id, id, kind, label)
    SELECT ${tx.scope.house}, id, kind, label FROM ${rowset(
      terms.map(({ id, kind, label }) => ({ id, kind, label })),
      { id: "uuid", kind: "text", label: "text" },
    )}`.execute(tx.on());

/** Structures put back as they were: the pairs that the file's values had made go, those of their own values come back. */
async function settleTwins(tx: Tx, importId: string): Promise<void> {
  const { rows } = await sql<{ record_id: string }>`
    SELECT record_id FROM core.import_changes
     WHERE house_id = ${tx.scope.house} AND import_id = ${importId} AND target = 'partners.structures' AND before IS NOT NULL`.execute(
    tx.on(),
  );
  if (rows.length > 0)
    await findTwinsAgain(
      tx,
      rows.map((row) => row.record_id),
    );
}

export const importStructures: ImportKind = keyedKind({
  kind: "structures",
  label: "Structures",
  target: "partners.structures",
  own: ["partners.external_ids", "partners.roles", "partners.closures", "partners.twins"],
  after: [],
  columns,
  fields,
  open,
  change: changeStructures,
  current: currentStructures,
  remove: removeStructures,
  objections: rolesSince,
  settle: settleTwins,
});
