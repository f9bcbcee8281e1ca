// Somebody new: a file of a few fields and the visit, in one form; likely twins are shown before anything is saved.
import { page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { CheckboxField, DateField, ErrorSummary, RadioField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { agendaRights, momentRefusal, recordVisit } from "../../../foundations/agenda/door.ts";
import {
  birthRefusal,
  createPerson,
  likelyTwins,
  PersonSummary,
  type TwinLine,
} from "../../../foundations/people/door.ts";
import { QuickPersonForm } from "../shapes.ts";
import { deskOf, noSite, nowOf } from "./facts.ts";
import { VisitFields } from "./form.tsx";

/** What was typed in the search, put where it belongs: the date, the telephone, then the names, family name first as the desk says them. */
export function guessed(typed: string): Record<string, string> {
  const birth = /\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b/.exec(typed)?.[0] ?? "";
  const phone = /(?:\+|\b0)\d(?:[ .-]?\d){7,12}/.exec(typed.replace(birth, " "))?.[0] ?? "";
  const words = typed.replace(birth, " ").replace(phone, " ").split(/\s+/).filter(Boolean);
  const capitals = words.filter((word) => word.length > 1 && word === word.toLocaleUpperCase("fr"));
  const family = capitals.length > 0 && capitals.length < words.length ? capitals : words.slice(0, 1);
  const given = words.filter((word) => !family.includes(word));
  return { nom: family.join(" "), prenom: given.join(" "), naissance: birth, telephone: phone };
}

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
            <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} data-keep="1" />
            <input type="hidden" name="visite" value={values.visite || at.tx.ids.uuid()} data-keep="1" />
            {twins.length > 0 ? (
              <div class="notice notice-warn" role="alert">
                <strong>Cette personne a peut-être déjà une fiche</strong>
                <ul class="results">
                  {twins.map((twin, place) => (
                    <li key={twin.id}>
                      <a class="row" href={`/accueil?lieu=${desk.site.id}&personne=${twin.id}`} autofocus={place === 0}>
                        <PersonSummary person={twin} />
                        <span>C’est elle ou lui : noter la visite</span>
                      </a>
                    </li>
                  ))}
                </ul>
                {/* A box and not a button: Enter in a field above must not confirm by itself. */}
                <CheckboxField name="confirmed" label="Non, c’est bien une nouvelle personne" />
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
              <TextField {...field("nom", "Nom")} autofocus={twins.length === 0} />
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
    form(at, { values: { ...guessed((at.query.nom ?? "").slice(0, 200)), lieu: at.query.lieu ?? "" } }),
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
        person.made ? "Fiche créée et visite notée." : "Cette fiche et sa visite étaient déjà notées.",
      );
    },
  );
}
