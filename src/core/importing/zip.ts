// A zip archive opened with care: its directory is weighed before anything is unfolded, and what unfolds is counted as it comes.
import type { Readable } from "node:stream";
import yauzl from "yauzl";
import { ImportRefusal, type ReadingLimits } from "./refusal.ts";

const bomb = "Ce classeur se déplie en un volume démesuré : il est refusé.";
const broken = "Ce classeur est abîmé : il ne se lit pas jusqu’au bout.";

export type Archive = {
  has(name: string): boolean;
  /** A part's text, piece by piece, and the share of it that is read. */
  read(name: string): AsyncGenerator<{ text: string; share: number }>;
  /** A small part's whole text; "" when the archive does not have it. */
  whole(name: string, most: number): Promise<string>;
  close(): void;
};

/** @throws ImportRefusal with a sentence: broken, protected, or unfolding beyond all measure. */
export async function openArchive(path: string, limits: ReadingLimits): Promise<Archive> {
  const zip = await openZip(path);
  const entries = await listEntries(zip, limits).catch((error: unknown) => {
    zip.close();
    throw error;
  });
  let left = limits.maxInflated;

  async function* read(name: string): AsyncGenerator<{ text: string; share: number }> {
    const entry = entries.get(name);
    if (!entry) return;
    const stream = await openStream(zip, entry);
    const decoder = new TextDecoder();
    let unfolded = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        left -= chunk.length;
        unfolded += chunk.length;
        if (left < 0) throw new ImportRefusal(bomb);
        yield { text: decoder.decode(chunk, { stream: true }), share: unfolded / entry.uncompressedSize };
      }
      yield { text: decoder.decode(), share: 1 };
    } catch (error) {
      throw error instanceof ImportRefusal ? error : new ImportRefusal(broken);
    } finally {
      stream.destroy();
    }
  }

  return {
    has: (name) => entries.has(name),
    read,
    async whole(name, most) {
      let whole = "";
      for await (const { text } of read(name)) {
        whole += text;
        if (whole.length > most) throw new ImportRefusal(bomb);
      }
      return whole;
    },
    close: () => zip.close(),
  };
}

const openZip = (path: string): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error || !zip ? reject(new ImportRefusal("Ce classeur est abîmé : il ne s’ouvre pas.")) : resolve(zip),
    ),
  );

const openStream = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, found) => (error || !found ? reject(new ImportRefusal(broken)) : resolve(found))),
  );

function listEntries(zip: yauzl.ZipFile, limits: ReadingLimits): Promise<Map<string, yauzl.Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    let total = 0;
    zip.on("entry", (entry: yauzl.Entry) => {
      total += entry.uncompressedSize;
      if (entries.size > 2000 || total > limits.maxInflated) return reject(new ImportRefusal(bomb));
      if (entry.isEncrypted())
        return reject(
          new ImportRefusal("Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe."),
        );
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", () => reject(new ImportRefusal(broken)));
    zip.readEntry();
  });
}
