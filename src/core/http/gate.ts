// The gate: the one place where a request becomes a scope, by a session's cookie or a program's key.
import type pg from "pg";
import { type Grant, mintScope, type Scope } from "../rights.ts";
import { dayIn } from "../time.ts";
import type { Services } from "./route.ts";
import { hashToken, idleHours } from "./session.ts";

type OpenedSession = {
  session: string | null;
  house: string;
  houseCode: string;
  houseName: string;
  zone: string;
  account: string;
  name: string;
  secondFactor: boolean;
  idleMinutes: number;
  grants: Grant[];
};

/** Who asks: a browser's session or a program's key. */
export type Credential = { kind: "session" | "key"; token: string };

/** Opens the scope inside a transaction just begun; null when the session or the key is not (or no longer) good. */
export async function openScope(
  client: pg.PoolClient,
  services: Services,
  credential: Credential,
  ip: string,
): Promise<{ scope: Scope; today: string } | null> {
  const now = services.clock.now();
  // The day of a role's dates is the house's; before the house is known, Paris' is the one that French houses have.
  const today = dayIn("Europe/Paris", now);
  const hash = hashToken(credential.token);
  const result =
    credential.kind === "session"
      ? await client.query<{ opened: OpenedSession | null }>({
          name: "open-session",
          text: `SELECT house.open_session($1, $2, $3, interval '${idleHours} hours') AS opened`,
          values: [hash, now, today],
        })
      : await client.query<{ opened: OpenedSession | null }>({
          name: "open-key",
          text: "SELECT house.open_api_key($1, $2) AS opened",
          values: [hash, today],
        });
  const opened = result.rows[0]?.opened;
  if (!opened) return null;
  const scope = mintScope({
    house: opened.house,
    houseCode: opened.houseCode,
    houseName: opened.houseName,
    zone: opened.zone,
    account: opened.account,
    name: opened.name,
    session: opened.session,
    secondFactor: opened.secondFactor,
    grants: opened.grants,
    ip,
  });
  return { scope, today: opened.zone === "Europe/Paris" ? today : dayIn(opened.zone, now) };
}
