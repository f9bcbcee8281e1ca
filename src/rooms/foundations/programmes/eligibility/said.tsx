// The conditions that only a person can verify, in the form of an entry: "dit-2" is what was said of the third.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Typed } from "../../../../core/http/answer.ts";
import { RadioField } from "../../../../ui/fields.tsx";
import { conditionsOf } from "../catalogue/reads.ts";
import type { Verdict } from "./checking.ts";

/** What is to be verified for a programme, each once. */
export async function manualOf(tx: Tx, programme: string): Promise<string[]> {
  const conditions = (await conditionsOf(tx, programme)).flatMap((one) => (one.kind === "any" ? one.of : [one]));
  return [...new Set(conditions.flatMap((one) => (one.kind === "said" ? [one.text] : [])))];
}

export const saidOf = (typed: Typed, texts: readonly string[]): Record<string, boolean> =>
  Object.fromEntries(
    texts.flatMap((text, nth) => {
      const value = typed[`dit-${nth}`]?.[0];
      return value === "oui" || value === "non" ? [[text, value === "oui"]] : [];
    }),
  );

export const SaidFields = ({
  texts,
  values,
}: {
  texts: readonly string[];
  values: Readonly<Record<string, string>>;
}) => (
  <>
    {texts.map((text, nth) => (
      <RadioField
        key={text}
        name={`dit-${nth}`}
        label={`À vérifier : ${text}`}
        value={values[`dit-${nth}`]}
        inline
        options={[
          { value: "oui", label: "Oui" },
          { value: "non", label: "Non" },
        ]}
      />
    ))}
  </>
);

/** A check in one line: what stands against it, what is to be verified, or that all is well. */
export function verdictWords(verdicts: readonly Verdict[]): string {
  const no = verdicts.filter((verdict) => verdict.answer === "no");
  const open = verdicts.filter((verdict) => verdict.answer === "unknown");
  if (no.length > 0) return `non : ${no.map((verdict) => `${verdict.sentence} (${verdict.because})`).join(" ; ")}`;
  if (open.length > 0) return `à vérifier : ${open.map((verdict) => verdict.sentence).join(" ; ")}`;
  return verdicts.length > 0 ? "remplies" : "aucune";
}
