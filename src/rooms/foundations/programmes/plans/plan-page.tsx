// The page of an action plan: what the person wants, what is to be done, by whom and by when.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { DateField, ErrorSummary, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Enrolment } from "../enrolments/reads.ts";
import { Proofs } from "../proofs/panel.tsx";
import { signedOf } from "../proofs/reads.ts";
import { mayIn, rights } from "../rights.ts";
import { crumbsOf } from "../steps/page.tsx";
import { stateOf } from "./documents.ts";
import { Written } from "./panel.tsx";
import { type Plan, type PlanAction, planActionsOf, planOf } from "./reads.ts";
import { doerName, doers, doerWords, paperWords, planStates, planStateWords } from "./words.ts";

type Values = Record<string, string>;
/** A form that comes back with what was typed. `act`: the plan's words, a new line, or the line of that identifier. */
export type PlanBack = { act: string; mistakes: Values; values: Values; status?: number };

const valuesOfPlan = (plan: Plan): Values => ({
  objectif: plan.goal ?? "",
  appuis: plan.strengths ?? "",
  freins: plan.obstacles ?? "",
  point: plan.reviewOn ? shortDay(plan.reviewOn) : "",
});

export const valuesOfAction = (action: PlanAction): Values => ({
  quoi: action.what,
  qui: action.who,
  autre: action.other ?? "",
  pour: action.byDay ? shortDay(action.byDay) : "",
  etat: action.state,
  le: action.closedOn ? shortDay(action.closedOn) : "",
});

type Fill = { values: Values; mistakes: Values; prefix: string };

function LineFields({ values, mistakes, prefix }: Fill) {
  const field = (name: string) => ({
    id: `${prefix}${name}`,
    name,
    value: values[name],
    error: mistakes[name],
  });
  return (
    <>
      <TextField {...field("quoi")} label="À faire" maxlength={300} required />
      <div class="fields">
        <SelectField
          {...field("qui")}
          label="Par"
          options={doers.map((one) => ({ value: one, label: doerWords[one] }))}
        />
        <TextField {...field("autre")} label="Qui d’autre" required={false} maxlength={100} />
        <DateField {...field("pour")} label="Pour le" required={false} />
      </div>
    </>
  );
}

