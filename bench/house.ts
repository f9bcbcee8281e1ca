// The house that is measured: made and furnished as any house, filled by SQL, with eight people of the desk, eight of the office and twenty
// advisers.
import { join } from "node:path";
import pg from "pg";
import { houseScope } from "../src/app/commands/house-scope.ts";
import { furnishHouse } from "../src/app/furnish.ts";
import { readDefinitionFiles } from "../src/app/programme-files.ts";
import { inTransaction } from "../src/core/db/transaction.ts";
import type { Services } from "../src/core/http/route.ts";
import { hashToken } from "../src/core/http/session.ts";
import { makeIds } from "../src/core/ids.ts";
import type { Role } from "../src/core/rights.ts";
import { projectRoot } from "../src/core/root.ts";
import { systemClock } from "../src/core/time.ts";
import { createHouse } from "../src/rooms/foundations/house/door.ts";
import { loadDefinitions } from "../src/rooms/foundations/programmes/door.ts";
import { type BoxOfficeGround, layBoxOffice } from "./box-office-ground.ts";
import { layGround, type Size } from "./ground.ts";
import { layPathways } from "./pathways-ground.ts";

/** How many clients shoot at once. */
export const clients = 8;

export type House = {
  id: string;
  size: Size;
  /** Tokens of sessions, one a client. */
  signedIn: { reception: readonly string[]; direction: readonly string[]; adviser: readonly string[] };
  boxOffice: BoxOfficeGround;
  /** The accounts of those who accompany; the first ones are signed in. */
  advisers: readonly string[];
  reasons: readonly string[];
  sites: readonly string[];
};

/** Makes the house in a database that is migrated. `owner` connects as its owner. */
export async function makeHouse(owner: pg.ClientConfig, services: Services, size: Size): Promise<House> {
  const made = await createHouse(owner, services, { code: "bench", name: "Maison de la mesure" });
  if (!made.ok) throw new Error(made.sentence);
  await furnishHouse(services, "bench");
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await layGround(client, made.house, size);
    const { scope, today } = await houseScope(services, "bench");
    const files = readDefinitionFiles([join(projectRoot, "demo/programmes")]);
    for (const one of await inTransaction(services, scope, today, (tx) => loadDefinitions(tx, files)))
      if (!("outcome" in one)) throw new Error(`${one.name}: ${one.mistakes.join(" ")}`);
    const house = await peopleOf(client, made.house, size);
    await layPathways(client, made.house, size, house.advisers);
    return { ...house, boxOffice: await layBoxOffice(client, made.house, size, signIn) };
  } finally {
    await client.end();
  }
}

/** Signs everybody in, and reads what the forms need. */
export async function peopleOf(client: pg.Client, house: string, size: Size): Promise<Omit<House, "boxOffice">> {
  const people = async (role: Role, count = clients): Promise<SignedIn[]> => {
    const signed: SignedIn[] = [];
    while (signed.length < count) signed.push(await signIn(client, house, role));
    return signed;
  };
  const tokensOf = (signed: readonly SignedIn[]): string[] => signed.slice(0, clients).map(({ token }) => token);
  const advisers = await people("adviser", 20);
  const idsOf = async (text: string): Promise<string[]> =>
    (await client.query<{ id: string }>(text, [house])).rows.map((row) => row.id);
  return {
    id: house,
    size,
    signedIn: {
      reception: tokensOf(await people("reception")),
      direction: tokensOf(await people("direction")),
      adviser: tokensOf(advisers),
    },
    advisers: advisers.map(({ account }) => account),
    reasons: await idsOf("SELECT id FROM agenda.visit_terms WHERE house_id = $1 AND kind = 'reason' ORDER BY position"),
    sites: await idsOf("SELECT id FROM house.sites WHERE house_id = $1 ORDER BY code"),
  };
}

type SignedIn = { account: string; token: string };

/** An account with that role for the whole house or for a structure, and its session: the token that its cookie would hold. */
async function signIn(
  client: pg.Client,
  house: string,
  role: Role,
  structure: string | null = null,
): Promise<SignedIn> {
  const ids = makeIds(systemClock);
  const [account, token] = [ids.uuid(), ids.token()];
  await client.query(
    "INSERT INTO house.accounts (house_id, id, email, name, created_at) VALUES ($1, $2, $3, $4, now())",
    [house, account, `${account}@bench.test`, `Camille ${role}`],
  );
  await client.query(
    "INSERT INTO house.grants (house_id, id, account_id, role, structure_id, from_day, granted_at) VALUES ($1, $2, $3, $4, $5, '2015-01-01', now())",
    [house, ids.uuid(), account, role, structure],
  );
  await client.query(
    `INSERT INTO house.sessions (house_id, id, account_id, token_hash, second_factor, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, $3, $4, false, now(), now(), now() + interval '12 hours')`,
    [house, ids.uuid(), account, hashToken(token)],
  );
  return { account, token };
}
