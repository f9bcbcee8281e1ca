// RQTH, minima sociaux, nationality: whatever page of whatever room somebody without that need opens, none of it is there.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Role } from "../../core/rights.ts";
import { testHouse } from "../../core/testing/house.ts";
import { makeVisitor } from "../../core/testing/visitor.ts";
import { recordVisit } from "../../rooms/foundations/agenda/door.ts";
import { rights } from "../../rooms/foundations/people/rights.ts";
import { recordSituation } from "../../rooms/foundations/people/sheet/writes.ts";
import { createPerson } from "../../rooms/foundations/people/writes.ts";
import { makeApplication } from "../application.ts";
import { rooms } from "../rooms.ts";

const publicUrl = "http://localhost:4700";
const sensitive = /RQTH|\bRSA\b|\bASS\b|[Nn]ationalité|Union européenne/;

test("no page of any room tells what is sensitive to a role that has no need of it", async (t) => {
  const house = await testHouse(t, { rooms });
  const server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  const person = house.deps.ids.uuid();
  const visit = house.deps.ids.uuid();
  await house.run("direction", async (tx) => {
    const facts = {
      sex: "F" as const,
      familyName: "Rousset",
      birthName: null,
      givenName: "Idriss",
      birthDate: "1958-06-14",
      phone: null,
      email: null,
      address: null,
      postalCode: null,
      communeName: null,
      siteId: null,
    };
    await createPerson(tx, facts, person);
    for (const [kind, value] of [
      ["rqth", "yes"],
      ["rsa", "yes"],
      ["ass", "yes"],
      ["nationality", "other"],
    ] as const)
      await recordSituation(tx, person, { kind, value, fromDay: "2020-01-01", sinceDay: null });
    await recordVisit(tx, {
      id: visit,
      siteId: house.sites.gerland,
      occurredOn: "2020-11-30",
      occurredAt: "09:00",
      personId: person,
      reasonId: null,
      orientationId: null,
      mode: "in_person",
      groupId: null,
      unnamedSex: null,
    });
  });
  const params: Record<string, string> = { person, visit, code: "antennes.visites", year: "2020" };
  const query = {
    de: "01/01/2020",
    a: "31/12/2020",
    par: "rsa",
    rsa: "yes",
    q: "Rousset",
    personne: person,
    lieu: house.sites.gerland,
    from: "2020-01-01",
    to: "2020-12-31",
    year: "2020",
  };
  const routes = rooms
    .flatMap((room) => [...(room.routes?.all ?? [])])
    .filter((route) => route.verb === "GET" && !route.path.endsWith(".xlsx"));
  const needs: readonly Role[] = rights["person.sensitive"].roles;
  let opened = 0;
  for (const role of ["reception", "culture", "finance", "board"] as const) {
    assert.ok(!needs.includes(role));
    const visitor = makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
    for (const route of routes) {
      const names = [...route.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name]) => name ?? "");
      if (!names.every((name) => params[name])) continue;
      const path = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => params[name] ?? "");
      const got = await visitor.get(path, { query });
      if (got.status !== 200) continue;
      opened++;
      if (path !== "/api/v1/openapi.json") assert.doesNotMatch(got.text, sensitive, `${role} ${path}`);
    }
    // A filter that one may not ask for does not narrow what is counted either.
    if (role === "reception") {
      const whole = await visitor.get("/chiffres/antennes.visites", { query: { de: query.de, a: query.a } });
      const asked = await visitor.get("/chiffres/antennes.visites", { query: { de: query.de, a: query.a, rsa: "no" } });
      assert.equal(asked.text, whole.text);
    }
  }
  assert.ok(opened > 40, `${opened} pages`);
  // The pages do say it to those who need it: the words searched for are the right ones.
  const adviser = makeVisitor(server, publicUrl, (await house.signIn("adviser")).cookie);
  assert.match((await adviser.get(`/personnes/${person}/sensible`)).text, sensitive);
  assert.match(
    (await adviser.get("/chiffres/antennes.visites", { query: { de: query.de, a: query.a, par: "rsa" } })).text,
    sensitive,
  );
});
