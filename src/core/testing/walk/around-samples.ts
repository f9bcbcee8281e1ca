// What to ask the routes around the box office with: collective projects, jobs in culture.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

const projectForm = (more: Record<string, string> = {}): Record<string, string> => ({
  titre: "Parcours d’essai",
  genre: "turnkey",
  besoin: "Sortir du quartier",
  freins: "mobilite",
  jour: "12/03/2020",
  etat: "planned",
  mediations: "2",
  ...more,
});
const jobForm = (more: Record<string, string> = {}): Record<string, string> => ({
  titre: "Visite des coulisses",
  genre: "discovery",
  jour: "12/03/2020",
  etat: "held",
  participants: "8",
  ...more,
});

async function aProject(hand: Hand, form: Record<string, string> = {}) {
  const project = hand.id();
  await hand.make("/culture/projets/nouveau", projectForm({ key: project }));
  return { params: { project }, form };
}
async function aStructureName(hand: Hand): Promise<string> {
  const name = `Théâtre ${hand.id()}`;
  await hand.structure(name);
  return name;
}
async function aProposal(hand: Hand, form: Record<string, string> = {}) {
  const { params } = await aProject(hand);
  const partner = hand.id();
  const partenaire = await aStructureName(hand);
  await hand.make(`/culture/projets/${params.project}/partenaires`, { key: partner, partenaire });
  return { params: { ...params, partner }, form };
}
async function aJob(hand: Hand, form: Record<string, string> = {}) {
  const action = hand.id();
  await hand.make("/culture/metiers/nouvelle", jobForm({ key: action }));
  return { params: { action }, form };
}
let year = 2030;

export const aroundSamples: Samples = {
  "GET /culture/projets": () => ({ query: { titre: "parcours", etat: "held", frein: "mobilite" } }),
  "GET /culture/projets/export.csv": () => ({}),
  "GET /culture/projets/export.xlsx": () => ({ slow: true }),
  "GET /culture/projets/objectifs": () => ({ query: { annee: "2020" } }),
  "POST /culture/projets/objectifs"() {
    year += 1;
    return { form: { annee: String(year), projets: "60", participants: "800", source: "Convention", version: "0" } };
  },
  "GET /culture/projets/nouveau": () => ({}),
  async "POST /culture/projets/nouveau"(hand) {
    return { form: projectForm({ key: hand.id(), demandeur: await aStructureName(hand) }) };
  },
  "GET /culture/projets/:project": (hand) => aProject(hand),
  "POST /culture/projets/:project": (hand) =>
    aProject(hand, projectForm({ version: "1", etat: "held", participants: "12" })),
  async "POST /culture/projets/:project/partenaires"(hand) {
    return aProject(hand, { key: hand.id(), partenaire: await aStructureName(hand) });
  },
  "POST /culture/projets/:project/partenaires/:partner": (hand) => aProposal(hand, { version: "1", reponse: "yes" }),
  "GET /culture/metiers": () => ({ query: { genre: "discovery", etat: "held" } }),
  "GET /culture/metiers/export.csv": () => ({}),
  "GET /culture/metiers/export.xlsx": () => ({ slow: true }),
  "GET /culture/metiers/nouvelle": () => ({}),
  "POST /culture/metiers/nouvelle": (hand) => ({ form: jobForm({ key: hand.id() }) }),
  "GET /culture/metiers/:action": (hand) => aJob(hand),
  "POST /culture/metiers/:action": (hand) => aJob(hand, jobForm({ version: "1", etat: "cancelled", raison: "Essai" })),
};
