import type { ComponentChildren } from "preact";

/** A column by which the rows may be ordered: where that leads, and how they are ordered now. */
export type Sorting = { href: string; now: "ascending" | "descending" | null };

export type Column<Row> = {
  key: string;
  label: string;
  number?: boolean;
  render: (row: Row) => ComponentChildren;
  header?: boolean;
  sorting?: Sorting | undefined;
};

const arrows = { ascending: "▲", descending: "▼" } as const;

function Title<Row>({ column }: { column: Column<Row> }) {
  const { sorting, label } = column;
  return (
    <th scope="col" class={column.number ? "number" : undefined} aria-sort={sorting?.now ?? undefined}>
      {sorting ? (
        <a class="sort" href={sorting.href}>
          {label}
          {sorting.now ? <span aria-hidden="true"> {arrows[sorting.now]}</span> : null}
        </a>
      ) : (
        label
      )}
    </th>
  );
}

/**
 * A table with its caption. Wider than the page, it scrolls in a region of its own that the keyboard reaches; on a telephone a table
 * without numbers to compare is laid out row by row, each cell under its label (style only: it stays a table for screen readers).
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
  foot,
  hideCaption,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, at: number) => string;
  empty?: ComponentChildren;
  foot?: Row;
  hideCaption?: boolean;
}) {
  if (rows.length === 0 && empty) return <div class="empty">{empty}</div>;
  const cells = (row: Row) =>
    columns.map((column) =>
      column.header ? (
        <th key={column.key} scope="row" data-label={column.label}>
          {column.render(row)}
        </th>
      ) : (
        <td key={column.key} class={column.number ? "number" : undefined} data-label={column.label}>
          {column.render(row)}
        </td>
      ),
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard (WCAG 2.1.1).
    <section class="scroll" aria-label={caption} tabIndex={0}>
      <table class={columns.some((column) => column.number) ? undefined : "rows"}>
        <caption class={hideCaption ? "visually-hidden" : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Title key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={rowKey(row, at)}>{cells(row)}</tr>
          ))}
        </tbody>
        {foot === undefined ? null : (
          <tfoot>
            <tr>{cells(foot)}</tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
