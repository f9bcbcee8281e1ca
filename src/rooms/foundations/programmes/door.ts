// What other rooms and the application may use of programmes.
import type { Tx } from "../../../core/db/transaction.ts";
import type { ProgrammesTables } from "./tables.ts";

export { loadDefinitions } from "./definition/loading.ts";
export { ensembleDimension, programmeDimension, sexDimension, siteDimension } from "./figures.ts";

/** The programmes of the house, for which a role may be held. */
export const listProgrammes = (tx: Tx): Promise<{ id: string; label: string }[]> =>
  tx
    .on<ProgrammesTables>()
    .selectFrom("programmes.programmes")
    .select(["id", "title as label"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("title")
    .execute();
