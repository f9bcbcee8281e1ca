// The inbox of doubles: pairs with why, strongest first, told apart or compared; the same as a file.
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
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import { PersonSummary } from "../search/line.tsx";
import { uuidField } from "../shapes.ts";
import type { PeopleTables } from "../tables.ts";
import { strong } from "./finding.ts";
import { countTwins, type TwinPair, twinList } from "./reads.ts";

const pageSize = 50;

const certainty = (pair: TwinPair): string => (pair.score >= strong ? "Très probable" : "À vérifier");

const side = (title: string, of: (pair: TwinPair) => TwinPair["first"]): ListColumn<TwinPair>[] => [
  { label: `${title} : fiche`, cell: (pair) => of(pair).code },
  {
    label: `${title} : nom`,
    cell: (pair) => nameOf({ family_name: of(pair).familyName, given_name: of(pair).givenName }),
  },
  {
    label: `${title} : naissance`,
    cell: (pair) => {
      const day = of(pair).birthDate;
      return day ? { day } : null;
    },
  },
  { label: `${title} : commune`, cell: (pair) => of(pair).communeName },
];
const exported: readonly ListColumn<TwinPair>[] = [
  ...side("Une fiche", (pair) => pair.first),
  ...side("L’autre", (pair) => pair.second),
  { label: "Avis", cell: certainty },
  { label: "Pourquoi", cell: (pair) => pair.reasons.join(", ") },
];

const dismissedIn = (at: At<unknown>): boolean => at.query.ecartes === "1";
const address = (dismissed: boolean, at = 0): string => {
  const query = new URLSearchParams({
    ...(dismissed ? { ecartes: "1" } : {}),
    ...(at > 0 ? { page: String(at + 1) } : {}),
  });
  return query.size > 0 ? `/doublons?${query}` : "/doublons";
};

export function declareTwins(routes: Routes): void {
  routes.get("/doublons", { right: rights["person.merge"], trace: "twins.listed" }, async (at) => {
    const dismissed = dismissedIn(at);
    const number = Math.max(0, Math.min(100_000, Math.trunc(Number(at.query.page ?? "1")) || 1) - 1);
    const { rows: pairs } = await twinList(at.tx, dismissed, { skip: number * pageSize, most: pageSize }).execute(
      at.tx.on(),
    );
    const { count, strong: certain } = await countTwins(at.tx, dismissed);
    return page({
      title: dismissed ? "Doublons écartés" : "Doublons",
      ...(dismissed ? { crumbs: [{ href: "/doublons", label: "Doublons" }] } : {}),
      body: (
        <>
          <Heading title={dismissed ? "Doublons écartés" : "Doublons"}>
            {dismissed
              ? `${plural(count, "paire", "paires")} dont quelqu’un a dit que ce sont deux personnes.`
              : `${plural(count, "paire à regarder", "paires à regarder")}, dont ${plural(certain, "très probable", "très probables")}.`}
          </Heading>
          <p class="no-print">
            {dismissed ? null : (
              <>
                <a href={address(true)}>Paires écartées</a> · <a href="/fusions">Fusions faites</a> ·{" "}
              </>
            )}
            <ExportLink
              href={`/doublons/export.csv${dismissed ? "?ecartes=1" : ""}`}
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
                  : "Aucune paire à regarder. Quand deux fiches se ressemblent, elles arrivent ici."}
              </p>
            }
            columns={[
              { key: "one", label: "Une fiche", header: true, render: (pair) => <PersonSummary person={pair.first} /> },
              { key: "other", label: "L’autre", render: (pair) => <PersonSummary person={pair.second} /> },
              { key: "why", label: "Pourquoi", render: (pair) => `${certainty(pair)} : ${pair.reasons.join(", ")}` },
              {
                key: "act",
                label: "Décider",
                render: (pair) => (
                  <>
                    <a href={`/doublons/${pair.first.id}/${pair.second.id}`}>
                      Comparer
                      <span class="visually-hidden">
                        {" "}
                        {pair.first.code} et {pair.second.code}
                      </span>
                    </a>
                    <form class="inline" method="post" action={dismissed ? "/doublons/retour" : "/doublons/avis"}>
                      <input type="hidden" name="first" value={pair.first.id} />
                      <input type="hidden" name="second" value={pair.second.id} />
                      <button type="submit" class="plain">
                        {dismissed ? "Remettre" : "Deux personnes"}
                        <span class="visually-hidden">
                          {" "}
                          : {pair.first.code} et {pair.second.code}
                        </span>
                      </button>
                    </form>
                  </>
                ),
              },
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

  routes.get("/doublons/export.csv", { right: rights["person.merge"], trace: "twins.exported" }, (at) =>
    csvFile(
      dismissedIn(at) ? "doublons-ecartes" : "doublons",
      exported,
      readInBatches<TwinPair>(at.tx, { compile: () => twinList(at.tx, dismissedIn(at)).compile(at.tx.on()) }),
    ),
  );

  const Pair = z.object({ first: uuidField, second: uuidField });
  const judge = (path: string, trace: string, apart: boolean, to: string, said: string) =>
    routes.post(
      path,
      {
        right: rights["person.merge"],
        trace,
        form: Pair,
        onMistakes: () => refusal(422, "Cette paire est illisible : revenez aux doublons."),
      },
      async (at) => {
        const done = await at.tx
          .on<PeopleTables>()
          .updateTable("people.twins")
          .set({ dismissed_at: apart ? at.tx.clock.now() : null, dismissed_by: apart ? at.scope.account : null })
          .where("house_id", "=", at.scope.house)
          .where("first_id", "=", at.form.first)
          .where("second_id", "=", at.form.second)
          .returning("first_id")
          .execute();
        if (done.length === 0) return notFound("Cette paire");
        at.about("person", at.form.first, { other: at.form.second });
        return redirect(to, said);
      },
    );
  judge(
    "/doublons/avis",
    "twins.dismissed",
    true,
    "/doublons",
    "C’est noté : ce sont deux personnes. La paire est parmi celles écartées, d’où elle peut revenir.",
  );
  judge("/doublons/retour", "twins.reopened", false, "/doublons?ecartes=1", "La paire est de nouveau à regarder.");
}
