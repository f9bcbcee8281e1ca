// A structure enters a programme: which ones take it, and why or why not, condition by condition.
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { listSites } from "../../house/door.ts";
import { structureById } from "../../partners/door.ts";
import { conditionsOf, type Programme, programmeBy, siteCodesOf } from "../catalogue/reads.ts";
import { checkEligibility, isEligible, type Verdict } from "../eligibility/checking.ts";
import { manualOf, SaidFields, saidOf, verdictWords } from "../eligibility/said.tsx";
import { Verdicts } from "../enrolments/parts.tsx";
import { openProgrammes } from "../enrolments/reads.ts";
import { mayIn, rights } from "../rights.ts";
import { structureFactsOn } from "./reads.ts";
import { StructureEntryForm } from "./shapes.ts";
import { accompany } from "./writes.ts";

const here = "/structures-accompagnees/nouvelle";
const spec = { right: rights["enrolment.write"] };
type Named = { id: string; name: string };

async function structureOf(at: At<unknown>, id: string | undefined): Promise<Named | null> {
  const found = id !== undefined && isUuid(id) ? await structureById(at.tx, id) : null;
  return found && !found.merged_into ? { id: found.id, name: found.name } : null;
}

const crumbsOf = (structure: Named) => [
  { href: "/structures", label: "Structures" },
  { href: `/structures/${structure.id}`, label: structure.name },
];

