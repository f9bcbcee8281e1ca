// Letters leave by the SMTP server of the settings. Without one they are written to an outbox folder, as they would have left: nothing
// is lost, and a first try on one's own machine needs no mail server.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Mailer } from "../http/route.ts";
import { smtpFault } from "./fault.ts";

// Loaded with the first letter: most starts and every other command send none.
const library = async () => (await import("nodemailer")).default;

/** How a mail program leaves a letter to many for its reader (RFC 2369; RFC 8058: by one POST, asked by a person and by no scanner). */
const leftBy = (address: string | undefined) =>
  address === undefined
    ? {}
    : { list: { unsubscribe: address }, headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } };

type MailFacts = Pick<Config, "smtpUrl" | "mailFrom" | "dataFolder">;

/** The Message-ID of a letter that has an identifier, under the sender's domain (RFC 5322, 3.6.4). */
const knownBy = (id: string | undefined, from: string) =>
  id === undefined ? {} : { messageId: `<${id}@${/@([^\s>]+)/.exec(from)?.[1] ?? "localhost"}>` };

/**
 * The mailer of an installation. `send` gives "sent" when the server took the letter, "outbox" when it was written to
 * `<dataFolder>/outbox/` (readable by its owner alone: it may hold an invitation's link).
 * @throws SendingFault when the server refuses or does not answer within ten seconds: it says whether the letter may have left.
 */
export function makeMailer(config: MailFacts): Mailer {
  return config.smtpUrl ? bySmtp(config.smtpUrl, config.mailFrom) : toOutbox(config);
}

function bySmtp(url: string, from: string): Mailer {
  const patience = 10_000;
  return {
    async send({ to, subject, text, id, leaveBy }) {
      const transport = (await library()).createTransport({
        url,
        connectionTimeout: patience,
        greetingTimeout: patience,
        socketTimeout: patience,
      });
      // The text begins to leave when the transport asks for it, once it is connected and let in.
      let textGiven = false;
      transport.use("stream", (mail, done) => {
        const { message } = mail;
        const begin = message.createReadStream.bind(message);
        message.createReadStream = (options) => {
          textGiven = true;
          return begin(options);
        };
        done();
      });
      try {
        // An address is one address: a comma or a line break in it must not add readers.
        await transport.sendMail({
          from,
          to: { name: "", address: to },
          subject,
          text,
          ...knownBy(id, from),
          ...leftBy(leaveBy),
        });
      } catch (error) {
        throw smtpFault(error, textGiven);
      }
      return "sent";
    },
  };
}

function toOutbox({ mailFrom, dataFolder }: MailFacts): Mailer {
  const folder = join(dataFolder, "outbox");
  return {
    async send({ to, subject, text, id, leaveBy }) {
      const transport = (await library()).createTransport({ streamTransport: true, buffer: true, newline: "unix" });
      const letter = {
        from: mailFrom,
        to: { name: "", address: to },
        subject,
        text,
        ...knownBy(id, mailFrom),
        ...leftBy(leaveBy),
      };
      const written = await transport.sendMail(letter);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const name = `${new Date().toISOString().replace(/[:.]/g, "-")}-${written.messageId.replace(/[^a-z0-9]/gi, "").slice(0, 12)}.eml`;
      writeFileSync(join(folder, name), written.message as Buffer, { mode: 0o600, flag: "wx" });
      return "outbox";
    },
  };
}
