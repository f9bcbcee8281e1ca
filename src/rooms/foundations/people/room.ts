// The room of people: who comes, what is true of them and since when, their doubles, their rights over their data.
import { sql } from "kysely";
import { declareRoutes } from "../../../core/http/route.ts";
import type { PersonLink, PersonPanel, Room } from "../../../core/room.ts";
import { importPersons } from "./imports.ts";
import { declareMerges } from "./merge/routes.tsx";
import { declarePrivacy } from "./privacy/routes.tsx";
import { externalIdsOf, situationsOf } from "./reads.ts";
import { declareRetention } from "./retention/routes.tsx";
import { runRetention } from "./retention/writes.ts";
import { rights } from "./rights.ts";
import { declareSearch } from "./search/routes.tsx";
import { declareChange } from "./sheet/change-routes.tsx";
import { declareNewPerson } from "./sheet/new-routes.tsx";
import { declareSheet } from "./sheet/routes.tsx";
import type { PeopleTables } from "./tables.ts";
import { declareTwins } from "./twins/routes.tsx";
import { consentWords, journalWords, requestWords } from "./words.ts";

const own = (table: "consents" | "requests") => `people.${table}` as const;

/** What hangs on a person in this room. */
export const personLinks: readonly PersonLink[] = [
  {
    table: "people.external_ids",
    column: "person_id",
    key: ["system", "external_id"],
    label: "anciens numéros",
    describe: externalIdsOf,
  },
  {
    table: "people.situations",
    column: "person_id",
    key: ["person_id", "kind", "from_day"],
    label: "situations",
    describe: situationsOf,
  },
  {
    table: own("consents"),
    column: "person_id",
    key: ["id"],
    label: "informations et consentements",
    describe: async (tx, person) =>
      (
        await tx
          .on<PeopleTables>()
          .selectFrom("people.consents")
          .select(["purpose", "answer", "on_day"])
          .where("house_id", "=", tx.scope.house)
          .where("person_id", "=", person)
          .orderBy("on_day")
          .execute()
      ).map((row) => ({
        Quoi: row.purpose,
        Réponse: consentWords[row.answer],
        Le: row.on_day,
      })),
  },
  {
    table: own("requests"),
    column: "person_id",
    key: ["id"],
    label: "demandes sur les données",
    describe: async (tx, person) =>
      (
        await tx
          .on<PeopleTables>()
          .selectFrom("people.requests")
          .select(["kind", "received_on", "answered_on", "answer"])
          .where("house_id", "=", tx.scope.house)
          .where("person_id", "=", person)
          .orderBy("received_on")
          .execute()
      ).map((row) => ({
        Demande: requestWords[row.kind],
        "Reçue le": row.received_on,
        "Répondue le": row.answered_on,
        Réponse: row.answer,
      })),
  },
];

/** `panels` and `links` of all rooms are asked at each request: the list of rooms holds this one too. */
export function makePeopleRoom(all: {
  panels: () => readonly PersonPanel[];
  links: () => readonly PersonLink[];
}): Room {
  const routes = declareRoutes();
  declareSearch(routes);
  declareNewPerson(routes);
  declareTwins(routes, all.links);
  declareMerges(routes);
  declareRetention(routes, all.links);
  declareSheet(routes, all.panels);
  declareChange(routes);
  declarePrivacy(routes, all.links);
  return {
    name: "people",
    uses: ["house"],
    rights,
    routes,
    menu: [
      { href: "/personnes", label: "Personnes", right: rights["person.search"], order: 20, key: "p" },
      { href: "/doublons", label: "Doublons", right: rights["person.merge"], order: 60 },
      { href: "/conservation", label: "Conservation", right: rights["retention.look"], order: 80 },
    ],
    personLinks,
    imports: [importPersons],
    jobs: [
      {
        name: "people.retention",
        cron: "30 2 * * *",
        sentence: "Archive les fiches sans contact et rend anonymes les plus anciennes.",
        run: (tx) => runRetention(tx, all.links()),
      },
    ],
    journalWords,
    async furnish(tx) {
      await sql`INSERT INTO people.retention_rules (house_id, category, from_day, active_months, archive_months, source)
        VALUES (${tx.scope.house}, 'persons', '2000-01-01', 24, 12, 'CNIL, délibération 2023-095 du 14 septembre 2023 (24 mois) ; durée d’archive : choix de la maison')
        ON CONFLICT DO NOTHING`.execute(tx.on());
    },
  };
}
