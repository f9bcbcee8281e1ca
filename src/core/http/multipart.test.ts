// A file sent by a form reaches the disk byte for byte, however the line cuts it, and what is no such form leaves nothing behind.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { receiveFile } from "./multipart.ts";

const folder = mkdtempSync(join(tmpdir(), "traboule-multipart-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "received");

/** A request whose body comes in pieces of the given sizes, over and over. */
function request(
  body: Uint8Array,
  type: string,
  sizes: readonly number[] = [65_536],
  headers: Record<string, string> = {},
): Request {
  let at = 0;
  let turn = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= body.length) return controller.close();
      const size = sizes[turn++ % sizes.length] ?? 1;
      controller.enqueue(body.subarray(at, at + size));
      at += size;
    },
  });
  return new Request("http://localhost/", {
    method: "POST",
    headers: { "content-type": type, ...headers },
    body: stream,
    duplex: "half",
  } as RequestInit);
}

/** The body and the type that a browser makes of a form. */
async function encoded(form: FormData): Promise<{ body: Uint8Array; type: string }> {
  const made = new Response(form);
  return { type: made.headers.get("content-type") ?? "", body: new Uint8Array(await made.arrayBuffer()) };
}

test("any bytes, in any pieces, between any other fields", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
    fc.constantFrom("\r\n--", "--", "\r\n", "\r\n\r\n--x").map((text) => new Uint8Array(Buffer.from(text))),
  );
  await fc.assert(
    fc.asyncProperty(
      bytes,
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      fc.string(),
      async (content, sizes, field) => {
        const form = new FormData();
        form.set("avant", field);
        form.set("fichier", new File([content], "été & hiver.csv"));
        form.set("apres", field);
        const { body, type } = await encoded(form);
        const received = await receiveFile(request(body, type, sizes), path, 10_000);
        assert.ok(typeof received === "object");
        assert.equal(received.name, "été & hiver.csv");
        assert.equal(received.bytes, content.length);
        assert.equal(received.sha256, createHash("sha256").update(content).digest("hex"));
        assert.deepEqual(new Uint8Array(readFileSync(path)), new Uint8Array(content));
      },
    ),
  );
});

test("a large file is never whole in memory", async () => {
  const boundary = "----form";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="fichier"; filename="C:\\\\dossier\\\\gros.csv"\r\n\r\n`;
  const piece = Buffer.alloc(1_000_000, "a");
  let sent = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent === 0) controller.enqueue(Buffer.from(head));
        if (sent++ < 150) controller.enqueue(piece);
        else {
          controller.enqueue(Buffer.from(`\r\n--${boundary}--\r\n`));
          controller.close();
        }
      },
    },
    { highWaterMark: 1 },
  );
  const before = process.memoryUsage().rss;
  const received = await receiveFile(
    new Request("http://localhost/", {
      method: "POST",
      headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
      body,
      duplex: "half",
    } as RequestInit),
    path,
    200_000_000,
  );
  assert.ok(typeof received === "object");
  assert.equal(received.bytes, 150_000_000);
  assert.equal(received.name, "gros.csv");
  assert.ok(process.memoryUsage().rss - before < 120_000_000);
});

test("too large, empty, cut short or no form at all: said so, and nothing is left", async () => {
  const form = new FormData();
  form.set("fichier", new File(["a".repeat(5000)], "a.csv"));
  const { body, type } = await encoded(form);
  const outcome = async (sent: Request, most = 10_000): Promise<unknown> => {
    const found = await receiveFile(sent, path, most);
    assert.equal(existsSync(path), typeof found === "object");
    return found;
  };
  rmSync(path, { force: true });
  assert.equal(await outcome(request(body, type), 1000), "too-large");
  assert.equal(await outcome(request(body, type, [100], { "content-length": "999999" })), "too-large");
  assert.equal(await outcome(request(body.subarray(0, 3000), type)), "unreadable");
  assert.equal(await outcome(request(body, "multipart/form-data; boundary=other")), "unreadable");
  assert.equal(await outcome(request(body, "multipart/form-data")), "unreadable");
  assert.equal(await outcome(request(body, "text/plain")), "unreadable");
  assert.equal(
    await outcome(request(Buffer.from(`--b\r\n${"x".repeat(20_000)}`), "multipart/form-data; boundary=b"), 50_000),
    "unreadable",
  );
  const none = new FormData();
  none.set("autre", "texte");
  none.set("fichier", new File([], ""));
  const empty = await encoded(none);
  assert.equal(await outcome(request(empty.body, empty.type)), "no-file");
});
