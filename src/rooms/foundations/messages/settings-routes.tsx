// Pauses, quiet hours, how long texts are kept, what short messages cost: each dated, with its source and who said it.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../core/http/answer.ts";
import type { At, Routes } from "../../../core/http/route.ts";
import { isUuid } from "../../../core/ids.ts";
import { oneLine, readDay, readHour } from "../../../core/importing/values.ts";
import { CheckboxField, DateField, ErrorSummary, SelectField, TextField } from "../../../ui/fields.tsx";
import { Heading } from "../../../ui/heading.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { monthName, number, shortDay } from "../../../ui/words.ts";
import { momentIn, purposeOf } from "./list.tsx";
import { messageRules, type Pause, pauses, smsCosts, smsPrices } from "./reads.ts";
import { rights } from "./rights.ts";
import { isPurpose, purposes } from "./words.ts";
import { pause, priceSms, resume, ruleMessages } from "./writes.ts";

const right = rights["message.rule"];

const needed = (sentence: string) =>
  z.string(sentence).transform(oneLine).pipe(z.string().min(1, sentence).max(200, "Au plus 200 signes."));
/** A day, empty for today. */
const dayOrToday = z
  .string()
  .default("")
  .transform((text, context) => {
    if (text.trim() === "") return null;
    const found = readDay(text);
    if (found.ok) return found.value;
    context.addIssue({ code: "custom", message: `${found.reason}.` });
    return z.NEVER;
  });
const hourField = z.string("Écrivez l’heure.").transform((text, context) => {
  const found = readHour(text);
  if (found.ok) return found.value;
  context.addIssue({ code: "custom", message: `${found.reason}.` });
  return z.NEVER;
});

const PauseForm = z.object({
  objet: z
    .string()
    .default("")
    .refine((value) => value === "" || isPurpose(value), "Choisissez dans la liste.")
    .transform((value) => (isPurpose(value) ? value : null)),
  raison: needed("Écrivez pourquoi ces messages sont suspendus."),
});
const RuleForm = z.object({
  du: dayOrToday,
  calme_de: hourField,
  calme_a: hourField,
  dimanche: z
    .string()
    .default("")
    .transform((value) => value === "1"),
  garde: z.coerce
    .number("Écrivez un nombre de mois, de 1 à 60.")
    .int()
    .min(1, "Écrivez un nombre de mois, de 1 à 60.")
    .max(60, "Écrivez un nombre de mois, de 1 à 60."),
  source: needed("Écrivez d’où vient cette règle."),
});
const PriceForm = z.object({
  du_prix: dayOrToday,
  prix: z
    .string("Écrivez le prix en euros, par exemple 0,045.")
    .transform((text) => text.trim().replace(",", "."))
    .refine((text) => /^\d{1,3}(\.\d{1,4})?$/.test(text), "Écrivez le prix en euros, par exemple 0,045.")
    .transform(Number),
  source_prix: needed("Écrivez d’où vient ce prix (contrat, facture)."),
});

type Shown = { values?: Record<string, string>; mistakes?: Readonly<Record<string, string>> };
const typedValues = (at: At<unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(at.typed).map(([name, [value = ""]]) => [name, value]));

function Pauses({ rows, zone, values, mistakes }: Required<Shown> & { rows: readonly Pause[]; zone: string }) {
  return (
    <section>
      <h2>Suspendre</h2>
      <DataTable
        caption="Messages suspendus"
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        empty={<p>Rien n’est suspendu. Un message suspendu attend, et part à la reprise s’il sert encore.</p>}
        columns={[
          {
            key: "what",
            label: "Quoi",
            header: true,
            render: (row) => (row.purpose ? purposeOf(row.purpose) : "tous les messages"),
          },
          { key: "why", label: "Pourquoi", render: (row) => row.reason },
          {
            key: "from",
            label: "Depuis",
            render: (row) => `${momentIn(zone, row.fromAt)}, ${row.fromBy ?? "le programme"}`,
          },
          {
            key: "to",
            label: "Jusqu’au",
            render: (row) =>
              row.endedAt ? (
                `${momentIn(zone, row.endedAt)}, ${row.endedBy ?? "le programme"}`
              ) : (
                <form method="post" action={`/messages/pauses/${row.id}/fin`}>
                  <button type="submit" class="second">
                    Reprendre
                  </button>
                </form>
              ),
          },
        ]}
      />
      <form method="post" action="/messages/pauses" class="filters">
        <SelectField
          name="objet"
          label="Suspendre"
          empty="tous les messages"
          value={values.objet}
          error={mistakes.objet}
          options={Object.entries(purposes).map(([value, label]) => ({ value, label }))}
        />
        <TextField name="raison" label="Pourquoi" value={values.raison} error={mistakes.raison} />
        <button type="submit">Suspendre</button>
      </form>
    </section>
  );
}

