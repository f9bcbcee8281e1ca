// Enumerations of editions and their French words.
export const editionStates = ["draft", "review", "frozen", "published"] as const;
export type EditionState = (typeof editionStates)[number];
export const editionStateWords: Readonly<Record<EditionState, string>> = {
  draft: "brouillon",
  review: "en relecture",
  frozen: "gelée",
  published: "publiée",
};

export type ChapterKind = "overview" | "moral" | "desks" | "programme" | "resources" | "outlook" | "free";

export const chapterStates = ["to-write", "written", "checked"] as const;
export type ChapterState = (typeof chapterStates)[number];
export const chapterStateWords: Readonly<Record<ChapterState, string>> = {
  "to-write": "à écrire",
  written: "écrit",
  checked: "relu",
};
export const chapterStateOptions = chapterStates.map((value) => ({ value, label: chapterStateWords[value] }));

export const blockKinds = ["text", "figures", "table", "chart", "testimony", "photo", "box", "partners"] as const;
export type BlockKind = (typeof blockKinds)[number];
export const blockKindWords: Readonly<Record<BlockKind, string>> = {
  text: "Texte",
  figures: "Chiffres clés",
  table: "Tableau",
  chart: "Graphique",
  testimony: "Témoignage",
  photo: "Photo",
  box: "Encadré",
  partners: "Liste de partenaires",
};

export const boxTitles = ["Faits marquants", "Résultats", "Perspectives"] as const;

export const signatures = ["name", "first-name", "none"] as const;
export type Signature = (typeof signatures)[number];
export const signatureWords: Readonly<Record<Signature, string>> = {
  name: "son nom et son prénom",
  "first-name": "son prénom seul",
  none: "ni l’un ni l’autre",
};

export const drawings = ["bars", "columns", "line", "shares"] as const;
export type Drawing = (typeof drawings)[number];
export const drawingWords: Readonly<Record<Drawing, string>> = {
  bars: "barres",
  columns: "colonnes",
  line: "ligne",
  shares: "parts d’un tout",
};

export const editionJournalWords: Readonly<Record<string, string>> = {
  "edition.listed": "a ouvert les éditions du rapport",
  "edition.opened": "a ouvert une édition du rapport",
  "edition.created": "a créé une édition du rapport",
  "edition.reviewed": "a changé l’état d’une édition du rapport",
  "edition.frozen": "a gelé une édition du rapport",
  "edition.reopened": "a rouvert une édition gelée du rapport",
  "edition.published": "a publié une édition du rapport, ou l’a retirée du public",
  "edition.audited": "a contrôlé une édition du rapport",
  "edition.compared": "a comparé une édition gelée à aujourd’hui",
  "edition.exported": "a exporté une édition du rapport, ou un de ses chapitres",
  "chapter.exported": "a exporté un chapitre pour un financeur",
  "edition.photo-added": "a ajouté une photo à une édition du rapport",
  "edition.photo-seen": "a regardé une photo d’une édition du rapport",
  "edition.figure-sought": "a cherché un chiffre pour une édition du rapport",
  "chapter.opened": "a ouvert un chapitre d’une édition",
  "chapter.added": "a ajouté un chapitre à une édition",
  "chapter.settled": "a changé le responsable, l’état ou le titre d’un chapitre",
  "chapter.commented": "a commenté un chapitre",
  "chapter.comment-settled": "a réglé un commentaire",
  "block.added": "a ajouté un bloc à un chapitre",
  "block.opened": "a ouvert un bloc d’un chapitre",
  "block.written": "a écrit un bloc d’un chapitre",
  "block.arranged": "a déplacé, masqué, dupliqué ou gardé un bloc",
  "block.restored": "a repris une ancienne version d’un bloc",
  "block.versions-read": "a lu les versions d’un bloc",
};
