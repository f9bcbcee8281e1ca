// One visit: its page, its withdrawal and its return.
import type { ComponentChildren } from "preact";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { CheckboxField, ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Facts, Timeline } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import {
  agendaRights,
  correctionsOf,
  groupOf,
  modeWords,
  restoreVisit,
  type VisitLine,
  withdrawVisit,
} from "../../../foundations/agenda/door.ts";
import { ReturnForm, WithdrawalForm } from "../shapes.ts";
import { beforeWords, momentOf, visitorOf } from "../words.ts";
import { crumbs, mayMend, tooLate, visitOf, wayBack } from "./one.ts";

/** The forms that take a visit out of the count, or put it back. */
function Mending({
  visit,
  group,
  values,
  mistakes,
}: {
  visit: VisitLine;
  group: number;
  values: Record<string, string>;
  mistakes: Readonly<Record<string, string>>;
}) {
  const whole: ComponentChildren =
    group > 1 ? (
      <CheckboxField name="groupe" label={`Tout le groupe : ${group} visites`} checked={values.groupe === "1"} />
    ) : null;
  return visit.withdrawn ? (
    <form method="post" action={`/visites/${visit.id}/retour`}>
      {whole}
      <div class="submit">
        <button type="submit" class="second">
          Remettre cette visite dans le compte
        </button>
      </div>
    </form>
  ) : (
    <form method="post" action={`/visites/${visit.id}/retrait`}>
      <h2>Retirer cette visite</h2>
      <ErrorSummary fields={mistakes} />
      <TextField
        name="raison"
        label="Pourquoi"
        hint="Elle reste visible, avec cette raison, et n’est plus comptée ; elle peut être remise."
        value={values.raison}
        error={mistakes.raison}
        maxlength={300}
      />
      {whole}
      <div class="submit">
        <button type="submit" class="second">
          Retirer
        </button>
      </div>
    </form>
  );
}

async function visitPage(
  at: At<unknown>,
  visit: VisitLine,
  again: { values: Record<string, string>; mistakes: Readonly<Record<string, string>> } | null,
) {
  at.about("visit", visit.id);
  const corrections = await correctionsOf(at.tx, visit.id);
  const group = (await groupOf(at.tx, visit)).length;
  const mends = mayMend(at, visit);
  return page({
    title: "Visite",
    status: again ? 422 : 200,
    crumbs,
    body: (
      <>
        <Heading
          title={`Visite de ${visitorOf(visit)}`}
          {...(visit.withdrawn || !mends
            ? {}
            : { action: { href: `/visites/${visit.id}/corriger`, label: "Corriger" } })}
        >
          {momentOf(visit)}, {visit.site}
        </Heading>
        {visit.withdrawn ? (
          <div class="notice notice-warn">
            <strong>Retirée</strong> {visit.withdrawn}. Elle n’est comptée nulle part.
          </div>
        ) : null}
        <Facts
          facts={[
            {
              label: "Personne",
              value: visit.personId ? (
                <a href={`/personnes/${visit.personId}`}>{visitorOf(visit)}</a>
              ) : (
                visitorOf(visit)
              ),
            },
            { label: "Motif", value: visit.reason ?? "aucun" },
            { label: "Orientation", value: visit.orientation ?? "aucune" },
            { label: "Mode", value: modeWords[visit.mode] },
            { label: "Notée par", value: visit.recordedBy ?? "un import ou un programme" },
            ...(group > 1 ? [{ label: "Groupe", value: `notée avec un groupe de ${group}` }] : []),
          ]}
        />
        {mends && !visit.withdrawn ? (
          <p>
            <a href={`/visites/${visit.id}/rattacher`}>
              {visit.personId ? "C’était quelqu’un d’autre" : "Rattacher à une fiche"}
            </a>
          </p>
        ) : null}
        {corrections.length > 0 ? (
          <>
            <h2>Ce qu’elle disait avant</h2>
            <Timeline
              lines={corrections.map((one) => ({
                when: `${shortDay(dayIn(at.scope.zone, one.at))} ${hour(minuteIn(at.scope.zone, one.at))}`,
                kind: one.name ?? "",
                text: `${one.reason} (avant : ${beforeWords(one)})`,
              }))}
            />
          </>
        ) : null}
        {mends ? (
          <Mending visit={visit} group={group} values={again?.values ?? {}} mistakes={again?.mistakes ?? {}} />
        ) : null}
      </>
    ),
  });
}

export function declareVisit(routes: Routes): void {
  routes.get("/visites/:visit", { right: agendaRights["visit.see"], trace: "visit.opened" }, async (at) => {
    const visit = await visitOf(at);
    return visit ? visitPage(at, visit, null) : notFound("Cette visite");
  });

  routes.post(
    "/visites/:visit/retrait",
    {
      right: agendaRights["visit.correct"],
      trace: "visit.withdrawn",
      form: WithdrawalForm,
      async onMistakes(at, { fields, typed }) {
        const visit = await visitOf(at);
        if (!visit) return notFound("Cette visite");
        return mayMend(at, visit) ? visitPage(at, visit, { values: firstValues(typed), mistakes: fields }) : tooLate();
      },
    },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit) return notFound("Cette visite");
      if (!mayMend(at, visit)) return tooLate();
      const wanted = at.form.groupe ? await groupOf(at.tx, visit) : [visit.id];
      let done = 0;
      for (const id of wanted) if (await withdrawVisit(at.tx, id, at.form.raison)) done++;
      if (done === 0) at.nothingHappened();
      at.about("visit", visit.id, done > 1 ? { visits: done } : undefined);
      return redirect(
        wayBack(visit, at.form.retour),
        done > 1
          ? `${plural(done, "visite est retirée", "visites sont retirées")} ; elles restent visibles et ne sont plus comptées.`
          : "La visite est retirée ; elle reste visible et n’est plus comptée.",
      );
    },
  );

  routes.post(
    "/visites/:visit/retour",
    {
      right: agendaRights["visit.correct"],
      trace: "visit.restored",
      form: ReturnForm,
      onMistakes: () => refusal(422, "Demande illisible : rechargez la page."),
    },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit) return notFound("Cette visite");
      if (!mayMend(at, visit)) return tooLate();
      const wanted = at.form.groupe ? await groupOf(at.tx, visit) : [visit.id];
      let done = 0;
      for (const id of wanted) if (await restoreVisit(at.tx, id)) done++;
      if (done === 0) at.nothingHappened();
      at.about("visit", visit.id, done > 1 ? { visits: done } : undefined);
      return redirect(
        wayBack(visit, at.form.retour),
        done > 1
          ? `${plural(done, "visite est", "visites sont")} de nouveau comptées.`
          : "La visite est de nouveau comptée.",
      );
    },
  );
}
