// What to ask the routes of structures in programmes with.
import type { Hand } from "./hand.ts";
import { definition } from "./programme-samples.ts";
import type { Samples } from "./walk.ts";

const path = "/structures-accompagnees";

async function aProgrammeForStructures(hand: Hand): Promise<{ id: string; code: string }> {
  const [code, id] = [`conseil-${hand.id().slice(-8)}`, hand.id()];
  await hand.make("/dispositifs/nouveau", { ...definition, public: "structures", key: id, code, lieux: "gerland" });
  return { id, code };
}

async function entry(hand: Hand): Promise<Record<string, string>> {
  const { code } = await aProgrammeForStructures(hand);
  return {
    key: hand.id(),
    structure: await hand.structure(),
    dispositif: code,
    jour: "02/11/2020",
    antenne: hand.house.sites.gerland,
    malgre: "",
  };
}

async function anAccompaniment(hand: Hand) {
  const form = await entry(hand);
  await hand.make(`${path}/nouvelle`, form);
  const { rows } = await hand.house.owner.query<{ word: string; stage: string }>(
    "SELECT w.id AS word, s.id AS stage FROM programmes.programmes g JOIN programmes.outcome_words w ON w.programme_id = g.id AND w.label = 'Abandon' JOIN programmes.stages s ON s.programme_id = g.id WHERE g.code = $1 LIMIT 1",
    [form.dispositif],
  );
  return { accompaniment: form.key ?? "", word: rows[0]?.word ?? "", stage: rows[0]?.stage ?? "" };
}
const exit = (word: string, version: string) => ({ version, jour: "20/11/2020", mot: word, note: "" });
const withdrawal = (version: string) => ({ version, raison: "Noté par erreur" });

export const accompanimentSamples: Samples = {
  [`GET ${path}`]: () => ({ query: { structure: "", dispositif: "", antenne: "", etat: "toutes" } }),
  [`GET ${path}/export.csv`]: () => ({ query: { etat: "toutes" } }),
  [`GET ${path}/export.xlsx`]: () => ({ query: { etat: "toutes" }, slow: true }),
  async [`GET ${path}/nouvelle`](hand) {
    const { code } = await aProgrammeForStructures(hand);
    return { query: { structure: await hand.structure(), dispositif: code } };
  },
  [`POST ${path}/nouvelle`]: async (hand) => ({ form: await entry(hand) }),
  [`GET ${path}/:accompaniment`]: async (hand) => ({ params: await anAccompaniment(hand) }),
  async [`POST ${path}/:accompaniment/etapes`](hand) {
    const params = await anAccompaniment(hand);
    return { params, form: { etape: params.stage, jour: "10/11/2020" } };
  },
  async [`POST ${path}/:accompaniment/sortie`](hand) {
    const params = await anAccompaniment(hand);
    return { params, form: exit(params.word, "1") };
  },
  async [`POST ${path}/:accompaniment/reprise`](hand) {
    const params = await anAccompaniment(hand);
    await hand.make(`${path}/${params.accompaniment}/sortie`, exit(params.word, "1"));
    return { params, form: { version: "2" } };
  },
  async [`POST ${path}/:accompaniment/retrait`](hand) {
    return { params: await anAccompaniment(hand), form: withdrawal("1") };
  },
  async [`POST ${path}/:accompaniment/remise`](hand) {
    const params = await anAccompaniment(hand);
    await hand.make(`${path}/${params.accompaniment}/retrait`, withdrawal("1"));
    return { params, form: { version: "2" } };
  },
};
