// One line of a printed report: as it was printed, what the house says, from which figures, and why it differs.
import { type Answer, page } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { valueText } from "../declared/value.ts";
import type { Covered } from "./coverage.ts";
import { lineHref } from "./href.ts";
import { coverageCrumbs, coverageHref, restriction, whyOf } from "./list.tsx";
import { coverageRights } from "./rights.ts";
import { mostReason } from "./shapes.ts";
import { stateHints, stateWords } from "./words.ts";

export type Told = { mistakes?: Record<string, string>; stale?: boolean };

export function linePage(at: At<unknown>, year: number, line: Covered, told: Told = {}): Answer {
  const mistakes = told.mistakes ?? {};
  const again = told.mistakes !== undefined || told.stale === true;
  const values: Record<string, string> = again
    ? firstValues(at.typed)
    : { chiffre: line.expression ?? "", raison: line.reason };
  const stale =
    "Cette ligne a changé entre-temps\u00a0: voici ce qui la donne maintenant\u00a0; ce que vous aviez écrit est resté dans le formulaire.";
  return page({
    title: `${line.code}\u00a0: ${line.label}`,
    status: told.stale ? 409 : again ? 422 : 200,
    crumbs: [...coverageCrumbs, { href: coverageHref({ year }), label: `Couverture du rapport ${year}` }],
    ...(told.stale ? { notice: { kind: "warn" as const, text: stale } } : {}),
    body: (
      <>
        <Heading title={`${line.code}\u00a0: ${line.label}`}>
          {stateWords[line.state]}
          {"\u00a0"}: {stateHints[line.state]}.
        </Heading>
        <ul class="key-figures">
          <li>
            <strong>{valueText(line.value, line.unit)}</strong> <span>imprimé</span>
          </li>
          <li>
            <strong id="maison">{line.told === null ? "—" : valueText(line.told, line.unit)}</strong>{" "}
            <span>dans la maison</span>
          </li>
        </ul>
        {whyOf(line) ? <p>{whyOf(line)}</p> : null}
        <Facts
          facts={[
            { label: "Chapitre", value: line.page },
            { label: "Répartition", value: restriction(line.by) || "ensemble" },
            { label: "Période", value: line.period },
            { label: "Calcul imprimé", value: line.formula || "aucun" },
            { label: "Ce qui la donne", value: line.expression ?? "rien encore" },
          ]}
        />
        {line.sources.length > 0 ? (
          <DataTable
            caption="Les chiffres derrière cette ligne"
            rows={line.sources}
            rowKey={(_, place) => String(place)}
            columns={[
              {
                key: "figure",
                label: "Chiffre",
                header: true,
                render: (one) => <Link href={one.href}>{one.text}</Link>,
              },
              { key: "value", label: "Valeur", number: true, render: (one) => valueText(one.value) },
            ]}
          />
        ) : null}
        {may(at.scope, coverageRights["coverage.write"]) ? (
          <>
            <h2>Dire ce qui donne cette ligne</h2>
            <ErrorSummary fields={mistakes} />
            <form method="post" action={lineHref(year, line.code)}>
              <input type="hidden" name="version" value={line.version === null ? "" : String(line.version)} />
              <TextField
                name="chiffre"
                label="Chiffre, ou calcul"
                hint="Un chiffre de la maison ou un chiffre déclaré, par son code : gpp.personnes[antenne=gerland; sexe=F]. Un calcul met chacun entre accolades : {a} / {b} * 100. Une autre période s’écrit derrière : @2019."
                value={values.chiffre}
                error={mistakes.chiffre}
                maxlength={1000}
              />
              <TextField
                name="raison"
                label="Pourquoi la maison dit autre chose"
                hint="Une phrase pour qui relit le rapport, si les deux valeurs diffèrent."
                value={values.raison}
                error={mistakes.raison}
                maxlength={mostReason}
                required={false}
              />
              <button type="submit">Enregistrer</button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}
