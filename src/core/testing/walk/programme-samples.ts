// What to ask the routes of programmes and enrolments with.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

export const definition = {
  version: "0",
  intitule: "Dispositif d’essai",
  pole: "accompagnement",
  financeurs: "Ville",
  description: "Pour essayer",
  porteur: "La maison",
  ensemble: "",
  orientation: "Toute personne",
  debut: "01/01/2020",
  capacite: "500",
  taux_de_sortie: "sur les personnes sorties",
  cddi: "insertion",
  chapitre: "",
  conditions: "",
  etapes: "Accueil\nBilan",
  resultats: "CDI : emploi, durable, droit commun, positif\nAbandon : abandon, à la sortie",
  champs: "Score : nombre",
  conventions: "Ville : du 01/01/2020 au 31/12/2020, 1000 €",
  objectifs: "2020 : 10 personnes",
};

export async function aProgramme(hand: Hand): Promise<{ id: string; code: string }> {
  const code = `essai-${hand.id().slice(-8)}`;
  const id = hand.id();
  await hand.make("/dispositifs/nouveau", { ...definition, key: id, code, lieux: "gerland" });
  return { id, code };
}

export async function anEnrolment(hand: Hand, state: "present" | "left" | "withdrawn" = "present") {
  const { id: programme, code } = await aProgramme(hand);
  const key = hand.id();
  await hand.make("/parcours/nouveau", {
    key,
    personne: await hand.person(),
    dispositif: code,
    jour: "01/11/2020",
    antenne: hand.house.sites.gerland,
    accompagne: "oui",
  });
  const word = async (label: string): Promise<string> =>
    (
      await hand.house.owner.query<{ id: string }>(
        "SELECT id FROM programmes.outcome_words WHERE programme_id = $1 AND label = $2",
        [programme, label],
      )
    ).rows[0]?.id ?? "";
  if (state === "left")
    await hand.make(`/parcours/${key}/sortie`, {
      version: "1",
      key: hand.id(),
      jour: "20/11/2020",
      mot: await word("Abandon"),
    });
  if (state === "withdrawn") await hand.make(`/parcours/${key}/retrait`, { version: "1", raison: "Noté par erreur" });
  return { key, code, programme, word };
}

const ofEnrolment = async (hand: Hand, form: Record<string, string> = {}) => ({
  params: { enrolment: (await anEnrolment(hand)).key },
  form,
});

/** An enrolment with a line in its plan. */
async function aPlan(hand: Hand) {
  const { key } = await anEnrolment(hand);
  const action = hand.id();
  await hand.make(`/parcours/${key}/plan/actions`, { key: action, quoi: "Refaire le CV", qui: "both" });
  return { enrolment: key, action };
}

const balance = { version: "0", jour: "20/11/2020", personne: "J’ai repris confiance", suite: "Un point en janvier" };

/** Two versions of a plan or of a balance sheet: the first is given. */
async function aVersion(hand: Hand, paper: "plan" | "balance") {
  const { key } = await anEnrolment(hand);
  const path = `/parcours/${key}/${paper === "plan" ? "plan" : "bilan"}`;
  for (const version of ["0", "1"])
    await hand.make(path, paper === "plan" ? { version, objectif: `Essai ${version}` } : { ...balance, version });
  const { rows } = await hand.house.owner.query<{ id: string }>(
    "SELECT id FROM programmes.paper_versions WHERE enrolment_id = $1 ORDER BY at, id",
    [key],
  );
  return { params: { enrolment: key, version: rows[0]?.id ?? "" } };
}

const back = async (hand: Hand, paper: "plan" | "balance") => ({
  ...(await aVersion(hand, paper)),
  form: { version: "2" },
});

/** A paper that was signed. */
async function aSigned(hand: Hand, paper: "plan" | "bilan", form?: Record<string, string>) {
  const { key } = await anEnrolment(hand);
  await hand.make(`/parcours/${key}/${paper}/pieces`, {}, signedFile);
  const { rows } = await hand.house.owner.query<{ id: string }>(
    "SELECT id FROM programmes.proofs WHERE enrolment_id = $1",
    [key],
  );
  return { params: { enrolment: key, proof: rows[0]?.id ?? "" }, ...(form ? { form } : {}) };
}
const signedFile = {
  field: "piece",
  name: "signe.png",
  text: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
};
const toSign = async (hand: Hand) => ({ params: { enrolment: (await anEnrolment(hand)).key }, file: signedFile });

