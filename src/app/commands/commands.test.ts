// The other commands, on a small house of their own: made, filled, backed up, restored; by themselves and beside a running `start`.
import assert from "node:assert/strict";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { startEmbedded } from "../../core/db/embedded/embedded.ts";
import { projectRoot } from "../../core/root.ts";
import { processesOn, type Ran, runProgram, startProgram, temporaryFolder } from "../../core/testing/program.ts";

const linkIn = ({ out }: Ran): string => /^http:\S+$/m.exec(out)?.[0] ?? assert.fail(out);

const persons = `id;sexe;nom;prenom;date_naissance;antenne
A1;F;MOREAU;Lise;03/02/1980;gerland
A2;M;Diallo;Amadou;12/11/1991;pentes
`;
const visits = `id;date;heure;antenne;personne;motif;orientation;mode
V1;20/10/2020;16:45;gerland;A1;espace numérique;;présentiel
V2;21/10/2020;09:05;pentes;A2;information;;présentiel
`;

/** Every table's rows as one text each, so that two databases can be compared. */
async function contents(folder: string): Promise<Record<string, string>> {
  const database = await startEmbedded({ folder });
  const client = new pg.Client(database.connection("owner"));
  await client.connect();
  try {
    const found: Record<string, string> = {};
    const { rows } = await client.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname !~ '^pg' AND schemaname <> 'information_schema' ORDER BY 1",
    );
    for (const { name } of rows) {
      // When a migration was applied is the database's own story, not the house's.
      const row = name === "core.migrations" ? "name || checksum" : "t::text";
      const sum = await client.query<{ sum: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(${row}, '|' ORDER BY ${row})), '') AS sum FROM ${name} t`,
      );
      found[name] = sum.rows[0]?.sum ?? "";
    }
    return found;
  } finally {
    await client.end();
    await database.stop();
  }
}

test("a house, from nothing to its backup put back elsewhere", async (t) => {
  const folder = temporaryFolder(t);
  const env = { TRABOULE_DATA: join(folder, "data") };
  const files = join(folder, "files");
  mkdirSync(files);
  for (const [name, text] of Object.entries({
    "personnes.csv": persons,
    "visites.csv": visits,
    "notes.csv": "a;b\n1;2\n",
  }))
    writeFileSync(join(files, name), text);

  await t.test("two commands at once on a new folder both do their work", async () => {
    const both = await Promise.all([
      runProgram(["house", "new", "lyon", "--name", "Maison de Lyon"], env),
      runProgram(["house", "new", "reunion", "--name", "Maison de Saint-Denis", "--zone", "Indian/Reunion"], env),
    ]);
    assert.deepEqual(
      both.map(({ code, err }) => [code, err]),
      [
        [0, ""],
        [0, ""],
      ],
    );
    assert.equal(both[0]?.out, "La maison « Maison de Lyon » (lyon) est créée.\n");
    const again = await runProgram(["house", "new", "lyon", "--name", "Encore"], env);
    assert.deepEqual([again.code, again.out, again.err], [1, "", "Une maison « lyon » existe déjà sur ce serveur.\n"]);
    assert.deepEqual(processesOn(env.TRABOULE_DATA), []);
  });

  await t.test("an account is made for one house, and its link lets its owner in", async () => {
    const wish = ["account", "new", "--email", "noor@exemple.test", "--name", "Noor Haddad", "--role", "direction"];
    const unsaid = await runProgram(wish, env);
    assert.deepEqual([unsaid.code, unsaid.out], [1, ""]);
    assert.match(unsaid.err, /Plusieurs maisons : dites laquelle par --house CODE \(lyon, reunion\)\.\n$/);
    const running = await startProgram(env);
    const made = await runProgram([...wish, "--house", "lyon"], { ...env, PUBLIC_URL: running.url });
    assert.deepEqual([made.code, made.err], [0, ""]);
    assert.match(made.out, /^Compte créé pour Noor Haddad\. Lien d’invitation, à usage unique :\n/);
    const link = linkIn(made);
    assert.match(await (await fetch(link)).text(), /Noor Haddad/);
    const password = "un mot de passe assez long";
    const entered = await fetch(link, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: running.url },
      body: new URLSearchParams({ password, again: password }),
    });
    assert.equal(entered.status, 303);
    const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
    assert.equal((await fetch(`${running.url}/compte`, { headers: { cookie } })).status, 200);
    assert.equal((await fetch(link)).status, 404, "the link has been used");
    const taken = await runProgram([...wish, "--house", "lyon"], env);
    assert.deepEqual([taken.code, taken.out], [1, ""]);
    assert.match(taken.err, /\.\n$/);
    assert.equal(await running.stop(), 0);
  });

  await t.test("import says what it read, and its exit code tells scripts", async () => {
    const house = ["--house", "lyon"];
    const sites = await runProgram(["import", ...house, join(projectRoot, "demo/2020/antennes.csv")], env);
    assert.deepEqual([sites.code, sites.err], [0, ""]);
    const all = await runProgram(["import", ...house, files], env);
    assert.equal(all.code, 0, all.out + all.err);
    assert.match(all.out, /notes\.csv : rien dans la maison ne sait encore lire ce fichier/);
    assert.ok(
      all.out.indexOf("personnes.csv (importé)") < all.out.indexOf("visites.csv (essai)"),
      "in the order of need",
    );
    assert.match(all.out, /visites\.csv \(importé\) : 2 lignes : 2 créées/);
    const twice = await runProgram(["import", ...house, files], env);
    assert.match(twice.out, /visites\.csv \(importé\) : 2 lignes : 0 créée, 0 changée, 2 inchangées/);
    const bad = join(folder, "visites.csv");
    writeFileSync(bad, `${visits}V3;40/10/2020;09:05;pentes;A2;information;;présentiel\n`);
    const strict = await runProgram(["import", ...house, "--strict", bad], env);
    assert.equal(strict.code, 1);
    assert.match(strict.out, /ligne 4 \(refusée\) : .+\n--strict : rien n’est importé\.\n$/);
    assert.equal((await runProgram(["import", ...house, bad], env)).code, 0);
    const nothing = await runProgram(["import", ...house, join(files, "notes.csv")], env);
    assert.equal(nothing.code, 2);
    assert.match(nothing.out, /Rien n’a pu être lu\.\n$/);
    assert.equal((await runProgram(["import", ...house, join(folder, "absent.csv")], env)).code, 2);
  });

  await t.test("a backup made while it runs is put back elsewhere, table by table and figure by figure", async () => {
    const file = join(folder, "maison.sauvegarde");
    const running = await startProgram(env);
    const taken = await runProgram(["backup", file], env);
    assert.deepEqual([taken.code, taken.err], [0, ""]);
    assert.match(taken.out, /^Sauvegardé : \d+ lignes de \d+ tables dans /);
    assert.equal(statSync(file).mode & 0o077, 0, "others may not read it");
    assert.equal(await running.stop(), 0);
    const elsewhere = { TRABOULE_DATA: join(folder, "elsewhere") };
    const put = await runProgram(["restore", file], elsewhere);
    assert.deepEqual([put.code, put.err], [0, ""]);
    const counted = /\d+ lignes de \d+ tables/;
    assert.equal(counted.exec(put.out)?.[0], counted.exec(taken.out)?.[0]);
    // Sessions are seen again by nobody in between, so that even they are the same; the schedule of jobs is each server's own.
    const [here, there] = [await contents(env.TRABOULE_DATA), await contents(elsewhere.TRABOULE_DATA)];
    assert.deepEqual(there, here);
    assert.ok(Object.keys(here).length > 20 && here["agenda.visits"]?.startsWith("2 "));
    const figures = async (of: { TRABOULE_DATA: string }): Promise<unknown> =>
      JSON.parse((await runProgram(["figures", "--house", "lyon", "--year", "2020", "--json"], of)).out);
    assert.deepEqual(await figures(elsewhere), await figures(env));
    const again = await runProgram(["restore", file], elsewhere);
    assert.deepEqual([again.code, again.out], [1, ""]);
    assert.match(again.err, /La base n’est pas vide/);
    const lost = await runProgram(["backup", join(folder, "no/such/folder/file")], env);
    assert.deepEqual([lost.code, lost.out], [1, ""]);
    assert.match(lost.err, /n’existe pas/);
  });
});
