// A structure's sheet, its closure and its reopening.
import { z } from "zod";
import { notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { readDay } from "../../../../core/importing/values.ts";
import type { StructurePanel } from "../../../../core/room.ts";
import { firstTyped, uuidShape } from "../fields.tsx";
import { rights } from "../rights.ts";
import { closeStructure, reopenStructure } from "../writes.ts";
import { liveStructureOf, structureOf } from "./found.tsx";
import { sheetPage } from "./page.tsx";

export function declareSheet(routes: Routes, panels: () => readonly StructurePanel[]): void {
  routes.get("/structures/:structure", { right: rights["structure.see"], trace: "structure.opened" }, async (at) => {
    const structure = await structureOf(at);
    if (!structure) return notFound("Cette structure");
    if (structure.merged_into) {
      at.nothingHappened();
      return redirect(`/structures/${structure.merged_into}`);
    }
    at.about("structure", structure.id);
    return sheetPage(at, structure, panels());
  });

  const Closing = z.object({
    key: uuidShape,
    jour: z.string().default(""),
    raison: z.string().trim().min(1, "Écrivez pourquoi.").max(200, "Au plus 200 signes."),
  });
  routes.post(
    "/structures/:structure/fermeture",
    {
      right: rights["structure.write"],
      trace: "structure.closed",
      form: Closing,
      async onMistakes(at, { fields, typed }) {
        const structure = await liveStructureOf(at);
        return structure
          ? sheetPage(at, structure, panels(), { mistakes: fields, values: firstTyped(typed), status: 422 })
          : notFound("Cette structure");
      },
    },
    async (at) => {
      const structure = await liveStructureOf(at);
      if (!structure) return notFound("Cette structure");
      const day = readDay(at.form.jour);
      if (!day.ok)
        return sheetPage(at, structure, panels(), {
          mistakes: { jour: `${day.reason}.` },
          values: firstTyped(at.typed),
          status: 422,
        });
      const { key, raison } = at.form;
      const closed = await closeStructure(at.tx, structure.id, { id: key, closedOn: day.value, reason: raison });
      if (closed) at.about("structure", structure.id);
      else at.nothingHappened();
      return redirect(`/structures/${structure.id}`, "La structure est fermée. Elle peut être rouverte d’ici.");
    },
  );
  routes.post(
    "/structures/:structure/reouverture",
    {
      right: rights["structure.write"],
      trace: "structure.reopened",
      form: z.object({}),
      onMistakes: () => refusal(422, "Demande illisible."),
    },
    async (at) => {
      const structure = await liveStructureOf(at);
      if (!structure) return notFound("Cette structure");
      if (await reopenStructure(at.tx, structure.id)) at.about("structure", structure.id);
      else at.nothingHappened();
      return redirect(`/structures/${structure.id}`, "La structure est rouverte.");
    },
  );
}
