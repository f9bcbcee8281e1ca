// One booking of the form: who comes, by a first name or the code of a file, and how many.
import { TextField } from "../../../../ui/fields.tsx";

export const BookRowFields = ({
  at,
  companions,
  values,
  mistakes,
}: {
  at: number;
  companions: boolean;
  values: Record<string, string>;
  mistakes: Record<string, string>;
}) => (
  <div class="fields">
    <TextField
      name={`prenom${at}`}
      label="Prénom"
      hint="Le lieu le verra. Vide : sans nom."
      value={values[`prenom${at}`]}
      error={mistakes[`prenom${at}`]}
      maxlength={60}
      required={false}
    />
    <TextField
      name={`personnes${at}`}
      label="Personnes"
      inputmode="numeric"
      width="short"
      value={values[`personnes${at}`] ?? (at === 1 ? "1" : "")}
      error={mistakes[`personnes${at}`]}
    />
    {companions ? (
      <TextField
        name={`accompagnants${at}`}
        label="Accompagnants"
        inputmode="numeric"
        width="short"
        value={values[`accompagnants${at}`] ?? (at === 1 ? "0" : "")}
        error={mistakes[`accompagnants${at}`]}
      />
    ) : null}
    <TextField
      name={`fiche${at}`}
      label="Code de sa fiche"
      hint="Sept signes, si la maison connaît la personne. Le lieu ne le voit pas."
      width="medium"
      value={values[`fiche${at}`]}
      error={mistakes[`fiche${at}`]}
      maxlength={20}
      required={false}
    />
  </div>
);
