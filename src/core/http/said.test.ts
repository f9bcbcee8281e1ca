// Only the house speaks in its own name.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readSaid, withSaid } from "./said.ts";

const secret = "a-secret-for-tests-only-0123456789abcdef";
const home = "http://house.invalid";

test("what an act said is read back, whatever the sentence and the address", () => {
  const address = fc.constantFrom("/personnes", "/accueil?lieu=1", "/visites/1#liste");
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), address, (text, to) => {
      const url = new URL(withSaid(secret, to, text), home);
      assert.equal(readSaid(secret, url), text.toWellFormed());
      assert.equal(url.pathname, new URL(to, home).pathname);
    }),
  );
});

test("a sentence that somebody else wrote, or changed, is not said", () => {
  const forged = [
    "/personnes?dit=Votre compte est bloqué",
    "/personnes?dit=Votre compte est bloqué&sceau=",
    withSaid("another-secret-of-somebody-else-000000", "/personnes", "Votre compte est bloqué"),
    withSaid(secret, "/personnes", "La fiche est modifiée.").replace("modifi", "supprim"),
  ];
  for (const path of forged) assert.equal(readSaid(secret, new URL(path, home)), null, path);
});