export const planSamples: Samples = {
  "GET /parcours/:enrolment/plan/versions": (hand) => aVersion(hand, "plan"),
  "GET /parcours/:enrolment/plan/versions/:version": (hand) => aVersion(hand, "plan"),
  "POST /parcours/:enrolment/plan/versions/:version": (hand) => back(hand, "plan"),
  "GET /parcours/:enrolment/bilan/versions": (hand) => aVersion(hand, "balance"),
  "GET /parcours/:enrolment/bilan/versions/:version": (hand) => aVersion(hand, "balance"),
  "POST /parcours/:enrolment/bilan/versions/:version": (hand) => back(hand, "balance"),
  "POST /parcours/:enrolment/plan/pieces": toSign,
  "GET /parcours/:enrolment/plan/pieces/:proof": (hand) => aSigned(hand, "plan"),
  "POST /parcours/:enrolment/plan/pieces/:proof/effacement": (hand) => aSigned(hand, "plan", {}),
  "POST /parcours/:enrolment/bilan/pieces": toSign,
  "GET /parcours/:enrolment/bilan/pieces/:proof": (hand) => aSigned(hand, "bilan"),
  "POST /parcours/:enrolment/bilan/pieces/:proof/effacement": (hand) => aSigned(hand, "bilan", {}),
  "GET /parcours/:enrolment/plan": (hand) => ofEnrolment(hand),
  "POST /parcours/:enrolment/plan": (hand) =>
    ofEnrolment(hand, { version: "0", objectif: "Un emploi près de chez moi", point: "15/12/2020" }),
  "POST /parcours/:enrolment/plan/actions": (hand) =>
    ofEnrolment(hand, {
      key: hand.id(),
      quoi: "Refaire le CV",
      qui: "other",
      autre: "Mission locale",
      pour: "10/12/2020",
    }),
  async "POST /parcours/:enrolment/plan/actions/:action"(hand) {
    const params = await aPlan(hand);
    return { params, form: { version: "1", quoi: "Refaire le CV", qui: "both", etat: "done", le: "" } };
  },
  "GET /parcours/:enrolment/plan.pdf": async (hand) => ({ params: await aPlan(hand) }),
  "GET /parcours/:enrolment/bilan": (hand) => ofEnrolment(hand),
  "POST /parcours/:enrolment/bilan": (hand) => ofEnrolment(hand, balance),
  async "GET /parcours/:enrolment/bilan.pdf"(hand) {
    const { key } = await anEnrolment(hand);
    await hand.make(`/parcours/${key}/bilan`, balance);
    return { params: { enrolment: key } };
  },
};

