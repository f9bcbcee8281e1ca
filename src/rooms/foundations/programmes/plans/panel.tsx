// On the page of an enrolment: its plan in a line, and its balance sheet.
import { plural, shortDay } from "../../../../ui/words.ts";
import type { Balance, DueAction, Plan, PlanAction } from "./reads.ts";

export function PlanPanel({
  here,
  plan,
  actions,
  balance,
  today,
}: {
  here: string;
  plan: Plan;
  actions: readonly PlanAction[];
  balance: Balance | null;
  today: string;
}) {
  const open = actions.filter((action) => action.state === "open");
  const late = open.filter((action) => action.byDay !== null && action.byDay < today);
  return (
    <section>
      <h2>Plan d’action et bilan</h2>
      <p>
        <a href={`${here}/plan`}>Plan d’action</a>
        {plan.version === 0 && actions.length === 0
          ? " : pas encore écrit"
          : actions.length > 0 && open.length === 0
            ? " : tout est fait"
            : ` : ${plural(open.length, "action à faire", "actions à faire")}`}
        {late.length > 0 ? <strong>, {plural(late.length, "en retard", "en retard")}</strong> : null}
        {plan.reviewOn ? `, prochain point le ${shortDay(plan.reviewOn)}` : null}.
      </p>
      <p>
        <a href={`${here}/bilan`}>Bilan partagé</a>
        {balance ? ` du ${shortDay(balance.onDay)}` : " : pas encore écrit"}.
      </p>
    </section>
  );
}

/** What was written together, with what is empty left out. */
export const Written = ({ parts }: { parts: readonly { title: string; text: string | null }[] }) => (
  <>
    {parts.map((part) =>
      part.text === null ? null : (
        <section key={part.title}>
          <h2>{part.title}</h2>
          <p class="written">{part.text}</p>
        </section>
      ),
    )}
  </>
);

/** What is due of a plan, in a caseload's line: "Refaire le CV (pour le 03/12/2020)". */
export const planDueWords = (due: readonly DueAction[]): string =>
  due.map((one) => `${one.what} (pour le ${shortDay(one.byDay)})`).join(", ");
