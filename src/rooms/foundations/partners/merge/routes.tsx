// Merges of structures, and the way back.
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { readInBatches, type Tx } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { StructureLink } from "../../../../core/room.ts";
import { dayIn } from "../../../../core/time.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { list, plural, shortDay } from "../../../../ui/words.ts";
import { structureById } from "../reads.ts";
import { rights } from "../rights.ts";
import { structuresCrumb } from "../sheet/found.tsx";
import { mergeById, undoMerge, undoRefusal } from "./writes.ts";

type Line = { id: string; merged_at: Date; undone_at: Date | null; kept: string; absorbed: string; by: string | null };

const pageSize = 50;
const stateOf = (merge: Line): string => (merge.undone_at ? "annulée" : "en vigueur");

const lines = (tx: Tx, skip?: number): RawBuilder<Line> => sql<Line>`
  SELECT m.id, m.merged_at, m.undone_at, k.name AS kept, q.name AS absorbed, a.name AS by FROM partners.merges m
    JOIN partners.structures k ON k.house_id = m.house_id AND k.id = m.kept_id
    JOIN partners.structures q ON q.house_id = m.house_id AND q.id = m.absorbed_id
    LEFT JOIN house.accounts a ON a.house_id = m.house_id AND a.id = m.merged_by
   WHERE m.house_id = ${tx.scope.house} ORDER BY m.merged_at DESC, m.id ${skip === undefined ? sql`` : sql`LIMIT ${pageSize} OFFSET ${skip}`}`;

const crumbs = [structuresCrumb, { href: "/structures/doublons", label: "Doublons" }];

export function declareMerges(routes: Routes, links: () => readonly StructureLink[]): void {
  const right = rights["structure.merge"];
  routes.get("/structures/fusions", { right, trace: "structure-merge.listed" }, async (at) => {
    const number = Math.max(0, Math.min(100_000, Math.trunc(Number(at.query.page ?? "1")) || 1) - 1);
    const { rows } = await lines(at.tx, number * pageSize).execute(at.tx.on());
    const { rows: counts } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM partners.merges WHERE house_id = ${at.scope.house}`.execute(at.tx.on());
    const count = counts[0]?.count ?? 0;
    return page({
      title: "Fusions de structures",
      crumbs,
      body: (
        <>
          <Heading title="Fusions de structures">
            {plural(count, "fusion faite", "fusions faites")}. Chacune peut être annulée.
          </Heading>
          <p class="no-print">
            <ExportLink
              href="/structures/fusions/export.csv"
              count={count}
              words={["cette fusion", "fusion", "fusions"]}
            />
          </p>
          <DataTable
            caption="Les plus récentes d’abord"
            rows={rows}
            rowKey={(merge) => merge.id}
            empty={<p>Aucune fusion n’a été faite.</p>}
            columns={[
              {
                key: "kept",
                label: "Structure gardée",
                header: true,
                render: (merge) => <a href={`/structures/fusions/${merge.id}`}>{merge.kept}</a>,
              },
              { key: "gone", label: "Structure qui l’a rejointe", render: (merge) => merge.absorbed },
              { key: "when", label: "Le", render: (merge) => shortDay(dayIn(at.scope.zone, merge.merged_at)) },
              { key: "by", label: "Par", render: (merge) => merge.by ?? "le programme" },
              { key: "state", label: "État", render: stateOf },
            ]}
          />
          <Pager
            count={plural(count, "fusion", "fusions")}
            first={number > 0 ? "/structures/fusions" : undefined}
            next={(number + 1) * pageSize < count ? `/structures/fusions?page=${number + 2}` : undefined}
          />
        </>
      ),
    });
  });
  const columns = (at: At<unknown>): ListColumn<Line>[] => [
    { label: "Structure gardée", cell: (merge) => merge.kept },
    { label: "Structure qui l’a rejointe", cell: (merge) => merge.absorbed },
    { label: "Faite le", cell: (merge) => ({ day: dayIn(at.scope.zone, merge.merged_at) }) },
    { label: "Par", cell: (merge) => merge.by },
    { label: "État", cell: stateOf },
  ];
  routes.get("/structures/fusions/export.csv", { right, trace: "structure-merge.exported" }, (at) =>
    csvFile(
      "fusions-de-structures",
      columns(at),
      readInBatches<Line>(at.tx, { compile: () => lines(at.tx).compile(at.tx.on()) }),
    ),
  );

  routes.get("/structures/fusions/:merge", { right, trace: "structure-merge.opened" }, async (at) => {
    const id = at.params.merge ?? "";
    const merge = isUuid(id) ? await mergeById(at.tx, id) : null;
    const kept = merge && (await structureById(at.tx, merge.kept_id));
    const absorbed = merge && (await structureById(at.tx, merge.absorbed_id));
    if (!merge || !kept || !absorbed) return notFound("Cette fusion");
    at.about("structure", kept.id, { merge: id });
    const refused = await undoRefusal(at.tx, merge, kept);
    const moved = merge.moved
      .filter((part) => part.rows.length > 0)
      .map(({ table, rows }) => `${links().find((link) => link.table === table)?.label ?? table} (${rows.length})`);
    return page({
      title: "Fusion de structures",
      crumbs: [...crumbs, { href: "/structures/fusions", label: "Fusions" }],
      body: (
        <>
          <Heading title={`Fusion dans ${kept.name}`} />
          <p>
            {absorbed.name} a rejoint <a href={`/structures/${kept.id}`}>{kept.name}</a> le{" "}
            {shortDay(dayIn(at.scope.zone, merge.merged_at))}. Ce qui l’a suivie{"\u00a0"}: {list(moved) || "rien"}.
          </p>
          {refused ? (
            <p>{refused}</p>
          ) : (
            <form method="post" action={`/structures/fusions/${id}/annulation`}>
              <p>
                Annuler remet les deux structures comme elles étaient, chacune avec ce qui était à elle. Ce qui a été
                noté depuis la fusion reste sur la structure gardée.
              </p>
              <button type="submit" class="second">
                Annuler la fusion
              </button>
            </form>
          )}
        </>
      ),
    });
  });
  routes.post(
    "/structures/fusions/:merge/annulation",
    {
      right,
      trace: "structure-merge.undone",
      form: z.object({}),
      onMistakes: () => refusal(422, "Demande illisible."),
    },
    async (at) => {
      const id = at.params.merge ?? "";
      const undone = isUuid(id) ? await undoMerge(at.tx, id) : null;
      if (!undone) return notFound("Cette fusion");
      if (!undone.ok) return refusal(409, undone.sentence);
      at.about("structure", undone.kept, { merge: id, absorbed: undone.absorbed });
      return redirect(`/structures/fusions/${id}`, "La fusion est annulée : les deux structures sont revenues.");
    },
  );
}
