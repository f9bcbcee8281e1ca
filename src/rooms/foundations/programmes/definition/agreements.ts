// What was agreed with funders, one a line: "FSE : du 01/01/2020 au 31/12/2020, 50 000 €"; and what was promised, for the house or for a
// funder: "2020 : 250 personnes", "2020 : 60 sorties_positives pour FSE".
import { readDay } from "../../../../core/importing/values.ts";
import { type Line, labelled } from "./lines.ts";

export type AgreementLine = { funder: string; from: string; to: string; cents: number | null };
export type TargetLine = { year: number; number: number; figure: string; funder: string | null };

const french = (day: string): string => day.split("-").reverse().join("/");
/** Figures of a programme of which a number can be promised: what follows the dot in their codes. */
export const targetFigures = [
  "personnes",
  "accompagnes",
  "sorties",
  "sorties_positives",
  "entretiens",
  "sessions",
  "participations",
];

export const agreementText = ({ funder, from, to, cents }: AgreementLine): string =>
  `${funder} : du ${french(from)} au ${french(to)}${cents === null ? "" : `, ${(cents / 100).toFixed(2).replace(/\.00$/, "").replace(".", ",")} €`}`;

export function readAgreement(line: string): Line<AgreementLine> {
  const found = /^(.+?) : du (\S+) au ([^\s,]+)(?:, ([\d\s\u00a0\u202f.,]+) ?€)?$/.exec(line);
  const from = readDay(found?.[2] ?? "");
  const to = readDay(found?.[3] ?? "");
  if (!found?.[1] || !from.ok || !to.ok || from.value > to.value)
    return { ok: false, reason: "écrivez par exemple « FSE : du 01/01/2020 au 31/12/2020, 50 000 € »" };
  const amount = found[4]?.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  const cents = amount === undefined ? null : Math.round(Number(amount) * 100);
  if (cents !== null && !Number.isSafeInteger(cents)) return { ok: false, reason: "le montant est illisible" };
  return { ok: true, value: { funder: found[1], from: from.value, to: to.value, cents } };
}

export const targetText = ({ year, number, figure, funder }: TargetLine): string =>
  `${year} : ${number} ${figure}${funder === null ? "" : ` pour ${funder}`}`;

export function readTarget(line: string): Line<TargetLine> {
  const read = labelled(line);
  const found = /^(\d{1,7}) ([a-z_]+)(?: pour (.+))?$/.exec(read?.words.join(", ") ?? "");
  const year = Number(read?.label);
  if (!found || !Number.isInteger(year) || year < 1990 || year > 2100 || !targetFigures.includes(found[2] ?? ""))
    return {
      ok: false,
      reason: `écrivez l’année, deux points, un nombre et ce qui est compté, par exemple « 2020 : 250 personnes » (${targetFigures.join(", ")})`,
    };
  return { ok: true, value: { year, number: Number(found[1]), figure: found[2] ?? "", funder: found[3] ?? null } };
}
