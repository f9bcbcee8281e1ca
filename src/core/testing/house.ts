// A house for one test: a fresh, migrated, real database with one house, two sites and whoever the test asks for.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import pg from "pg";
import { readConfig } from "../config/config.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { type Deps, inTransaction, type Tx } from "../db/transaction.ts";
import type { Mailer, Services } from "../http/route.ts";
import { cookieName, hashToken } from "../http/session.ts";
import { makeIds } from "../ids.ts";
import { mintScope, partnerRoles, type Role, type Scope } from "../rights.ts";
import type { Room } from "../room.ts";
import { byHand } from "../sms/texter.ts";
import { dayIn } from "../time.ts";
import { testServer } from "./server.ts";
import { makeTemplate, toDatabase } from "./template.ts";

export type TestClock = { now(): Date; set(iso: string): void };

export type TestHouse = {
  deps: Deps;
  services: Services;
  clock: TestClock;
  houseId: string;
  sites: { gerland: string; mermoz: string };
  /** Letters sent through the mailer. */
  letters: { to: string; subject: string; text: string }[];
  /** Connection of the owner, who sees every house: for what a test must look at or break. */
  owner: pg.Client;
  ownerFacts: pg.ClientConfig;
  scope(role: Role, options?: { site?: string; programme?: string; account?: string; house?: string }): Scope;
  run<R>(
    role: Role,
    work: (tx: Tx) => Promise<R>,
    options?: { site?: string; programme?: string; account?: string; house?: string },
  ): Promise<R>;
  /** An account with that role and a session: gives the Cookie header. A partner's role is held for `structure`, or for one that is not there. */
  signIn(
    role: Role,
    options?: { site?: string; programme?: string; house?: string; structure?: string },
  ): Promise<{ cookie: string; account: string; structure: string | null }>;
  /** Another house on the same server, with the same two sites. */
  anotherHouse(code: string): Promise<{ houseId: string; sites: { gerland: string; mermoz: string } }>;
};

let template: Promise<{ name: string; facts: pg.ClientConfig }> | null = null;

/** The migrated template database: the one that was made for all files, else this process makes its own. */
function templateDatabase(): Promise<{ name: string; facts: pg.ClientConfig }> {
  template ??= (async () => {
    const facts = await testServer();
    const made = process.env.TRABOULE_TEST_TEMPLATE;
    const name = made ?? `traboule_template_${process.pid}`;
    if (!made) await makeTemplate(facts, name);
    return { name, facts };
  })();
  return template;
}

/** Makes a house for the test `t`; everything is closed and dropped when it ends. `rooms` furnish it. */
export async function testHouse(
  t: Pick<TestContext, "after">,
  options: { rooms?: readonly Room[]; poolSize?: number } = {},
): Promise<TestHouse> {
  const { name: templateName, facts } = await templateDatabase();
  const databaseName = `traboule_test_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client(facts);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${databaseName} TEMPLATE ${templateName}`);
  const ownerFacts = toDatabase(facts, databaseName);
  const owner = new pg.Client(ownerFacts);
  await owner.connect();
  let now = new Date("2020-12-01T09:05:00+01:00");
  const clock: TestClock = {
    now: () => now,
    set(iso) {
      now = new Date(iso);
    },
  };
  const ids = makeIds(clock);
  const database: Database = openDatabase({ ...ownerFacts, max: options.poolSize ?? 4 }, { role: "traboule_web" });
  const deps: Deps = { database, clock, ids };
  const data = mkdtempSync(join(tmpdir(), "traboule-test-"));
  const read = readConfig({
    TRABOULE_DATA: data,
    TRABOULE_SECRET: "a-secret-for-tests-only-0123456789abcdef",
    LOG_LEVEL: "silent",
  });
  if (!read.ok) throw new Error(read.mistakes.join(" "));
  const letters: TestHouse["letters"] = [];
  const mail: Mailer = {
    async send(letter) {
      letters.push(letter);
      return "outbox";
    },
  };
  const services: Services = { ...deps, config: read.config, mail, sms: byHand, files: { data } };
  t.after(async () => {
    await database.close();
    await owner.end();
    await admin.query(`DROP DATABASE IF EXISTS ${databaseName} WITH (FORCE)`);
    await admin.end();
    rmSync(data, { recursive: true, force: true });
  });

  const makeHouse = async (code: string): Promise<{ houseId: string; sites: { gerland: string; mermoz: string } }> => {
    const houseId = ids.uuid();
    const sites = { gerland: ids.uuid(), mermoz: ids.uuid() };
    await owner.query("INSERT INTO house.houses (house_id, code, name, created_at) VALUES ($1, $2, $3, now())", [
      houseId,
      code,
      `Maison ${code}`,
    ]);
    await owner.query(
      `INSERT INTO house.sites (house_id, id, code, name, kind, postal_code, commune_name, position)
       VALUES ($1, $2, 'gerland', 'Antenne Gerland', 'antenne', '69007', 'Lyon', 1), ($1, $3, 'mermoz', 'Antenne Mermoz/Bachut', 'antenne', '69008', 'Lyon', 2)`,
      [houseId, sites.gerland, sites.mermoz],
    );
    return { houseId, sites };
  };
  const { houseId, sites } = await makeHouse("demo");

  const scope: TestHouse["scope"] = (role, wish = {}) =>
    mintScope({
      house: wish.house ?? houseId,
      houseCode: "demo",
      houseName: "Maison demo",
      zone: "Europe/Paris",
      account: wish.account ?? null,
      name: "Camille Essai",
      session: null,
      secondFactor: false,
      grants: [{ role, site: wish.site ?? null, programme: wish.programme ?? null }],
      ip: null,
    });
  const run: TestHouse["run"] = (role, work, wish) =>
    inTransaction(deps, scope(role, wish), dayIn("Europe/Paris", now), work);
  for (const room of options.rooms ?? []) {
    const { furnish } = room;
    if (furnish) await run("direction", furnish);
  }
  return {
    deps,
    services,
    clock,
    houseId,
    sites,
    letters,
    owner,
    ownerFacts,
    scope,
    run,
    anotherHouse: makeHouse,
    async signIn(role, wish = {}) {
      const account = ids.uuid();
      const token = ids.token();
      const house = wish.house ?? houseId;
      const structure = partnerRoles.some((one) => one === role) ? (wish.structure ?? ids.uuid()) : null;
      await owner.query(
        "INSERT INTO house.accounts (house_id, id, email, name, created_at) VALUES ($1, $2, $3, $4, $5)",
        [house, account, `${account}@exemple.test`, `Camille ${role}`, now],
      );
      await owner.query(
        "INSERT INTO house.grants (house_id, id, account_id, role, site_id, programme_id, structure_id, from_day, granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, '2015-01-01', $8)",
        [house, ids.uuid(), account, role, wish.site ?? null, wish.programme ?? null, structure, now],
      );
      await owner.query(
        `INSERT INTO house.sessions (house_id, id, account_id, token_hash, second_factor, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, false, $5, $5, $5::timestamptz + interval '12 hours')`,
        [house, ids.uuid(), account, hashToken(token), now],
      );
      return { cookie: `${cookieName(read.config)}=${token}`, account, structure };
    },
  };
}
