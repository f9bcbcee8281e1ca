// A session programmed, alone or in a series; and the same form to change it.
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { list, plural, shortDay } from "../../../../ui/words.ts";
import { choicesFor } from "../choices.ts";
import { conflictsOf } from "../conflicts.ts";
import { Taken } from "../interviews/form.tsx";
import { momentOf } from "../interviews/one.ts";
import { dayRefusal } from "../interviews/rules.ts";
import { rights } from "../rights.ts";
import { holidayOf } from "../weeks/holidays.ts";
import { SessionFields } from "./form.tsx";
import { crumbs, placeOf, sessionOf, statusOf } from "./one.ts";
import { kindsUsed, type SessionLine, type Speaker, speakersOf } from "./reads.ts";
import { weeklyDays } from "./rules.ts";
import { SessionChangeForm, SessionForm } from "./shapes.ts";
import { changeSession, recordSessions, type SessionWish } from "./writes.ts";

type Shown = {
  values: Record<string, string>;
  speakers: readonly string[];
  mistakes?: Readonly<Record<string, string>>;
  taken?: readonly string[];
  status?: number;
  stale?: SessionLine;
};

type Fields = {
  dispositif: string;
  type: string;
  titre: string;
  jour: string;
  heure: string | null;
  duree: number | null;
  lieu: string;
  salle: string | null;
  adresse: string | null;
  mode: SessionWish["mode"];
  places: number | null;
  animateurs: string[];
  intervenants: string[];
};

const wishOf = (form: Fields): SessionWish => ({
  programmeId: form.dispositif,
  kind: form.type,
  title: form.titre,
  startsAt: form.heure,
  minutes: form.duree,
  siteId: form.lieu,
  placeId: form.salle,
  placeText: form.adresse,
  mode: form.mode,
  capacity: form.places,
});

const again = (typed: Record<string, string[]>) => ({
  values: firstValues(typed),
  speakers: typed.animateurs ?? [],
});

const notHere = () => refusal(403, "Votre rôle ne permet pas de programmer une séance dans ce lieu.");

async function recording(at: At<unknown>, shown: Shown): Promise<Answer> {
  const { values, mistakes = {}, taken = [], status = 200 } = shown;
  const [choices, kinds] = await Promise.all([choicesFor(at.tx, rights["session.record"]), kindsUsed(at.tx)]);
  if (choices.sites.length === 0) return notHere();
  return page({
    title: "Programmer une séance",
    status,
    crumbs,
    body: (
      <>
        <Heading title="Programmer une séance">
          Une seule, ou toutes celles d’une série. Les jours fériés sont laissés de côté.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/seances" data-draft="seance">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} data-keep="1" />
          <Taken sentences={taken} />
          <SessionFields choices={choices} kinds={kinds} shown={shown} mistakes={mistakes} />
          <h2>Une série</h2>
          <div class="fields">
            <TextField
              name="nombre"
              label="Nombre de séances, une par semaine"
              required={false}
              inputmode="numeric"
              width="short"
              maxlength={2}
              value={values.nombre}
              error={mistakes.nombre}
            />
            <TextAreaField
              name="jours"
              label="Ou bien : les autres jours"
              hint="un par ligne, jj/mm/aaaa"
              required={false}
              rows={4}
              maxlength={1400}
              value={values.jours}
              error={mistakes.jours}
            />
          </div>
          <div class="submit">
            <button type="submit">{taken.length > 0 ? "Programmer quand même" : "Programmer"}</button>
          </div>
        </form>
      </>
    ),
  });
}

async function changing(at: At<unknown>, session: SessionLine, shown: Shown): Promise<Answer> {
  const { mistakes = {}, taken = [], status = 200, stale } = shown;
  at.about("session", session.id);
  const [choices, kinds] = await Promise.all([choicesFor(at.tx, rights["session.record"]), kindsUsed(at.tx)]);
  return page({
    title: "Modifier une séance",
    status,
    crumbs: [...crumbs, { href: `/seances/${session.id}`, label: session.title }],
    body: (
      <>
        <Heading title={`Modifier « ${session.title} »`}>{momentOf(session)}</Heading>
        {stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cette séance entre-temps.</strong> Elle dit maintenant : {stale.title},{" "}
            {momentOf(stale)}, {placeOf(stale)}, {statusOf(stale)}. Votre saisie est ci-dessous.
          </div>
        ) : null}
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`/seances/${session.id}/modifier`}>
          <input type="hidden" name="version" value={String((stale ?? session).version)} />
          <Taken sentences={taken} />
          <SessionFields choices={choices} kinds={kinds} shown={shown} mistakes={mistakes} />
          <div class="submit">
            <button type="submit">{taken.length > 0 ? "Enregistrer quand même" : "Enregistrer"}</button>
            <Link href={`/seances/${session.id}`}>Ne rien changer</Link>
          </div>
        </form>
      </>
    ),
  });
}

const shownOf = (session: SessionLine, speakers: readonly Speaker[]): Shown => ({
  values: {
    dispositif: session.programmeId,
    type: session.kind,
    titre: session.title,
    jour: shortDay(session.startsOn),
    heure: session.startsAt ?? "",
    duree: session.minutes === null ? "" : String(session.minutes),
    lieu: session.siteId,
    salle: session.placeId ?? "",
    adresse: session.placeText ?? "",
    mode: session.mode,
    places: session.capacity === null ? "" : String(session.capacity),
    intervenants: speakers.flatMap((one) => (one.accountId === null ? [one.name] : [])).join("\n"),
  },
  speakers: speakers.flatMap((one) => (one.accountId === null ? [] : [one.accountId])),
});

