// What a document sent by somebody is, read from its bytes and never from its name: a PDF, a JPEG or a PNG; anything else gets a sentence.
import { crc32 } from "node:zlib";

export type DocumentKind = "pdf" | "jpeg" | "png";

export const documentKinds: Readonly<Record<DocumentKind, { type: string; extension: string; label: string }>> = {
  pdf: { type: "application/pdf", extension: "pdf", label: "PDF" },
  jpeg: { type: "image/jpeg", extension: "jpg", label: "photo" },
  png: { type: "image/png", extension: "png", label: "image" },
};

/** What an `<input type=file>` offers to choose; what is sent is read all the same. */
export const acceptedTypes = Object.values(documentKinds)
  .map(({ type }) => type)
  .join(",");

export type DocumentRead = { ok: true; kind: DocumentKind } | { ok: false; sentence: string };

const refusals = {
  other: "Ce fichier n’est ni un PDF ni une image JPEG ou PNG, quoi que dise son nom : rien n’a été gardé.",
  office: "Ce fichier est un document de bureautique ou une archive : enregistrez-le en PDF, puis envoyez le PDF.",
  heic: "Cette photo est au format HEIC, que peu d’ordinateurs ouvrent : envoyez-la en JPEG (réglage « le plus compatible » de l’appareil photo).",
  damaged: "Ce fichier est incomplet ou abîmé : ouvrez-le chez vous pour le vérifier, puis envoyez-le de nouveau.",
};

/**
 * Reads what `bytes` are: their signature, and that they are whole (ISO 32000-1 7.5 for PDF, ITU-T T.81 annex B for JPEG, W3C PNG 5 with
 * its checksums). What the document shows is not looked at.
 */
export function readDocument(bytes: Buffer): DocumentRead {
  const starts = (signature: string): boolean => bytes.subarray(0, signature.length).toString("latin1") === signature;
  const found = (kind: DocumentKind, whole: boolean): DocumentRead =>
    whole ? { ok: true, kind } : { ok: false, sentence: refusals.damaged };
  if (starts("%PDF-")) return found("pdf", isWholePdf(bytes));
  if (starts("\xff\xd8\xff")) return found("jpeg", isWholeJpeg(bytes));
  if (starts("\x89PNG\r\n\x1a\n")) return found("png", isWholePng(bytes));
  if (starts("PK\x03\x04") || starts("\xd0\xcf\x11\xe0")) return { ok: false, sentence: refusals.office };
  if (/^ftyp(heic|heix|hevc|mif1|msf1|avif)/.test(bytes.subarray(4, 12).toString("latin1")))
    return { ok: false, sentence: refusals.heic };
  return { ok: false, sentence: refusals.other };
}

/** The last lines of a PDF say where its table of objects begins; a file cut on the way has lost them. */
function isWholePdf(bytes: Buffer): boolean {
  const said = /startxref\s+(\d+)\s+%%EOF/.exec(bytes.subarray(-2048).toString("latin1"));
  return said !== null && Number(said[1]) < bytes.length;
}

function isWholeJpeg(bytes: Buffer): boolean {
  let at = 2;
  let framed = false;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return false;
    // SOF0 to SOF15 tell height and width; C4, C8 and CC among them are something else.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (at + 9 > bytes.length || bytes.readUInt16BE(at + 5) === 0 || bytes.readUInt16BE(at + 7) === 0) return false;
      framed = true;
    }
    // The scan: after it phones may add what they like, and the end of the image must be there.
    if (marker === 0xda) return framed && bytes.indexOf("\xff\xd9", at + 2 + length, "latin1") > 0;
    at += 2 + length;
  }
  return false;
}

function isWholePng(bytes: Buffer): boolean {
  let at = 8;
  let first = true;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) return false;
    const name = bytes.subarray(at + 4, at + 8).toString("latin1");
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return false;
    if (first && (name !== "IHDR" || length !== 13)) return false;
    if (first && (bytes.readUInt32BE(at + 8) === 0 || bytes.readUInt32BE(at + 12) === 0)) return false;
    if (name === "IEND") return true;
    first = false;
    at = end + 4;
  }
  return false;
}
