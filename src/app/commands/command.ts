/** A command of the command line: what it says of itself, and its work, loaded only when it is the one asked for. */
export type Command = {
  name: string;
  usage: string;
  summary: string;
  help: string;
  /** Gives the work. The work gives the exit code. */
  load(): Promise<(args: string[]) => Promise<number>>;
};
