// Form fields: a label, a hint, the sentence of a mistake, wired for screen readers; what was typed is always given back.
import type { ComponentChildren } from "preact";

type Common = {
  name: string;
  /** Where a page has several forms with a field of that name. */
  id?: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  required?: boolean;
  /** The key that leads to the field. */
  shortcut?: string;
};

const describedBy = (name: string, hint?: string, error?: string): string | undefined =>
  [hint ? `${name}-aide` : "", error ? `${name}-erreur` : ""].filter(Boolean).join(" ") || undefined;

function Around({
  id,
  label,
  hint,
  error,
  required,
  shortcut,
  children,
}: Omit<Common, "name" | "id"> & { id: string; children: ComponentChildren }) {
  return (
    <div class={error ? "field field-error" : "field"}>
      <label for={id}>
        {label}
        {required === false ? <small> facultatif</small> : null}
        {shortcut ? <kbd>{shortcut}</kbd> : null}
      </label>
      {hint ? (
        <p class="hint" id={`${id}-aide`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p class="mistake" id={`${id}-erreur`}>
          {error}
        </p>
      ) : null}
      {children}
    </div>
  );
}

type TextProps = Common & {
  value?: string | undefined;
  type?: "text" | "search" | "email" | "tel" | "password" | "number" | "time" | "date";
  autocomplete?: string;
  inputmode?: "text" | "numeric" | "tel" | "email";
  maxlength?: number;
  autofocus?: boolean;
  width?: "short" | "medium";
  /** Values that the browser proposes while one types. */
  suggestions?: readonly string[] | undefined;
};

export function TextField(props: TextProps) {
  const { name, id = name, label, hint, error, required, value = "", type = "text", width, suggestions = [] } = props;
  return (
    <Around id={id} label={label} hint={hint} error={error} {...(required === undefined ? {} : { required })}>
      <input
        id={id}
        name={name}
        type={type as "text"}
        value={value}
        class={width}
        autoComplete={props.autocomplete ?? "off"}
        inputMode={props.inputmode}
        maxLength={props.maxlength ?? 200}
        autofocus={props.autofocus}
        required={required === true ? true : undefined}
        list={suggestions.length > 0 ? `${id}-noms` : undefined}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={describedBy(id, hint, error)}
      />
      {suggestions.length > 0 ? (
        <datalist id={`${id}-noms`}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      ) : null}
    </Around>
  );
}

/** Several lines. */
export function TextAreaField({
  rows = 4,
  ...props
}: Common & { value?: string | undefined; rows?: number; maxlength?: number }) {
  const { name, id = name, label, hint, error, required, value = "" } = props;
  return (
    <Around id={id} label={label} hint={hint} error={error} {...(required === undefined ? {} : { required })}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        maxLength={props.maxlength ?? 4000}
        required={required === true ? true : undefined}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={describedBy(id, hint, error)}
      >
        {value}
      </textarea>
    </Around>
  );
}

/** A day, typed jj/mm/aaaa: faster at a desk than a calendar, and the same in every browser. */
export const DateField = (props: Omit<TextProps, "type" | "inputmode" | "width">) => (
  <TextField {...props} hint={props.hint ?? "jj/mm/aaaa"} inputmode="numeric" width="short" maxlength={10} />
);

export type Option = { value: string; label: string };

export function SelectField({
  name,
  id = name,
  label,
  hint,
  error,
  required,
  value,
  options,
  empty,
  shortcut,
}: Common & { value?: string | undefined; options: readonly Option[]; empty?: string }) {
  return (
    <Around
      id={id}
      label={label}
      hint={hint}
      error={error}
      {...(required === undefined ? {} : { required })}
      {...(shortcut ? { shortcut } : {})}
    >
      <select
        id={id}
        name={name}
        data-key={shortcut}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={describedBy(id, hint, error)}
      >
        {empty === undefined ? null : <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Around>
  );
}

export function RadioField({
  name,
  id = name,
  label,
  hint,
  error,
  value,
  options,
  inline,
}: Common & { value?: string | undefined; options: readonly (Option & { key?: string })[]; inline?: boolean }) {
  return (
    <fieldset
      class={`field choices${inline ? " inline" : ""}${error ? " field-error" : ""}`}
      aria-describedby={describedBy(id, hint, error)}
    >
      <legend>{label}</legend>
      {hint ? (
        <p class="hint" id={`${id}-aide`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p class="mistake" id={`${id}-erreur`}>
          {error}
        </p>
      ) : null}
      <div class="options">
        {options.map((option, at) => (
          <label key={option.value} class="choice">
            <input
              type="radio"
              id={at === 0 ? id : undefined}
              name={name}
              value={option.value}
              checked={option.value === value}
              data-key={option.key}
            />
            <span>
              {option.label}
              {option.key ? <kbd>{option.key}</kbd> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function CheckboxField({
  name,
  label,
  checked,
  value = "1",
}: {
  name: string;
  label: ComponentChildren;
  checked?: boolean;
  value?: string;
}) {
  return (
    <label class="choice check">
      <input type="checkbox" name={name} value={value} checked={checked} /> <span>{label}</span>
    </label>
  );
}

/** The mistakes of a form, each leading to its field. */
export function ErrorSummary({ fields }: { fields: Readonly<Record<string, string>> }) {
  const mistakes = Object.entries(fields);
  if (mistakes.length === 0) return null;
  return (
    <div class="notice notice-error" role="alert" tabIndex={-1} id="erreurs">
      <strong>
        {mistakes.length === 1 ? "Une réponse est à corriger" : `${mistakes.length} réponses sont à corriger`}
      </strong>
      <ul>
        {mistakes.map(([name, sentence]) => (
          <li key={name}>{name ? <a href={`#${name}`}>{sentence}</a> : sentence}</li>
        ))}
      </ul>
    </div>
  );
}
