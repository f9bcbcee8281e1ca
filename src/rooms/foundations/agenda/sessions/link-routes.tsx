// Registration by link: an adviser gives a known person a link to one session; whoever holds it registers that person, and nobody else.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { type FoundHouse, inHouseOf } from "../../../../core/http/by-address.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { OpenAt, Routes, Services } from "../../../../core/http/route.ts";
import { hashToken } from "../../../../core/http/session.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { day, hour } from "../../../../ui/words.ts";
import { personByCode, personById } from "../../people/door.ts";
import { lengthWords } from "../interviews/one.ts";
import { rights } from "../rights.ts";
import { placeOf, sessionOf } from "./one.ts";
import { sessionPage } from "./page.tsx";
import { type SessionLine, sessionById } from "./reads.ts";
import { cancelRegistration, register } from "./registering.ts";
import { AnswerForm, LinkForm } from "./shapes.ts";
import type { RegistrationState } from "./tables.ts";

type OpenLink = FoundHouse & { session_id: string; person_id: string };

/** Makes the link of a person to a session; the one before opens nothing any more. Only its hash is stored. */
async function makeLink(tx: Tx, session: string, person: string, publicUrl: string): Promise<string> {
  const token = tx.ids.token();
  await sql`
    INSERT INTO agenda.registration_links (house_id, session_id, person_id, token_hash, made_at, made_by)
    VALUES (${tx.scope.house}, ${session}, ${person}, ${hashToken(token)}, ${tx.clock.now()}, ${tx.scope.account}::uuid)
    ON CONFLICT (house_id, session_id, person_id) DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at, made_by = excluded.made_by`.execute(
    tx.on(),
  );
  return `${publicUrl}/inscription/${token}`;
}

/** The link of a token, or null: unknown, replaced, or its session is over. */
const openLink = (services: Services, token: string): Promise<OpenLink | null> =>
  services.database.withClient(async (client) => {
    const { rows } = await client.query<OpenLink>("SELECT * FROM agenda.open_registration_link($1, $2)", [
      hashToken(token),
      services.clock.now(),
    ]);
    return rows[0] ?? null;
  });

const gone = (): Answer =>
  refusal(
    404,
    "Ce lien ne sert plus : la séance est passée, ou un autre lien l’a remplacé. Demandez à votre conseiller.",
  );

async function stateOf(tx: Tx, link: OpenLink): Promise<RegistrationState | null> {
  const { rows } = await sql<{ state: RegistrationState }>`
    SELECT state FROM agenda.registrations WHERE house_id = ${tx.scope.house} AND session_id = ${link.session_id} AND person_id = ${link.person_id}`.execute(
    tx.on(),
  );
  return rows[0]?.state ?? null;
}

const said: Readonly<Record<RegistrationState | "none", string>> = {
  registered: "Vous êtes inscrit. Vous pouvez venir.",
  waiting: "Il n’y a plus de place pour le moment. Vous êtes sur la liste d’attente.",
  cancelled: "Vous avez dit que vous ne venez pas.",
  none: "Vous n’êtes pas encore inscrit.",
};

/** What the person reads: the session in easy words, where they stand, and one answer to give. It names nobody. */
const linkPage = (token: string, session: SessionLine, house: string, state: RegistrationState | null): Answer => {
  const comes = state === "registered" || state === "waiting";
  return page({
    title: session.title,
    bare: true,
    body: (
      <>
        <Heading title={session.title}>{house}</Heading>
        <ul>
          <li>Le {day(session.startsOn)}</li>
          {session.startsAt ? <li>À {hour(session.startsAt)}</li> : null}
          {session.minutes ? <li>Durée : {lengthWords(session.minutes)}</li> : null}
          <li>Où : {session.mode === "video" ? "par visio" : placeOf(session)}</li>
        </ul>
        {session.status === "planned" ? (
          <>
            <p>
              <strong>{said[state ?? "none"]}</strong>
            </p>
            <form method="post" action={`/inscription/${token}`}>
              <input type="hidden" name="reponse" value={comes ? "non" : "oui"} />
              <div class="submit">
                <button type="submit" class={comes ? "second" : undefined}>
                  {comes ? "Je ne viens pas" : "Je viens"}
                </button>
              </div>
            </form>
          </>
        ) : (
          <p>
            <strong>
              {session.status === "held" ? "Cette séance est passée." : "Cette séance n’a pas lieu ce jour-là."}
            </strong>{" "}
            Demandez à votre conseiller.
          </p>
        )}
      </>
    ),
  });
};

