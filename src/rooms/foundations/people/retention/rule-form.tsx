// The form of a rule of retention: how long, from when, and where the duration comes from.
import type { Typed } from "../../../../core/http/answer.ts";
import { DateField, TextField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";

export function RuleForm({
  typed,
  mistakes,
  today,
}: {
  typed: Typed;
  mistakes: Readonly<Record<string, string>>;
  today: string;
}) {
  const field = (name: string, label: string, usual: string) => ({
    name,
    label,
    value: typed[name]?.[0] ?? usual,
    error: mistakes[name],
  });
  return (
    <details open={Object.keys(mistakes).length > 0}>
      <summary>Changer la règle</summary>
      <form method="post" action="/conservation/regle">
        <div class="fields">
          <DateField {...field("a_partir_du", "À partir du", shortDay(today))} />
          <TextField
            {...field("actif", "Archivée après, en mois sans contact", "24")}
            inputmode="numeric"
            width="short"
          />
          <TextField
            {...field("archive", "Rendue anonyme après, en mois de plus", "12")}
            inputmode="numeric"
            width="short"
          />
          <TextField
            {...field("preavis", "Préavis, en jours", "30")}
            hint="Temps que la fiche passe au moins archivée avant d’être rendue anonyme"
            inputmode="numeric"
            width="short"
          />
        </div>
        <TextField
          {...field("source", "D’où vient cette durée", "")}
          hint="Une loi, une délibération, une décision de la maison"
          maxlength={300}
        />
        <button type="submit">Enregistrer la règle</button>
      </form>
    </details>
  );
}
