// Pieces of the pages of enrolments.
import { DataTable } from "../../../../ui/table.tsx";
import type { Verdict } from "../eligibility/checking.ts";

const answers = { yes: "oui", no: "non", unknown: "à vérifier" } as const;

/** A check, condition by condition: the answer in words and the fact behind it. */
export const Verdicts = ({
  verdicts,
  title = "Conditions d’entrée",
}: {
  verdicts: readonly Verdict[];
  title?: string;
}) =>
  verdicts.length === 0 ? (
    <p>Ce dispositif ne demande aucune condition.</p>
  ) : (
    <DataTable
      caption={title}
      rows={verdicts}
      rowKey={(one, at) => `${at}-${one.sentence}`}
      columns={[
        { key: "sentence", label: "Condition", header: true, render: (one) => one.sentence },
        { key: "answer", label: "Remplie", render: (one) => <strong>{answers[one.answer]}</strong> },
        { key: "because", label: "Pourquoi", render: (one) => one.because },
      ]}
    />
  );