async function choice(at: At, structure: Named): Promise<Answer> {
  const facts = await structureFactsOn(at.tx, structure.id, at.tx.today);
  const lines = (await openProgrammes(at.tx, at.tx.today, "structures"))
    .filter((one) => mayIn(at.scope, spec.right, { site: null, programme: one.id }) || may(at.scope, spec.right))
    .map((one) => ({
      ...one,
      present: facts.programmes.includes(one.code),
      verdicts: checkEligibility(one.conditions, { day: at.tx.today, said: {}, ...facts }),
    }));
  const title = `Faire entrer ${structure.name} dans un dispositif`;
  return page({
    title,
    crumbs: crumbsOf(structure),
    body: (
      <>
        <Heading title={title}>Les conditions sont lues à ce que la fiche de la structure dit aujourd’hui.</Heading>
        <DataTable
          caption="Dispositifs qui accompagnent des structures"
          hideCaption
          rows={lines}
          rowKey={(one) => one.id}
          empty={<p>Aucun dispositif n’accompagne des structures aujourd’hui : un responsable en crée un.</p>}
          columns={[
            {
              key: "title",
              label: "Dispositif",
              header: true,
              render: (one) =>
                one.present ? (
                  one.title
                ) : (
                  <a href={`${here}?structure=${structure.id}&dispositif=${one.code}`}>{one.title}</a>
                ),
            },
            {
              key: "verdict",
              label: "Conditions",
              render: (one) => (one.present ? "y est déjà" : verdictWords(one.verdicts)),
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

async function form(at: At<unknown>, structure: Named, programme: Programme, shown: Shown): Promise<Answer> {
  const { values, mistakes = {}, status = 200 } = shown;
  const manual = await manualOf(at.tx, programme.id);
  const verdicts =
    shown.verdicts ??
    checkEligibility(await conditionsOf(at.tx, programme.id), {
      day: at.tx.today,
      said: saidOf(at.typed, manual),
      ...(await structureFactsOn(at.tx, structure.id, at.tx.today)),
    });
  const codes = await siteCodesOf(at.tx, programme.id);
  const sites = (await listSites(at.tx)).filter(
    (site) =>
      (codes.length === 0 || codes.includes(site.code)) &&
      mayIn(at.scope, spec.right, { site: site.id, programme: programme.id }),
  );
  const overrides = may(at.scope, rights["enrolment.override"]);
  const title = `${structure.name} entre dans « ${programme.title} »`;
  return page({
    title,
    status,
    crumbs: crumbsOf(structure),
    body: (
      <>
        <Heading title={title}>{programme.referral_rule}</Heading>
        <ErrorSummary fields={mistakes} />
        <Verdicts verdicts={verdicts} />
        <p>
          Ce que la fiche ne dit pas encore se complète sur{" "}
          <a href={`/structures/${structure.id}/modifier`}>sa fiche</a>.
        </p>
        <form method="post" action={here} data-draft="accompagnement">
          {(["key", "structure", "dispositif"] as const).map((name) => (
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
          </div>
          {!isEligible(verdicts) && overrides ? (
            <TextField
              name="malgre"
              label="Faire entrer malgré les conditions, parce que"
              hint="Votre raison reste sur l’accompagnement et au journal."
              value={values.malgre}
              error={mistakes.malgre}
              required={false}
              maxlength={300}
            />
          ) : null}
          {verdicts.some((one) => one.answer === "no") && !overrides ? (
            <p class="notice notice-warn">
              Une condition n’est pas remplie : un responsable peut faire entrer la structure, avec une raison.
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

export function declareNewAccompaniment(routes: Routes): void {
  routes.get(here, { ...spec, trace: "accompaniment.started" }, async (at) => {
    const structure = await structureOf(at, at.query.structure);
    if (!structure) return notFound("Cette structure");
    at.about("structure", structure.id);
    if (!at.query.dispositif) return choice(at, structure);
    const programme = await programmeBy(at.tx, { code: at.query.dispositif });
    if (programme?.takes !== "structures") return notFound("Ce dispositif");
    return form(at, structure, programme, {
      values: {
        key: at.tx.ids.uuid(),
        structure: structure.id,
        dispositif: programme.code,
        jour: shortDay(at.tx.today),
      },
    });
  });
  routes.post(
    here,
    {
      ...spec,
      trace: "accompaniment.created",
      form: StructureEntryForm,
      async onMistakes(at, { fields }) {
        const structure = await structureOf(at, at.typed.structure?.[0]);
        const programme = await programmeBy(at.tx, { code: at.typed.dispositif?.[0] ?? "" });
        return structure && programme
          ? form(at, structure, programme, { values: firstValues(at.typed), mistakes: fields, status: 422 })
          : notFound("Cette structure");
      },
    },
    async (at) => {
      const structure = await structureOf(at, at.form.structure);
      const programme = await programmeBy(at.tx, { code: at.form.dispositif });
      if (!structure || !programme) return notFound("Cette structure");
      const again = (mistakes: Record<string, string>, verdicts?: readonly Verdict[]) =>
        form(at, structure, programme, {
          values: firstValues(at.typed),
          mistakes,
          status: 422,
          ...(verdicts ? { verdicts } : {}),
        });
      if (at.form.jour > at.tx.today) return again({ jour: "Le jour d’entrée est à venir." });
      if (!mayIn(at.scope, spec.right, { site: at.form.antenne, programme: programme.id }))
        return refusal(403, "Votre rôle ne note pas d’accompagnement dans ce lieu et ce dispositif.");
      if (at.form.antenne && !(await listSites(at.tx)).some((site) => site.id === at.form.antenne))
        return notFound("Ce lieu");
      const overrides = may(at.scope, rights["enrolment.override"]) && at.form.malgre.length >= 3;
      const entered = await accompany(at.tx, {
        key: at.form.key,
        programme,
        structure: structure.id,
        site: at.form.antenne,
        day: at.form.jour,
        said: saidOf(at.typed, await manualOf(at.tx, programme.id)),
        inSpiteOf: overrides ? at.form.malgre : null,
      });
      if (!entered.ok) {
        at.nothingHappened();
        return again({ [entered.field]: entered.sentence }, entered.verdicts);
      }
      if (entered.made)
        at.about("accompaniment", entered.id, {
          programme: programme.code,
          ...(overrides ? { inSpiteOf: at.form.malgre } : {}),
        });
      else at.nothingHappened();
      return redirect(`/structures-accompagnees/${entered.id}`, `${structure.name} est dans « ${programme.title} ».`);
    },
  );
}
