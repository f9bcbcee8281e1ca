// The inbox of structures keyed twice: pairs with why, strongest first, told apart or compared; the same as a file.
import { z } from "zod";
import { readInBatches } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural } from "../../../../ui/words.ts";
import { uuidShape } from "../fields.tsx";
import { rights } from "../rights.ts";
import { StructureSummary, structuresCrumb } from "../sheet/found.tsx";
import type { PartnersTables } from "../tables.ts";
import { countTwins, strong, type TwinPair, twinList } from "./finding.ts";

const pageSize = 50;
const base = "/structures/doublons";

const certainty = (pair: TwinPair): string => (pair.score >= strong ? "Très probable" : "À vérifier");
const dismissedIn = (at: At<unknown>): boolean => at.query.ecartes === "1";
const address = (dismissed: boolean, at = 0): string => {
  const query = new URLSearchParams({
    ...(dismissed ? { ecartes: "1" } : {}),
    ...(at > 0 ? { page: String(at + 1) } : {}),
  });
  return query.size > 0 ? `${base}?${query}` : base;
};

const side = (title: string, of: (pair: TwinPair) => TwinPair["first"]): ListColumn<TwinPair>[] => [
  { label: `${title} : nom`, cell: (pair) => of(pair).name },
  { label: `${title} : SIRET`, cell: (pair) => of(pair).siret },
  { label: `${title} : commune`, cell: (pair) => of(pair).communeName },
];
const exported: readonly ListColumn<TwinPair>[] = [
  ...side("Une structure", (pair) => pair.first),
  ...side("L’autre", (pair) => pair.second),
  { label: "Avis", cell: certainty },
  { label: "Pourquoi", cell: (pair) => pair.reasons.join(", ") },
];

function Judgement({ pair, dismissed }: { pair: TwinPair; dismissed: boolean }) {
  const named = `${pair.first.name} et ${pair.second.name}`;
  return (
    <>
      <a href={`${base}/${pair.first.id}/${pair.second.id}`}>
        Comparer<span class="visually-hidden"> {named}</span>
      </a>
      <form class="inline" method="post" action={dismissed ? `${base}/retour` : `${base}/avis`}>
        <input type="hidden" name="first" value={pair.first.id} />
        <input type="hidden" name="second" value={pair.second.id} />
        <button type="submit" class="plain">
          {dismissed ? "Remettre" : "Deux structures"}
          <span class="visually-hidden">
            {"\u00a0"}: {named}
          </span>
        </button>
      </form>
    </>
  );
}

export function declareTwins(routes: Routes): void {
  const right = rights["structure.merge"];
  routes.get(base, { right, trace: "structure-twins.listed" }, async (at) => {
    const dismissed = dismissedIn(at);
    const title = dismissed ? "Structures en double écartées" : "Structures en double";
    const number = Math.max(0, Math.min(100_000, Math.trunc(Number(at.query.page ?? "1")) || 1) - 1);
    const { rows: pairs } = await twinList(at.tx, dismissed, { skip: number * pageSize, most: pageSize }).execute(
      at.tx.on(),
    );
    const { count, strong: certain } = await countTwins(at.tx, dismissed);
    return page({
      title,
      crumbs: [structuresCrumb, ...(dismissed ? [{ href: base, label: "Doublons" }] : [])],
      body: (
        <>
          <Heading title={title}>
            {dismissed
              ? `${plural(count, "paire", "paires")} dont quelqu’un a dit que ce sont deux structures.`
              : `${plural(count, "paire à regarder", "paires à regarder")}, dont ${plural(certain, "très probable", "très probables")}.`}
          </Heading>
          <p class="no-print">
            {dismissed ? null : (
              <>
                <a href={address(true)}>Paires écartées</a> · <a href="/structures/fusions">Fusions faites</a> ·{" "}
              </>
            )}
            <ExportLink
              href={`${base}/export.csv${dismissed ? "?ecartes=1" : ""}`}
              count={count}
              words={["cette paire", "paire", "paires"]}
            />
          </p>
          <DataTable
            caption="Paires, les plus probables d’abord"
            hideCaption
            rows={pairs}
            rowKey={(pair) => pair.first.id + pair.second.id}
            empty={
              <p>
                {dismissed
                  ? "Aucune paire n’a été écartée."
                  : "Aucune paire à regarder. Quand deux structures se ressemblent, elles arrivent ici."}
              </p>
            }
            columns={[
              {
                key: "one",
                label: "Une structure",
                header: true,
                render: (pair) => <StructureSummary structure={pair.first} />,
              },
              { key: "other", label: "L’autre", render: (pair) => <StructureSummary structure={pair.second} /> },
              { key: "why", label: "Pourquoi", render: (pair) => `${certainty(pair)} : ${pair.reasons.join(", ")}` },
              { key: "act", label: "Décider", render: (pair) => <Judgement pair={pair} dismissed={dismissed} /> },
            ]}
          />
          <Pager
            count={plural(count, "paire", "paires")}
            first={number > 0 ? address(dismissed) : undefined}
            next={(number + 1) * pageSize < count ? address(dismissed, number + 1) : undefined}
          />
        </>
      ),
    });
  });
  routes.get(`${base}/export.csv`, { right, trace: "structure-twins.exported" }, (at) =>
    csvFile(
      dismissedIn(at) ? "structures-en-double-ecartees" : "structures-en-double",
      exported,
      readInBatches<TwinPair>(at.tx, { compile: () => twinList(at.tx, dismissedIn(at)).compile(at.tx.on()) }),
    ),
  );

  const Pair = z.object({ first: uuidShape, second: uuidShape });
  const judge = (path: string, trace: string, apart: boolean, to: string, said: string) =>
    routes.post(
      path,
      { right, trace, form: Pair, onMistakes: () => refusal(422, "Cette paire est illisible : revenez aux doublons.") },
      async (at) => {
        const done = await at.tx
          .on<PartnersTables>()
          .updateTable("partners.twins")
          .set({ dismissed_at: apart ? at.tx.clock.now() : null, dismissed_by: apart ? at.scope.account : null })
          .where("house_id", "=", at.scope.house)
          .where("first_id", "=", at.form.first)
          .where("second_id", "=", at.form.second)
          .returning("first_id")
          .execute();
        if (done.length === 0) return notFound("Cette paire");
        at.about("structure", at.form.first, { other: at.form.second });
        return redirect(to, said);
      },
    );
  judge(
    `${base}/avis`,
    "structure-twins.dismissed",
    true,
    base,
    "C’est noté : ce sont deux structures. La paire est parmi celles écartées, d’où elle peut revenir.",
  );
  judge(`${base}/retour`, "structure-twins.reopened", false, address(true), "La paire est de nouveau à regarder.");
}
