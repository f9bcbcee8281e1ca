// Passkeys (WebAuthn): the browser's part and the server's meet in the shapes of @simplewebauthn.
import { isIP } from "node:net";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { Config } from "../../../../core/config/config.ts";
import type { PasskeysTable } from "../tables.ts";

// Loaded when a passkey is first used: no other package weighs as much on a start.
const library = () => import("@simplewebauthn/server");

/** The names that a passkey is bound to. */
const party = (config: Config): { id: string; origin: string } => {
  const url = new URL(config.publicUrl);
  return { id: url.hostname, origin: url.origin };
};

/** Browsers bind a passkey to a name, never to a bare network address, and want TLS except on "localhost". */
export const passkeysPossible = (config: Config): boolean => {
  const url = new URL(config.publicUrl);
  return (
    isIP(url.hostname.replace(/^\[|\]$/g, "")) === 0 && (url.protocol === "https:" || url.hostname === "localhost")
  );
};

export type Passkey = Pick<
  PasskeysTable,
  "id" | "credential_id" | "public_key" | "counter" | "transports" | "last_used_at"
>;

/** What the browser needs to make a passkey, as JSON. */
export async function registrationOptions(
  config: Config,
  account: { id: string; email: string; name: string },
  challenge: string,
  existing: readonly Passkey[],
): Promise<string> {
  const options = await (await library()).generateRegistrationOptions({
    rpName: "Traboule",
    rpID: party(config).id,
    userName: account.email,
    userDisplayName: account.name,
    userID: new TextEncoder().encode(account.id),
    challenge: Buffer.from(challenge, "base64url"),
    attestationType: "none",
    excludeCredentials: existing.map((key) => ({ id: key.credential_id, transports: key.transports })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
  return JSON.stringify(options);
}

/** What the browser needs to use one of the account's passkeys, as JSON. */
export async function signInOptions(config: Config, challenge: string, keys: readonly Passkey[]): Promise<string> {
  const options = await (await library()).generateAuthenticationOptions({
    rpID: party(config).id,
    allowCredentials: keys.map((key) => ({ id: key.credential_id, transports: key.transports })),
    challenge: Buffer.from(challenge, "base64url"),
    userVerification: "preferred",
  });
  return JSON.stringify(options);
}

type Made = Pick<PasskeysTable, "credential_id" | "public_key" | "counter"> & { transports: string[] };

/** Checks the answer of a browser that made a passkey; null when it does not hold. */
export async function checkRegistration(config: Config, challenge: string, answer: string): Promise<Made | null> {
  const { id, origin } = party(config);
  try {
    const checked = await (await library()).verifyRegistrationResponse({
      response: JSON.parse(answer) as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: false,
    });
    if (!checked.verified) return null;
    const { credential } = checked.registrationInfo;
    return {
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: [...(credential.transports ?? [])],
    };
  } catch {
    // The library throws on every mismatch; to the reader they are all one: this passkey was not accepted.
    return null;
  }
}

/**
 * Checks the answer of a browser that used a passkey; null when it does not hold. A passkey used since the challenge was `issued`
 * is refused: an answer overheard cannot be sent again.
 */
export async function checkSignIn(
  config: Config,
  state: { challenge: string; issued: number },
  keys: readonly Passkey[],
  answer: string,
): Promise<{ key: Passkey; counter: number } | null> {
  const { id, origin } = party(config);
  try {
    const response = JSON.parse(answer) as AuthenticationResponseJSON;
    const key = keys.find((one) => one.credential_id === response.id);
    if (!key || (key.last_used_at && key.last_used_at.getTime() >= state.issued)) return null;
    const checked = await (await library()).verifyAuthenticationResponse({
      response,
      expectedChallenge: state.challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: false,
      credential: {
        id: key.credential_id,
        publicKey: new Uint8Array(key.public_key),
        counter: key.counter,
        transports: key.transports,
      },
    });
    return checked.verified ? { key, counter: checked.authenticationInfo.newCounter } : null;
  } catch {
    return null;
  }
}
