// Referrals as a list: what is late first in sight.
import { sql } from "kysely";
import { between, oneOf } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { Notice } from "../../../../ui/notice.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { nameFilter, nameOf } from "../../people/door.ts";
import { catalogue } from "../catalogue/reads.ts";
import { type ReferralLine, referralColumns, referralTables, stateJoin } from "./reads.ts";
import { programmesSeen, referralRights } from "./rights.ts";
import { isLate } from "./rules.ts";
import { reasonWords, stateWords } from "./words.ts";

export const reasonOf = (reason: string | null): string =>
  reason && Object.hasOwn(reasonWords, reason) ? reasonWords[reason as keyof typeof reasonWords] : "";

/** "refusée le 03/12/2020 : plus de place", with its lateness. */
export function stateOf(referral: ReferralLine, today: string): string {
  const why = referral.reason ? `\u00a0: ${reasonOf(referral.reason)}` : "";
  const late = isLate(referral, today) ? `, en retard depuis le ${shortDay(referral.lateOn)}` : "";
  return `${stateWords[referral.state]} le ${shortDay(referral.stateOn)}${why}${late}`;
}

const lateIs = (today: string) => sql`(last.state IN ('sent', 'received') AND r.late_on < ${today}::date)`;
/** Values of filters that are no identifier. */
const late = "retard";
const outside = "dehors";

export const referralList: List<ReferralLine> = {
  name: "orientations",
  path: "/orientations",
  title: "Orientations",
  words: ["orientation", "orientations"],
  right: referralRights["referral.see"],
  exportRight: referralRights["referral.export"],
  trace: { listed: "referral.listed", exported: "referral.exported" },
  query: (tx, right) => ({
    select: referralColumns,
    from: referralTables,
    countFrom: sql`programmes.referrals r JOIN people.persons p ON p.house_id = r.house_id AND p.id = r.person_id ${sql.raw(stateJoin("r"))}`,
    where: [sql`r.house_id = ${tx.scope.house}`, ...oneOf(sql`r.to_programme_id`, programmesSeen(tx.scope, right))],
    tallies: { late: sql`count(*) FILTER (WHERE ${lateIs(tx.today)})::int` },
  }),
  usual: [{ by: sql`r.sent_on`, down: true }],
  tie: { by: sql`r.id`, down: true },
  person: sql`r.person_id`,
  nameOf: ({ familyName, givenName }) => nameOf({ family_name: familyName, given_name: givenName }),
  filters: [
    {
      kind: "days",
      key: "de",
      label: "Envoyées",
      usual: (today, to) => ({ from: addDays(to ?? today, -365), to: today }),
      where: between(sql`r.sent_on`),
    },
    nameFilter,
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => [
        { value: late, label: "en retard" },
        ...Object.entries(stateWords).map(([value, label]) => ({ value, label })),
      ],
      where: (value, tx) => (value === late ? lateIs(tx.today) : sql`last.state = ${value}`),
    },
    {
      kind: "choice",
      key: "vers",
      label: "Vers",
      all: "tous",
      async options(tx, right) {
        const seen = programmesSeen(tx.scope, right);
        const programmes = (await catalogue(tx)).filter((one) => seen === "all" || seen.includes(one.id));
        return [
          { value: outside, label: "un organisme extérieur" },
          ...programmes.map((one) => ({ value: one.id, label: one.title })),
        ];
      },
      where: (value) => (value === outside ? sql`r.to_programme_id IS NULL` : sql`r.to_programme_id = ${value}::uuid`),
    },
    {
      kind: "choice",
      key: "par",
      label: "Faites par",
      all: "tout le monde",
      options: () => [{ value: "moi", label: "moi" }],
      where: (_, tx) => sql`r.from_account = ${tx.scope.account}::uuid`,
    },
  ],
  columns: [
    {
      key: "qui",
      label: "Qui",
      header: true,
      render: ({ id, familyName, givenName }) => (
        <a href={`/orientations/${id}`}>{nameOf({ family_name: familyName, given_name: givenName })}</a>
      ),
      sort: [sql`p.family_name`, sql`p.given_name`],
    },
    {
      key: "envoyee",
      label: "Envoyée le",
      render: ({ sentOn }) => shortDay(sentOn),
      cell: ({ sentOn }) => ({ day: sentOn }),
      sort: sql`r.sent_on`,
    },
    { key: "fiche", label: "Fiche", cell: ({ personCode }) => personCode },
    { key: "nom", label: "Nom", cell: ({ familyName }) => familyName },
    { key: "prenom", label: "Prénom", cell: ({ givenName }) => givenName },
    {
      key: "par",
      label: "Orientée par",
      render: ({ from }) => from,
      cell: ({ from }) => from,
      sort: sql`coalesce(r.from_name, a.name)`,
    },
    {
      key: "vers",
      label: "Vers",
      render: ({ to }) => to,
      cell: ({ to }) => to,
      sort: sql`coalesce(r.to_name, g.title)`,
    },
    {
      key: "etat",
      label: "État",
      render: (referral, { today }) => stateOf(referral, today),
      cell: ({ state }) => stateWords[state],
      sort: sql`last.state`,
    },
    { key: "depuis", label: "Depuis le", cell: ({ stateOn }) => ({ day: stateOn }) },
    { key: "motif", label: "Motif de refus", cell: ({ reason }) => reasonOf(reason) || null },
    { key: "retard", label: "En retard", cell: (referral, { today }) => isLate(referral, today) },
    { key: "identifiant", label: "Identifiant", cell: ({ id }) => id },
  ],
  tell({ count, tallies: { late: waiting = 0 } }, { values }) {
    const days = `Envoyées du ${shortDay(values.de ?? "")} au ${shortDay(values.a ?? "")}`;
    const more = waiting > 0 ? `, dont ${plural(waiting, "en retard", "en retard")}` : "";
    return `${days}\u00a0: ${plural(count, "orientation", "orientations")}${more}.`;
  },
  action: ({ scope }) =>
    may(scope, referralRights["referral.rule"], { site: null })
      ? { href: "/orientations/delais", label: "Délais de réponse" }
      : null,
  above: (_, { values }, { tallies: { late: waiting = 0 } }) =>
    waiting > 0 && values.etat !== late ? (
      <Notice
        kind="warn"
        text={`${plural(waiting, "orientation attend", "orientations attendent")} une réponse depuis trop longtemps.`}
        action={{ href: `/orientations?etat=${late}`, label: "Voir ce qui est en retard" }}
      />
    ) : null,
  empty: () => (
    <p>Aucune orientation de cette sorte. On oriente une personne depuis sa fiche{"\u00a0"}; la suite se lit ici.</p>
  ),
};
