// What may keep a group from culture: the ten themes of the reference list of barriers and objectives ("Carnet de bord", read on
// 2026-11-23). Dated data: a theme that goes away keeps its word on the projects that have it. Said of a project, never of a person.
type Barrier = { key: string; label: string; from: string; to: string | null };

export const barriers: readonly Barrier[] = [
  { key: "contraintes_familiales", label: "contraintes familiales", from: "2020-01-01", to: null },
  { key: "difficulte_administrative", label: "difficultés administratives", from: "2020-01-01", to: null },
  { key: "difficulte_financiere", label: "difficultés financières", from: "2020-01-01", to: null },
  { key: "emploi", label: "emploi", from: "2020-01-01", to: null },
  { key: "formation", label: "formation", from: "2020-01-01", to: null },
  { key: "logement", label: "logement", from: "2020-01-01", to: null },
  { key: "maitrise_langue", label: "maîtrise de la langue", from: "2020-01-01", to: null },
  { key: "mobilite", label: "mobilité", from: "2020-01-01", to: null },
  { key: "sante", label: "santé", from: "2020-01-01", to: null },
  { key: "numerique", label: "numérique", from: "2020-01-01", to: null },
];

/** Those that may be chosen on a day, and those that a project has already. */
export const barriersOn = (day: string, had: readonly string[] = []): readonly Barrier[] =>
  barriers.filter(({ key, from, to }) => had.includes(key) || (from <= day && (to === null || day <= to)));

export const barrierWords = (keys: readonly string[]): string =>
  keys.map((key) => barriers.find((barrier) => barrier.key === key)?.label ?? key).join(", ");