async function settingsPage(at: At<unknown>, { values = {}, mistakes = {} }: Shown = {}): Promise<Answer> {
  const { tx } = at;
  const [paused, rules, prices, costs] = [
    await pauses(tx),
    await messageRules(tx),
    await smsPrices(tx),
    await smsCosts(tx),
  ];
  const now = rules.find((rule) => rule.from_day <= tx.today);
  return page({
    title: "Réglages des messages",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [{ href: "/messages", label: "Messages" }],
    body: (
      <>
        <Heading title="Réglages des messages" />
        <ErrorSummary fields={mistakes} />
        <Pauses rows={paused} zone={at.scope.zone} values={values} mistakes={mistakes} />
        <section>
          <h2>Heures calmes et conservation</h2>
          <DataTable
            caption="Heures calmes et conservation, par date"
            hideCaption
            rows={rules}
            rowKey={(rule) => rule.from_day}
            empty={<p>Aucune règle{"\u00a0"}: les messages partent à toute heure, et leurs textes sont gardés.</p>}
            columns={[
              { key: "from", label: "À partir du", header: true, render: (rule) => shortDay(rule.from_day) },
              {
                key: "quiet",
                label: "Rien n’est envoyé aux personnes",
                render: (rule) =>
                  `de ${rule.quiet_from.slice(0, 5)} à ${rule.quiet_to.slice(0, 5)}${rule.quiet_sunday ? ", ni le dimanche" : ""}`,
              },
              {
                key: "keep",
                label: "Texte et adresse gardés",
                render: (rule) => `${rule.keep_months} mois`,
              },
              { key: "source", label: "Source", render: (rule) => rule.source },
            ]}
          />
          <form method="post" action="/messages/regles">
            <div class="fields">
              <DateField
                name="du"
                label="À partir du"
                hint="jj/mm/aaaa ; vide : aujourd’hui"
                value={values.du}
                error={mistakes.du}
              />
              <TextField
                name="calme_de"
                label="Calme de"
                width="short"
                value={values.calme_de ?? now?.quiet_from.slice(0, 5)}
                error={mistakes.calme_de}
              />
              <TextField
                name="calme_a"
                label="à"
                width="short"
                value={values.calme_a ?? now?.quiet_to.slice(0, 5)}
                error={mistakes.calme_a}
              />
              <CheckboxField
                name="dimanche"
                label="Rien le dimanche"
                checked={values.calme_de === undefined ? (now?.quiet_sunday ?? true) : values.dimanche === "1"}
              />
              <TextField
                name="garde"
                label="Mois pendant lesquels texte et adresse sont gardés"
                inputmode="numeric"
                width="short"
                value={values.garde ?? String(now?.keep_months ?? "")}
                error={mistakes.garde}
              />
              <TextField name="source" label="Source" value={values.source} error={mistakes.source} />
            </div>
            <button type="submit" class="second">
              Enregistrer la règle
            </button>
          </form>
        </section>
        <section>
          <h2>Ce que coûtent les SMS</h2>
          <DataTable
            caption="SMS envoyés, par mois"
            rows={costs}
            rowKey={(row) => row.month}
            empty={<p>Aucun SMS n’est encore parti.</p>}
            columns={[
              { key: "month", label: "Mois", header: true, render: (row) => monthName(row.month) },
              { key: "messages", label: "SMS", number: true, render: (row) => number(row.messages) },
              { key: "parts", label: "Parties", number: true, render: (row) => number(row.parts) },
              {
                key: "cost",
                label: "Coût",
                number: true,
                render: (row) => (row.cost === null ? "prix inconnu" : `${number(row.cost, 2)}\u00a0€`),
              },
            ]}
          />
          <DataTable
            caption="Prix d’une partie de SMS"
            rows={prices}
            rowKey={(row) => row.from_day}
            empty={<p>Notez le prix d’une partie de SMS{"\u00a0"}: le coût de chaque mois suivra.</p>}
            columns={[
              { key: "from", label: "À partir du", header: true, render: (row) => shortDay(row.from_day) },
              { key: "price", label: "Prix", number: true, render: (row) => `${number(row.price, 4)}\u00a0€` },
              { key: "source", label: "Source", render: (row) => row.source },
            ]}
          />
          <form method="post" action="/messages/prix" class="filters">
            <DateField
              name="du_prix"
              label="À partir du"
              hint="jj/mm/aaaa ; vide : aujourd’hui"
              value={values.du_prix}
              error={mistakes.du_prix}
            />
            <TextField
              name="prix"
              label="Prix d’une partie, en euros"
              width="short"
              value={values.prix}
              error={mistakes.prix}
            />
            <TextField name="source_prix" label="Source" value={values.source_prix} error={mistakes.source_prix} />
            <button type="submit" class="second">
              Noter le prix
            </button>
          </form>
        </section>
      </>
    ),
  });
}

