// A programme's words for what is obtained, one a line: "CDI : emploi, durable, droit commun, positif, pas positif pour PLIE".
import { type OutcomeKind, type OutcomePlace, outcomeKinds, outcomeKindWords } from "../words.ts";
import { type Line, labelled, plain } from "./lines.ts";

export type OutcomeWord = {
  label: string;
  kind: OutcomeKind;
  /** A contract: lasting (in common words: CDI, or a CDD of six months or more) or not; null where it says nothing. */
  lasting: boolean | null;
  law: "common" | "insertion" | null;
  /** A training: qualifying or not. */
  qualifying: boolean | null;
  positive: boolean;
  place: OutcomePlace;
  /** Funders that count it otherwise than the house. */
  readings: { funder: string; positive: boolean }[];
};

const kinds = new Map(outcomeKinds.map((kind) => [plain(outcomeKindWords[kind]), kind]));
kinds.set("creation", "creation").set("diplome", "certification").set("certification", "certification");

type Facts = Omit<OutcomeWord, "label" | "kind" | "readings">;
const flags: ReadonlyMap<string, Partial<Facts>> = new Map<string, Partial<Facts>>([
  ["durable", { lasting: true }],
  ["non durable", { lasting: false }],
  ["droit commun", { law: "common" }],
  ["insertion", { law: "insertion" }],
  ["qualifiante", { qualifying: true }],
  ["non qualifiante", { qualifying: false }],
  ["positif", { positive: true }],
  ["pendant le parcours", { place: "path" }],
  ["a la sortie", { place: "exit" }],
]);

export function outcomeText(word: OutcomeWord): string {
  const words = [outcomeKindWords[word.kind]];
  if (word.lasting !== null) words.push(word.lasting ? "durable" : "non durable");
  if (word.law) words.push(word.law === "common" ? "droit commun" : "insertion");
  if (word.qualifying !== null) words.push(word.qualifying ? "qualifiante" : "non qualifiante");
  if (word.positive) words.push("positif");
  if (word.place !== "both") words.push(word.place === "path" ? "pendant le parcours" : "à la sortie");
  for (const { funder, positive } of word.readings) words.push(`${positive ? "" : "pas "}positif pour ${funder}`);
  return `${word.label} : ${words.join(", ")}`;
}

export function readOutcome(line: string): Line<OutcomeWord> {
  const read = labelled(line);
  if (!read || read.label.length > 80)
    return {
      ok: false,
      reason:
        "écrivez le mot, deux points, puis ce qu’il compte, par exemple « CDI : emploi, durable, droit commun, positif »",
    };
  const [first = "", ...others] = read.words;
  const kind = kinds.get(plain(first));
  if (!kind)
    return {
      ok: false,
      reason: `« ${first.slice(0, 40)} » n’est pas une sorte de résultat : ${outcomeKinds.map((one) => outcomeKindWords[one]).join(", ")}`,
    };
  const word: OutcomeWord = {
    label: read.label,
    kind,
    lasting: null,
    law: null,
    qualifying: null,
    positive: false,
    place: "both",
    readings: [],
  };
  for (const other of others) {
    const funder = /^(pas )?positif pour (.+)$/i.exec(other);
    const facts = flags.get(plain(other));
    if (funder?.[2]) word.readings.push({ funder: funder[2], positive: !funder[1] });
    else if (facts) Object.assign(word, facts);
    else
      return {
        ok: false,
        reason: `« ${other.slice(0, 40)} » n’est pas compris : ${[...flags.keys()].join(", ")}, positif pour (un financeur), pas positif pour (un financeur)`,
      };
  }
  return { ok: true, value: word };
}
