// Attempts to sign in are counted in PostgreSQL, so that several copies of the program count together. An attempt is taken before
// the password is looked at and given back when it was right: a hundred guesses sent at once are still counted one by one.
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Services } from "../../../../core/http/route.ts";
import { keyedHash } from "./secrets.ts";

/** 15 minutes, in seconds. */
const duration = 15 * 60;
/** Failures within that time: of one address (or one account's second step), and of one network address. */
const points = { address: 5, network: 50 } as const;

type Limiters = { address: RateLimiterPostgres; network: RateLimiterPostgres };
const limitersOf = new WeakMap<object, Limiters>();

function limiters(services: Services): Limiters {
  const pool = services.database.pool;
  let found = limitersOf.get(pool);
  if (!found) {
    const table = {
      storeClient: pool,
      storeType: "pool",
      schemaName: "core",
      tableName: "sign_in_limits",
      tableCreated: true,
      duration,
    };
    found = {
      address: new RateLimiterPostgres({ ...table, keyPrefix: "address", points: points.address }),
      network: new RateLimiterPostgres({ ...table, keyPrefix: "network", points: points.network }),
    };
    limitersOf.set(pool, found);
  }
  return found;
}

/** Who tries: `subject` is an address, or "code:ACCOUNT" for a second step. */
export type Attempt = { subject: string; ip: string };

const keysOf = (services: Services, attempt: Attempt): { subject: string; ip: string } => ({
  subject: keyedHash(services.config.secret, "limits", attempt.subject.toLowerCase()),
  ip: keyedHash(services.config.secret, "limits", attempt.ip),
});

/** Takes an attempt. Null: go on. Otherwise the minutes to wait, rounded up. Database faults are thrown. */
export async function takeAttempt(services: Services, attempt: Attempt): Promise<number | null> {
  const keys = keysOf(services, attempt);
  const { address, network } = limiters(services);
  try {
    await network.consume(keys.ip);
    await address.consume(keys.subject);
    return null;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 60_000));
    throw refused;
  }
}

/** Gives the attempt back: it was right. */
export async function giveBackAttempt(services: Services, attempt: Attempt): Promise<void> {
  const keys = keysOf(services, attempt);
  const { address, network } = limiters(services);
  await address.delete(keys.subject);
  await network.reward(keys.ip, 1);
}
