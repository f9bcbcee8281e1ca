// The words of steps: the code that is stored, the French that is read.
export const stepKinds = ["immersion", "tutoring", "training", "contract", "vae", "exam"] as const;
export type StepKind = (typeof stepKinds)[number];

/** `code`: the word of addresses. `verb`: what its button says. `where`: what the field of its host is called. */
export const stepKindWords: Readonly<
  Record<StepKind, { code: string; label: string; one: string; where: string; title?: string }>
> = {
  immersion: { code: "immersion", label: "Immersion (PMSMP)", one: "une immersion", where: "Structure d’accueil" },
  tutoring: { code: "tutorat", label: "Tutorat", one: "un tutorat", where: "Tuteur ou structure" },
  training: {
    code: "formation",
    label: "Formation",
    one: "une formation",
    where: "Organisme de formation",
    title: "Intitulé de la formation",
  },
  contract: {
    code: "contrat",
    label: "Contrat de travail",
    one: "un contrat",
    where: "Employeur",
    title: "Poste",
  },
  vae: {
    code: "vae",
    label: "Dossier de VAE",
    one: "un dossier de VAE",
    where: "Certificateur",
    title: "Diplôme ou titre visé",
  },
  exam: { code: "examen", label: "Examen", one: "un examen", where: "Centre d’examen", title: "Examen" },
};

export const kindOfCode = (code: string): StepKind | null =>
  stepKinds.find((kind) => stepKindWords[kind].code === code) ?? null;

/** Code du travail, art. L5135-1: the three objects of an immersion. */
export const objectives = ["discover", "confirm", "recruit"] as const;
export type Objective = (typeof objectives)[number];
export const objectiveWords: Readonly<Record<Objective, string>> = {
  discover: "découvrir un métier ou un secteur",
  confirm: "confirmer un projet professionnel",
  recruit: "initier un recrutement",
};

export const stepResults = ["passed", "partly", "failed", "absent"] as const;
export type StepResult = (typeof stepResults)[number];
export const stepResultWords: Readonly<Record<StepResult, string>> = {
  passed: "réussi, ou validé",
  partly: "validé en partie",
  failed: "non réussi",
  absent: "absent",
};

export const stepJournalWords: Record<string, string> = {
  "step.started": "a ouvert le formulaire d’une action de parcours",
  "step.recorded": "a noté une action de parcours",
  "step.opened": "a ouvert une action de parcours",
  "step.changed": "a corrigé une action de parcours",
  "step.withdrawn": "a retiré une action de parcours notée par erreur",
  "step.restored": "a remis une action de parcours retirée",
};
