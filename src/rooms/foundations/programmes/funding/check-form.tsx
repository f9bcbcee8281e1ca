// The form that notes what became of somebody: a few choices, already filled with what the exit told.
import { DateField, RadioField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { dueWords } from "./due-words.ts";
import { type CheckMoment, checkSituations } from "./facts.ts";
import { type Task, windowOf } from "./missing.ts";
import type { Noted, Participation } from "./participants.ts";
import { checkMomentWords, checkSituationWords } from "./words.ts";

export type Values = Readonly<Record<string, string>>;

const yesNo = [
  { value: "oui", label: "oui" },
  { value: "non", label: "non" },
];
const said = (value: boolean | null | undefined): string => (value === true ? "oui" : value === false ? "non" : "");

/** Had the person a job at the entry? Only then can it be better six months after the exit. */
export const hadJob = (one: Participation): boolean =>
  one.facts.status === "employee" || one.facts.status === "self_employed";

/** What the form says before anybody typed: the last check, or what the exit told. */
function known(one: Participation, moment: CheckMoment, today: string): Values {
  const noted = one.noted[moment];
  const told = noted ?? (moment === "exit" ? one.facts.exit : null);
  const exit = one.facts.exitOn ?? today;
  const window = windowOf(moment, exit, one.agreement.regime);
  const usual = today < window.from ? window.from : today > window.to ? window.to : today;
  return {
    jour: shortDay(noted?.day ?? usual),
    situation: told?.situation ?? "",
    formation: said(told?.training),
    qualification: said(told?.qualification),
    amelioration: said(told?.improved),
    remplace: noted?.id ?? "",
  };
}

const notedFacts = (noted: Noted, moment: CheckMoment) => [
  { label: "Constatée le", value: shortDay(noted.day) },
  { label: "Situation", value: checkSituationWords[noted.situation] },
  ...(noted.situation === "unreached"
    ? []
    : moment === "exit"
      ? [
          { label: "En formation", value: said(noted.training) || null },
          { label: "Qualification obtenue", value: said(noted.qualification) || null },
        ]
      : noted.improved === null
        ? []
        : [{ label: "Meilleure situation qu’à l’entrée", value: said(noted.improved) }]),
];

/** One of the two checks of a participant: what is noted, until when, and the form. `back`: what was typed and is refused. */
export function CheckSection({
  one,
  moment,
  task,
  today,
  writes,
  back,
  mistakes,
  fromList,
  newKey,
}: {
  one: Participation;
  moment: CheckMoment;
  task: Task | null;
  today: string;
  writes: boolean;
  back: Values | null;
  mistakes: Values;
  fromList: boolean;
  newKey: string;
}) {
  const { code, label } = checkMomentWords[moment];
  const noted = one.noted[moment];
  const exit = one.facts.exitOn ?? today;
  const window = windowOf(moment, exit, one.agreement.regime);
  const values = back ?? known(one, moment, today);
  const id = (name: string): string => `${code}-${name}`;
  const counts = noted !== undefined && noted.day >= window.from && noted.day <= window.to;
  return (
    <section>
      <h2>{label}</h2>
      <p>
        Elle se constate du {shortDay(window.from)} au {shortDay(window.to)}
        {task ? `\u00a0: ${dueWords(task)}` : ""}.
      </p>
      {noted ? <Facts facts={notedFacts(noted, moment)} /> : null}
      {noted && !counts ? (
        <p class="mistake">
          Ce constat est hors de ces jours (la sortie a été corrigée)
          {"\u00a0"}: il ne compte pas, notez-le de nouveau.
        </p>
      ) : null}
      {!writes ? null : today < window.from ? (
        <p>Le formulaire s’ouvre le {shortDay(window.from)}.</p>
      ) : (
        <form method="post" action={`/parcours/${one.enrolment}/financeur/${code}`} class="no-print">
          <input type="hidden" name="key" value={values.key ?? newKey} />
          <input type="hidden" name="remplace" value={values.remplace ?? ""} />
          <input type="hidden" name="retour" value={fromList ? "liste" : ""} />
          <RadioField
            name="situation"
            id={id("situation")}
            label="Situation"
            value={values.situation}
            error={mistakes.situation}
            options={checkSituations.map((value) => ({ value, label: checkSituationWords[value] }))}
          />
          {moment === "exit" ? (
            <>
              <RadioField
                name="formation"
                id={id("formation")}
                label="En enseignement ou en formation"
                value={values.formation}
                error={mistakes.formation}
                options={yesNo}
                inline
              />
              <RadioField
                name="qualification"
                id={id("qualification")}
                label="Qualification obtenue grâce au parcours"
                value={values.qualification}
                error={mistakes.qualification}
                options={yesNo}
                inline
              />
            </>
          ) : hadJob(one) ? (
            <RadioField
              name="amelioration"
              id={id("amelioration")}
              label="Meilleure situation qu’à l’entrée"
              hint="Emploi plus stable, plus d’heures, plus qualifié, ou promotion."
              value={values.amelioration}
              error={mistakes.amelioration}
              options={yesNo}
              inline
            />
          ) : null}
          <DateField
            name="jour"
            id={id("jour")}
            label="Constatée le"
            hint={`entre le ${shortDay(window.from)} et le ${shortDay(window.to)}`}
            value={values.jour}
            error={mistakes.jour}
          />
          <div class="submit">
            <button type="submit" {...(noted ? { class: "second" } : {})}>
              {noted ? "Corriger ce constat" : "Noter la situation"}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
