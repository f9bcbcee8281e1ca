// The public page of the pole, for anybody: what is on, how to come in, partners, the forum; in French and in easy French.
import type { ComponentChildren } from "preact";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { dayWithoutWeekday, hour } from "../../../../ui/words.ts";
import { takeAttempt } from "../../../foundations/house/door.ts";
import { published, receive } from "../tribune/reads.ts";
import { ContributionFields, namesOf, Sent } from "../tribune/shapes.tsx";
import { TextOf } from "../tribune/text.tsx";
import { signatureOf } from "../tribune/words.ts";
import { byPage, outingsAhead, type PublicOuting, type PublicPage, partnersShown, publicPage } from "./reads.ts";

const [mostOutings, mostTexts, mostPartners] = [60, 50, 400];
const silent = { none: "a public page, no record of a person" };
const gone = (): Answer => refusal(404, "Cette page n’existe pas, ou n’est pas ouverte au public.");
const base = "/culture-pour-tous";

type Shown = { tx: Tx; told: PublicPage; home: string };
type Part = {
  title: string;
  description?: string;
  path?: string;
  facts?: Record<string, unknown>;
  status?: number;
  body: ComponentChildren;
};

/** One public page of the house whose code the address bears. */
async function shown(at: OpenAt<unknown>, work: (facts: Shown) => Promise<Part>): Promise<Answer> {
  const found = await byPage(at.services, at.params.house ?? "", async (tx) => {
    const told = await publicPage(tx);
    if (!told?.open) return null;
    const home = `${base}/${tx.scope.houseCode}`;
    const part = await work({ tx, told, home });
    return page({
      title: part.title,
      status: part.status ?? 200,
      strangers: {
        house: tx.scope.houseName,
        home,
        description: part.description ?? firstSentence(told.about),
        canonical: `${at.services.config.publicUrl}${home}${part.path ?? ""}`,
        ...(part.facts ? { facts: part.facts } : {}),
      },
      body: part.body,
    });
  });
  return found ?? gone();
}

/** What a search engine shows under the title: the beginning, ended at a word. */
function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 160 ? line : `${line.slice(0, 159).replace(/\s+\S*$/, "")}…`;
}

const momentOf = (outing: PublicOuting): string =>
  `${dayWithoutWeekday(outing.day)}${outing.at ? ` à ${hour(outing.at)}` : ""}`;

/** The outings in the words of schema.org. */
const factsOf = (tx: Tx, url: string, outings: readonly PublicOuting[]): Record<string, unknown> => ({
  "@context": "https://schema.org",
  "@type": "Organization",
  name: tx.scope.houseName,
  url,
  ...(outings.length > 0
    ? {
        event: outings.map((outing) => ({
          "@type": "Event",
          name: outing.title,
          startDate: outing.at ? `${outing.day}T${outing.at}` : outing.day,
          eventStatus: "https://schema.org/EventScheduled",
          location: {
            "@type": "Place",
            name: outing.place || outing.venue,
            ...(outing.commune ? { address: outing.commune } : {}),
          },
          organizer: { "@type": "Organization", name: outing.venue },
        })),
      }
    : {}),
});

function Outings({ outings, easy = false }: { outings: readonly PublicOuting[]; easy?: boolean }) {
  if (outings.length === 0)
    return <p class="empty">{easy ? "Pas de sortie en ce moment." : "Aucune sortie annoncée pour le moment."}</p>;
  return (
    <ul>
      {outings.map((outing) => (
        <li key={outing.id}>
          <strong>{outing.title}</strong>
          <br />
          {momentOf(outing)}, {outing.venue}
          {outing.commune ? `, ${outing.commune}` : ""}
          {outing.full ? (easy ? ". Il n’y a plus de place." : " (complet)") : ""}
        </li>
      ))}
    </ul>
  );
}

export function declarePublic(routes: Routes): void {
  routes.openGet(`${base}/:house`, { right: "anyone", trace: silent }, (at) =>
    shown(at, async ({ tx, told, home }) => {
      const [outings, partners, texts] = await Promise.all([
        outingsAhead(tx, mostOutings),
        partnersShown(tx, mostPartners),
        published(tx, 3),
      ]);
      return {
        title: "Culture pour tous",
        facts: factsOf(tx, `${at.services.config.publicUrl}${home}`, outings),
        body: (
          <>
            <Heading title="Culture pour tous">
              <a href={`${home}/facile`}>Cette page en français facile</a>
            </Heading>
            <TextOf text={told.about} />
            <h2>Les sorties</h2>
            <Outings outings={outings} />
            {told.coming ? (
              <>
                <h2>Comment en profiter</h2>
                <TextOf text={told.coming} />
              </>
            ) : null}
            <h2>Tribune d’expression</h2>
            {texts.length === 0 ? <p class="empty">Aucun texte pour le moment.</p> : null}
            <ul>
              {texts.map((text) => (
                <li key={text.id}>
                  <a href={`${home}/tribune#t-${text.id}`}>{text.title}</a>
                  {signatureOf(text) ? `, ${signatureOf(text)}` : ""}
                </li>
              ))}
            </ul>
            <p>
              <a href={`${home}/tribune`}>Lire la tribune</a> <a href={`${home}/tribune/ecrire`}>Écrire un texte</a>
            </p>
            {partners.length > 0 ? (
              <>
                <h2>Les lieux partenaires</h2>
                <details>
                  <summary>Voir les {partners.length} lieux</summary>
                  <ul>
                    {partners.map((name) => (
                      <li key={name}>{name}</li>
                    ))}
                  </ul>
                </details>
              </>
            ) : null}
            {told.contact ? (
              <>
                <h2>Nous joindre</h2>
                <TextOf text={told.contact} />
              </>
            ) : null}
          </>
        ),
      };
    }),
  );

  routes.openGet(`${base}/:house/facile`, { right: "anyone", trace: silent }, (at) =>
    shown(at, async ({ tx, told, home }) => ({
      title: "Culture pour tous, en français facile",
      path: "/facile",
      description: firstSentence(told.easy_about || told.about),
      body: (
        <>
          <Heading title="Culture pour tous, en français facile">
            <a href={home}>La page complète</a>
          </Heading>
          <TextOf text={told.easy_about || told.about} />
          <h2>Les sorties</h2>
          <Outings outings={await outingsAhead(tx, 20)} easy />
          <h2>Comment venir</h2>
          <TextOf text={told.easy_coming || told.coming} />
          {told.contact ? (
            <>
              <h2>Nous appeler, nous écrire</h2>
              <TextOf text={told.contact} />
            </>
          ) : null}
        </>
      ),
    })),
  );

  routes.openGet(`${base}/:house/tribune`, { right: "anyone", trace: silent }, (at) =>
    shown(at, async ({ tx, home }) => {
      const texts = await published(tx, mostTexts);
      return {
        title: "Tribune d’expression",
        path: "/tribune",
        description: "Des textes écrits par des personnes qui sont allées au spectacle, au musée, en atelier.",
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
      const { key, titre, texte, signature, joindre } = at.form;
      const wish = {
        id: key,
        title: titre,
        body: texte,
        signed: signature,
        reach: joindre || null,
        cameBy: "page" as const,
      };
      const home = await byPage(at.services, at.params.house ?? "", async (tx) => {
        if (await receive(tx, { ...wish, ...namesOf(at.form) }))
          tx.journal({ act: "contribution.received", subject: { kind: "contribution", id: key } });
        return `${base}/${tx.scope.houseCode}`;
      });
      return home ? redirect(`${home}/tribune`, "Merci : votre texte est arrivé. L’équipe va le lire.") : gone();
    },
  );
}
