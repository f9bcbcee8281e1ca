// The pages of a programme: its form, and what it says.
import type { ComponentChildren } from "preact";
import { CheckboxField, ErrorSummary, RadioField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { list, shortDay } from "../../../../ui/words.ts";
import { agreementText, targetText } from "../definition/agreements.ts";
import type { Definition } from "../definition/definition.ts";
import { fieldText } from "../definition/fields.ts";
import { outcomeText } from "../definition/outcomes.ts";
import { conditionText } from "../eligibility/conditions.ts";
import type { Agreement } from "../funding/agreements.ts";
import { chapterBlocks } from "../words.ts";
import type { Programme } from "./reads.ts";

export function ProgrammeFields({
  action,
  values,
  mistakes,
  sites,
  chosen,
  submit,
}: {
  action: string;
  values: Readonly<Record<string, string>>;
  mistakes: Readonly<Record<string, string>>;
  sites: readonly { code: string; name: string }[];
  chosen: readonly string[];
  submit: string;
}) {
  const field = (name: string, label: string, hint?: string) => ({
    name,
    label,
    value: values[name] ?? "",
    error: mistakes[name],
    ...(hint ? { hint } : {}),
  });
  return (
    <>
      <ErrorSummary fields={mistakes} />
      <form method="post" action={action} data-draft="dispositif">
        <input type="hidden" name="key" value={values.key ?? ""} />
        <input type="hidden" name="version" value={values.version ?? "0"} />
        <h2>L’essentiel</h2>
        <div class="fields">
          <TextField {...field("intitule", "Intitulé")} maxlength={120} />
          <TextField
            {...field("code", "Code", "Court, en minuscules, par exemple « gpp » : il nomme les chiffres.")}
            maxlength={40}
          />
          <TextField {...field("pole", "Pôle")} required={false} maxlength={60} />
          <TextField {...field("porteur", "Porteur")} required={false} maxlength={120} />
          <TextField
            {...field("ensemble", "Ensemble", "Un nom commun à plusieurs dispositifs, comptés aussi ensemble.")}
            required={false}
            maxlength={40}
          />
          <TextField {...field("debut", "Premier jour", "jj/mm/aaaa")} required={false} width="short" maxlength={10} />
          <TextField
            {...field("capacite", "Places")}
            required={false}
            width="short"
            inputmode="numeric"
            maxlength={6}
          />
        </div>
        <TextAreaField {...field("description", "Ce que c’est, pour qui")} required={false} rows={3} />
        <TextAreaField
          {...field("orientation", "Qui oriente, et comment")}
          required={false}
          rows={2}
          maxlength={1000}
        />
        <fieldset class="field choices">
          <legend>Lieux</legend>
          <div class="options">
            {sites.map((site) => (
              <CheckboxField
                key={site.code}
                name="lieux"
                value={site.code}
                label={site.name}
                checked={chosen.includes(site.code)}
              />
            ))}
          </div>
          {mistakes.lieux ? <p class="mistake">{mistakes.lieux}</p> : null}
        </fieldset>
        <h2>Qui peut entrer</h2>
        <RadioField
          {...field("public", "Ce dispositif accompagne")}
          value={values.public || "personnes"}
          inline
          options={[
            { value: "personnes", label: "des personnes" },
            { value: "structures", label: "des structures" },
          ]}
        />
        <TextAreaField
          {...field(
            "conditions",
            "Conditions",
            "Une par ligne, par exemple « âge : 45 ans ou plus », « situation : demandeur d’emploi », « inscription : 12 mois ou plus », « RSA : oui », « quartier : QPV », « commune : 69007, 69008 », « dispositif : pas suivi dans ier », « au moins une : RSA : oui ; RQTH : oui », « à vérifier : titre de séjour valide » ; d’une structure, « effectif : 249 ou moins », « chiffre d’affaires : 50 000 000 € ou moins », « bilan : 43 000 000 € ou moins », « ancienneté : 36 mois ou plus », « rôle : employeur », « type : association ».",
          )}
          required={false}
          rows={5}
          maxlength={20000}
        />
        <h2>Le parcours</h2>
        <TextAreaField
          {...field("etapes", "Étapes", "Une par ligne, dans l’ordre.")}
          required={false}
          maxlength={20000}
        />
        <TextAreaField
          {...field(
            "resultats",
            "Résultats",
            "Un mot par ligne et ce qu’il compte, par exemple « CDI : emploi, durable, droit commun, positif » ou « CDD : emploi, non durable, droit commun, positif, pas positif pour PLIE ».",
          )}
          required={false}
          rows={6}
          maxlength={20000}
        />
        <TextAreaField
          {...field(
            "champs",
            "Champs propres",
            "Un par ligne : texte, nombre, date, oui ou non, choix (un, deux). Par exemple « Niveau CEP : choix (CEP1, CEP2, CEP3), obligatoire ».",
          )}
          required={false}
          maxlength={20000}
        />
        <RadioField
          {...field("taux_de_sortie", "Le taux de sorties positives se calcule")}
          value={values.taux_de_sortie || "sur les personnes sorties"}
          options={[
            { value: "sur les personnes sorties", label: "sur les personnes sorties" },
            { value: "sur les personnes accompagnées", label: "sur les personnes accompagnées" },
          ]}
        />
        <RadioField
          {...field("cddi", "Un CDDI compte comme")}
          value={values.cddi || "insertion"}
          inline
          options={[
            { value: "insertion", label: "insertion" },
            { value: "droit commun", label: "droit commun" },
          ]}
        />
        <h2>Financement et objectifs</h2>
        <TextAreaField {...field("financeurs", "Financeurs", "Un par ligne.")} required={false} rows={3} />
        <TextAreaField
          {...field(
            "conventions",
            "Conventions",
            "Une par ligne, par exemple « FSE : du 01/01/2020 au 31/12/2020, 50 000 € ».",
          )}
          required={false}
          maxlength={20000}
        />
        <TextAreaField
          {...field(
            "objectifs",
            "Objectifs",
            "Un par ligne, par exemple « 2020 : 250 personnes », « 2020 : 60 sorties_positives pour FSE » ou, dans les mots d’un fonds, « 2020 : 40 CO01 pour FSE ».",
          )}
          required={false}
          maxlength={20000}
        />
        <h2>Son chapitre du rapport</h2>
        <TextAreaField
          {...field(
            "chapitre",
            "Ce que le chapitre montre",
            `Un par ligne, dans l’ordre ; laissez vide pour tout montrer. ${list(Object.values(chapterBlocks))}.`,
          )}
          required={false}
          rows={3}
        />
        <div class="submit">
          <button type="submit">{submit}</button>
        </div>
      </form>
    </>
  );
}

/** `hrefs`: the page of each line, in the same order, where it has one. */
const Lines = ({
  title,
  lines,
  none,
  hrefs = [],
}: {
  title: string;
  lines: readonly string[];
  none: string;
  hrefs?: readonly string[];
}) => (
  <section>
    <h2>{title}</h2>
    {lines.length > 0 ? (
      <ul>
        {lines.map((line, at) => (
          <li key={line}>{hrefs[at] ? <a href={hrefs[at]}>{line}</a> : line}</li>
        ))}
      </ul>
    ) : (
      <p>{none}</p>
    )}
  </section>
);

/** What a programme says, in the words in which it is written. */
export function ProgrammeSheet({
  programme,
  definition,
  siteNames,
  agreements,
  children,
}: {
  programme: Programme;
  definition: Definition;
  siteNames: readonly string[];
  /** Those that have a page which this reader may open; else empty, and the lines are read here. */
  agreements: readonly Agreement[];
  children?: ComponentChildren;
}) {
  const { ended_on: ended } = programme;
  return (
    <>
      {children}
      <Facts
        facts={[
          { label: "Code", value: programme.code },
          { label: "Pôle", value: programme.pole },
          { label: "Porteur", value: programme.carrier },
          { label: "Financeurs", value: programme.funders.length > 0 ? list(programme.funders) : null },
          { label: "Accompagne", value: definition.takes === "structures" ? "des structures" : "des personnes" },
          { label: "Lieux", value: siteNames.length > 0 ? list([...siteNames]) : "tous" },
          { label: "Places", value: programme.capacity },
          { label: "Depuis", value: programme.opened_on ? shortDay(programme.opened_on) : null },
          ...(ended
            ? [
                {
                  label: "Terminé",
                  value: `le ${shortDay(ended)}${programme.end_reason ? ` : ${programme.end_reason}` : ""}`,
                },
              ]
            : []),
          ...(programme.ensemble ? [{ label: "Ensemble", value: programme.ensemble }] : []),
          { label: "Orientation", value: programme.referral_rule },
        ]}
      />
      <Lines
        title="Conditions d’entrée"
        lines={definition.conditions.map(conditionText)}
        none="Aucune condition : tout le monde peut entrer."
      />
      <Lines title="Étapes" lines={definition.stages} none="Aucune étape." />
      <Lines
        title="Résultats, et ce qu’ils comptent"
        lines={definition.outcomes.map(outcomeText)}
        none="Aucun mot : les résultats ne peuvent pas être notés."
      />
      <p>
        Le taux de sorties positives se calcule sur les personnes{" "}
        {definition.rateOver === "followed" ? "accompagnées" : "sorties"} ; un CDDI compte comme{" "}
        {definition.cddiAs === "insertion" ? "insertion" : "droit commun"}.
      </p>
      <Lines title="Champs propres" lines={definition.fields.map(fieldText)} none="Aucun champ." />
      {agreements.length > 0 ? (
        <Lines
          title="Conventions"
          lines={agreements.map(agreementText)}
          hrefs={agreements.map((one) => `/conventions-de-financement/${one.id}`)}
          none=""
        />
      ) : (
        <Lines title="Conventions" lines={definition.agreements.map(agreementText)} none="Aucune convention." />
      )}
      <Lines title="Objectifs" lines={definition.targets.map(targetText)} none="Aucun objectif." />
    </>
  );
}
