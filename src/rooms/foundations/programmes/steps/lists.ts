// What a new house gets: what the law asks of an immersion, the contracts that exist; dated, with their source.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";

const labourCode = (article: string): string => `Code du travail, art. ${article}`;

const contractTypes = [
  { code: "cdi", label: "CDI", from_day: "2000-01-01", source: labourCode("L1221-2") },
  { code: "cdd", label: "CDD", from_day: "2000-01-01", source: labourCode("L1242-1") },
  { code: "cddi", label: "CDDI", from_day: "2009-01-01", source: labourCode("L5132-15-1") },
  {
    code: "cdi-inclusion",
    label: "CDI inclusion",
    from_day: "2020-12-16",
    source: "Loi n° 2020-1577 du 14 décembre 2020",
  },
  { code: "interim", label: "mission d’intérim", from_day: "2000-01-01", source: labourCode("L1251-1") },
  { code: "apprentissage", label: "contrat d’apprentissage", from_day: "2000-01-01", source: labourCode("L6221-1") },
  {
    code: "professionnalisation",
    label: "contrat de professionnalisation",
    from_day: "2004-10-01",
    source: labourCode("L6325-1"),
  },
  { code: "pec", label: "parcours emploi compétences (PEC)", from_day: "2018-01-01", source: labourCode("L5134-19-1") },
  { code: "autre", label: "autre contrat", from_day: "2000-01-01", source: "choix de la maison" },
] as const;

/** Gives the house the dated lists of steps; what it has stays as it is. */
export async function furnishSteps(tx: Tx): Promise<void> {
  await sql`INSERT INTO programmes.immersion_rules (house_id, from_day, most_months, most_renewals, most_conventions, most_days, window_months, source)
    VALUES (${tx.scope.house}, '2015-01-01', 1, 1, 2, 60, 12, 'Code du travail, art. L5135-1 à L5135-8 et D5135-1 à D5135-8') ON CONFLICT DO NOTHING`.execute(
    tx.on(),
  );
  const rows = contractTypes.map((type, at) => ({ ...type, position: type.code === "autre" ? 99 : at + 1 }));
  await sql`INSERT INTO programmes.contract_types (house_id, code, label, position, from_day, source)
    SELECT ${tx.scope.house}, code, label, position, from_day, source
      FROM ${rowset(rows, { code: "text", label: "text", position: "int4", from_day: "date", source: "text" })} ON CONFLICT DO NOTHING`.execute(
    tx.on(),
  );
}
