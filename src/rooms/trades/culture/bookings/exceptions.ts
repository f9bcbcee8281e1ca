// A booking of the team against the rule of the season: allowed when somebody says why, and the reason stays with the booking.
import type { Tx } from "../../../../core/db/transaction.ts";
import { bookingRightOf, rightWords } from "../../../foundations/partners/door.ts";
import type { CultureTables } from "../tables.ts";

/** What the rule of the season says of a structure today; null: it may book. */
export async function ruleAgainst(tx: Tx, structure: string): Promise<{ rule: string; words: string } | null> {
  const { right } = await bookingRightOf(tx, structure, "social", tx.today);
  return right.may ? null : { rule: right.reason, words: rightWords(right) };
}

/** Writes why a booking was made all the same. */
export async function noteException(
  tx: Tx,
  booking: string,
  exception: { rule: string; reason: string },
): Promise<void> {
  await tx
    .on<CultureTables>()
    .insertInto("culture.booking_exceptions")
    .values({
      house_id: tx.scope.house,
      booking_id: booking,
      ...exception,
      at: tx.clock.now(),
      account_id: tx.scope.account,
    })
    .execute();
}
