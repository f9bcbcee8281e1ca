// A week, day by day: a list on a telephone, columns where there is room.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { DateField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { day as dayWords, hour, plural, shortDay } from "../../../../ui/words.ts";
import { lengthWords, whoOf } from "../interviews/one.ts";
import { StatusKey } from "../interviews/routes.tsx";
import { interviewStatusWords } from "../interviews/words.ts";
import { rights } from "../rights.ts";
import { seatsOf } from "../sessions/one.ts";
import { sessionStatusWords } from "../sessions/words.ts";
import { holidayOf } from "./holidays.ts";
import type { Meeting } from "./reads.ts";

/** What a meeting is, in words: « Entretien avec MARTIN Rosa ». */
export const titleOf = (meeting: Meeting): string =>
  meeting.kind === "interview" ? `Entretien avec ${whoOf(meeting.line)}` : meeting.line.title;

/** What became of it, when that is worth saying. */
export const stateOf = ({ kind, line }: Meeting): string | null =>
  kind === "interview"
    ? line.status === "planned"
      ? null
      : interviewStatusWords[line.status]
    : line.status === "planned"
      ? seatsOf(line)
      : line.status === "held"
        ? plural(line.present, "présent", "présents")
        : sessionStatusWords[line.status];

const off = ({ line }: Meeting): boolean => line.status === "cancelled" || line.status === "postponed";

function Line({ meeting, at, back }: { meeting: Meeting; at: At<unknown>; back: string }) {
  const { kind, line } = meeting;
  const where = kind === "interview" ? line.place : line.placeName;
  const length = lengthWords(line.minutes);
  const mayMiss =
    kind === "interview" &&
    line.startsOn <= at.tx.today &&
    (line.status === "planned" || line.status === "held") &&
    may(at.scope, rights["interview.record"], { site: line.siteId });
  return (
    <li class={off(meeting) ? "withdrawn" : undefined}>
      <span class="when">
        {meeting.at ? hour(meeting.at) : "sans heure"}
        {length ? ` (${length})` : ""}
      </span>{" "}
      <Link href={kind === "interview" ? `/entretiens/${line.id}` : `/seances/${line.id}`}>{titleOf(meeting)}</Link>{" "}
      <small>{[stateOf(meeting), line.site, where].filter(Boolean).join(" · ")}</small>
      {mayMiss && kind === "interview" ? (
        <StatusKey interview={line} to="no_show" label="Absent(e)" back={back} />
      ) : null}
    </li>
  );
}

export type WeekFacts = {
  title: string;
  lead: string;
  /** The page's own address, without the week. */
  path: string;
  monday: string;
  meetings: readonly Meeting[];
  /** Pages beside this one. */
  others: readonly { href: string; label: string }[];
  empty: string;
  mistake?: string | undefined;
  typed?: string | undefined;
};

export function weekPage(at: At<unknown>, facts: WeekFacts): Answer {
  const { path, monday, meetings } = facts;
  const week = (start: string): string => `${path}?du=${start}`;
  const days = Array.from({ length: 7 }, (_, turn) => addDays(monday, turn)).filter(
    (day, turn) => turn < 5 || meetings.some((meeting) => meeting.day === day),
  );
  const records = may(at.scope, rights["interview.record"]);
  return page({
    title: facts.title,
    status: facts.mistake ? 422 : 200,
    body: (
      <>
        <Heading
          title={facts.title}
          {...(records ? { action: { href: "/entretiens/nouveau", label: "Noter un entretien" } } : {})}
        >
          {facts.lead} Du {shortDay(monday)} au {shortDay(addDays(monday, 6))} :{" "}
          {plural(meetings.length, "rendez-vous", "rendez-vous")}.
        </Heading>
        <p class="no-print">
          <Link href={week(addDays(monday, -7))}>Semaine d’avant</Link> · <Link href={path}>Cette semaine</Link> ·{" "}
          <Link href={week(addDays(monday, 7))}>Semaine d’après</Link>
        </p>
        <form method="get" action={path} class="filters">
          <DateField
            name="du"
            label="Semaine du"
            value={facts.mistake ? facts.typed : shortDay(monday)}
            error={facts.mistake}
          />
          <button type="submit" class="second">
            Aller
          </button>
        </form>
        {facts.others.length > 0 ? (
          <p class="no-print">
            {facts.others.map((other, turn) => (
              <span key={other.href}>
                {turn > 0 ? " · " : ""}
                <Link href={other.href}>{other.label}</Link>
              </span>
            ))}
          </p>
        ) : null}
        {meetings.length > 0 ? (
          <p class="no-print">
            <ExportLink
              href={`${path}/export.csv?du=${monday}`}
              count={meetings.length}
              words={["ce rendez-vous", "rendez-vous", "rendez-vous"]}
            />
          </p>
        ) : (
          <div class="empty">
            <p>{facts.empty}</p>
          </div>
        )}
        <div class="week">
          {days.map((day) => {
            const name = holidayOf(day);
            const ofDay = meetings.filter((meeting) => meeting.day === day);
            return (
              <section key={day} class={day === at.tx.today ? "today" : undefined}>
                <h2>
                  {dayWords(day)}
                  {day === at.tx.today ? " (aujourd’hui)" : ""}
                </h2>
                {name ? <p class="hint">Jour férié : {name}</p> : null}
                {ofDay.length > 0 ? (
                  <ul>
                    {ofDay.map((meeting) => (
                      <Line key={meeting.id} meeting={meeting} at={at} back={week(monday)} />
                    ))}
                  </ul>
                ) : (
                  <p class="none">Rien de noté.</p>
                )}
              </section>
            );
          })}
        </div>
      </>
    ),
  });
}
