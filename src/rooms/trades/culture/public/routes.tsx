// The public page of the pole, for anybody: what is on, how to come in, partners, the forum; in French and in easy French.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { dayWithoutWeekday, hour } from "../../../../ui/words.ts";
import { published } from "../tribune/reads.ts";
import { TextOf } from "../tribune/text.tsx";
import { signatureOf } from "../tribune/words.ts";
import { declarePublicKit } from "./kit-routes.tsx";
import { outingsAhead, type PublicOuting, partnersShown } from "./reads.ts";
import { base, firstSentence, shown, silent } from "./shown.ts";
import { declarePublicTribune } from "./tribune-routes.tsx";

const [mostOutings, mostPartners] = [60, 400];
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
          ...(outing.about ? { description: outing.about } : {}),
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
          {outing.about || outing.wayThere ? (
            <details>
              <summary>
                De quoi ça parle, comment venir<span class="visually-hidden">{`\u00a0: ${outing.title}`}</span>
              </summary>
              {outing.about ? <p>{outing.about}</p> : null}
              {outing.wayThere ? (
                <p>
                  Comment venir{"\u00a0"}: {outing.wayThere}
                </p>
              ) : null}
            </details>
          ) : null}
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
              <a href={`${home}/tribune`}>Lire la tribune</a> <a href={`${home}/tribune/ecrire`}>Écrire un texte</a>{" "}
              <a href={`${home}/kit`}>Le kit de survie culturelle</a>
            </p>
            {partners.length > 0 ? (
              <>
                <h2>{partners.length === 1 ? "Le lieu partenaire" : "Les lieux partenaires"}</h2>
                <details>
                  <summary>{partners.length === 1 ? "Voir le lieu" : `Voir les ${partners.length} lieux`}</summary>
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
          {told.easy_coming || told.coming ? (
            <>
              <h2>Comment venir</h2>
              <TextOf text={told.easy_coming || told.coming} />
            </>
          ) : null}
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
  declarePublicTribune(routes);
  declarePublicKit(routes);
}
