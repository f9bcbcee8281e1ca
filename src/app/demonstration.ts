// The demonstration house: a house, its people's accounts, and one year of records read by the same importer as anyone's.
import { join } from "node:path";
import { sql } from "kysely";
import { inTransaction, type Tx } from "../core/db/transaction.ts";
import { yearPeriod } from "../core/figures/print.ts";
import type { Services } from "../core/http/route.ts";
import type { Role } from "../core/rights.ts";
import { projectRoot } from "../core/root.ts";
import { addDays } from "../core/time.ts";
import { addSiteAlias, createAccount, createHouse, listSites } from "../rooms/foundations/house/door.ts";
import { structuresByExternalId } from "../rooms/foundations/partners/door.ts";
import { ruleRetention } from "../rooms/foundations/people/door.ts";
import { loadDefinitions } from "../rooms/foundations/programmes/door.ts";
import { openEdition, takeLines } from "../rooms/overviews/report/door.ts";
import { publishOffer, setTarget } from "../rooms/trades/culture/door.ts";
import { readFigureFile } from "./commands/figure-file.ts";
import { houseScope, listHouses } from "./commands/house-scope.ts";
import { furnishHouse } from "./furnish.ts";
import { importCommand } from "./imports/command.ts";
import { type Opened, refreshStatistics } from "./opening.ts";
import { readDefinitionFiles } from "./programme-files.ts";
import { Refused } from "./refused.ts";
import { importKinds, registry } from "./rooms.ts";

const demoCode = "demo";
const demoName = "Maison de l’emploi des Traboules";
const demoPassword = "traboule-les-pentes";

/** The invented people of the demonstration house. The password is the same for all and known to everybody. */
const demoAccounts: readonly {
  email: string;
  name: string;
  role: Role;
  site?: string;
  structure?: string;
  says: string;
}[] = [
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
  {
    email: "nadia@demo.test",
    name: "Nadia Ferrat",
    role: "social-partner",
    structure: "T0548",
    says: "Maison des Tilleuls, qui réserve des sorties",
  },
  {
    email: "lucien@demo.test",
    name: "Lucien Varenne",
    role: "cultural-partner",
    structure: "T0175",
    says: "Théâtre du Griffon, qui donne des places",
  },
];

