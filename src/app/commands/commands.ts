// Every command and what it says of itself, in the order in which a newcomer meets them.
import { roles } from "../../core/rights.ts";
import type { Command } from "./command.ts";

export const commands: readonly Command[] = [
  {
    name: "start",
    usage: "start",
    summary: "Démarre Traboule ; la première fois, charge la maison de démonstration.",
    help: `Réglages, par l’environnement :
  HOST, PORT           adresse d’écoute (127.0.0.1 et 4700)
  PUBLIC_URL           adresse que voient les navigateurs, si un autre serveur est devant
  TRUST_PROXY          1 : croire X-Forwarded-For (seulement derrière son propre serveur)
  TRABOULE_DATA        dossier des données (data/)
  DATABASE_URL         un PostgreSQL à soi, version 15 ou plus ; sinon celui qui est fourni démarre.
                       Son compte possède la base et a le droit de créer un rôle (CREATEROLE).
  DATABASE_WEB_URL     connexion séparée pour les pages : un compte membre du rôle traboule_web et rien de plus
  DATABASE_POOL        nombre de connexions (10)
  TRABOULE_SECRET      clé de chiffrement des seconds facteurs, 32 signes au moins ; sinon elle est faite
                       une fois et gardée dans le fichier « secret » du dossier des données
  SMTP_URL, MAIL_FROM  envoi des messages ; sans eux ils restent dans le dossier outbox
  LOG_LEVEL            fatal, error, warn, info, debug, trace ou silent (warn)`,
    load: async () => (await import("./start.ts")).start,
  },
  {
    name: "demo",
    usage: "demo",
    summary: "Charge la maison de démonstration dans une base qui ne l’a pas.",
    help: "Une année de données inventées (2020) : 5 antennes, 9 598 fiches, 26 594 visites. « start » la charge de lui-même la première fois.\nUn chargement interrompu est repris là où il en était.",
    load: async () => (await import("./demo.ts")).demo,
  },
  {
    name: "migrate",
    usage: "migrate",
    summary: "Met la base à jour, sans rien démarrer.",
    help: "La base est celle de DATABASE_URL, sinon celle du dossier TRABOULE_DATA (data/).",
    load: async () => (await import("./migrate.ts")).migrateOnly,
  },
  {
    name: "import",
    usage: "import [--house CODE] [--strict] DOSSIER|FICHIER",
    summary: "Lit des fichiers CSV ou XLSX : essai à blanc, puis import.",
    help: "Un dossier est lu dans l’ordre dont ses fichiers ont besoin ; un fichier que rien ne sait lire est nommé et laissé.\n--strict : rien n’est importé, d’aucun fichier, si une seule ligne est refusée ou si un fichier ne peut pas être lu.\nCodes de sortie : 0 importé, 1 refusé par --strict, 2 rien n’a pu être lu.",
    load: async () => (await import("./import.ts")).importFiles,
  },
  {
    name: "programmes",
    usage: "programmes [--house CODE] DOSSIER|FICHIER…",
    summary: "Lit des définitions de dispositifs (YAML) : les crée, ou les met à jour.",
    help: "Un dispositif par fichier, comme dans demo/programmes. La page d’un dispositif donne le sien.\nUn fichier qui n’est pas compris est nommé avec ce qui ne va pas, et laissé. Code de sortie : 1 s’il y en a un.",
    load: async () => (await import("./programmes.ts")).programmes,
  },
  {
    name: "recount",
    usage: "recount [--house CODE] [--repair]",
    summary: "Recompte les places réservées de la billetterie, date par date.",
    help: "Compare le compteur de chaque date à ce que ses réservations tiennent, et nomme celles qui diffèrent. --repair les remet d’accord.\nCodes de sortie : 0 tout est juste (ou remis d’accord), 1 des dates diffèrent.",
    load: async () => (await import("./recount.ts")).recountPlaces,
  },
  {
    name: "figures",
    usage: "figures [--house CODE] --year ANNEE [--json]",
    summary: "Donne tous les chiffres d’une année.",
    help: "--json : un seul objet sur la sortie, code -> nombre, et rien d’autre. Sans lui : une ligne par chiffre.",
    load: async () => (await import("./figures.ts")).figures,
  },
  {
    name: "audit",
    usage: "audit FICHIER.csv [--json]",
    summary: "Dit ce qui, dans un tableau de chiffres, ne peut pas être vrai.",
    help: "Colonnes : id, section, programme_code, label_fr, value, unit, period, breakdown, kind, formula (ou code, page, libellé, valeur, unité, période, répartition, nature, calcul) ; label_fr et value suffisent.\nAucune base n’est ouverte. --json : { figures, findings, unread } et rien d’autre.\nCodes de sortie : 0 rien ne se contredit, 1 au moins une contradiction, 2 le fichier n’est pas un tableau de chiffres.",
    load: async () => (await import("./audit.ts")).audit,
  },
  {
    name: "report lines",
    usage: "report lines [--house CODE] --year ANNEE FICHIER.csv",
    summary: "Lit les chiffres d’un rapport imprimé, ligne par ligne.",
    help: "Les colonnes sont celles de « audit ». Un rapport de la même année est remplacé ; ce qui donnait ses lignes reste.\nCe qui donne chaque ligne se lit ensuite par « import » (fichiers chiffres_declares.csv et liens_rapport.csv), ou se dit à la page /rapport/couverture.",
    load: async () => (await import("./report-lines.ts")).reportLines,
  },
  {
    name: "report coverage",
    usage: "report coverage [--house CODE] --year ANNEE [--json]",
    summary: "Dit de chaque ligne d’un rapport imprimé ce que la maison en donne.",
    help: "Chaque ligne est calculée (égale ou différente, avec la raison), déclarée, citée ou manquante.\n--json : { year, lines, counts, rows } et rien d’autre.\nCodes de sortie : 0 aucune ligne ne manque, 1 il en manque, 2 aucun rapport imprimé de cette année n’est connu.",
    load: async () => (await import("./report-coverage.ts")).reportCoverage,
  },
  {
    name: "house new",
    usage: "house new CODE --name NOM [--zone ZONE]",
    summary: "Crée une maison, vide, avec ses listes de départ.",
    help: "CODE : lettres minuscules, chiffres et tirets, par exemple « lyon ».\n--zone : fuseau horaire de la maison (Europe/Paris ; par exemple Indian/Reunion).\nEnsuite : « npx traboule account new ».",
    load: async () => (await import("./house-new.ts")).houseNew,
  },
  {
    name: "account new",
    usage: "account new --email ADRESSE --name NOM --role ROLE",
    summary: "Crée un compte et donne son lien d’invitation.",
    help: `[--house CODE] quand le serveur a plusieurs maisons. Rôles : ${roles.join(", ")}.\nLe lien sert une fois ; la personne y choisit son mot de passe.`,
    load: async () => (await import("./account-new.ts")).accountNew,
  },
  {
    name: "backup",
    usage: "backup FICHIER",
    summary: "Sauvegarde toutes les maisons dans un fichier.",
    help: "Un seul instant de la base, toutes les tables, comprimé, avec une somme de contrôle. Le programme peut tourner pendant ce temps, et la base n’est pas mise à jour avant.\nLe fichier contient des données personnelles : gardez-le comme telles.\nLa clé des seconds facteurs (TRABOULE_SECRET, ou le fichier « secret » du dossier des données) n’y est pas : gardez-la aussi, à part.",
    load: async () => (await import("./backup.ts")).backup,
  },
  {
    name: "restore",
    usage: "restore FICHIER",
    summary: "Remet une sauvegarde dans une base vide.",
    help: "La base doit être neuve (un nouveau dossier TRABOULE_DATA, ou une base sans rien) : une restauration n’écrase jamais rien.\nUne sauvegarde d’une version plus ancienne est restaurée puis mise à jour.\nRemettez aussi la clé des seconds facteurs (TRABOULE_SECRET, ou le fichier « secret ») : sans elle, les comptes qui en ont un devront le refaire.",
    load: async () => (await import("./restore.ts")).restore,
  },
];
