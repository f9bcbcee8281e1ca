// What the public page shows. Nothing of a person, and nothing of a house that has not opened its page.
import { sql } from "kysely";
import type { Deps, Tx } from "../../../../core/db/transaction.ts";
import { type FoundHouse, inHouseOf } from "../../../../core/http/by-address.ts";
import type { PublicPagesTable, PublicTables } from "./tables.ts";

/** Work in the house whose open page bears that code, with no role there. Null: there is none. */
export async function byPage<R>(deps: Deps, code: string, work: (tx: Tx) => Promise<R>): Promise<R | null> {
  const found = await deps.database.withClient(async (client) => {
    const { rows } = await client.query<FoundHouse>({
      name: "open-page",
      text: "SELECT * FROM culture.open_page($1)",
      values: [code],
    });
    return rows[0];
  });
  if (!found) return null;
  return inHouseOf(deps, found, { account: null, name: "un passant", ip: null }, work);
}

export type PublicPage = Omit<
  PublicPagesTable,
  "house_id" | "coming" | "contact" | "easy_about" | "easy_coming" | "version"
> & {
  coming: string;
  contact: string;
  easy_about: string;
  easy_coming: string;
  version: number;
};

/** The page of the house, open or not; null: nobody wrote it yet. */
export async function publicPage(tx: Tx): Promise<PublicPage | null> {
  return (
    (await tx
      .on<PublicTables>()
      .selectFrom("culture.public_pages")
      .select(["about", "coming", "contact", "easy_about", "easy_coming", "open", "version"])
      .where("house_id", "=", tx.scope.house)
      .executeTakeFirst()) ?? null
  );
}

export type PublicOuting = {
  id: string;
  day: string;
  at: string | null;
  title: string;
  genre: string;
  place: string;
  venue: string;
  commune: string | null;
  full: boolean;
  about: string;
  wayThere: string;
};

/** What is on: outings of the days that come, not called off, that everybody may book. The one place where the page reads offers. */
export async function outingsAhead(tx: Tx, most: number): Promise<PublicOuting[]> {
  const { rows } = await sql<PublicOuting>`
    SELECT d.id, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, o.title, o.genre, o.place, v.name AS venue, v.commune_name AS commune, d.taken >= d.places AS full, o.about, o.way_there AS "wayThere"
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
      JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id
     WHERE d.house_id = ${tx.scope.house} AND d.on_day >= ${tx.today} AND d.cancelled_at IS NULL
       AND o.for_communes = '{}' AND o.for_types = '{}' AND o.for_structures = '{}'
     ORDER BY d.on_day, d.at, d.id LIMIT ${most}`.execute(tx.on());
  return rows;
}

/** Cultural partners: those who gave places or hosted a project in the two years before today, by name. */
export async function partnersShown(tx: Tx, most: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT s.name FROM partners.structures s WHERE s.house_id = ${tx.scope.house} AND s.merged_into IS NULL AND (
      EXISTS (SELECT 1 FROM culture.offers o JOIN culture.dates d ON d.house_id = o.house_id AND d.offer_id = o.id
               WHERE o.house_id = s.house_id AND o.structure_id = s.id AND d.on_day >= ${tx.today}::date - 730)
      OR EXISTS (SELECT 1 FROM culture.projects p WHERE p.house_id = s.house_id AND p.hosted_by = s.id AND p.state = 'held' AND p.on_day >= ${tx.today}::date - 730))
     ORDER BY s.name_key, s.id LIMIT ${most}`.execute(tx.on());
  return rows.map(({ name }) => name);
}

/** Writes the page. `version`: of the page that was looked at, 0 where there was none; false: it changed since. */
export async function writePublicPage(tx: Tx, wish: Omit<PublicPage, "version">, version: number): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO culture.public_pages AS p (house_id, about, coming, contact, easy_about, easy_coming, open)
    VALUES (${tx.scope.house}, ${wish.about}, ${wish.coming}, ${wish.contact}, ${wish.easy_about}, ${wish.easy_coming}, ${wish.open})
    ON CONFLICT (house_id) DO UPDATE SET about = excluded.about, coming = excluded.coming, contact = excluded.contact, easy_about = excluded.easy_about,
      easy_coming = excluded.easy_coming, open = excluded.open, version = p.version + 1
     WHERE p.version = ${version} RETURNING version`.execute(tx.on());
  return rows.length > 0;
}
