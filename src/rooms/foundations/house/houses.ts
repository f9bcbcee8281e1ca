// A new house: made by the owner of the database, since the web role sees one house at a time.
import pg from "pg";
import type { Deps } from "../../../core/db/transaction.ts";

/** Creates an empty house. `owner` connects as the owner of the schema. A code that exists is refused with a sentence. */
export async function createHouse(
  owner: pg.ClientConfig,
  deps: Pick<Deps, "clock" | "ids">,
  wish: { code: string; name: string; zone?: string },
): Promise<{ ok: true; house: string } | { ok: false; sentence: string }> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const house = deps.ids.uuid();
    const { rowCount } = await client.query(
      "INSERT INTO house.houses (house_id, code, name, zone, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (code) DO NOTHING",
      [house, wish.code, wish.name, wish.zone ?? "Europe/Paris", deps.clock.now()],
    );
    return rowCount === 1
      ? { ok: true, house }
      : { ok: false, sentence: `Une maison « ${wish.code} » existe déjà sur ce serveur.` };
  } finally {
    await client.end();
  }
}
