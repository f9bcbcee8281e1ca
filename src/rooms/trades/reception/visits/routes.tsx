// One visit: its page, its withdrawal and its return.
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { TextField } from "../../../../ui/fields.tsx";
import { Facts, Timeline } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { hour, shortDay } from "../../../../ui/words.ts";
import {
  agendaRights,
  type BeforeChange,
  correctionsOf,
  groupOf,
  modeWords,
  restoreVisit,
  withdrawVisit,
} from "../../../foundations/agenda/door.ts";
import { nameOf } from "../../../foundations/people/door.ts";
import { ReasonForm } from "../shapes.ts";
import { momentOf, visitorOf } from "../words.ts";
import { crumbs, mayMend, tooLate, visitOf } from "./one.ts";

export function declareVisit(routes: Routes): void {
  routes.get("/visites/:visit", { right: agendaRights["visit.see"], trace: "visit.opened" }, async (at) => {
    const visit = await visitOf(at);
    if (!visit) return notFound("Cette visite");
    at.about("visit", visit.id);
    const corrections = await correctionsOf(at.tx, visit.id);
    return page({
      title: "Visite",
      crumbs,
      body: (
        <>
          <Heading
            title={`Visite de ${visitorOf(visit)}`}
            {...(visit.withdrawn || !mayMend(at, visit)
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
              { label: "Motif", value: visit.reason },
              { label: "Orientation", value: visit.orientation ?? "aucune" },
              { label: "Mode", value: modeWords[visit.mode] },
              { label: "Notée par", value: visit.recordedBy ?? "un import" },
            ]}
          />
          {corrections.length > 0 ? (
            <>
              <h2>Corrections</h2>
              <Timeline
                lines={corrections.map((one) => ({
                  when: `${shortDay(dayIn(at.scope.zone, one.at))} ${hour(minuteIn(at.scope.zone, one.at))}`,
                  kind: one.name ?? "",
                  text: `${one.reason} (avant : ${saidBefore(one)})`,
                }))}
              />
            </>
          ) : null}
          {visit.nameToAttach && !visit.personId ? (
            <p>
              <a class="button" href={`/visites/${visit.id}/rattacher`}>
                Rattacher à une fiche
              </a>
            </p>
          ) : null}
          {mayMend(at, visit) ? (
            visit.withdrawn ? (
              <form method="post" action={`/visites/${visit.id}/retour`}>
                <button type="submit" class="second">
                  Remettre cette visite dans le compte
                </button>
              </form>
            ) : (
              <form method="post" action={`/visites/${visit.id}/retrait`}>
                <TextField name="raison" label="Retirer cette visite parce que" maxlength={300} />
                <button type="submit" class="second">
                  Retirer
                </button>
                {visit.groupId ? (
                  <button type="submit" name="groupe" value="1" class="second">
                    Retirer tout le groupe
                  </button>
                ) : null}
              </form>
            )
          ) : null}
        </>
      ),
    });
  });

  routes.post(
    "/visites/:visit/retrait",
    {
      right: agendaRights["visit.correct"],
      trace: "visit.withdrawn",
      form: ReasonForm,
      onMistakes: (_, { fields }) => refusal(422, Object.values(fields).join(" ")),
    },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit) return notFound("Cette visite");
      if (!mayMend(at, visit)) return tooLate();
      const ids = at.form.groupe ? await groupOf(at.tx, visit) : [visit.id];
      let withdrawn = 0;
      for (const id of ids) if (await withdrawVisit(at.tx, id, at.form.raison)) withdrawn++;
      if (withdrawn > 0) at.about("visit", visit.id, { visits: withdrawn });
      else at.nothingHappened();
      const back = at.form.retour ?? "";
      return redirect(
        /^\/accueil(\?lieu=[0-9a-f-]+)?$/.test(back) ? back : `/visites/${visit.id}`,
        "La visite est retirée ; elle reste visible et n’est plus comptée.",
      );
    },
  );

  routes.post(
    "/visites/:visit/retour",
    {
      right: agendaRights["visit.correct"],
      trace: "visit.restored",
      form: z.object({}),
      onMistakes: () => refusal(422, "Demande illisible."),
    },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit) return notFound("Cette visite");
      if (!mayMend(at, visit)) return tooLate();
      if (await restoreVisit(at.tx, visit.id)) at.about("visit", visit.id);
      else at.nothingHappened();
      return redirect(`/visites/${visit.id}`, "La visite est de nouveau comptée.");
    },
  );
}

/** What a change replaced, in words: only what it touched. */
const saidBefore = (one: BeforeChange): string =>
  [
    one.withdrawn ? `retirée, ${one.withdrawn}` : null,
    one.ofPerson
      ? one.familyName
        ? nameOf({ family_name: one.familyName, given_name: one.givenName ?? "" })
        : "sans fiche"
      : null,
    one.occurredOn ? `${shortDay(one.occurredOn)}${one.occurredAt ? ` ${hour(one.occurredAt)}` : ""}` : null,
    one.site,
    one.term,
    one.orientation,
    one.mode ? modeWords[one.mode] : null,
  ]
    .filter(Boolean)
    .join(", ");
