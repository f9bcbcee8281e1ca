// Finding and booking, for the account of a social structure. In three clicks: an outing of the list, « Réserver », and it is done; a first
// name and a number may be said before the second.
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { CheckboxField, ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { day, hour, plural, shortDay } from "../../../../ui/words.ts";
import { bookingRightOf, ownStructure, rightWords, ruleWords } from "../../../foundations/partners/door.ts";
import { personByCode } from "../../../foundations/people/door.ts";
import { refusalWords } from "../bookings/rules.ts";
import { type Booked, book } from "../bookings/writes.ts";
import { addressesOf } from "../notices.ts";
import { delegateFor } from "../territories/store.ts";
import { wayWords } from "../words.ts";
import { choicesFor, countByCommune, countByDay, dateFor, type Found, findDates, readFilters } from "./catalogue.ts";
import { accessLabels, ageWords, FindPage, freeWords, type View, views } from "./find-page.tsx";
import { portalRights } from "./rights.ts";
import { BookForm, type BookRow, bookingRows, rowsOf } from "./shapes.ts";

export const bookRight = portalRights["own-booking.make"];
const nbsp = "\u00a0";
const noStructure = (): Answer => notFound("L’espace de votre structure");
const findCrumb = { href: "/espace/sorties", label: "Sorties" };

type Seen = NonNullable<Awaited<ReturnType<typeof ownStructure>>>;

/** What the refusal of a booking says; what a form cannot know is an identifier of elsewhere. */
function whyNot(refusal: Extract<Booked, { ok: false }>["refusal"]): { sentence: string; full: boolean } {
  switch (refusal.why) {
    case "no-date":
    case "taken-key":
      return { sentence: "Cette date n’est plus proposée : revenez à la liste.", full: false };
    case "no-structure":
      return { sentence: "Votre structure ne peut plus réserver : appelez la maison.", full: false };
    case "no-person":
      return { sentence: "Aucune fiche n’a ce code : vérifiez-le, ou laissez-le vide.", full: false };
    default:
      return { sentence: refusalWords(refusal), full: refusal.why === "full" };
  }
}

type Told = { mistakes?: Mistakes; full?: boolean };

const Row = ({
  at,
  companions,
  values,
  mistakes,
}: {
  at: number;
  companions: boolean;
  values: Record<string, string>;
  mistakes: Record<string, string>;
}) => (
  <div class="fields">
    <TextField
      name={`prenom${at}`}
      label="Prénom"
      hint="Le lieu le verra. Vide : sans nom."
      value={values[`prenom${at}`]}
      error={mistakes[`prenom${at}`]}
      maxlength={60}
      required={false}
    />
    <TextField
      name={`personnes${at}`}
      label="Personnes"
      inputmode="numeric"
      width="short"
      value={values[`personnes${at}`] ?? (at === 1 ? "1" : "")}
      error={mistakes[`personnes${at}`]}
    />
    {companions ? (
      <TextField
        name={`accompagnants${at}`}
        label="Accompagnants"
        inputmode="numeric"
        width="short"
        value={values[`accompagnants${at}`] ?? (at === 1 ? "0" : "")}
        error={mistakes[`accompagnants${at}`]}
      />
    ) : null}
    <TextField
      name={`fiche${at}`}
      label="Code de sa fiche"
      hint="Sept signes, si la maison connaît la personne. Le lieu ne le voit pas."
      width="medium"
      value={values[`fiche${at}`]}
      error={mistakes[`fiche${at}`]}
      maxlength={20}
      required={false}
    />
  </div>
);

async function showDate(
  at: At<unknown>,
  structure: Seen,
  found: Found,
  { mistakes, full }: Told = {},
): Promise<Answer> {
  const { tx, scope } = at;
  const { right, rule } = await bookingRightOf(tx, structure.id, "social", tx.today);
  const values = mistakes ? firstValues(mistakes.typed) : {};
  const said = mistakes?.fields ?? {};
  const waits = full || (found.way === "first" && found.free === 0);
  const keys = Array.from({ length: bookingRows }, (_, index) => values[`key${index + 1}`] || tx.ids.uuid());
  return page({
    title: found.title,
    status: mistakes ? (full ? 409 : 422) : 200,
    crumbs: [findCrumb],
    body: (
      <>
        <Heading title={found.title}>
          {found.venue}, {day(found.day)}
          {found.at ? ` à ${hour(found.at)}` : ""}
        </Heading>
        <ErrorSummary fields={said} />
        <Facts
          facts={[
            {
              label: "Places",
              value:
                found.way === "draw"
                  ? wayWords.draw
                  : `${freeWords(found)}, ${plural(found.mostEach, "place", "places")} au plus par réservation`,
            },
            ...(found.about ? [{ label: "De quoi ça parle", value: found.about }] : []),
            { label: "Où", value: [found.place, found.commune].filter(Boolean).join(", ") || null },
            ...(found.wayThere ? [{ label: "Comment venir", value: found.wayThere }] : []),
            { label: "Genre", value: found.genre || null },
            ...(ageWords(found) ? [{ label: "Âge", value: ageWords(found) }] : []),
            ...(found.minutes ? [{ label: "Durée", value: plural(found.minutes, "minute", "minutes") }] : []),
            ...(found.language ? [{ label: "Langue", value: found.language }] : []),
            ...(found.access.length > 0
              ? [{ label: "Accessibilité", value: accessLabels(found.access).join(", ") }]
              : []),
            ...(found.meeting ? [{ label: "Accueil", value: found.meeting }] : []),
            {
              label: "Réserver avant le",
              value: `${shortDay(dayIn(scope.zone, found.closesAt))} à ${hour(minuteIn(scope.zone, found.closesAt))}`,
            },
          ]}
        />
        {right.may ? (
          <form method="post" action={`/espace/sorties/${found.id}`}>
            {keys.map((key, index) => (
              <input key={key} type="hidden" name={`key${index + 1}`} value={key} />
            ))}
            <Row at={1} companions={found.companions} values={values} mistakes={said} />
            <details
              open={[2, 3].some(
                (one) => values[`personnes${one}`] || values[`prenom${one}`] || said[`personnes${one}`],
              )}
            >
              <summary>Ajouter d’autres réservations</summary>
              {[2, 3].map((one) => (
                <fieldset key={one}>
                  <legend>{one === 2 ? "Deuxième réservation" : "Troisième réservation"}</legend>
                  <Row at={one} companions={found.companions} values={values} mistakes={said} />
                </fieldset>
              ))}
            </details>
            {waits ? (
              <CheckboxField
                name="attendre"
                label="S’il n’y a pas de place, attendre : la place libérée vous est proposée, à vous de répondre."
                checked={!full}
              />
            ) : null}
            <button type="submit">{found.way === "draw" ? "Demander au tirage" : "Réserver"}</button>
          </form>
        ) : null}
        {right.may && right.reason === "in-order" ? null : (
          <Notice kind={right.may ? "info" : "warn"} text={rightWords(right)} />
        )}
        {rule && right.reason !== "in-order" ? <p>{ruleWords(rule)}</p> : null}
      </>
    ),
  });
}

/** The people of the house whom the codes name; a code that names nobody is a mistake of its row. */
async function personsOf(at: At<unknown>, rows: readonly BookRow[]): Promise<(string | null)[] | { row: number }> {
  const persons: (string | null)[] = [];
  for (const [index, { code }] of rows.entries()) {
    const person = code === "" ? null : await personByCode(at.tx, code);
    if (code !== "" && !person) return { row: index + 1 };
    persons.push(person?.id ?? null);
  }
  return persons;
}

export function declareBooking(routes: Routes): void {
  const right = bookRight;
  routes.get("/espace/sorties", { right, trace: "own-outings.listed" }, async (at) => {
    const { tx, query } = at;
    const structure = await ownStructure(tx, right);
    if (!structure) return noStructure();
    const filters = readFilters(query);
    const view: View = views.find((one) => one === query.vue) ?? "jour";
    const number = Math.max(0, Math.min(10_000, Math.trunc(Number(query.page ?? "1")) || 1) - 1);
    const [found, choices, days, places, allowed, contact] = await Promise.all([
      findDates(tx, structure, filters, { page: number, byCommune: view === "commune" }),
      choicesFor(tx, structure),
      view === "calendrier" ? countByDay(tx, structure, filters) : [],
      view === "ou" ? countByCommune(tx, structure, filters) : [],
      bookingRightOf(tx, structure.id, "social", tx.today),
      delegateFor(tx, structure.commune_name),
    ]);
    return page({
      title: "Sorties",
      body: (
        <FindPage
          filters={filters}
          view={view}
          page={number}
          {...found}
          {...choices}
          days={days}
          places={places}
          contact={contact}
          barred={allowed.right.may ? null : rightWords(allowed.right)}
        />
      ),
    });
  });

  const dateOf = async (at: At<unknown>): Promise<{ structure: Seen; found: Found } | null> => {
    const id = at.params.date ?? "";
    const structure = await ownStructure(at.tx, right);
    const found = structure && isUuid(id) ? await dateFor(at.tx, structure, id) : null;
    return structure && found ? { structure, found } : null;
  };
  const gone = (): Answer => notFound("Cette sortie");

  routes.get(
    "/espace/sorties/:date",
    { right, trace: { none: "an offer made to all structures of its kind" } },
    async (at) => {
      const known = await dateOf(at);
      return known ? showDate(at, known.structure, known.found) : gone();
    },
  );

  routes.post(
    "/espace/sorties/:date",
    {
      right,
      trace: "own-booking.made",
      swift: true,
      form: BookForm,
      async onMistakes(at, mistakes) {
        const known = await dateOf(at);
        return known ? showDate(at, known.structure, known.found, { mistakes }) : gone();
      },
    },
    async (at) => {
      const known = await dateOf(at);
      if (!known) return gone();
      const { structure, found } = known;
      const wrong = (fields: Record<string, string>, full = false) =>
        showDate(at, structure, found, { mistakes: { fields, typed: at.typed }, full });
      const allowed = await bookingRightOf(at.tx, structure.id, "social", at.tx.today);
      if (!allowed.right.may) return wrong({ "": rightWords(allowed.right) });
      const rows = rowsOf(at.form);
      const persons = await personsOf(at, rows);
      if (!Array.isArray(persons))
        return wrong({ [`fiche${persons.row}`]: `Aucune fiche n’a ce code${nbsp}: vérifiez-le, ou laissez-le vide.` });
      const what = { date: found.id, bookings: rows.length };
      // One place alone leaves at once; of several, all or none: a refusal takes back those before it.
      const line = () => {
        at.about("structure", structure.id, what);
        return at.takeLine();
      };
      const done: Extract<Booked, { ok: true }>[] = [];
      for (const [index, row] of rows.entries()) {
        const wish = {
          id: row.key,
          date: found.id,
          structure: structure.id,
          person: persons[index] ?? null,
          firstName: row.firstName || null,
          people: row.people,
          companions: row.companions,
          wait: at.form.attendre !== "",
        };
        const booked = await book(at.tx, wish, rows.length === 1 ? line : undefined);
        if (!booked.ok) {
          const { sentence, full } = whyNot(booked.refusal);
          return wrong({ [`personnes${index + 1}`]: sentence }, full);
        }
        done.push(booked);
      }
      if (done.some(({ made }) => made)) at.about("structure", structure.id, what);
      else at.nothingHappened();
      const [first] = rows;
      const to = rows.length === 1 && first ? `/espace/reservations/${first.key}` : "/espace/reservations";
      const waiting = done.filter(({ state }) => state === "waiting").length;
      return redirect(
        to,
        waiting > 0
          ? `${plural(waiting, "demande attend", "demandes attendent")} une place${nbsp}: ${
              (await addressesOf(at.tx, [structure.id])).size > 0
                ? "vous serez prévenu par courriel"
                : "votre structure n’a pas d’adresse électronique ici, l’équipe vous appellera"
            }.`
          : found.way === "draw"
            ? "La demande est notée : le tirage dira."
            : `C’est réservé${nbsp}: ${done.map(({ code }) => code).join(", ")}.`,
      );
    },
  );
}
