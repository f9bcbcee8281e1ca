// Somebody new: a file of a few fields and the visit, in one form; likely twins are shown before anything is saved.
import { page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { DateField, ErrorSummary, RadioField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { agendaRights, momentRefusal, recordVisit } from "../../../foundations/agenda/door.ts";
import {
  birthRefusal,
  createPerson,
  likelyTwins,
  nameOf,
  PersonSummary,
  type TwinLine,
} from "../../../foundations/people/door.ts";
import { QuickPersonForm } from "../shapes.ts";
import { deskOf, firstValues, noSite, nowOf } from "./facts.ts";
import { VisitFields } from "./form.tsx";

export function declareNewcomer(routes: Routes): void {
  type Shown = {
    values: Record<string, string>;
    mistakes?: Readonly<Record<string, string>>;
    twins?: readonly TwinLine[];
    status?: number;
  };
  const form = async (at: At<unknown>, { values, mistakes = {}, twins = [], status = 200 }: Shown) => {
    const desk = await deskOf(at, values.lieu ?? at.query.lieu);
    if (!desk) return noSite();
    const field = (name: string, label: string) => ({ name, label, value: values[name], error: mistakes[name] });
    return page({
      title: "Nouvelle personne",
      status,
      crumbs: [{ href: `/accueil?lieu=${desk.site.id}`, label: "Accueil" }],
      body: (
        <>
          <Heading title="Nouvelle personne et sa visite" />
          <ErrorSummary fields={mistakes} />
          <form method="post" action="/accueil/nouvelle" data-draft="nouvelle">
            <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
            <input type="hidden" name="visite" value={values.visite || at.tx.ids.uuid()} />
            {twins.length > 0 ? (
              <div class="notice notice-warn" role="alert">
                <strong>Cette personne a peut-être déjà une fiche</strong>
                <ul class="results">
                  {twins.map((twin) => (
                    <li key={twin.id}>
                      <a class="row" href={`/accueil?lieu=${desk.site.id}&personne=${twin.id}`}>
                        <PersonSummary person={twin} />
                        <span>C’est elle ou lui : noter la visite</span>
                      </a>
                    </li>
                  ))}
                </ul>
                <button type="submit" name="confirmed" value="1">
                  C’est bien une nouvelle personne : enregistrer
                </button>
              </div>
            ) : null}
            <RadioField
              {...field("sexe", "Sexe")}
              inline
              options={[
                { value: "F", label: "Femme" },
                { value: "M", label: "Homme" },
                { value: "X", label: "Autre" },
              ]}
            />
            <div class="fields">
              <TextField {...field("nom", "Nom")} autofocus />
              <TextField {...field("prenom", "Prénom")} />
              <DateField {...field("naissance", "Date de naissance")} />
              <TextField {...field("telephone", "Téléphone")} type="tel" inputmode="tel" required={false} />
            </div>
            <VisitFields desk={desk} values={values} mistakes={mistakes} />
            <div class="submit">
              <button type="submit">Enregistrer la fiche et la visite</button>
            </div>
          </form>
        </>
      ),
    });
  };

  routes.get("/accueil/nouvelle", { right: agendaRights["visit.record"], trace: { none: "an empty form" } }, (at) =>
    form(at, { values: { nom: (at.query.nom ?? "").slice(0, 100), lieu: at.query.lieu ?? "" } }),
  );
  routes.post(
    "/accueil/nouvelle",
    {
      right: agendaRights["visit.record"],
      trace: "visit.recorded",
      form: QuickPersonForm,
      onMistakes: (at, { fields, typed }) => form(at, { values: firstValues(typed), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const { tx } = at;
      const values = firstValues(at.typed);
      if (!may(at.scope, agendaRights["visit.record"], { site: at.form.lieu }))
        return refusal(403, "Votre rôle ne permet pas de noter une visite dans ce lieu.");
      const facts = {
        sex: at.form.sexe as "F" | "M" | "X" | null,
        familyName: at.form.nom,
        birthName: null,
        givenName: at.form.prenom,
        birthDate: at.form.naissance,
        phone: at.form.telephone,
        email: null,
        address: null,
        postalCode: null,
        communeName: null,
        siteId: at.form.lieu,
      };
      const occurredOn = at.form.jour ?? tx.today;
      const occurredAt = at.form.heure ?? (occurredOn === tx.today ? nowOf(at) : null);
      const wrongBirth = facts.birthDate ? birthRefusal(facts.birthDate, tx.today) : null;
      const wrongMoment = momentRefusal({ occurredOn, occurredAt }, tx.today, nowOf(at));
      if (wrongBirth || wrongMoment)
        return form(at, {
          values,
          mistakes: { ...(wrongBirth ? { naissance: wrongBirth } : {}), ...(wrongMoment ? { jour: wrongMoment } : {}) },
          status: 422,
        });
      if (!at.form.confirmed) {
        const twins = (await likelyTwins(tx, facts)).filter((twin) => twin.id !== at.form.key);
        if (twins.length > 0) {
          at.nothingHappened();
          return form(at, { values, twins });
        }
      }
      const person = await createPerson(tx, facts, at.form.key);
      if (person.made) tx.journal({ act: "person.created", subject: { kind: "person", id: person.id } });
      const recorded = await recordVisit(tx, {
        id: at.form.visite,
        siteId: at.form.lieu,
        occurredOn,
        occurredAt,
        personId: person.id,
        reasonId: at.form.motif,
        orientationId: at.form.orientation,
        mode: at.form.mode,
        groupId: null,
        unnamedSex: null,
      });
      if (!recorded.ok) return form(at, { values, mistakes: { motif: recorded.sentence }, status: 422 });
      if (recorded.made) at.about("visit", at.form.visite, { site: at.form.lieu });
      else at.nothingHappened();
      return redirect(
        `/accueil?lieu=${at.form.lieu}`,
        `Fiche créée et visite notée pour ${nameOf({ family_name: facts.familyName, given_name: facts.givenName })}.`,
      );
    },
  );
}
