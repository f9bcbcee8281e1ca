import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { SMTPServer } from "smtp-server";
import { makeMailer } from "./mailer.ts";

const letter = { to: "noor@exemple.test", subject: "Votre accès : à noter", text: "Voici le lien.\n" };

const temporary = (t: { after(work: () => void): void }): string => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-mail-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

test("without a mail server a letter waits in the outbox, for its owner's eyes only", async (t) => {
  const dataFolder = temporary(t);
  const mailer = makeMailer({ smtpUrl: null, mailFrom: "Maison <maison@exemple.test>", dataFolder });
  assert.equal(await mailer.send(letter), "outbox");
  const [file, ...others] = readdirSync(join(dataFolder, "outbox"));
  assert.ok(file);
  assert.match(file, /\.eml$/);
  assert.equal(others.length, 0);
  const path = join(dataFolder, "outbox", file);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const text = readFileSync(path, "utf8");
  assert.match(text, /^To: noor@exemple\.test$/m);
  assert.match(text, /Voici le lien\./);
});

test("a letter to many tells mail programs how its reader leaves; another letter does not", async (t) => {
  const dataFolder = temporary(t);
  const mailer = makeMailer({ smtpUrl: null, mailFrom: "maison@exemple.test", dataFolder });
  await mailer.send({ ...letter, leaveBy: "https://maison.exemple.test/kit/abc" });
  const [file = ""] = readdirSync(join(dataFolder, "outbox"));
  const text = readFileSync(join(dataFolder, "outbox", file), "utf8");
  assert.match(text, /^List-Unsubscribe: <https:\/\/maison\.exemple\.test\/kit\/abc>$/m);
  assert.match(text, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  await mailer.send(letter);
  const other = readdirSync(join(dataFolder, "outbox")).find((name) => name !== file) ?? "";
  assert.doesNotMatch(readFileSync(join(dataFolder, "outbox", other), "utf8"), /List-Unsubscribe/);
});

test("with a mail server the letter reaches it, with one reader", async (t) => {
  const received: { to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        received.push({ to: session.envelope.rcptTo.map((one) => one.address), text: Buffer.concat(parts).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  const mailer = makeMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mailFrom: "maison@exemple.test",
    dataFolder: temporary(t),
  });
  assert.equal(await mailer.send(letter), "sent");
  assert.deepEqual(received[0]?.to, ["noor@exemple.test"]);
  assert.match(received[0]?.text ?? "", /Voici le lien\./);
});

test("a mail server that does not answer is an error, not a silence", async (t) => {
  const mailer = makeMailer({
    smtpUrl: "smtp://127.0.0.1:1",
    mailFrom: "maison@exemple.test",
    dataFolder: temporary(t),
  });
  await assert.rejects(mailer.send(letter));
});