/** The days of a form, or the sentence of what is wrong, by field. */
function daysOf(
  form: { jour: string; nombre: number | null; jours: string[] },
  today: string,
): { days: string[]; skipped: { day: string; name: string }[] } | { field: string; sentence: string } {
  const refused = dayRefusal(form.jour, today);
  if (refused) return { field: "jour", sentence: refused };
  if (form.jours.length > 0 && form.nombre !== null && form.nombre > 1)
    return { field: "nombre", sentence: "Choisissez : une par semaine, ou les jours écrits." };
  const days = [...new Set([form.jour, ...form.jours])].sort();
  for (const day of days) {
    const field = day === form.jour ? "jour" : "jours";
    const why = dayRefusal(day, today);
    if (why) return { field, sentence: `${shortDay(day)} : ${why}` };
    const name = holidayOf(day);
    if (name) return { field, sentence: `Le ${shortDay(day)} est férié : ${name}.` };
  }
  if (form.jours.length > 0) return { days, skipped: [] };
  return weeklyDays(form.jour, form.nombre ?? 1, holidayOf);
}

export function declareSessionRecording(routes: Routes): void {
  const right = rights["session.record"];
  routes.get("/seances/nouvelle", { right, trace: { none: "an empty form" } }, async (at) =>
    recording(at, {
      values: { duree: "180", dispositif: at.query.dispositif ?? "" },
      speakers: at.scope.account ? [at.scope.account] : [],
    }),
  );

  routes.post(
    "/seances",
    {
      right,
      trace: "session.recorded",
      form: SessionForm,
      onMistakes: (at, { fields, typed }) => recording(at, { ...again(typed), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const { form, tx } = at;
      const wrong = (field: string, sentence: string) =>
        recording(at, { ...again(at.typed), mistakes: { [field]: sentence }, status: 422 });
      if (!may(at.scope, right, { site: form.lieu })) return notHere();
      const found = daysOf(form, tx.today);
      if ("field" in found) return wrong(found.field, found.sentence);
      const wish = wishOf(form);
      const taken: string[] = [];
      if (!form.malgre)
        for (const day of found.days) {
          const sentences = await conflictsOf(tx, {
            day,
            at: wish.startsAt,
            minutes: wish.minutes,
            accounts: form.animateurs,
            place: wish.placeId,
            except: form.key,
          });
          taken.push(
            ...sentences.map((sentence) => (found.days.length > 1 ? `${shortDay(day)} : ${sentence}` : sentence)),
          );
        }
      if (taken.length > 0) return recording(at, { ...again(at.typed), taken, status: 422 });
      const speakers = { accounts: form.animateurs, names: form.intervenants };
      const recorded = await recordSessions(tx, form.key, found.days, wish, speakers);
      if (!recorded.ok) return wrong(recorded.field, recorded.sentence);
      if (!recorded.made) at.nothingHappened();
      at.about("session", form.key, { sessions: found.days.length });
      const skipped = found.skipped.map(({ day, name }) => `le ${shortDay(day)} (${name})`);
      return redirect(
        `/seances/${form.key}`,
        `${found.days.length === 1 ? "La séance est programmée." : `${plural(found.days.length, "séance", "séances")} sont programmées.`}${skipped.length > 0 ? ` Sauté : ${list(skipped)}.` : ""}`,
      );
    },
  );

  routes.get("/seances/:session/modifier", { right, trace: "session.seen" }, async (at) => {
    const session = await sessionOf(at, right);
    if (!session) return notFound("Cette séance");
    return changing(at, session, shownOf(session, await speakersOf(at.tx, session.id)));
  });

  routes.post(
    "/seances/:session/modifier",
    {
      right,
      trace: "session.changed",
      form: SessionChangeForm,
      async onMistakes(at, { fields, typed }) {
        const session = await sessionOf(at, right);
        if (!session) return notFound("Cette séance");
        return changing(at, session, { ...again(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const session = await sessionOf(at, right);
      if (!session) return notFound("Cette séance");
      const { form, tx } = at;
      const wrong = (field: string, sentence: string) =>
        changing(at, session, { ...again(at.typed), mistakes: { [field]: sentence }, status: 422 });
      if (!may(at.scope, right, { site: form.lieu })) return notHere();
      const refused = form.jour === session.startsOn ? null : dayRefusal(form.jour, tx.today);
      if (refused) return wrong("jour", refused);
      if (session.status === "held" && form.jour > tx.today)
        return wrong("jour", "Cette séance a eu lieu : son jour ne peut pas être à venir.");
      const wish = wishOf(form);
      const taken = form.malgre
        ? []
        : await conflictsOf(tx, {
            day: form.jour,
            at: wish.startsAt,
            minutes: wish.minutes,
            accounts: form.animateurs,
            place: wish.placeId,
            except: session.id,
          });
      if (taken.length > 0) return changing(at, session, { ...again(at.typed), taken, status: 422 });
      const speakers = { accounts: form.animateurs, names: form.intervenants };
      const changed = await changeSession(tx, session, form.version, form.jour, wish, speakers);
      if (!changed.ok)
        return "stale" in changed
          ? changing(at, session, { ...again(at.typed), status: 409, stale: changed.stale })
          : wrong(changed.field, changed.sentence);
      at.about("session", session.id);
      return redirect(`/seances/${session.id}`, "La séance est modifiée.");
    },
  );
}