/** Outings to come, so that the portal has something to book: so many days from the day on which the demonstration is loaded. */
const demoOutings: readonly { title: string; genre: string; inDays: readonly number[]; fromAge: number | null }[] = [
  { title: "Casse-noisette, répétition ouverte", genre: "danse", inDays: [3, 10, 17], fromAge: 6 },
  { title: "Le Malade imaginaire", genre: "théâtre", inDays: [5, 12, 26], fromAge: 12 },
  { title: "Contes du marché, pour les petits", genre: "conte", inDays: [8, 22], fromAge: 3 },
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

/** The demonstration's accounts, as printed and as shown in the README. */
export const accountsText = (): string =>
  [
    `Comptes de démonstration (mot de passe pour tous : ${demoPassword})`,
    ...demoAccounts.map((account) => `  ${account.email.padEnd(20)} ${account.name}, ${account.says}`),
  ].join("\n");

/** Publishes the outings to come of the demonstration's venue. */
async function publishDemoOutings(tx: Tx, venue: string): Promise<void> {
  for (const { title, genre, inDays, fromAge } of demoOutings)
    await publishOffer(
      tx,
      {
        id: tx.ids.uuid(),
        structure: venue,
        title,
        genre,
        place: "grande salle",
        mostEach: 6,
        fromAge,
        toAge: null,
        language: "",
        access: ["step-free", "near-transport"],
        minutes: 75,
        meeting: "Une médiatrice attend le groupe dans le hall, vingt minutes avant.",
        companions: true,
        about: "",
        wayThere: "Métro Bellecour, puis trois minutes à pied. L’entrée est de plain-pied.",
        audience: { communes: [], types: [], structures: [] },
      },
      { days: inDays.map((days) => addDays(tx.today, days)), at: "20:00", places: 20, closesBefore: null },
    );
}

/** What the house had promised of its collective projects (report 2020, G7: « objectif 800 participants »). */
const promiseDemoProjects = (tx: Tx): Promise<boolean> =>
  setTarget(
    tx,
    {
      year: 2020,
      projects: null,
      participants: 800,
      source: "Rapport 2020, Mission Insertion Culture : 800 participants prévus",
    },
    0,
  );

/** Whether the server has the demonstration house. Its accounts come last: without them, its loading was cut short. */
export async function demonstrationState(services: Services): Promise<"absent" | "unfinished" | "loaded"> {
  const there = (await listHouses(services)).find((house) => house.code === demoCode);
  if (!there) return "absent";
  const { scope, today } = await houseScope(services, demoCode);
  const { rows } = await inTransaction(services, scope, today, (tx) =>
    sql`SELECT 1 FROM house.accounts WHERE house_id = ${scope.house} LIMIT 1`.execute(tx.on()),
  );
  return rows.length === 0 && there.name === demoName ? "unfinished" : "loaded";
}

/**
 * Loads the demonstration house into a server that does not have it, or not all of it: what is there already is found unchanged.
 * `progress` hears a fraction and what is being done.
 */
export async function loadDemonstration(
  opened: Pick<Opened, "services" | "owner">,
  progress: (share: number, what: string) => void,
): Promise<void> {
  const { services } = opened;
  progress(0, "la maison et ses listes");
  const state = await demonstrationState(services);
  if (state === "loaded") throw new Refused("La maison de démonstration est déjà là.");
  if (state === "absent") {
    const made = await createHouse(opened.owner, services, { code: demoCode, name: demoName });
    if (!made.ok) throw new Refused(made.sentence);
  }
  await furnishHouse(services, demoCode);
  const { scope, today } = await houseScope(services, demoCode);
  const read = async (folder: string, begun: number, length: number): Promise<void> => {
    const code = await importCommand(services, scope, importKinds, join(projectRoot, folder), {
      strict: false,
      untried: true,
      print: () => {},
      progress: (share, what) => progress(begun + share * length, what),
    });
    if (code !== 0) throw new Refused("Les fichiers de la démonstration n’ont pas pu être lus.");
  };
  await read("demo/2020", 0.05, 0.85);
  progress(0.93, "les dispositifs");
  await inTransaction(services, scope, today, async (tx) => {
    for (const one of await loadDefinitions(tx, readDefinitionFiles([join(projectRoot, "demo/programmes")])))
      if ("mistakes" in one) throw new Refused(`${one.name} : ${one.mistakes.join(" ; ")}`);
  });
  progress(0.94, "le rapport imprimé");
  const printed = await readFigureFile([join(projectRoot, "demo/report-2020/figures.csv")]);
  await inTransaction(services, scope, today, async (tx) => {
    await takeLines(tx, 2020, printed.rows);
    tx.journal({
      act: "report.lines-read",
      subject: { kind: "report", id: scope.house },
      details: { year: 2020, lines: printed.rows.length },
    });
  });
  await read("demo/report-2020", 0.94, 0.01);
  progress(0.95, "le rapport qui s’écrit");
  await inTransaction(services, scope, today, async (tx) => {
    const id = services.ids.uuid();
    const edition = { id, title: "Rapport d’activité 2020", slug: "rapport-d-activite-2020", ...yearPeriod(2020) };
    const chapters = await openEdition(tx, registry, edition);
    if (chapters !== null)
      tx.journal({
        act: "edition.created",
        subject: { kind: "edition", id },
        details: { chapters, ...yearPeriod(2020) },
      });
  });
  progress(0.95, "les comptes");
  await inTransaction(services, scope, today, async (tx) => {
    // Its people are invented and its year is long past: by the usual rule they would be nameless in a month.
    await ruleRetention(tx, {
      from_day: "2000-01-01",
      active_months: 24,
      archive_months: 1200,
      notice_days: 30,
      source:
        "maison de démonstration : archivées comme le veut la CNIL (délibération 2023-095), ses personnes inventées gardent leur nom",
    });
    const sites = new Map((await listSites(tx)).map((site) => [site.code, site.id]));
    for (const [site, alias] of aliases) {
      const id = sites.get(site);
      if (id) await addSiteAlias(tx, id, alias);
    }
    const structures = await structuresByExternalId(
      tx,
      demoAccounts.flatMap(({ structure }) => structure ?? []),
    );
    for (const { email, name, role, site, structure } of demoAccounts)
      await createAccount(tx, {
        email,
        name,
        password: demoPassword,
        grants: [
          {
            role,
            site: site ? (sites.get(site) ?? null) : null,
            structure: structure ? (structures.get(structure) ?? null) : null,
            fromDay: "2020-01-01",
          },
        ],
      });
    const venue = structures.get("T0175");
    if (venue) await publishDemoOutings(tx, venue);
    await promiseDemoProjects(tx);
  });
  await refreshStatistics(opened);
  progress(1, "prête");
}
