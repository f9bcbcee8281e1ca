// A real mail server on the loopback: takes letters, refuses them, puts them off, or is cut in the middle of one.
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { SMTPServer } from "smtp-server";
import type { Services } from "../http/route.ts";
import { makeMailer } from "../mail/mailer.ts";

export type MailServer = {
  port: number;
  /** Letters taken, in order: Message-ID, reader, text as it is read. */
  taken: { id: string; to: string; text: string }[];
  /** What it does with the next letters, once it has their text: takes them, says 451 or 550, or cuts the line. */
  manner: "take" | "later" | "never" | "cut";
  /** Called when a letter's text is there, before the server answers. */
  onText: () => Promise<void>;
};

/** Services whose letters go to a server on this port. */
export const withMail = (services: Services, port: number): Services => ({
  ...services,
  mail: makeMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mailFrom: "Maison <maison@exemple.test>",
    dataFolder: services.files.data,
  }),
});

/** Quoted-printable (RFC 2045, 6.7) as it is read. */
const readable = (text: string): string =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString();

export async function mailServer(t: Pick<TestContext, "after">): Promise<MailServer> {
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => void take(Buffer.concat(chunks).toString(), session.envelope.rcptTo[0]?.address, done));
    },
  });
  const here: MailServer = { port: 0, taken: [], manner: "take", onText: async () => {} };
  async function take(text: string, to: string | undefined, done: (error?: Error) => void): Promise<void> {
    if (here.manner === "later" || here.manner === "never")
      return done(Object.assign(new Error("no"), { responseCode: here.manner === "later" ? 451 : 550 }));
    here.taken.push({ id: /^Message-ID: <(.+)>$/im.exec(text)?.[1] ?? "", to: to ?? "", text: readable(text) });
    if (here.manner === "cut") {
      for (const connection of smtp.connections) connection._socket.destroy();
      return;
    }
    await here.onText();
    done();
  }
  // A client that was killed leaves a broken line: that is what is tested.
  smtp.on("error", () => {});
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise<void>((resolve) => smtp.close(resolve)));
  here.port = (smtp.server.address() as AddressInfo).port;
  return here;
}
