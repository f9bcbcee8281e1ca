// A document as every way out has it: the page, the PDF, the word processor, the annex. Data alone, as it is kept by a freeze.
export type Span =
  | { is: "text"; text: string }
  | { is: "strong" | "emphasis"; spans: Span[] }
  | { is: "link"; href: string; spans: Span[] }
  | { is: "break" }
  /** A figure in the words of the text; `key`: which one, in the annex. */
  | { is: "figure"; text: string; key: string; mark?: Exclude<Mark, "computed"> };

export type Piece =
  | { is: "heading"; level: 2 | 3; spans: Span[] }
  | { is: "paragraph"; spans: Span[] }
  | { is: "list"; ordered: boolean; items: Piece[][] }
  | { is: "quote"; pieces: Piece[]; signed: string | null }
  | { is: "box"; title: string; pieces: Piece[] }
  | { is: "key-figures"; figures: KeyFigure[] }
  | { is: "table"; title: string; head: Head[]; rows: string[][]; foot: string[] | null; notes: string[] }
  | { is: "chart"; title: string; text: string; drawing: ChartDrawing; head: [string, string]; rows: ChartLine[] }
  | { is: "photo"; photo: string; alternative: string; caption: string; width: number; height: number }
  | { is: "names"; level: 2 | 3; title: string; names: string[] };

export type KeyFigure = { key: string; value: string; label: string; notes: string[] };
export type Head = { label: string; number: boolean };
export type ChartDrawing = "bars" | "columns" | "line" | "shares";
export type ChartLine = { label: string; value: number | null; shown: string };

/** What is not right beside a block: a reference that is none, words that say another number, a testimony without consent. */
export type Warning = { block: string; sentence: string };

export type DocumentBlock = { id: string; pieces: Piece[] };
export type DocumentChapter = {
  id: string;
  kind: string;
  programme: string | null;
  title: string;
  blocks: DocumentBlock[];
};

/** Where a number comes from: the records, somebody's word, a text that is quoted. */
export type Mark = "computed" | "declared" | "quoted";

/** One figure of the document: a row of the annex. */
export type FigureLine = {
  key: string;
  code: string;
  filters: Record<string, string>;
  from: string;
  to: string;
  label: string;
  /** What restricts it, in words: "femmes, Antenne Gerland". */
  restricted: string;
  unit: string;
  definition: string;
  mark: Mark;
  /** Null: masked, or not published. */
  value: number | null;
  /** In words, as the document says it. */
  shown: string;
  /** What a rate is taken on; null: it is no rate, or its base is masked. */
  base: number | null;
  /** Chapters in which it stands. */
  chapters: string[];
};

export type Document = {
  house: string;
  title: string;
  from: string;
  to: string;
  /** The day on which it was made. */
  made: string;
  /** Small numbers are masked: it may leave the house. */
  outside: boolean;
  chapters: DocumentChapter[];
  figures: FigureLine[];
};
