// Referrals as a list: filters that combine, what is late first in sight, the same as a file.
import { readInBatches } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { page, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { DateField, SelectField } from "../../../../ui/fields.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { nameOf } from "../../people/door.ts";
import { catalogue } from "../catalogue/reads.ts";
import { countReferrals, type ReferralFilter, type ReferralLine, referralList } from "./reads.ts";
import { programmesSeen, referralRights } from "./rights.ts";
import { isLate } from "./rules.ts";
import { reasonWords, stateWords } from "./words.ts";

const pageSize = 50;

export const reasonOf = (reason: string | null): string =>
  reason && Object.hasOwn(reasonWords, reason) ? reasonWords[reason as keyof typeof reasonWords] : "";

/** "refusée le 03/12/2020 : plus de place", with its lateness. */
export function stateOf(referral: ReferralLine, today: string): string {
  const why = referral.reason ? `\u00a0: ${reasonOf(referral.reason)}` : "";
  const late = isLate(referral, today) ? `, en retard depuis le ${shortDay(referral.lateOn)}` : "";
  return `${stateWords[referral.state]} le ${shortDay(referral.stateOn)}${why}${late}`;
}

function filterOf(at: At<unknown>): { filter: ReferralFilter; mistakes: Record<string, string> } {
  const mistakes: Record<string, string> = {};
  const dayOf = (name: string, usual: string): string => {
    const typed = at.query[name]?.trim() ?? "";
    if (typed === "") return usual;
    const found = readDay(typed);
    if (found.ok) return found.value;
    mistakes[name] = `${found.reason}.`;
    return usual;
  };
  const to = dayOf("a", at.tx.today);
  const from = dayOf("de", addDays(to, -365));
  if (from > to) mistakes.de ??= "Le premier jour vient après le dernier.";
  const asked = at.query.etat ?? "";
  const where = at.query.vers ?? "";
  return {
    filter: {
      from,
      to,
      seen: programmesSeen(at.scope, referralRights["referral.see"]),
      state: Object.hasOwn(stateWords, asked) ? asked : undefined,
      late: asked === "retard" || undefined,
      programme: isUuid(where) ? where : undefined,
      outside: where === "dehors" || undefined,
      sender: at.query.par === "moi" ? (at.scope.account ?? undefined) : undefined,
    },
    mistakes,
  };
}

const exported = (today: string): readonly ListColumn<ReferralLine>[] => [
  { label: "Envoyée le", cell: (referral) => ({ day: referral.sentOn }) },
  { label: "Fiche", cell: (referral) => referral.personCode },
  { label: "Nom", cell: (referral) => referral.familyName },
  { label: "Prénom", cell: (referral) => referral.givenName },
  { label: "Orientée par", cell: (referral) => referral.from },
  { label: "Vers", cell: (referral) => referral.to },
  { label: "État", cell: (referral) => stateWords[referral.state] },
  { label: "Depuis le", cell: (referral) => ({ day: referral.stateOn }) },
  { label: "Motif de refus", cell: (referral) => reasonOf(referral.reason) || null },
  { label: "En retard", cell: (referral) => (isLate(referral, today) ? "oui" : "non") },
  { label: "Identifiant", cell: (referral) => referral.id },
];

export function declareReferralList(routes: Routes): void {
  const right = referralRights["referral.see"];
  routes.get("/orientations", { right, trace: "referral.listed" }, async (at) => {
    const { filter, mistakes } = filterOf(at);
    const number = Math.max(0, Math.min(100_000, Math.trunc(Number(at.query.page ?? "1")) || 1) - 1);
    const cut = { skip: number * pageSize, most: pageSize + 1 };
    const { rows } = await referralList(at.tx, filter, cut).execute(at.tx.on());
    const { count, late } = await countReferrals(at.tx, filter);
    const programmes = (await catalogue(at.tx)).filter(
      (programme) => filter.seen === "all" || filter.seen.includes(programme.id),
    );
    const query = new URLSearchParams({ ...at.query });
    for (const name of ["page", "dit", "sceau"]) query.delete(name);
    const rule = may(at.scope, referralRights["referral.rule"], { site: null });
    return page({
      title: "Orientations",
      status: Object.keys(mistakes).length > 0 ? 422 : 200,
      body: (
        <>
          <Heading
            title="Orientations"
            {...(rule ? { action: { href: "/orientations/delais", label: "Délais de réponse" } } : {})}
          >
            Envoyées du {shortDay(filter.from)} au {shortDay(filter.to)}
            {"\u00a0"}: {plural(count, "orientation", "orientations")}
            {late > 0 ? `, dont ${plural(late, "en retard", "en retard")}` : ""}.
          </Heading>
          {late > 0 && !filter.late ? (
            <Notice
              kind="warn"
              text={`${plural(late, "orientation attend", "orientations attendent")} une réponse depuis trop longtemps.`}
              action={{ href: "/orientations?etat=retard", label: "Voir ce qui est en retard" }}
            />
          ) : null}
          <form method="get" action="/orientations" class="filters">
            <DateField
              name="de"
              label="Du"
              value={mistakes.de ? at.query.de : shortDay(filter.from)}
              error={mistakes.de}
            />
            <DateField name="a" label="Au" value={mistakes.a ? at.query.a : shortDay(filter.to)} error={mistakes.a} />
            <SelectField
              name="etat"
              label="État"
              empty="tous"
              value={at.query.etat}
              options={[
                { value: "retard", label: "en retard" },
                ...Object.entries(stateWords).map(([value, label]) => ({ value, label })),
              ]}
            />
            <SelectField
              name="vers"
              label="Vers"
              empty="tous"
              value={at.query.vers}
              options={[
                { value: "dehors", label: "un organisme extérieur" },
                ...programmes.map((programme) => ({ value: programme.id, label: programme.title })),
              ]}
            />
            <SelectField
              name="par"
              label="Faites par"
              empty="tout le monde"
              value={at.query.par}
              options={[{ value: "moi", label: "moi" }]}
            />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          {count > 0 && may(at.scope, referralRights["referral.export"]) ? (
            <p class="no-print">
              <ExportLink
                href={`/orientations/export.csv?${query}`}
                count={count}
                words={["cette orientation", "orientation", "orientations"]}
              />
            </p>
          ) : null}
          <DataTable
            caption="Orientations, les dernières d’abord"
            hideCaption
            rows={rows.slice(0, pageSize)}
            rowKey={(referral) => referral.id}
            empty={
              <p>
                Aucune orientation de cette sorte. On oriente une personne depuis sa fiche{"\u00a0"}; la suite se lit
                ici.
              </p>
            }
            columns={[
              {
                key: "who",
                label: "Qui",
                header: true,
                render: (referral) => (
                  <a href={`/orientations/${referral.id}`}>
                    {nameOf({ family_name: referral.familyName, given_name: referral.givenName })}
                  </a>
                ),
              },
              { key: "sent", label: "Envoyée le", render: (referral) => shortDay(referral.sentOn) },
              { key: "from", label: "Par", render: (referral) => referral.from },
              { key: "to", label: "Vers", render: (referral) => referral.to },
              { key: "state", label: "État", render: (referral) => stateOf(referral, at.tx.today) },
            ]}
          />
          <Pager
            count={plural(count, "orientation", "orientations")}
            first={number > 0 ? `/orientations?${query}` : undefined}
            next={
              rows.length > pageSize
                ? `/orientations?${new URLSearchParams([...query, ["page", String(number + 2)]])}`
                : undefined
            }
          />
        </>
      ),
    });
  });

  routes.get(
    "/orientations/export.csv",
    { right: referralRights["referral.export"], trace: "referral.exported" },
    (at) => {
      const { filter, mistakes } = filterOf(at);
      if (Object.keys(mistakes).length > 0) return refusal(422, Object.values(mistakes).join(" "));
      return csvFile(
        `orientations-${filter.from}-${filter.to}`,
        exported(at.tx.today),
        readInBatches<ReferralLine>(at.tx, { compile: () => referralList(at.tx, filter).compile(at.tx.on()) }),
      );
    },
  );
}
