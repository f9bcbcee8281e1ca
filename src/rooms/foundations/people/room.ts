// The room of people: who comes, what is true of them and since when, their doubles, their rights over their data.
import { sql } from "kysely";
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { PersonLink, PersonPanel, Room } from "../../../core/room.ts";
import { importPersons } from "./imports.ts";
import { personLinks } from "./links.ts";
import { peopleList } from "./list/list.tsx";
import { declareCompare } from "./merge/compare-routes.tsx";
import { declareMerges } from "./merge/routes.tsx";
import { declarePrivacy } from "./privacy/routes.tsx";
import { declareRetention } from "./retention/routes.tsx";
import { runRetention } from "./retention/writes.ts";
import { rights } from "./rights.ts";
import { declarePersonsApi } from "./search/api-routes.ts";
import { declareSearch } from "./search/routes.tsx";
import { declareChange } from "./sheet/change-routes.tsx";
import { declareNewPerson } from "./sheet/new-routes.tsx";
import { declareReaders } from "./sheet/readers-routes.tsx";
import { declareSheet } from "./sheet/routes.tsx";
import { tagAct } from "./tags/act.tsx";
import { declareTags, tagsLink, tagsPanel } from "./tags/routes.tsx";
import { declareTwins } from "./twins/routes.tsx";
import { journalWords, type Words } from "./words.ts";

/** `panels`, `links` and `words` of all rooms are asked at each request: the list of rooms holds this one too. */
export function makePeopleRoom(all: {
  panels: () => readonly PersonPanel[];
  links: () => readonly PersonLink[];
  words: Words;
}): Room {
  const routes = declareRoutes();
  declareSearch(routes);
  declareList(routes, peopleList);
  declarePersonsApi(routes);
  declareTags(routes);
  declareNewPerson(routes);
  declareTwins(routes);
  declareCompare(routes, all.links);
  declareMerges(routes, all.links);
  declareRetention(routes, all.links);
  declareSheet(routes, all.panels);
  declareReaders(routes, all.words);
  declareChange(routes);
  declarePrivacy(routes, all.links, all.words);
  return {
    name: "people",
    uses: ["house"],
    rights,
    routes,
    lists: [peopleList],
    groupActs: [tagAct],
    personPanels: [tagsPanel],
    menu: [
      { href: "/personnes", label: "Personnes", right: rights["person.search"], order: 20, key: "p" },
      { href: "/doublons", label: "Doublons", right: rights["person.merge"], order: 60 },
      { href: "/conservation", label: "Conservation", right: rights["retention.look"], order: 80 },
    ],
    personLinks: [...personLinks, tagsLink],
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
