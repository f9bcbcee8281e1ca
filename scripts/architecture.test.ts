// The walls hold, and each of them catches what is planted against it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { findBreaches, projectSources } from "./architecture.ts";

test("the project keeps to its floors, doors and sizes", () => {
  assert.deepEqual(findBreaches(projectSources(join(import.meta.dirname, ".."))), []);
});

const planted: [what: string, path: string, text: string, says: RegExp][] = [
  [
    "a foundation that looks up",
    "src/rooms/foundations/people/reads.ts",
    'import { x } from "../../trades/reception/door.ts";',
    /arrows go down/,
  ],
  [
    "a trade that meets a trade",
    "src/rooms/trades/reception/reads.ts",
    'import { x } from "../culture/door.ts";',
    /do not meet/,
  ],
  [
    "a room entered by the window",
    "src/rooms/trades/reception/reads.ts",
    'import { x } from "../../foundations/people/reads.ts";',
    /by its door/,
  ],
  [
    "core that knows a room",
    "src/core/db/x.ts",
    'import { x } from "../../rooms/foundations/people/door.ts";',
    /know no room/,
  ],
  [
    "ui that knows a room",
    "src/ui/x.tsx",
    'import type { X } from "../rooms/foundations/people/door.ts";',
    /know no room/,
  ],
  [
    "a room that knows the app",
    "src/rooms/trades/reception/x.ts",
    'import { x } from "../../../app/rooms.ts";',
    /does not know the app/,
  ],
  [
    "a dynamic import that looks up",
    "src/rooms/foundations/people/x.ts",
    'const x = await import("../../overviews/report/door.ts");',
    /arrows go down/,
  ],
  ["an attic", "src/core/utils.ts", "export const x = 1;", /no attic/],
  ["a default export", "src/core/x.ts", "export default 1;", /no default export/],
  ["an any", "src/core/x.ts", "const x: any = 1;", /no `any`/],
  ["a giant", "src/core/x.ts", "\n".repeat(400), /more than/],
  ["the program on tests' tools", "src/core/x.ts", 'import { testHouse } from "./testing/house.ts";', /tests' tools/],
];
for (const [what, path, text, says] of planted)
  test(`catches ${what}`, () => {
    assert.match(
      findBreaches([{ path, text }])
        .map((breach) => breach.sentence)
        .join("; "),
      says,
    );
  });

test("catches rooms that turn in a circle", () => {
  const found = findBreaches([
    { path: "src/rooms/foundations/people/a.ts", text: 'import { x } from "../agenda/door.ts";' },
    { path: "src/rooms/foundations/agenda/b.ts", text: 'import { x } from "../people/door.ts";' },
  ]);
  assert.match(found.map((breach) => breach.sentence).join("; "), /circle/);
});
