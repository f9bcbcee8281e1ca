// Who came: one form for the whole session.
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural } from "../../../../ui/words.ts";
import { momentOf, whoOf } from "../interviews/one.ts";
import { rights } from "../rights.ts";
import { crumbs, personsOf, sessionOf, statusOf } from "./one.ts";
import { attendancesOf, registrationsOf, type SessionLine } from "./reads.ts";
import { ClosingForm } from "./shapes.ts";
import { sheetPage } from "./sheet-page.tsx";
import { signaturesOf } from "./signing.ts";
import type { AttendanceState } from "./tables.ts";
import { attendanceWords } from "./words.ts";
import { type Closing, closeSession } from "./writes.ts";

const states = Object.keys(attendanceWords) as AttendanceState[];
const isState = (text: string): text is AttendanceState => (states as string[]).includes(text);

/** The field of a person: their identifier behind a letter. */
const fieldOf = (person: string): string => `p-${person}`;

type Expected = { personId: string; code: string; familyName: string; givenName: string; state: AttendanceState };
type Shown = {
  values: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
  status?: number;
  stale?: boolean;
};

/** Who is asked about: those registered, and those already noted. */
async function expectedOf(at: At<unknown>, session: SessionLine): Promise<Expected[]> {
  const [rows, { people }, signed] = await Promise.all([
    registrationsOf(at.tx, session.id),
    attendancesOf(at.tx, session.id),
    signaturesOf(at.tx, session.id),
  ]);
  const noted = new Map(people.map((one) => [one.personId, one]));
  const registered = rows.filter((row) => row.state === "registered" && !noted.has(row.personId));
  // Where people signed, who did not sign is taken for absent until somebody says otherwise.
  const proposed = (person: string): AttendanceState =>
    signed.size === 0 || signed.has(person) ? "present" : "absent";
  return [...people, ...registered.map((row) => ({ ...row, state: proposed(row.personId) }))].sort((one, other) =>
    whoOf(one).localeCompare(whoOf(other), "fr"),
  );
}

async function closingPage(at: At<unknown>, session: SessionLine, shown: Shown): Promise<Answer> {
  at.about("session", session.id);
  const { values, mistakes = {} } = shown;
  const [expected, { heads }] = await Promise.all([expectedOf(at, session), attendancesOf(at.tx, session.id)]);
  const counted = (sex: "F" | "M" | "X" | null): string => {
    const found = heads.find((one) => one.sex === sex)?.heads ?? 0;
    return found > 0 ? String(found) : "";
  };
  const number = (name: string, label: string, value: string) => (
    <TextField
      name={name}
      label={label}
      required={false}
      inputmode="numeric"
      width="short"
      maxlength={4}
      value={values[name] ?? value}
      error={mistakes[name]}
    />
  );
  return page({
    title: "Présences",
    status: shown.status ?? 200,
    crumbs: [...crumbs, { href: `/seances/${session.id}`, label: session.title }],
    body: (
      <>
        <Heading title="Qui est venu ?">
          {session.title}, {momentOf(session)}
        </Heading>
        {shown.stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cette séance entre-temps.</strong> Elle dit maintenant : {momentOf(session)},{" "}
            {statusOf(session)}. Votre saisie est ci-dessous : vérifiez, puis enregistrez de nouveau.
          </div>
        ) : null}
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`/seances/${session.id}/presences`}>
          <input type="hidden" name="version" value={String(session.version)} />
          <DataTable
            caption="Personnes inscrites"
            rows={expected}
            rowKey={(one) => one.personId}
            empty={<p>Personne n’est inscrit par son nom : comptez ci-dessous, ou ajoutez des codes.</p>}
            columns={[
              { key: "who", label: "Personne", header: true, render: whoOf },
              {
                key: "state",
                label: "Présence",
                render: (one) => (
                  <select name={fieldOf(one.personId)} aria-label={`Présence de ${whoOf(one)}`}>
                    {states.map((state) => (
                      <option
                        key={state}
                        value={state}
                        selected={(values[fieldOf(one.personId)] ?? one.state) === state}
                      >
                        {attendanceWords[state]}
                      </option>
                    ))}
                  </select>
                ),
              },
            ]}
          />
          <TextField
            name="codes"
            label="Venues sans être inscrites"
            hint="codes des fiches, séparés par des espaces"
            required={false}
            maxlength={2000}
            value={values.codes}
            error={mistakes.codes}
          />
          <fieldset class="field">
            <legend>Présents comptés sans nom</legend>
            <div class="fields">
              {number("femmes", "Femmes", counted("F"))}
              {number("hommes", "Hommes", counted("M"))}
              {number("autres", "Autre", counted("X"))}
              {number("sans_precision", "Sexe non précisé", counted(null))}
            </div>
          </fieldset>
          <div class="submit">
            <button type="submit">Enregistrer les présences</button>
          </div>
        </form>
      </>
    ),
  });
}

