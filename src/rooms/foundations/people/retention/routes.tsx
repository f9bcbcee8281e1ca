// Retention, shown before it happens: what the next run would do, on any day, and what the last ones did.
import { z } from "zod";
import { page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { DateField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { dayWithoutWeekday, number, plural, shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import type { PeopleTables } from "../tables.ts";
import { duePersons, ruleOn, runRetention } from "./writes.ts";

export function declareRetention(routes: Routes, links: () => readonly PersonLink[]): void {
  routes.get("/conservation", { right: rights["retention.look"], trace: "retention.looked" }, async (at) => {
    const asked = readDay(at.query.jour ?? "");
    const day = asked.ok && asked.value >= at.tx.today ? asked.value : at.tx.today;
    const rule = await ruleOn(at.tx, day);
    const archive = await duePersons(at.tx, day, "archive", 50);
    const anonymise = await duePersons(at.tx, day, "anonymise", 50);
    const runs = await at.tx
      .on<PeopleTables>()
      .selectFrom("people.retention_runs")
      .selectAll()
      .where("house_id", "=", at.scope.house)
      .orderBy("at", "desc")
      .limit(20)
      .execute();
    const list = (caption: string, due: typeof archive) => (
      <details>
        <summary>
          {caption} : {plural(due.count, "fiche", "fiches")}
        </summary>
        <DataTable
          caption={`${caption} (les 50 premières)`}
          rows={due.persons}
          rowKey={(person) => person.id}
          empty={<p>Aucune.</p>}
          columns={[
            {
              key: "code",
              label: "Fiche",
              header: true,
              render: (person) => <a href={`/personnes/${person.id}`}>{person.code}</a>,
            },
            { key: "contact", label: "Dernier contact", render: (person) => shortDay(person.lastContactOn) },
          ]}
        />
      </details>
    );
    return page({
      title: "Conservation des données",
      body: (
        <>
          <Heading title="Conservation des données">
            {rule
              ? `Une fiche est archivée ${number(rule.active_months)} mois après le dernier contact, puis rendue anonyme ${number(rule.archive_months)} mois plus tard. Les chiffres des années passées ne changent pas. Source : ${rule.source}.`
              : "Aucune règle n’est en vigueur."}
          </Heading>
          <form method="get" action="/conservation" class="filters">
            <DateField name="jour" label="Ce que ferait un passage le" value={shortDay(day)} />
            <button type="submit" class="second">
              Voir
            </button>
          </form>
          <h2>Le passage du {dayWithoutWeekday(day)}</h2>
          {list("Seraient archivées", archive)}
          {list("Seraient rendues anonymes, sans retour possible", anonymise)}
          {may(at.scope, rights["retention.run"]) ? (
            <form method="post" action="/conservation">
              <p>Le passage se fait de lui-même chaque nuit. Rendre anonyme ne peut pas être annulé.</p>
              <button type="submit" class="danger">
                Faire le passage d’aujourd’hui maintenant
              </button>
            </form>
          ) : null}
          <h2>Passages faits</h2>
          <DataTable
            caption="Passages faits"
            hideCaption
            rows={runs}
            rowKey={(run) => run.id}
            empty={<p>Aucun passage n’a encore été fait.</p>}
            columns={[
              { key: "day", label: "Jour", header: true, render: (run) => shortDay(run.on_day) },
              { key: "archived", label: "Archivées", number: true, render: (run) => number(run.archived) },
              { key: "anonymised", label: "Rendues anonymes", number: true, render: (run) => number(run.anonymised) },
            ]}
          />
        </>
      ),
    });
  });
  routes.post(
    "/conservation",
    {
      right: rights["retention.run"],
      trace: "retention.run",
      form: z.object({}),
      onMistakes: () => refusal(422, "Demande illisible."),
    },
    async (at) => {
      const done = await runRetention(at.tx, links());
      at.about("house", at.scope.house, done);
      return redirect(
        "/conservation",
        `Passage fait : ${plural(done.archived, "fiche archivée", "fiches archivées")}, ${plural(done.anonymised, "rendue anonyme", "rendues anonymes")}.`,
      );
    },
  );
}
