// What to ask the routes of what funders ask with.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

/** An enrolment paid for by the fund, of somebody who left; `exit`: the day, as typed. */
async function aFunded(hand: Hand, exit = "20/11/2020") {
  const code = `fonds-${hand.id().slice(-8)}`;
  const programme = hand.id();
  await hand.make("/dispositifs/nouveau", {
    version: "0",
    key: programme,
    code,
    intitule: "Dispositif du fonds",
    taux_de_sortie: "sur les personnes sorties",
    cddi: "insertion",
    resultats: "CDI : emploi, durable, droit commun, positif",
    conventions: "FSE : du 01/01/2020 au 31/12/2020, 1000 €",
    objectifs: "2020 : 10 personnes pour FSE",
    lieux: "gerland",
  });
  const enrolment = hand.id();
  await hand.make("/parcours/nouveau", {
    key: enrolment,
    personne: await hand.person(),
    dispositif: code,
    jour: "01/03/2020",
    antenne: hand.house.sites.gerland,
    accompagne: "oui",
  });
  const { rows } = await hand.house.owner.query<{ id: string }>(
    "SELECT id FROM programmes.outcome_words WHERE programme_id = $1",
    [programme],
  );
  await hand.make(`/parcours/${enrolment}/sortie`, {
    version: "1",
    key: hand.id(),
    jour: exit,
    mot: rows[0]?.id ?? "",
  });
  return { enrolment, programme };
}

/** The agreement of such an enrolment. */
export async function anAgreement(hand: Hand) {
  const { programme } = await aFunded(hand);
  const { rows } = await hand.house.owner.query<{ id: string }>(
    "SELECT id FROM programmes.agreements WHERE programme_id = $1",
    [programme],
  );
  return { params: { agreement: rows[0]?.id ?? "" } };
}

export const fundingSamples: Samples = {
  "GET /conventions-de-financement": () => ({}),
  "GET /conventions-de-financement/:agreement": anAgreement,
  "GET /conventions-de-financement/:agreement/participants": async (hand) => ({
    ...(await anAgreement(hand)),
    query: { indicateur: "CO01", etat: "manquant" },
  }),
  "GET /conventions-de-financement/:agreement/participants.csv": anAgreement,
  "GET /conventions-de-financement/:agreement/participants.xlsx": async (hand) => ({
    ...(await anAgreement(hand)),
    slow: true,
  }),
  "GET /conventions-de-financement/:agreement/indicateurs.csv": anAgreement,
  "GET /conventions-de-financement/:agreement/indicateurs.xlsx": async (hand) => ({
    ...(await anAgreement(hand)),
    slow: true,
  }),
  "GET /financements/a-completer": () => ({ query: { qui: "tous", quoi: "entree" } }),
  "GET /financements/a-completer/export.csv": () => ({ query: { qui: "tous" } }),
  "GET /financements/a-completer/export.xlsx": () => ({ query: { qui: "tous" }, slow: true }),
  "GET /parcours/:enrolment/financeur": async (hand) => ({
    params: { enrolment: (await aFunded(hand)).enrolment },
    query: { retour: "liste" },
  }),
  "GET /parcours/:enrolment/financeur/questionnaire": async (hand) => ({
    params: { enrolment: (await aFunded(hand)).enrolment },
  }),
  "POST /parcours/:enrolment/financeur/questionnaire": async (hand) => ({
    params: { enrolment: (await aFunded(hand)).enrolment },
    form: { version: "0", handicap: "refus", sans_abri: "non", retour: "" },
  }),
  "POST /parcours/:enrolment/financeur/entree": async (hand) => ({
    params: { enrolment: (await aFunded(hand)).enrolment },
    form: { version: "2", situation: "job_seeker", depuis: "01/02/2020", diplome: "3", retour: "" },
  }),
  "POST /parcours/:enrolment/financeur/sortie": async (hand) => ({
    params: { enrolment: (await aFunded(hand)).enrolment },
    form: {
      key: hand.id(),
      remplace: "",
      jour: "25/11/2020",
      situation: "employee",
      formation: "non",
      qualification: "oui",
      amelioration: "",
      retour: "liste",
    },
  }),
  "POST /parcours/:enrolment/financeur/six-mois": async (hand) => ({
    params: { enrolment: (await aFunded(hand, "01/06/2020")).enrolment },
    form: { key: hand.id(), remplace: "", jour: "01/12/2020", situation: "job_seeking", amelioration: "" },
  }),
};
