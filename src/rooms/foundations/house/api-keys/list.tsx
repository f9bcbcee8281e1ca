// The keys of programs: never the key, only who it is for and until when it opens.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List, Sql } from "../../../../core/lists/list.ts";
import { dayIn } from "../../../../core/time.ts";
import { plural } from "../../../../ui/words.ts";
import { Hidden, PostForm, Submit } from "../parts.tsx";
import { rights } from "../rights.ts";
import { listSites } from "../sites/reads.ts";
import { roleWords } from "../words.ts";
import { NewKeyForm, stateOf } from "./pages.tsx";
import type { ApiKey } from "./reads.ts";

type KeyRow = ApiKey & { site: string | null };

const open = (today: string): Sql =>
  sql`(k.revoked_at IS NULL AND k.from_day <= ${today} AND (k.to_day IS NULL OR k.to_day >= ${today}))`;
const placeOf = ({ site }: KeyRow): string => site ?? "toute la maison";

export const keysList: List<KeyRow> = {
  name: "cles",
  path: "/cles",
  title: "Clés des autres logiciels",
  words: ["clé", "clés"],
  right: rights["api-key.manage"],
  trace: { listed: { none: "the list of programs, without their keys" }, exported: "api-key.exported" },
  query: (tx) => ({
    select: sql`k.id, k.name, k.role, k.site_id, k.from_day, k.to_day, k.created_at, k.created_by, k.revoked_at, s.name AS site`,
    from: sql`house.api_keys k LEFT JOIN house.sites s ON s.house_id = k.house_id AND s.id = k.site_id`,
    where: [sql`k.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`k.created_at`, down: true }],
  tie: { by: sql`k.id`, down: true },
  filters: [
    { kind: "text", key: "nom", label: "Nom", where: (value) => holds(sql`k.name`, value) },
    {
      kind: "yes-no",
      key: "ouverte",
      label: "Durée",
      all: "toutes",
      yes: "ouvertes aujourd’hui",
      no: "révoquées, finies ou à venir",
      where: (yes, { today }) => (yes ? open(today) : sql`NOT ${open(today)}`),
    },
  ],
  columns: [
    { key: "nom", label: "Nom", header: true, render: (key) => key.name, cell: (key) => key.name, sort: sql`k.name` },
    { key: "role", label: "Rôle", render: (key) => roleWords[key.role], cell: (key) => roleWords[key.role] },
    { key: "pour", label: "Pour", render: placeOf, cell: placeOf, sort: sql`s.name`, nulls: "first" },
    {
      key: "duree",
      label: "Durée",
      render: (key, { today, scope }) => stateOf(key, today, scope.zone),
      cell: (key, { today, scope }) => stateOf(key, today, scope.zone),
    },
    {
      key: "creee",
      label: "Créée le",
      cell: (key, { scope }) => ({ day: dayIn(scope.zone, key.created_at) }),
      sort: sql`k.created_at`,
    },
    {
      key: "action",
      label: "Action",
      render: (key) =>
        key.revoked_at ? null : (
          <PostForm action="/cles/revocation" inline>
            <Hidden name="id" value={key.id} />
            <Submit look="danger">Révoquer</Submit>
          </PostForm>
        ),
    },
  ],
  tell: ({ count }) =>
    `Une clé laisse un autre logiciel lire ou écrire ici, avec un rôle et des dates. ${plural(count, "clé", "clés")}.`,
  below: async (at) => <NewKeyForm sites={await listSites(at.tx)} today={at.tx.today} itemKey={at.tx.ids.uuid()} />,
  empty: () => (
    <p>
      Aucune clé{"\u00a0"}: aucun autre logiciel ne lit ni n’écrit ici. Créez-en une ci-dessous si l’un d’eux le doit.
    </p>
  ),
};
