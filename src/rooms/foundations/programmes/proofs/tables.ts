// Row types of proofs, in the schema `programmes`.
import type { DocumentKind } from "../../../../core/files/documents.ts";

export type ProofsTable = {
  house_id: string;
  id: string;
  step_id: string;
  name: string;
  kind: DocumentKind;
  bytes: number;
  sha256: string;
  added_at: Date;
  added_by: string | null;
};
export type ProofPiecesTable = { house_id: string; proof_id: string; position: number; piece: Buffer };

export type ProofTables = { "programmes.proofs": ProofsTable; "programmes.proof_pieces": ProofPiecesTable };
