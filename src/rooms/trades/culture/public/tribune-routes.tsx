// The forum for anybody: what was published is read, and something is sent to it.
import { notFound, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { takeAttempt } from "../../../foundations/house/door.ts";
import { makeLink } from "../../../foundations/messages/door.ts";
import { authorDays, authorKind } from "../tribune/author-routes.tsx";
import { Pictures } from "../tribune/picture-parts.tsx";
import { pictureFile, picturesOf, shownFile } from "../tribune/pictures.ts";
import { published, receive } from "../tribune/reads.ts";
import { ContributionFields, namesOf, Sent } from "../tribune/shapes.tsx";
import { TextOf } from "../tribune/text.tsx";
import { signatureOf } from "../tribune/words.ts";
import { byPage } from "./reads.ts";
import { base, gone, shown, silent } from "./shown.ts";

const mostTexts = 50;

export function declarePublicTribune(routes: Routes): void {
  routes.openGet(`${base}/:house/tribune`, { right: "anyone", trace: silent }, (at) =>
    shown(at, async ({ tx, home }) => {
      const texts = await published(tx, mostTexts);
      const pictures = Map.groupBy(
        await picturesOf(
          tx,
          texts.map(({ id }) => id),
        ),
        (one) => one.contribution,
      );
      return {
        title: "Tribune d’expression",
        path: "/tribune",
        description:
          "Des textes, des dessins et des photos de personnes qui sont allées au spectacle, au musée, en atelier.",
        body: (
          <>
            <Heading title="Tribune d’expression">
              <a href={home}>Culture pour tous</a>
            </Heading>
            {texts.length === 0 ? <p class="empty">Aucun texte pour le moment.</p> : null}
            {texts.map((text) => (
              <article key={text.id} id={`t-${text.id}`}>
                <h2>{text.title}</h2>
                <TextOf text={text.body} />
                <Pictures pictures={pictures.get(text.id) ?? []} at={`${home}/tribune/images`} folded />
                {signatureOf(text) ? <p>{signatureOf(text)}</p> : null}
              </article>
            ))}
            <p>
              <a href={`${home}/tribune/ecrire`}>Écrire un texte</a>
            </p>
          </>
        ),
      };
    }),
  );

  const writing = (
    at: OpenAt<unknown>,
    wrong: { fields?: Record<string, string>; why?: string; status?: number } = {},
  ) =>
    shown(at, async ({ tx, home }) => {
      const values: Record<string, string> = firstValues(at.typed);
      const mistakes = { ...(wrong.why ? { "": wrong.why } : {}), ...wrong.fields };
      return {
        title: "Écrire un texte",
        path: "/tribune/ecrire",
        status: wrong.status ?? (wrong.fields ? 422 : 200),
        body: (
          <>
            <Heading title="Écrire un texte">
              L’équipe lit chaque texte avant de le publier. Vous pouvez demander son retrait quand vous voulez.
            </Heading>
            <ErrorSummary fields={mistakes} />
            <form method="post" action={`${home}/tribune/ecrire`}>
              <input type="hidden" name="key" value={values.key || tx.ids.uuid()} />
              <ContributionFields values={values} mistakes={wrong.fields ?? {}} own />
              <button type="submit">Envoyer</button>
            </form>
          </>
        ),
      };
    });
  routes.openGet(`${base}/:house/tribune/ecrire`, { right: "anyone", trace: silent }, (at) => writing(at));
  routes.openPost(
    `${base}/:house/tribune/ecrire`,
    {
      right: "anyone",
      trace: "contribution.received",
      form: Sent,
      onMistakes: (at, { fields }) => writing(at, { fields }),
    },
    async (at) => {
      const minutes = await takeAttempt(at.services, { subject: `tribune:${at.form.key}`, ip: at.ip });
      if (minutes !== null)
        return writing(at, {
          status: 429,
          why: `Beaucoup de textes arrivent de chez vous : réessayez dans ${minutes} minutes. Le vôtre est resté ici.`,
        });
      const { key, quoi, titre, texte, signature, joindre } = at.form;
      const wish = {
        id: key,
        form: quoi,
        title: titre,
        body: texte,
        signed: signature,
        reach: joindre || null,
        cameBy: "page" as const,
      };
      const sent = await byPage(at.services, at.params.house ?? "", async (tx) => {
        const made = await receive(tx, { ...wish, ...namesOf(at.form) });
        if (made) tx.journal({ act: "contribution.received", subject: { kind: "contribution", id: key } });
        const home = `${base}/${tx.scope.houseCode}`;
        // Who sends pictures joins them now, by a link that is theirs.
        const token =
          made && quoi === "picture" ? await makeLink(tx, { kind: authorKind, record: key, days: authorDays }) : null;
        return { home, token };
      });
      if (!sent) return gone();
      return sent.token
        ? redirect(`/${authorKind}/${sent.token}`, "C’est arrivé. Joignez maintenant vos images.")
        : redirect(`${sent.home}/tribune`, "Merci : c’est arrivé. L’équipe va le lire.");
    },
  );

  routes.openGet(`${base}/:house/tribune/images/:picture`, { right: "anyone", trace: silent }, async (at) => {
    const id = at.params.picture ?? "";
    const file = isUuid(id)
      ? await byPage(at.services, at.params.house ?? "", (tx) => pictureFile(tx, id, true))
      : null;
    return file ? shownFile(file) : notFound("Cette image");
  });
}
