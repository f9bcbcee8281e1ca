// An entry with its funder and its programme, and the rules that say them of many.
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { number, plural, shortDay } from "../../../../ui/words.ts";
import { listProgrammes } from "../../../foundations/programmes/door.ts";
import { rights } from "../rights.ts";
import { sideWords } from "../words.ts";
import { type EntryLine, knownFunders, type Rule, splitRules, unsplit } from "./reads.ts";

const entriesCrumb = { href: "/finances/ecritures", label: "Écritures comptables" };
const euros = (amount: number): string => `${number(amount, 2)}\u00a0€`;

type Fields = Readonly<Record<string, string>>;

/** Whose it is: the same two fields for an entry and for a rule. */
async function Whose(tx: Tx, values: Fields, mistakes: Fields) {
  const funders = await knownFunders(tx);
  const programmes = await listProgrammes(tx);
  return (
    <>
      <TextField
        name="financeur"
        label="Financeur"
        hint={funders.length > 0 ? `Déjà nommés\u00a0: ${funders.slice(0, 12).join(", ")}` : undefined}
        value={values.financeur}
        error={mistakes.financeur}
        maxlength={120}
        required={false}
      />
      <SelectField
        name="dispositif"
        label="Dispositif"
        value={values.dispositif}
        error={mistakes.dispositif}
        options={programmes.map(({ id, label }) => ({ value: id, label }))}
        empty="aucun"
        required={false}
      />
    </>
  );
}

export async function entryPage(
  at: At<unknown>,
  entry: EntryLine,
  told: { mistakes?: Record<string, string>; stale?: boolean } = {},
): Promise<Answer> {
  const again = told.mistakes !== undefined || told.stale === true;
  const mistakes = told.mistakes ?? {};
  const values: Fields = again
    ? firstValues(at.typed)
    : { financeur: entry.funder ?? "", dispositif: entry.programme ?? "" };
  const programme = (await listProgrammes(at.tx)).find(({ id }) => id === entry.programme)?.label ?? "";
  const title = `${entry.account}, ${entry.label || "écriture"}`;
  return page({
    title,
    status: told.stale ? 409 : again ? 422 : 200,
    crumbs: [entriesCrumb],
    ...(told.stale
      ? {
          notice: {
            kind: "warn" as const,
            text: "Cette écriture a changé entre-temps\u00a0: voici ce qu’elle est maintenant\u00a0; ce que vous aviez écrit est resté dans le formulaire.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title={title}>
          {euros(entry.amount)} au {sideWords[entry.side]}, le {shortDay(entry.day)}.
        </Heading>
        <Facts
          facts={[
            { label: "Financeur", value: entry.funder },
            { label: "Dispositif", value: programme || null },
          ]}
        />
        {may(at.scope, rights["entry.split"]) ? (
          <>
            <h2>Dire de qui elle est</h2>
            <ErrorSummary fields={mistakes} />
            <form method="post" action={`/finances/ecritures/${entry.id}`}>
              <input type="hidden" name="version" value={String(entry.version)} />
              {await Whose(at.tx, values, mistakes)}
              <button type="submit">Enregistrer</button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}

export async function rulesPage(at: At<unknown>, mistakes: Record<string, string> = {}): Promise<Answer> {
  const rules = await splitRules(at.tx);
  const left = await unsplit(at.tx);
  const values: Fields = Object.keys(mistakes).length > 0 ? firstValues(at.typed) : {};
  return page({
    title: "Répartition des écritures",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [entriesCrumb],
    body: (
      <>
        <Heading title="Répartition des écritures">
          Un grand livre ne dit ni financeur ni dispositif{"\u00a0"}: ces règles les disent par compte, et par mots du
          libellé. Ce qui est dit à la main reste.
        </Heading>
        <ul>
          <li>
            <a href="/finances/ecritures?reste=financeur">
              {plural(left.income, "écriture de produits", "écritures de produits")}
            </a>{" "}
            sans financeur ({euros(left.incomeSum)})
          </li>
          <li>
            <a href="/finances/ecritures?reste=dispositif">
              {plural(left.spending, "écriture de charges", "écritures de charges")}
            </a>{" "}
            sans dispositif ({euros(left.spendingSum)})
          </li>
        </ul>
        <DataTable
          caption="Règles, de la plus large à la plus précise"
          rows={rules}
          rowKey={(rule) => rule.id}
          empty={
            <p>Aucune règle{"\u00a0"}: la première dit de qui sont les comptes qui commencent par ses chiffres.</p>
          }
          columns={[
            { key: "account", label: "Comptes", header: true, render: (rule: Rule) => `${rule.account}…` },
            { key: "words", label: "Mots du libellé", render: (rule) => rule.words || "tous" },
            { key: "funder", label: "Financeur", render: (rule) => rule.funder ?? "" },
            { key: "programme", label: "Dispositif", render: (rule) => rule.programme ?? "" },
            { key: "entries", label: "Écritures", number: true, render: (rule) => number(rule.entries) },
            {
              key: "remove",
              label: "Retirer",
              render: (rule) => (
                <form method="post" action={`/finances/repartition/${rule.id}/retrait`}>
                  <button type="submit" class="second" aria-label={`Retirer la règle ${rule.account} ${rule.words}`}>
                    Retirer
                  </button>
                </form>
              ),
            },
          ]}
        />
        {rules.length > 0 ? (
          <form method="post" action="/finances/repartition/application">
            <button type="submit">Répartir ce qui reste</button>
          </form>
        ) : null}
        <h2>Ajouter une règle</h2>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/finances/repartition">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <TextField
            name="compte"
            label="Comptes qui commencent par"
            value={values.compte}
            error={mistakes.compte}
            width="short"
            inputmode="numeric"
            maxlength={20}
          />
          <TextField
            name="mots"
            label="Dont le libellé contient"
            value={values.mots}
            error={mistakes.mots}
            maxlength={120}
            required={false}
          />
          {await Whose(at.tx, values, mistakes)}
          <button type="submit">Ajouter cette règle</button>
        </form>
      </>
    ),
  });
}
