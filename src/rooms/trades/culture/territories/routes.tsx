// Territories: added, changed, handed over to an association, taken back.
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { neededField, neededLine, uuidField, versionField, whyField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { addDays } from "../../../../core/time.ts";
import { DateField, ErrorSummary, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { structuresNamed } from "../../../foundations/partners/door.ts";
import { knownCommunes, unknownWords } from "../offers/known-communes.ts";
import { territoryList } from "./list.tsx";
import { territoryRights } from "./rights.ts";
import {
  addTerritory,
  changeTerritory,
  type Delegation,
  delegate,
  delegationsOf,
  endDelegation,
  type Territory,
  territoryById,
} from "./store.ts";

const crumb = { href: "/culture/territoires", label: "Territoires" };
const communesField = z
  .string()
  .default("")
  .transform((text) => [
    ...new Set(
      text
        .split(/[\n;,]+/)
        .map(oneLine)
        .filter(Boolean),
    ),
  ])
  .pipe(
    z
      .array(z.string().max(120, "Au plus 120 signes."))
      .min(1, "Écrivez au moins une commune.")
      .max(400, "Au plus 400 communes."),
  );
const nameField = neededLine("Écrivez le nom du territoire.", 120);
const AddForm = z.object({ key: uuidField, nom: nameField, communes: communesField });
const ChangeForm = z.object({ version: versionField, nom: nameField, communes: communesField });
const DelegateForm = z.object({
  key: uuidField,
  structure: neededLine("Écrivez le nom de l’association.", 200),
  du: neededField(readDay, "Écrivez le premier jour."),
});
const EndForm = z.object({
  version: versionField,
  au: neededField(readDay, "Écrivez le dernier jour."),
  raison: whyField,
});

type Values = Readonly<Record<string, string>>;
const Fields = ({ values, mistakes }: { values: Values; mistakes: Values }) => (
  <div class="fields">
    <TextField name="nom" label="Nom" value={values.nom} error={mistakes.nom} maxlength={120} required />
    <TextAreaField
      name="communes"
      label="Communes"
      hint="Une par ligne, comme sur les fiches des structures"
      value={values.communes}
      error={mistakes.communes}
      required
    />
  </div>
);

const addPage = (at: At<unknown>, values: Values = {}, mistakes: Values = {}): Answer =>
  page({
    title: "Ajouter un territoire",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [crumb],
    body: (
      <>
        <Heading title="Ajouter un territoire" />
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/culture/territoires/nouveau">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <Fields values={values} mistakes={mistakes} />
          <button type="submit">Ajouter</button>
        </form>
      </>
    ),
  });

const daysWords = (one: Delegation): string =>
  one.toDay !== null && one.toDay < one.fromDay
    ? "annulée"
    : `depuis le ${shortDay(one.fromDay)}${one.toDay ? ` jusqu’au ${shortDay(one.toDay)}` : ""}`;

type Told = { mistakes?: Mistakes; stale?: boolean };

async function show(at: At<unknown>, territory: Territory, { mistakes, stale }: Told = {}): Promise<Answer> {
  const all = await delegationsOf(at.tx, territory.id);
  const open = all.find(({ toDay }) => toDay === null);
  const values: Values = mistakes ? firstValues(mistakes.typed) : {};
  const said = mistakes?.fields ?? {};
  const base = `/culture/territoires/${territory.id}`;
  return page({
    title: territory.name,
    status: stale ? 409 : mistakes ? 422 : 200,
    crumbs: [crumb],
    ...(stale ? { notice: { kind: "warn", text: "Ce territoire a changé entre-temps\u00a0: le voici." } } : {}),
    body: (
      <>
        <Heading title={territory.name}>
          {open && open.fromDay <= at.tx.today
            ? `Confié à ${open.structure}\u00a0: les structures du territoire voient à qui parler.`
            : "Tenu par la maison."}
        </Heading>
        <ErrorSummary fields={said} />
        <form method="post" action={base}>
          <input type="hidden" name="version" value={String(territory.version)} />
          <Fields
            values={{ nom: territory.name, communes: territory.communes.join("\n"), ...values }}
            mistakes={said}
          />
          <button type="submit">Enregistrer</button>
        </form>
        <h2>Délégations</h2>
        {all.length === 0 ? <p class="empty">Il n’a été confié à personne.</p> : null}
        <ul>
          {all.map((one) => (
            <li key={one.id}>
              <a href={`/structures/${one.structureId}`}>{one.structure}</a>, {daysWords(one)}
              {one.endedWhy ? `\u00a0: ${one.endedWhy}` : ""}
            </li>
          ))}
        </ul>
        {open ? (
          <form method="post" action={`${base}/delegations/${open.id}/fin`}>
            <input type="hidden" name="version" value={String(open.version)} />
            <DateField name="au" label="Dernier jour" value={values.au ?? shortDay(at.tx.today)} error={said.au} />
            <TextField
              name="raison"
              label="Pourquoi"
              value={values.raison}
              error={said.raison}
              maxlength={300}
              required
            />
            <button type="submit" class="second">
              Mettre fin à la délégation
            </button>
          </form>
        ) : (
          <form method="post" action={`${base}/delegations`}>
            <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
            <TextField
              name="structure"
              label="Association"
              hint="Son nom exact, ou son SIRET"
              value={values.structure}
              error={said.structure}
              required
            />
            <DateField name="du" label="À partir du" value={values.du ?? shortDay(at.tx.today)} error={said.du} />
            <button type="submit" class="second">
              Confier le territoire
            </button>
          </form>
        )}
      </>
    ),
  });
}

/** A territory may hold communes where no structure is yet; a slip of the pen looks the same, and is said. */
async function warning(tx: Tx, communes: readonly string[]): Promise<string> {
  const { unknown } = await knownCommunes(tx, communes);
  return unknown.length > 0 ? ` ${unknownWords(unknown)}` : "";
}

export function declareTerritories(routes: Routes): void {
  const { "territory.see": see, "territory.write": write } = territoryRights;
  declareList(routes, territoryList);
  routes.get("/culture/territoires/nouveau", { right: write, trace: { none: "an empty form" } }, (at) => addPage(at));
  routes.post(
    "/culture/territoires/nouveau",
    {
      right: write,
      trace: "territory.added",
      form: AddForm,
      onMistakes: (at, { fields, typed }) => addPage(at, firstValues(typed), fields),
    },
    async (at) => {
      const { key, nom, communes } = at.form;
      if (await addTerritory(at.tx, { id: key, name: nom, communes })) at.about("territory", key);
      else if (await territoryById(at.tx, key)) at.nothingHappened();
      else return addPage(at, firstValues(at.typed), { nom: "Un territoire a déjà ce nom." });
      return redirect(`/culture/territoires/${key}`, `Le territoire est ajouté.${await warning(at.tx, communes)}`);
    },
  );

  const territoryOf = async (at: At<unknown>): Promise<Territory | null> => {
    const id = at.params.territory ?? "";
    return isUuid(id) ? territoryById(at.tx, id) : null;
  };
  const gone = (): Answer => notFound("Ce territoire");
  const onMistakes = async (at: At, mistakes: Mistakes): Promise<Answer> => {
    const territory = await territoryOf(at);
    return territory ? show(at, territory, { mistakes }) : gone();
  };
  const wrong = (at: At<unknown>, territory: Territory, fields: Record<string, string>) =>
    show(at, territory, { mistakes: { fields, typed: at.typed } });

  routes.get("/culture/territoires/:territory", { right: see, trace: "territory.opened" }, async (at) => {
    const territory = await territoryOf(at);
    if (!territory) return gone();
    at.about("territory", territory.id);
    return show(at, territory);
  });
  routes.post(
    "/culture/territoires/:territory",
    { right: write, trace: "territory.changed", form: ChangeForm, onMistakes },
    async (at) => {
      const territory = await territoryOf(at);
      if (!territory) return gone();
      const { version, nom, communes } = at.form;
      const done = await changeTerritory(at.tx, { id: territory.id, name: nom, communes, version });
      if (done === "taken") return wrong(at, territory, { nom: "Un territoire a déjà ce nom." });
      if (done === "stale") return show(at, territory, { stale: true });
      at.about("territory", territory.id);
      return redirect(
        `/culture/territoires/${territory.id}`,
        `Le territoire est enregistré.${await warning(at.tx, communes)}`,
      );
    },
  );
  routes.post(
    "/culture/territoires/:territory/delegations",
    { right: write, trace: "territory.delegated", form: DelegateForm, onMistakes },
    async (at) => {
      const territory = await territoryOf(at);
      if (!territory) return gone();
      const { key, structure: name, du } = at.form;
      const [structure, ...others] = await structuresNamed(at.tx, name);
      if (!structure || others.length > 0)
        return wrong(at, territory, {
          structure: structure
            ? "Plusieurs structures ont ce nom\u00a0: écrivez le SIRET."
            : "Aucune structure n’a ce nom\u00a0: vérifiez-le sur sa fiche.",
        });
      const wish = { id: key, territory: territory.id, structure: structure.id, fromDay: du ?? at.tx.today };
      const done = await delegate(at.tx, wish);
      if (done === "held")
        return wrong(at, territory, { du: "Le territoire est confié à une autre association ce jour-là." });
      if (done === "again") at.nothingHappened();
      else at.about("territory", territory.id, { structure: structure.id, from: du });
      return redirect(`/culture/territoires/${territory.id}`, `Le territoire est confié à ${structure.name}.`);
    },
  );
  routes.post(
    "/culture/territoires/:territory/delegations/:delegation/fin",
    { right: write, trace: "territory-delegation.ended", form: EndForm, onMistakes },
    async (at) => {
      const territory = await territoryOf(at);
      const one = territory && (await delegationsOf(at.tx, territory.id)).find(({ id }) => id === at.params.delegation);
      if (!territory || !one) return gone();
      const { version, au, raison } = at.form;
      const said = au ?? at.tx.today;
      // One that has not begun is called off: its last day is the one before its first.
      const lastDay = one.fromDay > at.tx.today && said < one.fromDay ? addDays(one.fromDay, -1) : said;
      if (one.toDay === lastDay && one.endedWhy === raison) at.nothingHappened();
      else if (lastDay < addDays(one.fromDay, -1))
        return wrong(at, territory, { au: "Ce jour vient avant le premier." });
      else if (!(await endDelegation(at.tx, { id: one.id, version, lastDay, why: raison })))
        return show(at, territory, { stale: true });
      else at.about("territory", territory.id, { structure: one.structureId, lastDay });
      return redirect(`/culture/territoires/${territory.id}`, "La délégation prend fin ; ce qui a été reste écrit.");
    },
  );
}
