// The process that makes one long document and goes.
import type { Made, ToMake } from "./aside.ts";
import { renderPdf } from "./pdf.ts";

process.on("message", ({ template, data, files }: ToMake) => {
  void renderPdf(new URL(template), data, files)
    .then((pdf): Made => ({ pdf: new Uint8Array(pdf) }))
    .catch((error: unknown): Made => ({ failed: String(error) }))
    .then((made) => process.send?.(made));
});
// Whoever asked has gone: so does this.
process.on("disconnect", () => process.exit());
