// Row types of proofs, in the schema `programmes`.
import type { DocumentKind } from "../../../../core/files/documents.ts";
import type { Paper } from "../plans/tables.ts";

/** Whose a document is: the step that it proves, or the paper of an enrolment, signed. */
export type ProofOf = { step: string } | { enrolment: string; paper: Paper };

export type ProofsTable = {
  house_id: string;
  id: string;
  /** What it proves; or the enrolment whose paper it is, signed. */
  step_id: string | null;
  enrolment_id: string | null;
  paper: Paper | null;
  name: string;
  kind: DocumentKind;
  bytes: number;
  sha256: string;
  added_at: Date;
  added_by: string | null;
};
export type ProofPiecesTable = { house_id: string; proof_id: string; position: number; piece: Buffer };

export type ProofTables = { "programmes.proofs": ProofsTable; "programmes.proof_pieces": ProofPiecesTable };
