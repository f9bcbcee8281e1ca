// The annex of a document: a row for each figure, with its definition, its base, its days and its mark; and the same as open data, with the
// dictionary of its columns.
import { csvFile, type ListColumn, listFile } from "../../../../../core/exporting/list.ts";
import type { Answer } from "../../../../../core/http/answer.ts";
import { shortDay } from "../../../../../ui/words.ts";
import { daysInWords } from "../days.ts";
import type { Document, FigureLine, Mark } from "../document.ts";
import { maskedNote } from "./pdf.ts";

const markWords: Readonly<Record<Mark, string>> = { computed: "calculé", declared: "déclaré", quoted: "cité" };

type Described = ListColumn<FigureLine> & { name: string; meaning: string };

/** Each column with its name in open data and what it holds. */
const columns: readonly Described[] = [
  {
    name: "code",
    label: "Code",
    meaning: "Le code du chiffre dans la maison, le même d’une année à l’autre.",
    cell: (line) => line.code,
  },
  {
    name: "libelle",
    label: "Chiffre",
    meaning: "Ce que le chiffre compte, en quelques mots.",
    cell: (line) => line.label,
  },
  {
    name: "restriction",
    label: "Parmi",
    meaning: "Ce qui le restreint\u00a0: une antenne, un sexe, une situation. Vide\u00a0: tout.",
    cell: (line) => line.restricted || null,
  },
  {
    name: "valeur",
    label: "Valeur",
    meaning:
      "Le nombre. Vide quand il est masqué, non publié ou sans objet\u00a0: la colonne «\u00a0dit\u00a0» le dit.",
    cell: (line) => line.value,
  },
  {
    name: "dit",
    label: "Dit",
    meaning: "Le nombre comme le document l’écrit, ou le mot qui en tient lieu.",
    cell: (line) => line.shown,
  },
  { name: "unite", label: "Unité", meaning: "Ce qui est compté, ou %.", cell: (line) => line.unit },
  { name: "base", label: "Base", meaning: "Ce sur quoi un taux est pris.", cell: (line) => line.base },
  { name: "du", label: "Du", meaning: "Le premier jour compté.", cell: (line) => ({ day: line.from }) },
  { name: "au", label: "Au", meaning: "Le dernier jour compté.", cell: (line) => ({ day: line.to }) },
  {
    name: "marque",
    label: "Marque",
    meaning:
      "«\u00a0calculé\u00a0» depuis les fiches, «\u00a0déclaré\u00a0» par quelqu’un, ou «\u00a0cité\u00a0» d’un texte.",
    cell: (line) => markWords[line.mark],
  },
  {
    name: "definition",
    label: "Définition",
    meaning: "Ce qui est compté, et comment.",
    cell: (line) => line.definition,
  },
  {
    name: "chapitres",
    label: "Chapitres",
    meaning: "Où le document le dit.",
    cell: (line) => line.chapters.join(", "),
  },
];

/** A workbook to keep beside the document. */
export const annexFile = (name: string, document: Document): Answer =>
  listFile(
    "xlsx",
    {
      name,
      sheet: "Chiffres",
      readMe: [
        `${document.title}, ${document.house}`,
        daysInWords(document),
        ...(document.outside ? [maskedNote] : []),
        `Tiré le ${shortDay(document.made)}`,
        ...columns.map(({ label, meaning }) => `${label}\u00a0: ${meaning}`),
      ],
    },
    columns,
    [[...document.figures]],
  );

/** Open data: the same rows under names that programs read. */
export const dataFile = (name: string, document: Document): Answer =>
  csvFile(
    name,
    columns.map(({ name: label, cell }) => ({ label, cell })),
    [[...document.figures]],
  );

/** What each column of the open data holds. */
export const dictionaryFile = (name: string): Answer =>
  csvFile<Described>(
    name,
    [
      { label: "colonne", cell: (column) => column.name },
      { label: "contenu", cell: (column) => column.meaning },
    ],
    [[...columns]],
  );
