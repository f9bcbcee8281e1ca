// The form of one visit, on the desk's page: whose it is, told apart from those of the same name, then why they came.
import { ErrorSummary, RadioField } from "../../../../ui/fields.tsx";
import { nameOf, PersonSummary } from "../../../foundations/people/door.ts";
import { type Known, lineOf } from "../words.ts";
import type { DeskFacts } from "./facts.ts";
import { FreeName, VisitFields } from "./form.tsx";

const sexes = [
  { value: "", label: "Non précisé" },
  { value: "F", label: "Femme", key: "f" },
  { value: "M", label: "Homme", key: "h" },
];

export type VisitShown = {
  desk: DeskFacts;
  /** Null: somebody who gives no name. */
  person: Known | null;
  keyed: string;
  values?: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
};

export function VisitOf({ desk, person, keyed, values, mistakes }: VisitShown) {
  const name = person ? nameOf(person) : "quelqu’un qui ne donne pas de nom";
  return (
    <form id="accueil-saisie" method="post" action="/accueil/visites" data-visit={name} class="desk-now">
      <h2>Visite de {name}</h2>
      {person ? (
        <p class="who">
          <PersonSummary person={lineOf(person)} />
        </p>
      ) : null}
      <ErrorSummary fields={mistakes ?? {}} />
      <input type="hidden" name="key" value={keyed} />
      {person ? (
        <input type="hidden" name="personne" value={person.id} />
      ) : (
        <>
          {values?.nom || values?.naissance ? (
            <div class="fields">
              <FreeName values={values} {...(mistakes ? { mistakes } : {})} />
            </div>
          ) : null}
          <RadioField name="sexe" label="Compter comme" inline value={values?.sexe ?? ""} options={sexes} />
        </>
      )}
      <VisitFields desk={desk} {...(values ? { values } : {})} {...(mistakes ? { mistakes } : {})} />
      <div class="submit">
        <button type="submit">Noter la visite</button>
        <a href={`/accueil?lieu=${desk.site.id}`} data-back="1">
          Chercher quelqu’un d’autre
        </a>
      </div>
    </form>
  );
}

/** The same form while the line is cut, kept in a template: a name typed freely, its file to be found later. */
export function VisitWithoutLine({ desk }: { desk: DeskFacts }) {
  return (
    <template data-without-line="1">
      <form id="accueil-saisie" method="post" action="/accueil/visites" data-visit="" class="desk-now">
        <h2>
          Visite de <span data-name="1" />
        </h2>
        <p class="hint">Sans réseau : la visite est gardée sur ce poste et part d’elle-même au retour du réseau.</p>
        <input type="hidden" name="key" value="" />
        <input type="hidden" name="personne" value="" />
        <div class="fields" data-free="1">
          <FreeName />
        </div>
        <VisitFields desk={desk} />
        <div class="submit">
          <button type="submit">Garder la visite</button>
          <a href={`/accueil?lieu=${desk.site.id}`} data-back="1">
            Chercher quelqu’un d’autre
          </a>
        </div>
      </form>
    </template>
  );
}
