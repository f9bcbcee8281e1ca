// A programme's own fields in a form: drawn by their kind, read with a sentence for what they cannot be.
import type { Typed } from "../../../../core/http/answer.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { DateField, RadioField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Field } from "../catalogue/reads.ts";

const nameOf = (field: Field): string => `champ-${field.id}`;

export const OwnFields = ({
  fields,
  values,
  mistakes,
}: {
  fields: readonly Field[];
  values: Readonly<Record<string, string>>;
  mistakes: Readonly<Record<string, string>>;
}) => (
  <div class="fields">
    {fields.map((field) => {
      const name = nameOf(field);
      const facts = {
        name,
        label: field.label,
        value: values[name],
        error: mistakes[name],
        required: field.required ? undefined : false,
      };
      const props = { ...facts, ...(field.required ? {} : { required: false as const }) };
      if (field.kind === "day") return <DateField key={name} {...withoutUndefined(props)} />;
      if (field.kind === "number")
        return <TextField key={name} {...withoutUndefined(props)} inputmode="numeric" width="short" />;
      if (field.kind === "choice")
        return (
          <SelectField
            key={name}
            {...withoutUndefined(props)}
            empty=""
            options={field.options.map((one) => ({ value: one, label: one }))}
          />
        );
      if (field.kind === "yes_no")
        return (
          <RadioField
            key={name}
            {...withoutUndefined(props)}
            inline
            options={[
              { value: "oui", label: "Oui" },
              { value: "non", label: "Non" },
            ]}
          />
        );
      return <TextField key={name} {...withoutUndefined(props)} />;
    })}
  </div>
);

type Known = { name: string; label: string; value?: string; error?: string; required?: boolean };
const withoutUndefined = (props: {
  name: string;
  label: string;
  value: string | undefined;
  error: string | undefined;
  required?: boolean | undefined;
}): Known => Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Known;

/** What was typed in the fields, by their identifier: kept as text, a day as "2020-12-31", a number with a dot. */
export function readOwnFields(
  fields: readonly Field[],
  typed: Typed,
): { values: Map<string, string>; mistakes: Record<string, string> } {
  const values = new Map<string, string>();
  const mistakes: Record<string, string> = {};
  for (const field of fields) {
    const name = nameOf(field);
    const text = (typed[name]?.[0] ?? "").trim();
    if (text === "") {
      if (field.required) mistakes[name] = `«\u00a0${field.label}\u00a0»\u00a0: cette réponse manque.`;
      values.set(field.id, "");
      continue;
    }
    const wrong = (sentence: string): void => {
      mistakes[name] = `«\u00a0${field.label}\u00a0»\u00a0: ${sentence}.`;
    };
    if (field.kind === "day") {
      const read = readDay(text);
      if (read.ok) values.set(field.id, read.value);
      else wrong(read.reason);
    } else if (field.kind === "number") {
      const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
      if (/^-?\d{1,12}(\.\d{1,4})?$/.test(plain)) values.set(field.id, plain);
      else wrong("un nombre, par exemple 12 ou 3,5");
    } else if (field.kind === "choice" && !field.options.includes(text)) wrong("choisissez dans la liste");
    else if (field.kind === "yes_no" && text !== "oui" && text !== "non") wrong("oui ou non");
    else if (text.length > 300) wrong("300 signes au plus");
    else values.set(field.id, text);
  }
  return { values, mistakes };
}

/** A kept value as it is read. */
export const ownValue = (field: Pick<Field, "kind">, value: string): string =>
  field.kind === "day" ? shortDay(value) : field.kind === "number" ? value.replace(".", ",") : value;

export const ownValues = (values: ReadonlyMap<string, string>, fields: readonly Field[]): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [nameOf(field), ownValue(field, values.get(field.id) ?? "")]));
