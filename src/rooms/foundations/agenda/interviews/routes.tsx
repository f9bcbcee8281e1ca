// One interview: its page, what it became, its notes.
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { ErrorSummary, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Facts, Timeline } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { hour, shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { modeWords } from "../words.ts";
import { crumbs, interviewOf, lengthWords, momentOf, nowOf, statusOf, wayBack, whoOf } from "./one.ts";
import { changesOf, type InterviewChange, type InterviewLine, listTemplates, notesOf } from "./reads.ts";
import { isToCome, statusRefusal } from "./rules.ts";
import { NoteForm, NoteWithdrawalForm, StatusForm } from "./shapes.ts";
import type { InterviewStatus } from "./tables.ts";
import { interviewStatusWords, optionsOf, readerWords } from "./words.ts";
import { changeStatus, withdrawNote, writeNote } from "./writes.ts";

type Shown = {
  values?: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
  status?: number;
  stale?: boolean;
};

/** What an interview may become by one key, and the word on the key. */
function keysOf(interview: InterviewLine, toCome: boolean): { to: InterviewStatus; label: string }[] {
  if (interview.status === "no_show" || interview.status === "cancelled")
    return [
      toCome
        ? { to: "planned", label: "Remettre ce rendez-vous" }
        : { to: "held", label: interview.status === "no_show" ? "En fait, la personne est venue" : "Il a eu lieu" },
    ];
  return [
    ...(interview.status === "planned" ? [{ to: "held" as const, label: "A eu lieu" }] : []),
    { to: "no_show", label: "Absent(e)" },
  ];
}

/** One key that says what an interview became. */
export const StatusKey = ({
  interview,
  to,
  label,
  back,
}: {
  interview: Pick<InterviewLine, "id" | "version">;
  to: InterviewStatus;
  label: string;
  back?: string;
}) => (
  <form method="post" action={`/entretiens/${interview.id}/etat`} class="inline">
    <input type="hidden" name="etat" value={to} />
    <input type="hidden" name="version" value={String(interview.version)} />
    {back ? <input type="hidden" name="retour" value={back} /> : null}
    <button type="submit" class="second">
      {label}
    </button>
  </form>
);

const beforeWords = ({ before }: InterviewChange): string =>
  [
    before.startsOn ? momentOf({ startsOn: before.startsOn, startsAt: before.startsAt ?? null }) : null,
    before.status ? interviewStatusWords[before.status] : null,
  ]
    .filter(Boolean)
    .join(", ");

async function interviewPage(at: At<unknown>, interview: InterviewLine, shown: Shown = {}): Promise<Answer> {
  at.about("interview", interview.id);
  const site = { site: interview.siteId };
  const records = may(at.scope, rights["interview.record"], site);
  const [notes, changes, templates] = await Promise.all([
    notesOf(at.tx, interview),
    changesOf(at.tx, interview.id),
    records ? listTemplates(at.tx, true) : [],
  ]);
  const toCome = isToCome(interview, at.tx.today, nowOf(at));
  const { values = {}, mistakes = {} } = shown;
  const template = templates.find((one) => one.id === at.query.modele);
  return page({
    title: `Entretien avec ${whoOf(interview)}`,
    status: shown.status ?? 200,
    crumbs,
    body: (
      <>
        <Heading
          title={`Entretien avec ${whoOf(interview)}`}
          {...(records ? { action: { href: `/entretiens/${interview.id}/modifier`, label: "Modifier" } } : {})}
        >
          {momentOf(interview)}, {interview.site}
        </Heading>
        {shown.stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cet entretien entre-temps.</strong> Voici ce qu’il dit maintenant ; rien d’autre
            n’a été changé.
          </div>
        ) : null}
        <ErrorSummary fields={mistakes} />
        <Facts
          facts={[
            { label: "Personne", value: <Link href={`/personnes/${interview.personId}`}>{whoOf(interview)}</Link> },
            { label: "État", value: statusOf(interview) },
            { label: "Avec", value: interview.adviser },
            { label: "Dispositif", value: interview.programme ?? "aucun" },
            { label: "Mode", value: modeWords[interview.mode] },
            { label: "Durée", value: lengthWords(interview.minutes) },
            { label: "Salle", value: interview.place ?? "aucune" },
          ]}
        />
        {records && interview.startsOn <= at.tx.today ? (
          <div class="submit">
            {keysOf(interview, toCome).map((key) => (
              <StatusKey key={key.to} interview={interview} to={key.to} label={key.label} />
            ))}
          </div>
        ) : null}
        {records && interview.startsOn > at.tx.today && interview.status === "cancelled" ? (
          <StatusKey interview={interview} to="planned" label="Remettre ce rendez-vous" />
        ) : null}
        {may(at.scope, rights["note.read"], site) ? (
          <section>
            <h2>Notes</h2>
            {notes.length === 0 ? <p>Aucune note que vous puissiez lire.</p> : null}
            {notes.map((note) => (
              <article key={note.id} class="note">
                {note.text.split("\n").map((line, turn) => (
                  // Rendered once on the server: the index is as good a key as any.
                  <p key={turn}>{line}</p>
                ))}
                <p class="hint">
                  {note.author}, {shortDay(dayIn(at.scope.zone, note.writtenAt))}{" "}
                  {hour(minuteIn(at.scope.zone, note.writtenAt))} · pour {readerWords[note.reader]}
                </p>
                {note.authorId === at.scope.account ? (
                  <details class="no-print">
                    <summary>Effacer cette note</summary>
                    <form method="post" action={`/entretiens/${interview.id}/notes/${note.id}/effacement`}>
                      <p>Une note effacée ne revient pas.</p>
                      <button type="submit" class="second">
                        Effacer pour toujours
                      </button>
                    </form>
                  </details>
                ) : null}
              </article>
            ))}
          </section>
        ) : null}
        {records ? (
          <form method="post" action={`/entretiens/${interview.id}/notes`} class="no-print">
            <h2>Ajouter une note</h2>
            <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
            {templates.length > 0 ? (
              <p>
                Partir d’un modèle :{" "}
                {templates.map((one, turn) => (
                  <span key={one.id}>
                    {turn > 0 ? " · " : ""}
                    <Link href={`/entretiens/${interview.id}?modele=${one.id}#note`}>{one.title}</Link>
                  </span>
                ))}
              </p>
            ) : null}
            <TextAreaField
              name="note"
              maxlength={8000}
              label="Note"
              hint="Elle ne sort dans aucun export. La personne peut en demander la lecture."
              value={values.note ?? template?.text}
              error={mistakes.note}
            />
            <SelectField
              name="lecteur"
              label="Qui peut la lire"
              value={values.lecteur ?? "referents"}
              error={mistakes.lecteur}
              options={optionsOf(readerWords)}
            />
            <div class="submit">
              <button type="submit">Garder la note</button>
            </div>
          </form>
        ) : null}
        {records && interview.status !== "cancelled" ? (
          <form method="post" action={`/entretiens/${interview.id}/etat`} class="no-print">
            <h2>Annuler cet entretien</h2>
            <input type="hidden" name="etat" value="cancelled" />
            <input type="hidden" name="version" value={String(interview.version)} />
            <TextField
              name="raison"
              label="Pourquoi"
              hint="Il reste visible, avec cette raison, et peut être remis."
              value={values.raison}
              error={mistakes.raison}
              maxlength={300}
            />
            <div class="submit">
              <button type="submit" class="second">
                Annuler l’entretien
              </button>
            </div>
          </form>
        ) : null}
        {changes.length > 0 ? (
          <>
            <h2>Ce qu’il disait avant</h2>
            <Timeline
              lines={changes.map((change) => ({
                when: `${shortDay(dayIn(at.scope.zone, change.at))} ${hour(minuteIn(at.scope.zone, change.at))}`,
                kind: change.name ?? "",
                text: `avant : ${beforeWords(change)}${change.reason ? ` (${change.reason})` : ""}`,
              }))}
            />
          </>
        ) : null}
      </>
    ),
  });
}

