// A structure's sheet: who it is, what it is for the house, whom to call, what was agreed, and what each room knows of it.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import type { StructurePanel } from "../../../../core/room.ts";
import { DateField, ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { number, shortDay } from "../../../../ui/words.ts";
import { euros } from "../fields.tsx";
import { type Part, parts } from "../parts/kinds.ts";
import { partsOf, type Row } from "../parts/writes.ts";
import {
  type Closure,
  childrenOf,
  closureOf,
  externalIdsOf,
  listTerms,
  type Structure,
  structureById,
} from "../reads.ts";
import { rights } from "../rights.ts";
import { isInForce, legalNumberWords } from "../rules.ts";
import { partWords } from "../words.ts";
import { structuresCrumb } from "./found.tsx";

/** « du 01/01/2020 au 31/12/2020 », « depuis le … », « jusqu’au … », or nothing. */
function daysOf({ from_day, to_day }: Pick<Row, "from_day" | "to_day">): string {
  if (from_day && to_day) return `du ${shortDay(from_day)} au ${shortDay(to_day)}`;
  if (from_day) return `depuis le ${shortDay(from_day)}`;
  return to_day ? `jusqu’au ${shortDay(to_day)}` : "";
}

/** What a row says beside its name and its days. */
function detailsOf(part: Part, row: Row): string {
  const text = (column: string): string => (typeof row[column] === "string" ? (row[column] as string) : "");
  const facts: Record<Part["kind"], string[]> = {
    role: [],
    contact: [text("function"), text("phone"), text("email")],
    site: [text("address"), [text("postal_code"), text("commune_name")].filter(Boolean).join(" "), text("phone")],
    convention: [
      text("signed_on") ? `signée le ${shortDay(text("signed_on"))}` : "",
      text("renew_by") ? `à renouveler avant le ${shortDay(text("renew_by"))}` : "",
      typeof row.amount_cents === "number" ? `${euros(row.amount_cents)} €` : "",
    ],
  };
  return facts[part.kind].filter(Boolean).join(", ");
}

function PartSection({
  at,
  part,
  rows,
  structure,
}: {
  at: At<unknown>;
  part: Part;
  rows: readonly Row[];
  structure: Structure;
}) {
  const { path, title, add, empty, feminine } = partWords[part.kind];
  const base = `/structures/${structure.id}/${path}`;
  const state = (row: Row): string => {
    if (row.withdrawn !== null) return `${feminine ? "retirée" : "retiré"} : ${row.withdrawn}`;
    return isInForce(row, at.tx.today) || (row.from_day ?? "") > at.tx.today ? "" : feminine ? "terminée" : "terminé";
  };
  return (
    <>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <ul class="results">
          {rows.map((row) => (
            <li key={row.id}>
              <a class="row" href={`${base}/${row.id}`}>
                <span class={row.withdrawn === null ? undefined : "withdrawn"}>
                  <strong>{row.name}</strong> {detailsOf(part, row)}
                </span>{" "}
                <small>{[daysOf(row), state(row)].filter(Boolean).join(" · ")}</small>
              </a>
            </li>
          ))}
        </ul>
      )}
      {may(at.scope, part.write) ? (
        <p class="no-print">
          <a href={`${base}/nouveau`}>{add}</a>
        </p>
      ) : null}
    </>
  );
}

type Told = { mistakes?: Readonly<Record<string, string>>; values?: Readonly<Record<string, string>>; status?: number };

function ClosureSection({
  at,
  structure,
  closure,
  told,
}: {
  at: At<unknown>;
  structure: Structure;
  closure: Closure | null;
  told: Told;
}) {
  const { mistakes = {}, values = {} } = told;
  return (
    <>
      <h2>Fermeture</h2>
      {closure ? (
        <form method="post" action={`/structures/${structure.id}/reouverture`}>
          <p>
            Fermée à partir du {shortDay(closure.closed_on)}
            {"\u00a0"}: {closure.reason}
          </p>
          <button type="submit" class="second">
            Rouvrir la structure
          </button>
        </form>
      ) : (
        <form method="post" action={`/structures/${structure.id}/fermeture`}>
          <p>
            Quand la maison ne travaille plus avec elle. Sa fiche reste, son passé compte toujours{"\u00a0"}; elle peut
            être rouverte.
          </p>
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <DateField
            name="jour"
            label="À partir du"
            value={values.jour ?? shortDay(at.tx.today)}
            error={mistakes.jour}
          />
          <TextField name="raison" label="Pourquoi" value={values.raison} error={mistakes.raison} required />
          <button type="submit" class="second">
            Fermer la structure
          </button>
        </form>
      )}
    </>
  );
}

