// The pages where rooms meet: the door itself, and the description of the interface.

import { json, redirect } from "../../core/http/answer.ts";
import { describeApi } from "../../core/http/api.ts";
import { declareRoutes } from "../../core/http/route.ts";
import { declareRights, may } from "../../core/rights.ts";
import type { Room } from "../../core/room.ts";
import { type DashboardFacts, dashboardPage } from "./dashboard.tsx";

const rights = declareRights({
  "dashboard.see": {
    sentence: "voir son tableau de bord",
    roles: ["direction", "site-manager", "adviser"],
  },
});

/** `rooms`, as the lists and the registry, is asked at each request, because the list of rooms holds this one too. */
export function makeHomeRoom(rooms: () => readonly Room[], facts: DashboardFacts): Room {
  const routes = declareRoutes();
  routes.get(
    "/tableau-de-bord",
    {
      right: rights["dashboard.see"],
      trace: { none: "numbers alone: each leads to a page that leaves its own trace" },
    },
    (at) => dashboardPage(at, facts),
  );
  routes.get(
    "/",
    { right: "signed-in", trace: { none: "shows nothing: leads to the first page of the person's role" } },
    (at) => {
      const first = rooms()
        .flatMap((room) => room.menu ?? [])
        .sort((a, b) => a.order - b.order)
        .find((entry) => may(at.scope, entry.right));
      return redirect(first?.href ?? "/compte");
    },
  );
  routes.get(
    "/recherche",
    { right: "signed-in", trace: { none: "leads to the search of people, which leaves its own trace" } },
    (at) => redirect(`/personnes?q=${encodeURIComponent(at.query.q ?? "")}`),
  );
  routes.openGet(
    "/api/v1/openapi.json",
    { right: "anyone", trace: { none: "the description of the interface holds no record" } },
    (at) => json(describeApi(rooms(), at.services.config.publicUrl)),
  );
  return {
    name: "home",
    uses: [],
    rights,
    routes,
    menu: [{ href: "/tableau-de-bord", label: "Tableau", right: rights["dashboard.see"], order: 5, key: "b" }],
  };
}
