// What interviews bring to the room: their panel and lines on a person's sheet, and what hangs on a person.

import { may } from "../../../../core/rights.ts";
import type { PersonLink, PersonPanel } from "../../../../core/room.ts";
import { Link } from "../../../../ui/link.tsx";
import { plural } from "../../../../ui/words.ts";
import { freezeInterviews } from "../ages.ts";
import { rights } from "../rights.ts";
import { modeWords } from "../words.ts";
import { momentOf, statusOf } from "./one.ts";
import { interviewsOfPerson, notesOfPerson } from "./reads.ts";
import { interviewStatusWords } from "./words.ts";
import { forgetWritten } from "./writes.ts";

const everything = 100_000;

export const interviewsPanel: PersonPanel = {
  order: 20,
  right: rights["interview.see"],
  async show(tx, person, most) {
    const interviews = await interviewsOfPerson(tx, person, everything);
    const held = interviews.filter((one) => one.status === "held").length;
    const next = interviews.filter((one) => one.status === "planned" && one.startsOn >= tx.today).at(-1);
    const missed = interviews.filter((one) => one.status === "no_show").length;
    const panel = (
      <section>
        <h2>Entretiens</h2>
        <p>
          {plural(held, "entretien tenu", "entretiens tenus")}
          {missed > 0 ? `, ${plural(missed, "absence", "absences")}` : ""}.
          {next ? (
            <>
              {" "}
              Prochain rendez-vous : <Link href={`/entretiens/${next.id}`}>{momentOf(next)}</Link>
              {next.adviser ? ` avec ${next.adviser}` : ""}.
            </>
          ) : null}
        </p>
        {may(tx.scope, rights["interview.record"]) ? (
          <p class="no-print">
            <Link href={`/entretiens/nouveau?personne=${person}`}>Noter un entretien</Link>
          </p>
        ) : null}
      </section>
    );
    const timeline = interviews.slice(0, most).map((one) => ({
      day: one.startsOn,
      hour: one.startsAt,
      kind: "Entretien",
      text: (
        <Link href={`/entretiens/${one.id}`} {...(one.status === "cancelled" ? { class: "withdrawn" } : {})}>
          {[
            one.site,
            one.programme,
            one.adviser ? `avec ${one.adviser}` : null,
            one.mode === "in_person" ? null : modeWords[one.mode],
            one.status === "held" ? null : statusOf(one),
          ]
            .filter(Boolean)
            .join(", ")}
        </Link>
      ),
    }));
    return { panel, timeline };
  },
};

export const interviewLink: PersonLink = {
  table: "agenda.interviews",
  column: "person_id",
  key: ["id"],
  label: "entretiens",
  describe: async (tx, person) => {
    const notes = Map.groupBy(await notesOfPerson(tx, person), (note) => note.interview);
    return (await interviewsOfPerson(tx, person, everything)).map((one) => ({
      Jour: one.startsOn,
      Heure: one.startsAt,
      Lieu: one.site,
      Dispositif: one.programme,
      Avec: one.adviser,
      Mode: modeWords[one.mode],
      État: interviewStatusWords[one.status],
      "Annulé parce que": one.reason,
      Notes:
        notes
          .get(one.id)
          ?.map((note) => note.text)
          .join("\n\n") ?? null,
    }));
  },
  async beforeAnonymising(tx, persons) {
    await freezeInterviews(tx, persons);
    await forgetWritten(tx, persons);
  },
};
