// Money: the accounts as the report reads them.
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { Room } from "../../../core/room.ts";
import { entriesSource, moneyFigures } from "./figures.ts";
import { importEntries } from "./imports.ts";
import { entryList } from "./list.tsx";
import { rights } from "./rights.ts";
import { declareStatement } from "./statement.tsx";
import { journalWords } from "./words.ts";

const routes = declareRoutes();
declareList(routes, entryList);
declareStatement(routes);

export const moneyRoom: Room = {
  name: "money",
  uses: ["house", "programmes"],
  rights,
  routes,
  lists: [entryList],
  menu: [{ href: "/finances/compte-de-resultat", label: "Finances", right: rights["statement.see"], order: 82 }],
  figureSources: [entriesSource],
  figures: moneyFigures,
  imports: [importEntries],
  journalWords,
};
