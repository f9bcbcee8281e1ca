// What a person's sheet shows of their enrolments, and what hangs on a person here.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { may } from "../../../../core/rights.ts";
import type { PersonLink, PersonPanel, TimelineEntry } from "../../../../core/room.ts";
import { shortDay } from "../../../../ui/words.ts";
import { freezePathAges } from "../ages.ts";
import { describeFunding } from "../funding/describing.ts";
import { stateOf } from "../plans/documents.ts";
import { versionsOf } from "../plans/history.ts";
import { balanceOf, planActionsOf, planOf } from "../plans/reads.ts";
import { doerName, paperWords } from "../plans/words.ts";
import { forgetPlans } from "../plans/writes.ts";
import { proofsOf, signedOf } from "../proofs/reads.ts";
import { rights } from "../rights.ts";
import { daysOf, titleOf } from "../steps/panel.tsx";
import { stepsOf } from "../steps/reads.ts";
import { stepKindWords, stepResultWords } from "../steps/words.ts";
import { forgetSteps } from "../steps/writes.ts";
import { type Enrolment, enrolmentsOfPerson, outcomesOf } from "./reads.ts";

export const ofPerson: PersonPanel = {
  order: 5,
  right: rights["enrolment.see"],
  async show(tx, person, most) {
    const read = await enrolmentsOfPerson(tx, person);
    const enrolments = read.filter((one) => one.withdrawn === null);
    const timeline = await linesOf(
      tx,
      read.slice(0, most).filter((one) => one.withdrawn === null),
    );
    const panel = (
      <section>
        <h2>Parcours</h2>
        {enrolments.length > 0 ? (
          <ul>
            {enrolments.map((one) => (
              <li key={one.id}>
                <a href={`/parcours/${one.id}`}>{one.programmeTitle}</a>,{" "}
                {one.exitOn
                  ? `du ${shortDay(one.entryOn)} au ${shortDay(one.exitOn)}${one.exitWord ? ` (${one.exitWord})` : ""}`
                  : `depuis le ${shortDay(one.entryOn)}`}
                {one.referentName ? `, référent : ${one.referentName}` : null}
              </li>
            ))}
          </ul>
        ) : (
          <p>Dans aucun dispositif.</p>
        )}
        {may(tx.scope, rights["enrolment.write"]) ? (
          <p class="no-print">
            <a href={`/parcours/nouveau?personne=${person}`}>Faire entrer dans un dispositif</a>
          </p>
        ) : null}
      </section>
    );
    return { panel, timeline };
  },
};

/** What happened in these enrolments, one after the other. */
async function linesOf(tx: Tx, enrolments: readonly Enrolment[]): Promise<TimelineEntry[]> {
  const { stepsIn, outcomesIn } = await happenedIn(tx, enrolments);
  const lines: TimelineEntry[] = [];
  for (const one of enrolments) {
    const link = <a href={`/parcours/${one.id}`}>{one.programmeTitle}</a>;
    lines.push({ day: one.entryOn, kind: "Entrée", text: link });
    if (one.exitOn)
      lines.push({
        day: one.exitOn,
        kind: "Sortie",
        text: (
          <>
            {link}
            {one.exitWord ? ` : ${one.exitWord}` : ""}
          </>
        ),
      });
    for (const step of stepsIn(one))
      if (!step.withdrawn)
        lines.push({
          day: step.startsOn,
          kind: "Action",
          text: (
            <>
              <a href={`/parcours/${one.id}/actions/${step.id}`}>{titleOf(step)}</a>
              {step.structureName || step.host ? `, ${step.structureName ?? step.host}` : ""}, {link}
            </>
          ),
        });
    for (const outcome of outcomesIn(one))
      if (!outcome.withdrawn)
        lines.push({
          day: outcome.day,
          kind: "Résultat",
          text: (
            <>
              {outcome.label}, {link}
            </>
          ),
        });
  }
  return lines;
}

/** The steps and the outcomes of enrolments, read at once. */
async function happenedIn(tx: Tx, enrolments: readonly Enrolment[]) {
  const ids = enrolments.map((one) => one.id);
  const [steps, outcomes] = ids.length === 0 ? [[], []] : await Promise.all([stepsOf(tx, ids), outcomesOf(tx, ids)]);
  const stepsBy = Map.groupBy(steps, (step) => step.enrolment);
  const outcomesBy = Map.groupBy(outcomes, (outcome) => outcome.enrolment);
  return {
    steps,
    stepsIn: (one: Enrolment) => stepsBy.get(one.id) ?? [],
    outcomesIn: (one: Enrolment) => outcomesBy.get(one.id) ?? [],
  };
}

