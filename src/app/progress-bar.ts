// One line that fills up on a terminal; plain lines, at each tenth, elsewhere.
import type { WriteStream } from "node:tty";

type Output = Pick<WriteStream, "write"> & { isTTY?: boolean; columns?: number };

const width = 30;

export function progressBar(output: Output): { show(share: number, what: string): void; end(): void } {
  let last = -1;
  return {
    show(share, what) {
      const percent = String(Math.round(share * 100)).padStart(3);
      if (output.isTTY) {
        const full = Math.round(share * width);
        const line = `[${"█".repeat(full)}${"·".repeat(width - full)}] ${percent} %  ${what}`;
        // A line that wraps would not be wiped by the next one.
        output.write(`\r\u001b[2K${line.slice(0, (output.columns ?? 80) - 1)}`);
        return;
      }
      const tenth = Math.floor(share * 10 + 1e-9);
      if (tenth === last) return;
      last = tenth;
      output.write(`${String(tenth * 10).padStart(3)} %  ${what}\n`);
    },
    end() {
      if (output.isTTY) output.write("\n");
    },
  };
}
