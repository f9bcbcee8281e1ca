// A house on a real socket for one story: the application over a database of its own, a slice of the demonstration's records, and
// accounts that sign in by the form as anyone does.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { type ServerType, serve } from "@hono/node-server";
import { makeApplication } from "../src/app/application.ts";
import { importCommand } from "../src/app/imports/command.ts";
import { importKinds, rooms } from "../src/app/rooms.ts";
import type { Role } from "../src/core/rights.ts";
import { projectRoot } from "../src/core/root.ts";
import { type TestHouse, testHouse } from "../src/core/testing/house.ts";
import { createAccount } from "../src/rooms/foundations/house/door.ts";

export const password = "une phrase pour les essais";

/** The line between the browser and the house. */
export type Line = {
  /** Nobody answers any more, and what was open breaks. */
  cut(): Promise<void>;
  /** The house answers again, at the same address, and its answers arrive. */
  mend(): Promise<void>;
  /** What is sent to that path is done, and its answer lost on the way, until the line is mended: browsers ask again by themselves. */
  lose(path: string): void;
};

export type OpenHouse = TestHouse & {
  origin: string;
  line: Line;
  account(role: Role, site?: string): Promise<string>;
};

/** The first lines of a demonstration file, its headers with them. */
const slice = (name: string, lines: number): string =>
  `${readFileSync(join(projectRoot, "demo/2020", name), "utf8")
    .split("\n")
    .slice(0, lines + 1)
    .join("\n")}\n`;

/** Opens the house; `people`: how many lines of the demonstration's people it holds, with those of their visits that come first. */
export async function openHouse(t: Pick<TestContext, "after">, options: { people?: number } = {}): Promise<OpenHouse> {
  const house = await testHouse(t, { rooms });
  // The year of the records is nearly over: all of its visits have happened.
  const opened = Date.now();
  const morning = new Date("2020-12-31T09:05:00+01:00").getTime();
  // It walks, as a morning does: what is noted later comes later.
  house.clock.now = () => new Date(morning + Date.now() - opened);
  const folder = mkdtempSync(join(tmpdir(), "traboule-story-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const people = slice("personnes.csv", options.people ?? 300);
  const known = new Set(people.split("\n").map((line) => line.split(";")[0]));
  const [header = "", ...visits] = readFileSync(join(projectRoot, "demo/2020/visites.csv"), "utf8").split("\n");
  writeFileSync(join(folder, "antennes.csv"), readFileSync(join(projectRoot, "demo/2020/antennes.csv")));
  writeFileSync(join(folder, "personnes.csv"), people);
  writeFileSync(
    join(folder, "visites.csv"),
    [header, ...visits.filter((line) => known.has(line.split(";")[4] ?? "")), ""].join("\n"),
  );
  let turn = 0;
  const printed: string[] = [];
  const code = await importCommand(house.services, house.scope("direction"), importKinds, folder, {
    strict: true,
    print: (line) => void printed.push(line),
  });
  if (code !== 0) throw new Error(printed.join("\n"));
  const application = makeApplication(house.services);
  let lost: string | null = null;
  const answer = async (request: Request, env: unknown): Promise<Response> => {
    const given = await application.fetch(request, env as Record<string, unknown>);
    if (request.method !== "POST" || new URL(request.url).pathname !== lost) return given;
    (env as { incoming: { socket: { destroy(): void } } }).incoming.socket.destroy();
    return given;
  };
  const listen = (port: number): Promise<ServerType> =>
    new Promise((resolve) => {
      const listening = serve({ fetch: answer, hostname: "127.0.0.1", port }, () => resolve(listening));
    });
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  t.after(close);
  return {
    ...house,
    origin: `http://127.0.0.1:${port}`,
    line: {
      cut: close,
      async mend() {
        lost = null;
        if (!server.listening) server = await listen(port);
      },
      lose(path) {
        lost = path;
      },
    },
    async account(role, site) {
      turn += 1;
      const email = `${role}-${turn}@exemple.test`;
      await house.run("administrator", (tx) =>
        createAccount(tx, {
          email,
          name: `Camille ${role}`,
          password,
          grants: [{ role, site: site ?? null, fromDay: "2020-01-01" }],
        }),
      );
      return email;
    },
  };
}
