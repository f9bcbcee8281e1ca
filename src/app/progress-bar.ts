// One line that fills up on a terminal; plain lines, at each tenth, elsewhere.
import type { WriteStream } from "node:tty";

type Output = Pick<WriteStream, "write"> & { isTTY?: boolean };

export function progressBar(output: Output): { show(share: number, what: string): void; end(): void } {
  let last = -1;
  return {
    show(share, what) {
      if (output.isTTY) {
        const full = Math.round(share * 30);
        output.write(
          `\r\u001b[2K[${"█".repeat(full)}${"·".repeat(30 - full)}] ${String(Math.round(share * 100)).padStart(3)} %  ${what}`,
        );
        return;
      }
      const tenth = Math.floor(share * 10);
      if (tenth === last) return;
      last = tenth;
      output.write(`${String(tenth * 10).padStart(3)} %  ${what}\n`);
    },
    end() {
      if (output.isTTY) output.write("\n");
    },
  };
}
