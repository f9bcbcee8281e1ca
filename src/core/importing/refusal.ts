/** A file that cannot be read: one French sentence, with its line where one is at fault. */
export class ImportRefusal extends Error {
  readonly line: number | null;
  constructor(sentence: string, line: number | null = null) {
    super(sentence);
    this.line = line;
  }
}

/** Nothing is wrong with the file: something else is under way, and the same may be asked again. */
export class NotYet extends ImportRefusal {}

export type ReadingLimits = {
  maxXlsxBytes: number;
  maxCsvBytes: number;
  maxRows: number;
  maxColumns: number;
  maxCell: number;
  /** Bytes that a workbook may unfold to. */
  maxInflated: number;
  /** Signs of all the texts that a workbook keeps aside for its cells: they stay in memory. */
  maxTexts: number;
  /** Seconds of reading, the waiting for those who take the rows left out. */
  seconds: number;
  /** Rows handed over together, and signs in them: whichever comes first. */
  batch: number;
  batchSigns: number;
};

export const readingLimits: ReadingLimits = {
  maxXlsxBytes: 50_000_000,
  maxCsvBytes: 2_000_000_000,
  maxRows: 500_000,
  maxColumns: 200,
  maxCell: 10_000,
  maxInflated: 600_000_000,
  maxTexts: 40_000_000,
  seconds: 600,
  batch: 1000,
  batchSigns: 1_000_000,
};
