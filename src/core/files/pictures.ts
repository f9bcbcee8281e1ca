// A picture as it may be shown to others: what it shows, and nothing of who made it, where, with what. Of a JPEG and of a PNG only the parts
// that drawing needs are kept (ITU-T T.81 annex B; W3C PNG 11): place, moment, camera, thumbnail, comments, film hidden behind, all go.
// One thing of the metadata is said anew: which side is up.
import { type DocumentKind, readDocument } from "./documents.ts";

export type PictureKind = Exclude<DocumentKind, "pdf">;
export type Picture = { kind: PictureKind; bytes: Buffer; width: number; height: number };
export type PictureRead = { ok: true; picture: Picture } | { ok: false; sentence: string };

/** Larger, a picture takes more memory to show than a telephone has. */
export const mostPixels = 40_000_000;

const sentences = {
  pdf: "Ce fichier est un PDF : envoyez le dessin en image (JPEG ou PNG), une photo du papier suffit.",
  large: "Cette image a trop de points pour être montrée : envoyez-la plus petite.",
  odd: "Cette image est d’une sorte que nous ne savons pas nettoyer de ses informations cachées : enregistrez-la de nouveau, en JPEG ou en PNG.",
};

/** Reads what `bytes` are, and gives the picture without what it does not show. */
export function readPicture(bytes: Buffer): PictureRead {
  const read = readDocument(bytes);
  if (!read.ok) return read;
  if (read.kind === "pdf") return { ok: false, sentence: sentences.pdf };
  const picture = read.kind === "jpeg" ? bareJpeg(bytes) : barePng(bytes);
  if (!picture) return { ok: false, sentence: sentences.odd };
  if (picture.width * picture.height > mostPixels) return { ok: false, sentence: sentences.large };
  return { ok: true, picture };
}

/** JFIF and Adobe's colours: without them the colours would be guessed. */
const keptSegments = (marker: number, data: Buffer): boolean => {
  if (marker === 0xe0) return data.subarray(0, 5).equals(Buffer.from("JFIF\0"));
  if (marker === 0xee) return data.subarray(0, 5).equals(Buffer.from("Adobe"));
  // Other applications' parts and comments.
  return !(marker >= 0xe1 && marker <= 0xef) && marker !== 0xfe;
};

function bareJpeg(bytes: Buffer): Picture | null {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let turned = 1;
  let at = 2;
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) {
      kept.push(bytes.subarray(at, at + 2));
      // Right behind the beginning: viewers look there.
      if (turned !== 1) kept.splice(1, 0, turnedSegment(turned));
      return size && { kind: "jpeg", bytes: Buffer.concat(kept), ...size };
    }
    if (at + 4 > bytes.length) return null;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return null;
    const data = bytes.subarray(at + 4, end);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (data.length < 6) return null;
      size ??= { height: data.readUInt16BE(1), width: data.readUInt16BE(3) };
    }
    if (marker === 0xe1) turned = orientationOf(data) ?? turned;
    // JFIF's own small picture would still show what was cut away.
    if (marker === 0xe0 && keptSegments(marker, data)) kept.push(bareJfif(data));
    else if (keptSegments(marker, data)) kept.push(bytes.subarray(at, end));
    at = end;
    if (marker !== 0xda) continue;
    // The drawing itself, up to the next marker: a stuffed zero and a restart are part of it.
    while (at + 1 < bytes.length) {
      const next = bytes[at + 1] ?? 0;
      if (bytes[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) break;
      at += 1;
    }
    kept.push(bytes.subarray(end, at));
  }
  return null;
}

/** JFIF without a thumbnail: version and density only. */
function bareJfif(data: Buffer): Buffer {
  const head = Buffer.alloc(18);
  head.set([0xff, 0xe0, 0, 16]);
  data.copy(head, 4, 0, Math.min(12, data.length));
  return head;
}

/** Which side is up, 1 to 8, in an Exif segment; null: it does not say. */
function orientationOf(data: Buffer): number | null {
  if (!data.subarray(0, 6).equals(Buffer.from("Exif\0\0"))) return null;
  const tiff = data.subarray(6);
  const order = tiff.subarray(0, 2).toString("latin1");
  if ((order !== "II" && order !== "MM") || tiff.length < 8) return null;
  const two = (at: number): number =>
    at + 2 > tiff.length ? 0 : order === "II" ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const start = order === "II" ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let turn = 0; turn < two(start) && turn < 200; turn += 1) {
    const entry = start + 2 + turn * 12;
    if (two(entry) !== 0x0112) continue;
    const said = two(entry + 8);
    return said >= 1 && said <= 8 ? said : null;
  }
  return null;
}

/** An Exif segment that says which side is up, and no more. */
function turnedSegment(turned: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("MM\0*", "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(turned, 18);
  const head = Buffer.from([0xff, 0xe1, 0, 2 + 6 + tiff.length]);
  return Buffer.concat([head, Buffer.from("Exif\0\0"), tiff]);
}

/** What a PNG is drawn from; no text, no moment, no Exif, no profile that could hold a text. */
const drawnFrom = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs", "IDAT", "IEND"]);

function barePng(bytes: Buffer): Picture | null {
  const kept: Buffer[] = [bytes.subarray(0, 8)];
  let size: { width: number; height: number } | null = null;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.subarray(at + 4, at + 8).toString("latin1");
    if (end > bytes.length) return null;
    if (name === "IHDR") size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    if (drawnFrom.has(name)) kept.push(bytes.subarray(at, end));
    if (name === "IEND") return size && { kind: "png", bytes: Buffer.concat(kept), ...size };
    at = end;
  }
  return null;
}
