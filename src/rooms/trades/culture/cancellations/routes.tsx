// A closure: what it would call off is shown before it is done.
import { z } from "zod";
import { page, redirect } from "../../../../core/http/answer.ts";
import { neededField, uuidField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { DateField, ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { structuresNamed } from "../../../foundations/partners/door.ts";
import { rights } from "../rights.ts";
import { cancelDates, wouldCancel } from "./writes.ts";

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

export function declareCancellations(routes: Routes): void {
  const shown = (
    at: At<unknown>,
    values: Readonly<Record<string, string>>,
    mistakes: Readonly<Record<string, string>> = {},
    preview: { dates: number; seats: number; structures: number } | null = null,
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
            <input type="hidden" name="vues" value={preview ? String(preview.dates) : ""} />
            <TextField {...field("partenaire")} label="Partenaire culturel" hint="rien : partout" required={false} />
            <div class="fields">
              <DateField {...field("du")} label="Du" />
              <DateField {...field("au")} label="Au" />
            </div>
            <TextField {...field("raison")} label="Motif" hint="les structures le liront" />
            {preview ? (
              <p class="notice notice-warn" role="status">
                <strong>
                  {plural(preview.dates, "date", "dates")},{" "}
                  {plural(preview.seats, "place réservée", "places réservées")},{" "}
                  {plural(preview.structures, "structure à prévenir", "structures à prévenir")}.
                </strong>
              </p>
            ) : null}
            <button type="submit">
              {preview ? `Annuler ${plural(preview.dates, "cette date", "ces dates")}` : "Voir ce qui serait annulé"}
            </button>
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
    if (preview.dates === 0 && form.vues === "")
      return again(at, { fields: { du: `Aucune date à annuler du ${shortDay(form.du)} au ${shortDay(form.au)}.` } });
    if (form.vues === "") {
      at.nothingHappened();
      return shown(at, firstValues(at.typed), {}, preview);
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
