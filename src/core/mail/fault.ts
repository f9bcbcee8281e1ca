// What became of a message that a server did not plainly take: a server that is down must delay it, and a line cut in the middle must not
// make it leave twice.

/**
 * "delayed": nothing has left, it may be tried again. "refused": the server will not have it, now or ever. "unknown": the text was given
 * and no answer came back.
 */
type FaultKind = "delayed" | "refused" | "unknown";

/** What mailers and drivers of short messages throw: they alone know how far they came. */
export class SendingFault extends Error {
  readonly kind: FaultKind;
  /** The server itself does not answer: others need not be tried now. */
  readonly down: boolean;
  constructor(kind: FaultKind, detail: string, down = false) {
    super(detail.slice(0, 300));
    this.kind = kind;
    this.down = down;
  }
}

/**
 * Reads an error of nodemailer. Its `responseCode` is the server's answer (RFC 5321, 4.2.1: 4 for now, 5 for good). Without an answer all
 * hangs on whether the text was being given: its `command` does not tell, since a socket that breaks is always "CONN".
 */
export function smtpFault(error: unknown, textGiven: boolean): SendingFault {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
  const detail = [code, message].filter(Boolean).join(" : ");
  if (responseCode !== undefined) return new SendingFault(responseCode < 500 ? "delayed" : "refused", detail);
  if (code === "EENVELOPE") return new SendingFault("refused", detail);
  return new SendingFault(textGiven ? "unknown" : "delayed", detail, true);
}
