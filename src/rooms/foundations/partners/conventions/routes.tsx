// Conventions with structures: which are to be renewed or end in the days that come, and all of them; counted, given as a file.
import { type RawBuilder, sql } from "kysely";
import { readInBatches, type Tx } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { page } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { addDays } from "../../../../core/time.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { SelectField } from "../../../../ui/fields.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { euros } from "../fields.tsx";
import { rights } from "../rights.ts";
import { structuresCrumb } from "../sheet/found.tsx";

type Line = {
  id: string;
  structureId: string;
  structure: string;
  title: string;
  signedOn: string | null;
  fromDay: string | null;
  toDay: string | null;
  renewBy: string | null;
  /** By when something is to be done; null: without term. */
  due: string | null;
  amountCents: number | null;
};

const spans = ["30", "90", "180", "365"] as const;
const usual = "90";
const pageSize = 50;

/** How many days ahead the address asks for; null: all conventions. */
const daysIn = (at: At<unknown>): number | null =>
  at.query.jours === "toutes" ? null : Number(spans.find((span) => span === at.query.jours) ?? usual);

/** Those that stand and are to be renewed, or end, before a day (a renewal that is late is among them); or all. */
function conventions(tx: Tx, days: number | null): RawBuilder<unknown> {
  const soon =
    days === null
      ? sql``
      : sql`AND coalesce(r.renew_by, r.to_day) <= ${addDays(tx.today, days)}::date AND (r.to_day IS NULL OR r.to_day >= ${tx.today}::date)`;
  return sql`partners.conventions r JOIN partners.structures s ON s.house_id = r.house_id AND s.id = r.structure_id
    WHERE r.house_id = ${tx.scope.house} AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id) ${soon}`;
}

const lines = (tx: Tx, days: number | null, skip?: number): RawBuilder<Line> => sql<Line>`
  SELECT r.id, s.id AS "structureId", s.name AS structure, r.title, r.signed_on AS "signedOn", r.from_day AS "fromDay", r.to_day AS "toDay", r.renew_by AS "renewBy",
         coalesce(r.renew_by, r.to_day) AS due, r.amount_cents AS "amountCents"
    FROM ${conventions(tx, days)} ORDER BY due NULLS LAST, s.name, r.id ${skip === undefined ? sql`` : sql`LIMIT ${pageSize} OFFSET ${skip}`}`;

const day = (text: string | null) => (text ? { day: text } : null);
const exported: readonly ListColumn<Line>[] = [
  { label: "Structure", cell: (line) => line.structure },
  { label: "Convention", cell: (line) => line.title },
  { label: "Signée le", cell: (line) => day(line.signedOn) },
  { label: "Premier jour", cell: (line) => day(line.fromDay) },
  { label: "Dernier jour", cell: (line) => day(line.toDay) },
  { label: "À renouveler avant le", cell: (line) => day(line.renewBy) },
  { label: "Montant en euros", cell: (line) => (line.amountCents === null ? null : line.amountCents / 100) },
];

const shown = (text: string | null): string => (text ? shortDay(text) : "");

export function declareConventions(routes: Routes): void {
  const right = rights["convention.see"];
  routes.get("/structures/conventions", { right, trace: "convention.listed" }, async (at) => {
    const days = daysIn(at);
    const asked = days === null ? "toutes" : String(days);
    const number = Math.max(0, Math.min(100_000, Math.trunc(Number(at.query.page ?? "1")) || 1) - 1);
    const { rows } = await lines(at.tx, days, number * pageSize).execute(at.tx.on());
    const { rows: counts } = await sql<{
      count: number;
    }>`SELECT count(*) AS count FROM ${conventions(at.tx, days)}`.execute(at.tx.on());
    const count = counts[0]?.count ?? 0;
    const counted = plural(count, "convention", "conventions");
    return page({
      title: "Conventions",
      crumbs: [structuresCrumb],
      body: (
        <>
          <Heading title="Conventions">
            {days === null
              ? `${counted} en tout.`
              : `${counted} à renouveler, ou dont le terme vient, dans les ${days} jours.`}
          </Heading>
          <form method="get" action="/structures/conventions" class="filters">
            <SelectField
              name="jours"
              label="Échéance"
              value={asked}
              options={[
                ...spans.map((span) => ({ value: span, label: `dans les ${span} jours` })),
                { value: "toutes", label: "toutes les conventions" },
              ]}
            />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          <p class="no-print">
            <ExportLink
              href={`/structures/conventions/export.csv?jours=${asked}`}
              count={count}
              words={["cette convention", "convention", "conventions"]}
            />
          </p>
          <DataTable
            caption="Conventions, les plus pressées d’abord"
            hideCaption
            rows={rows}
            rowKey={(line) => line.id}
            empty={
              <p>
                {days === null
                  ? "Aucune convention : ajoutez-en une sur la fiche d’une structure."
                  : "Aucune convention n’arrive à son terme dans ces jours."}
              </p>
            }
            columns={[
              {
                key: "title",
                label: "Convention",
                header: true,
                render: (line) => <a href={`/structures/${line.structureId}/conventions/${line.id}`}>{line.title}</a>,
              },
              {
                key: "who",
                label: "Structure",
                render: (line) => <a href={`/structures/${line.structureId}`}>{line.structure}</a>,
              },
              {
                key: "due",
                label: "À faire avant le",
                render: (line) => `${shown(line.due)}${line.due && line.due < at.tx.today ? " (en retard)" : ""}`,
              },
              { key: "to", label: "Dernier jour", render: (line) => shown(line.toDay) },
              {
                key: "amount",
                label: "Montant",
                render: (line) => (line.amountCents === null ? "" : `${euros(line.amountCents)}\u00a0€`),
              },
            ]}
          />
          <Pager
            count={counted}
            first={number > 0 ? `/structures/conventions?jours=${asked}` : undefined}
            next={
              (number + 1) * pageSize < count ? `/structures/conventions?jours=${asked}&page=${number + 2}` : undefined
            }
          />
        </>
      ),
    });
  });
  routes.get("/structures/conventions/export.csv", { right, trace: "convention.exported" }, (at) =>
    csvFile(
      "conventions",
      exported,
      readInBatches<Line>(at.tx, { compile: () => lines(at.tx, daysIn(at)).compile(at.tx.on()) }),
    ),
  );
}
