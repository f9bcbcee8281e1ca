// The statement of income and expenditure by class, beside the year before; the share of each funder, with its base said.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { page } from "../../../core/http/answer.ts";
import type { Routes } from "../../../core/http/route.ts";
import { may } from "../../../core/rights.ts";
import { Heading } from "../../../ui/heading.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { number, percent } from "../../../ui/words.ts";
import { rights } from "./rights.ts";
import { classWords } from "./words.ts";

type Line = { kind: "charges" | "products"; group: string; now: number; before: number };

/** Debits are expenditure and credits are income, as the year's entries have them, by the first two figures of the account. */
async function linesOf(tx: Tx, year: number): Promise<Line[]> {
  const { rows } = await sql<Line>`
    SELECT CASE e.side WHEN 'debit' THEN 'charges' ELSE 'products' END AS kind, left(e.account, 2) AS "group",
           coalesce(sum(e.amount) FILTER (WHERE extract(year FROM e.on_day) = ${year}), 0) AS now, coalesce(sum(e.amount) FILTER (WHERE extract(year FROM e.on_day) = ${year - 1}), 0) AS before
      FROM money.entries e WHERE e.house_id = ${tx.scope.house} AND e.on_day BETWEEN ${`${year - 1}-01-01`}::date AND ${`${year}-12-31`}::date AND (e.account LIKE '6%' OR e.account LIKE '7%')
     GROUP BY 1, 2 ORDER BY 1, 2`.execute(tx.on());
  return rows;
}

async function fundersOf(
  tx: Tx,
  year: number,
): Promise<{ funder: string; amount: number; funded: number; income: number }[]> {
  const { rows } = await sql<{ funder: string; amount: number; funded: number; income: number }>`
    SELECT e.funder, sum(e.amount) AS amount, sum(sum(e.amount)) OVER () AS funded,
           (SELECT coalesce(sum(x.amount), 0) FROM money.entries x WHERE x.house_id = ${tx.scope.house} AND x.side = 'credit' AND x.account ~ '^[67]' AND x.on_day BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date) AS income
      FROM money.entries e WHERE e.house_id = ${tx.scope.house} AND e.side = 'credit' AND e.account ~ '^[67]' AND e.funder IS NOT NULL AND e.on_day BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date
     GROUP BY e.funder ORDER BY amount DESC, e.funder`.execute(tx.on());
  return rows;
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
      const [lines, funders] = [await linesOf(at.tx, year), await fundersOf(at.tx, year)];
      const total = (kind: Line["kind"], when: "now" | "before"): number =>
        lines.filter((line) => line.kind === kind).reduce((sum, line) => sum + Math.round(line[when] * 100), 0) / 100;
      const result = (when: "now" | "before"): number =>
        Math.round((total("products", when) - total("charges", when)) * 100) / 100;
      // A year without an entry is not a year of nothing.
      const before = lines.some((line) => line.before !== 0);
      const money = (amount: number): string => number(amount, 2);
      const part = (kind: Line["kind"], title: string, sum: string) => (
        <DataTable
          caption={title}
          rows={[
            ...lines.filter((line) => line.kind === kind),
            { kind, group: "", now: total(kind, "now"), before: total(kind, "before") },
          ]}
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
              Produits {money(total("products", "now"))} €, charges {money(total("charges", "now"))} €, résultat{" "}
              {money(result("now"))} €.
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
            {lines.length === 0 ? (
              <p class="empty">Aucune écriture de charges ou de produits cette année-là ni celle d’avant.</p>
            ) : null}
            {part("charges", "Charges", "Total des charges")}
            {part("products", "Produits", "Total des produits")}
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
                  render: (line) => percent((100 * line.amount) / line.funded, 1),
                },
                {
                  key: "income",
                  label: "Part de tous les produits",
                  number: true,
                  render: (line) => percent((100 * line.amount) / line.income, 1),
                },
              ]}
            />
          </>
        ),
      });
    },
  );
}
