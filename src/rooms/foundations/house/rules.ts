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

type GrantFacts = Pick<GrantsTable, "id" | "account_id" | "role" | "site_id" | "programme_id" | "from_day" | "to_day">;

/**
 * Why a role may not end on `lastDay`, or null. What is past stays as it was; a role given by mistake may end at once, by taking
 * yesterday (or the day before it begins) as its last day.
 */
export function whyNotEndGrant(
  grant: GrantFacts,
  lastDay: string,
  facts: { today: string; self: string | null; all: readonly GrantFacts[] },
): string | null {
  if (grant.to_day !== null && grant.to_day < facts.today) return "Ce rôle a déjà pris fin.";
  const [, earliest = ""] = [addDays(grant.from_day, -1), addDays(facts.today, -1)].sort();
  if (lastDay < earliest) return "Le dernier jour ne peut pas être avant hier : ce qui a eu lieu reste écrit.";
  if (grant.role === "administrator" && grant.account_id === facts.self) {
    const others = facts.all.filter(
      (one) =>
        one.id !== grant.id &&
        one.account_id === grant.account_id &&
        one.role === "administrator" &&
        one.site_id === null &&
        one.programme_id === null &&
        one.to_day === null &&
        one.from_day <= facts.today,
    );
    if (others.length === 0)
      return "Vous ne pouvez pas mettre fin à votre propre rôle d’administration : demandez-le à une autre personne qui l’a.";
  }
  return null;
}

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
