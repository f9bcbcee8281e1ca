// The story of a path, as its balance sheet tells it: from the records of every room, in lines that its person understands.
import type { Tx } from "../../../../core/db/transaction.ts";
import { may } from "../../../../core/rights.ts";
import type { PathFacts } from "../../../../core/room.ts";
import { shortDay } from "../../../../ui/words.ts";
import { stagesOf } from "../catalogue/reads.ts";
import { type Enrolment, outcomesOf, stagesReachedOf } from "../enrolments/reads.ts";
import { daysOf, titleOf } from "../steps/panel.tsx";
import { stepsOf } from "../steps/reads.ts";
import { stepResultWords } from "../steps/words.ts";
import { planActionsOf } from "./reads.ts";
import { doerName } from "./words.ts";

export type StoryPart = { title: string; lines: string[] };

/** The parts that have something to tell. A path that goes on is told up to today. */
export async function storyOf(tx: Tx, enrolment: Enrolment, others: readonly PathFacts[]): Promise<StoryPart[]> {
  const path = {
    person: enrolment.person,
    programme: enrolment.programme,
    from: enrolment.entryOn,
    to: enrolment.exitOn ?? tx.today,
  };
  const met: string[] = [];
  for (const other of others) if (may(tx.scope, other.right)) met.push(...(await other.told(tx, path)));
  const reached = await stagesReachedOf(tx, enrolment.id);
  const stages = (await stagesOf(tx, enrolment.programme)).flatMap((stage) => {
    const on = reached.get(stage.id);
    return on === undefined ? [] : [`${stage.label}, le ${shortDay(on)}`];
  });
  const steps = (await stepsOf(tx, [enrolment.id]))
    .filter((step) => step.withdrawn === null)
    .map((step) =>
      [titleOf(step), step.structureName ?? step.host, daysOf(step), step.result && stepResultWords[step.result]]
        .filter(Boolean)
        .join(", "),
    );
  const obtained = (await outcomesOf(tx, [enrolment.id]))
    .filter((outcome) => outcome.withdrawn === null && !outcome.atExit)
    .map((outcome) => `${outcome.label}, le ${shortDay(outcome.day)}`);
  const planned = (await planActionsOf(tx, enrolment.id)).filter((action) => action.state !== "dropped");
  const parts = [
    { title: "Nos rencontres", lines: met },
    { title: "Les étapes passées", lines: stages },
    { title: "Ce qui a été fait", lines: steps },
    { title: "Ce qui a été obtenu", lines: obtained },
    {
      title: "Le plan d’action",
      lines: planned.map((action) =>
        action.state === "done"
          ? `${action.what} : fait le ${shortDay(action.closedOn ?? tx.today)}`
          : `${action.what} : reste à faire, par ${doerName(action)}`,
      ),
    },
    {
      title: "La sortie",
      lines: enrolment.exitOn ? [`${enrolment.exitWord ?? "Sortie"}, le ${shortDay(enrolment.exitOn)}`] : [],
    },
  ];
  return parts.filter((part) => part.lines.length > 0);
}
