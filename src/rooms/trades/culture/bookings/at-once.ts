// A place taken in one exchange with the database: what the decision rests on is read without a lock, and the statement that writes takes
// the places only where it still holds. So the row of a wanted date is held for that statement and its COMMIT, and for no exchange with
// the program: a crowd waits for the database alone. Whatever is not plain (a waiting list, a draw, places kept for others, a limit, a
// person of the house) goes the long way, under the lock.
import type { JournalLine, Tx } from "../../../../core/db/transaction.ts";
import { bookerOf, seeDate } from "./facts.ts";
import { freeFor, obstacle } from "./rules.ts";
import type { BookWish } from "./writes.ts";

// The version of the date stands for all that its page may change; the places are counted on the row as it is when it is locked.
const takeCtes = `WITH held AS (
  UPDATE culture.dates SET taken = taken + $8 WHERE house_id = $1 AND id = $3 AND version = $9 AND cancelled_at IS NULL AND taken + $8 <= places
     AND NOT EXISTS (SELECT 1 FROM culture.bookings b WHERE b.house_id = $1 AND b.id = $2) RETURNING id),
made AS (
  INSERT INTO culture.bookings (house_id, id, date_id, structure_id, first_name, people, companions, state, code, asked_at, asked_by, confirmed_at)
  SELECT $1, $2, held.id, $4, $5, $6, $7, 'confirmed', $10, $11, $12, $11 FROM held RETURNING id)`;

/** Books at once; null, and nothing written: the long way says what is the matter. */
export async function bookAtOnce(tx: Tx, wish: BookWish, line: () => JournalLine): Promise<string | null> {
  if (!tx.atOnce || wish.person !== null) return null;
  const date = await seeDate(tx, wish.date);
  if (date?.way !== "first" || date.allotments.length > 0) return null;
  const booker = await bookerOf(tx, wish.structure, date.day);
  const now = tx.clock.now();
  const seats = wish.people + wish.companions;
  if (booker?.seasonLimit !== null || obstacle(date, booker, wish, now) || seats > freeFor(date, booker, now))
    return null;
  const code = tx.ids.shortCode();
  const { house, account } = tx.scope;
  await tx.atOnce({
    text: takeCtes,
    values: [
      house,
      wish.id,
      date.id,
      booker.id,
      wish.firstName,
      wish.people,
      wish.companions,
      seats,
      date.version,
      code,
      now,
      account,
    ],
    line: line(),
  });
  return code;
}
