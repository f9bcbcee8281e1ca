// A file sent by a form (RFC 7578), written to the disk as it comes: whatever its size, a few kilobytes of it are in memory at a time.
import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";

export type ReceivedFile = { path: string; name: string; bytes: number; sha256: string };

/** Why nothing was received: too large, no file in the form, or a body that is no such form or was cut short. */
export type NotReceived = "too-large" | "no-file" | "unreadable";

const longestHead = 16_384;

/**
 * Writes the first file of a multipart body to `path`, and leaves everything else out. A body larger than `most` bytes is not read
 * further. Nothing is left at `path` when nothing was received.
 */
export async function receiveFile(request: Request, path: string, most: number): Promise<ReceivedFile | NotReceived> {
  const boundary = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    request.headers.get("content-type") ?? "",
  );
  if (!boundary || !request.body) return "unreadable";
  if (Number(request.headers.get("content-length") ?? "0") > most) return "too-large";
  const body = new Body(request.body.getReader(), `\r\n--${boundary[1] ?? boundary[2]}`, most);
  let kept = false;
  try {
    const received = await firstFile(body, path);
    kept = typeof received === "object";
    return received;
  } catch (error) {
    if (error instanceof CutShort) return error.why;
    throw error;
  } finally {
    await body.leave();
    if (!kept) await rm(path, { force: true });
  }
}

async function firstFile(body: Body, path: string): Promise<ReceivedFile | NotReceived> {
  for await (const _ of body.untilBoundary());
  while (await body.hasPart()) {
    const name = fileNameOf(await body.head());
    if (name === null) {
      for await (const _ of body.untilBoundary());
      continue;
    }
    const hash = createHash("sha256");
    let bytes = 0;
    const file = await open(path, "w", 0o600);
    try {
      for await (const piece of body.untilBoundary()) {
        hash.update(piece);
        bytes += piece.length;
        await file.write(piece);
      }
    } finally {
      await file.close();
    }
    if (bytes > 0) return { path, name, bytes, sha256: hash.digest("hex") };
  }
  return "no-file";
}

/** The file's own name, from a part's head; null for a field that is no file, or one left empty. */
function fileNameOf(head: string): string | null {
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
  const quoted = /;\s*filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  if (!quoted) return null;
  const name = quoted.replace(/%22/g, '"').replace(/\\(.)/g, "$1");
  return name.split(/[\\/]/).at(-1) || null;
}

class CutShort extends Error {
  readonly why: NotReceived;
  constructor(why: NotReceived) {
    super(why);
    this.why = why;
  }
}

class Body {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #boundary: Buffer;
  readonly #most: number;
  // The first boundary stands at the very start, without the line break that the others have before them.
  #held: Buffer = Buffer.from("\r\n");
  #read = 0;
  constructor(reader: ReadableStreamDefaultReader<Uint8Array>, boundary: string, most: number) {
    this.#reader = reader;
    this.#boundary = Buffer.from(boundary);
    this.#most = most;
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || !value) throw new CutShort("unreadable");
    this.#read += value.length;
    if (this.#read > this.#most) throw new CutShort("too-large");
    this.#held = this.#held.length === 0 ? Buffer.from(value) : Buffer.concat([this.#held, value]);
  }

  /** What stands before the next boundary, piece by piece; the boundary itself is passed over. */
  async *untilBoundary(): AsyncGenerator<Buffer> {
    while (true) {
      const at = this.#held.indexOf(this.#boundary);
      if (at >= 0) {
        if (at > 0) yield this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + this.#boundary.length);
        return;
      }
      // The boundary may be cut by the end of what is held.
      const safe = this.#held.length - this.#boundary.length + 1;
      if (safe > 0) {
        yield this.#held.subarray(0, safe);
        this.#held = this.#held.subarray(safe);
      }
      await this.#more();
    }
  }

  /** After a boundary: is there another part? The last boundary ends with two dashes. */
  async hasPart(): Promise<boolean> {
    while (this.#held.length < 2) await this.#more();
    return this.#held.subarray(0, 2).toString("latin1") !== "--";
  }

  /** The head of a part, up to its empty line. */
  async head(): Promise<string> {
    while (true) {
      const at = this.#held.indexOf("\r\n\r\n");
      if (at >= 0) {
        const head = this.#held.subarray(0, at).toString("utf8");
        // The line break stays: an empty part has its boundary right behind it.
        this.#held = this.#held.subarray(at + 4);
        return head;
      }
      if (this.#held.length > longestHead) throw new CutShort("unreadable");
      await this.#more();
    }
  }

  /** What is left is not read. */
  async leave(): Promise<void> {
    await this.#reader.cancel().catch(() => {});
  }
}
