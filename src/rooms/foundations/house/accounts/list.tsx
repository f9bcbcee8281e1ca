// Who may enter the house, with which roles.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { roles } from "../../../../core/rights.ts";
import { dayIn } from "../../../../core/time.ts";
import { plural } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { roleWords } from "../words.ts";
import { rolesOf, secondStepOf, stateOf } from "./pages.tsx";
import { type Account, listAccounts, ofTheTeam } from "./reads.ts";

const states = {
  ouverts: { label: "ouverts", where: sql`a.closed_at IS NULL AND a.password_hash IS NOT NULL` },
  invites: { label: "invités", where: sql`a.closed_at IS NULL AND a.password_hash IS NULL` },
  fermes: { label: "fermés", where: sql`a.closed_at IS NOT NULL` },
} as const;
const isState = (value: string): value is keyof typeof states => value in states;

const secured = sql`(a.totp_secret IS NOT NULL OR EXISTS (SELECT 1 FROM house.passkeys p WHERE p.house_id = a.house_id AND p.account_id = a.id))`;

export const accountsList: List<Account> = {
  name: "comptes",
  path: "/comptes",
  title: "Comptes",
  words: ["compte", "comptes"],
  right: rights["account.manage"],
  trace: { listed: { none: "the list of colleagues who may sign in" }, exported: "account.exported" },
  query: (tx) => ({
    select: sql`a.id`,
    from: sql`house.accounts a`,
    where: [sql`a.house_id = ${tx.scope.house}`, ofTheTeam],
  }),
  usual: [{ by: sql`a.name` }],
  tie: { by: sql`a.id` },
  filters: [
    {
      kind: "text",
      personal: true,
      key: "nom",
      label: "Nom ou adresse",
      where: (value) => holds(sql`a.name || ' ' || a.email`, value),
    },
    {
      kind: "choice",
      key: "role",
      label: "Rôle aujourd’hui",
      all: "tous",
      options: () => roles.map((role) => ({ value: role, label: roleWords[role] })),
      where: (value, tx) =>
        sql`EXISTS (SELECT 1 FROM house.grants g WHERE g.house_id = a.house_id AND g.account_id = a.id AND g.role = ${value} AND g.from_day <= ${tx.today} AND (g.to_day IS NULL OR g.to_day >= ${tx.today}))`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => Object.entries(states).map(([value, { label }]) => ({ value, label })),
      where: (value) => (isState(value) ? states[value].where : null),
    },
    {
      kind: "yes-no",
      key: "seconde",
      label: "Seconde étape",
      all: "peu importe",
      yes: "oui",
      no: "non",
      where: (yes) => (yes ? secured : sql`NOT ${secured}`),
    },
  ],
  columns: [
    {
      key: "nom",
      label: "Nom",
      header: true,
      render: (one) => <a href={`/comptes/${one.id}`}>{one.name}</a>,
      cell: (one) => one.name,
      sort: sql`a.name`,
    },
    {
      key: "adresse",
      label: "Adresse électronique",
      render: (one) => one.email,
      cell: (one) => one.email,
      sort: sql`a.email`,
    },
    {
      key: "roles",
      label: "Rôles aujourd’hui",
      render: (one, { today }) => rolesOf(one, today),
      cell: (one, { today }) => rolesOf(one, today),
    },
    { key: "etat", label: "État", render: stateOf, cell: stateOf },
    { key: "seconde", label: "Seconde étape", render: secondStepOf, cell: secondStepOf },
    {
      key: "cree",
      label: "Créé le",
      cell: (one, { scope }) => ({ day: dayIn(scope.zone, one.created_at) }),
      sort: sql`a.created_at`,
    },
  ],
  async enrich(tx, rows) {
    const known = new Map((await listAccounts(tx)).map((one) => [one.id, one]));
    return rows.flatMap(({ id }) => known.get(id) ?? []);
  },
  tell: ({ count }) =>
    `Qui peut entrer dans la maison, avec quels rôles, de quand à quand. ${plural(count, "compte", "comptes")}.`,
  action: () => ({ href: "/comptes/nouveau", label: "Inviter quelqu’un" }),
  empty: () => <p>Aucun compte ne répond à ce filtre.</p>,
};
