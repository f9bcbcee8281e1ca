// The form of a contribution, filled in by its author or by the team.
import { z } from "zod";
import { neededLine, uuidField } from "../../../../core/http/fields.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import { CheckboxField, RadioField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { optionsOf } from "../projects/words.ts";
import { formWords, signedAskedWords, signedWords } from "./words.ts";

const line = (most: number) =>
  z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(most, `Au plus ${most} signes.`));

const fields = z.object({
  key: uuidField,
  titre: neededLine("Donnez un titre.", 120),
  quoi: z.enum(["text", "picture"]).default("text"),
  texte: z.string().trim().max(8000, "Au plus 8 000 signes.").default(""),
  signature: z.enum(["name", "first", "none"], "Dites comment signer."),
  prenom: line(80),
  nom: line(80),
  joindre: line(200),
  accord: z.string("L’accord de l’auteur manque.").min(1, "L’accord de l’auteur manque."),
});
function together(
  form: { signature: string; prenom: string; nom: string; texte: string; quoi: string },
  context: z.RefinementCtx,
): void {
  const say = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (form.texte === "" && form.quoi === "text") say("texte", "Le texte manque.");
  if (form.signature !== "none" && form.prenom === "") say("prenom", "Le prénom manque pour signer.");
  if (form.signature === "name" && form.nom === "") say("nom", "Le nom manque pour signer.");
}
export const Sent = fields.superRefine(together);
export const Entered = fields
  .extend({ venue: z.enum(["mail", "hand"], "Dites comment le texte est venu.") })
  .superRefine(together);

/** A name that will not be shown is not kept. */
export const namesOf = (form: { signature: "name" | "first" | "none"; prenom: string; nom: string }) => ({
  firstName: form.signature === "none" ? null : form.prenom,
  familyName: form.signature === "name" ? form.nom : null,
});

export function ContributionFields({
  values,
  mistakes,
  own,
}: {
  values: Readonly<Record<string, string>>;
  mistakes: Readonly<Record<string, string>>;
  /** Filled in by the author. */
  own: boolean;
}) {
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  return (
    <>
      <div class="fields">
        <RadioField
          name="quoi"
          label={own ? "J’envoie" : "C’est"}
          hint="Les images se joignent à la page suivante"
          value={values.quoi || "text"}
          error={mistakes.quoi}
          options={optionsOf(formWords)}
        />
        <TextField {...field("titre")} label="Titre" maxlength={120} />
        <TextAreaField
          {...field("texte")}
          label="Texte"
          hint="Facultatif avec un dessin ou une photo"
          rows={10}
          maxlength={8000}
        />
        <RadioField
          {...field("signature")}
          label={own ? "Publier" : "L’auteur veut être publié"}
          options={optionsOf(own ? signedAskedWords : signedWords)}
        />
        <TextField {...field("prenom")} label="Prénom" maxlength={80} required={false} />
        <TextField {...field("nom")} label="Nom" maxlength={80} required={false} />
        <TextField
          {...field("joindre")}
          label={own ? "Comment vous joindre" : "Comment joindre l’auteur"}
          hint="Un courriel ou un téléphone ; il n’est jamais montré"
          required={false}
        />
      </div>
      {mistakes.accord ? <p class="mistake">{mistakes.accord}</p> : null}
      <CheckboxField
        name="accord"
        label={
          own
            ? "Je suis l’auteur, et je suis d’accord pour que ce que j’envoie soit publié. Je peux demander son retrait quand je veux."
            : "L’auteur est d’accord pour que ce qu’il a fait soit publié, et sait qu’il peut demander son retrait quand il veut."
        }
        checked={values.accord === "1"}
      />
    </>
  );
}
