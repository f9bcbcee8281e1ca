// What the door says of what is typed or scanned: one sentence for each case of the issue.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeIds } from "../../../../core/ids.ts";
import { findGuest, type Known } from "./finding.ts";
import { codeSigns, readCode } from "./reading.ts";
import { sealOf, squareText } from "./seal.ts";

const guest = (code: string, more: Partial<Known> = {}): Known => ({
  booking: `b-${code}`,
  code,
  seal: `seal-${code}`,
  name: "Ada",
  by: "Centre social Les Tilleuls",
  seats: 2,
  came: null,
  ended: null,
  ...more,
});
const list = [
  guest("ACDEFGH"),
  guest("JKMNPQR", { name: "Élodie", by: "Mission locale" }),
  guest("TWXY346", { name: null, ended: "annulée le 12/03/2020", by: "Mission locale" }),
  guest("7997934", { name: "Zoé", seats: 1, came: 1 }),
];
const said = (text: string): string => findGuest(text, list).said;

test("a code, a name, a structure, whatever the case, the accents and the spaces", () => {
  assert.equal(said("acd efgh"), "Ada : 2 places, par Centre social Les Tilleuls.");
  assert.equal(said("elodie"), "Élodie : 2 places, par Mission locale.");
  assert.equal(findGuest("mission", list).kind, "some");
  assert.equal(said("Bérénice"), "Personne du nom de « Bérénice » n’est attendu.");
});

test("a square that is forged, of another date, of a cancelled booking; somebody who is in already", () => {
  const good = squareText("https://maison.exemple", "ACDEFGH", "seal-ACDEFGH");
  assert.equal(findGuest(good, list).kind, "one");
  assert.match(said(good.replace("seal-A", "seal-B")), /^Ce carré est faux/);
  assert.match(
    said(squareText("https://maison.exemple", "GGGGGGG", "x")),
    /^Le code GGGGGGG n’est pas sur cette liste/,
  );
  assert.match(said("https://ailleurs.exemple/"), /n’est pas un billet/);
  assert.match(said("TWXY346"), /réservation annulée le 12\/03\/2020/);
  assert.equal(said("7997934"), "Zoé : déjà entré.");
});

test("letters that codes never have, a sign too few, a slip of the finger", () => {
  assert.match(said("ACDEFG0"), /n’ont jamais « 0 »/);
  assert.match(said("OCDEF5H"), /« O » ni « 5 »/);
  assert.match(said("ACDEF7"), /7 signes ; celui-ci en a 6/);
  assert.match(said("ACDEFGJ"), /Est-ce ACDEFGH, Ada/);
});

test("every code that the house makes is read back, however it is typed", () => {
  const ids = makeIds({ now: () => new Date(0) });
  fc.assert(
    fc.property(fc.boolean(), fc.nat(7), (lower, at) => {
      const code = ids.shortCode();
      assert.ok([...code].every((sign) => codeSigns.includes(sign)));
      const typed = `${code.slice(0, at)} ${code.slice(at)}`;
      assert.deepEqual(readCode(lower ? typed.toLowerCase() : typed), { code, seal: null });
    }),
  );
});

test("a seal is of one booking, one date, one house and one server", () => {
  const booking = { id: "1", date: "2", code: "ACDEFGH" };
  const seal = sealOf("secret", "house", booking);
  assert.equal(seal.length, 10);
  for (const other of [
    sealOf("secreu", "house", booking),
    sealOf("secret", "housf", booking),
    sealOf("secret", "house", { ...booking, id: "3" }),
    sealOf("secret", "house", { ...booking, date: "3" }),
    sealOf("secret", "house", { ...booking, code: "ACDEFGJ" }),
  ])
    assert.notEqual(other, seal);
  assert.deepEqual(readCode(squareText("https://m.exemple/sous", booking.code, seal)), { code: booking.code, seal });
});