export const programmeSamples: Samples = {
  "GET /dispositifs": () => ({}),
  "GET /dispositifs/export.csv": () => ({}),
  "GET /dispositifs/nouveau": () => ({}),
  "POST /dispositifs/nouveau": (hand) => ({
    form: { ...definition, key: hand.id(), code: `essai-${hand.id().slice(-8)}`, lieux: "gerland" },
  }),
  "GET /dispositifs/:code": async (hand) => ({ params: { code: (await aProgramme(hand)).code } }),
  "GET /dispositifs/:code/definition.yaml": async (hand) => ({ params: { code: (await aProgramme(hand)).code } }),
  "GET /dispositifs/:code/modifier": async (hand) => ({ params: { code: (await aProgramme(hand)).code } }),
  async "POST /dispositifs/:code/modifier"(hand) {
    const { id, code } = await aProgramme(hand);
    return { params: { code }, form: { ...definition, key: id, version: "1", code, lieux: "mermoz" } };
  },
  "POST /dispositifs/:code/fin": async (hand) => ({
    params: { code: (await aProgramme(hand)).code },
    form: { version: "1", jour: "31/12/2020", motif: "Fin de convention" },
  }),
  "POST /dispositifs/:code/suppression": async (hand) => ({ params: { code: (await aProgramme(hand)).code } }),
  "GET /parcours": (hand) => ({
    query: { dispositif: "", antenne: hand.house.sites.gerland, etat: "tous", page: "0" },
  }),
  "GET /parcours/export.csv": () => ({ query: { etat: "tous" } }),
  "GET /parcours/export.xlsx": () => ({ query: { etat: "tous" }, slow: true }),
  async "GET /parcours/nouveau"(hand) {
    const { code } = await aProgramme(hand);
    return { query: { personne: await hand.person(), dispositif: code } };
  },
  async "POST /parcours/nouveau"(hand) {
    const { code } = await aProgramme(hand);
    return {
      form: {
        key: hand.id(),
        personne: await hand.person(),
        dispositif: code,
        jour: "01/12/2020",
        antenne: hand.house.sites.gerland,
        accompagne: "oui",
        malgre: "",
      },
    };
  },
  "GET /parcours/:enrolment": (hand) => ofEnrolment(hand),
  async "POST /parcours/:enrolment/etapes"(hand) {
    const { key, programme } = await anEnrolment(hand);
    const { rows } = await hand.house.owner.query<{ id: string }>(
      "SELECT id FROM programmes.stages WHERE programme_id = $1",
      [programme],
    );
    return { params: { enrolment: key }, form: { etape: rows[0]?.id ?? "", jour: "01/12/2020" } };
  },
  async "POST /parcours/:enrolment/resultats"(hand) {
    const { key, word } = await anEnrolment(hand);
    return {
      params: { enrolment: key },
      form: { key: hand.id(), mot: await word("CDI"), jour: "01/12/2020", temps: "plein", mois: "6", note: "Essai" },
    };
  },
  async "POST /parcours/:enrolment/resultats/retrait"(hand) {
    const { key, word } = await anEnrolment(hand);
    const outcome = hand.id();
    await hand.make(`/parcours/${key}/resultats`, { key: outcome, mot: await word("CDI"), jour: "01/12/2020" });
    return { params: { enrolment: key }, form: { resultat: outcome, raison: "Noté deux fois" } };
  },
  async "POST /parcours/:enrolment/sortie"(hand) {
    const { key, word } = await anEnrolment(hand);
    return {
      params: { enrolment: key },
      form: { version: "1", key: hand.id(), jour: "01/12/2020", mot: await word("CDI"), obtenu: "1", note: "Essai" },
    };
  },
  "POST /parcours/:enrolment/reouverture": async (hand) => ({
    params: { enrolment: (await anEnrolment(hand, "left")).key },
    form: { version: "2", raison: "Toujours là" },
  }),
  "POST /parcours/:enrolment/correction": (hand) =>
    ofEnrolment(hand, { version: "1", jour: "02/11/2020", antenne: "", accompagne: "non", raison: "Autre jour" }),
  "POST /parcours/:enrolment/champs": (hand) => ofEnrolment(hand, { version: "1" }),
  "POST /parcours/:enrolment/retrait": (hand) => ofEnrolment(hand, { version: "1", raison: "Noté par erreur" }),
  "POST /parcours/:enrolment/remise": async (hand) => ({
    params: { enrolment: (await anEnrolment(hand, "withdrawn")).key },
  }),
  "GET /file-active": () => ({ query: { referent: "aucun" } }),
  async "POST /file-active/passage"(hand) {
    const { key } = await anEnrolment(hand);
    const { account } = await hand.house.signIn("adviser");
    return { form: { key: hand.id(), de: "", vers: account, jour: "01/12/2020", tous: "0", parcours: key } };
  },
  async "POST /file-active/passages/:handover/annulation"(hand) {
    const { key } = await anEnrolment(hand);
    const { account } = await hand.house.signIn("adviser");
    const handover = hand.id();
    await hand.make("/file-active/passage", {
      key: handover,
      de: "",
      vers: account,
      jour: "01/12/2020",
      parcours: key,
    });
    return { params: { handover } };
  },
};
