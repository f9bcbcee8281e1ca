// Places that were offered to a structure and wait for its answer: said first, with until when, wherever it comes in.
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { Notice } from "../../../../ui/notice.tsx";
import { day, hour, plural, shortDay } from "../../../../ui/words.ts";
import type { OwnBooking } from "./own-bookings.ts";

export const OfferedNotices = ({ offered, zone }: { offered: readonly OwnBooking[]; zone: string }) => (
  <>
    {offered.map((one) => {
      const seats = one.people + one.companions;
      const until = one.offeredUntil
        ? `${shortDay(dayIn(zone, one.offeredUntil))} à ${hour(minuteIn(zone, one.offeredUntil))}`
        : "";
      return (
        <Notice
          key={one.id}
          kind="warn"
          text={`${plural(seats, "place vous est proposée", "places vous sont proposées")} pour «\u00a0${one.title}\u00a0», ${day(one.day)}. Répondez avant le ${until}.`}
          action={{ href: `/espace/reservations/${one.id}`, label: "Répondre" }}
        />
      );
    })}
  </>
);
