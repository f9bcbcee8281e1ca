// The routes of proofs: a document is taken in, looked at, kept with its step, read by whoever sees the enrolment, erased.
import { readFile } from "node:fs/promises";
import { documentKinds, readDocument } from "../../../../core/files/documents.ts";
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes, Services } from "../../../../core/http/route.ts";
import { cleanFileName, takeIn } from "../../../../core/http/uploads.ts";
import { isUuid } from "../../../../core/ids.ts";
import { rights } from "../rights.ts";
import { closed, stepAt } from "../steps/routes.tsx";
import { NothingForm } from "../steps/shapes.ts";
import { mostMegabytes } from "./panel.tsx";
import { bytesOf, proofById } from "./reads.ts";
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

const proofAt = async (at: At<unknown>) => {
  const found = await stepAt(at);
  const id = at.params.proof ?? "";
  const proof = found && isUuid(id) ? await proofById(at.tx, found.step.id, id) : null;
  return found && proof ? { ...found, proof } : null;
};

export function declareProofs(routes: Routes): void {
  routes.upload(
    "/parcours/:enrolment/actions/:step/pieces",
    { right: rights["enrolment.write"], trace: "proof.added", receive },
    async (at) => {
      const found = await stepAt(at);
      if (!found) return notFound("Cette action");
      const shut = closed(at, found.enrolment);
      if (shut) return shut;
      if (found.step.withdrawn !== null)
        return refusal(409, "Cette action a été retirée : remettez-la avant d’y joindre une pièce.");
      const sent = at.form;
      if (!("sha256" in sent)) return sent;
      const added = await addProof(at.tx, found.step.id, sent);
      if (added === "full")
        return refusal(
          409,
          `Cette action a déjà ${mostProofs} pièces : effacez-en une, ou réunissez-les en un seul PDF.`,
        );
      const here = `/parcours/${found.enrolment.id}/actions/${found.step.id}`;
      if (added === "twice") {
        at.nothingHappened();
        return redirect(here, "Cette pièce était déjà là.");
      }
      at.about("enrolment", found.enrolment.id, { step: found.step.id, bytes: sent.bytes.length, sha256: sent.sha256 });
      return redirect(here, "La pièce est jointe.");
    },
  );
  routes.get(
    "/parcours/:enrolment/actions/:step/pieces/:proof",
    { right: rights["enrolment.see"], trace: "proof.opened" },
    async (at) => {
      const found = await proofAt(at);
      if (!found) return notFound("Cette pièce");
      const { proof, enrolment } = found;
      at.about("person", enrolment.person, { enrolment: enrolment.id, proof: proof.id });
      // Saved, never shown inside the site's own pages: what somebody sent does not run beside what the house says.
      return { kind: "file", stream: bytesOf(at.tx, proof.id), name: proof.name, type: documentKinds[proof.kind].type };
    },
  );
  routes.post(
    "/parcours/:enrolment/actions/:step/pieces/:proof/effacement",
    {
      right: rights["enrolment.write"],
      trace: "proof.erased",
      form: NothingForm,
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const found = await proofAt(at);
      if (!found) return notFound("Cette pièce");
      const shut = closed(at, found.enrolment);
      if (shut) return shut;
      if (await eraseProof(at.tx, found.proof.id))
        at.about("enrolment", found.enrolment.id, { step: found.step.id, sha256: found.proof.sha256 });
      else at.nothingHappened();
      return redirect(`/parcours/${found.enrolment.id}/actions/${found.step.id}`, "La pièce est effacée.");
    },
  );
}
