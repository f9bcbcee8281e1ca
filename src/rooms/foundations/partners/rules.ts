// Decisions about structures, without input or output.
import { validate as validateSiren } from "stdnum/lib/cjs/fr/siren.js";
import { validate as validateSiret } from "stdnum/lib/cjs/fr/siret.js";
import { oneLine, type Read } from "../../../core/importing/values.ts";

/** A number of the Sirene register: a SIRET holds its SIREN. */
export type LegalNumber = { siret: string | null; siren: string | null };

/**
 * A SIRET (14 digits) or a SIREN (9), with or without spaces. The last digit is checked (Luhn; establishments of La Poste, SIREN
 * 356 000 000, by the sum of their digits: INSEE's rule).
 */
export function readLegalNumber(text: string): Read<LegalNumber> {
  const digits = text.replace(/[\s\u00A0\u202F.-]/g, "");
  const shown = oneLine(text).slice(0, 40);
  if (!/^\d+$/.test(digits) || (digits.length !== 14 && digits.length !== 9))
    return {
      ok: false,
      reason: `« ${shown} » n’est ni un SIRET (14 chiffres) ni un SIREN (9 chiffres)`,
    };
  const siret = digits.length === 14;
  if (!(siret ? validateSiret(digits) : validateSiren(digits)).isValid)
    return {
      ok: false,
      reason: `le ${siret ? "SIRET" : "SIREN"} « ${shown} » est faux : son dernier chiffre ne correspond pas aux autres`,
    };
  return { ok: true, value: { siret: siret ? digits : null, siren: digits.slice(0, 9) } };
}

/** 94009506061041 -> "940 095 060 61041", 356000000 -> "356 000 000": as the register prints them. */
export const legalNumberWords = (number: string): string =>
  `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6, 9)}${number.length > 9 ? ` ${number.slice(9)}` : ""}`;

/** A web address; one that is typed without its beginning gets it. Only http and https. */
export function readWebsite(text: string): Read<string> {
  const clean = oneLine(text);
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(clean) ? clean : `https://${clean}`;
  const url = URL.parse(whole);
  const good = url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes(".") && whole.length <= 2000;
  return good
    ? { ok: true, value: url.href }
    : { ok: false, reason: `« ${clean.slice(0, 60)} » n’est pas une adresse web` };
}

/** "1 250" -> 1250; a whole number of people. */
export function readWorkforce(text: string): Read<number> {
  const digits = oneLine(text).replace(/[\s\u202F]/g, "");
  return /^\d{1,7}$/.test(digits)
    ? { ok: true, value: Number(digits) }
    : { ok: false, reason: `« ${oneLine(text).slice(0, 40)} » n’est pas un effectif (un nombre entier)` };
}

/** "2 500 000 €" -> 2500000; whole euros. */
export function readEuros(text: string): Read<number> {
  const digits = oneLine(text).replace(/[\s\u202F€]/g, "");
  return /^\d{1,12}$/.test(digits)
    ? { ok: true, value: Number(digits) }
    : { ok: false, reason: `« ${oneLine(text).slice(0, 40)} » n’est pas un montant en euros, sans centimes` };
}

/** "12 500,50 €" -> 1250050 cents. */
export function readAmount(text: string): Read<number> {
  const clean = oneLine(text).replace(/[\s\u202F€]/g, "");
  const found = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(clean);
  return found
    ? { ok: true, value: Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) }
    : { ok: false, reason: `« ${oneLine(text).slice(0, 40)} » n’est pas un montant en euros` };
}

/** Is a row with these days true of that day? A day that is not known bounds nothing. */
export const isInForce = (row: { from_day: string | null; to_day: string | null }, day: string): boolean =>
  (row.from_day ?? day) <= day && (row.to_day ?? day) >= day;

/** Two rows of which one day at least is common. */
export const overlap = (
  one: { from_day: string | null; to_day: string | null },
  other: { from_day: string | null; to_day: string | null },
): boolean =>
  (one.from_day ?? "") <= (other.to_day ?? "9999-12-31") && (other.from_day ?? "") <= (one.to_day ?? "9999-12-31");
