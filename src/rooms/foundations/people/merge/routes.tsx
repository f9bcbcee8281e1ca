// Merges done, and the way back.
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { readInBatches, type Tx } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import type { Moved } from "../../../../core/hanging.ts";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { hour, list, plural, shortDay } from "../../../../ui/words.ts";
import { personById } from "../reads.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import type { PeopleTables } from "../tables.ts";
import { undoMerge, undoRefusal } from "./writes.ts";

type Line = {
  id: string;
  merged_at: Date;
  undone_at: Date | null;
  family_name: string;
  given_name: string;
  kept: string;
  absorbed: string;
  name: string | null;
};

const pageSize = 50;

const lines = (tx: Tx, skip?: number): RawBuilder<Line> => sql<Line>`
  SELECT m.id, m.merged_at, m.undone_at, p.family_name, p.given_name, p.code AS kept, q.code AS absorbed, a.name
    FROM people.merges m
    JOIN people.persons p ON p.house_id = m.house_id AND p.id = m.kept_id
    JOIN people.persons q ON q.house_id = m.house_id AND q.id = m.absorbed_id
    LEFT JOIN house.accounts a ON a.house_id = m.house_id AND a.id = m.merged_by
   WHERE m.house_id = ${tx.scope.house} ORDER BY m.merged_at DESC, m.id ${skip === undefined ? sql`` : sql`LIMIT ${pageSize} OFFSET ${skip}`}`;

const stateOf = (merge: Pick<Line, "undone_at">): string => (merge.undone_at ? "annulée" : "en vigueur");

/** « 3 visites, 1 anciens numéros » in the words of the links; tables that no room names any more are named as they are. */
const told = (moved: Moved, links: readonly PersonLink[]): string =>
  list(
    moved
      .filter((part) => part.rows.length > 0)
      .map((part) => `${links.find((link) => link.table === part.table)?.label ?? part.table} (${part.rows.length})`),
  );

export function declareMerges(routes: Routes, links: () => readonly PersonLink[]): void {
  routes.get("/fusions", { right: rights["person.merge"], trace: "merge.listed" }, async (at) => {
    const number = Math.max(0, Math.min(100_000, Math.trunc(Number(at.query.page ?? "1")) || 1) - 1);
    const { rows } = await lines(at.tx, number * pageSize).execute(at.tx.on());
    const { rows: counts } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM people.merges WHERE house_id = ${at.scope.house}`.execute(at.tx.on());
    const count = counts[0]?.count ?? 0;
    return page({
      title: "Fusions",
      crumbs: [{ href: "/doublons", label: "Doublons" }],
      body: (
        <>
          <Heading title="Fusions">
            {plural(count, "fusion faite", "fusions faites")}. Chacune peut être annulée.
          </Heading>
          <p class="no-print">
            <ExportLink href="/fusions/export.csv" count={count} words={["cette fusion", "fusion", "fusions"]} />
          </p>
          <DataTable
            caption="Les plus récentes d’abord"
            rows={rows}
            rowKey={(merge) => merge.id}
            empty={<p>Aucune fusion n’a été faite.</p>}
            columns={[
              {
                key: "who",
                label: "Fiche gardée",
                header: true,
                render: (merge) => (
                  <a href={`/fusions/${merge.id}`}>
                    {nameOf(merge)} ({merge.kept})
                  </a>
                ),
              },
              { key: "gone", label: "Fiche qui l’a rejointe", render: (merge) => merge.absorbed },
              { key: "when", label: "Le", render: (merge) => shortDay(dayIn(at.scope.zone, merge.merged_at)) },
              { key: "by", label: "Par", render: (merge) => merge.name ?? "le programme" },
              { key: "state", label: "État", render: stateOf },
            ]}
          />
          <Pager
            count={plural(count, "fusion", "fusions")}
            first={number > 0 ? "/fusions" : undefined}
            next={(number + 1) * pageSize < count ? `/fusions?page=${number + 2}` : undefined}
          />
        </>
      ),
    });
  });

  const columns = (at: At<unknown>): ListColumn<Line>[] => [
    { label: "Fiche gardée", cell: (merge) => merge.kept },
    { label: "Nom", cell: nameOf },
    { label: "Fiche qui l’a rejointe", cell: (merge) => merge.absorbed },
    { label: "Faite le", cell: (merge) => ({ day: dayIn(at.scope.zone, merge.merged_at) }) },
    { label: "Par", cell: (merge) => merge.name },
    { label: "État", cell: stateOf },
  ];
  routes.get("/fusions/export.csv", { right: rights["person.merge"], trace: "merge.exported" }, (at) =>
    csvFile("fusions", columns(at), readInBatches<Line>(at.tx, { compile: () => lines(at.tx).compile(at.tx.on()) })),
  );

  routes.get("/fusions/:merge", { right: rights["person.merge"], trace: "merge.opened" }, async (at) => {
    const id = at.params.merge ?? "";
    const merge = isUuid(id)
      ? await at.tx
          .on<PeopleTables>()
          .selectFrom("people.merges")
          .selectAll()
          .where("house_id", "=", at.scope.house)
          .where("id", "=", id)
          .executeTakeFirst()
      : undefined;
    if (!merge) return notFound("Cette fusion");
    const kept = await personById(at.tx, merge.kept_id);
    const absorbed = await personById(at.tx, merge.absorbed_id);
    if (!kept || !absorbed) return notFound("Cette fusion");
    at.about("person", kept.id, { merge: id });
    const refused = await undoRefusal(at.tx, merge, kept, absorbed);
    return page({
      title: "Fusion",
      crumbs: [
        { href: "/doublons", label: "Doublons" },
        { href: "/fusions", label: "Fusions" },
      ],
      body: (
        <>
          <Heading title={`Fusion dans la fiche de ${nameOf(kept)}`} />
          <p>
            La fiche {absorbed.code} a rejoint <a href={`/personnes/${kept.id}`}>{kept.code}</a> le{" "}
            {shortDay(dayIn(at.scope.zone, merge.merged_at))} à {hour(minuteIn(at.scope.zone, merge.merged_at))}. Ce qui
            l’a suivie : {told(merge.moved, links()) || "rien"}.
          </p>
          {refused ? (
            <p>
              {merge.undone_at
                ? `Cette fusion a été annulée le ${shortDay(dayIn(at.scope.zone, merge.undone_at))}.`
                : refused}
            </p>
          ) : (
            <form method="post" action={`/fusions/${id}/annulation`}>
              <p>
                Annuler remet les deux fiches comme elles étaient, chacune avec ce qui était à elle. Ce qui a été noté
                depuis la fusion (une visite, un nouveau téléphone) reste sur la fiche {kept.code} : déplacez-le ensuite
                si c’était pour l’autre personne.
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
    "/fusions/:merge/annulation",
    {
      right: rights["person.merge"],
      trace: "merge.undone",
      form: z.object({}),
      onMistakes: () => refusal(422, "Demande illisible."),
    },
    async (at) => {
      const id = at.params.merge ?? "";
      const undone = isUuid(id) ? await undoMerge(at.tx, id) : null;
      if (!undone) return notFound("Cette fusion");
      if (!undone.ok) return refusal(409, undone.sentence);
      at.about("person", undone.kept, { merge: id, absorbed: undone.absorbed });
      return redirect(`/fusions/${id}`, "La fusion est annulée : les deux fiches sont revenues.");
    },
  );
}
