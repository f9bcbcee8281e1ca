// What to ask the routes of steps with.
import type { Hand } from "./hand.ts";
import { anEnrolment } from "./programme-samples.ts";
import type { Samples } from "./walk.ts";

const immersion = {
  genre: "immersion",
  hote: "Atelier du Parc",
  debut: "02/11/2020",
  fin_prevue: "20/11/2020",
  objectif: "discover",
};

/** A step of a fresh enrolment, noted by direction. */
export async function aStep(hand: Hand) {
  const { key: enrolment, word } = await anEnrolment(hand);
  const step = hand.id();
  await hand.make(`/parcours/${enrolment}/actions`, { key: step, ...immersion });
  return { enrolment, step, word };
}

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A step with a document that proves it. */
async function aProof(hand: Hand) {
  const { enrolment, step } = await aStep(hand);
  const file = { field: "piece", name: "attestation.png", text: picture };
  await hand.make(`/parcours/${enrolment}/actions/${step}/pieces`, {}, file);
  const { rows } = await hand.house.owner.query<{ id: string }>("SELECT id FROM programmes.proofs WHERE step_id = $1", [
    step,
  ]);
  return { params: { enrolment, step, proof: rows[0]?.id ?? "" } };
}

const ofStep = async (hand: Hand, form?: Record<string, string>) => {
  const { enrolment, step } = await aStep(hand);
  return { params: { enrolment, step }, ...(form ? { form } : {}) };
};

export const stepSamples: Samples = {
  "GET /parcours/:enrolment/actions/nouvelle": async (hand) => ({
    params: { enrolment: (await anEnrolment(hand)).key },
    query: { genre: "contrat" },
  }),
  async "POST /parcours/:enrolment/actions"(hand) {
    const { key, word } = await anEnrolment(hand);
    return {
      params: { enrolment: key },
      form: { key: hand.id(), ...immersion, fin: "20/11/2020", mot: await word("CDI") },
    };
  },
  "GET /parcours/:enrolment/actions/:step": (hand) => ofStep(hand),
  "POST /parcours/:enrolment/actions/:step": (hand) =>
    ofStep(hand, { version: "1", ...immersion, fin: "18/11/2020", raison: "Fin connue" }),
  "POST /parcours/:enrolment/actions/:step/retrait": (hand) => ofStep(hand, { raison: "Noté deux fois" }),
  async "POST /parcours/:enrolment/actions/:step/remise"(hand) {
    const { enrolment, step } = await aStep(hand);
    await hand.make(`/parcours/${enrolment}/actions/${step}/retrait`, { raison: "Noté deux fois" });
    return { params: { enrolment, step }, form: {} };
  },
  async "POST /parcours/:enrolment/actions/:step/pieces"(hand) {
    const { enrolment, step } = await aStep(hand);
    return { params: { enrolment, step }, file: { field: "piece", name: "attestation.png", text: picture } };
  },
  "GET /parcours/:enrolment/actions/:step/pieces/:proof": (hand) => aProof(hand),
  "POST /parcours/:enrolment/actions/:step/pieces/:proof/effacement": async (hand) => ({
    ...(await aProof(hand)),
    form: {},
  }),
};
