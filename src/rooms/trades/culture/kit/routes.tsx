// An issue of the kit: begun, written article by article or taken from the forum, published.
import { z } from "zod";
import { type Answer, type Crumb, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { neededLine, uuidField, versionField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { ErrorSummary, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { issuePage, type Told } from "./issue-page.tsx";
import { kitList } from "./list.tsx";
import { articlesOf, contributionsToTake, type IssueLine, issueById } from "./reads.ts";
import { kitRights as rights } from "./rights.ts";
import { addArticle, beginIssue, changeArticle, changeIssue, publishIssue, removeArticle } from "./writes.ts";

export const kitCrumb: Crumb = { href: "/culture/kit", label: "Kit de survie culturelle" };
export const gone = "Ce numéro";

const several = (most: number) => z.string().trim().max(most, `Au plus ${most} signes.`).default("");
const issueFields = { titre: neededLine("Donnez un titre au numéro.", 120), introduction: several(2000) };
const NewIssue = z.object({ ...issueFields, key: uuidField });
const ChangedIssue = z.object({ ...issueFields, version: versionField });
const articleFields = {
  article_titre: neededLine("Donnez un titre à l’article.", 120),
  article_texte: several(8000).pipe(z.string().min(1, "Le texte de l’article manque.")),
};
const NewArticle = z.object({ ...articleFields, key: uuidField });
const ChangedArticle = z.object({ ...articleFields, article: uuidField });
const TakenArticle = z.object({ key: uuidField, contribution: uuidField });
const RemovedArticle = z.object({ article: uuidField });
const Publication = z.object({ version: versionField, etat: z.enum(["publier", "retirer"], "Dites quoi faire.") });

/** The issue of the path. */
export async function issueOf(at: At<unknown>): Promise<IssueLine | null> {
  const id = at.params.issue ?? "";
  return isUuid(id) ? issueById(at.tx, id) : null;
}

function newPage(at: At<unknown>, mistakes: Record<string, string> = {}): Answer {
  const values: Record<string, string> = firstValues(at.typed);
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  return page({
    title: "Commencer un numéro",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [kitCrumb],
    body: (
      <>
        <Heading title="Commencer un numéro">
          Des activités, des lectures, des sorties, à faire de chez soi ou non.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/culture/kit/nouveau">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <TextField {...field("titre")} label="Titre" maxlength={120} />
          <TextAreaField
            {...field("introduction")}
            label="Introduction"
            hint="Elle ouvre la page et le courriel"
            maxlength={2000}
            required={false}
          />
          <button type="submit">Commencer</button>
        </form>
      </>
    ),
  });
}

export function declareKit(routes: Routes): void {
  const right = rights["kit.write"];
  const path = "/culture/kit/:issue";
  declareList(routes, kitList);
  routes.get("/culture/kit/nouveau", { right, trace: { none: "an empty form" } }, (at) => newPage(at));
  routes.post(
    "/culture/kit/nouveau",
    { right, trace: "kit.begun", form: NewIssue, onMistakes: (at, { fields }) => newPage(at, fields) },
    async (at) => {
      const { key, titre, introduction } = at.form;
      if (await beginIssue(at.tx, { id: key, title: titre, introduction })) at.about("kit-issue", key);
      else at.nothingHappened();
      return redirect(`/culture/kit/${key}`, "Le numéro est commencé : ajoutez ses articles.");
    },
  );

  const show = async (at: At<unknown>, issue: IssueLine, told: Told = {}): Promise<Answer> =>
    issuePage(at, issue, await articlesOf(at.tx, issue.id), await contributionsToTake(at.tx, issue.id), told);
  const mistaken =
    (form: NonNullable<Told["form"]>) =>
    async (at: At<unknown>, { fields }: Mistakes): Promise<Answer> => {
      const issue = await issueOf(at);
      return issue ? show(at, issue, { form, mistakes: fields }) : notFound(gone);
    };
  const back = (issue: IssueLine, said: string): Answer => redirect(`/culture/kit/${issue.id}`, said);

  routes.get(path, { right: rights["kit.see"], trace: "kit.opened" }, async (at) => {
    const issue = await issueOf(at);
    if (!issue) return notFound(gone);
    at.about("kit-issue", issue.id);
    return show(at, issue);
  });
  routes.post(path, { right, trace: "kit.changed", form: ChangedIssue, onMistakes: mistaken("issue") }, async (at) => {
    const issue = await issueOf(at);
    if (!issue) return notFound(gone);
    const { version, titre, introduction } = at.form;
    if (!(await changeIssue(at.tx, issue.id, version, { title: titre, introduction })))
      return show(at, issue, { form: "issue", stale: true });
    at.about("kit-issue", issue.id);
    return back(issue, "Le numéro est enregistré.");
  });
  routes.post(
    `${path}/articles`,
    { right, trace: "kit.article-added", form: NewArticle, onMistakes: mistaken("article") },
    async (at) => {
      const issue = await issueOf(at);
      if (!issue) return notFound(gone);
      const { key, article_titre: title, article_texte: body } = at.form;
      if (await addArticle(at.tx, { id: key, issue: issue.id, title, body })) at.about("kit-issue", issue.id);
      else at.nothingHappened();
      return back(issue, "L’article est ajouté.");
    },
  );
  routes.post(
    `${path}/articles/tribune`,
    { right, trace: "kit.article-added", form: TakenArticle, onMistakes: mistaken("taken") },
    async (at) => {
      const issue = await issueOf(at);
      if (!issue) return notFound(gone);
      const { key, contribution } = at.form;
      const offered = (await contributionsToTake(at.tx, issue.id)).some(({ value }) => value === contribution);
      if (offered && (await addArticle(at.tx, { id: key, issue: issue.id, contribution })))
        at.about("kit-issue", issue.id, { contribution });
      else at.nothingHappened();
      return back(issue, "La contribution est dans le numéro, tant qu’elle est publiée à la tribune.");
    },
  );
  routes.post(
    `${path}/articles/modification`,
    { right, trace: "kit.article-changed", form: ChangedArticle, onMistakes: mistaken("changed") },
    async (at) => {
      const issue = await issueOf(at);
      if (!issue) return notFound(gone);
      const { article, article_titre: title, article_texte: body } = at.form;
      if (!(await changeArticle(at.tx, { id: article, issue: issue.id, title, body }))) return notFound("Cet article");
      at.about("kit-issue", issue.id);
      return back(issue, "L’article est enregistré.");
    },
  );
  routes.post(
    `${path}/articles/retrait`,
    { right, trace: "kit.article-removed", form: RemovedArticle, onMistakes: mistaken("changed") },
    async (at) => {
      const issue = await issueOf(at);
      if (!issue) return notFound(gone);
      if (await removeArticle(at.tx, issue.id, at.form.article)) at.about("kit-issue", issue.id);
      else at.nothingHappened();
      return back(issue, "L’article est retiré du numéro.");
    },
  );
  routes.post(
    `${path}/publication`,
    { right, trace: "kit.published", form: Publication, onMistakes: mistaken("publication") },
    async (at) => {
      const issue = await issueOf(at);
      if (!issue) return notFound(gone);
      const publish = at.form.etat === "publier";
      const articles = await articlesOf(at.tx, issue.id);
      if (publish && articles.every(({ missing }) => missing))
        return show(at, issue, {
          form: "publication",
          mistakes: { "": "Ce numéro n’a pas d’article : ajoutez-en un d’abord." },
        });
      if (!(await publishIssue(at.tx, issue.id, at.form.version, publish)))
        return show(at, issue, { form: "publication", stale: true });
      at.about("kit-issue", issue.id, { published: publish });
      return back(issue, publish ? "Le numéro est publié." : "Le numéro n’est plus publié.");
    },
  );
}
