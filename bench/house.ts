// The house that is measured: made and furnished as any house, filled by SQL, with eight people of the desk and eight of the office.
import pg from "pg";
import { furnishHouse } from "../src/app/furnish.ts";
import type { Services } from "../src/core/http/route.ts";
import { hashToken } from "../src/core/http/session.ts";
import { makeIds } from "../src/core/ids.ts";
import type { Role } from "../src/core/rights.ts";
import { systemClock } from "../src/core/time.ts";
import { createHouse } from "../src/rooms/foundations/house/door.ts";
import { layGround, type Size } from "./ground.ts";

/** How many clients shoot at once. */
export const clients = 8;

export type House = {
  id: string;
  size: Size;
  /** Tokens of sessions, one a client. */
  signedIn: { reception: readonly string[]; direction: readonly string[] };
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
    return await peopleOf(client, made.house, size);
  } finally {
    await client.end();
  }
}

/** Signs everybody in, and reads what the forms need. */
export async function peopleOf(client: pg.Client, house: string, size: Size): Promise<House> {
  const sessions = async (role: Role): Promise<string[]> => {
    const tokens: string[] = [];
    while (tokens.length < clients) tokens.push(await signIn(client, house, role));
    return tokens;
  };
  const idsOf = async (text: string): Promise<string[]> =>
    (await client.query<{ id: string }>(text, [house])).rows.map((row) => row.id);
  return {
    id: house,
    size,
    signedIn: { reception: await sessions("reception"), direction: await sessions("direction") },
    reasons: await idsOf("SELECT id FROM agenda.visit_terms WHERE house_id = $1 AND kind = 'reason' ORDER BY position"),
    sites: await idsOf("SELECT id FROM house.sites WHERE house_id = $1 ORDER BY code"),
  };
}

/** An account with that role for the whole house, and its session: the token that its cookie would hold. */
async function signIn(client: pg.Client, house: string, role: Role): Promise<string> {
  const ids = makeIds(systemClock);
  const [account, token] = [ids.uuid(), ids.token()];
  await client.query(
    "INSERT INTO house.accounts (house_id, id, email, name, created_at) VALUES ($1, $2, $3, $4, now())",
    [house, account, `${account}@bench.test`, `Camille ${role}`],
  );
  await client.query(
    "INSERT INTO house.grants (house_id, id, account_id, role, from_day, granted_at) VALUES ($1, $2, $3, $4, '2015-01-01', now())",
    [house, ids.uuid(), account, role],
  );
  await client.query(
    `INSERT INTO house.sessions (house_id, id, account_id, token_hash, second_factor, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, $3, $4, false, now(), now(), now() + interval '12 hours')`,
    [house, ids.uuid(), account, hashToken(token)],
  );
  return token;
}
