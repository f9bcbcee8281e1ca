import { parseArgs } from "node:util";
import { inTransaction } from "../../core/db/transaction.ts";
import { type Role, roles } from "../../core/rights.ts";
import { inviteAccount } from "../../rooms/foundations/house/door.ts";
import { open } from "../opening.ts";
import { Refused } from "../refused.ts";
import type { Command } from "./command.ts";
import { houseScope } from "./house-scope.ts";

export const accountNew: Command = {
  name: "account new",
  usage: "account new --email ADRESSE --name NOM --role ROLE",
  summary: "Crée un compte et donne son lien d’invitation.",
  help: `[--house CODE] quand le serveur a plusieurs maisons. Rôles : ${roles.join(", ")}.\nLe lien sert une fois ; la personne y choisit son mot de passe.`,
  async run(args) {
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
      throw new Refused("Donnez l’adresse du compte : --email prenom.nom@exemple.fr.", 64);
    if (!values.name?.trim()) throw new Refused('Donnez le nom affiché : --name "Prénom Nom".', 64);
    const role = roles.find((known): known is Role => known === values.role);
    if (!role) throw new Refused(`Donnez un rôle parmi : ${roles.join(", ")}.`, 64);
    const name = values.name.trim();
    const opened = await open();
    try {
      const { scope, today } = await houseScope(opened.services, values.house);
      const invited = await inTransaction(opened.services, scope, today, (tx) =>
        inviteAccount(tx, opened.services.config, { email, name, role, fromDay: today }),
      );
      if (!invited.ok) throw new Refused(invited.sentence);
      process.stdout.write(`Compte créé pour ${name}. Lien d’invitation, à usage unique :\n${invited.link}\n`);
      return 0;
    } finally {
      await opened.close();
    }
  },
};
