// A PostgreSQL of one's own, by DATABASE_URL: nothing embedded starts, and the pages' connection stands under the walls between houses.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { startEmbedded } from "../../core/db/embedded/embedded.ts";
import { runProgram, startProgram, temporaryFolder } from "../../core/testing/program.ts";

test("a server of one's own, with one login and with two", async (t) => {
  const folder = temporaryFolder(t);
  const data = join(folder, "data");
  // The server is somebody else's: only its address is given to the program.
  const server = await startEmbedded({ folder: join(folder, "server") });
  const admin = new pg.Client({ ...server.connection("owner"), database: "postgres" });
  await admin.connect();
  t.after(async () => {
    await admin.end();
    await server.stop();
  });
  await admin.query("DROP ROLE traboule_web");
  await admin.query("CREATE ROLE keeper LOGIN CREATEROLE; CREATE ROLE stranger LOGIN");
  await admin.query("CREATE DATABASE maison OWNER keeper");
  const url = (user: string, database = "maison"): string =>
    `postgres://${user}@${encodeURIComponent(server.socketFolder)}/${database}`;
  const run = (words: string[], env: Record<string, string>) => runProgram(words, { TRABOULE_DATA: data, ...env });
  const refused = async (env: Record<string, string>, code: number, sentence: RegExp): Promise<void> => {
    const ran = await run(["start"], env);
    assert.deepEqual([ran.code, ran.out], [code, ""], ran.err);
    assert.match(ran.err, sentence);
    assert.match(ran.err, /^[^\n]+\.\n$/);
  };

  await t.test("what is wrong with it is one sentence", async () => {
    await refused({ DATABASE_URL: url("keeper", "absente") }, 1, /^DATABASE_URL : cette base n’existe pas/);
    await refused({ DATABASE_URL: url("personne") }, 1, /^DATABASE_URL : le serveur refuse ce compte/);
    await refused({ DATABASE_URL: url("stranger") }, 1, /^DATABASE_URL : ce compte n’a pas les droits.*CREATEROLE/);
  });

  const owned = { DATABASE_URL: url("keeper") };
  await t.test("with one login, which is no superuser, the pages step down to the web role", async () => {
    assert.equal((await run(["migrate"], owned)).code, 0);
    assert.equal((await run(["house", "new", "lyon", "--name", "Lyon"], owned)).code, 0);
    const running = await startProgram({ TRABOULE_DATA: data, ...owned });
    await running.says(/Données : base de DATABASE_URL/);
    assert.equal((await fetch(`${running.url}/readyz`)).status, 200);
    assert.equal((await fetch(`${running.url}/connexion`)).status, 200);
    assert.equal(await running.stop(), 0);
    assert.equal(existsSync(join(data, "postgres")), false, "nothing embedded was made");
    const figures = await run(["figures", "--year", "2020", "--json"], owned);
    assert.deepEqual([figures.code, figures.err], [0, ""]);
    JSON.parse(figures.out);
  });

  await t.test(
    "a second login that would see past the walls is refused; a plain member of the web role is taken",
    async () => {
      const two = (user: string) => ({ ...owned, DATABASE_WEB_URL: url(user) });
      await refused(two("traboule"), 78, /^DATABASE_WEB_URL : le compte traboule passe au-dessus des cloisons/);
      await refused(two("keeper"), 78, /^DATABASE_WEB_URL : le compte keeper passe au-dessus des cloisons/);
      await refused(two("stranger"), 78, /GRANT traboule_web TO stranger/);
      await admin.query("GRANT traboule_web TO stranger");
      const made = await run(
        ["account", "new", "--email", "a@exemple.test", "--name", "A", "--role", "direction"],
        two("stranger"),
      );
      assert.deepEqual([made.code, made.err], [0, ""]);
      const running = await startProgram({ TRABOULE_DATA: data, ...two("stranger") });
      assert.equal((await fetch(`${running.url}/readyz`)).status, 200);
      assert.equal(await running.stop(), 0);
    },
  );

  await t.test("when it goes away, pages say so; when it is back, they answer", async () => {
    const running = await startProgram({ TRABOULE_DATA: data, ...owned });
    await admin.query("ALTER DATABASE maison ALLOW_CONNECTIONS false");
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'maison'");
    const cut = await fetch(`${running.url}/readyz`);
    assert.deepEqual([cut.status, await cut.text()], [503, "la base de données ne répond pas\n"]);
    await admin.query("ALTER DATABASE maison ALLOW_CONNECTIONS true");
    assert.equal((await fetch(`${running.url}/readyz`)).status, 200);
    assert.equal(await running.stop(), 0);
  });
});
