// An authenticator without a device: makes a passkey and signs with it, as WebAuthn says (ES256, attestation "none"). A browser test
// uses a real browser's; this one lets a test lie about the origin, replay an answer or turn a counter back.
import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";

type Lies = { origin?: string; challenge?: string; counter?: number };

const sha256 = (bytes: Buffer | string): Buffer => createHash("sha256").update(bytes).digest();
const bytesOf = (length: number): Buffer => Buffer.concat([Buffer.from([0x58, length])]);

/** A new authenticator for a page of `origin`. */
export function makeAuthenticator(origin: string): {
  /** Answers the options of a registration. */
  make(options: string, lies?: Lies): string;
  /** Answers the options of a sign-in. */
  use(options: string, lies?: Lies): string;
} {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  let counter = 0;
  // COSE key, a CBOR map: kty EC2, alg ES256, crv P-256, x, y.
  const cose = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytesOf(32),
    Buffer.from(x, "base64url"),
    Buffer.from([0x22]),
    bytesOf(32),
    Buffer.from(y, "base64url"),
  ]);
  const dataFor = (host: string, flags: number, count: number, rest: Buffer = Buffer.alloc(0)): Buffer => {
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(count);
    return Buffer.concat([sha256(host), Buffer.from([flags]), counted, rest]);
  };
  const client = (type: string, challenge: string, lies: Lies): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? origin }));
  const answer = (response: Record<string, string>): string =>
    JSON.stringify({
      id: id.toString("base64url"),
      rawId: id.toString("base64url"),
      type: "public-key",
      clientExtensionResults: {},
      response,
    });
  return {
    make(options, lies = {}) {
      const { challenge, rp } = JSON.parse(options) as { challenge: string; rp: { id: string } };
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
      // Present, verified, with a credential.
      const data = dataFor(rp.id, 0x45, counter, credential);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        Buffer.from([0x63]),
        Buffer.from("fmt"),
        Buffer.from([0x64]),
        Buffer.from("none"),
        Buffer.from([0x67]),
        Buffer.from("attStmt"),
        Buffer.from([0xa0]),
        Buffer.from([0x68]),
        Buffer.from("authData"),
        bytesOf(data.length),
        data,
      ]);
      return answer({
        clientDataJSON: client("webauthn.create", challenge, lies).toString("base64url"),
        attestationObject: attestation.toString("base64url"),
      });
    },
    use(options, lies = {}) {
      const { challenge, rpId } = JSON.parse(options) as { challenge: string; rpId: string };
      counter = lies.counter ?? counter + 1;
      const said = client("webauthn.get", challenge, lies);
      const data = dataFor(rpId, 0x05, counter);
      const signature = createSign("sha256")
        .update(Buffer.concat([data, sha256(said)]))
        .sign(privateKey);
      return answer({
        clientDataJSON: said.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: signature.toString("base64url"),
      });
    },
  };
}
