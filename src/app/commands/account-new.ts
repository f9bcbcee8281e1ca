import { parseArgs } from "node:util";
import { inTransaction } from "../../core/db/transaction.ts";
import { roles } from "../../core/rights.ts";
import { inviteAccount } from "../../rooms/foundations/house/door.ts";
import { whileOpen } from "../opening.ts";
import { Refused } from "../refused.ts";
import { houseScope } from "./house-scope.ts";

export async function accountNew(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      house: { type: "string" },
      email: { type: "string" },
      name: { type: "string" },
      role: { type: "string" },
    },
  });
  const email = values.email?.trim().toLowerCase() ?? "";
  if (!/^[^@\s]+@[^@\s]+$/.test(email))
    throw new Refused("Donnez l’adresse du compte : --email prenom.nom@exemple.fr.", 64);
  const name = values.name?.trim();
  if (!name) throw new Refused('Donnez le nom affiché : --name "Prénom Nom".', 64);
  const role = roles.find((known) => known === values.role);
  if (!role) throw new Refused(`Donnez un rôle parmi : ${roles.join(", ")}.`, 64);
  return whileOpen(async ({ services }) => {
    const { scope, today } = await houseScope(services, values.house);
    const invited = await inTransaction(services, scope, today, (tx) =>
      inviteAccount(tx, services.config, { email, name, role, fromDay: today }),
    );
    if (!invited.ok) throw new Refused(invited.sentence);
    process.stdout.write(`Compte créé pour ${name}. Lien d’invitation, à usage unique :\n${invited.link}\n`);
    return 0;
  });
}
