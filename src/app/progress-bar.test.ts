// One line that fills on a terminal; a line at each tenth in a log.
import assert from "node:assert/strict";
import { test } from "node:test";
import { progressBar } from "./progress-bar.ts";

function written(isTTY: boolean, work: (bar: ReturnType<typeof progressBar>) => void): string {
  let text = "";
  work(
    progressBar({
      isTTY,
      write(part: string | Uint8Array) {
        text += String(part);
        return true;
      },
    }),
  );
  return text;
}

test("on a terminal each state takes the place of the one before, on one line", () => {
  const text = written(true, (bar) => {
    bar.show(0, "les listes");
    bar.show(0.5, "visites\u00a0: 500 lignes");
    bar.show(1, "prête");
    bar.end();
  });
  const states = text.split("\r\u001b[2K").slice(1);
  assert.deepEqual(states, [
    `[${"·".repeat(30)}]   0 %  les listes`,
    `[${"█".repeat(15)}${"·".repeat(15)}]  50 %  visites\u00a0: 500 lignes`,
    `[${"█".repeat(30)}] 100 %  prête\n`,
  ]);
});

test("a terminal too narrow for a state shows its beginning, never two lines", () => {
  let text = "";
  const bar = progressBar({
    isTTY: true,
    columns: 60,
    write(part: string | Uint8Array) {
      text += String(part);
      return true;
    },
  });
  bar.show(0.3, "x".repeat(100));
  assert.equal(text.replace("\r\u001b[2K", "").length, 59);
});

test("in a log each tenth is a line, told once, without a word for terminals", () => {
  const text = written(false, (bar) => {
    for (let share = 0; share <= 1; share += 0.01) bar.show(share, "visites");
    bar.show(1, "prête");
    bar.end();
  });
  const lines = text.trimEnd().split("\n");
  assert.equal(lines.length, 11);
  assert.equal(lines[0], "  0 %  visites");
  assert.equal(lines.at(-1), "100 %  prête");
  assert.ok(!text.includes("\u001b") && !text.includes("\r"));
});
