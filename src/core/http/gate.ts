// The gate: the one place where a request becomes a scope, by a session's cookie or a program's key.
import type pg from "pg";
import type { Database } from "../db/database.ts";
import type { Opening } from "../db/transaction.ts";
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

/** What each session opened last, as the database said it: the next request starts from it while the database is asked again. */
type Opened = { text: string; session: OpenedSession };
const remembered = new WeakMap<Database, Map<string, Opened>>();
const mostRemembered = 1000;
/** The database's code for a session that no longer opens what was remembered of it. */
const opensAnother = "TRB01";

function memoryOf(database: Database): Map<string, Opened> {
  const known = remembered.get(database);
  if (known) return known;
  const memory = new Map<string, Opened>();
  remembered.set(database, memory);
  return memory;
}

/**
 * Opens the scope inside a transaction just begun; null when the session or the key is not (or no longer) good. Unless `fresh`, a session
 * seen before gives the scope that it had, and the database breaks the transaction when it is no longer so: `stands` tells. Nothing may be
 * shown or sent before.
 */
export async function openScope(
  client: pg.PoolClient,
  services: Services,
  credential: Credential,
  ip: string,
  fresh: boolean,
): Promise<Opening> {
  const now = services.clock.now();
  // The day of a role's dates is the house's; before the house is known, Paris' is the one that French houses have.
  const today = dayIn("Europe/Paris", now);
  const hash = hashToken(credential.token);
  const opening = (opened: OpenedSession): { scope: Scope; today: string } => ({
    scope: scopeOf(opened, ip),
    today: opened.zone === "Europe/Paris" ? today : dayIn(opened.zone, now),
  });
  if (credential.kind === "key") {
    const { rows } = await client.query<{ opened: string | null }>({
      name: "open-key",
      text: "SELECT house.open_api_key($1, $2)::text AS opened",
      values: [hash, today],
    });
    return rows[0]?.opened ? opening(JSON.parse(rows[0].opened) as OpenedSession) : null;
  }
  const memory = memoryOf(services.database);
  const key = hash.toString("base64");
  const before = fresh ? undefined : memory.get(key);
  const asked = client.query<{ opened: string | null }>({
    name: "open-session",
    text: `SELECT house.open_session($1, $2, $3, interval '${idleHours} hours', $4)::text AS opened`,
    values: [hash, now, today, before?.text ?? null],
  });
  if (before) {
    const stands = asked.then(
      () => true,
      (fault: unknown) => {
        if ((fault as { code?: string }).code !== opensAnother) throw fault;
        memory.delete(key);
        return false;
      },
    );
    // Heard by whoever confirms; a work that breaks before that has its own fault to tell.
    stands.catch(() => {});
    return { ...opening(before.session), stands };
  }
  const { rows } = await asked;
  const text = rows[0]?.opened;
  if (!text) return null;
  const session = JSON.parse(text) as OpenedSession;
  // The oldest makes room.
  if (memory.size >= mostRemembered) memory.delete(memory.keys().next().value ?? "");
  memory.set(key, { text, session });
  return opening(session);
}

const scopeOf = (opened: OpenedSession, ip: string): Scope =>
  mintScope({
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