function ChangeLine({
  here,
  action,
  back,
  today,
}: {
  here: string;
  action: PlanAction;
  back: PlanBack | null;
  today: string;
}) {
  const fill = {
    values: back?.values ?? valuesOfAction(action),
    mistakes: back?.mistakes ?? {},
    prefix: `${action.id}-`,
  };
  return (
    <>
      {action.state === "open" ? (
        <form method="post" action={`${here}/actions/${action.id}`} class="inline">
          <input type="hidden" name="version" value={String(action.version)} />
          {Object.entries({ ...valuesOfAction(action), etat: "done", le: shortDay(today) }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <button type="submit" class="second">
            C’est fait<span class="visually-hidden"> : {action.what}</span>
          </button>
        </form>
      ) : null}
      <details open={back !== null}>
        <summary>
          Modifier<span class="visually-hidden"> {action.what}</span>
        </summary>
        <form method="post" action={`${here}/actions/${action.id}`}>
          <input type="hidden" name="version" value={String(action.version)} />
          <LineFields {...fill} />
          <div class="fields">
            <SelectField
              id={`${action.id}-etat`}
              name="etat"
              label="Où nous en sommes"
              value={fill.values.etat}
              error={fill.mistakes.etat}
              options={planStates.map((one) => ({ value: one, label: planStateWords[one] }))}
            />
            <DateField
              id={`${action.id}-le`}
              name="le"
              label="Fait ou abandonné le"
              value={fill.values.le}
              error={fill.mistakes.le}
              required={false}
            />
          </div>
          <button type="submit">Enregistrer</button>
        </form>
      </details>
    </>
  );
}

/** The page of a plan. */
export async function planPage(at: At<unknown>, enrolment: Enrolment, back: PlanBack | null = null): Promise<Answer> {
  const here = `/parcours/${enrolment.id}/plan`;
  const plan = await planOf(at.tx, enrolment.id);
  const actions = await planActionsOf(at.tx, enrolment.id);
  const writes =
    mayIn(at.scope, rights["enrolment.write"], { site: enrolment.site, programme: enrolment.programme }) &&
    enrolment.withdrawn === null;
  const words = back?.act === "plan" ? back.values : valuesOfPlan(plan);
  const wrong = back?.act === "plan" ? back.mistakes : {};
  const area = (name: string) => ({
    name,
    value: words[name],
    error: wrong[name],
    required: false,
    rows: 3,
    maxlength: 2000,
  });
  const fresh: Fill = {
    values: back?.act === "line" ? back.values : { qui: "person" },
    mistakes: back?.act === "line" ? back.mistakes : {},
    prefix: "nouvelle-",
  };
  const prefix = back === null || back.act === "plan" ? "" : back.act === "line" ? "nouvelle-" : `${back.act}-`;
  const empty = plan.version === 0 && actions.length === 0;
  const shown = !empty;
  const signed = await signedOf(at.tx, enrolment.id, "plan");
  return page({
    title: "Plan d’action",
    status: back?.status ?? (back ? 422 : 200),
    crumbs: crumbsOf(enrolment),
    body: (
      <>
        <Heading title="Plan d’action">
          {enrolment.personName}, {enrolment.programmeTitle}.
        </Heading>
        <ErrorSummary
          fields={Object.fromEntries(
            Object.entries(back?.mistakes ?? {}).map(([name, said]) => [name ? `${prefix}${name}` : name, said]),
          )}
        />
        {empty ? (
          <p>Pas encore de plan : il s’écrit ensemble, pendant un entretien.</p>
        ) : (
          <p class="no-print">
            <a href={`/parcours/${enrolment.id}/plan.pdf`}>Le plan à signer (PDF)</a>
          </p>
        )}
        <Written
          parts={[
            { title: "Ce que je veux", text: plan.goal },
            { title: "Ce sur quoi je m’appuie", text: plan.strengths },
            { title: "Ce qui me freine", text: plan.obstacles },
          ]}
        />
        {plan.reviewOn ? <p>Prochain point le {shortDay(plan.reviewOn)}.</p> : null}
        <DataTable
          caption="Ce que nous faisons"
          rows={actions}
          rowKey={(action) => action.id}
          empty={<p>Rien n’est encore écrit.</p>}
          columns={[
            {
              key: "what",
              label: "À faire",
              header: true,
              render: (action) => (action.state === "dropped" ? <s>{action.what}</s> : action.what),
            },
            { key: "who", label: "Par", render: (action) => doerName(action) },
            {
              key: "by",
              label: "Pour le",
              render: (action) =>
                action.byDay ? (
                  <>
                    {shortDay(action.byDay)}
                    {action.state === "open" && action.byDay < at.tx.today ? <strong> en retard</strong> : null}
                  </>
                ) : null,
            },
            { key: "state", label: "Où nous en sommes", render: stateOf },
            ...(writes
              ? [
                  {
                    key: "change",
                    label: "Changer",
                    render: (action: PlanAction) => (
                      <ChangeLine
                        here={here}
                        action={action}
                        back={back?.act === action.id ? back : null}
                        today={at.tx.today}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
        {shown ? (
          <p class="no-print">
            <a href={`/parcours/${enrolment.id}/${paperWords.plan.path}/versions`}>Les versions précédentes</a>
          </p>
        ) : null}
        {shown || signed.length > 0 ? (
          <Proofs
            here={`/parcours/${enrolment.id}/${paperWords.plan.path}`}
            proofs={signed}
            writes={writes}
            words={{
              title: paperWords.plan.signed,
              hint: "Le papier signé",
              advice: "Il reste avec le parcours et s’efface avec lui.",
            }}
          />
        ) : null}
        {writes ? (
          <section class="no-print">
            <h2>Ajouter une ligne</h2>
            <form method="post" action={`${here}/actions`} data-draft="plan-ligne">
              <input type="hidden" name="key" value={fresh.values.key ?? at.tx.ids.uuid()} />
              <LineFields {...fresh} />
              <button type="submit">Ajouter</button>
            </form>
            <h2>Ce que veut la personne</h2>
            <form method="post" action={here} data-draft="plan">
              <input type="hidden" name="version" value={String(plan.version)} />
              <p class="hint">Avec ses mots. N’écrivez que ce que la personne accepte de lire et de signer.</p>
              <TextAreaField {...area("objectif")} label="Ce que je veux" />
              <TextAreaField {...area("appuis")} label="Ce sur quoi je m’appuie" />
              <TextAreaField {...area("freins")} label="Ce qui me freine" />
              <DateField name="point" label="Prochain point" value={words.point} error={wrong.point} required={false} />
              <div class="submit">
                <button type="submit">Enregistrer le plan</button>
              </div>
            </form>
          </section>
        ) : null}
      </>
    ),
  });
}
