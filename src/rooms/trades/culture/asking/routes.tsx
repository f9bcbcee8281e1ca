// Behind the link of the morning after: everybody, nobody, or some, in thirty seconds. The link answers as often as it is opened until it
// ends: what was said is shown, and may be put right.
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { ErrorSummary, RadioField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { byLink } from "../../../foundations/messages/door.ts";
import { nameOf } from "../door/finding.ts";
import { type DoorDate, doorDate, type Guest, guestsAt, isUnsaid } from "../door/reads.ts";
import { checkIn, type NewLine } from "../door/writes.ts";
import { askLink } from "./jobs.ts";

const gone = (): Answer =>
  refusal(404, "Ce lien n’est pas bon, ou son temps est passé. Répondez à notre lettre, nous noterons pour vous.");

const silent = { none: "whoever holds the link looks at the codes of one evening" };

const AnswerForm = z.looseObject({ qui: z.enum(["tous", "personne", "certains"], "Choisissez une réponse.") });
type Choice = z.infer<typeof AnswerForm>["qui"];

type Asked = { date: DoorDate; guests: Guest[]; house: string };

/** The bookings that stand, of a date that is over. */
async function asked(tx: Tx, record: string, secret: string): Promise<Asked | null> {
  const date = await doorDate(tx, record, null);
  if (!date || date.cancelled || date.day > tx.today) return null;
  const guests = await guestsAt(tx, record, secret);
  return { date, guests: guests.filter((guest) => guest.ended === null), house: tx.scope.houseName };
}

const fieldOf = (guest: Guest): string => `n-${guest.booking}`;

type Told = { mistakes?: Readonly<Record<string, string>>; values?: Record<string, string> };

function show({ date, guests, house }: Asked, token: string, { mistakes = {}, values = {} }: Told = {}): Answer {
  const missing = guests.filter(isUnsaid).length;
  return page({
    title: "Qui est venu ?",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    bare: true,
    body: (
      <>
        <Heading title="Qui est venu ?">
          « {date.title} », le {shortDay(date.day)}
          {date.at ? ` à ${hour(date.at)}` : ""}. {house} vous remercie de votre accueil.
        </Heading>
        <p>
          {missing === 0
            ? "Tout est dit. Vous pouvez corriger ici."
            : missing === guests.length
              ? `${plural(guests.length, "réservation", "réservations")}.`
              : `Il manque ${plural(missing, "réservation", "réservations")} sur ${guests.length} ; le reste est noté.`}
        </p>
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`/${askLink}/${token}`}>
          <RadioField
            name="qui"
            label={missing < guests.length && missing > 0 ? "Ceux qui manquent" : "Qui est venu"}
            value={values.qui ?? ""}
            options={[
              { value: "tous", label: "Tout le monde est venu" },
              { value: "personne", label: "Personne n’est venu" },
              { value: "certains", label: "Certains : je le dis ci-dessous" },
            ]}
            error={mistakes.qui}
          />
          <fieldset class="some">
            <legend>Combien sont venus (vide : je ne sais pas)</legend>
            <ul class="guests">
              {guests.map((guest) => (
                <li key={guest.booking}>
                  <label class="who" for={fieldOf(guest)}>
                    <strong>{nameOf(guest)}</strong>{" "}
                    <small>
                      {plural(guest.seats, "place", "places")} · {guest.by}
                      {guest.name ? ` · ${guest.code}` : ""}
                    </small>
                  </label>
                  <input
                    id={fieldOf(guest)}
                    name={fieldOf(guest)}
                    inputmode="numeric"
                    value={values[fieldOf(guest)] ?? (guest.came === null ? "" : String(guest.came))}
                    aria-invalid={mistakes[fieldOf(guest)] ? "true" : undefined}
                  />
                  {mistakes[fieldOf(guest)] ? <span class="error">{mistakes[fieldOf(guest)]}</span> : null}
                </li>
              ))}
            </ul>
          </fieldset>
          <button type="submit">Envoyer</button>
        </form>
      </>
    ),
  });
}

