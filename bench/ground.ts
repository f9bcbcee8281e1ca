// The bench's ground: people and visits by the hundred thousand, made by PostgreSQL itself in a database of their own. Seeded by
// arithmetic, so that two runs stand on the same ground.
import { createHash } from "node:crypto";
import type pg from "pg";

export type Size = {
  people: number;
  visits: number;
  enrolments: number;
  interviews: number;
  sessions: number;
  /** Dates of the box office's catalogue, of forty places each. */
  dates: number;
};

const families =
  "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefevre Faure Andre Mercier Blanc Guerin Boyer Garnier Chevalier Francois Legrand Gauthier Garcia Perrin Robin Clement Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noel Meyer Dufour Meunier Brun Blanchard Giraud Joly Riviere Lucas Brunet Gaillard Barbier Arnaud Martinez Gerard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoit Rey Leclerc Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carre Charles Renault Charpentier Menard Maillard Baron Bertin Bailly Herve Schneider Fernandez Legall Collet Leger Bouvier Julien Prevost Millet Perrot Daniel Lecornu Traore Diallo Benali Haddad Nguyen Kone Camara Silva Pereira Yilmaz Kaya".split(
    " ",
  );
const givens =
  "Camille Lucas Emma Hugo Lea Louis Manon Jules Chloe Adam Ines Gabriel Jade Arthur Louise Raphael Alice Paul Lina Nathan Rose Ethan Anna Tom Mila Noah Julia Sacha Eva Leo Zoe Malik Sarah Yanis Nora Karim Fatou Moussa Aicha Samir Leila Omar Myriam Idriss Rokia Bilal Salima Amadou Nadia Rachid Sofia Mehdi Yasmine Ibrahim Amina Ousmane Khadija Mamadou Fatima Ali".split(
    " ",
  );

/** The five desks, and the head office, which receives nobody at a desk. */
const sites = ["gerland", "mermoz", "duchere", "pentes", "voltaire", "siege"];

/** The identifier of the row number `i` of a table, as PostgreSQL writes it: ordered in time, as those that the program makes. */
export const rowId = (letter: "p" | "v" | "e" | "i" | "s" | "x" | "o" | "d", i: string): string =>
  `(lpad(to_hex(1300000000000 + ${i} * 1000), 12, '0') || '7' || substr(md5('${letter}' || ${i}), 1, 3) || '8' || substr(md5('${letter}' || ${i}), 4, 15))::uuid`;

