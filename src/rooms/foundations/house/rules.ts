// Decisions of the house, without input or output: facts in, a sentence of refusal (or null) out.
import { addDays } from "../../../core/time.ts";
import type { GrantsTable } from "./tables.ts";

const leastLength = 12;

/** Passwords of twelve signs and more that every list of guesses begins with; compared without case or spaces. */
const common = new Set([
  "motdepasse123",
  "motdepasse1234",
  "motdepasse12345",
  "monmotdepasse",
  "azertyuiop12",
  "azertyuiop123",
  "azertyuiopqs",
  "azertyuiopqsdf",
  "azertyazerty",
  "qwertyuiop12",
  "qwertyuiop123",
  "qwertyuiopas",
  "qwertyqwerty",
  "password1234",
  "password12345",
  "passwordpassword",
  "administrateur",
  "administrator",
  "bonjourbonjour",
  "bonjour12345",
  "bienvenue1234",
  "bienvenue2024",
  "bienvenue2025",
  "bienvenue2026",
  "changezmoi123",
  "jetaimejetaime",
  "loulouloulou",
  "doudoudoudou",
  "marseille1313",
  "lyon69lyon69",
  "iloveyou1234",
  "letmein12345",
  "maisondelemploi",
  "traboule1234",
  "traboule2026",
]);

/** Why a password may not be chosen, or null. Lengths count signs as a reader does (code points). */
export function whyNotPassword(password: string, account: { email: string; name: string }): string | null {
  const plain = password.normalize("NFC").toLowerCase().replace(/\s/g, "");
  if ([...password.normalize("NFC")].length < leastLength)
    return `Choisissez au moins ${leastLength} signes : une phrase courte convient très bien.`;
  if ([...password].length > 200) return "Choisissez un mot de passe de 200 signes au plus.";
  if (plain.includes(account.email.toLowerCase()) || plain === account.name.toLowerCase().replace(/\s/g, ""))
    return "Choisissez autre chose que votre adresse ou votre nom.";
  if (common.has(plain) || new Set(plain).size < 4 || "012345678901234567890123456789".includes(plain))
    return "Ce mot de passe est trop courant : il serait deviné. Choisissez-en un autre.";
  return null;
}

/** True when a role counts on that day; both days included. */
export const holdsOn = (grant: { from_day: string; to_day: string | null }, day: string): boolean =>
  grant.from_day <= day && (grant.to_day === null || grant.to_day >= day);

/**
 * Why a role may not end on `lastDay`, or null. What is past stays as it was; a role given by mistake may end at once, by taking
 * yesterday (or the day before it begins) as its last day.
 */
export function whyNotEndGrant(
  grant: Pick<GrantsTable, "from_day" | "to_day">,
  lastDay: string,
  today: string,
): string | null {
  if (grant.to_day !== null && grant.to_day < today) return "Ce rôle a déjà pris fin.";
  const [, earliest = ""] = [addDays(grant.from_day, -1), addDays(today, -1)].sort();
  if (lastDay < earliest) return "Le dernier jour ne peut pas être avant hier : ce qui a eu lieu reste écrit.";
  return null;
}

/**
 * True when what is about to be removed is all the administration that the house has: nobody could let anybody in any more.
 * `administrators`: who administers the house the day after.
 */
export const isLastAdministrator = (
  administrators: readonly { account: string; grant: string }[],
  removed: { account: string } | { grant: string },
): boolean =>
  administrators.length > 0 &&
  administrators.every((one) => ("grant" in removed ? one.grant === removed.grant : one.account === removed.account));

/** A site's code from its name: "Antenne Gerland" gives "gerland". */
export function codeOfSite(name: string): string {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/^antenne\s+(de\s+|d['’])?/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, 40) || "lieu";
}
