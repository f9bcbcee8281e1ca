/** A command of the command line. `run` gives the exit code. */
export type Command = {
  name: string;
  usage: string;
  summary: string;
  help: string;
  run(args: string[]): Promise<number>;
};
