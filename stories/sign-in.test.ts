// Signing in by a real browser: a passkey, with an authenticator that the browser keeps inside; and, scripts off, a form that was being
// typed when the session ended.
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { type ServerType, serve } from "@hono/node-server";
import type { CDPSession } from "playwright-core";
import { makeApplication } from "../src/app/application.ts";
import { rooms } from "../src/app/rooms.ts";
import { type TestHouse, testHouse } from "../src/core/testing/house.ts";
import { createAccount } from "../src/rooms/foundations/house/door.ts";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { password } from "./open-house.ts";

/** An authenticator of the browser's own, with a finger that is always the right one. */
async function plugIn(session: CDPSession): Promise<string> {
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  return authenticatorId;
}

/** A house on a socket of "localhost": browsers bind a passkey to a name, and 127.0.0.1 is none. */
async function openDoor(
  t: Pick<TestContext, "after">,
): Promise<{ house: TestHouse; publicUrl: string; email: string }> {
  const house = await testHouse(t, { rooms });
  let fetch: (request: Request, env?: unknown) => Response | Promise<Response> = () => new Response(null);
  const server = await new Promise<ServerType>((resolve) => {
    const opened = serve({ fetch: (request, env) => fetch(request, env), hostname: "localhost", port: 0 }, () =>
      resolve(opened),
    );
  });
  t.after(() => new Promise<void>((done) => void server.close(() => done())));
  const publicUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
  fetch = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } }).fetch;
  const email = "camille@exemple.test";
  await house.run("administrator", (tx) =>
    createAccount(tx, {
      email,
      name: "Camille Essai",
      password,
      grants: [{ role: "reception", fromDay: "2020-01-01" }],
    }),
  );
  return { house, publicUrl, email };
}

test("a passkey is made, then asked for, and opens", async (t) => {
  const { house, publicUrl, email } = await openDoor(t);
  const browser = await openBrowser(t);
  const page = await signedIn(browser, publicUrl, email);
  const session = await page.context().newCDPSession(page);
  const device = await plugIn(session);
  await page.goto("/compte");
  await page.getByText("Ajouter une clé d’accès").click();
  await page.getByLabel("Nom de cette clé").fill("Mon ordinateur");
  assert.deepEqual(await seriousViolations(page), []);
  await page.getByRole("button", { name: "Créer la clé d’accès" }).click();
  await page.getByText("La clé d’accès est en place.").waitFor();
  await page.getByText("Mon ordinateur").waitFor();
  assert.equal((await session.send("WebAuthn.getCredentials", { authenticatorId: device })).credentials.length, 1);

  await page.locator("details.account summary").click();
  await page.getByRole("button", { name: "Se déconnecter", exact: true }).click();
  await page.getByLabel("Adresse électronique").fill(email);
  await page.getByLabel("Mot de passe").fill(password);
  // The clock of the house stands still in a test: a passkey that was used at this very moment would be taken for a replay.
  house.clock.set("2020-12-01T09:06:00+01:00");
  await page.getByRole("button", { name: "Se connecter" }).click();
  await page.getByRole("heading", { name: "Seconde étape" }).waitFor();
  assert.deepEqual(await seriousViolations(page), []);
  assert.equal((await page.request.get("/compte")).status(), 401, "the password alone opens nothing");

  // A device that does not say that somebody touched it opens nothing.
  const touched = (isBadUP: boolean) =>
    session.send("WebAuthn.setResponseOverrideBits", { authenticatorId: device, isBadUP });
  await touched(true);
  await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).click();
  await page.getByText("Cette clé d’accès n’a pas été reconnue.").waitFor();
  await touched(false);
  await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/connexion"));
  assert.equal((await page.request.get("/compte")).status(), 200);
  const { rows } = await house.owner.query<{ details: object }>(
    "SELECT details FROM core.journal WHERE act = 'session.opened' ORDER BY at DESC LIMIT 1",
  );
  assert.deepEqual(rows[0]?.details, { secondFactor: true });
});

test("with scripts off, a form typed while the session ended is sent after signing in, once", async (t) => {
  const { house, publicUrl, email } = await openDoor(t);
  const browser = await openBrowser(t);
  const page = await signedIn(browser, publicUrl, email, { javaScriptEnabled: false });
  await page.goto("/accueil?sansnom=1");
  await page.getByLabel("Femme").check();
  house.clock.set("2020-12-01T12:05:00+01:00");
  await page.getByRole("button", { name: "Noter la visite" }).click();
  await page.getByText("Ce que vous aviez saisi est gardé").waitFor();
  await page.getByLabel("Adresse électronique").fill(email);
  await page.getByLabel("Mot de passe").fill(password);
  await page.getByRole("button", { name: "Se connecter" }).click();
  await page.getByRole("heading", { name: "Votre saisie est toujours là" }).waitFor();
  await page.getByRole("button", { name: "Envoyer maintenant" }).click();
  await page.getByText("Visite notée").waitFor();
  await page.goto("/connexion/reprise");
  assert.equal(await page.getByRole("button", { name: "Envoyer maintenant" }).count(), 0, "nothing waits any more");
  const { rows } = await house.owner.query("SELECT unnamed_sex FROM agenda.visits");
  assert.deepEqual(rows, [{ unnamed_sex: "F" }]);
});
