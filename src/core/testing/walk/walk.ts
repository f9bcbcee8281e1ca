// The walk: every mounted route, asked by a stranger, by another house's account, by each role that may not (partner structures' accounts
// among them), by another structure where structures ask, and by each role that may.
// What is not as the route declares comes back as a sentence; a route without its sample is one.
import type { Route } from "../../http/route.ts";
import { type Grant, partnerRoles, type Role, roles } from "../../rights.ts";
import type { Room } from "../../room.ts";
import type { TestHouse } from "../house.ts";
import type { Got, Server, Wish } from "../visitor.ts";
import { type Hand, makeHand } from "./hand.ts";

/** What to ask a route with, so that it does what it is for; made anew for each act, which spends it. */
export type Sample = Pick<Wish, "query" | "form" | "file" | "json"> & {
  params?: Record<string, string>;
  /** Who the journal names, where it is not the one who asks: somebody who is signing in. */
  account?: string;
  /** A thread is started for it, and takes its time: the first of the roles that may stands for them all. */
  slow?: boolean;
};

/** By verb and path, as the routes are declared: "POST /visites/:visit/retrait". */
export type Samples = Readonly<Record<string, (hand: Hand) => Sample | Promise<Sample>>>;

export type WalkFacts = {
  /** The routes as they are declared, which the server must obey. */
  rooms: readonly Room[];
  /** Which of them are walked; all when left out. Every route needs its sample all the same. */
  verb?: Route["verb"];
  server: Server;
  publicUrl: string;
  house: TestHouse;
  samples: Samples;
  /** Texts of the house's records, which nobody from outside may read. */
  marks: readonly RegExp[];
  /** Waits for the work that goes on outside of requests, so that it is not taken for what a later request did. */
  settled?: () => Promise<void>;
  /** The code of the other house, which the walk makes. */
  away?: string;
};

export const nameOf = (route: Route): string => `${route.verb} ${route.path}`;
export const routesOf = (rooms: readonly Room[]): Route[] => rooms.flatMap((room) => [...(room.routes?.all ?? [])]);

/** The path of a route with its parameters. */
export const pathOf = (route: Route, params: Record<string, string> = {}): string =>
  route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));

const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);

/** Everything that is not as it is declared; an empty list when all is. */
export async function walk(facts: WalkFacts): Promise<string[]> {
  const { house, server, publicUrl } = facts;
  const faults: string[] = [];
  const routes = routesOf(facts.rooms);
  const names = new Set(routes.map(nameOf));
  for (const name of names) if (!facts.samples[name]) faults.push(`${name}: the walk has no sample for it`);
  for (const name of Object.keys(facts.samples)) if (!names.has(name)) faults.push(`${name}: a sample, and no route`);

  const away = await house.anotherHouse(facts.away ?? "ailleurs");
  const makers = {
    direction: (await house.signIn("direction")).cookie,
    administrator: (await house.signIn("administrator")).cookie,
  };
  const handOf = async (role: Role, wish: Parameters<TestHouse["signIn"]>[1] = {}): Promise<Hand> =>
    makeHand(house, server, publicUrl, makers, await house.signIn(role, wish));
  const here = new Map<Role, Hand>();
  for (const role of roles) here.set(role, await handOf(role));
  // Two structures: the one in whose name partners ask, and another that must see nothing of it.
  const [own, neighbour] = [await structureIn(house), await structureIn(house)];
  const beside = new Map<Role, Hand>();
  for (const role of partnerRoles) {
    here.set(role, await handOf(role, { structure: own }));
    beside.set(role, await handOf(role, { structure: neighbour }));
  }
  const fingerprint = await fingerprinter(house);
  const reveals = (got: Got): boolean => facts.marks.some((mark) => mark.test(got.text));

  for (const route of routes.filter(({ verb }) => verb === (facts.verb ?? verb))) {
    const name = nameOf(route);
    const sampleFor = facts.samples[name];
    if (!sampleFor) continue;
    const { right, trace } = route;
    const fault = (sentence: string): void => void faults.push(`${name}: ${sentence}`);
    const ask = async (hand: Hand, sample: Sample, cookie: string | null): Promise<Got> => {
      const wish = { ...sample, ...(cookie ? { cookie } : {}) };
      const got = await hand.ask(route.verb, pathOf(route, sample.params), wish);
      await facts.settled?.();
      return got;
    };
    const first = here.get(roles[0]) as Hand;

    // A stranger.
    const ofStructures = typeof right !== "string" && right.held === "structure";
    const strange = await sampleFor(ofStructures ? (here.get(right.roles[0] as Role) as Hand) : first);
    const entered = () => lines(house, { account: strange.account ?? null, act: String(trace) });
    const linesBefore = await entered();
    const allowed: readonly Role[] = right === "signed-in" || right === "anyone" ? ["direction", "board"] : right.roles;
    const [role = "direction"] = allowed;
    const wrong = [...roles, ...partnerRoles]
      .filter((one) => !allowed.includes(one))
      .map((one) => here.get(one) as Hand);
    if (typeof right !== "string" && !ofStructures) {
      if (right.held === "house") wrong.push(await handOf(role, { site: house.sites.gerland }));
      if (right.held !== "any") wrong.push(await handOf(role, { programme: house.deps.ids.uuid() }));
    }
    const before = await fingerprint();
    const stranger = await ask(first, strange, null);
    if (right === "anyone") {
      if (stranger.status >= 400) fault(`somebody got ${stranger.status}`);
      if (typeof trace === "string" && !(await grew(entered, linesBefore))) fault(`no journal line "${trace}"`);
      continue;
    }
    if (stranger.status !== 401) fault(`a stranger got ${stranger.status}`);
    if (reveals(stranger)) fault("a stranger read a record");

    // Another house's account, which has the role there and knows this house's identifiers.
    const outsider = await handOf(role, { house: away.houseId });
    const outside = await ask(outsider, strange, outsider.self.cookie);
    if (Object.values(strange.params ?? {}).some(isId) && outside.status !== 404)
      fault(`another house got ${outside.status} where this house's identifier is out of its scope`);
    if (outside.status >= 500) fault(`another house got ${outside.status}`);
    if (reveals(outside)) fault("another house read a record");
    const after = await fingerprint();
    if (after.records !== before.records || after.journal !== before.journal)
      fault("a stranger, or another house, changed this one");

    // Another structure of this house, which may do the same with what is its own.
    if (ofStructures) {
      const got = await ask(beside.get(role) as Hand, strange, (beside.get(role) as Hand).self.cookie);
      if (reveals(got)) fault("another structure read a record");
      if (got.status >= 500) fault(`another structure got ${got.status}`);
      if (Object.values(strange.params ?? {}).some(isId)) {
        if (got.status !== 404)
          fault(`another structure got ${got.status} where this structure's identifier is out of its scope`);
        if ((await fingerprint()).records !== before.records) fault("another structure changed what is not its own");
      }
    }

    // The wrong roles, and the right ones held for something too small.
    if (right !== "signed-in") {
      const calm = await lines(house);
      const still = await fingerprint();
      for (const hand of wrong) {
        const got = await ask(hand, strange, hand.self.cookie);
        if (got.status !== 403) fault(`${await grantsOf(house, hand.self.account)} got ${got.status}`);
        if (reveals(got)) fault(`${await grantsOf(house, hand.self.account)} read a record`);
      }
      const refused = (await lines(house)) - calm;
      if (refused !== wrong.length) fault(`${wrong.length} were refused and ${refused} lines tell it`);
      if ((await fingerprint()).records !== still.records) fault("a wrong role changed the house");
    }

    // The right roles. Somebody's own account is made anew: its session, its password and its second step are what is asked.
    for (const role of strange.slow ? allowed.slice(0, 1) : allowed) {
      const hand = right === "signed-in" ? await handOf(role) : (here.get(role) as Hand);
      const sample = route.verb === "GET" && right !== "signed-in" ? strange : await sampleFor(hand);
      const done = () =>
        lines(house, typeof trace === "string" ? { account: hand.self.account, act: trace } : undefined);
      const linesNow = await done();
      const got = await ask(hand, sample, hand.self.cookie);
      if (![200, 303, 307].includes(got.status)) fault(`${role} got ${got.status}`);
      else if (typeof trace !== "string") {
        const left = (await done()) - linesNow;
        if (left > 0) fault(`${role} left ${left} lines, and the route says that it leaves none`);
      } else if (!(await grew(done, linesNow))) fault(`${role} left no journal line "${trace}"`);
    }
  }
  return faults;
}

