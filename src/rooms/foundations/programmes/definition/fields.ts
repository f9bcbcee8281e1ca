// A programme's own fields, one a line: "Niveau CEP : choix (CEP1, CEP2, CEP3), obligatoire".
import type { FieldKind } from "../words.ts";
import { type Line, labelled, plain } from "./lines.ts";

export type FieldLine = { label: string; kind: FieldKind; options: string[]; required: boolean };

const kinds: Readonly<Record<FieldKind, string>> = {
  text: "texte",
  number: "nombre",
  day: "date",
  yes_no: "oui ou non",
  choice: "choix",
};
const byWord = new Map((Object.keys(kinds) as FieldKind[]).map((kind) => [plain(kinds[kind]), kind]));

export const fieldText = ({ label, kind, options, required }: FieldLine): string =>
  `${label} : ${kinds[kind]}${kind === "choice" ? ` (${options.join(", ")})` : ""}${required ? ", obligatoire" : ""}`;

export function readField(line: string): Line<FieldLine> {
  const read = labelled(line);
  const [, word = "", inside = ""] = /^([^(]+?)\s*(?:\((.*)\))?$/.exec(read?.words[0] ?? "") ?? [];
  const kind = byWord.get(plain(word));
  if (!read || !kind || read.label.length > 80)
    return {
      ok: false,
      reason: "écrivez le nom du champ, deux points, puis texte, nombre, date, oui ou non, ou choix (un, deux, trois)",
    };
  const options = inside
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  if (kind === "choice" && options.length < 2)
    return { ok: false, reason: "un choix a au moins deux réponses, entre parenthèses" };
  const others = read.words.slice(1).map((one) => plain(one));
  const unknown = others.find((one) => one !== "obligatoire");
  if (unknown !== undefined) return { ok: false, reason: `« ${unknown.slice(0, 40)} » n’est pas compris` };
  return {
    ok: true,
    value: { label: read.label, kind, options: kind === "choice" ? options : [], required: others.length > 0 },
  };
}
