// A picture that somebody sent, made anew: upright, no larger than a page needs, without the place, the day and the rest that a camera
// writes beside it. What cannot be read as a picture gets a sentence.
import { readDocument } from "./documents.ts";

export type ScaledPicture = { jpeg: Buffer; width: number; height: number };

/** The longest side, in pixels: a page of a document printed at 200 dots an inch. */
const longest = 1600;
/** What may be unpacked: a bomb of pixels is not. */
const mostPixels = 60_000_000;

const refusals = {
  pdf: "Ce fichier est un PDF\u00a0: envoyez la photo elle-même, en JPEG ou en PNG.",
  unreadable:
    "Cette image est abîmée ou d’une taille démesurée\u00a0: ouvrez-la chez vous pour la vérifier, puis envoyez-la de nouveau.",
};

export async function scalePicture(
  bytes: Buffer,
): Promise<{ ok: true; picture: ScaledPicture } | { ok: false; sentence: string }> {
  const read = readDocument(bytes);
  if (!read.ok) return read;
  if (read.kind === "pdf") return { ok: false, sentence: refusals.pdf };
  // A large binary, loaded with the first picture.
  const { default: sharp } = await import("sharp");
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: mostPixels, failOn: "error" })
      .rotate()
      .resize({ width: longest, height: longest, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 82, mozjpeg: true })
      .timeout({ seconds: 20 })
      .toBuffer({ resolveWithObject: true });
    return { ok: true, picture: { jpeg: data, width: info.width, height: info.height } };
  } catch {
    return { ok: false, sentence: refusals.unreadable };
  }
}
