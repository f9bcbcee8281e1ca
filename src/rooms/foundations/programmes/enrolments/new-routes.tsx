// Somebody enters a programme: which ones take them, and why or why not, condition by condition.
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { DateField, ErrorSummary, RadioField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { accountsWith, listSites } from "../../house/door.ts";
import { nameOf, peopleRights, personById } from "../../people/door.ts";
import { conditionsOf, fieldsOf, offered, type Programme, programmeBy, siteCodesOf } from "../catalogue/reads.ts";
import { checkEligibility, discreet, isEligible, type Verdict } from "../eligibility/checking.ts";
import { manualOf, SaidFields, saidOf, verdictWords } from "../eligibility/said.tsx";
import { mayIn, rights } from "../rights.ts";
import { OwnFields, readOwnFields } from "./field-form.tsx";
import { Verdicts } from "./parts.tsx";
import { factsOn, openProgrammes } from "./reads.ts";
import { EntryForm } from "./shapes.ts";
import { enrol } from "./writes.ts";

const spec = { right: rights["enrolment.write"] };
export const referentRoles = ["adviser", "site-manager", "direction", "training", "employers"] as const;

type PersonFacts = { id: string; name: string; site: string | null };

async function personOf(at: At<unknown>, id: string | undefined): Promise<PersonFacts | null> {
  const person = id !== undefined && isUuid(id) ? await personById(at.tx, id) : null;
  return person && !person.merged_into && !person.anonymised_at
    ? { id: person.id, name: nameOf(person), site: person.site_id }
    : null;
}

const crumbsOf = (person: PersonFacts) => [
  { href: "/personnes", label: "Personnes" },
  { href: `/personnes/${person.id}`, label: person.name },
];

/** The verdicts that this reader may read: a sensitive fact is named, and not told. */
const readable = (at: At<unknown>, verdicts: readonly Verdict[]): Verdict[] =>
  may(at.scope, peopleRights["person.sensitive"]) ? [...verdicts] : verdicts.map(discreet);

async function choice(at: At, person: PersonFacts): Promise<Answer> {
  const facts = await factsOn(at.tx, person.id, at.tx.today);
  const lines = (await openProgrammes(at.tx, at.tx.today))
    .filter((one) => mayIn(at.scope, spec.right, { site: null, programme: one.id }) || may(at.scope, spec.right))
    .map((one) => ({
      ...one,
      present: facts.programmes.includes(one.code),
      verdicts: readable(at, checkEligibility(one.conditions, { day: at.tx.today, said: {}, ...facts })),
    }));
  const rank = (one: (typeof lines)[number]): number =>
    one.present ? 3 : one.verdicts.some((verdict) => verdict.answer === "no") ? 2 : 1;
  lines.sort((a, b) => rank(a) - rank(b));
  const orientation = at.query.orientation ? `&orientation=${encodeURIComponent(at.query.orientation)}` : "";
  return page({
    title: `Faire entrer ${person.name} dans un dispositif`,
    crumbs: crumbsOf(person),
    body: (
      <>
        <Heading title={`Faire entrer ${person.name} dans un dispositif`}>
          Les conditions sont lues à ce que la maison sait de la personne aujourd’hui.
        </Heading>
        <DataTable
          caption="Dispositifs ouverts"
          hideCaption
          rows={lines}
          rowKey={(one) => one.id}
          empty={<p>Aucun dispositif n’est ouvert aujourd’hui.</p>}
          columns={[
            {
              key: "title",
              label: "Dispositif",
              header: true,
              render: (one) =>
                one.present ? (
                  one.title
                ) : (
                  <a href={`/parcours/nouveau?personne=${person.id}&dispositif=${one.code}${orientation}`}>
                    {one.title}
                  </a>
                ),
            },
            {
              key: "verdict",
              label: "Conditions",
              render: (one) => {
                if (one.present) return "y est déjà";
                return verdictWords(one.verdicts);
              },
            },
            { key: "pole", label: "Pôle", render: (one) => one.pole },
          ]}
        />
      </>
    ),
  });
}

type Shown = {
  values: Readonly<Record<string, string>>;
  mistakes?: Readonly<Record<string, string>>;
  status?: number;
  verdicts?: readonly Verdict[];
};

async function form(at: At<unknown>, person: PersonFacts, programme: Programme, shown: Shown): Promise<Answer> {
  const { values, mistakes = {}, status = 200 } = shown;
  const manual = await manualOf(at.tx, programme.id);
  const conditions = await conditionsOf(at.tx, programme.id);
  const verdicts = readable(
    at,
    shown.verdicts ??
      checkEligibility(conditions, {
        day: at.tx.today,
        said: saidOf(at.typed, manual),
        ...(await factsOn(at.tx, person.id, at.tx.today)),
      }),
  );
  const codes = await siteCodesOf(at.tx, programme.id);
  const sites = (await listSites(at.tx)).filter(
    (site) =>
      (codes.length === 0 || codes.includes(site.code)) &&
      mayIn(at.scope, spec.right, { site: site.id, programme: programme.id }),
  );
  const fields = offered(await fieldsOf(at.tx, programme.id), at.tx.today);
  const refused = verdicts.some((one) => one.answer === "no");
  const open = !isEligible(verdicts);
  const overrides = may(at.scope, rights["enrolment.override"]);
  const title = `${person.name} entre dans « ${programme.title} »`;
  return page({
    title,
    status,
    crumbs: crumbsOf(person),
    body: (
      <>
        <Heading title={title}>{programme.referral_rule}</Heading>
        <ErrorSummary fields={mistakes} />
        <Verdicts verdicts={verdicts} />
        <form method="post" action="/parcours/nouveau" data-draft="parcours">
          {(["key", "personne", "dispositif", "orientation"] as const).map((name) => (
            <input key={name} type="hidden" name={name} value={values[name] ?? ""} />
          ))}
          <SaidFields texts={manual} values={values} />
          <div class="fields">
            <DateField name="jour" label="Jour d’entrée" value={values.jour} error={mistakes.jour} />
            <SelectField
              name="antenne"
              label="Lieu"
              value={values.antenne}
              error={mistakes.antenne}
              options={sites.map((site) => ({ value: site.id, label: site.name }))}
              empty=""
              required={false}
            />
            <SelectField
              name="referent"
              label="Référent"
              value={values.referent}
              options={(await accountsWith(at.tx, referentRoles)).map((one) => ({ value: one.id, label: one.name }))}
              empty="personne pour l’instant"
              required={false}
            />
          </div>
          <RadioField
            name="accompagne"
            label="Cette personne est"
            value={values.accompagne || "oui"}
            error={mistakes.accompagne}
            inline
            options={[
              { value: "oui", label: "accompagnée" },
              { value: "non", label: "seulement reçue" },
            ]}
          />
          <OwnFields fields={fields} values={values} mistakes={mistakes} />
          {open && overrides ? (
            <TextField
              name="malgre"
              label="Faire entrer malgré les conditions, parce que"
              hint="Votre raison reste sur le parcours et au journal."
              value={values.malgre}
              error={mistakes.malgre}
              required={false}
              maxlength={300}
            />
          ) : null}
          {refused && !overrides ? (
            <p class="notice notice-warn">
              Une condition n’est pas remplie : un responsable peut faire entrer la personne, avec une raison.
            </p>
          ) : null}
          <div class="submit">
            <button type="submit">Faire entrer</button>
          </div>
        </form>
      </>
    ),
  });
}

const typedValues = (at: At<unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(at.typed).map(([name, values]) => [name, values[0] ?? ""]));

export function declareNewEnrolment(routes: Routes): void {
  routes.get("/parcours/nouveau", { ...spec, trace: "enrolment.started" }, async (at) => {
    const person = await personOf(at, at.query.personne);
    if (!person) return notFound("Cette fiche");
    at.about("person", person.id);
    if (!at.query.dispositif) return choice(at, person);
    const programme = await programmeBy(at.tx, { code: at.query.dispositif });
    if (!programme) return notFound("Ce dispositif");
    return form(at, person, programme, {
      values: {
        key: at.tx.ids.uuid(),
        personne: person.id,
        dispositif: programme.code,
        orientation: at.query.orientation ?? "",
        jour: shortDay(at.tx.today),
        antenne: person.site ?? "",
        referent: at.scope.account ?? "",
      },
    });
  });
  routes.post(
    "/parcours/nouveau",
    {
      ...spec,
      trace: "enrolment.created",
      form: EntryForm,
      async onMistakes(at, { fields }) {
        const person = await personOf(at, at.typed.personne?.[0]);
        const programme = await programmeBy(at.tx, { code: at.typed.dispositif?.[0] ?? "" });
        return person && programme
          ? form(at, person, programme, { values: typedValues(at), mistakes: fields, status: 422 })
          : notFound("Cette fiche");
      },
    },
    async (at) => {
      const person = await personOf(at, at.form.personne);
      const programme = await programmeBy(at.tx, { code: at.form.dispositif });
      if (!person || !programme) return notFound("Cette fiche");
      const again = (mistakes: Record<string, string>, verdicts?: readonly Verdict[]) =>
        form(at, person, programme, {
          values: typedValues(at),
          mistakes,
          status: 422,
          ...(verdicts ? { verdicts } : {}),
        });
      if (at.form.jour > at.tx.today) return again({ jour: "Le jour d’entrée est à venir." });
      if (!mayIn(at.scope, spec.right, { site: at.form.antenne, programme: programme.id }))
        return refusal(403, "Votre rôle ne note pas de parcours dans ce lieu et ce dispositif.");
      if (at.form.antenne && !(await listSites(at.tx)).some((site) => site.id === at.form.antenne))
        return notFound("Ce lieu");
      const referents = await accountsWith(at.tx, referentRoles);
      if (at.form.referent && !referents.some((one) => one.id === at.form.referent))
        return again({ referent: "Ce référent n’est plus dans la maison." });
      const read = readOwnFields(offered(await fieldsOf(at.tx, programme.id), at.tx.today), at.typed);
      if (Object.keys(read.mistakes).length > 0) return again(read.mistakes);
      const overrides = may(at.scope, rights["enrolment.override"]) && at.form.malgre.length >= 3;
      const entered = await enrol(at.tx, {
        key: at.form.key,
        programme,
        person: person.id,
        site: at.form.antenne,
        day: at.form.jour,
        followed: at.form.accompagne === "oui",
        referent: at.form.referent,
        said: saidOf(at.typed, await manualOf(at.tx, programme.id)),
        values: read.values,
        inSpiteOf: overrides ? at.form.malgre : null,
      });
      if (!entered.ok) {
        at.nothingHappened();
        return again({ [entered.field]: entered.sentence }, entered.verdicts);
      }
      if (entered.made)
        at.about("enrolment", entered.id, {
          programme: programme.code,
          ...(overrides ? { inSpiteOf: at.form.malgre } : {}),
        });
      else at.nothingHappened();
      return redirect(`/parcours/${entered.id}`, `${person.name} est dans « ${programme.title} ».`);
    },
  );
}
