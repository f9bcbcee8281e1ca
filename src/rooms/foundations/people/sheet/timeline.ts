// What the room of people itself has to say on a person's timeline. Sensitive situations are never part of it.
import type { Tx } from "../../../../core/db/transaction.ts";
import { may } from "../../../../core/rights.ts";
import type { TimelineEntry } from "../../../../core/room.ts";
import { dayIn } from "../../../../core/time.ts";
import type { Person } from "../reads.ts";
import { rights } from "../rights.ts";
import type { PeopleTables, SituationsTable } from "../tables.ts";
import { consentWords, purposeWords, requestWords, situationWords } from "../words.ts";

type Row = Pick<SituationsTable, "kind" | "from_day" | "value">;

export async function ownLines(tx: Tx, person: Person, situations: readonly Row[]): Promise<TimelineEntry[]> {
  const lines: TimelineEntry[] = [{ day: person.created_on, kind: "Fiche", text: "créée" }];
  for (const row of situations) {
    const words = situationWords[row.kind];
    if (!words.sensitive)
      lines.push({ day: row.from_day, kind: words.label, text: words.values[row.value] ?? row.value });
  }
  const db = tx.on<PeopleTables>();
  const house = tx.scope.house;
  if (may(tx.scope, rights["person.privacy"])) {
    const consents = await db
      .selectFrom("people.consents")
      .select(["purpose", "answer", "on_day"])
      .where("house_id", "=", house)
      .where("person_id", "=", person.id)
      .execute();
    for (const row of consents)
      lines.push({
        day: row.on_day,
        kind: "Données",
        text: `${purposeWords[row.purpose] ?? row.purpose} : ${consentWords[row.answer]}`,
      });
    const requests = await db
      .selectFrom("people.requests")
      .select(["kind", "received_on"])
      .where("house_id", "=", house)
      .where("person_id", "=", person.id)
      .execute();
    for (const row of requests) lines.push({ day: row.received_on, kind: "Demande", text: requestWords[row.kind] });
  }
  if (may(tx.scope, rights["person.merge"])) {
    const merges = await db
      .selectFrom("people.merges")
      .select(["merged_at"])
      .where("house_id", "=", house)
      .where("kept_id", "=", person.id)
      .where("undone_at", "is", null)
      .execute();
    for (const merge of merges)
      lines.push({
        day: dayIn(tx.scope.zone, merge.merged_at),
        kind: "Fusion",
        text: "une autre fiche a rejoint celle-ci",
      });
  }
  return lines;
}

/** Newest first; within a day, the latest hour first. */
export const newestFirst = (one: TimelineEntry, other: TimelineEntry): number =>
  one.day < other.day ? 1 : one.day > other.day ? -1 : (other.hour ?? "").localeCompare(one.hour ?? "");
