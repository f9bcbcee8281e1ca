// `start` as its user lives it, with the demonstration loaded once for the whole file: the first time, later times, side by side with
// other commands, stopped in every way. What it refuses to start on is in start-refusals.test.ts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isAlive, pause } from "../../core/db/embedded/process.ts";
import {
  databasePid,
  descendants,
  processesOn,
  type Running,
  runProgram,
  startProgram,
  temporaryFolder,
} from "../../core/testing/program.ts";

const gone = async (data: string): Promise<void> => {
  for (let turn = 0; turn < 300 && processesOn(data).length > 0; turn++) await pause(50);
  assert.deepEqual(processesOn(data), [], "nothing of the program is left running");
};

test("the program, from its first start on", async (t) => {
  const data = join(temporaryFolder(t), "data");
  const env = { TRABOULE_DATA: data };
  let running: Running;

  await t.test("a first start loads the demonstration, says how far it is, and may be killed meanwhile", async () => {
    const first = await startProgram(env, { open: false });
    await first.says(/ 20 % {2}/);
    await first.killAll();
    assert.match(first.ran.out, /^Première fois : la maison de démonstration se charge\.\n {2}0 % {2}la maison/);
    assert.doesNotMatch(first.ran.out, /Traboule est ouverte/);
  });

  await t.test("the next one takes the loading up, then prints the address and the accounts", async () => {
    running = await startProgram(env);
    await running.says(/Ctrl\+C arrête/);
    const { out, err } = running.ran;
    assert.match(out, /avait été interrompu : il reprend\.\n/);
    assert.match(out, /100 % {2}prête\n/);
    assert.match(out, /Traboule est ouverte : http:\/\/127\.0\.0\.1:\d+ {2}\(/);
    assert.match(out, /mot de passe pour tous : traboule-les-pentes/);
    assert.match(out, /ines@demo\.test {7}Inès Belkacem/);
    assert.equal(err, "");
    assert.equal((await fetch(`${running.url}/readyz`)).status, 200);
  });

  await t.test("figures, while it runs, uses its database and prints nothing but the object", async () => {
    const { code, out, err } = await runProgram(["figures", "--year", "2020", "--json"], env);
    assert.deepEqual([code, err], [0, ""]);
    const figures = JSON.parse(out) as Record<string, number>;
    const known = {
      visites: figures["antennes.visites"],
      personnes: figures["antennes.personnes"],
      adultes: figures["antennes.adultes"],
    };
    assert.deepEqual(known, { visites: 26594, personnes: 9102, adultes: 2347 });
    assert.ok(Object.values(figures).every((number) => typeof number === "number"));
    assert.equal((await fetch(`${running.url}/readyz`)).status, 200, "the server that was joined goes on");
  });

  await t.test(
    "coverage accounts for each of the 724 lines of the printed report, and prints nothing but the object",
    async () => {
      const { code, out, err } = await runProgram(["report", "coverage", "--year", "2020", "--json"], env);
      assert.deepEqual([code, err], [0, ""]);
      const told = JSON.parse(out) as {
        lines: number;
        counts: Record<string, number>;
        rows: { id: string; printed: number; state: string; value: number | null; reason: string | null }[];
      };
      const { unexplained, ...counts } = told.counts;
      assert.equal(told.lines, 724);
      assert.equal(new Set(told.rows.map(({ id }) => id)).size, 724);
      assert.equal(
        Object.values(counts).reduce((sum, count) => sum + count, 0),
        724,
      );
      for (const [state, count] of Object.entries(counts))
        assert.equal(told.rows.filter((row) => row.state === state).length, count, state);
      assert.deepEqual([counts.missing, unexplained], [0, 0]);
      for (const row of told.rows) {
        if (row.state === "different") {
          assert.ok((row.reason ?? "").length > 40, `${row.id} is explained`);
          assert.notEqual(row.value, row.printed, row.id);
        } else assert.equal(row.value, row.printed, row.id);
      }
      // What the records give is computed, not declared.
      assert.ok((counts.equal ?? 0) >= 300, `${counts.equal} equal`);
      const of = (id: string) => told.rows.find((row) => row.id === id);
      assert.deepEqual(
        ["F004", "F020", "F120", "F305", "F216", "F058"].map((id) => [of(id)?.state, of(id)?.value]),
        [
          ["equal", 26594],
          ["equal", 9102],
          ["equal", 248],
          ["different", 20],
          ["declared", 65],
          ["quoted", 16],
        ],
      );
      const none = await runProgram(["report", "coverage", "--year", "2019", "--json"], env);
      assert.deepEqual([none.code, none.out], [2, ""]);
      assert.match(none.err, /Aucun rapport imprimé de 2019/);
    },
  );

  await t.test("a second start on the same data names the first, and leaves it alone", async () => {
    const { code, out, err } = await runProgram(["start"], env);
    assert.deepEqual([code, out], [1, ""]);
    const [holder] = descendants(running.pid);
    assert.equal(
      err,
      `Traboule tourne déjà sur ces données (processus ${holder}, ${running.url}) : utilisez-la, ou arrêtez-la d’abord.\n`,
    );
    assert.equal((await fetch(`${running.url}/readyz`)).status, 200);
  });

  await t.test("SIGTERM stops it in order: what is under way is answered, and nothing is left running", async () => {
    const pid = databasePid(data);
    assert.ok(isAlive(pid));
    assert.equal(await running.stop("SIGTERM"), 0);
    assert.match(running.ran.out, /Arrêt…\n$/);
    assert.equal(running.ran.err, "");
    await gone(data);
    assert.match(readFileSync(join(data, "postgres.log"), "utf8"), /database system is shut down\s*$/);
  });

  await t.test("by itself, a command starts the database and stops it", async () => {
    const { code, out, err } = await runProgram(["figures", "--year", "2020"], env);
    assert.deepEqual([code, err], [0, ""]);
    assert.match(out, /^antennes\.visites +26\s594$/m);
    assert.deepEqual(processesOn(data), []);
    const other = await runProgram(["figures", "--year", "2019", "--json", "--house", "demo"], env);
    assert.equal((JSON.parse(other.out) as Record<string, number>)["antennes.visites"] ?? 0, 0);
    const unknown = await runProgram(["figures", "--year", "2020", "--house", "paris"], env);
    assert.deepEqual(
      [unknown.code, unknown.out, unknown.err],
      [1, "", "La maison « paris » n’existe pas. Maisons connues : demo.\n"],
    );
    const again = await runProgram(["demo"], env);
    assert.deepEqual([again.code, again.out], [1, ""]);
    assert.match(again.err, /La maison de démonstration est déjà là\.\n$/);
  });

  await t.test("a later start loads nothing, and SIGINT stops it too", async () => {
    running = await startProgram(env);
    await running.says(/Ctrl\+C arrête/);
    assert.match(running.ran.out, /^\nTraboule est ouverte/);
    assert.match(running.ran.out, /ines@demo\.test/);
    assert.equal(await running.stop("SIGINT"), 0);
    await gone(data);
  });

  await t.test("a stop that is asked while it starts is in order too", async () => {
    running = await startProgram(env, { open: false });
    while (processesOn(data).length === 0) await pause(5);
    assert.equal(await running.stop("SIGTERM"), 0);
    await gone(data);
  });

  await t.test("when its launcher alone is killed, all of it stops, and the next start goes on", async () => {
    running = await startProgram(env);
    const under = descendants(running.pid);
    assert.ok(under.length >= 2);
    process.kill(running.pid, "SIGKILL");
    await gone(data);
    for (let turn = 0; turn < 200 && under.some(isAlive); turn++) await pause(50);
    assert.deepEqual(under.filter(isAlive), []);
    running = await startProgram(env);
    assert.equal((await fetch(`${running.url}/readyz`)).status, 200);
    assert.equal(await running.stop(), 0);
  });
});
