// The active list as a list: who is accompanied today, those not met for longest first.
import { sql } from "kysely";
import type { At } from "../../../../core/http/route.ts";
import type { Asked, List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import type { PathAhead, PathFacts } from "../../../../core/room.ts";
import { addDays } from "../../../../core/time.ts";
import { DateField, SelectField } from "../../../../ui/fields.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { accountsWith } from "../../house/door.ts";
import { tagFilter } from "../../people/door.ts";
import { catalogue } from "../catalogue/reads.ts";
import { fundingRights } from "../funding/rights.ts";
import { todo, todoFor } from "../funding/todo.ts";
import { planDueWords } from "../plans/panel.tsx";
import { duePlanActions } from "../plans/reads.ts";
import { rights } from "../rights.ts";
import { dueWords } from "../steps/panel.tsx";
import { dueSteps } from "../steps/reads.ts";
import { type CaseloadLine, caseloadOrder, caseloadQuery, furthestStages } from "./caseload.ts";
import { siteFilter } from "./filters.ts";
import { handovers } from "./handovers.ts";
import { referentRoles } from "./new-routes.tsx";
import { referentsToday } from "./reads.ts";

/** Days without a contact after which somebody is shown first. The house's habit, not a law. */
const longDays = 60;
/** The value of the filter for enrolments without a referent. */
export const none = "aucun";

export type CaseloadRow = CaseloadLine & { stage?: string | null; due?: string; ahead?: readonly PathAhead[] };
type Row = CaseloadRow;
const referentIn = (values: Readonly<Record<string, string>>): string | null =>
  values.referent === none || !values.referent ? null : values.referent;
const isLate = (line: Row, today: string): boolean =>
  line.lastContact === null || line.lastContact < addDays(today, -longDays);
const lateIs = (today: string) =>
  sql`(p.last_contact_on IS NULL OR p.last_contact_on < ${addDays(today, -longDays)}::date)`;

const caseloadList: List<Row> = {
  name: "file-active",
  path: "/file-active",
  title: "File active",
  words: ["parcours en cours", "parcours en cours"],
  right: rights["enrolment.see"],
  exportRight: rights["enrolment.export"],
  trace: { listed: "caseload.opened", exported: "caseload.exported" },
  query: (tx, right, values) => ({
    ...caseloadQuery({ tx, scope: tx.scope }, referentIn(values), right),
    tallies: { late: { sum: sql`(${lateIs(tx.today)})::int` } },
  }),
  often: true,
  usual: caseloadOrder,
  tie: { by: sql`e.id` },
  person: sql`e.person_id`,
  enrolment: sql`e.id`,
  nameOf: (line) => line.name,
  filters: [
    {
      kind: "choice",
      key: "referent",
      label: "Référent",
      usual: (tx) => tx.scope.account ?? none,
      async options(tx) {
        const known = await referentsToday(tx, await accountsWith(tx, referentRoles));
        return [...known.map((one) => ({ value: one.id, label: one.name })), { value: none, label: "sans référent" }];
      },
      // The tables are already those of the referent.
      where: () => null,
    },
    {
      kind: "choice",
      key: "dispositif",
      label: "Dispositif",
      all: "tous",
      options: async (tx) => (await catalogue(tx)).map((one) => ({ value: one.id, label: one.title })),
      where: (value) => sql`e.programme_id = ${value}::uuid`,
    },
    siteFilter,
    tagFilter(sql`e.person_id`),
    {
      kind: "choice",
      key: "contact",
      label: "Contact",
      all: "peu importe",
      options: () => [{ value: "long", label: `aucun depuis plus de ${longDays} jours` }],
      where: (_, tx) => lateIs(tx.today),
    },
  ],
  columns: [
    {
      key: "personne",
      label: "Personne",
      header: true,
      render: (line) => <a href={`/parcours/${line.id}`}>{line.name}</a>,
      cell: (line) => line.name,
      sort: sql`p.given_name || ' ' || p.family_name`,
    },
    {
      key: "dispositif",
      label: "Dispositif",
      render: (line) => line.programme,
      cell: (line) => line.programme,
      sort: sql`g.title`,
    },
    {
      key: "antenne",
      label: "Antenne",
      render: (line) => line.site,
      cell: (line) => line.site,
      sort: sql`s.name`,
      nulls: "last",
    },
    {
      key: "depuis",
      label: "Depuis",
      render: (line) => shortDay(line.entryOn),
      cell: (line) => ({ day: line.entryOn }),
      sort: sql`e.entry_on`,
    },
    { key: "etape", label: "Étape", render: (line) => line.stage, cell: (line) => line.stage ?? null },
    {
      key: "contact",
      label: "Dernier contact",
      render: (line, { today }) => (
        <>
          {line.lastContact ? shortDay(line.lastContact) : "jamais"}
          {isLate(line, today) ? <strong> à rappeler</strong> : null}
        </>
      ),
      cell: (line) => (line.lastContact ? { day: line.lastContact } : null),
      sort: sql`p.last_contact_on`,
      nulls: "first",
    },
    {
      key: "action",
      label: "À faire",
      render: (line) => (line.due ? <strong>{line.due}</strong> : null),
      cell: (line) => line.due || null,
    },
  ],
  async enrich(tx, rows) {
    const ids = rows.map((line) => line.id);
    const [steps, actions, stages] = await Promise.all([
      dueSteps(tx, ids),
      duePlanActions(tx, ids),
      furthestStages(tx, ids),
    ]);
    const due = Map.groupBy(steps, (one) => one.enrolment);
    const planned = Map.groupBy(actions, (one) => one.enrolment);
    return rows.map((line) => ({
      ...line,
      stage: stages.get(line.id) ?? null,
      due: [dueWords(due.get(line.id) ?? []), planDueWords(planned.get(line.id) ?? [])].filter(Boolean).join(" ; "),
    }));
  },
  titleOf(asked, tx) {
    const referent = referentIn(asked.values);
    if (referent === null) return "Parcours sans référent";
    if (referent === tx.scope.account) return "Ma file active";
    const known = asked.options.get("referent")?.find((one) => one.value === referent);
    return `File active de ${known?.label ?? "ce compte"}`;
  },
  tell({ count, tallies: { late = 0 } }) {
    const more =
      late > 0 ? `, dont ${plural(late, "sans contact", "sans contact")} depuis plus de ${longDays} jours` : "";
    return `${plural(count, "parcours en cours", "parcours en cours")}${more}.`;
  },
  above: fundersWait,
  picked: handingOver,
  below: pastHandovers,
  empty: () => <p>Personne ici aujourd’hui. Le référent d’un parcours se choisit à l’entrée, ou par un passage.</p>,
};

/** The active list with what other rooms know: the next appointment of each, or one that nobody noted. */
export const makeCaseloadList = (others: () => readonly PathFacts[]): List<CaseloadRow> => ({
  ...caseloadList,
  columns: [
    ...caseloadList.columns,
    {
      key: "rendez-vous",
      label: "Rendez-vous",
      render: (line) => <Ahead ahead={line.ahead ?? []} />,
      cell: (line) => (line.ahead ?? []).map((one) => one.text).join(", ") || null,
    },
  ],
  async enrich(tx, rows) {
    const persons = [...new Set(rows.map((line) => line.person))];
    const [known = rows, ...found] = await Promise.all([
      caseloadList.enrich?.(tx, rows),
      ...others().map((other) => (may(tx.scope, other.right) ? other.ahead(tx, persons) : [])),
    ]);
    const ahead = Map.groupBy(found.flat(), (one) => one.person);
    return known.map((line) => ({ ...line, ahead: ahead.get(line.person) ?? [] }));
  },
});

const Ahead = ({ ahead }: { ahead: readonly PathAhead[] }) => (
  <>
    {ahead.map((one, place) => (
      <span key={one.href}>
        {place > 0 ? ", " : ""}
        <a href={one.href}>{one.late ? <strong>{one.text}</strong> : one.text}</a>
      </span>
    ))}
  </>
);

/** On one's own list: what funders wait for, late or not. */
async function fundersWait({ tx, scope }: At<unknown>, asked: Asked) {
  const referent = referentIn(asked.values);
  if (referent === null || referent !== scope.account || !may(scope, fundingRights["funding.follow"])) return null;
  const lines = await todo(tx, { ...todoFor(scope, true), programme: null, kind: null });
  const late = lines.filter(({ task }) => task.state === "late").length;
  return lines.length === 0 ? null : (
    <p class="no-print">
      <a href="/financements/a-completer?qui=moi">
        {plural(lines.length, "chose à compléter", "choses à compléter")} pour les financeurs
      </a>
      {late > 0 ? `, dont ${late} en retard` : ""}.
    </p>
  );
}

/** The lines chosen, or the whole list, pass to somebody else. */
async function handingOver(at: At<unknown>, asked: Asked) {
  if (!may(at.scope, rights["caseload.hand"])) return null;
  const referent = referentIn(asked.values);
  const others = (await accountsWith(at.tx, referentRoles)).filter((one) => one.id !== referent);
  return (
    <fieldset class="field no-print">
      <legend>Confier à un autre référent</legend>
      <input type="hidden" name="key" value={at.tx.ids.uuid()} />
      <input type="hidden" name="de" value={referent ?? ""} />
      <div class="fields">
        <SelectField
          name="vers"
          label="À"
          empty=""
          options={others.map((one) => ({ value: one.id, label: one.name }))}
        />
        <DateField name="jour" label="À partir du" value={shortDay(at.tx.today)} />
      </div>
      <button type="submit" formaction="/file-active/passage" name="tous" value="0" class="second">
        Confier les parcours choisis
      </button>{" "}
      <button type="submit" formaction="/file-active/passage" name="tous" value="1" class="second">
        Confier toute la file
      </button>
    </fieldset>
  );
}

async function pastHandovers(at: At<unknown>) {
  const past = may(at.scope, rights["caseload.hand"]) ? await handovers(at.tx, 10) : [];
  if (past.length === 0) return null;
  return (
    <section class="no-print">
      <h2>Derniers passages</h2>
      <ul>
        {past.map((one) => (
          <li key={one.id}>
            {plural(one.count, "parcours", "parcours")} de {one.from ?? "divers référents, ou d’aucun"} à {one.to}, à
            partir du {shortDay(one.day)}
            {one.undone ? ", annulé" : null}
            {one.undone ? null : (
              <form method="post" action={`/file-active/passages/${one.id}/annulation`} class="inline">
                <button type="submit" class="plain">
                  Annuler ce passage
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
