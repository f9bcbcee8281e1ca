// Money: the accounts as the report reads them.
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { Room } from "../../../core/room.ts";
import { importLedger } from "./fec.ts";
import { entriesSource, moneyFigures } from "./figures.ts";
import { importEntries } from "./imports.ts";
import { entryList } from "./list.tsx";
import { rights } from "./rights.ts";
import { declareSplit } from "./split/routes.tsx";
import { declareStatement } from "./statement.tsx";
import { journalWords } from "./words.ts";

const routes = declareRoutes();
declareList(routes, entryList);
declareStatement(routes);
declareSplit(routes);

export const moneyRoom: Room = {
  name: "money",
  uses: ["house", "programmes"],
  rights,
  routes,
  lists: [entryList],
  menu: [{ href: "/finances/compte-de-resultat", label: "Finances", right: rights["statement.see"], order: 82 }],
  figureSources: [entriesSource],
  figures: moneyFigures,
  imports: [importEntries, importLedger],
  journalWords,
};
