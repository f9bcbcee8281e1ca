// A closure: what it would call off is shown before it is done.
import { z } from "zod";
import { page, redirect } from "../../../../core/http/answer.ts";
import { neededField, uuidField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { DateField, ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { number, plural, shortDay } from "../../../../ui/words.ts";
import { structuresNamed } from "../../../foundations/partners/door.ts";
import { momentOf } from "../offers/list.tsx";
import { rights } from "../rights.ts";
import { cancelDates, type Preview, wouldCancel } from "./writes.ts";

const right = rights["date.cancel"];
const path = "/culture/annulations";

const day = neededField(readDay, "Donnez le jour, jj/mm/aaaa");
const ClosureForm = z.object({
  key: uuidField,
  partenaire: z.string().max(200).default("").transform(oneLine),
  du: day,
  au: day,
  raison: z.string().max(200).default("").transform(oneLine),
  /** What was shown before: done only when it is still so. */
  vues: z.string().max(12).default(""),
});

const most = 100;
const more = (count: number) => (count > most ? <li>et {number(count - most)} autres</li> : null);

/** What would be called off, date by date, and who would be told. */
const Concerned = ({ preview: { dates, structures } }: { preview: Preview }) => (
  <>
    <p class="notice notice-warn" role="status">
      <strong>
        {plural(dates.length, "date", "dates")},{" "}
        {plural(
          dates.reduce((sum, one) => sum + one.held, 0),
          "place réservée",
          "places réservées",
        )}
        , {plural(structures.length, "structure à prévenir", "structures à prévenir")}.
      </strong>
    </p>
    <h2>Dates à annuler</h2>
    <ul>
      {dates.slice(0, most).map((one) => (
        <li key={one.id}>
          <a href={`/culture/dates/${one.id}`}>{one.title}</a>, {one.venue}, {momentOf(one)} :{" "}
          {plural(one.held, "place réservée", "places réservées")}
        </li>
      ))}
      {more(dates.length)}
    </ul>
    {structures.length > 0 ? (
      <>
        <h2>Structures à prévenir</h2>
        <ul>
          {structures.slice(0, most).map((one) => (
            <li key={one.id}>
              {one.name} : {one.held > 0 ? plural(one.held, "place", "places") : "en attente"}
            </li>
          ))}
          {more(structures.length)}
        </ul>
      </>
    ) : null}
  </>
);

export function declareCancellations(routes: Routes): void {
  const shown = (
    at: At<unknown>,
    values: Readonly<Record<string, string>>,
    mistakes: Readonly<Record<string, string>> = {},
    preview: Preview | null = null,
    status = 200,
  ) => {
    const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
    return page({
      title: "Annuler des dates ensemble",
      status,
      crumbs: [{ href: "/culture/sorties", label: "Sorties proposées" }],
      body: (
        <>
          <Heading title="Annuler des dates ensemble">
            Toutes les dates d’un partenaire, ou de partout, entre deux jours. Les structures sont prévenues, chacune
            une fois. Cela ne s’annule pas.
          </Heading>
          <ErrorSummary fields={mistakes} />
          <form method="post" action={path}>
            <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
            <input type="hidden" name="vues" value={preview ? String(preview.dates.length) : ""} />
            <TextField {...field("partenaire")} label="Partenaire culturel" hint="rien : partout" required={false} />
            <div class="fields">
              <DateField {...field("du")} label="Du" />
              <DateField {...field("au")} label="Au" />
            </div>
            <TextField {...field("raison")} label="Motif" hint="les structures le liront" />
            {preview ? <Concerned preview={preview} /> : null}
            {preview ? (
              <button type="submit" class="danger">
                {preview.dates.length === 1
                  ? "Annuler cette date"
                  : `Annuler ces ${number(preview.dates.length)} dates`}
              </button>
            ) : (
              <button type="submit">Voir ce qui serait annulé</button>
            )}
          </form>
        </>
      ),
    });
  };
  const again = (at: At<unknown>, { fields }: Pick<Mistakes, "fields">) =>
    shown(at, firstValues(at.typed), fields, null, 422);

  routes.get(path, { right, trace: "cancellation.opened" }, (at) => shown(at, { raison: at.query.raison ?? "" }));
  routes.post(path, { right, trace: "dates.cancelled", form: ClosureForm, onMistakes: again }, async (at) => {
    const { form, tx } = at;
    if (form.au < form.du) return again(at, { fields: { au: "Le dernier jour vient avant le premier." } });
    if (!form.raison) return again(at, { fields: { raison: "Dites pourquoi : les structures le liront." } });
    const venues = form.partenaire ? await structuresNamed(tx, form.partenaire) : [];
    const [venue] = venues;
    if (form.partenaire && (!venue || venues.length > 1))
      return again(at, {
        fields: {
          partenaire: venue
            ? "Plusieurs structures portent ce nom : donnez son SIRET."
            : "Aucune structure ne porte ce nom.",
        },
      });
    const wish = { date: null, structure: venue?.id ?? null, from: form.du, to: form.au };
    const preview = await wouldCancel(tx, wish);
    if (preview.dates.length === 0 && form.vues === "")
      return again(at, { fields: { du: `Aucune date à annuler du ${shortDay(form.du)} au ${shortDay(form.au)}.` } });
    if (form.vues === "") {
      at.nothingHappened();
      return shown(at, firstValues(at.typed), {}, preview);
    }
    // A date was published or called off since: what is called off is what was read, and nothing else.
    if (preview.dates.length > 0 && form.vues !== String(preview.dates.length)) {
      at.nothingHappened();
      return shown(at, firstValues(at.typed), {}, preview, 409);
    }
    const done = await cancelDates(tx, { ...wish, id: form.key, reason: form.raison });
    if (!done.made) {
      at.nothingHappened();
      return redirect("/culture/sorties", "Ces dates sont déjà annulées.");
    }
    at.about("cancellation", form.key, {
      dates: done.dates,
      bookings: done.bookings,
      told: done.told,
      untold: done.untold.length,
    });
    const untold =
      done.untold.length > 0
        ? ` ${plural(done.untold.length, "structure sans courriel est à prévenir", "structures sans courriel sont à prévenir")} de vive voix.`
        : "";
    return redirect(
      "/culture/sorties?etat=annulee",
      `${plural(done.dates, "date annulée", "dates annulées")}, ${plural(done.told, "structure prévenue", "structures prévenues")}.${untold}`,
    );
  });
}
