// The list of structures, and the same rows in the schema of data·inclusion.
import { refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { readAsked } from "../../../../core/lists/asked.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { allRows } from "../../../../core/lists/rows.ts";
import { rights } from "../rights.ts";
import { sharedStream } from "./data-inclusion.ts";
import { structureList } from "./list.tsx";

export function declareStructureList(routes: Routes): void {
  const right = rights["structure.see"];
  declareList(routes, structureList);
  routes.get("/structures/data-inclusion.json", { right, trace: "structure.shared" }, async (at) => {
    const asked = await readAsked(at.tx, structureList, at.query, right);
    if (Object.keys(asked.mistakes).length > 0) return refusal(422, Object.values(asked.mistakes).join(" "));
    return {
      kind: "file",
      stream: sharedStream(at.tx, allRows(at.tx, structureList, asked, right)),
      name: "structures-data-inclusion.json",
      type: "application/json; charset=utf-8",
    };
  });
}
