// A person's sheet, and the same with what is sensitive: the second is its own address, so that its reading is its own line in the journal.
import { notFound, redirect } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import type { PersonPanel } from "../../../../core/room.ts";
import { rights } from "../rights.ts";
import { personOf } from "./found.ts";
import { sheetPage } from "./page.tsx";
import { declareSituations } from "./situation-routes.tsx";

export function declareSheet(routes: Routes, panels: () => readonly PersonPanel[]): void {
  routes.get("/personnes/:person", { right: rights["person.open"], trace: "person.opened" }, async (at) => {
    const person = await personOf(at);
    if (!person) return notFound("Cette fiche");
    if (person.merged_into) {
      at.nothingHappened();
      return redirect(`/personnes/${person.merged_into}`);
    }
    at.about("person", person.id);
    return sheetPage(at, person, panels(), { sensitive: false });
  });
  routes.get(
    "/personnes/:person/sensible",
    { right: rights["person.sensitive"], trace: "person.sensitive-read" },
    async (at) => {
      const person = await personOf(at);
      if (!person) return notFound("Cette fiche");
      if (person.merged_into) {
        at.nothingHappened();
        return redirect(`/personnes/${person.merged_into}/sensible`);
      }
      at.about("person", person.id);
      return sheetPage(at, person, panels(), { sensitive: true });
    },
  );
  declareSituations(routes, panels);
}