const opened = <R,>(at: OpenAt<unknown>, link: OpenLink, work: (tx: Tx, session: SessionLine) => Promise<R>) =>
  inHouseOf(at.services, link, { account: null, name: "", ip: at.ip }, async (tx) => {
    const session = await sessionById(tx, link.session_id);
    return session ? work(tx, session) : null;
  });

export function declareLinks(routes: Routes): void {
  const right = rights["session.register"];
  routes.post(
    "/seances/:session/liens",
    {
      right,
      trace: "session.link-made",
      form: LinkForm,
      async onMistakes(at, { fields, typed }) {
        const session = await sessionOf(at, right);
        if (!session) return notFound("Cette séance");
        return sessionPage(at, session, { values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const { form, tx } = at;
      const session = await sessionOf(at, right);
      if (!session) return notFound("Cette séance");
      const wrong = (sentence: string) =>
        sessionPage(at, session, { values: firstValues(at.typed), mistakes: { code: sentence }, status: 422 });
      if (session.status !== "planned" || session.startsOn < tx.today)
        return wrong("Cette séance n’est plus à venir : un lien n’ouvrirait rien.");
      const id = form.personne ?? (form.code ? (await personByCode(tx, form.code))?.id : null);
      const person = id ? await personById(tx, id) : null;
      if (!person || person.merged_into || person.anonymised_at)
        return wrong(form.code ? `Le code ${form.code} n’est celui d’aucune fiche.` : "Écrivez le code de la fiche.");
      const link = await makeLink(tx, session.id, person.id, at.services.config.publicUrl);
      const shown = await sessionPage(at, session, {
        said: (
          <div class="notice notice-success" role="status">
            <strong>Lien fait.</strong> Donnez-le à {person.given_name} : il n’est montré que cette fois.
            <p>
              <code>{link}</code>
            </p>
          </div>
        ),
      });
      at.about("session", session.id, { person: person.id });
      return shown;
    },
  );

  routes.openGet(
    "/inscription/:token",
    { right: "anyone", trace: { none: "the answer leaves a line; looking at one's own link does not" } },
    async (at) => {
      const token = at.params.token ?? "";
      const link = await openLink(at.services, token);
      if (!link) return gone();
      const shown = await opened(at, link, async (tx, session) =>
        linkPage(token, session, link.house_name, await stateOf(tx, link)),
      );
      return shown ?? gone();
    },
  );

  routes.openPost(
    "/inscription/:token",
    {
      right: "anyone",
      trace: "session.registered-by-link",
      form: AnswerForm,
      onMistakes: () => refusal(422, "Choisissez oui ou non."),
    },
    async (at) => {
      const token = at.params.token ?? "";
      const link = await openLink(at.services, token);
      if (!link) return gone();
      const { session_id: session, person_id: person } = link;
      const done = await opened(at, link, async (tx) => {
        const subject = { kind: "session", id: session };
        if (at.form.reponse === "non") {
          if (await cancelRegistration(tx, session, person, null))
            tx.journal({ act: "session.cancelled-by-link", subject, details: { person } });
          return { ok: true as const };
        }
        const state = await stateOf(tx, link);
        if (state === "registered" || state === "waiting") return { ok: true as const };
        const key = tx.ids.uuid();
        const outcome = await register(tx, { session, persons: [person], key, together: true, byLink: true });
        if (outcome.ok)
          tx.journal({
            act: "session.registered-by-link",
            subject,
            details: { person, waiting: outcome.waiting > 0 },
          });
        return outcome;
      });
      if (!done) return gone();
      if (!done.ok) return refusal(422, done.sentence);
      return redirect(`/inscription/${token}`);
    },
  );
}
