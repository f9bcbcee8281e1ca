// A zip written by hand, so that a test can say exactly how hostile it is (PKWARE APPNOTE 4.3).
import { crc32, deflateRawSync } from "node:zlib";

type Part = {
  name: string;
  bytes: Buffer | string;
  /** A size that the directory claims and the bytes do not have. */
  claims?: number;
  encrypted?: boolean;
};

/** The bytes of a zip with these parts, each deflated. */
export function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, claims, encrypted } of parts) {
    const plain = Buffer.from(bytes);
    // Quickly: a bomb is large.
    const packed = deflateRawSync(plain, { level: 1 });
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(encrypted ? 1 : 0, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(plain), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(claims ?? plain.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), facts, Buffer.from(name), packed]);
    const central = Buffer.concat([
      Buffer.from("PK\u0001\u0002"),
      Buffer.from([20, 0]),
      facts,
      Buffer.alloc(14),
      Buffer.from(name),
    ]);
    central.writeUInt32LE(at, 42);
    bodies.push(local);
    directory.push(central);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
}

/** A workbook whose one sheet is the given XML, with other parts at will. */
export const workbook = (sheet: string, others: readonly Part[] = []): Buffer =>
  zip([
    {
      name: "xl/workbook.xml",
      bytes: `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Feuille" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      bytes: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { name: "xl/worksheets/sheet1.xml", bytes: sheet },
    ...others,
  ]);

/** A sheet of texts and numbers, each row a list of cells; `before` stands between the root and the rows. */
export const sheetOf = (rows: readonly (readonly string[])[], before = ""): string =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${before}<sheetData>${rows
    .map((cells) => `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`)
    .join("")}</sheetData></worksheet>`;
