// Pictures as a camera leaves them come out showing the same, turned the same way, and telling nothing more; whatever else is sent gets a
// sentence. The pictures are drawn and read back by a real browser's decoder in the stories; here by their bytes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { readDocument } from "./documents.ts";
import { readPicture } from "./pictures.ts";

const secret = "GPS 45.7485N 4.8467E Appareil de Camille";
const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
function exif(turned: number, order: "II" | "MM"): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write(order === "II" ? "II*\0" : "MM\0*", "latin1");
  const [two, four] =
    order === "II"
      ? [(v: number, at: number) => tiff.writeUInt16LE(v, at), (v: number, at: number) => tiff.writeUInt32LE(v, at)]
      : [(v: number, at: number) => tiff.writeUInt16BE(v, at), (v: number, at: number) => tiff.writeUInt32BE(v, at)];
  four(8, 4);
  two(1, 8);
  two(0x0112, 10);
  two(3, 12);
  four(1, 14);
  two(turned, 18);
  return segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), tiff, Buffer.from(secret)]));
}
const frame = (width: number, height: number): Buffer =>
  segment(0xc0, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]));
/** The drawing: a stuffed zero, a restart, then another scan, as progressive files have. */
const drawing = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
  segment(0xc4, Buffer.from([0, 1, 2])),
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([0x78]),
  Buffer.from([0xff, 0xd9]),
]);
const jfif = segment(0xe0, Buffer.from("JFIF\0\x01\x01\x00\x00\x48\x00\x48\x00\x00", "latin1"));
const photo = (turned: number, order: "II" | "MM" = "II", width = 30, height = 20): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jfif,
    exif(turned, order),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x>${secret}</x>`)),
    segment(0xe2, Buffer.from(`ICC_PROFILE\0${secret}`)),
    segment(0xfe, Buffer.from(secret)),
    segment(0xdb, Buffer.alloc(65)),
    frame(width, height),
    drawing,
    Buffer.from(`film behind the picture ${secret}`),
  ]);
function png(texts: readonly string[] = [secret], width = 3, height = 2): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    ...texts.flatMap((text) => [chunk("tEXt", Buffer.from(`Author\0${text}`)), chunk("eXIf", Buffer.from(text))]),
    chunk("IDAT", deflateSync(Buffer.alloc(8))),
    chunk("IEND", Buffer.alloc(0)),
    Buffer.from(texts.join("")),
  ]);
}
const shown = (bytes: Buffer) => {
  const read = readPicture(bytes);
  assert.ok(read.ok, read.ok ? "" : read.sentence);
  return read.picture;
};

test("a photo keeps its drawing to the byte and its size, and nothing of place, moment, camera or author", () => {
  const picture = shown(photo(1));
  assert.deepEqual([picture.kind, picture.width, picture.height], ["jpeg", 30, 20]);
  assert.ok(!picture.bytes.includes("GPS") && !picture.bytes.includes("Camille") && !picture.bytes.includes("Exif"));
  assert.ok(picture.bytes.includes(drawing), "all scans, with what stands between them");
  assert.ok(picture.bytes.includes("JFIF"));
  assert.deepEqual(readDocument(picture.bytes), { ok: true, kind: "jpeg" });
  const drawn = shown(png());
  assert.ok(!drawn.bytes.includes("Camille"));
  assert.deepEqual([drawn.kind, drawn.width, drawn.height], ["png", 3, 2]);
  assert.deepEqual(readDocument(drawn.bytes), { ok: true, kind: "png" });
  assert.deepEqual(drawn.bytes, shown(png([])).bytes, "with texts or without, the same picture");
});

test("a photo taken with the telephone on its side is shown upright: which side is up is kept, alone", () => {
  for (const order of ["II", "MM"] as const)
    for (let turned = 2; turned <= 8; turned += 1) {
      const { bytes } = shown(photo(turned, order));
      const at = bytes.indexOf("Exif");
      assert.equal(at, 6, "right behind the beginning");
      assert.equal(bytes.readUInt16BE(at + 6 + 18), turned);
      assert.ok(!bytes.includes("GPS"));
      assert.deepEqual(shown(bytes).bytes, bytes, "cleaned again, it is the same");
    }
});

test("what is no picture, or one too large to show, gets the sentence that helps", () => {
  const said = (bytes: Buffer): string => {
    const read = readPicture(bytes);
    return read.ok ? "" : read.sentence;
  };
  assert.match(said(Buffer.from("%PDF-1.4\nstartxref\n1\n%%EOF\n")), /PDF/);
  assert.match(said(Buffer.from("<svg onload='alert(1)'/>")), /ni un PDF ni une image/);
  assert.match(said(Buffer.from("GIF89a")), /ni un PDF ni une image/);
  assert.match(said(photo(1, "II", 60_000, 60_000)), /trop de points/);
  assert.match(said(png([], 100_000, 100_000)), /trop de points/);
  assert.match(said(photo(1).subarray(0, 60)), /abîmé/);
});

test("whatever is sent, an answer comes; what is taken is still a picture, and cleaning it again changes nothing", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(photo(1), photo(6, "MM"), png()),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
      (whole, changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const read = readPicture(bytes);
        if (!read.ok) return;
        assert.equal(readDocument(read.picture.bytes).ok, true);
        const again = readPicture(read.picture.bytes);
        assert.ok(again.ok && again.picture.bytes.equals(read.picture.bytes));
      },
    ),
    { numRuns: 2000 },
  );
});
