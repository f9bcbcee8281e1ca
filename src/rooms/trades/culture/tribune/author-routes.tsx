// The page of who wrote or drew, by a link and without an account: their pictures joined and put into words, or everything taken back.
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { neededLine, uuidField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { takeAttempt } from "../../../foundations/house/door.ts";
import { byLink } from "../../../foundations/messages/door.ts";
import { PictureForms } from "./picture-parts.tsx";
import {
  addPicture,
  describePicture,
  erasePicture,
  notJoined,
  pictureFile,
  picturesOf,
  receivePicture,
  shownFile,
} from "./pictures.ts";
import { contributionById, withdraw } from "./reads.ts";
import { contributionStateWords } from "./words.ts";

export const authorKind = "tribune";
export const authorDays = 60;
const silent = { none: "its author's own contribution, by a link" };
const lost = (): Answer =>
  refusal(404, "Ce lien n’ouvre plus rien : il est trop ancien, ou la contribution a été retirée.");

export const WordsForm = z.object({
  image: uuidField,
  mots: neededLine("Dites ce que montre l’image : quelqu’un qui ne la voit pas le lira.", 300),
});
export const ImageForm = z.object({ image: uuidField });
const NothingForm = z.object({});

const subject = (id: string) => ({ subject: { kind: "contribution", id } });

export function declareAuthor(routes: Routes): void {
  const right = "anyone";
  const path = `/${authorKind}/:token`;
  const hereOf = (at: OpenAt<unknown>): string => `/${authorKind}/${at.params.token ?? ""}`;
  const byAuthor = <R,>(at: OpenAt<unknown>, work: (tx: Tx, id: string) => Promise<R>): Promise<R | null> =>
    byLink(at.services, authorKind, at.params.token ?? "", work);

  const show = async (at: OpenAt<unknown>, mistakes: Record<string, string> = {}): Promise<Answer> =>
    (await byAuthor(at, async (tx, id) => {
      const one = await contributionById(tx, id);
      if (!one || one.state === "withdrawn") return null;
      const here = hereOf(at);
      const undescribed = (await picturesOf(tx, [id])).some(({ words }) => words === "");
      return page({
        title: one.title,
        status: Object.keys(mistakes).length > 0 ? 422 : 200,
        bare: true,
        body: (
          <>
            <Heading title={one.title}>
              {tx.scope.houseName}, tribune d’expression. Votre contribution est {contributionStateWords[one.state]}.
            </Heading>
            <ErrorSummary fields={mistakes} />
            {undescribed ? <p>Décrivez chaque image : sans description, elle ne peut pas être publiée.</p> : null}
            <PictureForms
              here={here}
              pictures={await picturesOf(tx, [id])}
              typed={firstValues(at.typed)}
              mistakes={mistakes}
            />
            <p>C’est fini ? Vous pouvez fermer cette page. L’équipe regarde chaque image avant de la publier.</p>
            <details>
              <summary>Reprendre ma contribution</summary>
              <p>Le texte, votre nom et vos images sont effacés. Cela ne se défait pas.</p>
              <form method="post" action={`${here}/retrait`}>
                <button type="submit" class="danger">
                  Tout effacer
                </button>
              </form>
            </details>
          </>
        ),
      });
    })) ?? lost();

  routes.openGet(path, { right, trace: silent }, (at) => show(at));
  routes.openGet(`${path}/images/:picture`, { right, trace: silent }, async (at) => {
    const wanted = at.params.picture ?? "";
    const file = isUuid(wanted) ? await byAuthor(at, (tx) => pictureFile(tx, wanted, false)) : null;
    const own = file && (await byAuthor(at, async (_, id) => id === file.contribution));
    return file && own ? shownFile(file) : notFound("Cette image");
  });
  routes.openUpload(`${path}/images`, { right, trace: "contribution.picture-sent" }, async (at) => {
    // Nothing is read of what a stranger sends before the link is known.
    const id = await byAuthor(at, async (_, record) => record);
    if (!id) return lost();
    const minutes = await takeAttempt(at.services, {
      subject: `tribune-image:${id}:${at.services.ids.uuid()}`,
      ip: at.ip,
    });
    if (minutes !== null)
      return refusal(429, `Beaucoup d’images arrivent de chez vous : réessayez dans ${minutes} minutes.`);
    const sent = await receivePicture(at.request, at.services);
    if (!("bytes" in sent)) return sent;
    const added = await byAuthor(at, async (tx) => {
      const done = await addPicture(tx, id, sent);
      if (done === "added")
        tx.journal({ act: "contribution.picture-sent", ...subject(id), details: { bytes: sent.bytes.length } });
      return done;
    });
    if (added === null) return lost();
    if (added === "full" || added === "gone") return notJoined(added);
    return redirect(hereOf(at), added === "twice" ? "Cette image était déjà là." : "L’image est jointe. Décrivez-la.");
  });
  routes.openPost(
    `${path}/description`,
    {
      right,
      trace: "contribution.picture-described",
      form: WordsForm,
      onMistakes: (at, { fields }) => show(at, fields),
    },
    async (at) => {
      const done = await byAuthor(at, async (tx, id) => {
        const described = await describePicture(tx, id, at.form.image, at.form.mots);
        if (described) tx.journal({ act: "contribution.picture-described", ...subject(id) });
        return described;
      });
      if (done === null) return lost();
      return done ? redirect(hereOf(at), "La description est enregistrée.") : notFound("Cette image");
    },
  );
  routes.openPost(
    `${path}/effacement`,
    { right, trace: "contribution.picture-erased", form: ImageForm, onMistakes: (at, { fields }) => show(at, fields) },
    async (at) => {
      const done = await byAuthor(at, async (tx, id) => {
        if (await erasePicture(tx, id, at.form.image))
          tx.journal({ act: "contribution.picture-erased", ...subject(id) });
        return true;
      });
      return done === null ? lost() : redirect(hereOf(at), "L’image est effacée.");
    },
  );
  routes.openPost(
    `${path}/retrait`,
    { right, trace: "contribution.taken-back", form: NothingForm, onMistakes: (at, { fields }) => show(at, fields) },
    async (at) => {
      const done = await byAuthor(at, async (tx, id) => {
        const one = await contributionById(tx, id);
        const gone = one !== null && (await withdraw(tx, id, one.version));
        if (gone) tx.journal({ act: "contribution.taken-back", ...subject(id) });
        return gone;
      });
      if (!done) return lost();
      return page({
        title: "C’est effacé",
        bare: true,
        body: (
          <Heading title="C’est effacé">
            Il ne reste ni votre texte, ni votre nom, ni vos images. Merci d’avoir partagé.
          </Heading>
        ),
      });
    },
  );
}
