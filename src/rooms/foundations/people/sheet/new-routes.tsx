// A new person: whoever may be the same is shown before anything is saved.
import { page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { rights } from "../rights.ts";
import { birthRefusal } from "../rules.ts";
import { PersonSummary } from "../search/line.tsx";
import { factsOf, PersonForm } from "../shapes.ts";
import { siteOptions } from "../site-options.ts";
import { likelyTwins, type TwinLine } from "../twins/reads.ts";
import { createPerson } from "../writes.ts";
import { IdentityFields, typedValues, type Values } from "./form.tsx";

type Shown = {
  values: Values;
  mistakes?: Readonly<Record<string, string>>;
  twins?: readonly TwinLine[];
  status?: number;
};

async function form(at: At<unknown>, { values, mistakes = {}, twins = [], status = 200 }: Shown) {
  const sites = await siteOptions(at.tx);
  return page({
    title: "Nouvelle fiche",
    status,
    crumbs: [{ href: "/personnes", label: "Personnes" }],
    body: (
      <>
        <Heading title="Nouvelle fiche" />
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/personnes/nouvelle" data-draft="personne">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          {twins.length > 0 ? (
            <div class="notice notice-warn" role="alert">
              <strong>Cette personne a peut-être déjà une fiche</strong>
              <ul class="results">
                {twins.map((twin) => (
                  <li key={twin.id}>
                    <a class="row" href={`/personnes/${twin.id}`}>
                      <PersonSummary person={twin} />
                      <span>{twin.reasons.join(", ")}</span>
                      <u>C’est cette personne</u>
                    </a>
                  </li>
                ))}
              </ul>
              <p>
                <button type="submit" name="confirmed" value="1">
                  C’est bien une nouvelle personne : enregistrer
                </button>
              </p>
            </div>
          ) : null}
          <IdentityFields values={values} mistakes={mistakes} sites={sites} />
          <div class="submit">
            <button type="submit">Enregistrer la fiche</button>
          </div>
        </form>
      </>
    ),
  });
}

export function declareNewPerson(routes: Routes): void {
  routes.get("/personnes/nouvelle", { right: rights["person.write"], trace: { none: "an empty form" } }, (at) =>
    form(at, { values: { nom: at.query.nom ?? "" } }),
  );
  routes.post(
    "/personnes/nouvelle",
    {
      right: rights["person.write"],
      trace: "person.created",
      form: PersonForm,
      onMistakes: (at, { fields, typed }) => form(at, { values: typedValues(typed), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const facts = factsOf(at.form);
      const refused = facts.birthDate ? birthRefusal(facts.birthDate, at.tx.today) : null;
      if (refused) return form(at, { values: typedValues(at.typed), mistakes: { naissance: refused }, status: 422 });
      if (!at.form.confirmed) {
        const twins = (await likelyTwins(at.tx, facts)).filter((twin) => twin.id !== at.form.key);
        if (twins.length > 0) {
          at.nothingHappened();
          return form(at, { values: typedValues(at.typed), twins });
        }
      }
      const { id, made } = await createPerson(at.tx, facts, at.form.key);
      if (made) at.about("person", id);
      else at.nothingHappened();
      return redirect(`/personnes/${id}`, "La fiche est enregistrée.");
    },
  );
}
