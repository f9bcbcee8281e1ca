// The bench's ground: people and visits by the hundred thousand, made by PostgreSQL itself in a database of their own. Seeded by
// arithmetic, so that two runs stand on the same ground.
import pg from "pg";

export type Size = { people: number; visits: number };

const families =
  "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefevre Faure Andre Mercier Blanc Guerin Boyer Garnier Chevalier Francois Legrand Gauthier Garcia Perrin Robin Clement Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noel Meyer Dufour Meunier Brun Blanchard Giraud Joly Riviere Lucas Brunet Gaillard Barbier Arnaud Martinez Gerard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoit Rey Leclerc Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carre Charles Renault Charpentier Menard Maillard Baron Bertin Bailly Herve Schneider Fernandez Legall Collet Leger Bouvier Julien Prevost Millet Perrot Daniel Lecornu Traore Diallo Benali Haddad Nguyen Kone Camara Silva Pereira Yilmaz Kaya".split(
    " ",
  );
const givens =
  "Camille Lucas Emma Hugo Lea Louis Manon Jules Chloe Adam Ines Gabriel Jade Arthur Louise Raphael Alice Paul Lina Nathan Rose Ethan Anna Tom Mila Noah Julia Sacha Eva Leo Zoe Malik Sarah Yanis Nora Karim Fatou Moussa Aicha Samir Leila Omar Myriam Idriss Rokia Bilal Salima Amadou Nadia Rachid Sofia Mehdi Yasmine Ibrahim Amina Ousmane Khadija Mamadou Fatima Ali".split(
    " ",
  );

/** Fills the house `house` with that many people and visits over five sites and ten years, 2011 to 2020. */
export async function layGround(facts: pg.ClientConfig, house: string, size: Size): Promise<void> {
  const client = new pg.Client(facts);
  await client.connect();
  await client.query("SET synchronous_commit TO off");
  await client.query("SET work_mem TO '128MB'");
  const run = (text: string, values: unknown[] = []) => client.query(text, values);
  await run(
    `INSERT INTO people.persons (house_id, id, code, sex, family_name, given_name, birth_date, phone, postal_code, commune_name, site_id, created_on, created_at, last_contact_on)
     SELECT $1, md5('p' || i)::uuid, 'B' || lpad(i::text, 7, '0'), CASE WHEN i % 100 < 52 THEN 'F' ELSE 'M' END,
            ($3::text[])[1 + (i * 7919) % cardinality($3::text[])], ($4::text[])[1 + (i * 104729) % cardinality($4::text[])],
            date '1950-01-01' + ((i * 3571) % 19000)::int, '+336' || lpad(((i::bigint * 48271) % 100000000)::text, 8, '0'),
            '6900' || (1 + i % 9), 'Lyon', s.ids[1 + i % 5], date '2011-01-01' + (i % 3650)::int, now(), date '2020-12-31'
       FROM generate_series(1, $2::int) i, (SELECT array_agg(id ORDER BY code) ids FROM house.sites WHERE house_id = $1 AND kind = 'antenne') s`,
    [house, size.people, families, givens],
  );
  await run(
    `INSERT INTO people.situations (house_id, person_id, kind, from_day, value, recorded_at)
     SELECT $1, md5('p' || i)::uuid, k.kind, date '2011-01-01', k.values[1 + (i * k.step) % cardinality(k.values)], now()
       FROM generate_series(1, $2::int) i,
            (VALUES ('status', ARRAY['job_seeker','job_seeker','job_seeker','inactive','student','employee'], 13), ('neighbourhood', ARRAY['qpv','none','none'], 17),
                    ('rsa', ARRAY['no','no','no','yes'], 19)) k (kind, values, step)`,
    [house, size.people],
  );
  await run(
    `INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, occurred_at, person_id, reason_id, mode, recorded_at)
     SELECT $1, md5('v' || i)::uuid, s.ids[1 + (i * 31) % 5], date '2011-01-01' + ((i::bigint * 7907) % 3652)::int, time '09:00' + (i % 480) * interval '1 minute',
            md5('p' || (1 + (i::bigint * 48271) % $2))::uuid, t.ids[1 + i % cardinality(t.ids)], (ARRAY['in_person','in_person','in_person','phone','video'])[1 + i % 5], now()
       FROM generate_series(1, $3::int) i, (SELECT array_agg(id ORDER BY code) ids FROM house.sites WHERE house_id = $1 AND kind = 'antenne') s,
            (SELECT array_agg(id ORDER BY position) ids FROM agenda.visit_terms WHERE house_id = $1 AND kind = 'reason') t`,
    [house, size.people, size.visits],
  );
  await run("VACUUM ANALYZE");
  await client.end();
}

/** A CSV of people as an old tool exports it, for the import's measure. */
export function* peopleCsv(count: number): Generator<string> {
  yield "id;sexe;nom;prenom;date_naissance;adresse;code_postal;commune;qpv;situation;inscrit_depuis;rsa;ass;rqth;niveau_diplome;telephone;courriel;antenne;cree_le\n";
  for (let i = 1; i <= count; i++) {
    const family = families[(i * 31) % families.length];
    const given = givens[(i * 17) % givens.length];
    const two = (n: number): string => String(n).padStart(2, "0");
    yield `I${String(i).padStart(7, "0")};${i % 2 ? "F" : "M"};${family};${given};${two(1 + (i % 28))}/${two(1 + (i % 12))}/${1950 + (i % 52)};${i} rue des Tisserands;6900${1 + (i % 9)};Lyon;${i % 3 ? "non" : "oui"};demandeur d'emploi;${two(1 + (i % 28))}/03/2019;non;non;non;${1 + (i % 7)};06${String((i * 7919) % 100000000).padStart(8, "0")};p${i}@exemple.test;gerland;${two(1 + (i % 28))}/01/2020\n`;
  }
}
