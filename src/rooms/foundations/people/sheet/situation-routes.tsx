// A change of situation, noted, withdrawn, put back. The journal says of a sensitive one only that it is sensitive.
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { PersonPanel } from "../../../../core/room.ts";
import { isDay } from "../../../../core/time.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { situationsOf } from "../reads.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import { dayField } from "../shapes.ts";
import type { SituationKind, SituationsTable } from "../tables.ts";
import { situationWords } from "../words.ts";
import { typedValues } from "./form.tsx";
import { livePersonOf } from "./found.ts";
import { sheetPage } from "./page.tsx";
import { recordSituation, restoreSituation, withdrawSituation } from "./writes.ts";

const kinds = Object.keys(situationWords) as SituationKind[];
const kindOf = (text: string | undefined): SituationKind | null => kinds.find((kind) => kind === text) ?? null;
const told = (kind: SituationKind): string => (situationWords[kind].sensitive ? "sensible" : kind);

const unchosen = "Choisissez ce qui change dans la liste.";
const ChangeForm = z
  .object({
    choix: z.string(unchosen).regex(/^[a-z]+:[a-z0-9_]+$/, unchosen),
    a_partir_du: dayField,
    inscrit_depuis: dayField,
  })
  .superRefine((form, context) => {
    const [kind, value] = form.choix.split(":");
    const known = kindOf(kind);
    if (!known || !value || !Object.hasOwn(situationWords[known].values, value))
      context.addIssue({ code: "custom", path: ["choix"], message: unchosen });
  });
const Reason = z.object({
  raison: z
    .string("Écrivez pourquoi.")
    .trim()
    .min(3, "Écrivez pourquoi, en quelques mots.")
    .max(300, "Au plus 300 signes."),
});

export function declareSituations(routes: Routes, panels: () => readonly PersonPanel[]): void {
  const again = async (at: At<unknown>, mistakes: Record<string, string>) => {
    const person = await livePersonOf(at);
    return person
      ? sheetPage(at, person, panels(), { sensitive: false, mistakes, values: typedValues(at.typed), status: 422 })
      : notFound("Cette fiche");
  };
  routes.post(
    "/personnes/:person/situation",
    {
      right: rights["person.situation"],
      trace: "situation.recorded",
      form: ChangeForm,
      onMistakes: (at, { fields, typed }) => again({ ...at, typed }, fields),
    },
    async (at) => {
      const person = await livePersonOf(at);
      if (!person) return notFound("Cette fiche");
      const fromDay = at.form.a_partir_du ?? at.tx.today;
      const sinceDay = at.form.inscrit_depuis;
      if (fromDay > at.tx.today) return again(at, { a_partir_du: "Ce jour n’est pas encore venu." });
      if (sinceDay && sinceDay > fromDay)
        return again(at, { inscrit_depuis: "Ce jour est après celui où cela devient vrai." });
      const [name, value = ""] = at.form.choix.split(":");
      const kind = kindOf(name);
      if (!kind) return again(at, { choix: unchosen });
      const done = await recordSituation(at.tx, person.id, { kind, value, fromDay, sinceDay });
      if (done === "same") at.nothingHappened();
      at.about("person", person.id, { kind: told(kind), from: fromDay });
      return redirect(`/personnes/${person.id}`, "Le changement est noté.");
    },
  );

  type Row = Pick<SituationsTable, "kind" | "from_day">;
  const rowOf = async (at: At<unknown>, person: string): Promise<Row | null> => {
    const day = at.params.day ?? "";
    if (!isDay(day)) return null;
    const rows = await situationsOf(at.tx, person);
    return rows.find((row) => row.kind === at.params.kind && row.from_day === day) ?? null;
  };
  // The page names the row and not its value: a sensitive one is read on the sensitive sheet, which leaves its trace.
  const confirm = async (at: At<unknown>, mistakes: Record<string, string>, status = 200) => {
    const person = await livePersonOf(at);
    const row = person ? await rowOf(at, person.id) : null;
    if (!person || !row) return notFound("Cette situation");
    const what = `${situationWords[row.kind].label}, à partir du ${shortDay(row.from_day)}`;
    return page({
      title: "Retirer une situation",
      status,
      crumbs: [
        { href: "/personnes", label: "Personnes" },
        { href: `/personnes/${person.id}`, label: nameOf(person) },
      ],
      body: (
        <>
          <Heading title="Retirer une situation">
            {what}. Elle ne sera plus vraie d’aucun jour, et les chiffres qui la comptaient changeront. Elle reste
            lisible sur la fiche, d’où elle peut être remise. Pour noter un changement, ne retirez rien : notez la
            nouvelle situation à partir de son jour.
          </Heading>
          <ErrorSummary fields={mistakes} />
          <form method="post" action={`/personnes/${person.id}/situation/${row.kind}/${row.from_day}`}>
            <TextField
              name="raison"
              label="Pourquoi était-ce une erreur ?"
              value={at.typed.raison?.[0]}
              error={mistakes.raison}
              maxlength={300}
            />
            <div class="submit">
              <button type="submit">Retirer</button>
              <a href={`/personnes/${person.id}`}>Ne rien retirer</a>
            </div>
          </form>
        </>
      ),
    });
  };
  const spec = { right: rights["person.situation"] };
  routes.get(
    "/personnes/:person/situation/:kind/:day",
    { ...spec, trace: { none: "a form that shows no value: the withdrawal leaves its trace" } },
    (at) => confirm(at, {}),
  );
  routes.post(
    "/personnes/:person/situation/:kind/:day",
    {
      ...spec,
      trace: "situation.withdrawn",
      form: Reason,
      onMistakes: (at, { fields, typed }) => confirm({ ...at, typed }, fields, 422),
    },
    async (at) => {
      const person = await livePersonOf(at);
      const row = person ? await rowOf(at, person.id) : null;
      if (!person || !row) return notFound("Cette situation");
      await withdrawSituation(at.tx, person.id, row.kind, row.from_day, at.form.raison);
      at.about("person", person.id, { kind: told(row.kind), from: row.from_day });
      return redirect(`/personnes/${person.id}`, "La situation est retirée. Elle reste lisible, et peut être remise.");
    },
  );
  routes.post(
    "/personnes/:person/retraits/:withdrawal",
    {
      ...spec,
      trace: "situation.restored",
      form: z.object({}),
      onMistakes: () => refusal(422, "Demande illisible."),
    },
    async (at) => {
      const person = await livePersonOf(at);
      const id = at.params.withdrawal ?? "";
      const done = person && isUuid(id) ? await restoreSituation(at.tx, person.id, id) : null;
      if (!person || !done) return notFound("Ce retrait");
      if (!done.ok) return refusal(409, done.sentence);
      at.about("person", person.id, { kind: told(done.kind), from: done.fromDay });
      return redirect(`/personnes/${person.id}`, "La situation est remise.");
    },
  );
}
