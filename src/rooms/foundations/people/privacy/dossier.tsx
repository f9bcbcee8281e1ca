// The right of access (GDPR article 15): one file with everything that the house holds on a person, that any browser opens.
import { renderToString } from "preact-render-to-string";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { dayIn } from "../../../../core/time.ts";
import { externalIdsOf, type Person, readersOf, situationsOf } from "../reads.ts";
import { nameOf } from "../rules.ts";
import { journalWords, sexWords, situationWords } from "../words.ts";

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

/** The file as one self-contained HTML document. */
export async function dossierOf(tx: Tx, links: readonly PersonLink[], person: Person): Promise<string> {
  const identity = {
    Nom: person.family_name,
    "Nom de naissance": person.birth_name,
    Prénom: person.given_name,
    Sexe: person.sex ? sexWords[person.sex] : "",
    "Date de naissance": person.birth_date,
    Téléphone: person.phone,
    Courriel: person.email,
    Adresse: [person.address, person.postal_code, person.commune_name].filter(Boolean).join(" "),
    "Code de la fiche": person.code,
    "Autres numéros": (await externalIdsOf(tx, person.id)).map((one) => one.external_id).join(", "),
    "Fiche créée le": person.created_on,
    "Dernier contact": person.last_contact_on,
  };
  const parts: Part[] = [
    { title: "Identité", rows: Object.entries(identity).map(([name, value]) => ({ Donnée: name, Valeur: value })) },
    {
      title: "Situation",
      rows: (await situationsOf(tx, person.id)).map((row) => ({
        Quoi: situationWords[row.kind].label,
        Valeur: situationWords[row.kind].values[row.value] ?? row.value,
        "À partir du": row.from_day,
        "Déclaré depuis": row.since_day,
      })),
    },
  ];
  for (const link of links)
    if (!["external_ids", "situations"].includes(link.table.split(".")[1] ?? ""))
      parts.push({ title: link.label, rows: await link.describe(tx, person.id) });
  parts.push({
    title: "Qui a lu ou modifié cette fiche",
    rows: (await readersOf(tx, person.id, 5000)).map((reader) => ({
      Le: dayIn(tx.scope.zone, reader.at),
      Qui: reader.name ?? "le programme",
      Quoi: (journalWords as Record<string, string>)[reader.act] ?? reader.act,
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
        <p>Remis le {tx.today}, au titre de l’article 15 du RGPD.</p>
        {parts.map((part) => (
          <PartTable key={part.title} {...part} />
        ))}
      </body>
    </html>,
  )}`;
}
