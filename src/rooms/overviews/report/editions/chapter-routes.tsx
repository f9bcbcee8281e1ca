// Chapters of editions: added, looked at, confided, moved, commented.
import { type Answer, notFound, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { accountsWith } from "../../../foundations/house/door.ts";
import { chapterPage } from "./chapter-page.tsx";
import { editionPage } from "./edition-page.tsx";
import { closed, type Figures, gone, unreadable } from "./edition-routes.tsx";
import { chapterAt, chapterHref, editionAt, editionHref, isOpen } from "./page-parts.tsx";
import { editionRights as rights } from "./rights.ts";
import { ChapterForm, CommentForm, NewChapterForm, NothingForm, PlaceForm } from "./shapes.ts";
import { addChapter, addComment, moveChapter, settleChapter, settleComment } from "./writes.ts";

export function declareChapterRoutes(routes: Routes, { readable, all }: Figures): void {
  const write = rights["edition.write"];
  const lost = "Ce chapitre";
  routes.post(
    "/editions/:edition/chapitres",
    {
      right: write,
      trace: "chapter.added",
      form: NewChapterForm,
      async onMistakes(at, { fields }) {
        const edition = await editionAt(at);
        return edition
          ? editionPage(at, readable(at), all(), edition, { form: "chapter", fields, typed: firstValues(at.typed) })
          : notFound(gone);
      },
    },
    async (at) => {
      const edition = await editionAt(at, "write");
      if (!edition) return notFound(gone);
      if (!isOpen(edition)) return closed();
      const { key, titre } = at.form;
      if (await addChapter(at.tx, edition.id, key, titre)) at.about("edition-chapter", key);
      else at.nothingHappened();
      return redirect(`/editions/${edition.id}/chapitres/${key}`, "Le chapitre est ajouté.");
    },
  );
  routes.get(
    "/editions/:edition/chapitres/:chapter",
    { right: rights["edition.see"], trace: "chapter.opened" },
    async (at) => {
      const found = await chapterAt(at);
      if (!found) return notFound(lost);
      at.about("edition-chapter", found.chapter.id);
      return chapterPage(at, readable(at), all(), found);
    },
  );
  routes.post(
    "/editions/:edition/chapitres/:chapter",
    {
      right: write,
      trace: "chapter.settled",
      form: ChapterForm,
      async onMistakes(at, { fields }) {
        const found = await chapterAt(at);
        const refused = { form: "settle" as const, fields, typed: firstValues(at.typed) };
        return found ? chapterPage(at, readable(at), all(), found, refused) : notFound(lost);
      },
    },
    async (at) => {
      const found = await chapterAt(at, "write");
      if (!found) return notFound(lost);
      if (!isOpen(found.edition)) return closed();
      const { version, titre, responsable, etat } = at.form;
      const again = (fields: Record<string, string>, stale = false): Promise<Answer> => {
        at.nothingHappened();
        const refused = { form: "settle" as const, fields, typed: firstValues(at.typed) };
        return chapterPage(at, readable(at), all(), found, refused, stale);
      };
      const writers = await accountsWith(at.tx, write.roles);
      if (responsable && !writers.some(({ id }) => id === responsable))
        return again({ responsable: "Cette personne n’écrit pas dans les éditions." });
      if (!(await settleChapter(at.tx, found.chapter.id, version, { title: titre, owner: responsable, state: etat })))
        return again({}, true);
      at.about("edition-chapter", found.chapter.id, { state: etat });
      return redirect(chapterHref(found.chapter), "Le chapitre est à jour.");
    },
  );
  routes.post(
    "/editions/:edition/chapitres/:chapter/place",
    { right: write, trace: "chapter.settled", form: PlaceForm, onMistakes: unreadable },
    async (at) => {
      const found = await chapterAt(at, "write");
      if (!found) return notFound(lost);
      if (!isOpen(found.edition)) return closed();
      if (await moveChapter(at.tx, found.chapter, at.form.sens === "haut"))
        at.about("edition-chapter", found.chapter.id);
      else at.nothingHappened();
      return redirect(editionHref(found.edition));
    },
  );
  routes.post(
    "/editions/:edition/chapitres/:chapter/commentaires",
    {
      right: write,
      trace: "chapter.commented",
      form: CommentForm,
      async onMistakes(at, { fields }) {
        const found = await chapterAt(at);
        const refused = { form: "comment" as const, fields, typed: firstValues(at.typed) };
        return found ? chapterPage(at, readable(at), all(), found, refused) : notFound(lost);
      },
    },
    async (at) => {
      const found = await chapterAt(at);
      if (!found) return notFound(lost);
      if (await addComment(at.tx, found.chapter.id, at.form.key, at.form.texte.trim()))
        at.about("edition-chapter", found.chapter.id);
      else at.nothingHappened();
      return redirect(chapterHref(found.chapter), "Le commentaire est ajouté.");
    },
  );
  routes.post(
    "/editions/:edition/chapitres/:chapter/commentaires/:comment/reglement",
    { right: write, trace: "chapter.comment-settled", form: NothingForm, onMistakes: unreadable },
    async (at) => {
      const found = await chapterAt(at);
      const comment = at.params.comment ?? "";
      if (!found || !isUuid(comment)) return notFound("Ce commentaire");
      if (await settleComment(at.tx, found.chapter.id, comment)) at.about("edition-chapter", found.chapter.id);
      else at.nothingHappened();
      return redirect(chapterHref(found.chapter), "Le commentaire est réglé.");
    },
  );
}