/** What is said of each booking, or what is wrong with it. Bookings that say so already get no line. */
function read(
  { guests }: Asked,
  choice: Choice,
  values: Readonly<Record<string, string>>,
): { said: Map<Guest, number | null> } | { wrong: Record<string, string> } {
  const said = new Map<Guest, number | null>();
  const wrong: Record<string, string> = {};
  // Who was let in at the door is in, whatever is said of the others.
  const inside = (guest: Guest): number => (guest.whole ? 0 : (guest.came ?? 0));
  // Once everything was said, the same two buttons put everything right.
  const open = guests.some(isUnsaid) ? guests.filter(isUnsaid) : guests;
  for (const guest of choice === "certains" ? guests : open) {
    const typed = (values[fieldOf(guest)] ?? "").trim();
    const came =
      choice === "tous" ? guest.seats : choice === "personne" ? inside(guest) : typed === "" ? null : Number(typed);
    if (came !== null && !(Number.isInteger(came) && came >= 0 && came <= guest.seats))
      wrong[fieldOf(guest)] = `${nameOf(guest)} : un nombre de 0 à ${guest.seats}.`;
    else if (came !== guest.came || !guest.whole) said.set(guest, came);
  }
  if (choice === "certains" && guests.every((guest) => (values[fieldOf(guest)] ?? "").trim() === ""))
    return { wrong: { qui: "Écrivez au moins un nombre, ou choisissez une autre réponse." } };
  return Object.keys(wrong).length > 0 ? { wrong } : { said };
}

export function declareAsking(routes: Routes): void {
  routes.openGet(`/${askLink}/:token`, { right: "anyone", trace: silent }, async (at) => {
    const token = at.params.token ?? "";
    const shown = await byLink(at.services, askLink, token, async (tx, record) => {
      const found = await asked(tx, record, at.services.config.secret);
      return found ? show(found, token) : null;
    });
    return shown ?? gone();
  });

  routes.openPost(
    `/${askLink}/:token`,
    {
      right: "anyone",
      trace: "attendance.told-by-link",
      form: AnswerForm,
      async onMistakes(at, { fields, typed }) {
        const token = at.params.token ?? "";
        const shown = await byLink(at.services, askLink, token, async (tx, record) => {
          const found = await asked(tx, record, at.services.config.secret);
          return found ? show(found, token, { mistakes: fields, values: firstValues(typed) }) : null;
        });
        return shown ?? gone();
      },
    },
    async (at) => {
      const token = at.params.token ?? "";
      const done = await byLink(at.services, askLink, token, async (tx, record) => {
        const found = await asked(tx, record, at.services.config.secret);
        if (!found) return null;
        const values = firstValues(at.typed);
        const answer = read(found, at.form.qui, values);
        if ("wrong" in answer) return show(found, token, { mistakes: answer.wrong, values });
        const lines: NewLine[] = [...answer.said].map(([guest, came]) => ({
          id: tx.ids.uuid(),
          booking: guest.booking,
          kind: "total",
          came,
          undoes: null,
          at: null,
        }));
        if (lines.length > 0) {
          await checkIn(tx, record, { source: "link", device: null }, lines);
          tx.journal({
            act: "attendance.told-by-link",
            subject: { kind: "date", id: record },
            details: { bookings: lines.length },
          });
        }
        return redirect(`/${askLink}/${token}/merci`);
      });
      return done ?? gone();
    },
  );

  routes.openGet(`/${askLink}/:token/merci`, { right: "anyone", trace: silent }, async (at) => {
    const token = at.params.token ?? "";
    const shown = await byLink(at.services, askLink, token, async (tx, record) => {
      const found = await asked(tx, record, at.services.config.secret);
      if (!found) return null;
      const known = found.guests.filter((guest) => guest.came !== null);
      const came = known.reduce((sum, guest) => sum + (guest.came ?? 0), 0);
      return page({
        title: "Merci",
        bare: true,
        body: (
          <>
            <Heading title="Merci">
              C’est noté : {plural(came, "personne est venue", "personnes sont venues")}
              {known.length < found.guests.length
                ? `, et ${plural(found.guests.length - known.length, "réservation reste", "réservations restent")} sans réponse`
                : ""}
              .
            </Heading>
            <p>
              <a href={`/${askLink}/${token}`}>Corriger</a>
            </p>
          </>
        ),
      });
    });
    return shown ?? gone();
  });
}
