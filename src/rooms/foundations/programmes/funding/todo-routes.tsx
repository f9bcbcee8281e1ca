// The list of what funders ask, late first, and the same as a file.
import { type ListColumn, type ListFormat, listFile } from "../../../../core/exporting/list.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { SelectField } from "../../../../ui/fields.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { nameOf } from "../../people/door.ts";
import { agreementsOf, underFund } from "./agreements.ts";
import { dueWords } from "./due-words.ts";
import type { Task } from "./missing.ts";
import { fundingRights } from "./rights.ts";
import { type TodoFilters, type TodoLine, taskWords, todo, todoFor } from "./todo.ts";
import { checkMomentWords } from "./words.ts";

const pageSize = 50;
const kinds: readonly { value: string; kind: Task["kind"]; label: string }[] = [
  { value: "entree", kind: "entry", label: "Entrée à compléter" },
  { value: checkMomentWords.exit.code, kind: "exit", label: checkMomentWords.exit.label },
  { value: checkMomentWords.later.code, kind: "later", label: checkMomentWords.later.label },
];
const stateWords = { late: "en retard", open: "à faire", ahead: "à venir" };

/** Where it is done, in one step: the questionnaire where nothing else is missing of the entry. */
const hrefOf = ({ one, task }: TodoLine): string =>
  `/parcours/${one.enrolment}/financeur${task.kind === "entry" && task.missing.facts.length === 0 ? "/questionnaire" : ""}?retour=liste`;

/** An adviser starts from their own; who manages a site or the house starts from all that they see. */
const startsFromAll = (at: At<unknown>): boolean =>
  at.scope.account === null || at.scope.grants.some(({ role }) => role === "direction" || role === "site-manager");

const filtersOf = (at: At<unknown>): TodoFilters & { mine: boolean } => {
  const asked = at.query.qui;
  const mine = asked === "moi" || (asked !== "tous" && !startsFromAll(at));
  return {
    mine,
    ...todoFor(at.scope, mine),
    programme: at.query.dispositif || null,
    kind: kinds.find((one) => one.value === at.query.quoi)?.kind ?? null,
  };
};

const columns: readonly ListColumn<TodoLine>[] = [
  { label: "Fiche", cell: ({ one }) => one.personCode },
  { label: "Nom", cell: ({ one }) => one.familyName },
  { label: "Prénom", cell: ({ one }) => one.givenName },
  { label: "Dispositif", cell: ({ one }) => one.agreement.programmeTitle },
  { label: "Financeur", cell: ({ one }) => one.agreement.funder },
  { label: "Antenne", cell: ({ one }) => one.siteName },
  { label: "Référent", cell: ({ one }) => one.referentName },
  { label: "À faire", cell: ({ task }) => taskWords(task) },
  { label: "À partir du", cell: ({ task }) => ({ day: task.from }) },
  { label: "Au plus tard le", cell: ({ task }) => ({ day: task.due }) },
  { label: "État", cell: ({ task }) => stateWords[task.state] },
];

async function exported(at: At<unknown>, format: ListFormat): Promise<Answer> {
  const { mine, ...filters } = filtersOf(at);
  const lines = await todo(at.tx, filters);
  at.about("list", at.scope.house, { list: "funding", rows: lines.length, mine, kind: filters.kind });
  return listFile(
    format,
    {
      name: `financements-a-completer-${at.tx.today}`,
      sheet: "À compléter",
      readMe: ["Ce que les financeurs demandent et qui manque", `Tiré le ${shortDay(at.tx.today)}`],
    },
    columns,
    [lines],
  );
}

export function declareTodo(routes: Routes): void {
  const right = fundingRights["funding.follow"];
  for (const format of ["csv", "xlsx"] as const)
    routes.get(
      `/financements/a-completer/export.${format}`,
      { right: fundingRights["funding.export"], trace: "funding.exported" },
      (at) => exported(at, format),
    );
  routes.get("/financements/a-completer", { right, trace: "funding.listed" }, async (at) => {
    const { mine, ...filters } = filtersOf(at);
    const lines = await todo(at.tx, filters);
    const late = lines.filter(({ task }) => task.state === "late").length;
    const query = new URLSearchParams({ ...at.query });
    for (const name of ["page", "dit", "sceau"]) query.delete(name);
    const number = Math.max(1, Math.min(100_000, Math.trunc(Number(at.query.page ?? "1")) || 1));
    const shown = lines.slice((number - 1) * pageSize, number * pageSize);
    const programmes = new Map(
      underFund(await agreementsOf(at.tx)).map((one) => [one.programmeCode, one.programmeTitle]),
    );
    const title = "À compléter pour les financeurs";
    return page({
      title,
      body: (
        <>
          <Heading title={title}>
            {plural(lines.length, "chose à faire", "choses à faire")}
            {late > 0 ? `, dont ${late} en retard` : ""}
            {mine ? ", pour les personnes dont vous êtes référent" : ""}.
          </Heading>
          <form method="get" class="filters no-print">
            <SelectField
              name="qui"
              label="Personnes"
              value={mine ? "moi" : "tous"}
              options={[
                { value: "moi", label: "dont je suis référent" },
                { value: "tous", label: "toutes celles que je vois" },
              ]}
            />
            <SelectField
              name="dispositif"
              label="Dispositif"
              empty="tous"
              value={at.query.dispositif}
              options={[...programmes].map(([value, label]) => ({ value, label }))}
            />
            <SelectField name="quoi" label="À faire" empty="tout" value={at.query.quoi} options={kinds} />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          {lines.length > 0 && may(at.scope, fundingRights["funding.export"]) ? (
            <p class="no-print">
              Exporter {plural(lines.length, "ligne", "lignes")}
              {"\u00a0"}: <a href={`/financements/a-completer/export.csv?${query}`}>CSV</a> ·{" "}
              <a href={`/financements/a-completer/export.xlsx?${query}`}>XLSX</a>
            </p>
          ) : null}
          <DataTable
            caption="Ce qui manque, ce qui est en retard d’abord"
            hideCaption
            rows={shown}
            rowKey={({ one, task }) => `${one.enrolment} ${task.kind}`}
            empty={
              <p>
                Rien à compléter. Cette liste suit les parcours des dispositifs qui ont une convention du FSE ou du FSE+
                {"\u00a0"}: l’entrée, la situation à la sortie dans les 28 jours, puis six mois après.
              </p>
            }
            columns={[
              {
                key: "name",
                label: "Personne",
                header: true,
                render: (line) => (
                  <a href={hrefOf(line)}>
                    {nameOf({ family_name: line.one.familyName, given_name: line.one.givenName })}
                  </a>
                ),
              },
              { key: "programme", label: "Dispositif", render: ({ one }) => one.agreement.programmeTitle },
              { key: "task", label: "À faire", render: ({ task }) => taskWords(task) },
              { key: "due", label: "Quand", render: ({ task }) => dueWords(task) },
              { key: "referent", label: "Référent", render: ({ one }) => one.referentName },
            ]}
          />
          <Pager
            count={plural(lines.length, "ligne", "lignes")}
            first={number > 1 ? `/financements/a-completer?${query}` : undefined}
            next={
              number * pageSize < lines.length
                ? `/financements/a-completer?${new URLSearchParams([...query, ["page", String(number + 1)]])}`
                : undefined
            }
          />
        </>
      ),
    });
  });
}
