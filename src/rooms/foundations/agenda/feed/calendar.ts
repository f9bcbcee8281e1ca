// A calendar as other programs read it: iCalendar (RFC 5545), with the zone's own rules, one event a meeting, under an identifier that
// never changes. Pure: the same meetings give the same text.
import { TZDate } from "@date-fns/tz";
import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import { tzlib_get_ical_block } from "timezones-ical-library";
import { addDays } from "../../../../core/time.ts";

export type CalendarEvent = {
  /** Stable: a changed meeting is the same event. */
  uid: string;
  /** Raised by one at each change, from 0. */
  sequence: number;
  summary: string;
  description: string | null;
  location: string;
  /** The meeting's page. */
  url: string;
  day: string;
  /** "09:05" in the house's zone; null: the whole day. */
  at: string | null;
  minutes: number;
  cancelled: boolean;
  stamp: Date;
};

/** How often a reader is asked to come back, in seconds. */
const refresh = 900;

/** A moment of a zone's wall clock, whatever the zone of the machine. */
function wall(zone: string, day: string, at: string): TZDate {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const [hours = 0, minute = 0] = at.split(":").map(Number);
  return new TZDate(year, month - 1, date, hours, minute, zone);
}

const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** When an event begins and ends. */
function span({ day, at, minutes }: CalendarEvent, timezone: string) {
  if (at === null) return { allDay: true, start: midnight(day), end: midnight(addDays(day, 1)) };
  const start = wall(timezone, day, at);
  return { timezone, start, end: new TZDate(start.getTime() + minutes * 60_000, timezone) };
}

/** The text of a calendar. `zone`: the house's, "Europe/Paris". */
export function calendarText(name: string, zone: string, events: readonly CalendarEvent[]): string {
  // Zones that keep the same time share a block, which may bear the name of another of them.
  const [block = "", tzid = ""] = tzlib_get_ical_block(zone);
  const timezone = tzid.replace("TZID=", "");
  const calendar = ical({
    name,
    prodId: { company: "Traboule", product: "agenda", language: "FR" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: refresh,
    timezone: { name: timezone, generator: () => block },
  });
  for (const event of events)
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      stamp: event.stamp,
      summary: event.summary,
      description: event.description,
      location: event.location,
      url: event.url,
      status: event.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...span(event, timezone),
    });
  return calendar.toString();
}