export function declareSettings(routes: Routes): void {
  const again = (at: At<unknown>, { fields }: { fields: Record<string, string> }) =>
    settingsPage(at, { values: typedValues(at), mistakes: fields });

  routes.get("/messages/reglages", { right, trace: "messages.settings-opened" }, (at) => settingsPage(at));

  routes.post(
    "/messages/pauses",
    { right, trace: "messages.paused", form: PauseForm, onMistakes: again },
    async (at) => {
      const { objet, raison } = at.form;
      if (await pause(at.tx, objet, raison)) at.about("house", at.scope.house, { purpose: objet, reason: raison });
      else at.nothingHappened();
      return redirect("/messages/reglages", "Ces messages sont suspendus.");
    },
  );

  routes.post(
    "/messages/pauses/:pause/fin",
    { right, trace: "messages.resumed", form: z.object({}), onMistakes: () => notFound("Cette suspension") },
    async (at) => {
      const found = (await pauses(at.tx)).find((one) => one.id === at.params.pause && isUuid(one.id));
      if (!found) return notFound("Cette suspension");
      if (await resume(at.tx, found.id)) at.about("pause", found.id, { purpose: found.purpose });
      else at.nothingHappened();
      return redirect("/messages/reglages", "Ces messages partent de nouveau.");
    },
  );

  routes.post("/messages/regles", { right, trace: "messages.ruled", form: RuleForm, onMistakes: again }, async (at) => {
    const { du, calme_de, calme_a, dimanche, garde, source } = at.form;
    const wish = { fromDay: du ?? at.tx.today, quietFrom: calme_de, quietTo: calme_a, quietSunday: dimanche };
    await ruleMessages(at.tx, { ...wish, keepMonths: garde, source });
    at.about("house", at.scope.house, { ...wish, keepMonths: garde });
    return redirect("/messages/reglages", "La règle est enregistrée.");
  });

  routes.post("/messages/prix", { right, trace: "messages.priced", form: PriceForm, onMistakes: again }, async (at) => {
    const { du_prix, prix, source_prix } = at.form;
    await priceSms(at.tx, { fromDay: du_prix ?? at.tx.today, price: prix, source: source_prix });
    at.about("house", at.scope.house, { from: du_prix ?? at.tx.today });
    return redirect("/messages/reglages", "Le prix est noté.");
  });
}
