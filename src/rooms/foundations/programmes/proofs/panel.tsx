// On the page of a step: the documents that prove it, and the form that adds one.
import { acceptedTypes, documentKinds } from "../../../../core/files/documents.ts";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay, size } from "../../../../ui/words.ts";
import type { Proof } from "./reads.ts";
import { mostProofs } from "./writes.ts";

export const mostMegabytes = 10;

const stepWords = {
  title: "Pièces justificatives",
  hint: "Convention, contrat, attestation",
  advice: "N’envoyez que ce que le financeur demande.",
};

/** `words`: what the documents of this page are. */
export const Proofs = ({
  here,
  proofs,
  writes,
  words = stepWords,
}: {
  here: string;
  proofs: readonly Proof[];
  writes: boolean;
  words?: typeof stepWords;
}) => (
  <section class="no-print" id="pieces">
    <h2>{words.title}</h2>
    <DataTable
      caption={words.title}
      hideCaption
      rows={proofs}
      rowKey={(proof) => proof.id}
      empty={<p>Aucune pièce.</p>}
      columns={[
        {
          key: "name",
          label: "Pièce",
          header: true,
          render: (proof) => <a href={`${here}/pieces/${proof.id}`}>{proof.name}</a>,
        },
        {
          key: "size",
          label: "Fichier",
          render: (proof) => `${documentKinds[proof.kind].label}, ${size(proof.bytes)}`,
        },
        {
          key: "added",
          label: "Ajoutée",
          render: (proof) => `${shortDay(proof.addedAt.toISOString())}${proof.addedBy ? `, ${proof.addedBy}` : ""}`,
        },
        ...(writes
          ? [
              {
                key: "erase",
                label: "Effacer",
                render: (proof: Proof) => (
                  <details>
                    <summary>
                      Effacer<span class="visually-hidden"> {proof.name}</span>
                    </summary>
                    <form method="post" action={`${here}/pieces/${proof.id}/effacement`}>
                      <p>Le fichier est effacé pour de bon : il ne pourra pas être remis.</p>
                      <button type="submit" class="danger">
                        Effacer ce fichier
                      </button>
                    </form>
                  </details>
                ),
              },
            ]
          : []),
      ]}
    />
    {writes && proofs.length < mostProofs ? (
      <form method="post" action={`${here}/pieces`} enctype="multipart/form-data">
        <div class="field">
          <label for="piece">Ajouter une pièce</label>
          <p class="hint" id="piece-aide">
            {words.hint} : un PDF ou une photo, {mostMegabytes}&nbsp;Mo au plus. {words.advice}
          </p>
          <input id="piece" name="piece" type="file" required accept={acceptedTypes} aria-describedby="piece-aide" />
        </div>
        <button type="submit" class="second">
          Ajouter cette pièce
        </button>
      </form>
    ) : null}
  </section>
);
