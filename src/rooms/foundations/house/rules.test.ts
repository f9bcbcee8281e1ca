// What the house decides, without a database.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { codeOfSite, holdsOn, isLastAdministrator, whyNotEndGrant, whyNotPassword } from "./rules.ts";

const camille = { email: "camille@exemple.test", name: "Camille Essai" };

test("a password is long, not common, not one's own name or address", () => {
  for (const good of ["la soie et le safran", "Rhône&Saône-2020", "éàçûîéàçûîéà", "🌉🌁🚲🚃🚋🚞🚟🚠🚡🚢🚣🚤"])
    assert.equal(whyNotPassword(good, camille), null, good);
  for (const [bad, why] of [
    ["onze signes.", null],
    ["onze signe.", /au moins 12 signes/],
    ["", /au moins 12 signes/],
    ["a".repeat(201), /200 signes au plus/],
    ["aaaaaaaaaaaaaa", /trop courant/],
    ["ababababababab", /trop courant/],
    ["012345678901", /trop courant/],
    ["AzertyUiop123", /trop courant/],
    ["mot de passe 123", /trop courant/],
    ["xx camille@exemple.test", /autre chose que votre adresse/],
  ] as const)
    why === null
      ? assert.equal(whyNotPassword(bad, camille), null, bad)
      : assert.match(whyNotPassword(bad, camille) ?? "", why, bad);
  assert.match(
    whyNotPassword("JeanneDupontJeanne", { email: "j@x.test", name: "Jeanne Dupont Jeanne" }) ?? "",
    /votre nom/,
  );
});

test("composed and decomposed accents are the same sign", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (text) => {
      assert.equal(whyNotPassword(text.normalize("NFD"), camille), whyNotPassword(text.normalize("NFC"), camille));
    }),
  );
});

test("a role counts from its first day to its last, both included", () => {
  const grant = { from_day: "2020-03-01", to_day: "2020-03-31" };
  assert.deepEqual(
    ["2020-02-29", "2020-03-01", "2020-03-31", "2020-04-01"].map((day) => holdsOn(grant, day)),
    [false, true, true, false],
  );
  assert.equal(holdsOn({ ...grant, to_day: null }, "2099-01-01"), true);
  assert.equal(
    holdsOn({ from_day: "2020-03-02", to_day: "2020-03-01" }, "2020-03-01"),
    false,
    "given by mistake: no day",
  );
});

test("a role ends today, later or yesterday, never further back", () => {
  const today = "2020-12-01";
  const open = { from_day: "2020-01-01", to_day: null };
  assert.equal(whyNotEndGrant(open, "2020-12-01", today), null);
  assert.equal(whyNotEndGrant(open, "2021-06-30", today), null);
  assert.equal(whyNotEndGrant(open, "2020-11-30", today), null);
  assert.match(whyNotEndGrant(open, "2020-11-29", today) ?? "", /ne peut pas être avant hier/);
  assert.match(whyNotEndGrant({ ...open, to_day: "2020-11-30" }, "2020-12-01", today) ?? "", /déjà pris fin/);
  const future = { from_day: "2021-01-01", to_day: null };
  assert.equal(whyNotEndGrant(future, "2020-12-31", today), null, "one that has not begun is called off");
});

test("the last administrator is the one after whom nobody is left", () => {
  const two = [
    { account: "a", grant: "1" },
    { account: "b", grant: "2" },
  ];
  assert.equal(isLastAdministrator(two, { account: "a" }), false);
  assert.equal(isLastAdministrator(two.slice(0, 1), { account: "a" }), true);
  assert.equal(isLastAdministrator(two.slice(0, 1), { grant: "1" }), true);
  assert.equal(isLastAdministrator(two.slice(0, 1), { account: "b" }), false);
  const twice = [two[0], { account: "a", grant: "3" }].filter((one) => one !== undefined);
  assert.equal(isLastAdministrator(twice, { grant: "1" }), false, "the same person holds it twice");
  assert.equal(isLastAdministrator(twice, { account: "a" }), true);
  assert.equal(isLastAdministrator([], { account: "a" }), false, "nobody is left to lose");
});

test("a site's code is its name in plain letters", () => {
  assert.equal(codeOfSite("Antenne Gerland"), "gerland");
  assert.equal(codeOfSite("Antenne de la Duchère"), "la-duchere");
  assert.equal(codeOfSite("Siège d’ALLIES"), "siege-d-allies");
  assert.equal(codeOfSite("…"), "lieu");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => assert.match(codeOfSite(name), /^[a-z0-9-]{1,40}$/)),
  );
});
