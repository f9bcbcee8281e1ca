// The rooms of a site, kept by those who answer for it.
import { z } from "zod";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { countField, neededLine, readField, uuidField, versionField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { sitesHeld } from "../choices.ts";
import { rights } from "../rights.ts";
import { type Place, placesOf } from "./reads.ts";
import { addPlace, changePlace } from "./writes.ts";

const fields = { nom: neededLine("Écrivez le nom de la salle.", 80), places: countField(1, 1000) };
const PlaceForm = z.object({ ...fields, key: uuidField, lieu: uuidField });
const PlaceChangeForm = z.object({ ...fields, fermeture: readField(readDay), version: versionField });

type Shown = { values: Record<string, string>; mistakes?: Readonly<Record<string, string>>; status?: number };

const exported: readonly ListColumn<Place>[] = [
  { label: "Lieu", cell: (place) => place.site },
  { label: "Salle", cell: (place) => place.name },
  { label: "Places", cell: (place) => place.capacity },
  { label: "Fermée le", cell: (place) => (place.closedOn ? { day: place.closedOn } : null) },
];
const noRecord = { none: "rooms of the house, no record of anybody" };
const crumbs = [{ href: "/salles", label: "Salles" }];

const Fields = ({
  values,
  mistakes,
}: {
  values: Record<string, string>;
  mistakes: Readonly<Record<string, string>>;
}) => (
  <>
    <TextField name="nom" label="Nom de la salle" maxlength={80} value={values.nom} error={mistakes.nom} />
    <TextField
      name="places"
      label="Places assises"
      required={false}
      inputmode="numeric"
      width="short"
      maxlength={4}
      value={values.places}
      error={mistakes.places}
    />
  </>
);

const placesHeld = async (at: At<unknown>): Promise<Place[]> =>
  (await placesOf(at.tx)).filter((place) => may(at.scope, rights["place.edit"], { site: place.siteId }));

async function listing(at: At<unknown>, { values, mistakes = {}, status = 200 }: Shown): Promise<Answer> {
  const [places, sites] = await Promise.all([placesHeld(at), sitesHeld(at.tx, rights["place.edit"])]);
  return page({
    title: "Salles",
    status,
    body: (
      <>
        <Heading title="Salles">
          {plural(places.length, "salle", "salles")}. Une salle ne s’efface pas : on lui donne un dernier jour.
        </Heading>
        <ErrorSummary fields={mistakes} />
        {places.length > 0 ? (
          <p class="no-print">
            <ExportLink href="/salles/export.csv" count={places.length} words={["cette salle", "salle", "salles"]} />
          </p>
        ) : null}
        <DataTable
          caption="Salles"
          hideCaption
          rows={places}
          rowKey={(place) => place.id}
          empty={<p>Aucune salle : ajoutez la première, et les rendez-vous diront quand elle est prise.</p>}
          columns={[
            {
              key: "name",
              label: "Salle",
              header: true,
              render: (place) => <Link href={`/salles/${place.id}`}>{place.name}</Link>,
            },
            { key: "site", label: "Lieu", render: (place) => place.site },
            { key: "capacity", label: "Places", render: (place) => place.capacity ?? "non dites" },
            {
              key: "state",
              label: "État",
              render: (place) => (place.closedOn ? `jusqu’au ${shortDay(place.closedOn)}` : "utilisée"),
            },
            {
              key: "week",
              label: "Semaine",
              render: (place) => <Link href={`/agenda/salle/${place.id}`}>Voir la semaine</Link>,
            },
          ]}
        />
        <form method="post" action="/salles" class="no-print">
          <h2>Ajouter une salle</h2>
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <SelectField name="lieu" label="Lieu" value={values.lieu} error={mistakes.lieu} options={sites} />
          <Fields values={values} mistakes={mistakes} />
          <div class="submit">
            <button type="submit">Ajouter</button>
          </div>
        </form>
      </>
    ),
  });
}

const changing = (place: Place, { values, mistakes = {}, status = 200 }: Shown, stale?: Place): Answer =>
  page({
    title: "Modifier une salle",
    status,
    crumbs,
    body: (
      <>
        <Heading title={`Modifier « ${place.name} »`}>{place.site}</Heading>
        {stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cette salle entre-temps.</strong> Elle dit maintenant : {stale.name},{" "}
            {stale.capacity ?? "places non dites"}. Votre saisie est ci-dessous.
          </div>
        ) : null}
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`/salles/${place.id}`}>
          <input type="hidden" name="version" value={String((stale ?? place).version)} />
          <Fields values={values} mistakes={mistakes} />
          <DateField
            name="fermeture"
            label="Dernier jour"
            hint="jj/mm/aaaa ; vide : toujours utilisée"
            required={false}
            value={values.fermeture}
            error={mistakes.fermeture}
          />
          <div class="submit">
            <button type="submit">Enregistrer</button>
            <Link href="/salles">Ne rien changer</Link>
          </div>
        </form>
      </>
    ),
  });

export function declarePlaces(routes: Routes): void {
  const right = rights["place.edit"];
  const placeOf = async (at: At<unknown>) => (await placesHeld(at)).find((place) => place.id === at.params.place);
  const taken = { nom: "Ce lieu a déjà une salle de ce nom." };
  routes.get("/salles", { right, trace: noRecord }, (at) => listing(at, { values: {} }));
  routes.get("/salles/export.csv", { right, trace: noRecord }, async (at) =>
    csvFile("salles", exported, [await placesHeld(at)]),
  );
  routes.post(
    "/salles",
    {
      right,
      trace: "place.added",
      form: PlaceForm,
      onMistakes: (at, { fields: wrong, typed }) =>
        listing(at, { values: firstValues(typed), mistakes: wrong, status: 422 }),
    },
    async (at) => {
      const { key, lieu, nom, places } = at.form;
      if (!may(at.scope, right, { site: lieu }))
        return refusal(403, "Votre rôle ne permet pas de modifier les salles de ce lieu.");
      const outcome = await addPlace(at.tx, { id: key, siteId: lieu, name: nom, capacity: places });
      if (outcome === "taken") return listing(at, { values: firstValues(at.typed), mistakes: taken, status: 422 });
      if (outcome === "there") at.nothingHappened();
      at.about("place", key);
      return redirect("/salles", "La salle est ajoutée.");
    },
  );
  routes.get("/salles/:place", { right, trace: noRecord }, async (at) => {
    const place = await placeOf(at);
    if (!place) return notFound("Cette salle");
    const { name, capacity, closedOn } = place;
    const values = {
      nom: name,
      places: capacity === null ? "" : String(capacity),
      fermeture: closedOn ? shortDay(closedOn) : "",
    };
    return changing(place, { values });
  });
  routes.post(
    "/salles/:place",
    {
      right,
      trace: "place.changed",
      form: PlaceChangeForm,
      async onMistakes(at, { fields: wrong, typed }) {
        const place = await placeOf(at);
        if (!place) return notFound("Cette salle");
        return changing(place, { values: firstValues(typed), mistakes: wrong, status: 422 });
      },
    },
    async (at) => {
      const place = await placeOf(at);
      if (!place) return notFound("Cette salle");
      const { nom, places, fermeture, version } = at.form;
      const values = firstValues(at.typed);
      const outcome = await changePlace(at.tx, place, { name: nom, capacity: places, closedOn: fermeture, version });
      if (outcome === "taken") return changing(place, { values, mistakes: taken, status: 422 });
      if (outcome === "stale") return changing(place, { values, status: 409 }, (await placeOf(at)) ?? place);
      at.about("place", place.id);
      return redirect("/salles", "La salle est modifiée.");
    },
  );
}
