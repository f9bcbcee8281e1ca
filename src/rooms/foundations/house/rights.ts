// Who may do what in the house itself. An administrator keeps accounts and settings, and opens no file of a person.
import { declareRights, roles } from "../../../core/rights.ts";

export const rights = declareRights({
  "account.manage": { sentence: "gérer les comptes", roles: ["administrator"], held: "house" },
  "api-key.manage": { sentence: "gérer les clés des autres logiciels", roles: ["administrator"], held: "house" },
  "site.see": { sentence: "voir les lieux de la maison", roles, held: "any" },
  "site.edit": { sentence: "modifier un lieu", roles: ["direction", "site-manager", "administrator"] },
  "site.create": { sentence: "ajouter un lieu", roles: ["direction", "administrator"], held: "house" },
  "staff.see": { sentence: "voir l’équipe salariée", roles: ["direction"], held: "house" },
  "journal.read": { sentence: "lire le journal", roles: ["direction", "administrator"], held: "house" },
});
