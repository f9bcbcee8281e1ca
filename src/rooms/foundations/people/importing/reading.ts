// The columns of the file "personnes" and the fields of a person that they fill.

import type { ImportColumn } from "../../../../core/importing/kind.ts";

const column = (key: string, label: string, aliases: readonly string[] = [], required = false): ImportColumn => ({
  key,
  label,
  aliases,
  required,
});

export const personColumns: readonly ImportColumn[] = [
  column("id", "Identifiant", ["identifiant", "id personne", "numéro", "n°", "matricule", "code"], true),
  column("sexe", "Sexe", ["genre", "civilité"]),
  column("nom", "Nom", ["nom de famille", "nom d'usage"], true),
  column("prenom", "Prénom", ["prénoms"], true),
  column("date_naissance", "Date de naissance", ["né le", "née le", "né(e) le", "naissance"]),
  column("adresse", "Adresse", ["rue", "voie"]),
  column("code_postal", "Code postal", ["cp"]),
  column("commune", "Commune", ["ville"]),
  column("qpv", "Quartier prioritaire (QPV)", ["quartier prioritaire", "quartier"]),
  column("situation", "Situation", ["statut", "situation professionnelle"]),
  column("inscrit_depuis", "Inscrit depuis", ["date d'inscription", "inscrit le", "demandeur d'emploi depuis"]),
  column("rsa", "RSA", ["bénéficiaire du rsa"]),
  column("ass", "ASS", ["bénéficiaire de l'ass"]),
  column("rqth", "RQTH", ["travailleur handicapé", "reconnaissance travailleur handicapé"]),
  column("niveau_diplome", "Niveau de diplôme", ["diplôme", "niveau", "niveau de formation"]),
  column("telephone", "Téléphone", ["tél", "tel", "mobile", "portable"]),
  column("courriel", "Courriel", ["e-mail", "email", "mail", "adresse électronique"]),
  column("antenne", "Antenne", ["site", "lieu"], true),
  column("cree_le", "Créé le", ["date de création", "créée le", "première venue"]),
];

/** The fields of a person that this file holds, in a fixed order. A situation is written "value|from|since". */
export const personFields: readonly { key: string; label: string }[] = [
  { key: "sex", label: "le sexe" },
  { key: "family_name", label: "le nom" },
  { key: "given_name", label: "le prénom" },
  { key: "birth_date", label: "la date de naissance" },
  { key: "address", label: "l’adresse" },
  { key: "postal_code", label: "le code postal" },
  { key: "commune_name", label: "la commune" },
  { key: "commune_code", label: "le code de la commune" },
  { key: "phone", label: "le téléphone" },
  { key: "email", label: "le courriel" },
  { key: "site_id", label: "l’antenne" },
  { key: "created_on", label: "la date de création" },
  { key: "status", label: "la situation" },
  { key: "rsa", label: "le RSA" },
  { key: "ass", label: "l’ASS" },
  { key: "rqth", label: "la RQTH" },
  { key: "diploma", label: "le niveau de diplôme" },
  { key: "neighbourhood", label: "le quartier prioritaire" },
];

export const situationKinds = ["status", "rsa", "ass", "rqth", "diploma", "neighbourhood"] as const;
