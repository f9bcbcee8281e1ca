// The rules of seasons: what each side owes, and until when a convention or dues may be missing. Dated data, with its source.
import { z } from "zod";
import { type Answer, page, redirect } from "../../../../core/http/answer.ts";
import { neededField, neededLine, versionField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { shortSideWords } from "../accounts/words.ts";
import { euros } from "../fields.tsx";
import { rights } from "../rights.ts";
import { readAmount } from "../rules.ts";
import { structuresCrumb } from "../sheet/found.tsx";
import { seasonRules } from "./reads.ts";
import { seasonOf, seasonWords } from "./rules.ts";
import { seasonField, seasonOptions, sideField, sideOptions } from "./shapes.ts";
import { setSeasonRule } from "./writes.ts";

export const seasonsCrumb = { href: "/structures/saisons", label: "Saisons" };

const RuleForm = z.object({
  saison: seasonField,
  cote: sideField,
  cotisation: z.string().max(40).default(""),
  regler: neededField(readDay, "Écrivez jusqu’à quel jour la cotisation peut manquer."),
  convention: neededField(readDay, "Écrivez jusqu’à quel jour la convention peut manquer."),
  source: neededLine("Dites d’où vient cette règle : une délibération, une décision.", 200),
  version: versionField,
});

type Told = { values?: Record<string, string>; mistakes?: Record<string, string>; stale?: boolean };

async function show(at: At<unknown>, { values = {}, mistakes = {}, stale }: Told = {}): Promise<Answer> {
  const rules = await seasonRules(at.tx);
  const season = values.saison ?? at.query.saison ?? String(seasonOf(at.tx.today));
  const side = values.cote ?? at.query.cote ?? "social";
  const now = rules.find((rule) => String(rule.season) === season && rule.side === side);
  return page({
    title: "Règles des saisons",
    status: stale ? 409 : Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [structuresCrumb, seasonsCrumb],
    ...(stale
      ? {
          notice: {
            kind: "warn",
            text: "Cette règle a changé entre-temps : elle est dans le tableau, votre saisie est dessous.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title="Règles des saisons">
          Ce que la maison demande à ses partenaires pour une saison, de septembre à août. Les droits de réserver en
          découlent.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <DataTable
          caption="Règles fixées"
          rows={rules}
          rowKey={(rule) => `${rule.season}-${rule.side}`}
          empty={<p>Aucune règle : toute structure partenaire peut réserver.</p>}
          columns={[
            {
              key: "season",
              label: "Saison",
              header: true,
              render: (rule) => (
                <a href={`/structures/saisons/regles?saison=${rule.season}&cote=${rule.side}`}>
                  {seasonWords(rule.season)}, {shortSideWords[rule.side]}
                </a>
              ),
            },
            { key: "dues", label: "Cotisation", render: (rule) => `${euros(rule.duesCents)}\u00a0€` },
            { key: "pay", label: "À régler avant le", render: (rule) => shortDay(rule.payBy) },
            { key: "sign", label: "Convention avant le", render: (rule) => shortDay(rule.conventionBy) },
            { key: "source", label: "Source", render: (rule) => rule.source },
          ]}
        />
        <h2>Fixer une règle</h2>
        <form method="post" action="/structures/saisons/regles">
          <input type="hidden" name="version" value={values.version ?? String(now?.version ?? 0)} />
          <div class="fields">
            <SelectField
              name="saison"
              label="Saison"
              value={season}
              options={seasonOptions(at.tx.today)}
              error={mistakes.saison}
            />
            <SelectField name="cote" label="Côté" value={side} options={sideOptions} error={mistakes.cote} />
            <TextField
              name="cotisation"
              label="Cotisation, en euros"
              hint="0 quand il n’y en a pas"
              inputmode="numeric"
              width="short"
              value={values.cotisation ?? (now ? euros(now.duesCents) : "0")}
              error={mistakes.cotisation}
              required
            />
            <DateField
              name="regler"
              label="À régler avant le"
              value={values.regler ?? (now ? shortDay(now.payBy) : "")}
              error={mistakes.regler}
              required
            />
            <DateField
              name="convention"
              label="Convention avant le"
              value={values.convention ?? (now ? shortDay(now.conventionBy) : "")}
              error={mistakes.convention}
              required
            />
            <TextField
              name="source"
              label="Source"
              hint="Délibération, décision et sa date"
              value={values.source ?? now?.source}
              error={mistakes.source}
              required
            />
          </div>
          <button type="submit">Fixer cette règle</button>
        </form>
      </>
    ),
  });
}

export function declareSeasonRules(routes: Routes): void {
  const right = rights["season.rule"];
  routes.get("/structures/saisons/regles", { right, trace: { none: "rules of the house, no record" } }, (at) =>
    show(at),
  );
  routes.post(
    "/structures/saisons/regles",
    {
      right,
      trace: "season-rule.set",
      form: RuleForm,
      onMistakes: (at, { fields, typed }) => show(at, { values: firstValues(typed), mistakes: fields }),
    },
    async (at) => {
      const { saison, cote, cotisation, regler, convention, source, version } = at.form;
      const amount = readAmount(cotisation === "" ? "0" : cotisation);
      if (!amount.ok)
        return show(at, {
          values: firstValues(at.typed),
          mistakes: { cotisation: `Écrivez un montant${"\u00a0"}: ${amount.reason}.` },
        });
      const rule = {
        season: saison,
        side: cote,
        duesCents: amount.value,
        payBy: regler ?? "",
        conventionBy: convention ?? "",
        source,
      };
      if (!(await setSeasonRule(at.tx, rule, version))) {
        // The same form sent twice changes nothing twice.
        const now = (await seasonRules(at.tx, saison)).find((one) => one.side === cote);
        const { version: _, ...said } = now ?? { ...rule, version: 0 };
        if (JSON.stringify(said) !== JSON.stringify(rule))
          return show(at, { values: { ...firstValues(at.typed), version: String(now?.version ?? 0) }, stale: true });
        at.nothingHappened();
      } else at.about("season", at.scope.house, { season: saison, side: cote, duesCents: amount.value });
      return redirect(`/structures/saisons/regles?saison=${saison}&cote=${cote}`, "La règle est fixée.");
    },
  );
}
