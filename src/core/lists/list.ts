// What a list is: its rows, the filters that combine on it, its columns for the screen and for a file. A list is a declaration; the
// page, the count and the exports are the engine's, and come from the same conditions.
import type { RawBuilder } from "kysely";
import type { ComponentChildren } from "preact";
import type { Tx } from "../db/transaction.ts";
import type { Cell } from "../exporting/cell.ts";
import type { Crumb } from "../http/answer.ts";
import type { At, Trace } from "../http/route.ts";
import type { Right } from "../rights.ts";

export type Sql = RawBuilder<unknown>;
export type Choice = { value: string; label: string };

/** A word of the address that narrows the list. `where` gives the SQL condition of a value; null: that value asks for nothing. */
type Common = { key: string; label: string };
/**
 * `personal`: what is typed there is a person's name; it is kept nowhere. `read`: what the text stands for, asked before the rows are
 * (a code, for the record that bears it); it is then the filter's value.
 */
export type TextFilter = Common & {
  kind: "text";
  personal?: true;
  read?: (typed: string, tx: Tx) => Promise<string>;
  where: (value: string, tx: Tx) => Sql | null;
};
/**
 * One of a list. `all`: the word that stands for no choice. `usual`: the value of an address that says nothing; the choice `all` is then
 * one of the options, or is not offered.
 */
export type ChoiceFilter = Common & {
  kind: "choice";
  all?: string;
  usual?: string | ((tx: Tx) => string);
  options: (tx: Tx, right: Right) => Promise<readonly Choice[]> | readonly Choice[];
  where: (value: string, tx: Tx) => Sql | null;
  /** The field is shown only where there is something to choose from. */
  hiddenBelow?: number;
};
export type YesNoFilter = Common & {
  kind: "yes-no";
  all: string;
  yes: string;
  no: string;
  where: (yes: boolean, tx: Tx) => Sql;
};
/** Two days, both included, under the words `de` and `a` of the address. `usual`: the days of an address that says none. */
export type DaysFilter = {
  kind: "days";
  key: "de";
  label: string;
  usual: (today: string, to: string | null) => { from: string; to: string } | null;
  where: (from: string | null, to: string | null, tx: Tx) => Sql;
};
export type Filter = TextFilter | ChoiceFilter | YesNoFilter | DaysFilter;

/** One expression of an order. `nulls`: where rows without a value go; left out, every row has one. */
export type Turn = { by: Sql; down?: true; nulls?: "first" | "last" };

/**
 * A column. With `render` it stands on the screen, with `cell` in the files (with both, in both). `sort`: what orders by it, one
 * expression or several; `nulls` says where rows without a value go, whichever the direction; left out, every row has one.
 */
export type ListColumn<Row> = {
  key: string;
  label: string;
  render?: (row: Row, tx: Tx) => ComponentChildren;
  cell?: (row: Row, tx: Tx) => Cell;
  sort?: Sql | readonly Sql[];
  nulls?: "first" | "last";
  header?: boolean;
  number?: boolean;
  /** Who may read it; left out: whoever reads the list. */
  right?: Right;
};

/** What is read: the selected columns, the tables, and the conditions that hold whatever the filters say. */
export type ListQuery = {
  select: Sql;
  from: Sql;
  /** The tables that the conditions need, where fewer do for counting. It must give as many rows as `from`. */
  countFrom?: Sql;
  where: readonly Sql[];
  /** More sums over the counted rows, by name: of a number that each row has, or an aggregate of one's own. */
  tallies?: Record<string, Sql | { sum: Sql }>;
  /** Orders before what the reader chose nothing for: the nearest to what was searched. */
  nearest?: Turn | null;
};

/** What an address asks of a list. */
export type Asked = {
  /** Filters in force by key, the usual ones too; days as "2020-12-31". */
  values: Readonly<Record<string, string>>;
  /** What the address said of each filter, to be shown again. */
  typed: Readonly<Record<string, string>>;
  /** One sentence a filter that could not be read. */
  mistakes: Readonly<Record<string, string>>;
  options: ReadonlyMap<string, readonly Choice[]>;
  /** Null: the usual order. */
  sort: { key: string; down: boolean } | null;
  /** The identifier of the row after which the page begins; null: the first page. */
  after: string | null;
};

export type Counted = { count: number; tallies: Readonly<Record<string, number>> };

export type List<Row extends { id: string } = { id: string }> = {
  /** Names the files, and what is saved of the list. ASCII. */
  name: string;
  path: string;
  title: string;
  words: readonly [one: string, many: string];
  right: Right;
  /** Left out: who sees the list may take it away. */
  exportRight?: Right;
  trace: { listed: Trace; exported: Trace };
  filters: readonly Filter[];
  columns: readonly ListColumn<Row>[];
  /** `right`: the one under which the rows are read, that of the page or that of the export. */
  query: (tx: Tx, right: Right, values: Readonly<Record<string, string>>) => ListQuery;
  /** The order of an address that says none, and the last word between equals: what the row has as `id`. */
  usual: readonly Turn[];
  tie: Turn;
  /**
   * Asked for all day long, and of some hundred rows at most: the list without chosen filters is prepared once a connection (its plan may
   * not hang on its values), and its page and its count are read together.
   */
  often?: true;
  /** The person that each row is about, as SQL over `from`: rows may then be chosen for an act on several at once. */
  person?: Sql;
  /** The enrolment that each row is about, where it is one. */
  enrolment?: Sql;
  /** Who a row is about, for the label of its box. */
  nameOf?: (row: Row) => string;
  /** Adds to rows what another read knows of them, a page or a batch at a time. */
  enrich?: (tx: Tx, rows: Row[]) => Promise<Row[]>;
  /** The record that a list narrowed to it is about: the journal then says of that record that it was read. */
  about?: (asked: Asked) => { kind: string; id: string } | null;
  /** The pages from which one comes to the list. */
  crumbs?: Crumb[];
  /** The title of a page whose filters make it another list. */
  titleOf?: (asked: Asked, tx: Tx) => string;
  /** More acts on the rows that were ticked: fields and buttons of the same form, which say their own address. */
  picked?: (at: At<unknown>, asked: Asked) => Promise<ComponentChildren> | ComponentChildren;
  /** The sentence under the title. */
  tell?: (counted: Counted, asked: Asked, tx: Tx) => ComponentChildren;
  action?: (at: At<unknown>) => { href: string; label: string } | null;
  above?: (at: At<unknown>, asked: Asked, counted: Counted) => Promise<ComponentChildren> | ComponentChildren;
  below?: (at: At<unknown>) => Promise<ComponentChildren> | ComponentChildren;
  links?: (at: At<unknown>, query: string) => ComponentChildren;
  /** What stands in place of the table where there is no row. */
  empty: (at: At<unknown>, asked: Asked) => ComponentChildren;
};

/** A list whatever its rows: what is known of all of them. */
export type AnyList = Omit<List, "columns" | "enrich" | "nameOf"> & { columns: readonly ListColumn<never>[] };
