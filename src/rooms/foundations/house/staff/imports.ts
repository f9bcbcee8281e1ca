// The file of staff, "equipe": who works in the house, in what, where, since when.

import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { byExternalId, removeCreated } from "../../../../core/importing/created.ts";
import { type ChangedRecord, keyedKind, type Reading } from "../../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../../core/importing/kind.ts";
import { oneLine, type Read, readDay, readSex } from "../../../../core/importing/values.ts";
import type { Values } from "../../../../core/importing/written.ts";
import { comparableSite, sitesByName } from "../site-names.ts";

const shape = {
  id: "uuid",
  sex: "text",
  family_name: "text",
  given_name: "text",
  function: "text",
  pole: "text",
  site_id: "uuid",
  from_day: "date",
  to_day: "date",
  full_time_percent: "int",
  employer: "text",
} as const;
const names = Object.keys(shape).filter((name) => name !== "id");
const unnamed = { family_name: "", given_name: "" };

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('sex', sex, 'family_name', nullif(family_name, ''), 'given_name', nullif(given_name, ''), 'function', function, 'pole', pole,
             'site_id', site_id, 'from_day', from_day, 'to_day', to_day, 'full_time_percent', full_time_percent::text, 'employer', employer)) AS values
      FROM house.staff WHERE house_id = ${tx.scope.house} AND id = ANY(${ids}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...unnamed, ...record.after, id: record.id }));
  await sql`UPDATE house.staff s SET ${sql.raw(names.map((name) => `${name} = x.${name}`).join(", "))}, version = s.version + 1
     FROM ${rowset(rows, shape)} WHERE s.house_id = ${tx.scope.house} AND s.id = x.id`.execute(tx.on());
}

/** "1", "0,8", "80 %" -> hundredths of a full time. */
export function readFullTime(text: string): Read<string> {
  const found = /^(\d+(?:[.,]\d+)?)\s*(%?)$/.exec(text);
  const share = Math.round(Number(found?.[1]?.replace(",", ".")) * (found?.[2] ? 1 : 100));
  return found && share >= 1 && share <= 100
    ? { ok: true, value: String(share) }
    : { ok: false, reason: `« ${text.slice(0, 20)} » n’est pas une part d’un temps plein` };
}

function readMember(row: ImportRow, sites: ReadonlyMap<string, string>): Reading {
  const cell = (key: string): string => oneLine(row.cells[key] ?? "");
  const key = cell("id");
  if (!key) return { refused: "L’identifiant manque." };
  const [family, given] = [cell("nom").slice(0, 120), cell("prenom").slice(0, 120)];
  if (!family && !given) return { refused: "Le nom et le prénom manquent." };
  const from = readDay(cell("entree"));
  if (!from.ok) return { refused: `Entrée : ${from.reason}.` };
  const doubts: string[] = [];
  const optional = (name: string, reader: (text: string) => Read<string>): string => {
    const text = cell(name);
    if (text === "") return "";
    const found = reader(text);
    if (found.ok) return found.value;
    doubts.push(found.reason);
    return "";
  };
  const to = optional("sortie", readDay);
  if (to && to < from.value) return { refused: "La sortie vient avant l’entrée." };
  const values: Record<string, string> = {
    sex: optional("sexe", readSex),
    family_name: family,
    given_name: given,
    function: cell("fonction").slice(0, 120),
    pole: cell("pole").slice(0, 120),
    site_id: optional("antenne", (text) => {
      const site = sites.get(comparableSite(text));
      return site
        ? { ok: true, value: site }
        : { ok: false, reason: `l’antenne « ${text.slice(0, 40)} » n’est pas un lieu de la maison` };
    }),
    from_day: from.value,
    to_day: to,
    full_time_percent: optional("etp", readFullTime) || "100",
    employer: cell("employeur").slice(0, 120),
  };
  return { key, values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")), doubts };
}

export const equipe: ImportKind = keyedKind({
  kind: "equipe",
  label: "Équipe salariée",
  target: "house.staff",
  own: [],
  after: ["antennes"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["matricule", "numéro", "n°"], required: true },
    { key: "sexe", label: "Sexe", aliases: ["genre", "civilité"], required: false },
    { key: "nom", label: "Nom", aliases: ["nom de famille"], required: true },
    { key: "prenom", label: "Prénom", aliases: ["prénoms"], required: true },
    { key: "fonction", label: "Fonction", aliases: ["poste", "métier"], required: false },
    { key: "pole", label: "Pôle", aliases: ["service"], required: false },
    { key: "antenne", label: "Lieu", aliases: ["site", "antenne"], required: false },
    { key: "entree", label: "Entrée", aliases: ["date d'entrée", "embauche", "embauché le"], required: true },
    { key: "sortie", label: "Sortie", aliases: ["date de sortie", "départ"], required: false },
    {
      key: "etp",
      label: "Part d’un temps plein",
      aliases: ["etp", "temps de travail", "équivalent temps plein"],
      required: false,
    },
    { key: "employeur", label: "Employeur", aliases: ["mis à disposition par"], required: false },
  ],
  fields: [
    { key: "sex", label: "le sexe" },
    { key: "family_name", label: "le nom" },
    { key: "given_name", label: "le prénom" },
    { key: "function", label: "la fonction" },
    { key: "pole", label: "le pôle" },
    { key: "site_id", label: "le lieu" },
    { key: "from_day", label: "l’entrée" },
    { key: "to_day", label: "la sortie" },
    { key: "full_time_percent", label: "la part d’un temps plein" },
    { key: "employer", label: "l’employeur" },
  ],
  current,
  change,
  async open(tx) {
    const sites = await sitesByName(tx);
    return {
      read: (row) => readMember(row, sites),
      known: (keys) => byExternalId(tx, "house.staff", keys),
      current: (ids) => current(tx, ids),
      async create(records) {
        const rows = records.map((record) => ({ ...unnamed, ...record.values, id: record.id, key: record.key }));
        await sql`INSERT INTO house.staff (house_id, id, external_id, ${sql.raw(names.join(", "))})
          SELECT ${tx.scope.house}, id, key, ${sql.raw(names.join(", "))} FROM ${rowset(rows, { ...shape, key: "text" })}`.execute(
          tx.on(),
        );
      },
    };
  },
  remove: (tx, importId) => removeCreated(tx, importId, "house.staff"),
});
