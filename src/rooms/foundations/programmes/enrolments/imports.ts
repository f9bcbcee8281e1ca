// The file of enrolments, "parcours": a person in a programme, from a day, with the exit when there was one.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import {
  type ChangedRecord,
  type KeyedReader,
  keyedKind,
  type NewRecord,
  type Reading,
} from "../../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../../core/importing/kind.ts";
import { oneLine, readDay, readYesNo } from "../../../../core/importing/values.ts";
import type { Values } from "../../../../core/importing/written.ts";
import { comparableSite, sitesByName } from "../../house/door.ts";
import { personsByExternalId } from "../../people/door.ts";
import { removeWords, wordsAhead } from "./words-ahead.ts";

const target = "programmes.enrolments";
const shape = {
  id: "uuid",
  programme: "uuid",
  person: "uuid",
  site: "uuid",
  entry: "date",
  exit: "date",
  word: "uuid",
  followed: "text",
} as const;

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('programme', programme_id, 'person', person_id, 'site', site_id, 'entry', entry_on, 'exit', exit_on, 'word', exit_word_id,
        'followed', CASE WHEN followed THEN 'yes' ELSE 'no' END)) AS values
      FROM programmes.enrolments WHERE house_id = ${tx.scope.house} AND id = ANY(${ids}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

/** What was true of the person on the day of entry, and of exit, is kept with the enrolment. */
const situations = (house: string) => sql`people.situation_on(${house}, x.person, x.entry) AS entering,
  CASE WHEN x.exit IS NOT NULL THEN people.situation_on(${house}, x.person, x.exit) END AS leaving`;

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const house = tx.scope.house;
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  await sql`INSERT INTO programmes.enrolments (house_id, id, programme_id, person_id, site_id, entry_on, exit_on, exit_word_id, followed, entry, leaving, external_id, recorded_at, recorded_by)
    SELECT ${house}, id, programme, person, site, entry, exit, word, coalesce(followed, 'yes') = 'yes', entering, leaving, key, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM (SELECT x.*, ${situations(house)} FROM ${rowset(rows, { ...shape, key: "text" })}) x`.execute(tx.on());
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const house = tx.scope.house;
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE programmes.enrolments e SET programme_id = x.programme, person_id = x.person, site_id = x.site, exit_on = x.exit, exit_word_id = x.word,
      followed = coalesce(x.followed, 'yes') = 'yes', version = e.version + 1,
      entry = CASE WHEN (e.entry_on, e.person_id) = (x.entry, x.person) THEN e.entry ELSE entering END,
      leaving = CASE WHEN (e.exit_on, e.person_id) = (x.exit, x.person) THEN e.leaving ELSE x.leaving END, entry_on = x.entry
    FROM (SELECT x.*, ${situations(house)} FROM ${rowset(rows, shape)}) x WHERE e.house_id = ${house} AND e.id = x.id`.execute(
    tx.on(),
  );
}

async function open(tx: Tx): Promise<KeyedReader> {
  const house = tx.scope.house;
  const sites = await sitesByName(tx);
  const words = await wordsAhead(tx);
  const { rows: programmes } = await sql<{ code: string; id: string }>`
    SELECT code, id FROM programmes.programmes WHERE house_id = ${house}`.execute(tx.on());
  const byCode = new Map(programmes.map((row) => [row.code, row.id]));
  let persons: ReadonlyMap<string, string> = new Map();

  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const key = cell("id");
    if (!key) return { refused: "L’identifiant du parcours manque." };
    const person = persons.get(cell("personne"));
    if (!person)
      return {
        refused: `La personne « ${cell("personne").slice(0, 40)} » n’est pas connue de la maison : importez d’abord les personnes.`,
      };
    const programme = byCode.get(cell("dispositif"));
    if (!programme)
      return { refused: `Le dispositif « ${cell("dispositif").slice(0, 40)} » n’est pas au catalogue de la maison.` };
    const entry = readDay(cell("date_entree"));
    if (!entry.ok) return { refused: `Date d’entrée : ${entry.reason}.` };
    if (entry.value > tx.today) return { refused: `La date d’entrée ${cell("date_entree")} est à venir.` };
    const doubts: string[] = [];
    let exit = "";
    if (cell("date_sortie")) {
      const found = readDay(cell("date_sortie"));
      if (!found.ok) return { refused: `Date de sortie : ${found.reason}.` };
      if (found.value < entry.value) doubts.push("la sortie est avant l’entrée : repris tel quel, à corriger");
      exit = found.value;
    }
    let site = "";
    if (cell("antenne")) {
      site = sites.get(comparableSite(cell("antenne"))) ?? "";
      if (!site) return { refused: `L’antenne « ${cell("antenne").slice(0, 40)} » n’est pas un lieu de la maison.` };
    }
    const reason = cell("motif_sortie");
    if (reason && !exit) doubts.push("un motif de sortie sans date de sortie n’est pas repris");
    let followed = "yes";
    if (cell("accompagne")) {
      const found = readYesNo(cell("accompagne"));
      if (found.ok) followed = found.value ? "yes" : "no";
      else doubts.push(found.reason);
    }
    const values = {
      programme,
      person,
      site,
      entry: entry.value,
      exit,
      word: reason && exit ? words.find(programme, reason, row.line) : "",
      followed,
    };
    return { key, values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")), doubts };
  };

  return {
    async prepare(rows) {
      persons = await personsByExternalId(
        tx,
        rows.map((row) => oneLine(row.cells.personne ?? "")),
      );
    },
    read,
    async known(keys) {
      const { rows } = await sql<{ external_id: string; id: string; withdrawn: boolean }>`
        SELECT e.external_id, e.id, EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id) AS withdrawn
          FROM programmes.enrolments e WHERE e.house_id = ${house} AND e.external_id = ANY(${keys}::text[])`.execute(
        tx.on(),
      );
      return new Map(
        rows.map((row) => [
          row.external_id,
          {
            id: row.id,
            ...(row.withdrawn ? { untouchable: "Ce parcours a été retiré depuis : rien n’est changé." } : {}),
          },
        ]),
      );
    },
    current: (ids) => current(tx, ids),
    create: (records) => create(tx, records),
    also: words.also,
  };
}

export const importEnrolments: ImportKind = keyedKind({
  kind: "parcours",
  label: "Parcours",
  target,
  own: [],
  after: ["antennes", "personnes", "dispositifs"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°"], required: true },
    { key: "personne", label: "Personne", aliases: ["identifiant de la personne", "id personne"], required: true },
    { key: "dispositif", label: "Dispositif", aliases: ["code dispositif", "programme"], required: true },
    { key: "antenne", label: "Antenne", aliases: ["site", "lieu"], required: false },
    { key: "date_entree", label: "Date d’entrée", aliases: ["entrée", "début"], required: true },
    { key: "date_sortie", label: "Date de sortie", aliases: ["sortie", "fin"], required: false },
    { key: "motif_sortie", label: "Motif de sortie", aliases: ["type de sortie"], required: false },
    { key: "accompagne", label: "Accompagné", aliases: ["suivi"], required: false },
  ],
  fields: [
    { key: "programme", label: "le dispositif" },
    { key: "person", label: "la personne" },
    { key: "site", label: "l’antenne" },
    { key: "entry", label: "la date d’entrée" },
    { key: "exit", label: "la date de sortie" },
    { key: "word", label: "le motif de sortie" },
    { key: "followed", label: "l’accompagnement" },
  ],
  open,
  change,
  current,
  async remove(tx, importId) {
    const made = sql`SELECT record_id FROM core.import_changes WHERE house_id = ${tx.scope.house} AND import_id = ${importId} AND before IS NULL AND target = ${target}`;
    await sql`DELETE FROM programmes.enrolments WHERE house_id = ${tx.scope.house} AND id IN (${made})`.execute(
      tx.on(),
    );
    await removeWords(tx, importId);
  },
});
