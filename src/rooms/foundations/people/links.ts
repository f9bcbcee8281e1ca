// What hangs on a person in this room, in words that the person understands.
import type { Tx } from "../../../core/db/transaction.ts";
import type { PersonLink } from "../../../core/room.ts";
import { dayIn } from "../../../core/time.ts";
import { externalIdsOf, situationsOf, withdrawalsOf } from "./reads.ts";
import type { PeopleTables, SituationsTable } from "./tables.ts";
import { consentWords, purposeWords, requestWords, situationWords } from "./words.ts";

type Noted = Pick<SituationsTable, "kind" | "value" | "from_day" | "since_day">;

const situation = (row: Noted) => ({
  Quoi: situationWords[row.kind].label,
  Valeur: situationWords[row.kind].values[row.value] ?? row.value,
  "À partir du": row.from_day,
  "Déclaré depuis": row.since_day,
});

const consentsOf = (tx: Tx, person: string) =>
  tx
    .on<PeopleTables>()
    .selectFrom("people.consents")
    .select(["purpose", "answer", "on_day"])
    .where("house_id", "=", tx.scope.house)
    .where("person_id", "=", person)
    .orderBy("on_day")
    .orderBy("id")
    .execute();

const requestsOf = (tx: Tx, person: string) =>
  tx
    .on<PeopleTables>()
    .selectFrom("people.requests")
    .select(["kind", "received_on", "answered_on", "answer"])
    .where("house_id", "=", tx.scope.house)
    .where("person_id", "=", person)
    .orderBy("received_on")
    .orderBy("id")
    .execute();

export const personLinks: readonly PersonLink[] = [
  {
    table: "people.external_ids",
    column: "person_id",
    key: ["system", "external_id"],
    label: "anciens numéros",
    describe: async (tx, person) => (await externalIdsOf(tx, person)).map((row) => ({ Numéro: row.external_id })),
  },
  {
    table: "people.situations",
    column: "person_id",
    key: ["person_id", "kind", "from_day"],
    label: "situations",
    describe: async (tx, person) => (await situationsOf(tx, person)).map(situation),
  },
  {
    table: "people.situation_withdrawals",
    column: "person_id",
    key: ["id"],
    label: "situations retirées",
    describe: async (tx, person) =>
      (await withdrawalsOf(tx, person)).map((row) => ({
        ...situation(row),
        "Retirée le": dayIn(tx.scope.zone, row.withdrawn_at),
        "Parce que": row.reason,
      })),
  },
  {
    table: "people.consents",
    column: "person_id",
    key: ["id"],
    label: "informations et consentements",
    describe: async (tx, person) =>
      (await consentsOf(tx, person)).map((row) => ({
        Quoi: purposeWords[row.purpose] ?? row.purpose,
        Réponse: consentWords[row.answer],
        Le: row.on_day,
      })),
  },
  {
    table: "people.requests",
    column: "person_id",
    key: ["id"],
    label: "demandes sur les données",
    describe: async (tx, person) =>
      (await requestsOf(tx, person)).map((row) => ({
        Demande: requestWords[row.kind],
        "Reçue le": row.received_on,
        "Répondue le": row.answered_on,
        Réponse: row.answer,
      })),
  },
];
