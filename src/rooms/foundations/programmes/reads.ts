import type { Tx } from "../../../core/db/transaction.ts";
import type { ProgrammesTable, ProgrammesTables } from "./tables.ts";

export type ProgrammeLine = Pick<ProgrammesTable, "id" | "code" | "title" | "pole"> & { funders: string[] };

/** The catalogue, pole by pole. */
export const catalogue = (tx: Tx): Promise<ProgrammeLine[]> =>
  tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.programmes")
    .select(["id", "code", "title", "pole", "funders"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("pole")
    .orderBy("title")
    .orderBy("code")
    .execute();
