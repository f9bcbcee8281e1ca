// The team with the pictures of a contribution: joins one that came by mail, puts it into words, erases it, sends its author a link.
import { z } from "zod";
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { linkMark, queueMessage } from "../../../foundations/messages/door.ts";
import { authorDays, authorKind, ImageForm, WordsForm } from "./author-routes.tsx";
import {
  addPicture,
  describePicture,
  erasePicture,
  notJoined,
  pictureFile,
  receivePicture,
  shownFile,
} from "./pictures.ts";
import { type ContributionLine, contributionById } from "./reads.ts";
import { tribuneRights as rights } from "./rights.ts";

const gone = "Ce texte";
const LinkForm = z.object({ key: z.uuid("Rechargez la page.") });

/** An address of a letter, or null: what was noted to reach an author may be a telephone number. */
export const mailOf = (reach: string | null): string | null =>
  /[^\s<>,;]+@[^\s<>,;]+\.[^\s<>,;]+/.exec(reach ?? "")?.[0] ?? null;

export function declarePictures(
  routes: Routes,
  show: (at: At<unknown>, one: ContributionLine, mistakes: Record<string, string>) => Promise<Answer>,
): void {
  const right = rights["contribution.moderate"];
  const path = "/culture/tribune/:contribution";
  const found = async (at: At<unknown>): Promise<ContributionLine | null> => {
    const id = at.params.contribution ?? "";
    return isUuid(id) ? contributionById(at.tx, id) : null;
  };
  const mistaken = async (at: At<unknown>, { fields }: Mistakes): Promise<Answer> => {
    const one = await found(at);
    return one ? show(at, one, fields) : notFound(gone);
  };
  const back = (one: ContributionLine, said: string): Answer => redirect(`/culture/tribune/${one.id}`, said);

  routes.get(
    `${path}/images/:picture`,
    { right: rights["contribution.see"], trace: { none: "a part of the contribution's page, which leaves its line" } },
    async (at) => {
      const { picture = "" } = at.params;
      const one = await found(at);
      const file = one && isUuid(picture) ? await pictureFile(at.tx, picture, false) : null;
      return one && file?.contribution === one.id ? shownFile(file) : notFound("Cette image");
    },
  );
  routes.upload(
    `${path}/images`,
    { right, trace: "contribution.picture-added", receive: receivePicture },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      const sent = at.form;
      if (!("bytes" in sent)) return sent;
      const added = await addPicture(at.tx, one.id, sent);
      if (added === "full" || added === "gone") return notJoined(added);
      if (added === "added") at.about("contribution", one.id, { bytes: sent.bytes.length });
      else at.nothingHappened();
      return back(one, added === "twice" ? "Cette image était déjà là." : "L’image est jointe : décrivez-la.");
    },
  );
  routes.post(
    `${path}/description`,
    { right, trace: "contribution.picture-described", form: WordsForm, onMistakes: mistaken },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      if (!(await describePicture(at.tx, one.id, at.form.image, at.form.mots))) return notFound("Cette image");
      at.about("contribution", one.id);
      return back(one, "La description est enregistrée.");
    },
  );
  routes.post(
    `${path}/effacement`,
    { right, trace: "contribution.picture-erased", form: ImageForm, onMistakes: mistaken },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      if (await erasePicture(at.tx, one.id, at.form.image)) at.about("contribution", one.id);
      else at.nothingHappened();
      return back(one, "L’image est effacée.");
    },
  );
  routes.post(
    `${path}/lien`,
    { right, trace: "contribution.link-sent", form: LinkForm, onMistakes: mistaken },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      const to = mailOf(one.reach);
      if (one.state === "withdrawn") return refusal(409, "Cette contribution a été retirée.");
      if (!to) return show(at, one, { "": "L’auteur n’a pas laissé d’adresse de courriel." });
      const queued = await queueMessage(at.tx, {
        key: `tribune-link/${at.form.key}`,
        purpose: "tribune",
        channel: "mail",
        person: null,
        personal: true,
        recipient: to,
        subject: "Vos images pour la tribune",
        body: `Bonjour,\n\nPour joindre vos dessins ou vos photos à « ${one.title} », ouvrez ce lien :\n\n${linkMark}\n\nVous pouvez aussi y tout effacer. Le lien est pour vous seul ; il dure ${authorDays} jours.\n\n${at.scope.houseName}\n`,
        link: { kind: authorKind, record: one.id, days: authorDays },
      });
      if (queued) at.about("contribution", one.id);
      else at.nothingHappened();
      return back(one, "Le lien part par courriel.");
    },
  );
}
