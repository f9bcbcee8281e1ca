// The door of a date, for its venue and for the team: the same page at two addresses, each with its own right.
import { type Answer, fragment, notFound, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { Right } from "../../../../core/rights.ts";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { ownStructure } from "../../../foundations/partners/door.ts";
import { portalRights } from "../portal/rights.ts";
import { rights } from "../rights.ts";
import { type Found, findGuest, nameOf } from "./finding.ts";
import { type Door, doorPage, GuestList } from "./page.tsx";
import { doorDate, guestsAt, whereCode } from "./reads.ts";
import { NoteForm, RestForm } from "./shapes.ts";
import { checkIn, closeDoor, type NewLine, type Teller } from "./writes.ts";

type Side = { path: string; right: Right; own: boolean };

const sides: readonly Side[] = [
  {
    path: "/espace/dates",
    right: portalRights["own-offer.publish"],
    own: true,
  },
  {
    path: "/culture/dates",
    right: rights["booking.report"],
    own: false,
  },
];

export function declareDoor(routes: Routes): void {
  for (const side of sides) declareSide(routes, side);
}

function declareSide(routes: Routes, { path, right, own }: Side): void {
  const venueOf = async (at: At<unknown>): Promise<string | null> =>
    own ? ((await ownStructure(at.tx, right))?.id ?? "") : null;
  const open = async (at: At<unknown>): Promise<Door | null> => {
    const id = at.params.date ?? "";
    const venue = await venueOf(at);
    const date = isUuid(id) && venue !== "" ? await doorDate(at.tx, id, venue) : null;
    if (!date) return null;
    const guests = await guestsAt(at.tx, date.id, at.services.config.secret);
    const base = `${path}/${date.id}`;
    const crumb = { href: base, label: `${date.title}, ${shortDay(date.day)}` };
    return { date, guests, base, crumb, open: date.day <= at.tx.today };
  };
  const teller = (device: string): Teller => ({ source: own ? "door" : "team", device: device || null });
  const gone = (): Answer => notFound("Cette date");

  routes.get(`${path}/:date/porte`, { right, trace: "door.opened" }, async (at) => {
    const door = await open(at);
    if (!door) return gone();
    // A page that is open asks again every few seconds for what other devices noted: it was opened once.
    if (at.fragment === "porte-liste") {
      at.nothingHappened();
      return fragment(<GuestList door={door} found={[]} id={() => at.tx.ids.uuid()} />);
    }
    at.about("date", door.date.id);
    const typed = at.query.code ?? "";
    if (typed.trim() === "") return doorPage(at, door);
    const found = findGuest(typed, door.guests);
    return doorPage(at, door, { typed, found, ...(await elsewhere(at, found, await venueOf(at))) });
  });

  /** Where a code that is not here is good: of the same venue alone, for a venue. */
  async function elsewhere(at: At<unknown>, found: Found, venue: string | null): Promise<{ elsewhere?: string }> {
    const other = found.kind === "none" && found.code ? await whereCode(at.tx, found.code, venue) : null;
    if (!other) return {};
    const when = `${shortDay(other.day)}${other.at ? ` à ${hour(other.at)}` : ""}`;
    return { elsewhere: `Il est pour « ${other.title} », le ${when}.` };
  }

  routes.post(
    `${path}/:date/porte`,
    {
      right,
      trace: "door.noted",
      form: NoteForm,
      async onMistakes(at, { fields }) {
        const door = await open(at);
        return door ? doorPage(at, door, { mistake: Object.values(fields)[0] ?? "Réessayez." }) : gone();
      },
    },
    async (at) => {
      const door = await open(at);
      if (!door) return gone();
      if (!door.open) return doorPage(at, door, { mistake: "Cette date n’a pas encore eu lieu.", status: 409 });
      const lines = linesOf(at.form);
      if (lines.length === 0) return doorPage(at, door, { mistake: "Dites combien de personnes entrent." });
      const noted = await checkIn(at.tx, door.date.id, teller(at.form.appareil), lines);
      if (noted.made === 0) at.nothingHappened();
      else at.about("date", door.date.id, { lines: noted.made });
      if (at.fragment === "porte-liste") {
        const again = await open(at);
        return again
          ? fragment(<GuestList door={again} found={[]} id={() => at.tx.ids.uuid()} already={noted.already} />)
          : gone();
      }
      const guest = door.guests.find((one) => one.booking === lines[0]?.booking);
      if (!guest || noted.refused.some(({ why }) => why === "unknown"))
        return doorPage(at, door, {
          mistake: "Cette réservation n’est pas sur la liste de cette date : rechargez la page.",
          status: 409,
        });
      const count = lines[0]?.came ?? 0;
      const entries = plural(count, "entrée", "entrées");
      return redirect(
        `${path}/${door.date.id}/porte`,
        guest.ended
          ? `${nameOf(guest)} : réservation ${guest.ended}. C’est gardé, mais ne compte pas dans les venues.`
          : lines[0]?.kind === "undo"
            ? `${nameOf(guest)} : la dernière entrée est défaite.`
            : `${nameOf(guest)} : ${entries}.`,
      );
    },
  );

  routes.post(
    `${path}/:date/porte/cloture`,
    {
      right,
      trace: "door.closed",
      form: RestForm,
      async onMistakes(at) {
        const door = await open(at);
        return door ? doorPage(at, door, { mistake: "Rechargez la page." }) : gone();
      },
    },
    async (at) => {
      const door = await open(at);
      if (!door) return gone();
      if (!door.open) return doorPage(at, door, { mistake: "Cette date n’a pas encore eu lieu.", status: 409 });
      const count = await closeDoor(at.tx, door.date.id, teller(""));
      if (count === 0) at.nothingHappened();
      else at.about("date", door.date.id, { absent: count });
      return redirect(
        `${path}/${door.date.id}/porte`,
        count === 0
          ? "Tout était déjà noté."
          : `Noté pour ${plural(count, "réservation", "réservations")} : les autres ne sont pas venus. Chacune peut se défaire.`,
      );
    },
  );
}

function linesOf(form: NoteForm): NewLine[] {
  if (form.lignes) return form.lignes.map((line) => ({ ...line, at: new Date(line.at) }));
  const { cle, reservation, entrees, defait } = form;
  if (!cle || !reservation) return [];
  if (defait) return [{ id: cle, booking: reservation, kind: "undo", came: null, undoes: defait, at: null }];
  return entrees ? [{ id: cle, booking: reservation, kind: "arrival", came: entrees, undoes: null, at: null }] : [];
}
