// Referring a person: to one of the house's programmes or to somebody outside; or noting that an organisation outside sent them to us.
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { ErrorSummary, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { consentOf, nameOf, personById } from "../../people/door.ts";
import { catalogue } from "../catalogue/reads.ts";
import { referralRights } from "./rights.ts";
import { firstValues, SendForm } from "./shapes.ts";
import { sendReferral } from "./writes.ts";

const right = referralRights["referral.send"];

type Found = NonNullable<Awaited<ReturnType<typeof personById>>>;

/** The person of the address, as long as the file may still be written in. */
async function personOf(at: At<unknown>): Promise<Found | null> {
  const id = at.params.person ?? "";
  const person = isUuid(id) ? await personById(at.tx, id) : null;
  return person && !person.merged_into && !person.anonymised_at ? person : null;
}

async function form(
  at: At<unknown>,
  person: Found,
  { values = {}, mistakes = {} }: { values?: Record<string, string>; mistakes?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const programmes = await catalogue(at.tx);
  const agreed = (await consentOf(at.tx, person.id, "share")) === "given";
  const name = nameOf(person);
  return page({
    title: "Orienter une personne",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [
      { href: "/personnes", label: "Personnes" },
      { href: `/personnes/${person.id}`, label: name },
    ],
    body: (
      <>
        <Heading title={`Orienter ${name}`}>
          Vers un dispositif de la maison, ou vers un organisme extérieur qui répondra par un lien, sans compte.
        </Heading>
        {agreed ? null : (
          <Notice
            kind="info"
            text="La personne n’a pas encore donné son accord au partage avec les partenaires : elle ne peut être orientée que dans la maison."
            action={{ href: `/personnes/${person.id}/donnees`, label: "Noter son accord" }}
          />
        )}
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`/personnes/${person.id}/orienter`}>
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <div class="fields">
            <SelectField
              name="vers"
              label="Vers"
              empty="choisir"
              value={values.vers ?? at.query.dispositif}
              error={mistakes.vers}
              options={[
                { value: "dehors", label: "un organisme extérieur" },
                ...programmes.map((programme) => ({ value: programme.id, label: programme.title })),
              ]}
            />
            <TextField
              name="organisme"
              label="Organisme extérieur"
              required={false}
              maxlength={160}
              value={values.organisme}
              error={mistakes.organisme}
            />
            <TextField
              name="courriel"
              label="Son adresse électronique"
              hint="Le lien pour répondre y est envoyé."
              required={false}
              type="email"
              inputmode="email"
              value={values.courriel}
              error={mistakes.courriel}
            />
            <TextAreaField
              name="objet"
              label="Pourquoi"
              hint="Pour la maison. Rien qui blesse ou qui ne serve pas : la personne peut le lire."
              rows={3}
              maxlength={500}
              value={values.objet}
              error={mistakes.objet}
            />
            <TextAreaField
              name="partage"
              label="Ce que la personne accepte de dire à l’organisme"
              hint="Il verra son prénom, l’initiale de son nom, et ce texte. Rien d’autre."
              required={false}
              rows={4}
              maxlength={1000}
              value={values.partage}
              error={mistakes.partage}
            />
            <TextField
              name="de"
              label="Orientée vers nous par"
              hint="Un organisme extérieur ; vide : c’est vous qui orientez."
              required={false}
              maxlength={160}
              value={values.de}
              error={mistakes.de}
            />
          </div>
          <div class="submit">
            <button type="submit">Orienter</button>
            <a href={`/personnes/${person.id}`}>Ne rien envoyer</a>
          </div>
        </form>
      </>
    ),
  });
}

export function declareSending(routes: Routes): void {
  routes.get("/personnes/:person/orienter", { right, trace: "referral.form-opened" }, async (at) => {
    const person = await personOf(at);
    if (!person) return notFound("Cette fiche");
    at.about("person", person.id);
    return form(at, person);
  });

  routes.post(
    "/personnes/:person/orienter",
    {
      right,
      trace: "referral.sent",
      form: SendForm,
      async onMistakes(at, { fields, typed }) {
        const person = await personOf(at);
        return person ? form(at, person, { values: firstValues(typed), mistakes: fields }) : notFound("Cette fiche");
      },
    },
    async (at) => {
      const person = await personOf(at);
      if (!person) return notFound("Cette fiche");
      const { key, de, vers, organisme, courriel, objet, partage } = at.form;
      const wrong = (mistakes: Record<string, string>) => form(at, person, { values: firstValues(at.typed), mistakes });
      const outside = vers === "dehors";
      if (outside && de) return wrong({ de: "Qui est orienté vers nous l’est vers un dispositif de la maison." });
      if (!outside && !(await catalogue(at.tx)).some((programme) => programme.id === vers))
        return wrong({ vers: "Ce dispositif n’est pas de la maison." });
      const sent = await sendReferral(at.tx, {
        id: key,
        person: person.id,
        fromName: de,
        to: outside ? { name: organisme ?? "", email: courriel ?? "" } : { programme: vers },
        purpose: objet,
        shared: partage,
      });
      if (!sent.ok) return wrong({ [sent.field]: sent.sentence });
      if (sent.made) at.about("person", person.id, { referral: key });
      else at.nothingHappened();
      return redirect(
        `/orientations/${key}`,
        outside ? "L’orientation est faite : le message part dans la minute." : "L’orientation est faite.",
      );
    },
  );
}
