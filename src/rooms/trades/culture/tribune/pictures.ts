// Drawings and photos of the forum: read, and one function an act. The bytes are in the row of the picture, and go with it.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Picture, type PictureKind, readPicture } from "../../../../core/files/pictures.ts";
import { type Answer, refusal } from "../../../../core/http/answer.ts";
import type { Services } from "../../../../core/http/route.ts";
import { takeIn } from "../../../../core/http/uploads.ts";
import type { TribuneTables } from "./tables.ts";

/** What a contribution may have at most, and what one may weigh as it is sent. */
export const mostPictures = 6;
export const mostMegabytes = 8;

export type PictureLine = {
  id: string;
  contribution: string;
  kind: PictureKind;
  width: number;
  height: number;
  bytes: number;
  words: string;
};
const columns = sql`p.id, p.contribution_id AS contribution, p.kind, p.width, p.height, p.bytes, p.words`;

/** The pictures of these contributions, earliest first. */
export async function picturesOf(tx: Tx, contributions: readonly string[]): Promise<PictureLine[]> {
  if (contributions.length === 0) return [];
  const { rows } = await sql<PictureLine>`
    SELECT ${columns} FROM culture.contribution_pictures p WHERE p.house_id = ${tx.scope.house} AND p.contribution_id = ANY(${[...contributions]}::uuid[])
     ORDER BY p.added_at, p.id`.execute(tx.on());
  return rows;
}

export type PictureFile = { kind: PictureKind; content: Buffer; contribution: string };

/** A picture's bytes; `published`: only one that strangers may see. */
export async function pictureFile(tx: Tx, id: string, published: boolean): Promise<PictureFile | null> {
  const { rows } = await sql<PictureFile>`
    SELECT p.kind, p.content, p.contribution_id AS contribution FROM culture.contribution_pictures p
      JOIN culture.contributions c ON c.house_id = p.house_id AND c.id = p.contribution_id
     WHERE p.house_id = ${tx.scope.house} AND p.id = ${id} AND (NOT ${published}::boolean OR c.state = 'published')`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** The picture as an answer: shown in its place, as what its bytes are and nothing else. */
export const shownFile = ({ kind, content }: PictureFile): Answer => ({
  kind: "file",
  stream: new Uint8Array(content),
  name: `image.${kind === "jpeg" ? "jpg" : "png"}`,
  type: `image/${kind}`,
  inline: true,
});

export type SentPicture = Picture & { id: string };

const refused = {
  "too-large": refusal(
    413,
    `Cette image dépasse ${mostMegabytes}\u00a0Mo : rien n’a été gardé. Envoyez-la plus petite.`,
  ),
  "no-file": refusal(422, "Choisissez une image : aucune n’a été choisie, ou le fichier est vide."),
};

/** Takes a picture in, clean of what it does not show; or the answer that says why not. */
export const receivePicture = (request: Request, services: Services): Promise<SentPicture | Answer> =>
  takeIn<SentPicture>(request, services, mostMegabytes * 1_000_000, refused, async (file, id) => {
    const read = readPicture(await readFile(file.path));
    return read.ok ? { id, ...read.picture } : refusal(422, read.sentence);
  });

/** Joins a picture to a contribution that is not taken back: "twice" when it is there already, "full" when there are all there may be. */
export async function addPicture(
  tx: Tx,
  contribution: string,
  sent: SentPicture,
): Promise<"added" | "twice" | "full" | "gone"> {
  const house = tx.scope.house;
  // Two at once count one another.
  const { rows: open } = await sql`
    SELECT 1 FROM culture.contributions WHERE house_id = ${house} AND id = ${contribution} AND state <> 'withdrawn' FOR UPDATE`.execute(
    tx.on(),
  );
  if (open.length === 0) return "gone";
  const sha256 = createHash("sha256").update(sent.bytes).digest("hex");
  const { rows } = await sql<{ sha256: string }>`
    SELECT sha256 FROM culture.contribution_pictures WHERE house_id = ${house} AND contribution_id = ${contribution}`.execute(
    tx.on(),
  );
  if (rows.some((row) => row.sha256 === sha256)) return "twice";
  if (rows.length >= mostPictures) return "full";
  await tx
    .on<TribuneTables>()
    .insertInto("culture.contribution_pictures")
    .values({
      house_id: house,
      id: sent.id,
      contribution_id: contribution,
      kind: sent.kind,
      width: sent.width,
      height: sent.height,
      bytes: sent.bytes.length,
      sha256,
      content: sent.bytes,
      added_at: tx.clock.now(),
      added_by: tx.scope.account,
    })
    .execute();
  // One that was published is read again before strangers see more of it.
  await sql`UPDATE culture.contributions SET form = 'picture', state = CASE state WHEN 'published' THEN 'received' ELSE state END, published_on = NULL, version = version + 1
     WHERE house_id = ${house} AND id = ${contribution}`.execute(tx.on());
  return "added";
}

/** Why a picture was not joined, as an answer. */
export const notJoined = (why: "full" | "gone"): Answer =>
  why === "full"
    ? refusal(409, `Il y a déjà ${mostPictures} images : effacez-en une d’abord.`)
    : refusal(409, "Cette contribution a été retirée : rien n’a été gardé.");

/** Says in words what a picture shows; false: there is no such picture. */
export async function describePicture(tx: Tx, contribution: string, id: string, words: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.contribution_pictures SET words = ${words} WHERE house_id = ${tx.scope.house} AND contribution_id = ${contribution} AND id = ${id}
    RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Erases a picture for good; false: it was erased already. */
export async function erasePicture(tx: Tx, contribution: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM culture.contribution_pictures WHERE house_id = ${tx.scope.house} AND contribution_id = ${contribution} AND id = ${id} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}
