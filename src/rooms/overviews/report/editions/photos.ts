// Photos of editions: kept for as long as a version of a block shows them.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { ScaledPicture } from "../../../../core/files/scaled-pictures.ts";
import type { EditionTables } from "./tables.ts";

export type SentPhoto = ScaledPicture & { id: string; sha256: string };

export const addPhoto = (tx: Tx, edition: string, photo: SentPhoto): Promise<unknown> =>
  tx
    .on<EditionTables>()
    .insertInto("report.edition_photos")
    .values({
      house_id: tx.scope.house,
      edition_id: edition,
      ...photo,
      added_at: tx.clock.now(),
      added_by: tx.scope.account,
    })
    .execute();
