// The line is cut at the desk, in each of the ways in which it is: what was noted is kept in the browser, and recorded once.
import assert from "node:assert/strict";
import { afterEach, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { wholeFile } from "../src/core/testing/server.ts";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { type OpenHouse, openHouse, password } from "./open-house.ts";

let house: OpenHouse;
let browser: Browser;
let someone: { id: string; family_name: string; given_name: string };

type Noted = { person_id: string | null; mode: string; name: string | null; recorded_by: string };
/** What the table holds of today: the one truth of these stories. */
const recorded = async (): Promise<Noted[]> =>
  (
    await house.owner.query<Noted>(
      "SELECT v.person_id, v.mode, n.name, v.recorded_by FROM agenda.visits v LEFT JOIN agenda.visit_names n ON n.visit_id = v.id WHERE v.external_id IS NULL ORDER BY v.recorded_at",
    )
  ).rows;
const until = async (count: number): Promise<Noted[]> => {
  for (let turn = 0; ; turn++) {
    const found = await recorded();
    if (found.length >= count || turn > 200) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const newDesk = async (email?: string): Promise<Page> => {
  await house.owner.query(
    "DELETE FROM agenda.visits WHERE external_id IS NULL AND id NOT IN (SELECT visit_id FROM agenda.visit_names)",
  );
  await house.owner.query("DELETE FROM agenda.visit_names");
  await house.owner.query("DELETE FROM agenda.visits WHERE external_id IS NULL");
  const desk = await signedIn(browser, house.origin, email ?? (await house.account("reception", house.sites.gerland)), {
    timezoneId: "Europe/Paris",
  });
  await desk.waitForURL("**/accueil**");
  await desk.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (
      !(await (await caches.open("traboule-accueil")).match("/accueil/hors-ligne")) ||
      !localStorage.getItem("traboule-accueil")
    )
      await new Promise((resolve) => setTimeout(resolve, 50));
  });
  return desk;
};
const cut = async (desk: Page): Promise<void> => {
  await desk.context().setOffline(true);
  await house.line.cut();
};
const mend = async (desk: Page): Promise<void> => {
  await house.line.mend();
  await desk.context().setOffline(false);
};
const reasons = (desk: Page): Promise<void> =>
  desk.locator("form[data-visit] input[name=motif]:checked:focus").waitFor();
const choose = async (desk: Page): Promise<void> => {
  await desk.keyboard.type(`${someone.family_name} ${someone.given_name}`);
  await desk.locator("#accueil-resultats a.row[data-pick]").first().waitFor();
  // At once, the results of the first letters on the screen: it leads to those of the whole name.
  await desk.keyboard.press("ArrowDown");
  await desk.locator("#accueil-resultats a.row[data-pick]:focus").waitFor();
  await desk.getByText(`« ${someone.family_name} ${someone.given_name} »`).waitFor();
};

before(async () => {
  house = await openHouse(wholeFile, { people: 60 });
  // A browser's clock is the day's: so is the house's in these stories.
  house.clock.now = () => new Date();
  browser = await openBrowser(wholeFile);
  const { rows } = await house.owner.query<typeof someone>(
    "SELECT id, family_name, given_name FROM people.persons WHERE house_id = $1 ORDER BY code LIMIT 1",
    [house.houseId],
  );
  assert.ok(rows[0]);
  someone = rows[0];
});

// However a story ends, the next one has a line.
afterEach(async () => {
  await house.line.mend();
});

test("cut with the page open: what was begun, what is begun, and what a reload shows are kept, and recorded once each", async () => {
  const desk = await newDesk();
  await choose(desk);
  await desk.keyboard.press("Enter");
  await reasons(desk);
  await cut(desk);
  // Begun with the line: the form is there.
  await desk.keyboard.press("m");
  await desk.keyboard.type("t");
  await desk.keyboard.press("Enter");
  await desk.getByText("1 visite attend le réseau").waitFor();
  assert.equal(await desk.evaluate(() => document.activeElement?.id), "q", "the desk is ready for the next one");
  // Begun without it: the search says so, and takes the name as it is.
  await desk.keyboard.type("Aubin Camille");
  await desk.getByText("Pas de réseau").first().waitFor();
  assert.deepEqual(await seriousViolations(desk), []);
  await desk.keyboard.press("Enter");
  await desk.locator("form[data-visit] input[name=nom]:focus").waitFor();
  assert.equal(await desk.locator("input[name=nom]").inputValue(), "Aubin Camille");
  await desk.keyboard.press("Enter");
  await desk.getByText("2 visites attendent le réseau").waitFor();
  // Somebody reloads: the page without a line, with nobody's name in it.
  await desk.reload();
  await desk.getByRole("heading", { name: "Pas de réseau" }).waitFor();
  assert.deepEqual(await seriousViolations(desk), []);
  await desk.locator("input[name=nom]").fill("Nadaud Dominique");
  await desk.keyboard.press("Enter");
  await desk.getByText("3 visites gardées sur ce poste").waitFor();
  await desk.locator("input[name=nom]:focus").waitFor();
  await desk.keyboard.press("Enter");
  await desk.getByText("4 visites gardées sur ce poste").waitFor();
  assert.equal((await recorded()).length, 0);
  // The tab is closed: what it kept is the browser's.
  const context = desk.context();
  await desk.close();
  const again = await context.newPage();
  await again.goto("/accueil");
  await again.getByText("4 visites gardées sur ce poste").waitFor();
  await mend(again);
  await again.getByRole("heading", { name: "Ajouter une visite" }).waitFor();
  const found = await until(4);
  await again.getByText("attendent le réseau").waitFor({ state: "detached" });
  await again.reload();
  await again.waitForLoadState("networkidle");
  assert.equal((await recorded()).length, 4, "sent once, whoever asks again");
  assert.deepEqual(found.map((visit) => visit.name).toSorted(), ["Aubin Camille", "Nadaud Dominique", null, null]);
  const known = found.filter((visit) => visit.person_id === someone.id);
  assert.deepEqual(
    known.map((visit) => visit.mode),
    ["phone"],
  );
  await again.getByText("À rattacher", { exact: true }).waitFor();
  await context.close();
});

test("cut between the search and the choice: the one chosen is noted all the same", async () => {
  const desk = await newDesk();
  await choose(desk);
  await cut(desk);
  await desk.keyboard.press("Enter");
  await reasons(desk);
  assert.match((await desk.locator("form[data-visit] h2").textContent()) ?? "", new RegExp(someone.given_name));
  await desk.keyboard.press("Enter");
  await desk.getByText("1 visite attend le réseau").waitFor();
  await mend(desk);
  assert.deepEqual(
    (await until(1)).map((visit) => visit.person_id),
    [someone.id],
  );
  await desk.context().close();
});

test("an answer lost on the way: recorded by the house, unheard by the desk, sent again and counted once", async () => {
  const desk = await newDesk();
  await choose(desk);
  await desk.keyboard.press("Enter");
  await reasons(desk);
  house.line.lose("/accueil/visites");
  await desk.keyboard.press("Enter");
  await desk.getByText("1 visite attend le réseau").waitFor();
  assert.equal((await until(1)).length, 1);
  // The line is good again: the desk asks again by itself.
  await house.line.mend();
  await desk.evaluate(() => dispatchEvent(new Event("online")));
  await desk.evaluate(() => dispatchEvent(new Event("online")));
  await desk.getByText("1 visite attend le réseau").waitFor({ state: "detached" });
  await desk.locator("#accueil-dernieres li[data-visit-line]").first().waitFor();
  assert.equal((await recorded()).length, 1);
  await desk.context().close();
});

test("a session that ended meanwhile: the visit waits, and leaves once its officer has signed in again; not under another's name", async () => {
  const email = await house.account("reception", house.sites.gerland);
  const desk = await newDesk(email);
  await choose(desk);
  await desk.keyboard.press("Enter");
  await reasons(desk);
  await house.owner.query("DELETE FROM house.sessions");
  await desk.keyboard.press("Enter");
  await desk.getByText("Votre session est terminée").first().waitFor();
  // The search says so too.
  await desk.locator("#q").fill("Aubin");
  await desk.locator("#accueil-resultats").getByText("connectez-vous de nouveau").waitFor();
  const signIn = async (who: string): Promise<void> => {
    await desk.locator("#email").fill(who);
    await desk.locator("#password").fill(password);
    await desk.keyboard.press("Enter");
    await desk.getByRole("heading", { name: "Ajouter une visite" }).waitFor();
  };
  await desk.getByRole("link", { name: "connectez-vous pour les envoyer" }).click();
  await signIn(await house.account("reception", house.sites.gerland));
  await desk.getByText("1 visite notée ici par quelqu’un d’autre").waitFor();
  assert.equal((await recorded()).length, 0);
  await desk.context().clearCookies();
  await desk.goto("/connexion?retour=/accueil");
  await signIn(email);
  const found = await until(1);
  assert.deepEqual(
    found.map((visit) => visit.person_id),
    [someone.id],
  );
  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM house.accounts WHERE email = $1", [email]);
  assert.equal(found[0]?.recorded_by, rows[0]?.id);
  await desk.context().close();
});

test("a visit that the house cannot take is said with its reason, taken up again, and recorded", async () => {
  const desk = await newDesk();
  await choose(desk);
  await desk.keyboard.press("Enter");
  await reasons(desk);
  await desk.keyboard.press("2");
  await cut(desk);
  await desk.keyboard.press("Enter");
  await desk.getByText("1 visite attend le réseau").waitFor();
  // Meanwhile somebody ends the word that it bears.
  await house.owner.query("UPDATE agenda.visit_terms SET to_day = from_day WHERE label = 'rendez-vous conseiller'");
  await mend(desk);
  await desk
    .getByText(/n’est plus proposé/)
    .first()
    .waitFor();
  assert.equal((await recorded()).length, 0);
  await desk.getByRole("button", { name: "Reprendre" }).click();
  await desk.locator("form[data-visit]").waitFor();
  await desk.locator("form[data-visit] input[name=motif]").first().check();
  await desk.keyboard.press("Enter");
  await desk.getByText("Visite de").first().waitFor();
  assert.equal((await until(1)).length, 1);
  await desk.getByText(/n’est plus proposé/).waitFor({ state: "detached" });
  await house.owner.query("UPDATE agenda.visit_terms SET to_day = NULL WHERE label = 'rendez-vous conseiller'");
  await desk.context().close();
});
