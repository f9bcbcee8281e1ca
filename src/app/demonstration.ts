// The demonstration house: a house, its people's accounts, and one year of records read by the same importer as anyone's.
import { join } from "node:path";
import { inTransaction } from "../core/db/transaction.ts";
import type { Role } from "../core/rights.ts";
import { projectRoot } from "../core/root.ts";
import { addSiteAlias, createAccount, createHouse, listSites } from "../rooms/foundations/house/door.ts";
import { houseScope, listHouses } from "./commands/house-scope.ts";
import { furnishHouse } from "./furnish.ts";
import { importCommand } from "./imports/command.ts";
import { type Opened, refreshStatistics } from "./opening.ts";
import { Refused } from "./refused.ts";
import { importKinds } from "./rooms.ts";

export const demoCode = "demo";
export const demoPassword = "traboule-les-pentes";

/** The invented people of the demonstration house. The password is the same for all and known to everybody. */
export const demoAccounts: readonly { email: string; name: string; role: Role; site?: string; says: string }[] = [
  {
    email: "ines@demo.test",
    name: "Inès Belkacem",
    role: "reception",
    site: "gerland",
    says: "chargée d’accueil à Gerland",
  },
  { email: "bastien@demo.test", name: "Bastien Morel", role: "adviser", says: "conseiller" },
  {
    email: "odile@demo.test",
    name: "Odile Ferrand",
    role: "site-manager",
    site: "gerland",
    says: "responsable de l’antenne Gerland",
  },
  { email: "suzanne@demo.test", name: "Suzanne Teillard", role: "direction", says: "directrice" },
  {
    email: "karim@demo.test",
    name: "Karim Aubry",
    role: "administrator",
    says: "administrateur (comptes et réglages)",
  },
  {
    email: "paulette@demo.test",
    name: "Paulette Granger",
    role: "board",
    says: "administratrice du conseil (chiffres seulement)",
  },
];

const aliases: readonly [site: string, alias: string][] = [
  ["gerland", "Gerland"],
  ["gerland", "Antenne 7ème"],
  ["gerland", "Antenne 7ème mLpe"],
  ["mermoz", "Mermoz"],
  ["mermoz", "Bachut"],
  ["duchere", "La Duchère"],
  ["pentes", "Pentes de la Croix-Rousse"],
  ["voltaire", "Voltaire"],
  ["siege", "Siège d’ALLIES"],
];

/** Loads the demonstration house into a server that does not have it. `progress` hears a fraction and what is being done. */
export async function loadDemonstration(
  opened: Opened,
  progress: (share: number, what: string) => void,
): Promise<void> {
  const { services } = opened;
  if ((await listHouses(services)).some((house) => house.code === demoCode))
    throw new Refused("La maison de démonstration est déjà là.");
  progress(0, "la maison et ses listes");
  const made = await createHouse(opened.owner, services, { code: demoCode, name: "Maison de l’emploi des Traboules" });
  if (!made.ok) throw new Refused(made.sentence);
  await furnishHouse(services, demoCode);
  const { scope, today } = await houseScope(services, demoCode);
  const code = await importCommand(services, scope, importKinds, join(projectRoot, "demo/2020"), {
    strict: false,
    print: () => {},
    progress: (share, what) => progress(0.05 + share * 0.85, what),
  });
  if (code !== 0) throw new Refused("Les fichiers de la démonstration n’ont pas pu être lus.");
  progress(0.95, "les comptes");
  await inTransaction(services, scope, today, async (tx) => {
    const sites = new Map((await listSites(tx)).map((site) => [site.code, site.id]));
    for (const [site, alias] of aliases) {
      const id = sites.get(site);
      if (id) await addSiteAlias(tx, id, alias);
    }
    for (const { email, name, role, site } of demoAccounts)
      await createAccount(tx, {
        email,
        name,
        password: demoPassword,
        grants: [{ role, site: site ? (sites.get(site) ?? null) : null, fromDay: "2020-01-01" }],
      });
  });
  await refreshStatistics(opened);
  progress(1, "prête");
}
