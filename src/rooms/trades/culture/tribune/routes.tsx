// The forum of expression for the team: texts received by mail are entered, each is read, published or not, and taken back when asked.
import { z } from "zod";
import { type Answer, type Crumb, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { versionField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { may } from "../../../../core/rights.ts";
import { dayIn } from "../../../../core/time.ts";
import { ErrorSummary, RadioField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { declareAuthor } from "./author-routes.tsx";
import { contributionList } from "./list.tsx";
import { PictureForms, Pictures } from "./picture-parts.tsx";
import { declarePictures, mailOf } from "./picture-routes.tsx";
import { picturesOf } from "./pictures.ts";
import { type ContributionLine, contributionById, decide, receive, withdraw } from "./reads.ts";
import { tribuneRights as rights } from "./rights.ts";
import { ContributionFields, Entered, namesOf } from "./shapes.tsx";
import { TextOf } from "./text.tsx";
import { cameByWords, contributionStateWords, signatureOf, signedWords } from "./words.ts";

const crumb: Crumb = { href: "/culture/tribune", label: "Tribune d’expression" };
const gone = "Ce texte";

const Decision = z
  .object({
    version: versionField,
    decision: z.enum(["publish", "refuse"], "Dites ce que vous décidez."),
    pourquoi: z.string().default("").transform(oneLine).pipe(z.string().max(200, "Au plus 200 signes.")),
  })
  .superRefine((form, context) => {
    if (form.decision === "refuse" && form.pourquoi.length < 3)
      context.addIssue({ code: "custom", path: ["pourquoi"], message: "Dites pourquoi le texte n’est pas publié." });
  });

function newPage(at: At<unknown>, mistakes: Record<string, string> = {}): Answer {
  const values: Record<string, string> = firstValues(at.typed);
  return page({
    title: "Saisir un texte reçu",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [crumb],
    body: (
      <>
        <Heading title="Saisir un texte reçu">Mot pour mot, comme son auteur l’a écrit.</Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/culture/tribune/nouveau">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <RadioField
            name="venue"
            label="Le texte est venu"
            value={values.venue}
            error={mistakes.venue}
            options={[
              { value: "mail", label: cameByWords.mail },
              { value: "hand", label: cameByWords.hand },
            ]}
          />
          <ContributionFields values={values} mistakes={mistakes} own={false} />
          <button type="submit">Enregistrer</button>
        </form>
      </>
    ),
  });
}

async function show(
  at: At<unknown>,
  one: ContributionLine,
  told: { mistakes?: Record<string, string>; stale?: boolean } = {},
): Promise<Answer> {
  const pictures = await picturesOf(at.tx, [one.id]);
  const here = `/culture/tribune/${one.id}`;
  const mistakes = told.mistakes ?? {};
  const typed = told.mistakes || told.stale ? firstValues(at.typed) : {};
  const title = one.title || "Texte retiré";
  return page({
    title,
    status: told.stale ? 409 : told.mistakes ? 422 : 200,
    crumbs: [crumb],
    ...(told.stale
      ? { notice: { kind: "warn", text: "Ce texte a changé entre-temps : voici ce qu’il est maintenant." } }
      : {}),
    body: (
      <>
        <Heading title={title}>{contributionStateWords[one.state]}.</Heading>
        <ErrorSummary fields={mistakes} />
        <TextOf text={one.body} />
        {may(at.scope, rights["contribution.moderate"]) ? null : <Pictures pictures={pictures} at={`${here}/images`} />}
        <Facts
          facts={[
            {
              label: "Accord de l’auteur",
              value: `${signedWords[one.signed]}, le ${shortDay(one.consentedOn)}, ${cameByWords[one.cameBy]}`,
            },
            { label: "Signé", value: signatureOf(one) || "sans nom" },
            { label: "Pour le joindre (jamais montré)", value: one.reach },
            { label: "Reçu le", value: shortDay(dayIn(at.scope.zone, one.createdAt)) },
            ...(one.publishedOn ? [{ label: "Publié le", value: shortDay(one.publishedOn) }] : []),
            ...(one.why ? [{ label: "Pourquoi il n’est pas publié", value: one.why }] : []),
          ]}
        />
        {one.state === "withdrawn" || !may(at.scope, rights["contribution.moderate"]) ? null : (
          <>
            <h2>Images</h2>
            <PictureForms here={here} pictures={pictures} typed={typed} mistakes={mistakes} />
            {mailOf(one.reach) ? (
              <form method="post" action={`${here}/lien`}>
                <input type="hidden" name="key" value={at.tx.ids.uuid()} />
                <button type="submit" class="second">
                  Envoyer à l’auteur un lien pour ses images
                </button>
              </form>
            ) : null}
            <h2>Décider</h2>
            <form method="post" action={`/culture/tribune/${one.id}`}>
              <input type="hidden" name="version" value={String(one.version)} />
              <RadioField
                name="decision"
                label="Ce texte"
                value={typed.decision}
                error={mistakes.decision}
                options={[
                  { value: "publish", label: "est publié" },
                  { value: "refuse", label: "n’est pas publié" },
                ]}
              />
              <TextField
                name="pourquoi"
                label="Pourquoi, s’il ne l’est pas"
                value={typed.pourquoi}
                error={mistakes.pourquoi}
                required={false}
              />
              <button type="submit">Décider</button>
            </form>
            <h2>Retirer à la demande de l’auteur</h2>
            <p>Le texte, le nom et les images sont effacés, ici comme sur la page publique. Cela ne se défait pas.</p>
            <form method="post" action={`/culture/tribune/${one.id}/retrait`}>
              <input type="hidden" name="version" value={String(one.version)} />
              <button type="submit" class="second">
                Retirer le texte
              </button>
            </form>
          </>
        )}
      </>
    ),
  });
}

export function declareTribune(routes: Routes): void {
  const write = rights["contribution.moderate"];
  declareList(routes, contributionList);
  declareAuthor(routes);
  declarePictures(routes, (at, one, mistakes) => show(at, one, { mistakes }));
  routes.get("/culture/tribune/nouveau", { right: write, trace: { none: "an empty form" } }, (at) => newPage(at));
  routes.post(
    "/culture/tribune/nouveau",
    { right: write, trace: "contribution.entered", form: Entered, onMistakes: (at, { fields }) => newPage(at, fields) },
    async (at) => {
      const { key, quoi, titre, texte, signature, joindre, venue } = at.form;
      const wish = {
        id: key,
        form: quoi,
        title: titre,
        body: texte,
        signed: signature,
        reach: joindre || null,
        cameBy: venue,
      };
      if (await receive(at.tx, { ...wish, ...namesOf(at.form) })) at.about("contribution", key);
      else at.nothingHappened();
      return redirect(
        `/culture/tribune/${key}`,
        quoi === "picture"
          ? "C’est enregistré : joignez les images."
          : "Le texte est enregistré : il reste à le lire et à décider.",
      );
    },
  );
  const found = async (at: At<unknown>): Promise<ContributionLine | null> => {
    const id = at.params.contribution ?? "";
    return isUuid(id) ? contributionById(at.tx, id) : null;
  };
  routes.get(
    "/culture/tribune/:contribution",
    { right: rights["contribution.see"], trace: "contribution.opened" },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      at.about("contribution", one.id);
      return show(at, one);
    },
  );
  routes.post(
    "/culture/tribune/:contribution",
    {
      right: write,
      trace: "contribution.decided",
      form: Decision,
      async onMistakes(at, { fields }) {
        const one = await found(at);
        return one ? show(at, one, { mistakes: fields }) : notFound(gone);
      },
    },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      const { version, decision, pourquoi } = at.form;
      const publish = decision === "publish";
      const pictures = publish ? await picturesOf(at.tx, [one.id]) : [];
      if (publish && pictures.some(({ words }) => words === ""))
        return show(at, one, { mistakes: { images: "Décrivez d’abord chaque image, pour qui ne la voit pas." } });
      if (publish && one.body === "" && pictures.length === 0)
        return show(at, one, { mistakes: { images: "Il n’y a ni texte ni image : joignez une image d’abord." } });
      if (!(await decide(at.tx, { id: one.id, version, publish, why: publish ? null : pourquoi })))
        return show(at, one, { stale: true });
      at.about("contribution", one.id, { publish });
      return redirect(`/culture/tribune/${one.id}`, publish ? "Le texte est publié." : "Le texte n’est pas publié.");
    },
  );
  routes.post(
    "/culture/tribune/:contribution/retrait",
    {
      right: write,
      trace: "contribution.withdrawn",
      form: z.object({ version: versionField }),
      async onMistakes(at, { fields }) {
        const one = await found(at);
        return one ? show(at, one, { mistakes: fields }) : notFound(gone);
      },
    },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      if (one.state === "withdrawn") at.nothingHappened();
      else if (await withdraw(at.tx, one.id, at.form.version)) at.about("contribution", one.id);
      else return show(at, one, { stale: true });
      return redirect(`/culture/tribune/${one.id}`, "Le texte est retiré : il n’en reste ni mot, ni nom, ni image.");
    },
  );
}
