// The team publishes an offer.
import { page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { namedStructure } from "../naming.ts";
import { rights } from "../rights.ts";
import { type Audience, audienceChoices, audienceShape, readAudience } from "./audience.tsx";
import { OfferPage } from "./form.tsx";
import { accessOf, daysOf, OfferForm } from "./shapes.ts";
import { type OfferWish, publishOffer } from "./writes.ts";

const right = rights["offer.publish"];
const path = "/culture/sorties/nouvelle";

/** What a form of an offer asks for, for a venue that is known. */
const offerOf = (form: OfferForm, structure: string, ticked: readonly string[], audience: Audience): OfferWish => ({
  id: form.key,
  structure,
  title: form.titre,
  genre: form.genre,
  place: form.lieu,
  mostEach: form.max,
  fromAge: form.age_de,
  toAge: form.age_a,
  language: form.langue,
  access: accessOf(ticked),
  minutes: form.duree,
  meeting: form.accueil,
  companions: form.accompagnants === "1",
  about: form.parle,
  wayThere: form.venir,
  audience,
});

const PublishedForm = OfferForm.extend(audienceShape);

export function declareOffers(routes: Routes): void {
  const formPage = async (
    at: At<unknown>,
    values: Record<string, string>,
    access: readonly string[],
    mistakes: Record<string, string>,
    near: readonly string[] = [],
  ) =>
    page({
      title: "Publier une sortie",
      status: Object.keys(mistakes).length > 0 ? 422 : 200,
      crumbs: [{ href: "/culture/sorties", label: "Sorties proposées" }],
      body: (
        <OfferPage
          action={path}
          back="/culture/sorties"
          venue={null}
          values={{ ...values, key: values.key || at.tx.ids.uuid() }}
          access={access}
          mistakes={mistakes}
          near={near}
          choices={await audienceChoices(at.tx)}
          types={at.typed.types ?? []}
        />
      ),
    });
  const again = (at: At<unknown>, { fields }: Pick<Mistakes, "fields">, near: readonly string[] = []) =>
    formPage(at, firstValues(at.typed), at.typed.acces ?? [], { ...fields }, near);

  routes.get(path, { right, trace: "offer.opened" }, (at) =>
    formPage(at, { max: "4", dates: "1", accompagnants: "1" }, [], {}),
  );
  routes.post(
    path,
    { right, trace: "offer.published", form: PublishedForm, onMistakes: (at, mistakes) => again(at, mistakes) },
    async (at) => {
      const { form, tx } = at;
      const venue = await namedStructure(tx, form.partenaire);
      if (!venue.ok) return again(at, { fields: { partenaire: venue.sentence } }, venue.near);
      if (!venue.id) return again(at, { fields: { partenaire: "Donnez le partenaire culturel." } });
      if (form.age_de !== null && form.age_a !== null && form.age_de > form.age_a)
        return again(at, { fields: { age_a: "Le dernier âge vient avant le premier." } });
      if (form.jour < tx.today) return again(at, { fields: { jour: "Ce jour est passé." } });
      const read = await readAudience(tx, form, at.typed.types ?? [], true);
      if ("wrong" in read) return again(at, { fields: read.wrong });
      const dates = { days: daysOf(form), at: form.heure, places: form.places, closesBefore: form.cloture };
      const first = await publishOffer(tx, offerOf(form, venue.id, at.typed.acces ?? [], read.audience), dates);
      if (!first) {
        at.nothingHappened();
        return redirect("/culture/sorties", "Cette sortie est déjà publiée.");
      }
      at.about("offer", form.key, { dates: dates.days.length, places: form.places });
      return redirect(
        `/culture/dates/${first}`,
        dates.days.length > 1 ? `${dates.days.length} dates publiées.` : "Sortie publiée.",
      );
    },
  );
}
