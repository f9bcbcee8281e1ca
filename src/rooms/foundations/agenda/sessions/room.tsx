// What sessions bring to the room: their panel and lines on a person's sheet, and what hangs on a person.
import { sql } from "kysely";
import type { PersonLink, PersonPanel } from "../../../../core/room.ts";
import { dayIn } from "../../../../core/time.ts";
import { Link } from "../../../../ui/link.tsx";
import { plural } from "../../../../ui/words.ts";
import { freezeAttendances } from "../ages.ts";
import { momentOf } from "../interviews/one.ts";
import { rights } from "../rights.ts";
import { type SessionOfPerson, sessionsOfPerson } from "./reads.ts";
import { forgetRegistrations } from "./registering.ts";
import { forgetSignatures } from "./signing.ts";
import { attendanceWords, registrationWords, sessionStatusWords } from "./words.ts";

const everything = 100_000;

/** Where a person stands with a session: came or not, else registered or not; what became of the session when it was not held. */
const standing = (one: SessionOfPerson): string =>
  one.attendance
    ? attendanceWords[one.attendance]
    : one.status === "planned" || one.status === "held"
      ? one.registration
        ? registrationWords[one.registration]
        : ""
      : sessionStatusWords[one.status];

export const sessionsPanel: PersonPanel = {
  order: 30,
  right: rights["session.see"],
  async show(tx, person, most) {
    const sessions = await sessionsOfPerson(tx, person, everything);
    const came = sessions.filter((one) => one.attendance === "present").length;
    const next = sessions
      .filter((one) => one.status === "planned" && one.startsOn >= tx.today && one.registration !== "cancelled")
      .at(-1);
    const panel = (
      <section>
        <h2>Séances</h2>
        <p>
          {plural(came, "participation", "participations")}.
          {next ? (
            <>
              {" "}
              Prochaine : <Link href={`/seances/${next.id}`}>{next.title}</Link>, {momentOf(next)}, {standing(next)}.
            </>
          ) : null}
        </p>
      </section>
    );
    const timeline = sessions.slice(0, most).map((one) => ({
      day: one.startsOn,
      hour: one.startsAt,
      kind: "Séance",
      text: (
        <Link href={`/seances/${one.id}`}>{[one.title, one.programme, standing(one)].filter(Boolean).join(", ")}</Link>
      ),
    }));
    return { panel, timeline };
  },
};

const told = (one: SessionOfPerson) => ({
  Jour: one.startsOn,
  Heure: one.startsAt,
  Séance: one.title,
  Dispositif: one.programme,
  Lieu: one.site,
});

// A person is once in a session: when two files become one, a row that both have stays with the file that it came from.
const key = ["session_id", "person_id"];
const column = "person_id";

export const sessionLinks: readonly PersonLink[] = [
  {
    table: "agenda.registrations",
    column,
    key,
    label: "inscriptions à des séances",
    describe: async (tx, person) =>
      (await sessionsOfPerson(tx, person, everything)).flatMap((one) =>
        one.registration ? [{ ...told(one), Inscription: registrationWords[one.registration] }] : [],
      ),
    beforeAnonymising: forgetRegistrations,
  },
  {
    table: "agenda.attendances",
    column,
    key,
    label: "présences aux séances",
    describe: async (tx, person) =>
      (await sessionsOfPerson(tx, person, everything)).flatMap((one) =>
        one.attendance ? [{ ...told(one), Présence: attendanceWords[one.attendance] }] : [],
      ),
    beforeAnonymising: freezeAttendances,
  },
  {
    table: "agenda.signatures",
    column,
    key,
    label: "signatures aux séances",
    async describe(tx, person) {
      const { rows } = await sql<{ title: string; initials: string | null; signed_at: Date }>`
        SELECT s.title, g.initials, g.signed_at FROM agenda.signatures g JOIN agenda.sessions s ON s.house_id = g.house_id AND s.id = g.session_id
         WHERE g.house_id = ${tx.scope.house} AND g.person_id = ${person} ORDER BY g.signed_at, s.id`.execute(tx.on());
      return rows.map((row) => ({
        Séance: row.title,
        "Signé le": dayIn(tx.scope.zone, row.signed_at),
        Signature: row.initials ?? "tracé",
      }));
    },
    beforeAnonymising: forgetSignatures,
  },
  {
    table: "agenda.registration_links",
    column,
    key,
    label: "liens d’inscription",
    async describe(tx, person) {
      const { rows } = await sql<{ title: string; made_at: Date }>`
        SELECT s.title, l.made_at FROM agenda.registration_links l JOIN agenda.sessions s ON s.house_id = l.house_id AND s.id = l.session_id
         WHERE l.house_id = ${tx.scope.house} AND l.person_id = ${person} ORDER BY l.made_at, s.id`.execute(tx.on());
      return rows.map((row) => ({ Séance: row.title, "Lien fait le": dayIn(tx.scope.zone, row.made_at) }));
    },
  },
];
