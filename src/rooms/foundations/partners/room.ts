// The room of structures: who they are, what they are for the house, whom to call, what was agreed.
import { sql } from "kysely";
import { declareRoutes } from "../../../core/http/route.ts";
import type { Room, StructureLink, StructurePanel } from "../../../core/room.ts";
import { declareEntry } from "./accounts/entry-routes.tsx";
import { partnerAccountList } from "./accounts/list.tsx";
import { declareOwnStructure } from "./accounts/own-routes.tsx";
import { declarePartnerAccounts } from "./accounts/routes.tsx";
import { accountJournalWords } from "./accounts/words.ts";
import { declareConventions } from "./conventions/routes.tsx";
import { rolesSource, structureFigures } from "./figures.ts";
import { importStructures } from "./imports.ts";
import { structureList } from "./list/list.tsx";
import { declareStructureList } from "./list/routes.tsx";
import { declareCompare } from "./merge/compare-routes.tsx";
import { structureLinks } from "./merge/links.ts";
import { declareMerges } from "./merge/routes.tsx";
import { declareParts } from "./parts/routes.tsx";
import { rights } from "./rights.ts";
import { declareRenewal } from "./seasons/answer-routes.tsx";
import { campaignList } from "./seasons/campaign-list.tsx";
import { declareCampaigns } from "./seasons/campaign-routes.tsx";
import { seasonFigures, seasonSources } from "./seasons/figures.ts";
import { membershipList } from "./seasons/list.tsx";
import { declareSeasonRules } from "./seasons/rule-routes.tsx";
import { declareStructureSeasons } from "./seasons/structure-routes.tsx";
import { seasonJournalWords } from "./seasons/words.ts";
import { declareForms } from "./sheet/form-routes.tsx";
import { declareSheet } from "./sheet/routes.tsx";
import { declareTerms } from "./terms/routes.tsx";
import { declareTwins } from "./twins/routes.tsx";
import { firstTerms, journalWords } from "./words.ts";

/** `panels` and `links` of all rooms are asked at each request: the list of rooms holds this one too. */
export function makePartnersRoom(all: {
  panels: () => readonly StructurePanel[];
  links: () => readonly StructureLink[];
}): Room {
  const routes = declareRoutes();
  declareStructureList(routes);
  declareForms(routes);
  declareTwins(routes);
  declareCompare(routes, all.links);
  declareMerges(routes, all.links);
  declareConventions(routes);
  declarePartnerAccounts(routes);
  declareEntry(routes);
  declareSeasonRules(routes);
  declareCampaigns(routes);
  declareStructureSeasons(routes);
  declareRenewal(routes);
  declareOwnStructure(routes);
  declareTerms(routes);
  declareParts(routes);
  declareSheet(routes, all.panels);
  return {
    name: "partners",
    uses: ["house", "people", "messages"],
    rights,
    routes,
    lists: [structureList, partnerAccountList, membershipList, campaignList],
    menu: [
      { href: "/structures", label: "Structures", right: rights["structure.see"], order: 45, key: "s" },
      { href: "/ma-structure", label: "Ma structure", right: rights["own-structure.see"], order: 20 },
    ],
    structureLinks,
    figureSources: [rolesSource, ...seasonSources],
    figures: [...structureFigures, ...seasonFigures],
    imports: [importStructures],
    journalWords: { ...journalWords, ...accountJournalWords, ...seasonJournalWords },
    async furnish(tx) {
      for (const [kind, labels] of Object.entries(firstTerms))
        for (const label of labels)
          await sql`INSERT INTO partners.terms (house_id, id, kind, label) VALUES (${tx.scope.house}, ${tx.ids.uuid()}, ${kind}, ${label}) ON CONFLICT DO NOTHING`.execute(
            tx.on(),
          );
    },
  };
}