export async function sheetPage(
  at: At<unknown>,
  structure: Structure,
  panels: readonly StructurePanel[],
  told: Told = {},
): Promise<Answer> {
  const { tx, scope } = at;
  const seen = parts.filter((part) => may(scope, part.see));
  const shown = panels.filter((panel) => may(scope, panel.right)).sort((one, other) => one.order - other.order);
  const [closure, children, external, terms, parent, bodies, ...rows] = await Promise.all([
    closureOf(tx, structure.id),
    childrenOf(tx, structure.id),
    externalIdsOf(tx, structure.id),
    listTerms(tx),
    structure.parent_id ? structureById(tx, structure.parent_id) : null,
    Promise.all(shown.map((panel) => panel.panel(tx, structure.id))),
    ...seen.map((part) => partsOf(tx, part, structure.id)),
  ]);
  const writes = may(scope, rights["structure.write"]);
  const section = (part: Part, at_: number) => (
    <PartSection key={part.kind} at={at} part={part} rows={rows[at_] ?? []} structure={structure} />
  );
  const legal = structure.siret ?? structure.siren;
  const place = [structure.postal_code, structure.commune_name].filter(Boolean).join(" ");
  return page({
    title: structure.name,
    status: told.status ?? 200,
    crumbs: [structuresCrumb],
    body: (
      <>
        <Heading
          title={structure.name}
          {...(writes ? { action: { href: `/structures/${structure.id}/modifier`, label: "Modifier", key: "m" } } : {})}
        >
          {[terms.find((term) => term.id === structure.type_id)?.label, structure.commune_name]
            .filter(Boolean)
            .join(" · ")}
        </Heading>
        <ErrorSummary fields={told.mistakes ?? {}} />
        {closure ? (
          <p class="notice notice-info">
            <strong>Structure fermée</strong> à partir du {shortDay(closure.closed_on)}
            {"\u00a0"}: {closure.reason}
          </p>
        ) : null}
        <div class="columns">
          <section aria-label="Identité">
            <h2>Identité</h2>
            <Facts
              facts={[
                ...(structure.aliases.length > 0
                  ? [{ label: "Autres noms", value: structure.aliases.join(", ") }]
                  : []),
                {
                  label: structure.siret || !legal ? "SIRET" : "SIREN",
                  value: legal
                    ? legalNumberWords(legal)
                    : structure.siret_to_check
                      ? `à vérifier : « ${structure.siret_to_check} » n’en est pas un`
                      : null,
                },
                { label: "Adresse", value: [structure.address, place].filter(Boolean).join(", ") || null },
                ...(structure.commune_code
                  ? [{ label: "Code officiel de la commune", value: structure.commune_code }]
                  : []),
                {
                  label: "Téléphone",
                  value: structure.phone ? <a href={`tel:${structure.phone}`}>{structure.phone}</a> : null,
                },
                { label: "Courriel", value: structure.email },
                {
                  label: "Site web",
                  value: structure.website ? <Link href={structure.website}>{structure.website}</Link> : null,
                },
                { label: "Effectif", value: structure.workforce === null ? null : number(structure.workforce) },
                ...(structure.founded_on ? [{ label: "Créée le", value: shortDay(structure.founded_on) }] : []),
                ...(structure.turnover === null
                  ? []
                  : [{ label: "Chiffre d’affaires annuel", value: `${number(structure.turnover)} €` }]),
                ...(structure.balance_total === null
                  ? []
                  : [{ label: "Total du bilan", value: `${number(structure.balance_total)} €` }]),
                { label: "Secteur d’activité", value: structure.sector },
                ...(parent
                  ? [{ label: "Structure mère", value: <a href={`/structures/${parent.id}`}>{parent.name}</a> }]
                  : []),
                ...(children.length > 0
                  ? [
                      {
                        label: "Structures qui en dépendent",
                        value: (
                          <ul>
                            {children.map((child) => (
                              <li key={child.id}>
                                <a href={`/structures/${child.id}`}>{child.name}</a>
                              </li>
                            ))}
                          </ul>
                        ),
                      },
                    ]
                  : []),
                ...(external.length > 0 ? [{ label: "Anciens numéros", value: external.join(", ") }] : []),
                ...(structure.note ? [{ label: "Note", value: structure.note }] : []),
              ]}
            />
            {may(scope, rights["partner-account.manage"]) && !structure.merged_into ? (
              <p class="no-print">
                <a href={`/structures/${structure.id}/comptes`}>Comptes de la structure</a> ·{" "}
                <a href={`/structures/${structure.id}/saisons`}>Saisons, cotisations, droit de réserver</a>
              </p>
            ) : null}
            {bodies}
          </section>
          <section aria-label="Relations avec la maison">
            {seen.map(section)}
            {writes ? <ClosureSection at={at} structure={structure} closure={closure} told={told} /> : null}
          </section>
        </div>
      </>
    ),
  });
}
