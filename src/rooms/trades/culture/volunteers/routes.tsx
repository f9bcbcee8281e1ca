// Volunteers: a mission noted, opened, changed, ended before its day.
import { z } from "zod";
import { type Answer, type Crumb, notFound, page, redirect } from "../../../../core/http/answer.ts";
import {
  countField,
  neededField,
  neededLine,
  optionalUuid,
  uuidField,
  versionField,
} from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { may } from "../../../../core/rights.ts";
import { DateField, ErrorSummary, type Option, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { accountsWith, listSites } from "../../../foundations/house/door.ts";
import { optionsOf } from "../projects/words.ts";
import { volunteerList } from "./list.tsx";
import {
  changeVolunteer,
  noteVolunteer,
  type VolunteerLine,
  type VolunteerWish,
  volunteerById,
  volunteerName,
} from "./reads.ts";
import { volunteerRights as rights } from "./rights.ts";
import { volunteerKindWords } from "./words.ts";

const crumb: Crumb = { href: "/culture/volontaires", label: "Volontaires" };
const gone = "Cette mission";
const mostHours = 48;

const fields = {
  prenom: neededLine("Écrivez son prénom.", 80),
  nom: neededLine("Écrivez son nom.", 80),
  genre: z.enum(["civic", "other"], "Choisissez dans la liste."),
  debut: neededField(readDay, "Écrivez le premier jour"),
  fin: neededField(readDay, "Écrivez le dernier jour"),
  heures: countField(1, mostHours),
  tuteur: optionalUuid,
  compte: optionalUuid,
  lieu: optionalUuid,
  mission: z.string().trim().max(1000, "Au plus 1 000 signes.").default(""),
  depart: z.string().default("").transform(oneLine).pipe(z.string().max(200, "Au plus 200 signes.")),
};
function together(
  form: { debut: string; fin: string; heures: number | null; tuteur: string | null; lieu: string | null },
  context: z.RefinementCtx,
): void {
  const say = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (form.fin < form.debut) say("fin", "Le dernier jour vient avant le premier.");
  if (form.heures === null) say("heures", "Écrivez les heures par semaine.");
  if (form.tuteur === null) say("tuteur", "Choisissez qui suit cette mission.");
  if (form.lieu === null) say("lieu", "Choisissez le lieu.");
}
const NewVolunteer = z.object({ ...fields, key: uuidField }).superRefine(together);
const ChangedVolunteer = z.object({ ...fields, version: versionField }).superRefine(together);
type VolunteerForm = Omit<z.infer<typeof NewVolunteer>, "key">;

type Choices = { accounts: Option[]; sites: Option[] };

/** Open sites, and accounts of the pole; `had`: what the mission names already stays to be chosen. */
async function choicesFor(at: At<unknown>, had?: VolunteerLine): Promise<Choices> {
  const [accounts, sites] = await Promise.all([accountsWith(at.tx, rights["volunteer.see"].roles), listSites(at.tx)]);
  const options = accounts.map(({ id, name }) => ({ value: id, label: name }));
  const kept = had
    ? [
        { value: had.tutorId, label: had.tutor },
        ...(had.accountId && had.account ? [{ value: had.accountId, label: had.account }] : []),
      ]
    : [];
  return {
    accounts: [...options, ...kept.filter(({ value }) => !options.some((one) => one.value === value))],
    sites: sites
      .filter((site) => site.closed_on === null || site.closed_on >= at.tx.today || site.id === had?.siteId)
      .map(({ id, name }) => ({ value: id, label: name })),
  };
}

function Fields({
  values,
  mistakes,
  choices,
}: {
  values: Record<string, string>;
  mistakes: Record<string, string>;
  choices: Choices;
}) {
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  return (
    <div class="fields">
      <TextField {...field("prenom")} label="Prénom" maxlength={80} />
      <TextField {...field("nom")} label="Nom" maxlength={80} />
      <SelectField {...field("genre")} label="Genre" options={optionsOf(volunteerKindWords)} />
      <DateField {...field("debut")} label="Du" />
      <DateField {...field("fin")} label="Au" />
      <TextField {...field("heures")} label="Heures par semaine" inputmode="numeric" width="short" maxlength={2} />
      <SelectField {...field("lieu")} label="Lieu" empty="choisir" options={choices.sites} />
      <SelectField {...field("tuteur")} label="Tuteur" empty="choisir" options={choices.accounts} />
      <SelectField
        {...field("compte")}
        label="Son compte"
        hint="S’il en a un : ses permanences sont alors dans sa semaine"
        empty="aucun"
        required={false}
        options={choices.accounts}
      />
      <TextAreaField {...field("mission")} label="Ce qu’il ou elle fait" rows={3} maxlength={1000} required={false} />
      <TextField {...field("depart")} label="Pourquoi, si la mission finit avant son terme" required={false} />
    </div>
  );
}

const wishOf = (
  form: VolunteerForm,
  choices: Choices,
): { wish: VolunteerWish } | { fields: Record<string, string> } => {
  const mistakes: Record<string, string> = {};
  const known = (options: readonly Option[], value: string | null) => options.some((one) => one.value === value);
  if (!known(choices.sites, form.lieu)) mistakes.lieu = "Choisissez dans la liste.";
  if (!known(choices.accounts, form.tuteur)) mistakes.tuteur = "Choisissez dans la liste.";
  if (form.compte !== null && !known(choices.accounts, form.compte)) mistakes.compte = "Choisissez dans la liste.";
  if (Object.keys(mistakes).length > 0) return { fields: mistakes };
  return {
    wish: {
      kind: form.genre,
      givenName: form.prenom,
      familyName: form.nom,
      mission: form.mission,
      fromDay: form.debut,
      toDay: form.fin,
      weeklyHours: form.heures ?? 0,
      tutorId: form.tuteur ?? "",
      accountId: form.compte,
      siteId: form.lieu ?? "",
      leftWhy: form.depart || null,
    },
  };
};

async function newPage(at: At<unknown>, mistakes: Record<string, string> = {}): Promise<Answer> {
  const values: Record<string, string> = { genre: "civic", ...firstValues(at.typed) };
  return page({
    title: "Noter une mission",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [crumb],
    body: (
      <>
        <Heading title="Noter une mission">Un volontaire en service civique, ou un bénévole du pôle.</Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/culture/volontaires/nouveau">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <Fields values={values} mistakes={mistakes} choices={await choicesFor(at)} />
          <button type="submit">Noter la mission</button>
        </form>
      </>
    ),
  });
}

const valuesOf = (one: VolunteerLine): Record<string, string> => ({
  prenom: one.givenName,
  nom: one.familyName,
  genre: one.kind,
  debut: shortDay(one.fromDay),
  fin: shortDay(one.toDay),
  heures: String(one.weeklyHours),
  lieu: one.siteId,
  tuteur: one.tutorId,
  compte: one.accountId ?? "",
  mission: one.mission,
  depart: one.leftWhy ?? "",
});

async function show(
  at: At<unknown>,
  one: VolunteerLine,
  told: { mistakes?: Record<string, string>; stale?: boolean } = {},
): Promise<Answer> {
  const mistakes = told.mistakes ?? {};
  const values = told.stale || told.mistakes ? firstValues(at.typed) : valuesOf(one);
  const days = `du ${shortDay(one.fromDay)} au ${shortDay(one.toDay)}`;
  return page({
    title: volunteerName(one),
    status: told.stale ? 409 : told.mistakes ? 422 : 200,
    crumbs: [crumb],
    ...(told.stale
      ? {
          notice: {
            kind: "warn",
            text: "Cette mission a changé entre-temps : voici ce qu’elle est maintenant ; ce que vous aviez écrit est resté dans le formulaire.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title={volunteerName(one)}>
          {volunteerKindWords[one.kind]}, {days}.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <Facts
          facts={[
            { label: "Heures par semaine", value: String(one.weeklyHours) },
            { label: "Lieu", value: one.site },
            { label: "Tuteur", value: one.tutor },
            { label: "Son compte", value: one.account ?? "aucun" },
            { label: "Ce qu’il ou elle fait", value: one.mission || null },
            ...(one.leftWhy ? [{ label: "Finie avant son terme", value: one.leftWhy }] : []),
          ]}
        />
        {may(at.scope, rights["volunteer.write"]) ? (
          <>
            <h2>Modifier la mission</h2>
            <form method="post" action={`/culture/volontaires/${one.id}`}>
              <input type="hidden" name="version" value={String(one.version)} />
              <Fields values={values} mistakes={mistakes} choices={await choicesFor(at, one)} />
              <button type="submit">Enregistrer</button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}

export function declareVolunteers(routes: Routes): void {
  const write = rights["volunteer.write"];
  declareList(routes, volunteerList);
  routes.get("/culture/volontaires/nouveau", { right: write, trace: { none: "an empty form" } }, (at) => newPage(at));
  routes.post(
    "/culture/volontaires/nouveau",
    {
      right: write,
      trace: "volunteer.noted",
      form: NewVolunteer,
      onMistakes: (at, { fields: said }) => newPage(at, said),
    },
    async (at) => {
      const asked = wishOf(at.form, await choicesFor(at));
      if ("fields" in asked) return newPage(at, asked.fields);
      const { key } = at.form;
      if (await noteVolunteer(at.tx, key, asked.wish)) at.about("volunteer", key, { kind: asked.wish.kind });
      else at.nothingHappened();
      return redirect(`/culture/volontaires/${key}`, "La mission est notée.");
    },
  );
  const found = async (at: At<unknown>): Promise<VolunteerLine | null> => {
    const id = at.params.volunteer ?? "";
    return isUuid(id) ? volunteerById(at.tx, id) : null;
  };
  routes.get(
    "/culture/volontaires/:volunteer",
    { right: rights["volunteer.see"], trace: "volunteer.opened" },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      at.about("volunteer", one.id);
      return show(at, one);
    },
  );
  routes.post(
    "/culture/volontaires/:volunteer",
    {
      right: write,
      trace: "volunteer.changed",
      form: ChangedVolunteer,
      async onMistakes(at, { fields: said }) {
        const one = await found(at);
        return one ? show(at, one, { mistakes: said }) : notFound(gone);
      },
    },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      const asked = wishOf(at.form, await choicesFor(at, one));
      if ("fields" in asked) return show(at, one, { mistakes: asked.fields });
      if (!(await changeVolunteer(at.tx, one.id, at.form.version, asked.wish))) return show(at, one, { stale: true });
      at.about("volunteer", one.id);
      return redirect(`/culture/volontaires/${one.id}`, "La mission est enregistrée.");
    },
  );
}
