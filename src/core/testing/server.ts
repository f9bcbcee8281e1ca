// The PostgreSQL server of the tests: the one that TRABOULE_TEST_DATABASE names, else an embedded one in a temporary folder.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, type TestContext } from "node:test";
import type pg from "pg";

let server: Promise<pg.ClientConfig> | null = null;
let close = async (): Promise<void> => {};
const endings: (() => unknown)[] = [];
// Said here and not in `open`, which runs inside a test: the server outlives the test that asks for it first.
after(async () => {
  for (const end of endings.reverse()) await end();
  await close();
});

/** In place of a test's context, for what all tests of a file share: ended, last opened first, and before the server. */
export const wholeFile: Pick<TestContext, "after"> = { after: (end) => void endings.push(end as () => unknown) };

/** Owner connection to the server's maintenance database. */
export function testServer(): Promise<pg.ClientConfig> {
  server ??= open();
  return server;
}

async function open(): Promise<pg.ClientConfig> {
  const url = process.env.TRABOULE_TEST_DATABASE;
  if (url) return { connectionString: url };
  const socket = process.env.TRABOULE_TEST_SOCKET;
  if (socket) return { host: socket, user: "traboule", database: "traboule" };
  // Loaded when needed: a named server needs no embedded one.
  const { startEmbedded } = await import("../db/embedded/embedded.ts");
  const folder = mkdtempSync(join(tmpdir(), "traboule-pg-"));
  const embedded = await startEmbedded({ folder, throwaway: true });
  close = async () => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return embedded.connection("owner");
}
