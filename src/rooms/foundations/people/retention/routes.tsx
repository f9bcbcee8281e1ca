// Retention, shown before it happens: what the next run would do, on any day, what the last ones did, and the rule they follow.
import { z } from "zod";
import { readInBatches } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { DateField, ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { dayWithoutWeekday, number, plural, shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import { dayField } from "../shapes.ts";
import type { PeopleTables } from "../tables.ts";
import { allRules, countDue, type DueKind, type DuePerson, dueList, type Rule, ruleOn } from "./reads.ts";
import { RuleForm } from "./rule-form.tsx";
import { ruleRetention, runRetention } from "./writes.ts";

const firstShown = 50;
const nobody = "Aucune fiche.";

const titles: Readonly<Record<DueKind, string>> = {
  archive: "Seraient archivées",
  anonymise: "Seraient rendues anonymes, sans retour possible",
};

/** The day asked for: today, or a later one. */
function dayOf(at: At<unknown>): { day: string; mistake: string | null } {
  const typed = at.query.jour ?? "";
  if (typed === "") return { day: at.tx.today, mistake: null };
  const asked = readDay(typed);
  if (!asked.ok) return { day: at.tx.today, mistake: "Écrivez ce jour jj/mm/aaaa." };
  return asked.value < at.tx.today
    ? { day: at.tx.today, mistake: "Ce jour est passé : choisissez aujourd’hui ou plus tard." }
    : { day: asked.value, mistake: null };
}

const ruleWords = (rule: Rule): string =>
  `Une fiche est archivée ${number(rule.active_months)} mois après le dernier contact, puis rendue anonyme ${number(rule.archive_months)} mois plus tard, et jamais moins de ${plural(rule.notice_days, "jour", "jours")} après avoir été archivée.`;

async function Due({ at, rule, day, what }: { at: At<unknown>; rule: Rule; day: string; what: DueKind }) {
  const count = await countDue(at.tx, rule, day, what);
  const { rows } = await dueList(at.tx, rule, day, what, firstShown).execute(at.tx.on());
  return (
    <details>
      <summary>
        {titles[what]} : {plural(count, "fiche", "fiches")}
      </summary>
      {count > 0 ? (
        <p>
          <ExportLink
            href={`/conservation/export.csv?liste=${what}&jour=${day}`}
            count={count}
            words={["cette fiche", "fiche", "fiches"]}
          />
        </p>
      ) : null}
      <DataTable
        caption={count > firstShown ? `Les ${firstShown} premières` : titles[what]}
        rows={rows}
        rowKey={(person) => person.id}
        empty={<p>{nobody}</p>}
        columns={[
          {
            key: "who",
            label: "Fiche",
            header: true,
            render: (person) => (
              <a href={`/personnes/${person.id}`}>
                {nameOf({ family_name: person.familyName, given_name: person.givenName })} ({person.code})
              </a>
            ),
          },
          { key: "contact", label: "Dernier contact", render: (person) => shortDay(person.lastContactOn) },
          ...(what === "anonymise"
            ? [
                {
                  key: "archived",
                  label: "Archivée le",
                  render: (person: DuePerson) => (person.archivedOn ? shortDay(person.archivedOn) : ""),
                },
              ]
            : []),
        ]}
      />
    </details>
  );
}

type Wish = { mistakes?: Readonly<Record<string, string>>; status?: number };

async function retentionPage(at: At<unknown>, { mistakes = {}, status = 200 }: Wish = {}): Promise<Answer> {
  const { day, mistake } = dayOf(at);
  const rule = await ruleOn(at.tx, day);
  const runs = await at.tx
    .on<PeopleTables>()
    .selectFrom("people.retention_runs")
    .selectAll()
    .where("house_id", "=", at.scope.house)
    .orderBy("at", "desc")
    .limit(20)
    .execute();
  const runsIt = may(at.scope, rights["retention.run"]);
  return page({
    title: "Conservation des données",
    status,
    body: (
      <>
        <Heading title="Conservation des données">{rule ? ruleWords(rule) : "Aucune règle n’est en vigueur."}</Heading>
        {rule ? (
          <p>
            <small>Source : {rule.source}.</small> Une visite rouvre une fiche archivée. Rendre anonyme efface qui était
            la personne ; les chiffres des années passées ne changent pas.
          </p>
        ) : null}
        <ErrorSummary fields={mistakes} />
        <form method="get" action="/conservation" class="filters">
          <DateField
            name="jour"
            label="Ce que ferait un passage le"
            value={mistake ? at.query.jour : shortDay(day)}
            error={mistake ?? undefined}
          />
          <button type="submit" class="second">
            Voir
          </button>
        </form>
        <h2>Le passage du {dayWithoutWeekday(day)}</h2>
        {rule ? (
          <>
            {await Due({ at, rule, day, what: "archive" })}
            {await Due({ at, rule, day, what: "anonymise" })}
          </>
        ) : null}
        {runsIt ? (
          <form method="post" action="/conservation">
            <p>Le passage se fait de lui-même chaque nuit. Rendre anonyme ne peut pas être annulé.</p>
            <button type="submit" class="danger">
              Faire le passage d’aujourd’hui maintenant
            </button>
          </form>
        ) : null}
        <h2>Passages faits</h2>
        <DataTable
          caption="Les 20 derniers passages"
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
        <h2>Règles</h2>
        <DataTable
          caption="Règles de conservation, la dernière d’abord"
          hideCaption
          rows={await allRules(at.tx)}
          rowKey={(one) => one.from_day}
          empty={<p>Aucune règle.</p>}
          columns={[
            { key: "from", label: "À partir du", header: true, render: (one) => shortDay(one.from_day) },
            { key: "active", label: "Archivée après (mois)", number: true, render: (one) => number(one.active_months) },
            {
              key: "archive",
              label: "Anonyme après (mois de plus)",
              number: true,
              render: (one) => number(one.archive_months),
            },
            { key: "notice", label: "Préavis (jours)", number: true, render: (one) => number(one.notice_days) },
            { key: "source", label: "Source", render: (one) => one.source },
          ]}
        />
        {runsIt ? <RuleForm typed={at.typed} mistakes={mistakes} today={at.tx.today} /> : null}
      </>
    ),
  });
}

const whole = (least: number, most: number) => {
  const sentence = `Écrivez un nombre entier de ${least} à ${most}.`;
  return z
    .string(sentence)
    .trim()
    .regex(/^\d{1,4}$/, sentence)
    .transform(Number)
    .pipe(z.number().min(least, sentence).max(most, sentence));
};
const Rules = z.object({
  a_partir_du: dayField,
  actif: whole(1, 120),
  archive: whole(0, 1200),
  preavis: whole(7, 365),
  source: z
    .string("Écrivez d’où vient cette durée.")
    .trim()
    .min(5, "Écrivez d’où vient cette durée : une loi, une délibération, une décision.")
    .max(300, "Au plus 300 signes."),
});

export function declareRetention(routes: Routes, links: () => readonly PersonLink[]): void {
  routes.get("/conservation", { right: rights["retention.look"], trace: "retention.looked" }, (at) =>
    retentionPage(at),
  );

  const columns = (what: DueKind): ListColumn<DuePerson>[] => [
    { label: "Fiche", cell: (person) => person.code },
    { label: "Nom", cell: (person) => nameOf({ family_name: person.familyName, given_name: person.givenName }) },
    { label: "Dernier contact", cell: (person) => ({ day: person.lastContactOn }) },
    ...(what === "anonymise"
      ? [{ label: "Archivée le", cell: (person: DuePerson) => (person.archivedOn ? { day: person.archivedOn } : null) }]
      : []),
  ];
  routes.get(
    "/conservation/export.csv",
    { right: rights["retention.look"], trace: "retention.exported" },
    async (at) => {
      const what: DueKind = at.query.liste === "anonymise" ? "anonymise" : "archive";
      const { day } = dayOf(at);
      const rule = await ruleOn(at.tx, day);
      const name = what === "archive" ? `a-archiver-${day}` : `a-rendre-anonymes-${day}`;
      return csvFile(
        name,
        columns(what),
        rule
          ? readInBatches<DuePerson>(at.tx, { compile: () => dueList(at.tx, rule, day, what).compile(at.tx.on()) })
          : [],
      );
    },
  );

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
  routes.post(
    "/conservation/regle",
    {
      right: rights["retention.run"],
      trace: "retention.ruled",
      form: Rules,
      onMistakes: (at, { fields }) => retentionPage(at, { mistakes: fields, status: 422 }),
    },
    async (at) => {
      const { form } = at;
      const fromDay = form.a_partir_du ?? at.tx.today;
      if (fromDay < at.tx.today)
        return retentionPage(at, {
          mistakes: { a_partir_du: "Une règle commence aujourd’hui ou plus tard : ce qui a été fait le reste." },
          status: 422,
        });
      await ruleRetention(at.tx, {
        from_day: fromDay,
        active_months: form.actif,
        archive_months: form.archive,
        notice_days: form.preavis,
        source: form.source,
      });
      at.about("house", at.scope.house, {
        from: fromDay,
        active: form.actif,
        archive: form.archive,
        notice: form.preavis,
      });
      return redirect("/conservation", "La règle est enregistrée.");
    },
  );
}
