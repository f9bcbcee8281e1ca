// The program is killed in the middle of an import: nothing of it is in the house, and its draft says so once a sign of life is missed.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { uploadsOf } from "../../core/http/uploads.ts";
import { projectRoot } from "../../core/root.ts";
import { testHouse } from "../../core/testing/house.ts";
import { rooms } from "../rooms.ts";
import { addDraft, draftOf, takeUp } from "./drafts.ts";

/** Another copy of the program, which imports the draft as the server would. */
const program = `
  import { openDatabase } from "./src/core/db/database.ts";
  import { makeIds } from "./src/core/ids.ts";
  import { systemClock } from "./src/core/time.ts";
  import { importKinds } from "./src/app/rooms.ts";
  import { workOnDraft } from "./src/app/imports/work.ts";
  const { facts, scope, data, draft, attempt } = JSON.parse(process.env.WORK);
  const database = openDatabase({ ...facts, max: 3 }, { role: "traboule_web" });
  const services = { database, clock: systemClock, ids: makeIds(systemClock), files: { data } };
  await workOnDraft({ services, scope, kinds: importKinds }, "importing", draft, attempt, new AbortController().signal);
`;

test("killed in the middle of an import", async (t) => {
  const house = await testHouse(t, { rooms });
  house.clock.set(new Date().toISOString());
  const folder = uploadsOf(house.services);
  mkdirSync(folder, { recursive: true });
  const id = house.deps.ids.uuid();
  const rows = Array.from({ length: 60_000 }, (_, at) => `P${at};Nom${at % 900};Ana;0${1 + (at % 9)}/02/1970;gerland`);
  writeFileSync(join(folder, id), `id;nom;prenom;date_naissance;antenne\n${rows.join("\n")}\n`);
  const attempt = await house.run("direction", async (tx) => {
    await addDraft(tx, { id, kind: "personnes", fileName: "personnes.csv", sha256: "", bytes: 1, headers: [] });
    await takeUp(tx, id, ["columns"], "reading");
    return takeUp(tx, id, ["reading"], "importing");
  });
  const work = JSON.stringify({
    facts: house.ownerFacts,
    scope: house.scope("direction"),
    data: house.services.files.data,
    draft: id,
    attempt,
  });
  const child = spawn(
    process.execPath,
    ["--import", "./scripts/load-tsx.ts", "--input-type=module", "--eval", program],
    {
      cwd: projectRoot,
      env: { ...process.env, WORK: work },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const gone = new Promise((done) => child.once("exit", done));
  const written = async (): Promise<number> =>
    (await house.owner.query<{ rows_read: number }>("SELECT rows_read FROM core.import_drafts")).rows[0]?.rows_read ??
    0;
  // Its sign of life tells that it is well into its rows.
  while (child.exitCode === null && (await written()) === 0) await pause(20);
  assert.equal(child.exitCode, null, "it was to be killed before its end");
  child.kill("SIGKILL");
  await gone;

  const { rows: left } = await house.owner.query(
    "SELECT (SELECT count(*) FROM people.persons) AS persons, (SELECT count(*) FROM core.imports) AS imports, (SELECT count(*) FROM core.import_changes) AS changes, (SELECT count(*) FROM core.journal WHERE act = 'import.applied') AS told",
  );
  assert.deepEqual(left, [{ persons: 0, imports: 0, changes: 0, told: 0 }]);
  const seen = () => house.run("direction", (tx) => draftOf(tx, id));
  assert.equal((await seen())?.state, "importing", "nobody knows yet");
  house.clock.set(new Date(Date.now() + 31_000).toISOString());
  const dead = await seen();
  assert.equal(dead?.state, "failed");
  assert.match(dead?.sentence ?? "", /rien n’a été écrit/);
});