/** The same for one row, from 1 on. */
const idOf = (letter: string, i: number): string => {
  const chance = createHash("md5").update(`${letter}${i}`).digest("hex");
  const hex = `${(1_300_000_000_000 + i * 1000).toString(16).padStart(12, "0")}7${chance.slice(0, 3)}8${chance.slice(3, 18)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};
export const personId = (i: number): string => idOf("p", i);
export const structureId = (i: number): string => idOf("x", i);
export const dateId = (i: number): string => idOf("d", i);
export const sessionId = (i: number): string => idOf("s", i);

/**
 * Fills the house `house` with that many people and visits over five sites and ten years, 2011 to 2020. Visits lie in the order of their
 * days, as they were recorded; at any time a third of the people come, about three times a year each, as in the model house.
 */
export async function layGround(client: pg.Client, house: string, size: Size): Promise<void> {
  await client.query("SET synchronous_commit TO off");
  await client.query("SET work_mem TO '128MB'");
  // Every reference is made here and holds: checking a million rows three times would only cost time.
  await client.query("SET session_replication_role TO replica");
  const run = (text: string, values: unknown[] = []) => client.query(text, values);
  await run(
    `INSERT INTO house.sites (house_id, id, code, name, kind, postal_code, commune_name, position)
     SELECT $1, md5('s' || code)::uuid, code, 'Antenne ' || initcap(code), CASE code WHEN 'siege' THEN 'other' ELSE 'antenne' END, '69007', 'Lyon', at FROM unnest($2::text[]) WITH ORDINALITY AS s (code, at)`,
    [house, sites],
  );
  await run(
    `INSERT INTO people.persons (house_id, id, code, sex, family_name, given_name, birth_date, phone, postal_code, commune_name, site_id, created_on, created_at, last_contact_on)
     SELECT $1, ${rowId("p", "i")}, 'B' || lpad(i::text, 7, '0'), CASE WHEN i % 100 < 52 THEN 'F' ELSE 'M' END,
            ($3::text[])[1 + (i * 7919 % cardinality($3::text[]))::int], ($4::text[])[1 + (i * 104729 % cardinality($4::text[]))::int],
            date '1950-01-01' + ((i * 3571) % 19000)::int, '+336' || lpad(((i * 48271) % 100000000)::text, 8, '0'),
            '6900' || (1 + i % 9), 'Lyon', s.ids[1 + (i % 5)::int], date '2011-01-01' + (i % 3650)::int, now(), current_date - 1 - (i % 300)::int
       FROM generate_series(1, $2::bigint) i, (SELECT array_agg(id ORDER BY code) ids FROM house.sites WHERE house_id = $1 AND kind = 'antenne') s`,
    [house, size.people, families, givens],
  );
  await run(
    `INSERT INTO people.situations (house_id, person_id, kind, from_day, value, recorded_at)
     SELECT $1, ${rowId("p", "i")}, k.kind, date '2011-01-01', k.values[1 + ((i * k.step) % cardinality(k.values))::int], now()
       FROM generate_series(1, $2::bigint) i,
            (VALUES ('status', ARRAY['job_seeker','job_seeker','job_seeker','inactive','student','employee'], 13), ('neighbourhood', ARRAY['qpv','none','none'], 17),
                    ('rsa', ARRAY['no','no','no','yes'], 19)) k (kind, values, step)`,
    [house, size.people],
  );
  await run(
    `INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, occurred_at, person_id, reason_id, mode, recorded_at)
     SELECT $1, ${rowId("v", "i")}, s.ids[1 + (CASE WHEN chance % 10 < 9 THEN person % 5 ELSE chance / 10 % 5 END)::int], date '2011-01-01' + ((i - 1) * 3653 / $3::bigint)::int, time '09:00' + (chance / 5 % 480) * interval '1 minute',
            ${rowId("p", "person")}, t.ids[1 + (chance / 31 % cardinality(t.ids))::int], (ARRAY['in_person','in_person','in_person','phone','video'])[1 + (chance / 7 % 5)::int], now()
       FROM (SELECT i, chance, 1 + (i - 1) * $2::bigint * 65 / 100 / $3::bigint + abs(hashint8extended(i, 7) % ($2::bigint * 35 / 100)) AS person
               FROM generate_series(1, $3::bigint) i, LATERAL (SELECT abs(hashint8extended(i, 11) % 1000000007) AS chance) c) v,
            (SELECT array_agg(id ORDER BY code) ids FROM house.sites WHERE house_id = $1 AND kind = 'antenne') s,
            (SELECT array_agg(id ORDER BY position) ids FROM agenda.visit_terms WHERE house_id = $1 AND kind = 'reason') t`,
    [house, size.people, size.visits],
  );
  await run("VACUUM ANALYZE");
  await run("CHECKPOINT");
  await run("RESET ALL");
}

/** What a desk types while it looks for some people: each name letter by letter, then turned round, misspelt; a birth date, a telephone. */
export function searches(people: number): string[] {
  const typed: string[] = [];
  for (let i = 1; i <= people; i++) {
    const family = families[(i * 37) % families.length] ?? "";
    const given = givens[(i * 23) % givens.length] ?? "";
    const two = (n: number): string => String(n).padStart(2, "0");
    for (let length = 2; length <= family.length; length++) typed.push(family.slice(0, length));
    typed.push(`${family} ${given.slice(0, 2)}`, `${family} ${given}`, `${given} ${family}`);
    typed.push(`${family.slice(0, 2)}${family.slice(3)} ${given}`);
    typed.push(`${two(1 + (i % 28))}/${two(1 + (i % 12))}/${1960 + (i % 40)}`, `06 ${10 + i} 34 56 ${10 + i}`);
  }
  return typed;
}

/** A CSV of people as an old tool exports it, for the import's measure. */
export function* peopleCsv(count: number): Generator<string> {
  yield "id;sexe;nom;prenom;date_naissance;adresse;code_postal;commune;qpv;situation;inscrit_depuis;rsa;ass;rqth;niveau_diplome;telephone;courriel;antenne;cree_le\n";
  for (let i = 1; i <= count; i++) {
    const family = families[(i * 31) % families.length];
    const given = givens[(i * 17) % givens.length];
    const two = (n: number): string => String(n).padStart(2, "0");
    const [year, month, day] = new Date(-631_152_000_000 + ((i * 7919) % 19_000) * 86_400_000)
      .toISOString()
      .slice(0, 10)
      .split("-");
    yield `I${String(i).padStart(7, "0")};${i % 2 ? "F" : "M"};${family};${given};${day}/${month}/${year};${i} rue des Tisserands;6900${1 + (i % 9)};Lyon;${i % 3 ? "non" : "oui"};demandeur d'emploi;${two(1 + (i % 28))}/03/2019;non;non;non;${1 + (i % 7)};06${String((i * 7919) % 100000000).padStart(8, "0")};p${i}@exemple.test;gerland;${two(1 + (i % 28))}/01/2020\n`;
  }
}
