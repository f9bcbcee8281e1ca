// An issue of the kit for the team: its text, its articles, where it is read and how many it was sent to.
import { type Answer, page } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, type Option, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { TextOf } from "../tribune/text.tsx";
import type { Article, IssueLine } from "./reads.ts";
import { kitRights as rights } from "./rights.ts";

export type Told = {
  /** The form that was sent back. */
  form?: "issue" | "article" | "taken" | "changed" | "publication";
  mistakes?: Readonly<Record<string, string>>;
  stale?: boolean;
};

function ArticleOf({
  article,
  base,
  writes,
  typed,
  mistakes,
}: {
  article: Article;
  base: string;
  writes: boolean;
  typed: Readonly<Record<string, string>>;
  mistakes: Readonly<Record<string, string>>;
}) {
  const wrong = typed.article === article.id;
  const name = article.title || "contribution retirée";
  return (
    <section>
      <h3>{name}</h3>
      {article.missing ? (
        <p>Cette contribution n’est plus publiée à la tribune : personne ne la lit ici non plus.</p>
      ) : (
        <TextOf text={article.body} />
      )}
      {writes ? (
        <div class="submit">
          {article.contribution ? (
            <Link href={`/culture/tribune/${article.contribution}`}>La contribution, à la tribune</Link>
          ) : (
            <details open={wrong}>
              <summary>
                Modifier<span class="visually-hidden"> « {name} »</span>
              </summary>
              <form method="post" action={`${base}/articles/modification`}>
                <input type="hidden" name="article" value={article.id} />
                <TextField
                  name="article_titre"
                  id={`titre-${article.id}`}
                  label="Titre"
                  maxlength={120}
                  value={wrong ? typed.article_titre : article.title}
                  error={wrong ? mistakes.article_titre : undefined}
                />
                <TextAreaField
                  name="article_texte"
                  id={`texte-${article.id}`}
                  label="Texte"
                  rows={8}
                  maxlength={8000}
                  value={wrong ? typed.article_texte : article.body}
                  error={wrong ? mistakes.article_texte : undefined}
                />
                <button type="submit">Enregistrer l’article</button>
              </form>
            </details>
          )}
          <form method="post" action={`${base}/articles/retrait`}>
            <input type="hidden" name="article" value={article.id} />
            <button type="submit" class="second">
              Retirer<span class="visually-hidden"> « {name} »</span> du numéro
            </button>
          </form>
        </div>
      ) : null}
    </section>
  );
}

export function issuePage(
  at: At<unknown>,
  issue: IssueLine,
  articles: readonly Article[],
  toTake: readonly Option[],
  told: Told,
): Answer {
  const mistakes = told.mistakes ?? {};
  const typed = told.form ? firstValues(at.typed) : {};
  const base = `/culture/kit/${issue.id}`;
  const writes = may(at.scope, rights["kit.write"]);
  const own = told.form === "issue" ? typed : { titre: issue.title, introduction: issue.introduction };
  const fresh = told.form === "article" ? typed : {};
  const said = (form: Told["form"], name: string) => (told.form === form ? mistakes[name] : undefined);
  return page({
    title: issue.title,
    status: told.stale ? 409 : told.mistakes ? 422 : 200,
    crumbs: [{ href: "/culture/kit", label: "Kit de survie culturelle" }],
    ...(told.stale
      ? {
          notice: {
            kind: "warn",
            text: "Ce numéro a changé entre-temps : voici ce qu’il est maintenant ; ce que vous aviez écrit est resté dans le formulaire.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title={issue.title}>
          {issue.publishedOn ? (
            <>
              Publié le {shortDay(issue.publishedOn)} :{" "}
              <a href={`/culture-pour-tous/${at.scope.houseCode}/kit/${issue.id}`}>la page publique</a>.
            </>
          ) : (
            "En préparation : personne ne le voit."
          )}
        </Heading>
        <ErrorSummary fields={mistakes} />
        <TextOf text={issue.introduction} />
        <h2>Articles</h2>
        {articles.length === 0 ? <p class="empty">Aucun article.</p> : null}
        {articles.map((article) => (
          <ArticleOf
            key={article.id}
            article={article}
            base={base}
            writes={writes}
            typed={told.form === "changed" ? typed : {}}
            mistakes={mistakes}
          />
        ))}
        {writes ? (
          <>
            <details open={told.form === "article"}>
              <summary>Écrire un article</summary>
              <form method="post" action={`${base}/articles`}>
                <input type="hidden" name="key" value={fresh.key || at.tx.ids.uuid()} />
                <TextField
                  name="article_titre"
                  label="Titre de l’article"
                  maxlength={120}
                  value={fresh.article_titre}
                  error={said("article", "article_titre")}
                />
                <TextAreaField
                  name="article_texte"
                  label="Texte de l’article"
                  rows={8}
                  maxlength={8000}
                  value={fresh.article_texte}
                  error={said("article", "article_texte")}
                />
                <button type="submit">Ajouter l’article</button>
              </form>
            </details>
            {toTake.length > 0 ? (
              <form method="post" action={`${base}/articles/tribune`}>
                <input type="hidden" name="key" value={at.tx.ids.uuid()} />
                <SelectField name="contribution" label="Prendre à la tribune" options={toTake} />
                <button type="submit" class="second">
                  Ajouter au numéro
                </button>
              </form>
            ) : null}
            <h2>Titre et introduction</h2>
            <form method="post" action={base}>
              <input type="hidden" name="version" value={String(issue.version)} />
              <TextField name="titre" label="Titre" maxlength={120} value={own.titre} error={said("issue", "titre")} />
              <TextAreaField
                name="introduction"
                label="Introduction"
                maxlength={2000}
                required={false}
                value={own.introduction}
                error={said("issue", "introduction")}
              />
              <button type="submit">Enregistrer</button>
            </form>
            <h2>Publication</h2>
            <form method="post" action={`${base}/publication`}>
              <input type="hidden" name="version" value={String(issue.version)} />
              <button
                type="submit"
                name="etat"
                value={issue.publishedOn ? "retirer" : "publier"}
                class={issue.publishedOn ? "second" : undefined}
              >
                {issue.publishedOn ? "Ne plus publier" : "Publier ce numéro"}
              </button>
            </form>
          </>
        ) : null}
        <h2>Courriels</h2>
        <p>
          {plural(issue.letters, "courriel", "courriels")}, {plural(issue.left, "désabonnement", "désabonnements")}.{" "}
          {issue.publishedOn && may(at.scope, rights["kit.send"]) ? (
            <Link href={`${base}/envoi`}>Envoyer ce numéro</Link>
          ) : null}
        </p>
      </>
    ),
  });
}
