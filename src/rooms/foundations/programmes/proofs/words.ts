// The journal's words for what is done with proofs.
export const proofJournalWords: Record<string, string> = {
  "proof.added": "a joint une pièce à une action de parcours",
  "proof.opened": "a ouvert une pièce jointe à une action de parcours",
  "proof.erased": "a effacé une pièce jointe à une action de parcours",
  "signed.added": "a joint un plan ou un bilan signé",
  "signed.opened": "a ouvert un plan ou un bilan signé",
  "signed.erased": "a effacé un plan ou un bilan signé",
};
