// What a document is: whole ones of the three kinds pass whatever their name, cut ones and others do not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { readDocument } from "./documents.ts";

const pdf = Buffer.from(
  "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\ntrailer\n<< /Size 1 >>\nstartxref\n46\n%%EOF\n",
);

function png(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.alloc((width + 1) * height))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const segment = (marker: number, data: readonly number[]): number[] => [
  0xff,
  marker,
  (data.length + 2) >> 8,
  (data.length + 2) & 0xff,
  ...data,
];
const frame = (width: number, height: number): number[] =>
  segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]);
const jpeg = (width: number, height: number, after: readonly number[] = []): Buffer =>
  Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0]),
    ...frame(width, height),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...[0x12, 0x34, 0xff, 0xd9],
    ...after,
  ]);

test("whole documents are what their bytes say", () => {
  assert.deepEqual(readDocument(pdf), { ok: true, kind: "pdf" });
  assert.deepEqual(readDocument(png(3, 2)), { ok: true, kind: "png" });
  assert.deepEqual(readDocument(jpeg(3, 2)), { ok: true, kind: "jpeg" });
  // Phones add their own things after the image.
  assert.deepEqual(readDocument(jpeg(3, 2, [1, 2, 3])), { ok: true, kind: "jpeg" });
});

test("others get the sentence that helps", () => {
  const sentence = (bytes: Buffer): string => {
    const read = readDocument(bytes);
    return read.ok ? "" : read.sentence;
  };
  assert.match(sentence(Buffer.from("MZ\x90\x00 an executable")), /ni un PDF ni une image/);
  assert.match(sentence(Buffer.from("\x7fELF\x02\x01\x01")), /ni un PDF ni une image/);
  assert.match(sentence(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")), /ni un PDF/);
  assert.match(sentence(Buffer.from("<html>")), /ni un PDF ni une image/);
  assert.match(sentence(Buffer.from("PK\x03\x04\x14\x00word/document.xml")), /enregistrez-le en PDF/);
  assert.match(sentence(Buffer.from("\0\0\0\x18ftypheic\0\0\0\0")), /HEIC/);
  assert.match(sentence(Buffer.alloc(0)), /ni un PDF/);
  assert.match(sentence(png(0, 2)), /abîmé/);
  assert.match(sentence(jpeg(0, 2)), /abîmé/);
});

test("a document cut anywhere is refused, and so is a picture with one byte changed in a chunk", () => {
  const whole = png(20, 20);
  for (const document of [whole, jpeg(20, 20), pdf.subarray(0, pdf.length - 1)])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: document.length - 2 }), (at) => {
        assert.equal(readDocument(document.subarray(0, at)).ok, false, `cut at ${at}`);
      }),
    );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ flip;
      assert.equal(readDocument(changed).ok, false, `changed at ${at}`);
    }),
  );
});

test("whatever is sent, reading it ends with an answer", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom("%PDF-", "\xff\xd8\xff", "\x89PNG\r\n\x1a\n", ""),
      (bytes, head) => {
        assert.equal(typeof readDocument(Buffer.concat([Buffer.from(head, "latin1"), bytes])).ok, "boolean");
      },
    ),
  );
});
