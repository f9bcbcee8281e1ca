// Passwords and sealed secrets.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { safePath } from "./back.ts";
import { checkPassword, hashPassword, keyedHash, seal, unseal } from "./secrets.ts";

const secret = "a-secret-for-tests-only-0123456789abcdef";

test("a password is kept as an argon2id hash with the cost that OWASP recommends, and no two are alike", async () => {
  const [one, two] = await Promise.all([hashPassword("la soie et le safran"), hashPassword("la soie et le safran")]);
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(one, two);
  assert.equal(await checkPassword(one, "la soie et le safran"), true);
  assert.equal(await checkPassword(one, "La soie et le safran"), false);
  assert.equal(await checkPassword(null, "la soie et le safran"), false);
});

test("an accent typed in two signs is the same password", async () => {
  const stored = await hashPassword("l’été à Vénissieux".normalize("NFC"));
  assert.equal(await checkPassword(stored, "l’été à Vénissieux".normalize("NFD")), true);
});

test("what is sealed opens with the same secret, purpose and record, and with nothing else", () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (text, bound) => {
      const sealed = seal(secret, "totp", bound, text);
      assert.equal(unseal(secret, "totp", bound, sealed), text.toWellFormed());
      assert.equal(unseal(secret, "totp", `${bound}x`, sealed), null);
      assert.equal(unseal(secret, "other", bound, sealed), null);
      assert.equal(unseal(`${secret}x`, "totp", bound, sealed), null);
      assert.notEqual(seal(secret, "totp", bound, text), sealed, "never the same twice");
    }),
  );
});

test("one bit changed, or a part cut away, opens nothing", () => {
  const sealed = seal(secret, "totp", "account", "JBSWY3DPEHPK3PXP");
  const bytes = Buffer.from(sealed.slice(3), "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.equal(unseal(secret, "totp", "account", `v1.${changed.toString("base64url")}`), null, `bit ${bit}`);
  }
  for (let length = 0; length < bytes.length; length += 1)
    assert.equal(unseal(secret, "totp", "account", `v1.${bytes.subarray(0, length).toString("base64url")}`), null);
  for (const text of ["", "v1.", "v2.abc", "JBSWY3DPEHPK3PXP"])
    assert.equal(unseal(secret, "totp", "account", text), null);
});

test("a keyed hash does not tell its address without the secret", () => {
  assert.equal(keyedHash(secret, "limits", "a@x.test"), keyedHash(secret, "limits", "a@x.test"));
  assert.notEqual(keyedHash(secret, "limits", "a@x.test"), keyedHash(`${secret}x`, "limits", "a@x.test"));
  assert.notEqual(keyedHash(secret, "limits", "a@x.test"), keyedHash(secret, "other", "a@x.test"));
});

test("a way back is a path of this site, whatever is sent", () => {
  for (const path of ["/", "/visites", "/visites?lieu=1&de=01/02/2020", "/personnes/1#bas", "/recherche?q=%2F%2Fx"])
    assert.equal(safePath(path), path);
  for (const path of [
    "",
    "visites",
    "//x.test",
    "///x.test",
    "/\\x.test",
    "\\/x.test",
    "https://x.test/",
    "/\t/x.test",
    "/\n/x",
    "/a b",
  ])
    assert.equal(safePath(path), null, JSON.stringify(path));
  for (const path of ["/connexion", "/connexion/code", "/deconnexion", "/invitation/abc", "/x/../connexion"])
    assert.equal(safePath(path), null, path);
  assert.equal(
    safePath("/connexion/reprise/envoi?retour=%2Fvisites"),
    "/visites",
    "a form kept twice goes where it was for",
  );
  assert.equal(safePath("/connexion/reprise/envoi?retour=%2F%2Fx.test"), null);
  const hostile = fc.string({
    unit: fc.constantFrom("/", "\\", ".", ":", "@", "\t", "\n", "x", "%", "2", "F", "?", "#"),
  });
  fc.assert(
    fc.property(hostile, (path) => {
      const safe = safePath(path);
      if (safe !== null) assert.equal(new URL(safe, "https://maison.test/ici/").origin, "https://maison.test");
    }),
  );
});
