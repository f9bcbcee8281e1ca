// The portal: what the accounts of partner structures do in the box office.
import type { Routes } from "../../../../core/http/route.ts";
import type { MenuEntry } from "../../../../core/room.ts";
import { declareBooking } from "./book-routes.tsx";
import { declareOwnBookings } from "./booking-routes.tsx";
import { declareOwnDraws } from "./draw-routes.tsx";
import { declareGiving } from "./give-routes.tsx";
import { portalRights } from "./rights.ts";

export function declarePortal(routes: Routes): void {
  declareBooking(routes);
  declareOwnDraws(routes);
  declareOwnBookings(routes);
  declareGiving(routes);
}

/** The first of them is what a structure's account opens on. */
export const portalMenu: readonly MenuEntry[] = [
  {
    href: "/espace/offres",
    label: "Mes offres",
    right: portalRights["own-offer.publish"],
    order: 10,
    also: ["/espace/dates"],
  },
  { href: "/espace/sorties", label: "Sorties", right: portalRights["own-booking.make"], order: 11 },
  { href: "/espace/reservations", label: "Réservations", right: portalRights["own-booking.make"], order: 12 },
];
