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

/** What was true of the person, as far as it is nobody's secret. */
export const situationLines = (situations: readonly Row[]): TimelineEntry[] =>
  situations.flatMap((row) => {
    const words = situationWords[row.kind];
    return words.sensitive
      ? []
      : [{ day: row.from_day, kind: words.label, text: words.values[row.value] ?? row.value }];
  });

/** What happened to the file itself. */
export async function ownLines(tx: Tx, person: Person): Promise<TimelineEntry[]> {
  const db = tx.often<PeopleTables>();
  const house = tx.scope.house;
  const privacy = may(tx.scope, rights["person.privacy"]);
  const [consents, requests, merges] = await Promise.all([
    privacy
      ? db
          .selectFrom("people.consents")
          .select(["purpose", "answer", "on_day"])
          .where("house_id", "=", house)
          .where("person_id", "=", person.id)
          .execute()
      : [],
    privacy
      ? db
          .selectFrom("people.requests")
          .select(["kind", "received_on"])
          .where("house_id", "=", house)
          .where("person_id", "=", person.id)
          .execute()
      : [],
    may(tx.scope, rights["person.merge"])
      ? db
          .selectFrom("people.merges")
          .select(["merged_at"])
          .where("house_id", "=", house)
          .where("kept_id", "=", person.id)
          .where("undone_at", "is", null)
          .execute()
      : [],
  ]);
  return [
    { day: person.created_on, kind: "Fiche", text: "créée" },
    ...consents.map((row) => ({
      day: row.on_day,
      kind: "Données",
      text: `${purposeWords[row.purpose] ?? row.purpose} : ${consentWords[row.answer]}`,
    })),
    ...requests.map((row) => ({ day: row.received_on, kind: "Demande", text: requestWords[row.kind] })),
    ...merges.map((merge) => ({
      day: dayIn(tx.scope.zone, merge.merged_at),
      kind: "Fusion",
      text: "une autre fiche a rejoint celle-ci",
    })),
  ];
}

/** Newest first; within a day, the latest hour first. */
export const newestFirst = (one: TimelineEntry, other: TimelineEntry): number =>
  one.day < other.day ? 1 : one.day > other.day ? -1 : (other.hour ?? "").localeCompare(one.hour ?? "");
