// What was agreed with funders, one a line: "FSE : du 01/01/2020 au 31/12/2020, 50 000 €"; and what was promised, for the house or for a
// funder: "2020 : 250 personnes", "2020 : 60 sorties_positives pour FSE", or in a fund's own indicators: "2020 : 40 CO01 pour FSE".
import { readDay } from "../../../../core/importing/values.ts";
import { indicators } from "../funding/indicators.ts";
import { regimeOf } from "../funding/regimes.ts";
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

/** Is it promised in a fund's indicator? */
export const isIndicator = (figure: string): boolean =>
  indicators.some(({ code, rule }) => code === figure && rule !== null);

const ofRegime = (figure: string, funder: string): boolean =>
  indicators.some(({ code, regime }) => code === figure && regime === regimeOf(funder)?.code);

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
  const found = /^(\d{1,7}) ([a-z_]+|[A-Z]{2,4}\d\d)(?: pour (.+))?$/.exec(read?.words.join(", ") ?? "");
  const year = Number(read?.label);
  const [, , figure = "", funder] = found ?? [];
  const indicator = isIndicator(figure);
  if (indicator && (funder === undefined || !ofRegime(figure, funder)))
    return {
      ok: false,
      reason: `${figure} se promet au fonds qui le demande, par exemple « 2020 : 40 CO01 pour FSE »`,
    };
  if (!found || !Number.isInteger(year) || year < 1990 || year > 2100 || !(indicator || targetFigures.includes(figure)))
    return {
      ok: false,
      reason: `écrivez l’année, deux points, un nombre et ce qui est compté, par exemple « 2020 : 250 personnes » (${targetFigures.join(", ")})`,
    };
  return { ok: true, value: { year, number: Number(found[1]), figure, funder: funder ?? null } };
}
