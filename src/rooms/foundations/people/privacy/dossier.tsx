// The right of access (GDPR article 15): one file with everything that the house holds on a person, that any browser opens.
import { sql } from "kysely";
import { renderToString } from "preact-render-to-string";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { dayIn } from "../../../../core/time.ts";
import { shortDay } from "../../../../ui/words.ts";
import { listSites } from "../../house/door.ts";
import { type Person, personById, readersOf, withAbsorbed } from "../reads.ts";
import { nameOf } from "../rules.ts";
import { actOf, sexWords, type Words, whoOf } from "../words.ts";

type Part = { title: string; rows: readonly Record<string, unknown>[] };

// The file leaves the house: its style goes with it.
const style =
  "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;border-bottom:1px solid #ccc;padding:.3rem .6rem .3rem 0}";

function PartTable({ title, rows }: Part) {
  const columns = Object.keys(rows[0] ?? {});
  if (rows.length === 0) return null;
  return (
    <>
      <h2>
        {title} ({rows.length})
      </h2>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={`${title}-${at}`}>
              {columns.map((column) => (
                <td key={column}>{String(row[column] ?? "")}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const identityOf = (person: Person) => ({
  Nom: person.family_name,
  "Nom de naissance": person.birth_name,
  Prénom: person.given_name,
  Sexe: person.sex ? sexWords[person.sex] : "",
  "Date de naissance": person.birth_date,
  Téléphone: person.phone,
  Courriel: person.email,
  Adresse: [person.address, person.postal_code, person.commune_name].filter(Boolean).join(" "),
  "Code officiel de la commune": person.commune_code,
  "Code de la fiche": person.code,
  "Fiche créée le": person.created_on,
  "Dernier contact": person.last_contact_on,
});

/** What the person's file held before an import or a merge wrote another value in it. */
async function olderValues(tx: Tx, ids: readonly string[]): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ how: string; at: Date; before: Record<string, unknown> }>`
    SELECT 'import' AS how, i.at, c.before FROM core.import_changes c JOIN core.imports i ON i.house_id = c.house_id AND i.id = c.import_id
     WHERE c.house_id = ${tx.scope.house} AND c.target = 'people.persons' AND c.record_id = ANY(${[...ids]}::uuid[]) AND c.before IS NOT NULL
    UNION ALL SELECT 'fusion', m.merged_at, m.kept_before FROM people.merges m WHERE m.house_id = ${tx.scope.house} AND m.kept_id = ANY(${[...ids]}::uuid[])
    ORDER BY 2`.execute(tx.on());
  return rows.map((row) => ({
    "Avant une": row.how,
    Le: dayIn(tx.scope.zone, row.at),
    Valeurs: Object.entries(row.before)
      .filter(
        ([name, value]) =>
          value !== null && value !== "" && !name.endsWith("@") && !["site_id", "twins"].includes(name),
      )
      .map(([name, value]) => `${name} : ${String(value)}`)
      .join(" ; "),
  }));
}

/** The file as one self-contained HTML document: the person's file, and those that were merged into it. */
export async function dossierOf(tx: Tx, links: readonly PersonLink[], words: Words, person: Person): Promise<string> {
  const ids = await withAbsorbed(tx, [person.id]);
  const sites = await listSites(tx);
  const parts: Part[] = [];
  for (const id of ids) {
    const one = id === person.id ? person : await personById(tx, id);
    if (!one) continue;
    const behind = id === person.id ? "" : `, fiche ${one.code} qui a rejoint celle-ci`;
    const identity = { ...identityOf(one), Antenne: sites.find((site) => site.id === one.site_id)?.name };
    parts.push({
      title: `Identité${behind}`,
      rows: Object.entries(identity).map(([name, value]) => ({ Donnée: name, Valeur: value })),
    });
    for (const link of links)
      parts.push({
        title: `${link.label.charAt(0).toLocaleUpperCase("fr")}${link.label.slice(1)}${behind}`,
        rows: await link.describe(tx, id),
      });
  }
  parts.push({ title: "Valeurs d’avant un import ou une fusion", rows: await olderValues(tx, ids) });
  parts.push({
    title: "Qui a lu ou modifié cette fiche",
    rows: (await readersOf(tx, person.id, 5000)).map((reader) => ({
      Le: dayIn(tx.scope.zone, reader.at),
      Qui: whoOf(reader),
      Quoi: actOf(words, reader),
    })),
  });
  return `<!doctype html>${renderToString(
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <title>{`Dossier de ${nameOf(person)}`}</title>
        <style>{style}</style>
      </head>
      <body>
        <h1>
          {nameOf(person)} : tout ce que {tx.scope.houseName} garde
        </h1>
        <p>Remis le {shortDay(tx.today)}, au titre de l’article 15 du RGPD (droit d’accès).</p>
        {parts.map((part) => (
          <PartTable key={part.title} {...part} />
        ))}
      </body>
    </html>,
  )}`;
}
