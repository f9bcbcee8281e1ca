// The kit for anybody: its published issues, and each of them.
import type { Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { dayWithoutWeekday } from "../../../../ui/words.ts";
import { articlesOf, issueById, publishedIssues } from "../kit/reads.ts";
import { Pictures } from "../tribune/picture-parts.tsx";
import { picturesOf } from "../tribune/pictures.ts";
import { TextOf } from "../tribune/text.tsx";
import { signatureOf } from "../tribune/words.ts";
import { base, firstSentence, shown, silent } from "./shown.ts";

const mostIssues = 100;

export function declarePublicKit(routes: Routes): void {
  routes.openGet(`${base}/:house/kit`, { right: "anyone", trace: silent }, (at) =>
    shown(at, async ({ tx, home }) => {
      const issues = await publishedIssues(tx, mostIssues);
      return {
        title: "Kit de survie culturelle",
        path: "/kit",
        description: "Des activités, des lectures, des idées de sorties, numéro par numéro.",
        body: (
          <>
            <Heading title="Kit de survie culturelle">
              <a href={home}>Culture pour tous</a>
            </Heading>
            {issues.length === 0 ? <p class="empty">Aucun numéro pour le moment.</p> : null}
            <ul>
              {issues.map((issue) => (
                <li key={issue.id}>
                  <a href={`${home}/kit/${issue.id}`}>{issue.title}</a>
                  {issue.publishedOn ? `, ${dayWithoutWeekday(issue.publishedOn)}` : ""}
                </li>
              ))}
            </ul>
          </>
        ),
      };
    }),
  );
  routes.openGet(`${base}/:house/kit/:issue`, { right: "anyone", trace: silent }, (at) =>
    shown(at, async ({ tx, home }) => {
      const id = at.params.issue ?? "";
      const issue = isUuid(id) ? await issueById(tx, id) : null;
      if (!issue?.publishedOn)
        return {
          kind: "refusal" as const,
          status: 404 as const,
          sentence: "Ce numéro n’existe pas, ou n’est pas publié.",
        };
      const articles = (await articlesOf(tx, issue.id)).filter(({ missing }) => !missing);
      const pictures = Map.groupBy(
        await picturesOf(
          tx,
          articles.flatMap(({ contribution }) => contribution ?? []),
        ),
        (one) => one.contribution,
      );
      return {
        title: issue.title,
        path: `/kit/${issue.id}`,
        ...(issue.introduction ? { description: firstSentence(issue.introduction) } : {}),
        body: (
          <>
            <Heading title={issue.title}>
              <a href={`${home}/kit`}>Kit de survie culturelle</a>
            </Heading>
            <TextOf text={issue.introduction} />
            {articles.map((article) => (
              <article key={article.id}>
                <h2>{article.title}</h2>
                <TextOf text={article.body} />
                <Pictures
                  pictures={pictures.get(article.contribution ?? "") ?? []}
                  at={`${home}/tribune/images`}
                  folded
                />
                {signatureOf(article) ? <p>{signatureOf(article)}</p> : null}
              </article>
            ))}
          </>
        ),
      };
    }),
  );
}