async function describe(tx: Tx, person: string): Promise<Record<string, unknown>[]> {
  const told = [];
  const enrolments = await enrolmentsOfPerson(tx, person, 10_000);
  const { steps, stepsIn, outcomesIn } = await happenedIn(tx, enrolments);
  const proofs = Map.groupBy(
    await proofsOf(
      tx,
      steps.map((step) => step.id),
    ),
    (proof) => proof.step,
  );
  for (const one of enrolments) {
    const plan = await planOf(tx, one.id);
    const balance = await balanceOf(tx, one.id);
    const signed = await signedOf(tx, one.id);
    const versions = [...(await versionsOf(tx, one.id, "plan")), ...(await versionsOf(tx, one.id, "balance"))];
    told.push({
      Dispositif: one.programmeTitle,
      Lieu: one.siteName,
      Entrée: one.entryOn,
      Sortie: one.exitOn,
      "Motif de sortie": one.exitWord,
      "Note de sortie": one.exitNote,
      "Ce qui était vrai à l’entrée": one.entry,
      "Ce qui était vrai à la sortie": one.leaving,
      "Conditions lues": one.check,
      "Entrée malgré les conditions": one.inSpiteOf,
      Résultats: outcomesIn(one).map(
        (outcome) => `${outcome.day} ${outcome.label}${outcome.note ? ` (${outcome.note})` : ""}`,
      ),
      Actions: stepsIn(one).map((step) =>
        [
          titleOf(step),
          daysOf(step),
          step.structureName ?? step.host,
          step.result && `${stepKindWords[step.kind].code} : ${stepResultWords[step.result]}`,
          step.note,
          ...(proofs.get(step.id) ?? []).map((proof) => `pièce jointe : ${proof.name}`),
          step.withdrawn && `retirée : ${step.withdrawn}`,
        ]
          .filter(Boolean)
          .join(", "),
      ),
      ...(await describeFunding(tx, one.id)),
      "Plan d’action": [plan.goal, plan.strengths, plan.obstacles, plan.reviewOn].filter(Boolean),
      "À faire": (await planActionsOf(tx, one.id)).map((action) =>
        [action.what, doerName(action), action.byDay, stateOf(action)].filter(Boolean).join(", "),
      ),
      Bilan: balance ? [balance.onDay, balance.personSays, balance.adviserSays, balance.next].filter(Boolean) : [],
      "Papiers signés": signed.map((proof) => proof.name),
      "Versions du plan et du bilan": versions.map(({ at, by, paper, said }) => ({
        le: at.toISOString(),
        par: by,
        [paperWords[paper].title]: said,
      })),
      "Retiré parce que": one.withdrawn,
    });
  }
  return told;
}

export const personLinks: readonly PersonLink[] = [
  {
    table: "programmes.enrolments",
    column: "person_id",
    key: ["id"],
    label: "parcours",
    describe,
    beforeAnonymising: forget,
  },
];

/** What could tell who somebody was goes; what past figures rest on (age, situation, marks of that day) stays. */
async function forget(tx: Tx, persons: readonly string[]): Promise<void> {
  const ids = [...persons];
  await freezePathAges(tx, persons);
  await forgetSteps(tx, persons);
  // How long somebody was unemployed is counted by funders; since which day tells more than that.
  const held = sql`age(entry_on::timestamp, (entry ->> 'since')::timestamp)`;
  await sql`UPDATE programmes.enrolments SET entry = entry || jsonb_build_object('months',
      date_part('year', ${held}) * 12 + date_part('month', ${held}) + CASE WHEN date_part('day', ${held}) > 0 THEN 0.5 ELSE 0 END)
    WHERE house_id = ${tx.scope.house} AND person_id = ANY(${ids}::uuid[]) AND entry ? 'since' AND (entry ->> 'since')::date <= entry_on`.execute(
    tx.on(),
  );
  await forgetPlans(tx, persons);
  await sql`UPDATE programmes.enrolments SET entry = entry - 'commune' - 'postal_code' - 'since', leaving = leaving - 'commune' - 'postal_code' - 'since', exit_note = NULL, in_spite_of = NULL, eligibility_check = NULL
    WHERE house_id = ${tx.scope.house} AND person_id = ANY(${ids}::uuid[])`.execute(tx.on());
  await sql`UPDATE programmes.outcomes o SET note = NULL FROM programmes.enrolments e WHERE o.house_id = ${tx.scope.house} AND e.house_id = o.house_id AND e.id = o.enrolment_id AND e.person_id = ANY(${ids}::uuid[])`.execute(
    tx.on(),
  );
  // Why something was corrected or withdrawn, and what it said before, are words about them; that it was withdrawn stays.
  const theirs = sql`SELECT id FROM programmes.enrolments WHERE house_id = ${tx.scope.house} AND person_id = ANY(${ids}::uuid[])`;
  await sql`DELETE FROM programmes.enrolment_corrections WHERE house_id = ${tx.scope.house} AND enrolment_id IN (${theirs})`.execute(
    tx.on(),
  );
  await sql`WITH gone AS (DELETE FROM programmes.enrolment_withdrawals WHERE house_id = ${tx.scope.house} AND enrolment_id IN (${theirs}) RETURNING *)
    SELECT enrolment_id AS id, at, account_id FROM gone`
    .execute(tx.on())
    .then(({ rows }) => keepWithoutReason(tx, "enrolment", rows as Withdrawn[]));
  await sql`WITH gone AS (DELETE FROM programmes.outcome_withdrawals w USING programmes.outcomes o WHERE w.house_id = ${tx.scope.house} AND o.house_id = w.house_id AND o.id = w.outcome_id AND o.enrolment_id IN (${theirs}) RETURNING w.*)
    SELECT outcome_id AS id, at, account_id FROM gone`
    .execute(tx.on())
    .then(({ rows }) => keepWithoutReason(tx, "outcome", rows as Withdrawn[]));
  await sql`DELETE FROM programmes.field_values v USING programmes.enrolments e WHERE v.house_id = ${tx.scope.house} AND e.house_id = v.house_id AND e.id = v.enrolment_id AND e.person_id = ANY(${ids}::uuid[])`.execute(
    tx.on(),
  );
}

type Withdrawn = { id: string; at: Date; account_id: string | null };

/** The web role may not change a withdrawal: it is written again, with its day and author, and no words. */
async function keepWithoutReason(tx: Tx, of: "enrolment" | "outcome", rows: readonly Withdrawn[]): Promise<void> {
  for (const { id, at, account_id } of rows)
    await sql`INSERT INTO ${sql.table(`programmes.${of}_withdrawals`)} (house_id, ${sql.ref(`${of}_id`)}, at, account_id, reason)
      VALUES (${tx.scope.house}, ${id}, ${at}, ${account_id}, 'raison effacée')`.execute(tx.on());
}
