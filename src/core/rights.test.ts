// What a role opens: held for the house, for a site, or for a programme.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  declareRights,
  type Grant,
  may,
  mintScope,
  partnerRoles,
  type Right,
  refusalOf,
  roles,
  type Scope,
  sitesFor,
  structuresFor,
} from "./rights.ts";

const rights = declareRights({
  "site.work": { sentence: "travailler dans un lieu", roles: ["reception", "direction"] },
  "house.set": { sentence: "régler la maison", roles: ["administrator", "direction"], held: "house" },
  "team.see": { sentence: "voir ce que voit l’équipe", roles, held: "any" },
  "own.see": { sentence: "voir ce qui est à votre structure", roles: ["social-partner"], held: "structure" },
  "mixed.see": { sentence: "voir", roles: ["direction", "social-partner"] },
});
const scopeOf = (grants: readonly Grant[]): Scope =>
  mintScope({
    house: "h",
    houseCode: "h",
    houseName: "h",
    zone: "Europe/Paris",
    account: "a",
    name: "a",
    session: null,
    secondFactor: false,
    grants,
    ip: null,
  });
const grant = (role: Grant["role"], site: string | null = null, programme: string | null = null): Grant => ({
  role,
  site,
  programme,
});

const held = (role: Grant["role"], structure: string): Grant => ({ ...grant(role), structure });

const sites = ["gerland", "mermoz", "duchere"];
const grantOf = fc
  .tuple(
    fc.constantFrom(...roles, ...partnerRoles),
    fc.constantFrom("house", "site", "programme", "structure"),
    fc.constantFrom(...sites),
  )
  .map(([role, kind, place]) =>
    kind === "structure"
      ? held(role, place)
      : grant(role, kind === "site" ? place : null, kind === "programme" ? `p-${place}` : null),
  );
const rightOf: fc.Arbitrary<Right> = fc.constantFrom(...Object.values(rights));

test("a role opens what it is held for", () => {
  const desk = scopeOf([grant("reception", "gerland")]);
  assert.equal(may(desk, rights["site.work"]), true);
  assert.equal(may(desk, rights["site.work"], { site: "gerland" }), true);
  assert.equal(may(desk, rights["site.work"], { site: "mermoz" }), false);
  assert.equal(may(desk, rights["site.work"], { site: null }), false, "what concerns the whole house is not a site's");
  assert.deepEqual(sitesFor(desk, rights["site.work"]), ["gerland"]);
  const whole = scopeOf([grant("direction")]);
  assert.equal(may(whole, rights["site.work"], { site: "mermoz" }), true);
  assert.equal(may(whole, rights["site.work"], { site: null }), true);
  assert.equal(sitesFor(whole, rights["site.work"]), "all");
});

test("what concerns the whole house wants a role held for it", () => {
  assert.equal(may(scopeOf([grant("administrator", "gerland")]), rights["house.set"]), false);
  assert.equal(may(scopeOf([grant("administrator")]), rights["house.set"]), true);
});

test("a role held for a programme opens neither the house nor a site, only what the whole team sees", () => {
  const programme = scopeOf([grant("direction", null, "iod")]);
  assert.equal(may(programme, rights["site.work"]), false);
  assert.equal(may(programme, rights["site.work"], { site: "gerland" }), false);
  assert.equal(may(programme, rights["site.work"], { site: null }), false);
  assert.equal(may(programme, rights["house.set"]), false);
  assert.deepEqual(sitesFor(programme, rights["site.work"]), []);
  assert.equal(may(programme, rights["team.see"]), true);
  assert.equal(may(programme, rights["team.see"], { site: "gerland" }), false);
});

test("a role held for a structure opens what was made for structures, and such a right opens to nobody else", () => {
  const partner = scopeOf([held("social-partner", "centre")]);
  assert.equal(may(partner, rights["own.see"]), true);
  assert.deepEqual(structuresFor(partner, rights["own.see"]), ["centre"]);
  assert.equal(may(scopeOf([held("cultural-partner", "theatre")]), rights["own.see"]), false);
  assert.equal(may(scopeOf([grant("direction")]), rights["own.see"]), false);
  assert.equal(may(scopeOf([grant("social-partner")]), rights["own.see"]), false, "held for nothing");
  assert.equal(may(partner, rights["mixed.see"]), false, "named by a right of the team, and refused all the same");
  assert.equal(may(scopeOf([held("direction", "centre")]), rights["site.work"]), false, "the team's role, held there");
});

test("whatever is held: a role that a right does not name never opens it, and more grants never close anything", () => {
  fc.assert(
    fc.property(
      fc.array(grantOf, { maxLength: 5 }),
      grantOf,
      rightOf,
      fc.constantFrom(...sites),
      (held, more, right, site) => {
        const scope = scopeOf(held);
        const wider = scopeOf([...held, more]);
        if (!held.some((one) => right.roles.includes(one.role))) assert.equal(may(scope, right), false);
        if (may(scope, right)) assert.equal(may(wider, right), true);
        if (may(scope, right, { site })) {
          assert.equal(may(scope, right), true, "who may somewhere may come in");
          const list = sitesFor(scope, right);
          assert.ok(list === "all" || list.includes(site), "the list narrows to what each of its rows would say");
        }
        if (may(scope, right, { site: null })) assert.equal(sitesFor(scope, right), "all");
        const reach = sitesFor(scope, right);
        if (reach !== "all") for (const one of reach) assert.equal(may(scope, right, { site: one }), true);
      },
    ),
  );
});

test("a refusal is a sentence, with its elision", () => {
  assert.equal(refusalOf(rights["house.set"]), "Votre rôle ne permet pas de régler la maison.");
  assert.equal(refusalOf({ name: "x", sentence: "importer", roles: [] }), "Votre rôle ne permet pas d’importer.");
  assert.equal(refusalOf({ name: "x", sentence: "écrire", roles: [] }), "Votre rôle ne permet pas d’écrire.");
});
