// Photos of editions: kept for as long as a version of a block shows them.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Picture } from "../../../../core/files/pictures.ts";

export type SentPhoto = Picture & { id: string; sha256: string };

export const addPhoto = (tx: Tx, edition: string, photo: SentPhoto): Promise<unknown> =>
  sql`INSERT INTO report.edition_photos (house_id, id, edition_id, width, height, sha256, jpeg, added_at, added_by)
      VALUES (${tx.scope.house}, ${photo.id}, ${edition}, ${photo.width}, ${photo.height}, ${photo.sha256}, ${photo.jpeg}, ${tx.clock.now()}, ${tx.scope.account})`.execute(
    tx.on(),
  );
