/** A command that cannot go on: a French sentence for its reader, and an exit code for scripts (sysexits.h). */
export class Refused extends Error {
  readonly exitCode: number;
  constructor(sentence: string, exitCode = 1) {
    super(sentence);
    this.exitCode = exitCode;
  }
}
