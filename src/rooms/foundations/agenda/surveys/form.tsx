// The form of a survey: what is asked, on which scale, and when it leaves.
import {
  CheckboxField,
  DateField,
  ErrorSummary,
  SelectField,
  TextAreaField,
  TextField,
} from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Question, Survey } from "./reads.ts";
import { answersOf, scaleNames, sentAfterWords } from "./words.ts";

export type Values = Record<string, string>;

/** A survey in the words of its form. */
export const valuesOf = (survey: Survey, questions: readonly Question[]): Values => ({
  titre: survey.title,
  accueil: survey.intro ?? "",
  envoi: survey.sent_after,
  delai: String(survey.delay_days),
  courriel: survey.by_mail ? "1" : "",
  sms: survey.by_sms ? "1" : "",
  ouverte: String(survey.open_days),
  fin: survey.to_day ? shortDay(survey.to_day) : "",
  echelle: questions[0]?.scale ?? "satisfaction",
  questions: questions.map((question) => question.label).join("\n"),
});

/** What a new survey starts from: GPP's leaves four weeks after the first interview (report 2020). */
export const firstOf = {
  envoi: "interview",
  delai: "28",
  courriel: "1",
  sms: "1",
  ouverte: "30",
  echelle: "satisfaction",
};

export function SurveyFields({ values, mistakes }: { values: Values; mistakes: Readonly<Record<string, string>> }) {
  return (
    <>
      <ErrorSummary fields={mistakes} />
      <div class="fields">
        <TextField name="titre" label="Titre" maxlength={120} value={values.titre} error={mistakes.titre} />
        <TextAreaField
          name="questions"
          label="Questions, une par ligne"
          hint="Une question ôtée n’est plus posée, et garde ses réponses. En changer les mots, c’est en poser une autre."
          rows={8}
          value={values.questions}
          error={mistakes.questions}
        />
        <SelectField
          name="echelle"
          label="Réponses des questions nouvelles"
          value={values.echelle}
          error={mistakes.echelle}
          options={scaleNames.map((scale) => ({ value: scale, label: Object.values(answersOf(scale)).join(", ") }))}
        />
        <SelectField
          name="envoi"
          label="Envoyée"
          value={values.envoi}
          error={mistakes.envoi}
          options={Object.entries(sentAfterWords).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          name="delai"
          label="Combien de jours après"
          inputmode="numeric"
          width="short"
          value={values.delai}
          error={mistakes.delai}
        />
        <CheckboxField name="courriel" label="Par courriel" checked={values.courriel === "1"} />
        <CheckboxField name="sms" label="Par SMS, sans adresse électronique" checked={values.sms === "1"} />
        <TextField
          name="ouverte"
          label="Jours pendant lesquels le lien s’ouvre"
          inputmode="numeric"
          width="short"
          value={values.ouverte}
          error={mistakes.ouverte}
        />
        <TextAreaField
          name="accueil"
          label="Un mot au-dessus des questions"
          required={false}
          rows={2}
          maxlength={500}
          value={values.accueil}
          error={mistakes.accueil}
        />
        <DateField
          name="fin"
          label="Dernier jour"
          hint="jj/mm/aaaa ; vide : elle continue"
          required={false}
          value={values.fin}
          error={mistakes.fin}
        />
      </div>
    </>
  );
}