export function declareClosing(routes: Routes): void {
  const right = rights["session.close"];
  /** Why nobody can be noted there, or null. */
  const refusalFor = (session: SessionLine, today: string): Answer | null => {
    if (session.startsOn > today) return refusal(422, "Cette séance est à venir : on ne sait pas encore qui viendra.");
    if (session.status === "cancelled" || session.status === "postponed")
      return refusal(422, "Cette séance n’a pas eu lieu : remettez-la d’abord.");
    return null;
  };

  routes.get(
    "/seances/:session/feuille",
    { right: rights["session.see"], trace: "session.sheet-opened" },
    async (at) => {
      const session = await sessionOf(at);
      return session ? sheetPage(at, session) : notFound("Cette séance");
    },
  );

  routes.get("/seances/:session/presences", { right, trace: "session.seen" }, async (at) => {
    const session = await sessionOf(at, right);
    if (!session) return notFound("Cette séance");
    return refusalFor(session, at.tx.today) ?? closingPage(at, session, { values: {} });
  });

  routes.post(
    "/seances/:session/presences",
    {
      right,
      trace: "session.closed",
      form: ClosingForm,
      async onMistakes(at, { fields, typed }) {
        const session = await sessionOf(at, right);
        if (!session) return notFound("Cette séance");
        return closingPage(at, session, { values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const { form, tx } = at;
      const session = await sessionOf(at, right);
      if (!session) return notFound("Cette séance");
      const refused = refusalFor(session, tx.today);
      if (refused) return refused;
      const values = firstValues(at.typed);
      const found = await personsOf(at, form.codes);
      if (!found.ok) return closingPage(at, session, { values, mistakes: { codes: found.sentence }, status: 422 });
      const people = new Map<string, AttendanceState>();
      for (const [name, value] of Object.entries(values)) {
        const person = name.startsWith("p-") ? name.slice(2) : "";
        if (isUuid(person) && isState(value)) people.set(person, value);
      }
      for (const person of found.persons) people.set(person, "present");
      // Only those who are asked about, or whose code was typed: a form cannot put a stranger's identifier on the list.
      const asked = new Set([...(await expectedOf(at, session)).map((one) => one.personId), ...found.persons]);
      const closing: Closing = {
        people: [...people].filter(([person]) => asked.has(person)).map(([person, state]) => ({ person, state })),
        heads: [
          { sex: "F", heads: form.femmes ?? 0 },
          { sex: "M", heads: form.hommes ?? 0 },
          { sex: "X", heads: form.autres ?? 0 },
          { sex: null, heads: form.sans_precision ?? 0 },
        ],
      };
      if (!(await closeSession(tx, session, form.version, closing))) {
        const now = await sessionOf(at, right);
        return closingPage(at, now ?? session, { values, status: 409, stale: true });
      }
      const present =
        closing.people.filter(({ state }) => state === "present").length +
        closing.heads.reduce((all, { heads }) => all + heads, 0);
      at.about("session", session.id, { present, people: closing.people.length });
      return redirect(
        `/seances/${session.id}`,
        `Les présences sont notées : ${plural(present, "présent", "présents")}.`,
      );
    },
  );
}
