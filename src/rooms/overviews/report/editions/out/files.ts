// The files of a document, whoever asks for them.
import type { Tx } from "../../../../../core/db/transaction.ts";
import { type Answer, refusal } from "../../../../../core/http/answer.ts";
import { photosOf } from "../reads.ts";
import { annexFile, dataFile, dictionaryFile } from "./annex.ts";
import { docxOf } from "./docx.ts";
import { keptFile } from "./kept.ts";
import { pdfOf, photosIn } from "./pdf.ts";
import type { Taken } from "./taken.ts";

/** Each file: the end of its address, and what a page calls it. */
export const fileKinds = {
  pdf: { path: "rapport.pdf", label: "PDF" },
  docx: { path: "rapport.docx", label: "Traitement de texte (DOCX)" },
  xlsx: { path: "annexe.xlsx", label: "Annexe des chiffres (XLSX)" },
  csv: { path: "donnees.csv", label: "Données ouvertes (CSV)" },
  dictionary: { path: "dictionnaire.csv", label: "Dictionnaire des données (CSV)" },
} as const;
export type FileKind = keyof typeof fileKinds;
export const allFileKinds = Object.keys(fileKinds) as FileKind[];

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** The file, under the edition's own name. `freeze`: it is public, and the same for as long as that freeze stands. */
export async function fileOf(
  tx: Tx,
  kind: FileKind,
  edition: { id: string; slug: string },
  { document, alone }: Taken,
  { note = "", freeze }: { note?: string; freeze?: number } = {},
): Promise<Answer> {
  const once = (make: () => Promise<Buffer | null>): Promise<Buffer | null> =>
    freeze === undefined ? make() : keptFile(`${edition.id} ${freeze} ${kind}`, make);
  switch (kind) {
    case "pdf": {
      const pdf = await once(() => pdfOf(tx, edition.id, document, { alone, note }));
      return pdf
        ? { kind: "file", stream: new Uint8Array(pdf), name: `${edition.slug}.pdf`, type: "application/pdf" }
        : refusal(
            503,
            "Le PDF n’a pas pu être fait cette fois\u00a0; l’édition est entière. Recommencez dans un instant.",
          );
    }
    case "docx": {
      const docx = await once(async () =>
        docxOf(document, await photosOf(tx, edition.id, photosIn(document.chapters))),
      );
      if (!docx) return refusal(503, "Ce fichier n’a pas pu être fait cette fois. Recommencez dans un instant.");
      return { kind: "file", stream: new Uint8Array(docx), name: `${edition.slug}.docx`, type: wordType };
    }
    case "xlsx":
      return annexFile(`${edition.slug}-chiffres`, document);
    case "csv":
      return dataFile(`${edition.slug}-donnees`, document);
    case "dictionary":
      return dictionaryFile(`${edition.slug}-dictionnaire`);
  }
}