/** A structure of the house, and no more than its name. */
async function structureIn(house: TestHouse): Promise<string> {
  const id = house.deps.ids.uuid();
  await house.owner.query(
    "INSERT INTO partners.structures (house_id, id, name, created_at, changed_at) VALUES ($1, $2, $3, $4, $4)",
    [house.houseId, id, `Structure ${id}`, house.clock.now()],
  );
  return id;
}

/** How many lines the journals of all houses have, or how many of them say that `account` did `act`. */
async function lines(house: TestHouse, of?: { account: string | null; act: string }): Promise<number> {
  const { rows } = await house.owner.query<{ count: number }>(
    `SELECT count(*) AS count FROM core.journal ${of ? "WHERE account_id IS NOT DISTINCT FROM $1 AND act = $2" : ""}`,
    of ? [of.account, of.act] : [],
  );
  return rows[0]?.count ?? 0;
}

/** A file's journal line is committed when its last row has left, a moment after its reader has it: it is waited for. */
async function grew(count: () => Promise<number>, before: number): Promise<boolean> {
  for (let turn = 0; turn < 100; turn += 1) {
    if ((await count()) > before) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

async function grantsOf(house: TestHouse, account: string): Promise<string> {
  const { rows } = await house.owner.query<Grant>(
    "SELECT role, site_id AS site, programme_id AS programme, structure_id AS structure FROM house.grants WHERE account_id = $1",
    [account],
  );
  return rows
    .map(
      ({ role, site, programme, structure }) =>
        `${role}${site ? " of a site" : programme ? " of a programme" : structure ? " of a structure" : ""}`,
    )
    .join(", ");
}

/** Asks what all rows of the house are, as two short texts: its records, and its journal. */
async function fingerprinter(house: TestHouse): Promise<() => Promise<{ records: string; journal: string }>> {
  const { rows } = await house.owner.query<{ name: string }>(`
    SELECT format('%I.%I', c.table_schema, c.table_name) AS name FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.column_name = 'house_id' AND t.table_type = 'BASE TABLE' ORDER BY 1`);
  const sumOf = (tables: string[]): string =>
    `coalesce((SELECT sum(hashtextextended(r, 0)) FROM (${tables
      .map((table) => `SELECT t::text AS r FROM ${table} t WHERE house_id = $1`)
      .join(" UNION ALL ")}) rows)::text, '')`;
  const all = rows.map((row) => row.name);
  const text = `SELECT ${sumOf(all.filter((name) => name !== "core.journal"))} AS records, ${sumOf(["core.journal"])} AS journal`;
  return async () => {
    const asked = await house.owner.query<{ records: string; journal: string }>(text, [house.houseId]);
    return asked.rows[0] ?? { records: "", journal: "" };
  };
}
