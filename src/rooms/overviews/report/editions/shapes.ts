// The forms of editions, and what a block's form makes of its content.
import { z } from "zod";
import { neededLine, optionalUuid, uuidField, versionField, whyField } from "../../../../core/http/fields.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { readStay } from "../period.ts";
import type { Contents, Written } from "./content.ts";
import { readReference } from "./references.ts";
import { blockKinds, chapterStates, drawings, signatures } from "./words.ts";

export const NewEdition = z.object({
  key: uuidField,
  titre: neededLine("Donnez un titre à l’édition.", 120),
  periode: z
    .string()
    .max(60)
    .default("")
    .transform((text, context) => {
      const read = readStay(text);
      if (read.ok && read.value && read.value.from >= "1950-01-01" && read.value.to <= "2100-12-31") return read.value;
      const message = read.ok
        ? "Donnez une période que le rapport raconte\u00a0: 2020, 2020-09/2021-08."
        : `${read.reason}.`;
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }),
});

export const Decision = z.object({ version: versionField });
export const ReviewForm = z.object({ version: versionField, vers: z.enum(["draft", "review"]) });
export const PublicationForm = z.object({ version: versionField, vers: z.enum(["frozen", "published"]) });
export const ReopeningForm = z.object({ version: versionField, raison: whyField });

export const NewChapterForm = z.object({ key: uuidField, titre: neededLine("Donnez un titre au chapitre.", 120) });
export const ChapterForm = z.object({
  version: versionField,
  titre: neededLine("Donnez un titre au chapitre.", 120),
  responsable: optionalUuid,
  etat: z.enum(chapterStates),
});
export const PlaceForm = z.object({ sens: z.enum(["haut", "bas"]) });
export const NothingForm = z.object({});

const longText = (most: number) =>
  z
    .string()
    .default("")
    .transform((value) => value.replaceAll("\r\n", "\n"))
    .pipe(z.string().max(most, `Au plus ${most} signes.`));

export const CommentForm = z.object({
  key: uuidField,
  texte: longText(2000).pipe(z.string().regex(/\S/, "Écrivez votre commentaire.")),
});

export const NewBlockForm = z.object({ key: uuidField, sorte: z.enum(blockKinds) });
export const blockGestures = [
  "monter",
  "descendre",
  "masquer",
  "montrer",
  "garder",
  "lacher",
  "dupliquer",
  "retirer",
  "remettre",
] as const;
export const ArrangeForm = z.object({ key: uuidField, geste: z.enum(blockGestures) });
export const RestoreForm = z.object({ version: versionField, reprise: versionField });

const line = (most: number) =>
  z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(most, `Au plus ${most} signes.`));

/** The form of a block of any kind: each kind reads its own fields. */
export const BlockForm = z.object({
  version: versionField,
  /** What the button asks: nothing (the block is kept), a search, or a figure to put in. */
  action: z.string().max(300).default(""),
  cherche: line(100),
  texte: longText(20_000),
  titre: line(200),
  lignes: longText(20_000),
  discret: z.string().optional(),
  par: line(60),
  croise: line(60),
  chiffre: line(300),
  dessin: z.string().max(20).default(""),
  auteur: line(120),
  signature: z.string().max(20).default(""),
  accord: line(20),
  photo: line(40),
  alternative: line(500),
  legende: line(300),
  credit: line(120),
  role: line(120),
  noms: longText(4000),
});
export type BlockWish = z.infer<typeof BlockForm>;

type Read = { ok: true; written: Written } | { ok: false; fields: Record<string, string> };

/** What the form says of a block of that kind; sentences by field when it cannot be kept. */
export function writtenFrom(kind: keyof Contents, wish: BlockWish, today: string): Read {
  const wrong = (fields: Record<string, string>): Read => ({ ok: false, fields });
  const done = (written: Written): Read => ({ ok: true, written });
  switch (kind) {
    case "text":
      return done({ kind, content: { text: wish.texte } });
    case "box":
      return wish.titre === ""
        ? wrong({ titre: "Donnez un titre à l’encadré." })
        : done({ kind, content: { title: wish.titre, text: wish.texte } });
    case "figures":
      return done({ kind, content: { lines: wish.lignes, quiet: wish.discret !== undefined } });
    case "table":
      return wish.croise !== "" && wish.croise === wish.par
        ? wrong({ croise: "Les colonnes répètent les lignes\u00a0: choisissez une autre répartition." })
        : done({ kind, content: { title: wish.titre, figures: wish.lignes, by: wish.par, across: wish.croise } });
    case "chart": {
      const read = readReference(wish.chiffre.replace(/^\{\{(.*)\}\}$/, "$1"));
      const fields: Record<string, string> = {};
      if (!read.ok) fields.chiffre = wish.chiffre === "" ? "Choisissez le chiffre à dessiner." : read.sentence;
      if (wish.par === "") fields.par = "Dites par quoi le répartir\u00a0: mois, antenne, sexe…";
      const drawing = drawings.find((one) => one === wish.dessin);
      if (!drawing) fields.dessin = "Choisissez dans la liste.";
      return drawing && Object.keys(fields).length === 0
        ? done({
            kind,
            content: {
              title: wish.titre,
              figure: wish.chiffre,
              by: wish.par,
              drawing,
              text: wish.texte.slice(0, 1000),
            },
          })
        : wrong(fields);
    }
    case "testimony": {
      const fields: Record<string, string> = {};
      const signature = signatures.find((one) => one === wish.signature);
      if (!signature) fields.signature = "Choisissez comment le témoignage est signé.";
      if (signature && signature !== "none" && wish.auteur === "") fields.auteur = "Dites qui témoigne.";
      const agreed = wish.accord === "" ? null : readDay(wish.accord);
      if (agreed && !agreed.ok) fields.accord = `${agreed.reason}.`;
      else if (agreed?.ok && agreed.value > today) fields.accord = "Cet accord est dans l’avenir.";
      return signature && Object.keys(fields).length === 0
        ? done({
            kind,
            content: {
              text: wish.texte.slice(0, 6000),
              author: wish.auteur,
              signature,
              agreed: agreed?.ok ? agreed.value : "",
            },
          })
        : wrong(fields);
    }
    case "photo":
      return wish.alternative === ""
        ? wrong({ alternative: "Décrivez la photo pour qui ne la voit pas." })
        : done({
            kind,
            content: { photo: wish.photo, alternative: wish.alternative, caption: wish.legende, credit: wish.credit },
          });
    case "partners":
      return done({ kind, content: { title: wish.titre, role: wish.role, more: wish.noms } });
  }
}

/** A block in the words of its form. */
export function valuesOf(written: Written): Record<string, string> {
  const { kind, content } = written;
  switch (kind) {
    case "text":
      return { texte: content.text };
    case "box":
      return { titre: content.title, texte: content.text };
    case "figures":
      return { lignes: content.lines, ...(content.quiet ? { discret: "1" } : {}) };
    case "table":
      return { titre: content.title, lignes: content.figures, par: content.by, croise: content.across };
    case "chart":
      return {
        titre: content.title,
        chiffre: content.figure,
        par: content.by,
        dessin: content.drawing,
        texte: content.text,
      };
    case "testimony":
      return {
        texte: content.text,
        auteur: content.author,
        signature: content.signature,
        accord: content.agreed.split("-").reverse().join("/"),
      };
    case "photo":
      return {
        photo: content.photo,
        alternative: content.alternative,
        legende: content.caption,
        credit: content.credit,
      };
    case "partners":
      return { titre: content.title, role: content.role, noms: content.more };
  }
}