const said: Readonly<Record<InterviewStatus, string>> = {
  planned: "Le rendez-vous est remis.",
  held: "L’entretien a eu lieu.",
  no_show: "L’absence est notée ; elle peut être reprise sur la page de l’entretien.",
  cancelled: "L’entretien est annulé ; il reste visible et peut être remis.",
};

export function declareInterview(routes: Routes): void {
  routes.get("/entretiens/:interview", { right: rights["interview.see"], trace: "interview.opened" }, async (at) => {
    const interview = await interviewOf(at);
    return interview ? interviewPage(at, interview) : notFound("Cet entretien");
  });

  const right = rights["interview.record"];
  routes.post(
    "/entretiens/:interview/etat",
    {
      right,
      trace: "interview.status-changed",
      form: StatusForm,
      async onMistakes(at, { fields, typed }) {
        const interview = await interviewOf(at, right);
        if (!interview) return notFound("Cet entretien");
        return interviewPage(at, interview, { values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const interview = await interviewOf(at, right);
      if (!interview) return notFound("Cet entretien");
      const { etat, raison, version, retour } = at.form;
      const wrong = (field: string, sentence: string) =>
        interviewPage(at, interview, { values: firstValues(at.typed), mistakes: { [field]: sentence }, status: 422 });
      if (etat === "cancelled" && raison.length < 3) return wrong("raison", "Dites en quelques mots pourquoi.");
      const back = wayBack(retour, `/entretiens/${interview.id}`);
      at.about("interview", interview.id, { to: etat });
      if (interview.status === etat) {
        at.nothingHappened();
        return redirect(back, said[etat]);
      }
      const refused = statusRefusal(interview, etat, at.tx.today, nowOf(at));
      if (refused) return refusal(422, refused);
      const changed = await changeStatus(at.tx, interview, version, etat, etat === "cancelled" ? raison : null);
      if (!changed.ok)
        return "stale" in changed
          ? interviewPage(at, changed.stale, { status: 409, stale: true })
          : wrong(changed.field, changed.sentence);
      return redirect(back, said[etat]);
    },
  );

  routes.post(
    "/entretiens/:interview/notes",
    {
      right,
      trace: "note.written",
      form: NoteForm,
      async onMistakes(at, { fields, typed }) {
        const interview = await interviewOf(at, right);
        if (!interview) return notFound("Cet entretien");
        return interviewPage(at, interview, { values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const interview = await interviewOf(at, right);
      if (!interview) return notFound("Cet entretien");
      if (!at.scope.account) return refusal(403, "Une clé de logiciel n’écrit pas de note.");
      const { key, note, lecteur } = at.form;
      if (!(await writeNote(at.tx, { id: key, interview: interview.id, text: note, reader: lecteur })))
        at.nothingHappened();
      at.about("interview", interview.id, { reader: lecteur });
      return redirect(`/entretiens/${interview.id}`, "La note est gardée.");
    },
  );

  routes.post(
    "/entretiens/:interview/notes/:note/effacement",
    {
      right,
      trace: "note.withdrawn",
      form: NoteWithdrawalForm,
      onMistakes: () => refusal(422, "Demande illisible : rechargez la page."),
    },
    async (at) => {
      const interview = await interviewOf(at, right);
      const note = at.params.note ?? "";
      if (!interview || !isUuid(note)) return notFound("Cette note");
      if (!(await withdrawNote(at.tx, interview.id, note))) return notFound("Cette note");
      at.about("interview", interview.id);
      return redirect(`/entretiens/${interview.id}`, "La note est effacée.");
    },
  );
}
