import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { minuteIn } from "../../../../core/time.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import {
  agendaRights,
  correctionRefusal,
  correctVisit,
  listTerms,
  modeWords,
  termsOf,
  type VisitLine,
} from "../../../foundations/agenda/door.ts";
import { listSites } from "../../../foundations/house/door.ts";
import { CorrectionForm } from "../shapes.ts";
import { momentOf, subjectOf, visitorOf } from "../words.ts";
import { crumbs, mayMend, tooLate, visitOf } from "./one.ts";

const withdrawn = () => refusal(409, "Cette visite est retirée : remettez-la d’abord dans le compte.");

export function declareCorrection(routes: Routes): void {
  type Shown = {
    visit: VisitLine;
    values: Record<string, string>;
    mistakes?: Readonly<Record<string, string>>;
    status?: number;
    stale?: boolean;
  };
  const valuesOf = (visit: VisitLine): Record<string, string> => ({
    lieu: visit.siteId,
    jour: shortDay(visit.occurredOn),
    heure: visit.occurredAt ?? "",
    motif: visit.reasonId ?? "",
    orientation: visit.orientationId ?? "",
    mode: visit.mode,
  });
  const form = async (at: At<unknown>, { visit, values, mistakes = {}, status = 200, stale }: Shown) => {
    const sites = (await listSites(at.tx)).filter(
      (site) =>
        site.id === visit.siteId ||
        (may(at.scope, agendaRights["visit.correct"], { site: site.id }) &&
          (site.closed_on === null || site.closed_on >= visit.occurredOn)),
    );
    const terms = await listTerms(at.tx);
    const options = (kind: "reason" | "orientation") =>
      termsOf(terms, kind).map((term) => ({
        value: term.id,
        label: term.to_day ? `${term.label} (jusqu’au ${shortDay(term.to_day)})` : term.label,
      }));
    return page({
      title: "Corriger une visite",
      status,
      crumbs: [...crumbs, { href: `/visites/${visit.id}`, label: visitorOf(visit) }],
      body: (
        <>
          <Heading title={`Corriger la visite de ${visitorOf(visit)}`} />
          {stale ? (
            <div class="notice notice-warn" role="alert">
              <strong>Quelqu’un a corrigé cette visite entre-temps.</strong> Elle dit maintenant : {momentOf(visit)},{" "}
              {visit.site}, {subjectOf(visit)}. Votre saisie est ci-dessous.
            </div>
          ) : null}
          <ErrorSummary fields={mistakes} />
          <form method="post" action={`/visites/${visit.id}/corriger`}>
            <input type="hidden" name="version" value={String(visit.version)} />
            <div class="fields">
              <SelectField
                name="lieu"
                label="Lieu"
                value={values.lieu}
                options={sites.map((site) => ({ value: site.id, label: site.name }))}
              />
              <DateField name="jour" label="Jour" value={values.jour} error={mistakes.jour} />
              <TextField
                name="heure"
                label="Heure"
                value={values.heure}
                error={mistakes.heure}
                width="short"
                required={false}
              />
              <SelectField
                name="motif"
                label="Motif"
                empty="aucun"
                value={values.motif}
                error={mistakes.motif}
                options={options("reason")}
              />
              <SelectField
                name="orientation"
                label="Orientation"
                empty="aucune"
                value={values.orientation}
                options={options("orientation")}
              />
              <SelectField
                name="mode"
                label="Mode"
                value={values.mode}
                options={Object.entries(modeWords).map(([value, label]) => ({ value, label }))}
              />
            </div>
            <TextField
              name="raison"
              label="Pourquoi cette correction"
              value={values.raison}
              error={mistakes.raison}
              maxlength={300}
            />
            <div class="submit">
              <button type="submit">Corriger</button>
              <a href={`/visites/${visit.id}`}>Ne rien changer</a>
            </div>
          </form>
        </>
      ),
    });
  };
  routes.get(
    "/visites/:visit/corriger",
    { right: agendaRights["visit.correct"], trace: "visit.opened" },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit) return notFound("Cette visite");
      if (!mayMend(at, visit)) return tooLate();
      if (visit.withdrawn) return withdrawn();
      at.about("visit", visit.id);
      return form(at, { visit, values: valuesOf(visit) });
    },
  );
  routes.post(
    "/visites/:visit/corriger",
    {
      right: agendaRights["visit.correct"],
      trace: "visit.corrected",
      form: CorrectionForm,
      async onMistakes(at, { fields, typed }) {
        const visit = await visitOf(at);
        if (!visit) return notFound("Cette visite");
        if (!mayMend(at, visit)) return tooLate();
        return form(at, { visit, values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit) return notFound("Cette visite");
      if (!mayMend(at, visit)) return tooLate();
      if (visit.withdrawn) return withdrawn();
      if (!may(at.scope, agendaRights["visit.correct"], { site: at.form.lieu }))
        return refusal(403, "Votre rôle ne permet pas de mettre une visite dans ce lieu.");
      const again = (mistakes: Record<string, string>) =>
        form(at, { visit, values: firstValues(at.typed), mistakes, status: 422 });
      const late = correctionRefusal(
        visit,
        { occurredOn: at.form.jour, occurredAt: at.form.heure },
        at.tx.today,
        minuteIn(at.scope.zone, at.services.clock.now()),
      );
      if (late) return again({ jour: late });
      const corrected = await correctVisit(at.tx, visit, {
        siteId: at.form.lieu,
        occurredOn: at.form.jour,
        occurredAt: at.form.heure,
        reasonId: at.form.motif,
        orientationId: at.form.orientation,
        mode: at.form.mode,
        reason: at.form.raison,
        version: at.form.version,
      });
      if (!corrected.ok && "stale" in corrected)
        return form(at, { visit: corrected.stale, values: firstValues(at.typed), status: 409, stale: true });
      if (!corrected.ok) return again({ motif: corrected.sentence });
      at.about("visit", visit.id);
      return redirect(`/visites/${visit.id}`, "La visite est corrigée ; ce qu’elle disait avant est gardé.");
    },
  );
}
