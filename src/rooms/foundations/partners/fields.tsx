// A field of a form about structures, said once: how it is typed, read, shown, compared. The form, the page of two versions at once and
// the comparison of two structures are made from the same list.
import { z } from "zod";
import type { Typed } from "../../../core/http/answer.ts";
import { oneLine, type Read, readDay, readEmail, readPhone, readPostalCode } from "../../../core/importing/values.ts";
import { DateField, type Option, SelectField, TextField } from "../../../ui/fields.tsx";
import { number, shortDay } from "../../../ui/words.ts";

/** What a column holds, as far as forms are concerned. */
export type Stored = string | number | readonly string[] | null;

export type Field = {
  /** In the form and in its mistakes. */
  name: string;
  column: string;
  label: string;
  hint?: string;
  /** Said when it is left empty; without it the field may be. */
  needed?: string;
  control?: "day" | "choice";
  input?: { type?: "tel" | "text"; inputmode?: "numeric" | "tel" | "email"; width?: "short" };
  most: number;
  /** Reads what was typed, which is not empty. */
  read(text: string): Read<Stored>;
  /** The column's value as it would be typed. */
  write(value: Stored): string;
};

const asTyped = (value: Stored): string => (value === null ? "" : String(value));
const plain = (text: string): Read<string> => ({ ok: true, value: oneLine(text) });

/** A text in one line, at most 200 signs long unless said otherwise. */
export const textField = (name: string, column: string, label: string, rest: Partial<Field> = {}): Field => ({
  name,
  column,
  label,
  most: 200,
  read: plain,
  write: asTyped,
  ...rest,
});
export const dayField = (name: string, column: string, label: string, rest: Partial<Field> = {}): Field =>
  textField(name, column, label, {
    control: "day",
    most: 10,
    read: readDay,
    write: (value) => (typeof value === "string" ? shortDay(value) : ""),
    ...rest,
  });
export const phoneField = textField("telephone", "phone", "Téléphone", {
  read: readPhone,
  input: { type: "tel", inputmode: "tel" },
  most: 40,
});
export const emailField = textField("courriel", "email", "Courriel", {
  read: readEmail,
  input: { inputmode: "email" },
});
export const placeFields: readonly Field[] = [
  textField("adresse", "address", "Adresse", { most: 300 }),
  textField("code_postal", "postal_code", "Code postal", {
    read: readPostalCode,
    input: { inputmode: "numeric", width: "short" },
    most: 10,
  }),
  textField("commune", "commune_name", "Commune", { most: 120 }),
];
export const uuidShape = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "Identifiant illisible.");

/** One of the choices that the page offers; whether the house has it is asked when it is written. */
export const choiceField = (name: string, column: string, label: string, rest: Partial<Field> = {}): Field =>
  textField(name, column, label, {
    control: "choice",
    most: 36,
    read: (text) =>
      uuidShape.safeParse(text).success ? { ok: true, value: text } : { ok: false, reason: "choisissez dans la liste" },
    ...rest,
  });

/** Cents as somebody types euros: 1250050 -> "12 500,50". */
export const euros = (cents: number): string => number(cents / 100, cents % 100 === 0 ? 0 : 2);

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;

/** The Zod shape of a list of fields: what was typed becomes the column's value, or a sentence. */
export const shapeOf = (fields: readonly Field[]): Record<string, z.ZodType<Stored>> =>
  Object.fromEntries(
    fields.map((field): [string, z.ZodType<Stored>] => [
      field.name,
      z
        .string()
        .default("")
        .transform((typed, context): Stored => {
          const fail = (message: string) => {
            context.addIssue({ code: "custom", message });
            return z.NEVER;
          };
          if (oneLine(typed) === "") return field.needed ? fail(field.needed) : null;
          if (typed.length > field.most) return fail(`Au plus ${field.most} signes.`);
          const found = field.read(typed);
          return found.ok ? found.value : fail(sentence(found.reason));
        }),
    ]),
  );

/** The columns that a read form fills. */
export const columnsOf = (fields: readonly Field[], form: object): Record<string, Stored> =>
  Object.fromEntries(fields.map((field) => [field.column, (form as Record<string, Stored>)[field.name] ?? null]));

/** A record in the words of the form. */
export const typedOf = (fields: readonly Field[], record: object): Record<string, string> =>
  Object.fromEntries(
    fields.map((field) => [field.name, field.write((record as Record<string, Stored>)[field.column] ?? null)]),
  );

/** What was typed, the first value of each field. */
export const firstTyped = (typed: Typed): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).map(([name, values]) => [name, values[0] ?? ""]));

export function FieldInputs({
  fields,
  values,
  mistakes,
  options,
}: {
  fields: readonly Field[];
  values: Readonly<Record<string, string>>;
  mistakes: Readonly<Record<string, string>>;
  /** Choices by field name. */
  options: Readonly<Record<string, readonly Option[]>>;
}) {
  return (
    <div class="fields">
      {fields.map((field) => {
        const facts = {
          name: field.name,
          label: field.label,
          value: values[field.name],
          error: mistakes[field.name],
          ...(field.hint ? { hint: field.hint } : {}),
          ...(field.needed ? {} : { required: false }),
        };
        if (field.control === "choice")
          return <SelectField key={field.name} {...facts} empty="" options={options[field.name] ?? []} />;
        if (field.control === "day") return <DateField key={field.name} {...facts} />;
        return <TextField key={field.name} {...facts} {...field.input} maxlength={field.most} />;
      })}
    </div>
  );
}
