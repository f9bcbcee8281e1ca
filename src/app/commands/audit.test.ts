import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../core/root.ts";
import { runProgram, temporaryFolder } from "../../core/testing/program.ts";

test("audit reads a table without any database, says what does not hold, and by its exit code too", async (t) => {
  const file = join(projectRoot, "demo/report-2020/figures.csv");
  const ran = await runProgram(["audit", file, "--json"]);
  const printed = JSON.parse(ran.out);
  assert.equal(ran.code, 1);
  assert.equal(printed.figures, 724);
  assert.ok(printed.findings.some((one: { accused: string[] }) => one.accused.includes("F305")));
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "bon.csv"), "code;libellé;valeur;calcul\nA;Un;3;\nB;Deux;6;A+A\n");
  const good = await runProgram(["audit", join(folder, "bon.csv")]);
  assert.equal(good.code, 0);
  assert.match(good.out, /0.contradiction/);
  writeFileSync(join(folder, "autre.csv"), "a;b\n1;2\n");
  assert.equal((await runProgram(["audit", join(folder, "autre.csv")])).code, 2);
  assert.equal((await runProgram(["audit", join(folder, "absent.csv")])).code, 2);
});
