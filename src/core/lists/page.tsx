// The page of a list: what it shows and how many, its filters, the files with the same rows.
import { Chips, Pager } from "../../ui/figures.tsx";
import { Heading } from "../../ui/heading.tsx";
import { FileLinks, type FilterField, FilterForm, PickBox, PickForm } from "../../ui/list.tsx";
import { DataTable, type Sorting } from "../../ui/table.tsx";
import { plural, shortDay } from "../../ui/words.ts";
import { type Answer, page } from "../http/answer.ts";
import type { At } from "../http/route.ts";
import { may } from "../rights.ts";
import { chipsOf, queryOf, readAsked, tellListed } from "./asked.ts";
import type { Asked, Filter, List, ListColumn } from "./list.ts";
import { listRights } from "./rights.ts";
import { countRows, pageAndCount } from "./rows.ts";
import { savedOn } from "./saving.tsx";

const pageSize = 50;

function fieldOf(filter: Filter, asked: Asked): FilterField[] {
  const { key, label } = filter;
  const common = { key, label, error: asked.mistakes[key] };
  const value = asked.mistakes[key] ? (asked.typed[key] ?? "") : (asked.values[key] ?? "");
  if (filter.kind === "text") return [{ ...common, kind: "text", value: asked.typed[key] ?? "" }];
  if (filter.kind === "yes-no") {
    const options = [
      { value: "oui", label: filter.yes },
      { value: "non", label: filter.no },
    ];
    return [{ ...common, kind: "choice", value, all: filter.all, options }];
  }
  if (filter.kind === "choice") {
    const options = asked.options.get(key) ?? [];
    return options.length < (filter.hiddenBelow ?? 0)
      ? []
      : [{ ...common, kind: "choice", value, all: filter.all, options }];
  }
  return (["de", "a"] as const).map((name) => {
    const known = asked.values[name] ?? "";
    return {
      kind: "day",
      key: name,
      label: name === "de" ? "Du" : "Au",
      error: asked.mistakes[name],
      value: asked.mistakes[name] ? (asked.typed[name] ?? "") : known && shortDay(known),
    };
  });
}

/** Each column that sorts leads to the list in its order, then in the other direction. */
function sortingOf<Row extends { id: string }>(
  list: List<Row>,
  asked: Asked,
  column: ListColumn<Row>,
): Sorting | undefined {
  if (!column.sort) return undefined;
  const now = asked.sort?.key === column.key ? (asked.sort.down ? "descending" : "ascending") : null;
  const tri = now === "ascending" ? `-${column.key}` : column.key;
  return { href: `${list.path}${queryOf(list, asked, { tri })}`, now };
}

/** `query`: the address's words where the page is shown in answer to a form; `mistake`: what was wrong with that form. */
type Wish = { query?: Readonly<Record<string, string>>; mistake?: string };

export async function listPage<Row extends { id: string }>(
  at: At<unknown>,
  list: List<Row>,
  wish: Wish = {},
): Promise<Answer> {
  const { tx } = at;
  const asked = await readAsked(tx, list, wish.query ?? at.query, list.right);
  const { rows: read, further, next, counted } = await pageAndCount(tx, list, asked, list.right, pageSize);
  const { count } = counted;
  tellListed(at, list, asked, count);
  const chips = chipsOf(list, asked);
  const exportRight = list.exportRight ?? list.right;
  const exports = may(at.scope, exportRight);
  // A role may see more than it may take away: the file's own number is told.
  const title = list.titleOf?.(asked, tx) ?? list.title;
  const counting = plural(count, ...list.words);
  const action = list.action?.(at);
  const query = queryOf(list, asked);
  const [rows, taken, acts, above, saved, below] = await Promise.all([
    list.enrich ? list.enrich(tx, read) : read,
    exports && at.scope.grants.length > 1
      ? countRows(tx, list, asked, exportRight).then((other) => other.count)
      : count,
    read.length > 0 ? list.picked?.(at, asked) : null,
    list.above?.(at, asked, counted),
    savedOn(tx, list, query),
    list.below?.(at),
  ]);
  const links = list.links?.(at, query);
  const groups = list.person !== undefined && rows.length > 0 && may(at.scope, listRights["group.act"]);
  const picks = groups || Boolean(acts);
  const table = <Rows at={at} list={list} asked={asked} rows={rows} title={title} picks={picks} />;
  return page({
    title,
    status: Object.keys(asked.mistakes).length > 0 || wish.mistake ? 422 : 200,
    ...(list.crumbs ? { crumbs: list.crumbs } : {}),
    ...(wish.mistake ? { notice: { kind: "error" as const, text: wish.mistake } } : {}),
    body: (
      <>
        <Heading title={title} {...(action ? { action } : {})}>
          {list.tell?.(counted, asked, tx) ?? `${counting}${chips.length > 0 ? " avec ces filtres" : ""}.`}
        </Heading>
        {above}
        <FilterForm
          path={list.path}
          fields={list.filters.flatMap((filter) => fieldOf(filter, asked))}
          sort={asked.sort ? `${asked.sort.down ? "-" : ""}${asked.sort.key}` : ""}
          sorts={list.columns.flatMap(({ key, label, sort, render }) => (sort && render ? [{ key, label }] : []))}
        />
        <Chips chips={chips} />
        {saved}
        {exports && taken > 0 ? (
          <FileLinks path={list.path} query={query} rows={plural(taken, ...list.words)}>
            {links}
          </FileLinks>
        ) : links ? (
          <p class="no-print">{links}</p>
        ) : null}
        {picks ? (
          <PickForm list={list.name} query={query} table={table} {...(groups ? { all: { count, counting } } : {})}>
            {acts}
          </PickForm>
        ) : (
          table
        )}
        <Pager
          count={counting}
          first={further ? `${list.path}${query}` : undefined}
          next={next === null ? undefined : `${list.path}${queryOf(list, asked, { apres: next })}`}
        />
        {below}
      </>
    ),
  });
}

/** The rows of a page; each with its box to tick where several may be acted on at once. */
function Rows<Row extends { id: string }>({
  at,
  list,
  asked,
  rows,
  title,
  picks,
}: {
  at: At<unknown>;
  list: List<Row>;
  asked: Asked;
  rows: readonly Row[];
  title: string;
  picks: boolean;
}) {
  const shown = list.columns.filter((column) => column.render && (!column.right || may(at.scope, column.right)));
  const box = {
    key: "choisir",
    label: "Choisir",
    render: (row: Row) => <PickBox id={row.id} of={list.nameOf?.(row) ?? ""} />,
  };
  return (
    <DataTable
      caption={title}
      hideCaption
      rows={rows}
      rowKey={(row) => row.id}
      empty={list.empty(at, asked)}
      columns={[
        ...(picks ? [box] : []),
        ...shown.map((column) => ({
          key: column.key,
          label: column.label,
          header: column.header ?? false,
          number: column.number ?? false,
          sorting: sortingOf(list, asked, column),
          render: (row: Row) => column.render?.(row, at.tx),
        })),
      ]}
    />
  );
}
