// The statement of income and expenditure by class, beside the year before; the share of each funder, with its base said.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { askFigures, type FigureTable, noValue } from "../../../core/figures/ask.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import { page } from "../../../core/http/answer.ts";
import type { Routes } from "../../../core/http/route.ts";
import { may } from "../../../core/rights.ts";
import { Heading } from "../../../ui/heading.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { number, percent } from "../../../ui/words.ts";
import { moneyRegistry } from "./figures.ts";
import { rights } from "./rights.ts";
import { classWords } from "./words.ts";

type Kind = "finances.charges" | "finances.produits";
type Line = { group: string; now: number; before: number };

/** The sums of a year: of income and expenditure by class, of what funders gave by funder. */
const sumsOf = (tx: Tx, year: number): Promise<FigureTable> =>
  askFigures(tx, moneyRegistry, {
    codes: ["finances.charges", "finances.produits", "finances.resultat", "finances.financements"],
    period: yearPeriod(year),
    by: [[], ["classe"], ["financeur"]],
  });

/** The classes of one kind that moved in one of two years. */
function linesOf(kind: Kind, now: FigureTable, before: FigureTable): Line[] {
  const classes = [...new Set([...now.valuesOf("classe"), ...before.valuesOf("classe")])].sort();
  const of = (table: FigureTable, group: string): number => table.at(kind, ["classe"], [group]);
  return classes
    .map((group) => ({ group, now: of(now, group), before: of(before, group) }))
    .filter((line) => line.now !== 0 || line.before !== 0);
}

export function declareStatement(routes: Routes): void {
  routes.get(
    "/finances/compte-de-resultat",
    { right: rights["statement.see"], trace: "statement.opened" },
    async (at) => {
      const { rows: years } = await sql<{ year: number }>`
      SELECT DISTINCT extract(year FROM on_day)::int AS year FROM money.entries WHERE house_id = ${at.scope.house} ORDER BY 1 DESC LIMIT 20`.execute(
        at.tx.on(),
      );
      const asked = Number(at.query.annee);
      const year = years.some((one) => one.year === asked)
        ? asked
        : (years[0]?.year ?? Number(at.tx.today.slice(0, 4)));
      const [now, last] = [await sumsOf(at.tx, year), await sumsOf(at.tx, year - 1)];
      const [charges, products] = [linesOf("finances.charges", now, last), linesOf("finances.produits", now, last)];
      // A year without an entry is not a year of nothing.
      const before = [...charges, ...products].some((line) => line.before !== 0);
      const funders = now
        .valuesOf("financeur")
        .map((funder) => ({ funder, amount: now.at("finances.financements", ["financeur"], [funder]) }))
        .filter((line) => line.funder !== noValue && line.amount !== 0)
        .sort((a, b) => b.amount - a.amount);
      const share = (amount: number, base: number): string => (base > 0 ? percent((100 * amount) / base, 1) : "–");
      const money = (amount: number): string => number(amount, 2);
      const part = (kind: Kind, lines: readonly Line[], title: string, sum: string) => (
        <DataTable
          caption={title}
          rows={[...lines, { group: "", now: now.at(kind), before: last.at(kind) }]}
          rowKey={(line) => line.group || "total"}
          columns={[
            {
              key: "classe",
              label: "Compte",
              header: true,
              render: (line) => (line.group ? `${line.group} ${classWords[line.group] ?? ""}` : <strong>{sum}</strong>),
            },
            { key: "now", label: `${year}, en euros`, number: true, render: (line) => money(line.now) },
            ...(before
              ? [
                  {
                    key: "before",
                    label: `${year - 1}, en euros`,
                    number: true,
                    render: (line: Line) => money(line.before),
                  },
                ]
              : []),
          ]}
        />
      );
      return page({
        title: `Compte de résultat ${year}`,
        body: (
          <>
            <Heading title={`Compte de résultat ${year}`}>
              Produits {money(now.at("finances.produits"))} €, charges {money(now.at("finances.charges"))} €, résultat{" "}
              {money(now.at("finances.resultat"))} €.
            </Heading>
            {may(at.scope, rights["entry.see"]) ? (
              <p class="no-print">
                <a href="/finances/ecritures">Les écritures</a>
              </p>
            ) : null}
            <nav class="no-print filters" aria-label="Années">
              {years.map((one) => (
                <a
                  key={one.year}
                  href={`/finances/compte-de-resultat?annee=${one.year}`}
                  aria-current={one.year === year ? "page" : undefined}
                >
                  {one.year}
                </a>
              ))}
            </nav>
            {charges.length + products.length === 0 ? (
              <p class="empty">Aucune écriture de charges ou de produits cette année-là ni celle d’avant.</p>
            ) : null}
            {part("finances.charges", charges, "Charges", "Total des charges")}
            {part("finances.produits", products, "Produits", "Total des produits")}
            <h2>Part de chaque financeur</h2>
            <p>
              Deux bases, qui ne disent pas la même chose{"\u00a0"}: tout ce qu’un financeur a versé, ou tous les
              produits, avec les ventes et les reprises.
            </p>
            <DataTable
              caption="Financeurs"
              rows={funders}
              rowKey={(line) => line.funder}
              empty={<p>Aucun produit ne nomme de financeur.</p>}
              columns={[
                { key: "funder", label: "Financeur", header: true, render: (line) => line.funder },
                { key: "amount", label: "Euros", number: true, render: (line) => money(line.amount) },
                {
                  key: "funded",
                  label: "Part des financements",
                  number: true,
                  render: (line) => share(line.amount, now.at("finances.financements")),
                },
                {
                  key: "income",
                  label: "Part de tous les produits",
                  number: true,
                  render: (line) => share(line.amount, now.at("finances.produits")),
                },
              ]}
            />
          </>
        ),
      });
    },
  );
}
