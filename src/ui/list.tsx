// Parts of a list's page: the form of its filters, and the links to its files.
import type { ComponentChildren } from "preact";
import { DateField, type Option, SelectField, TextField } from "./fields.tsx";

export type FilterField = { key: string; label: string; value: string; error?: string | undefined } & (
  | { kind: "text" | "day" }
  | { kind: "choice"; all?: string | undefined; options: readonly Option[] }
);

/** Filters as a form that is sent by its address: without scripts, and the address can be kept. */
export function FilterForm({
  path,
  fields,
  sort,
  sorts,
}: {
  path: string;
  fields: readonly FilterField[];
  /** "key", "-key" or "": the order chosen. */
  sort: string;
  sorts: readonly { key: string; label: string }[];
}) {
  return (
    <form method="get" action={path} class="filters no-print" role="search">
      {fields.map((field) => {
        const { key, label, value, error } = field;
        const common = { key, name: key, id: `filtre-${key}`, label, value, error };
        if (field.kind === "choice")
          return (
            <SelectField
              {...common}
              options={field.options}
              {...(field.all === undefined ? {} : { empty: field.all })}
            />
          );
        return field.kind === "day" ? <DateField {...common} /> : <TextField {...common} type="search" />;
      })}
      {sorts.length > 0 ? (
        <SelectField
          name="tri"
          id="filtre-tri"
          label="Ordre"
          empty="habituel"
          value={sort}
          options={sorts.flatMap(({ key, label }) => [
            { value: key, label: `${label}, croissant` },
            { value: `-${key}`, label: `${label}, décroissant` },
          ])}
        />
      ) : null}
      <button type="submit" class="second">
        Filtrer
      </button>
    </form>
  );
}

/** The rows shown, all of them, as files. `rows`: "12 parcours". */
export const FileLinks = ({
  path,
  query,
  rows,
  children,
}: {
  path: string;
  query: string;
  rows: string;
  children?: ComponentChildren;
}) => (
  <p class="no-print">
    Exporter {rows}
    {"\u00a0"}: <a href={`${path}/export.csv${query}`}>CSV</a> · <a href={`${path}/export.xlsx${query}`}>XLSX</a>
    {children ? <> · {children}</> : null}
  </p>
);

/** A box to tick on a row. `of`: who or what the row is about. */
export const PickBox = ({ id, of }: { id: string; of: string }) => (
  <label class="pick">
    <input type="checkbox" name="ligne" value={id} />
    <span class="visually-hidden">Choisir {of}</span>
  </label>
);

/** A table whose rows may be ticked, in a form that leads to what can be done with them. */
export const PickForm = ({
  list,
  query,
  table,
  all,
  children,
}: {
  list: string;
  query: string;
  table: ComponentChildren;
  /** All that the filters show, "12 parcours"; left out: only what `children` offer can be done. */
  all?: { count: number; counting: string };
  children?: ComponentChildren;
}) => (
  <form method="post">
    <input type="hidden" name="liste" value={list} />
    <input type="hidden" name="requete" value={query} />
    {table}
    {all ? (
      <p class="no-print">
        <button type="submit" formaction="/groupes" name="toutes" value="0" class="second">
          Agir sur les lignes choisies
        </button>{" "}
        {all.count > 1 ? (
          <button type="submit" formaction="/groupes" name="toutes" value="1" class="second">
            Agir sur tout ce que ce filtre montre ({all.counting})
          </button>
        ) : null}
      </p>
    ) : null}
    {children}
  </form>
);
