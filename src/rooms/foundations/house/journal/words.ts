// The facts of a journal line in the words of its reader: they hold no name of a person.
import type { Role } from "../../../../core/rights.ts";
import { roleWords } from "../words.ts";

/** A line, as far as its facts go. */
export type JournalLine = {
  id: string;
  subject_kind: string | null;
  subject_id: string | null;
  details: Record<string, unknown> | null;
};

/** Sorts of records. */
const kindWords: Readonly<Record<string, string>> = {
  account: "compte",
  "api-key": "clé",
  figure: "chiffre",
  house: "maison",
  import: "import",
  message: "message",
  passkey: "clé d’accès",
  person: "personne",
  record: "fiche",
  referral: "orientation",
  session: "session",
  site: "lieu",
  survey: "enquête",
  term: "mot",
  visit: "visite",
};

const factWords: Readonly<Record<string, string>> = {
  absorbed: "fiche rejointe",
  anonymised: "rendues anonymes",
  answer: "réponse",
  archived: "archivées",
  bytes: "octets",
  changed: "changées",
  channel: "canal",
  code: "code",
  count: "lignes",
  created: "créées",
  doubtful: "douteuses",
  fields: "champs",
  filters: "filtres",
  from: "du",
  job: "tâche",
  kind: "sorte",
  label: "mot",
  lastDay: "dernier jour",
  links: "liens",
  list: "liste",
  merge: "fusion",
  names: "avec les noms",
  other: "autre fiche",
  path: "page",
  people: "personnes",
  person: "personne",
  purpose: "objet",
  reason: "raison",
  refused: "refusées",
  request: "demande",
  right: "droit",
  role: "rôle",
  roles: "rôles",
  rows: "lignes",
  run: "passage",
  secondFactor: "seconde étape",
  sessions: "sessions",
  sessionsEnded: "sessions fermées",
  site: "lieu",
  step: "étape",
  to: "au",
  unchanged: "inchangées",
  visits: "visites",
};

export const kindOf = (row: JournalLine): string => kindWords[row.subject_kind ?? ""] ?? row.subject_kind ?? "";

function valueWords(value: unknown, sites: ReadonlyMap<string, string>): string {
  if (Array.isArray(value)) return value.map((one) => valueWords(one, sites)).join(", ");
  if (typeof value === "boolean") return value ? "oui" : "non";
  if (typeof value === "object") return JSON.stringify(value);
  const text = String(value);
  return sites.get(text) ?? roleWords[text as Role] ?? text;
}

/** The facts of a line, short. `sites`: names by identifier. What has no word keeps its own. */
export const factsOf = (row: JournalLine, sites: ReadonlyMap<string, string>): string =>
  Object.entries(row.details ?? {})
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${factWords[name] ?? name}\u00a0: ${valueWords(value, sites)}`)
    .join("\u00a0; ");
