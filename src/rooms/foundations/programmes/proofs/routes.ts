// The routes of proofs: a document is taken in, looked at, kept with its step, read by whoever sees the enrolment, erased.
import { readFile } from "node:fs/promises";
import { documentKinds, readDocument } from "../../../../core/files/documents.ts";
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes, Services } from "../../../../core/http/route.ts";
import { cleanFileName, takeIn } from "../../../../core/http/uploads.ts";
import { isUuid } from "../../../../core/ids.ts";
import { enrolmentAt } from "../enrolments/acts.tsx";
import type { Enrolment } from "../enrolments/reads.ts";
import type { Paper } from "../plans/tables.ts";
import { paperWords } from "../plans/words.ts";
import { rights } from "../rights.ts";
import { closed, stepAt } from "../steps/routes.tsx";
import { NothingForm } from "../steps/shapes.ts";
import { mostMegabytes } from "./panel.tsx";
import { bytesOf, proofById } from "./reads.ts";
import type { ProofOf } from "./tables.ts";
import { addProof, eraseProof, mostProofs, type SentDocument } from "./writes.ts";

const refused = {
  "too-large": refusal(
    413,
    `Ce fichier dépasse ${mostMegabytes}\u00a0Mo : rien n’a été gardé. Numérisez en noir et blanc, ou n’envoyez que les pages utiles.`,
  ),
  "no-file": refusal(422, "Choisissez un fichier : celui-ci est vide, ou aucun n’a été choisi."),
};

/** Takes the document in and reads what it is. */
const receive = (request: Request, services: Services): Promise<SentDocument | Answer> =>
  takeIn<SentDocument>(request, services, mostMegabytes * 1_000_000, refused, async (file, id) => {
    const bytes = await readFile(file.path);
    const read = readDocument(bytes);
    if (!read.ok) return refusal(422, read.sentence);
    const name = nameOf(file.name, documentKinds[read.kind].extension);
    return { id, name, kind: read.kind, bytes, sha256: file.sha256 };
  });

/** The file's name, ending as what the file is. */
const nameOf = (name: string, extension: string): string =>
  `${cleanFileName(name.normalize("NFC").replace(/\.[A-Za-z0-9]{1,5}$/, ""), 100).trim() || "piece"}.${extension}`;

/** Where documents are kept: with a step, or with a paper of an enrolment. */
type Home = {
  enrolment: Enrolment;
  of: ProofOf;
  /** The page that shows them. */
  page: string;
  /** Why nothing may be added now. */
  refused: Answer | null;
  /** "Cette action", "Ce plan". */
  name: string;
};
type HomeAt = (at: At<unknown>) => Promise<Home | null>;

const stepHome: HomeAt = async (at) => {
  const found = await stepAt(at);
  if (!found) return null;
  const { enrolment, step } = found;
  const refused =
    step.withdrawn === null
      ? null
      : refusal(409, "Cette action a été retirée : remettez-la avant d’y joindre une pièce.");
  const page = `/parcours/${enrolment.id}/actions/${step.id}`;
  return { enrolment, of: { step: step.id }, page, refused, name: "Cette action" };
};

const paperHome =
  (paper: Paper): HomeAt =>
  async (at) => {
    const enrolment = await enrolmentAt(at);
    if (!enrolment) return null;
    const { path, title } = paperWords[paper];
    return {
      enrolment,
      of: { enrolment: enrolment.id, paper },
      page: `/parcours/${enrolment.id}/${path}`,
      refused: null,
      name: `Ce ${title.split(" ")[0]?.toLowerCase()}`,
    };
  };

export function declareProofs(routes: Routes): void {
  declareAt(routes, "/parcours/:enrolment/actions/:step", "proof", stepHome);
  for (const paper of ["plan", "balance"] as const)
    declareAt(routes, `/parcours/:enrolment/${paperWords[paper].path}`, "signed", paperHome(paper));
}

function declareAt(routes: Routes, base: string, word: "proof" | "signed", homeAt: HomeAt): void {
  const proofAt = async (at: At<unknown>) => {
    const home = await homeAt(at);
    const id = at.params.proof ?? "";
    const proof = home && isUuid(id) ? await proofById(at.tx, home.of, id) : null;
    return home && proof ? { ...home, proof } : null;
  };
  const factsOf = ({ of }: Home) => ("step" in of ? { step: of.step } : { paper: of.paper });
  routes.upload(`${base}/pieces`, { right: rights["enrolment.write"], trace: `${word}.added`, receive }, async (at) => {
    const home = await homeAt(at);
    if (!home) return notFound("Cette action");
    const shut = closed(at, home.enrolment) ?? home.refused;
    if (shut) return shut;
    const sent = at.form;
    if (!("sha256" in sent)) return sent;
    const added = await addProof(at.tx, home.of, sent);
    if (added === "full")
      return refusal(
        409,
        `${home.name} a déjà ${mostProofs} pièces : effacez-en une, ou réunissez-les en un seul PDF.`,
      );
    if (added === "twice") {
      at.nothingHappened();
      return redirect(home.page, "Cette pièce était déjà là.");
    }
    at.about("enrolment", home.enrolment.id, {
      ...factsOf(home),
      bytes: sent.bytes.length,
      sha256: sent.sha256,
    });
    return redirect(home.page, "La pièce est jointe.");
  });
  routes.get(`${base}/pieces/:proof`, { right: rights["enrolment.see"], trace: `${word}.opened` }, async (at) => {
    const found = await proofAt(at);
    if (!found) return notFound("Cette pièce");
    const { proof, enrolment } = found;
    at.about("person", enrolment.person, { enrolment: enrolment.id, proof: proof.id });
    // Saved, never shown inside the site's own pages: what somebody sent does not run beside what the house says.
    return { kind: "file", stream: bytesOf(at.tx, proof.id), name: proof.name, type: documentKinds[proof.kind].type };
  });
  routes.post(
    `${base}/pieces/:proof/effacement`,
    {
      right: rights["enrolment.write"],
      trace: `${word}.erased`,
      form: NothingForm,
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const found = await proofAt(at);
      if (!found) return notFound("Cette pièce");
      const shut = closed(at, found.enrolment);
      if (shut) return shut;
      if (await eraseProof(at.tx, found.proof.id))
        at.about("enrolment", found.enrolment.id, { ...factsOf(found), sha256: found.proof.sha256 });
      else at.nothingHappened();
      return redirect(found.page, "La pièce est effacée.");
    },
  );
}
