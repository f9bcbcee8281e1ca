// What of the box office hangs on a person and on a structure: merges move it, an access request tells it, an erasure cuts it.
import { sql } from "kysely";
import type { PersonLink, StructureLink } from "../../../core/room.ts";
import { type BookingState, bookingStateWords } from "./words.ts";

export const personLinks: readonly PersonLink[] = [
  {
    table: "culture.bookings",
    column: "person_id",
    key: ["id"],
    label: "sorties réservées",
    async describe(tx, person) {
      const { rows } = await sql<{
        day: string;
        title: string;
        structure: string;
        seats: number;
        state: BookingState;
        attended: number | null;
      }>`
        SELECT d.on_day AS day, o.title, s.name AS structure, b.seats, b.state, b.attended
          FROM culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
          JOIN partners.structures s ON s.house_id = b.house_id AND s.id = b.structure_id
         WHERE b.house_id = ${tx.scope.house} AND b.person_id = ${person} ORDER BY d.on_day, b.id`.execute(tx.on());
      return rows.map((row) => ({
        Jour: row.day,
        Sortie: row.title,
        "Réservée par": row.structure,
        Places: row.seats,
        État: bookingStateWords[row.state],
        Venues: row.attended ?? "non renseigné",
      }));
    },
    async beforeAnonymising(tx, persons) {
      await sql`UPDATE culture.vouchers v SET recipient = NULL FROM culture.bookings b
         WHERE v.house_id = ${tx.scope.house} AND b.house_id = v.house_id AND b.id = v.booking_id AND b.person_id = ANY(${[...persons]}::uuid[])`.execute(
        tx.on(),
      );
      await sql`UPDATE culture.bookings SET first_name = NULL WHERE house_id = ${tx.scope.house} AND person_id = ANY(${[...persons]}::uuid[])`.execute(
        tx.on(),
      );
    },
  },
];

export const structureLinks: readonly StructureLink[] = [
  { table: "culture.offers", column: "structure_id", key: ["id"], label: "sorties proposées" },
  { table: "culture.bookings", column: "structure_id", key: ["id"], label: "réservations" },
  { table: "culture.cancellations", column: "structure_id", key: ["id"], label: "annulations de dates" },
  { table: "culture.delegations", column: "structure_id", key: ["id"], label: "territoires confiés" },
  { table: "culture.limits", column: "structure_id", key: ["season", "structure_id"], label: "limites de places" },
];
