// Every field of every form and every word of every address, filled with markup, NUL, ten thousand signs, numbers and days that are none:
// each gets a sentence in French, nothing breaks, and no page ever gives markup back as markup.
import assert from "node:assert/strict";
import { test } from "node:test";
import { secretFields } from "../core/http/form.ts";
import type { Route } from "../core/http/route.ts";
import { type TestHouse, testHouse } from "../core/testing/house.ts";
import type { Fields, Got } from "../core/testing/visitor.ts";
import { type Hand, makeHand } from "../core/testing/walk/hand.ts";
import { houseSamples } from "../core/testing/walk/house-samples.ts";
import { recordSamples } from "../core/testing/walk/record-samples.ts";
import { nameOf, pathOf, type Sample } from "../core/testing/walk/walk.ts";
import { makeApplication } from "./application.ts";
import { rooms } from "./rooms.ts";

const publicUrl = "http://localhost:4700";
const samples = { ...houseSamples, ...recordSamples };
const routes = rooms.flatMap((room) => [...(room.routes?.all ?? [])]);

const markup = `Zoé"'>\u0000<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}`;
const long = "é".repeat(10_000);
const strange = ["-99999999999999999999", "31/02/2020", "=1+1\u0008\u007f", "01/01/1890"];
const alive = /<script>alert|<img src=x|onerror=alert\(1\)>(?!\{)/;
/** Sentences that a library says by itself. */
const foreign = /Invalid (input|option|string|UUID)|expected (string|number|one of)|Too (big|small)|Unrecognized/;

const roleOf = (route: Route) =>
  typeof route.right === "string"
    ? "direction"
    : (route.right.roles.find((role) => role === "direction") ?? route.right.roles[0] ?? "direction");

/** What somebody wrote with their own words, and would have to write again. */
const isTyped = (name: string, value: unknown): value is string =>
  typeof value === "string" &&
  /[a-zé]{3}|\d{2}\/\d{2}/i.test(value) &&
  !/^[0-9a-f-]{36}$/.test(value) &&
  !value.startsWith("v1.") &&
  // A passkey's answer is the device's, and is made anew.
  name !== "reponse" &&
  !secretFields.has(name);
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

async function handsIn(house: TestHouse) {
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeApplication(services);
  const makers = {
    direction: (await house.signIn("direction")).cookie,
    administrator: (await house.signIn("administrator")).cookie,
  };
  return async (route: Route): Promise<Hand> =>
    makeHand(house, server, publicUrl, makers, await house.signIn(roleOf(route)));
}

test("whatever is typed, nothing breaks, nothing comes back alive, and what was typed is not lost", async (t) => {
  const house = await testHouse(t, { rooms });
  const handFor = await handsIn(house);
  const faults: string[] = [];
  const secrets = new Set<string>();
  const lost = new Set<string>();
  const look = (what: string, got: Got): void => {
    if (got.status >= 500) faults.push(`${what}: ${got.status}`);
    if (!got.type.startsWith("text/html")) return;
    if (alive.test(got.text)) faults.push(`${what}: markup came back as markup`);
    if (foreign.test(got.text)) faults.push(`${what}: ${foreign.exec(got.text)?.[0]}`);
    for (const [, name = ""] of got.text.matchAll(/<input id="([^"]+)"[^>]*type="password"/g)) secrets.add(name);
  };

  for (const route of routes) {
    const make = samples[nameOf(route)];
    if (!make || route.verb !== "POST" || !route.form) continue;
    const hand = await handFor(route);
    // Attempts are counted: whoever types wrong a hundred times in a minute is stopped, and that is tested elsewhere.
    const ask = async (sample: Sample, form: Fields): Promise<Got> => {
      await house.owner.query("DELETE FROM core.sign_in_limits");
      return hand.ask("POST", pathOf(route, sample.params), { ...sample, form, cookie: hand.self.cookie });
    };
    let sample = await make(hand);
    const shape = "shape" in route.form ? Object.keys(route.form.shape as object) : [];
    const names = [...new Set([...Object.keys(sample.form ?? {}), ...shape])];
    for (const name of names)
      for (const value of [markup, long]) {
        const got = await ask(sample, { ...sample.form, [name]: value });
        look(`${nameOf(route)} ${name}=${value.slice(0, 12)}`, got);
        if (got.status < 400) sample = await make(hand);
        for (const [other, typed] of Object.entries(sample.form ?? {}))
          if (
            got.status === 422 &&
            other !== name &&
            isTyped(name, sample.form?.[name]) &&
            isTyped(other, typed) &&
            !got.text.includes(escaped(typed))
          )
            lost.add(`${nameOf(route)} loses ${other} when ${name} is wrong`);
      }
    for (const value of strange)
      look(`${nameOf(route)} all ${value}`, await ask(sample, Object.fromEntries(names.map((name) => [name, value]))));
    look(`${nameOf(route)} with nothing`, await ask(sample, {}));
    look(
      `${nameOf(route)} twice`,
      await ask(sample, Object.fromEntries(names.map((name) => [name, [markup, markup]]))),
    );
  }

  // What was kept of all that is shown by the pages, and the pages are asked with the same.
  for (const route of routes) {
    const make = samples[nameOf(route)];
    if (!make || route.verb !== "GET") continue;
    const hand = await handFor(route);
    const sample = await make(hand);
    const ask = (params: Sample["params"], query: Sample["query"]): Promise<Got> =>
      hand.ask("GET", pathOf(route, params), { cookie: hand.self.cookie, ...(query ? { query } : {}) });
    look(nameOf(route), await ask(sample.params, sample.query));
    for (const value of [markup, long]) {
      for (const name of Object.keys(sample.query ?? {}))
        look(
          `${nameOf(route)} ?${name}=${value.slice(0, 12)}`,
          await ask(sample.params, { ...sample.query, [name]: value }),
        );
      for (const name of Object.keys(sample.params ?? {}))
        look(
          `${nameOf(route)} :${name}=${value.slice(0, 12)}`,
          await ask({ ...sample.params, [name]: value }, sample.query),
        );
    }
  }
  assert.deepEqual(faults, []);
  assert.deepEqual([...lost], []);
  assert.deepEqual(
    [...secrets].filter((name) => !secretFields.has(name)),
    [],
    "a field of a password is known as a secret",
  );
});
